"""Finding passages: by their words, by what they mean, by where they stand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.narratives import access
from sanyan.apps.narratives.language import configured_embedder, related_from, why_no_embedder
from sanyan.apps.narratives.models import ThemeAssignment
from sanyan.apps.narratives.queries.describing import by_ids
from sanyan.apps.narratives.queries.types import PassageFilters, PassageHit, SearchResults
from sanyan.apps.narratives.shelf import COPY_OF, Shelf, shelf
from sanyan.core.errors import SanyanError
from sanyan.core.signed_documents import Words
from sanyan.core.text.highlighting import highlights
from sanyan.core.text.searching import Hit, content_of, query_terms
from sanyan.core.text.word_parts import word_parts

LONGEST_QUESTION = 500
MEASURES = frozenset({"ร้อยละ", "จำนวน", "ค่า", "ระดับ", "คะแนน", "เฉลี่ย"})  # how a matter is counted, not the matter
COPIES_LOOKED_AT = 4  # times the hits that are shown: what near-copies leave room for
_UNDER_WAY = Words(
    "ดัชนีความหมายยังทำไม่ครบ บางข้อความจึงหาได้จากคำที่ตรงกันเท่านั้น",
    "The index of meaning is not complete yet: some texts are found by their words only.",
)


def search(*, viewer: Viewer, question: str, filters: PassageFilters, most: int = 20) -> SearchResults:
    """The passages that fit a question best, within the filters and what the viewer may see."""
    held = shelf()
    keep = kept(viewer, held, filters)
    asked = question.strip()[:LONGEST_QUESTION]
    words = content_of(query_terms(asked))
    if not words or not keep.any():
        return SearchResults((), 0, dense=False)
    vector, note = _vector(held, asked)
    found = held.index.search(words, vector, keep, COPIES_LOOKED_AT * most)
    least = related_from()
    hits, copies = _without_copies(held, [hit for hit in found if hit.lexical > 0 or _means(hit, least)], most)
    total = int((held.index.lexical.scores(words, keep) > 0).sum())
    told = _told(viewer, held, hits, [*words, *_parts(words)], copies)
    return SearchResults(told, max(total, len(hits)), dense=vector is not None, note=note)


def similar(*, viewer: Viewer, passage_id: int, most: int = 10) -> tuple[PassageHit, ...]:
    """Passages that say something like one does, nearest first; none where there is no index of meaning yet."""
    row = access.passage(viewer=viewer, id=passage_id)
    held = shelf()
    at = held.row_of(row.pk)
    if at is None:
        return ()
    keep = kept(viewer, held, PassageFilters())
    keep[held.numbers[:, 4] == row.source_id] = False
    hits, copies = _without_copies(held, held.index.similar(at, COPIES_LOOKED_AT * most, keep), most)
    return _told(viewer, held, hits, (), copies)


def kept(viewer: Viewer, held: Shelf, filters: PassageFilters) -> NDArray[np.bool_]:
    """Which rows of the shelf are within the filters and the viewer's sight."""
    keep = held.live.copy()
    scope = visible_organisations(viewer=viewer)
    if not scope.everything:
        keep &= np.isin(held.numbers[:, 2], np.fromiter(scope.ids, dtype=np.int64))
    if filters.round_id is not None:
        keep &= held.numbers[:, 1] == filters.round_id
    if filters.organisation_ids is not None:
        keep &= np.isin(held.numbers[:, 2], np.fromiter(filters.organisation_ids, dtype=np.int64))
    if filters.region_id is not None:
        keep &= held.numbers[:, 3] == filters.region_id
    named = (filters.area_type, filters.policy_area, filters.indicator, filters.field, filters.stance)
    for column, value in enumerate(named):
        if value:
            keep &= held.words[:, column] == value
    if filters.theme_id is not None:
        keep &= np.isin(held.ids, _of_theme(filters.theme_id))
    return keep


def _of_theme(theme_id: int) -> NDArray[np.int64]:
    ids = ThemeAssignment.objects.filter(theme_id=theme_id, holds=True).values_list("passage_id", flat=True)
    return np.fromiter(ids, dtype=np.int64)


def _vector(held: Shelf, question: str) -> tuple[NDArray[np.float32] | None, Words | None]:
    embedder = configured_embedder()
    if embedder is None:
        return None, why_no_embedder()
    if not held.with_vector:
        return None, _UNDER_WAY
    try:
        return embedder.queries([question])[0], None if held.with_vector == held.live.sum() else _UNDER_WAY
    except SanyanError as error:  # a server of vectors that does not answer must not stop the search by words
        return None, Words(error.th, error.en)


def _means(hit: Hit, least: float | None) -> bool:
    """Whether a passage with none of the words still means what was asked: better no answer than a guess."""
    return least is not None and hit.dense is not None and hit.dense >= least


def _without_copies(held: Shelf, hits: Sequence[Hit], most: int) -> tuple[list[Hit], dict[int, int]]:
    """The first hit of each text that offices share, and how many more of it were found, by row."""
    first: dict[int, int] = {}
    kept_hits: list[Hit] = []
    copies: dict[int, int] = {}
    for hit in hits:
        origin = int(held.numbers[hit.row, COPY_OF]) or int(held.ids[hit.row])
        if origin in first:
            copies[first[origin]] = copies.get(first[origin], 0) + 1
        elif len(kept_hits) < most:
            first[origin] = hit.row
            kept_hits.append(hit)
    return kept_hits, copies


def _parts(words: Sequence[str]) -> list[str]:
    """The parts of compounds that were asked for: a text may have them apart."""
    return content_of([part for word in words for part in word_parts(word)]) if words else []


def _told(
    viewer: Viewer, held: Shelf, hits: Sequence[Hit], words: Sequence[str], copies: Mapping[int, int] | None = None
) -> tuple[PassageHit, ...]:
    infos = by_ids(viewer, [int(held.ids[hit.row]) for hit in hits])
    told = []
    for hit in hits:
        info = infos.get(int(held.ids[hit.row]))
        if info is not None:
            marks = highlights(info.text, words) if words else ()
            told.append(PassageHit(info, float(hit.score), marks, (copies or {}).get(hit.row, 0)))
    return tuple(told)


def quotes_about(
    *, viewer: Viewer, about: str, filters: PassageFilters, most: int = 3, least_terms: int = 2
) -> tuple[PassageHit, ...]:
    """A few passages that bear on a matter, each of another area and with at least two of its words.

    Such as what areas wrote about what an indicator counts. Nothing, rather than what only looks alike.
    """
    told = [term for term in query_terms(about) if term not in MEASURES]
    words = set(content_of(told))
    found = search(viewer=viewer, question=" ".join(told), filters=filters, most=4 * most)
    chosen: dict[int, PassageHit] = {}
    for hit in found.hits:
        shared = words & set(query_terms(hit.passage.text))
        if len(shared) >= min(least_terms, len(words)):
            chosen.setdefault(hit.passage.organisation_id, hit)
    return tuple(chosen.values())[:most]
