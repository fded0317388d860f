"""Candidate themes of the passages that answer one question, meant one way (success, problem, suggestion)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.preprocessing import normalize

from sanyan.core.signed_documents import Words
from sanyan.core.text.duplicates import near_copies
from sanyan.core.text.emptiness import has_content
from sanyan.core.text.themes.choosing import themes_to_try
from sanyan.core.text.themes.features import Floats, Terms, centred, directions, topic_terms
from sanyan.core.text.themes.gates import gated, passages_needed, too_alike
from sanyan.core.text.themes.grouping import Groups, firmness, grouped
from sanyan.core.text.themes.labelling import group_words, label_of
from sanyan.core.text.themes.values import (
    CandidateTheme,
    Member,
    Passage,
    Proposal,
    RefusedTheme,
    Support,
    Unassigned,
)

COPY = 0.8  # likeness from which a passage is a copy of another, counted once
LEAST_STRENGTH = 0.2  # cosine to the middle of a theme under which a passage is not of it
SECOND = 0.9  # a passage is also of a second theme that lies this nearly as close as its first
QUOTES = 5
DIRECTIONS = 25  # passages are short: more directions follow single words
DRAWS = 10
BY_WORDS = Words(
    "จัดกลุ่มจากคำที่ใช้เท่านั้น ยังไม่ได้เทียบความหมาย ข้อความที่พูดเรื่องเดียวกันด้วยคำต่างกันอาจแยกกลุ่ม",
    "Grouped by words alone, without meanings: passages on one matter in other words may stand apart.",
)
BY_MEANING = Words("จัดกลุ่มจากความหมายและคำที่ใช้", "Grouped by meanings and words.")
NO_CONTENT = Words("ไม่มีเนื้อหา เช่น “ไม่มี” หรือ “-”", "It says nothing, such as “none” or “-”.")
NO_WORDS = Words("ไม่มีคำที่บอกประเด็น", "It has no words that tell a topic.")
WEAK = Words("ไม่ใกล้ประเด็นใดพอ", "It is not near enough to any theme.")
TOO_FEW = Words("ข้อความน้อยเกินกว่าจะจัดกลุ่มได้", "There are too few passages to be grouped.")


@dataclass(frozen=True)
class _Rows:
    """The passages that say something, by their rows, as they are grouped."""

    passages: tuple[Passage, ...]
    rows: NDArray[np.int64]
    terms: list[Terms]
    features: Floats
    copy_of: NDArray[np.int64]

    @property
    def weights(self) -> Floats:
        return 1 / np.bincount(self.copy_of)[self.copy_of]


def propose(
    passages: Sequence[Passage],
    *,
    vectors: NDArray[np.float32] | None = None,
    terms: Sequence[Terms] | None = None,
    count: int | None = None,
    seed: int = 1,
) -> Proposal:
    """Candidate themes of passages; the same for the same seed.

    `vectors`, shape (passages, numbers), tell meanings; without them words alone are compared. `terms` are the content
    terms of each passage where they are known already. `count` is how many groups to start from; where None, the
    most that stay firm over draws. Groups too alike are joined; those that fail a gate are refused with a reason.
    Raise ValueError where the lengths differ.
    """
    if (vectors is not None and len(vectors) != len(passages)) or (terms is not None and len(terms) != len(passages)):
        raise ValueError("vectors and terms must be as many as the passages")
    basis = BY_WORDS if vectors is None else BY_MEANING
    own = [list(each) for each in terms] if terms is not None else topic_terms([passage.text for passage in passages])
    held, left = _held(passages, own, vectors, seed)
    if len(held.rows) < 2 * passages_needed(len(passages)):
        left += [Unassigned(int(row), "too-few", TOO_FEW) for row in held.rows]
        return Proposal((), (), _in_order(left), 0.0, vectors is not None, basis)
    groups = grouped(held.features, _count(held, count, seed), weights=held.weights, seed=seed)
    firm = firmness(held.features, groups, weights=held.weights, draws=DRAWS, seed=seed)
    themes, joined = _joined(held, groups, firm.each)
    distinct = len(np.unique(held.copy_of))
    kept, refused = gated(themes, distinct)
    left += _left_over(held, kept, refused)
    return Proposal(kept, (*joined, *refused), _in_order(left), firm.ari, vectors is not None, basis)


def _held(
    passages: Sequence[Passage], terms: Sequence[Terms], vectors: NDArray[np.float32] | None, seed: int
) -> tuple[_Rows, list[Unassigned]]:
    left: list[Unassigned] = []
    rows: list[int] = []
    for row, passage in enumerate(passages):
        if not has_content(passage.text):
            left.append(Unassigned(row, "no-content", NO_CONTENT))
        elif not terms[row]:
            left.append(Unassigned(row, "no-words", NO_WORDS))
        else:
            rows.append(row)
    kept = tuple(passages[row] for row in rows)
    own = [terms[row] for row in rows]
    copy_of = np.arange(len(rows))
    for number in near_copies([passage.text for passage in kept], COPY):
        copy_of[list(number)] = number[0]
    copy_of = np.unique(copy_of, return_inverse=True)[1].astype(np.int64)
    features = directions(own, count=DIRECTIONS, seed=seed) if len(rows) > 1 else np.zeros((len(rows), 1))
    if vectors is not None and len(rows) > 1:
        features = normalize(np.hstack([features, centred(vectors[rows])]))
    return _Rows(kept, np.asarray(rows, dtype=np.int64), own, np.asarray(features), copy_of), left


def _count(held: _Rows, count: int | None, seed: int) -> int:
    distinct = len(np.unique(held.copy_of))
    if count is not None:
        return max(1, min(count, distinct))
    return themes_to_try(held.features, held.weights, needed=passages_needed(distinct), seed=seed)


def _joined(held: _Rows, groups: Groups, stability: Floats) -> tuple[list[CandidateTheme], list[RefusedTheme]]:
    """The groups as themes; two that are too alike become one, which is told."""
    of_row = groups.of_row.copy()
    told: list[RefusedTheme] = []
    while True:
        numbers = np.unique(of_row)
        themes = _themes(held, of_row, numbers, stability)
        pair = too_alike(themes)
        if pair is None:
            return themes, told
        small, large = sorted(pair, key=lambda place: (themes[place].support.passages, -place))
        into = themes[large].label
        reason = Words(f"รวมเข้ากับ “{into}” เพราะคล้ายกันมาก", f"Joined with “{into}”, for the two are too alike.")
        told.append(RefusedTheme(themes[small], "joined", reason))
        of_row[of_row == numbers[small]] = numbers[large]


def _themes(
    held: _Rows, of_row: NDArray[np.int64], numbers: NDArray[np.int64], stability: Floats
) -> list[CandidateTheme]:
    place = np.searchsorted(numbers, of_row)
    centres = normalize(np.vstack([held.features[of_row == number].mean(axis=0) for number in numbers]))
    near = held.features @ centres.T
    first = near[np.arange(len(near)), place]
    is_member = (near >= LEAST_STRENGTH) & (near >= SECOND * near.max(axis=1, keepdims=True))
    is_member[np.arange(len(near)), place] = first >= LEAST_STRENGTH
    words = group_words(held.passages, held.terms, np.where(first >= LEAST_STRENGTH, place, -1).tolist(), len(numbers))
    return [
        _theme(held, np.flatnonzero(is_member[:, at]), near[:, at], words[at], float(stability[number]))
        for at, number in enumerate(numbers)
    ]


def _theme(
    held: _Rows, members: NDArray[np.int64], near: Floats, words: tuple[tuple[str, float], ...], stability: float
) -> CandidateTheme:
    order = members[np.argsort(-near[members], kind="stable")]
    own = [held.passages[place] for place in order]
    support = Support(
        passages=len(np.unique(held.copy_of[order])),
        areas=len({passage.organisation for passage in own}),
        regions=len({passage.region for passage in own if passage.region}),
    )
    chosen = _representatives(held, order, near)
    return CandidateTheme(
        label=label_of(words),
        words=words,
        members=tuple(Member(int(held.rows[place]), float(near[place])) for place in order),
        stability=stability,
        support=support,
        representatives=tuple(int(held.rows[place]) for place in chosen),
    )


def _representatives(held: _Rows, order: NDArray[np.int64], near: Floats) -> list[int]:
    """Central passages that are unlike those chosen before, of other areas while there are any (Carbonell and
    Goldstein 1998, maximal marginal relevance)."""
    chosen: list[int] = []
    left = [int(place) for place in order[: 20 * QUOTES]]
    while left and len(chosen) < QUOTES:
        areas = {held.passages[place].organisation for place in chosen}
        copies = {held.copy_of[place] for place in chosen}
        fresh = [place for place in left if held.copy_of[place] not in copies]
        others = [place for place in fresh if held.passages[place].organisation not in areas] or fresh
        if not others:
            break
        worth = {
            place: near[place] - 0.5 * max((float(held.features[place] @ held.features[c]) for c in chosen), default=0)
            for place in others
        }
        best = max(others, key=lambda place: (worth[place], -place))
        chosen.append(best)
        left.remove(best)
    return chosen


def _left_over(held: _Rows, kept: Sequence[CandidateTheme], refused: Sequence[RefusedTheme]) -> list[Unassigned]:
    themed = {member.row for theme in kept for member in theme.members}
    why = {member.row: item for item in reversed(refused) for member in item.theme.members}
    left = []
    for row in held.rows.tolist():
        if row not in themed:
            item = why.get(row)
            left.append(Unassigned(row, item.code, item.reason) if item else Unassigned(row, "weak", WEAK))
    return left


def _in_order(left: list[Unassigned]) -> tuple[Unassigned, ...]:
    return tuple(sorted(left, key=lambda item: item.row))
