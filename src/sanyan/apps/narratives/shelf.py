"""All passages as search holds them, kept in the memory of each process and brought up to date when texts change.

The database keeps words and vectors; the index over them is worked out from it (ADR 8). Nothing is cut or embedded
again: terms are kept with the passage, vectors by the hash of its text.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from threading import Lock
from typing import Any

import numpy as np
from django.db import connection
from numpy.typing import NDArray

from sanyan.apps.narratives.language import configured_embedder
from sanyan.apps.narratives.models import Passage, TextState, Vector
from sanyan.core.text.searching import SearchIndex
from sanyan.engines.language.base import Embedder, Vectors

COPY_OF = 5  # the column of `numbers` with the passage that one copies
FEW_HASHES, HASHES_AT_ONCE = 5_000, 500  # more are looked for by reading all: SQLite takes few parameters
EXTEND_FROM = 5_000  # fewer passages are read anew, which takes less than a blink
_NUMBERS = ("pk", "source__round_id", "source__organisation_id", "source__region_id", "source_id", "copy_of_id")
_WORDS = (
    "source__area_type",
    "source__policy_area",
    "source__indicator_code",
    "source__field_key",
    "source__stance",
)


@dataclass(frozen=True)
class Shelf:
    """Passages in the order of their ids, the columns they are filtered by, and the index over them.

    `live` tells which still stand: one whose text was replaced stays in its place and is not found. `numbers` has a
    column each for passage, round, organisation, region (0 where none), source and the passage it copies (0 where
    none); `words` for area type, policy area, indicator, field and stance. `hashes` are the passages' text hashes.
    """

    token: str
    index: SearchIndex[int]
    numbers: NDArray[np.int64]
    words: NDArray[np.object_]
    hashes: tuple[str, ...]
    live: NDArray[np.bool_]

    @property
    def with_vector(self) -> int:
        """How many passages have a vector."""
        return int((self.index.held & self.live).sum()) if self.index.held is not None else 0

    @property
    def ids(self) -> NDArray[np.int64]:
        """The ids of the passages, in ascending order."""
        return self.numbers[:, 0]

    def row_of(self, passage_id: int) -> int | None:
        """The row of a passage; None where it is not live."""
        at = int(np.searchsorted(self.ids, passage_id))
        return at if at < len(self.ids) and self.ids[at] == passage_id and self.live[at] else None


_lock = Lock()
_held: dict[str, Shelf] = {}


def shelf() -> Shelf:
    """The passages as they are now; reading them again only when something changed."""
    token = TextState.objects.filter(pk=1).values_list("token", flat=True).first() or ""
    place = f"{connection.alias}:{connection.settings_dict['NAME']}"
    with _lock:
        held = _held.get(place)
        if held is None or held.token != token:
            held = _brought_up(held, token)
            _held[place] = held
        return held


def forget() -> None:
    """Let go of what is held, such as between two tests."""
    with _lock:
        _held.clear()


def _brought_up(held: Shelf | None, token: str) -> Shelf:
    live = Passage.objects.filter(source__gone_at__isnull=True, says_something=True).order_by("pk")
    ids = np.fromiter(live.values_list("pk", flat=True).iterator(10_000), dtype=np.int64)
    if held is None or len(held.ids) < EXTEND_FROM:
        rows = _rows(live)
        index = SearchIndex.of([int(row[0]) for row in rows], _documents(rows))
        all_live = np.ones(len(rows), dtype=np.bool_)
        return _with_vectors(Shelf(token, index, _numbers(rows), _words(rows), _hashes(rows), all_live), None)
    rows = _rows(live.filter(pk__gt=held.ids[-1]))
    index = held.index.with_vectors(None)
    grown = Shelf(
        token=token,
        index=index.extended([int(row[0]) for row in rows], _documents(rows)) if rows else index,
        numbers=np.concatenate([held.numbers, _numbers(rows)]),
        words=np.concatenate([held.words, _words(rows)]),
        hashes=held.hashes + _hashes(rows),
        live=np.ones(0, dtype=np.bool_),
    )
    grown.numbers[:, COPY_OF] = _copies(grown.ids)
    return _with_vectors(replace(grown, live=np.isin(grown.ids, ids)), held)


def _copies(ids: NDArray[np.int64]) -> NDArray[np.int64]:
    """What each passage copies, 0 where nothing: an earlier one may be found to be a copy when a later one comes."""
    copies = np.zeros(len(ids), dtype=np.int64)
    tied = Passage.objects.filter(copy_of__isnull=False, source__gone_at__isnull=True).order_by("pk")
    pairs = np.array(list(tied.values_list("pk", "copy_of_id")), dtype=np.int64).reshape(-1, 2)
    pairs = pairs[np.isin(pairs[:, 0], ids)]
    copies[np.searchsorted(ids, pairs[:, 0])] = pairs[:, 1]
    return copies


def _documents(rows: list[tuple[Any, ...]]) -> list[list[str]]:
    return [row[-1].split(" ") for row in rows]


def _rows(passages: Any) -> list[tuple[Any, ...]]:
    fields = (*_NUMBERS, *_WORDS, "text_hash", "terms")
    return list(passages.values_list(*fields).iterator(10_000))


def _numbers(rows: list[tuple[Any, ...]]) -> NDArray[np.int64]:
    width = len(_NUMBERS)
    return np.array([[value or 0 for value in row[:width]] for row in rows], dtype=np.int64).reshape(-1, width)


def _words(rows: list[tuple[Any, ...]]) -> NDArray[np.object_]:
    start, end = len(_NUMBERS), len(_NUMBERS) + len(_WORDS)
    return np.array([row[start:end] for row in rows], dtype=object).reshape(-1, len(_WORDS))


def _hashes(rows: list[tuple[Any, ...]]) -> tuple[str, ...]:
    return tuple(row[-2] for row in rows)


def _with_vectors(shelf: Shelf, before: Shelf | None) -> Shelf:
    """The shelf with the vectors that there are; those that were held before are not read again."""
    embedder = configured_embedder()
    if embedder is None:
        return shelf
    known = 0
    vectors = np.zeros((len(shelf.hashes), embedder.dimensions), dtype=np.float32)
    has_one = np.zeros(len(shelf.hashes), dtype=np.bool_)
    if before is not None and before.index.vectors is not None and before.index.held is not None:
        known = len(before.hashes)
        vectors[:known], has_one[:known] = before.index.vectors, before.index.held
    lacking = np.flatnonzero(~has_one).tolist()
    found, is_found = vectors_of([shelf.hashes[row] for row in lacking], embedder)
    vectors[lacking], has_one[lacking] = found, is_found
    return replace(shelf, index=shelf.index.with_vectors(vectors, has_one)) if has_one.any() else shelf


def vectors_of(hashes: Sequence[str], embedder: Embedder) -> tuple[Vectors, NDArray[np.bool_]]:
    """The vectors of these texts, shape (len(hashes), dimensions), and which of them there are."""
    matrix = np.zeros((len(hashes), embedder.dimensions), dtype=np.float32)
    has_one = np.zeros(len(hashes), dtype=np.bool_)
    rows: dict[str, list[int]] = {}
    for row, text_hash in enumerate(hashes):
        rows.setdefault(text_hash, []).append(row)
    for text_hash, numbers in _held_vectors(list(rows), embedder.model_id):
        if text_hash in rows:
            matrix[rows[text_hash]] = np.frombuffer(numbers, dtype=np.float16)
            has_one[rows[text_hash]] = True
    return matrix, has_one


def _held_vectors(hashes: list[str], model_id: str) -> Iterator[tuple[str, bytes | memoryview]]:
    held = Vector.objects.filter(model_id=model_id).values_list("text_hash", "numbers")
    if len(hashes) > FEW_HASHES:
        yield from held.iterator(10_000)
        return
    for start in range(0, len(hashes), HASHES_AT_ONCE):
        yield from held.filter(text_hash__in=hashes[start : start + HASHES_AT_ONCE])
