"""All passages as search holds them, kept in the memory of each process and brought up to date when texts change.

The database keeps words and vectors; the index over them is worked out from it (ADR 8). Nothing is cut or embedded
again: terms are kept with the passage, vectors by the hash of its text.
"""

from __future__ import annotations

from collections.abc import Sequence
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
    """Live passages in the order of their ids, the columns they are filtered by, and the index over them.

    `numbers` has a column each for passage, round, organisation, region (0 where none), source and the passage it
    copies (0 where none); `words` for area
    type, policy area, indicator, field and stance. `hashes` are the passages' text hashes.
    """

    token: str
    index: SearchIndex[int]
    numbers: NDArray[np.int64]
    words: NDArray[np.object_]
    hashes: tuple[str, ...]

    @property
    def with_vector(self) -> int:
        """How many passages have a vector."""
        return int(self.index.held.sum()) if self.index.held is not None else 0

    @property
    def ids(self) -> NDArray[np.int64]:
        """The ids of the passages, in ascending order."""
        return self.numbers[:, 0]

    def row_of(self, passage_id: int) -> int | None:
        """The row of a passage; None where it is not live."""
        at = int(np.searchsorted(self.ids, passage_id))
        return at if at < len(self.ids) and self.ids[at] == passage_id else None


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
    live = Passage.objects.filter(source__gone_at__isnull=True).order_by("pk")
    ids = np.fromiter(live.values_list("pk", flat=True).iterator(10_000), dtype=np.int64)
    kept = len(held.ids) if held is not None else 0
    extends = held is not None and EXTEND_FROM <= kept <= len(ids) and np.array_equal(held.ids, ids[:kept])
    rows = _rows(live.filter(pk__gt=held.ids[-1]) if extends and held is not None else live)
    documents = [row[-1].split(" ") for row in rows]
    fresh = [int(row[0]) for row in rows]
    if held is None or not extends:
        index = SearchIndex.of(fresh, documents)
        return _with_vectors(Shelf(token, index, _numbers(rows), _words(rows), _hashes(rows)))
    grown = Shelf(
        token,
        held.index.with_vectors(None).extended(fresh, documents) if rows else held.index,
        np.concatenate([held.numbers, _numbers(rows)]),
        np.concatenate([held.words, _words(rows)]),
        held.hashes + _hashes(rows),
    )
    return _with_vectors(grown)


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


def _with_vectors(held: Shelf) -> Shelf:
    embedder = configured_embedder()
    if embedder is None:
        return held
    vectors, has_one = vectors_of(held.hashes, embedder)
    return replace(held, index=held.index.with_vectors(vectors, has_one)) if has_one.any() else held


def vectors_of(hashes: Sequence[str], embedder: Embedder) -> tuple[Vectors, NDArray[np.bool_]]:
    """The vectors of these texts, shape (len(hashes), dimensions), and which of them there are."""
    matrix = np.zeros((len(hashes), embedder.dimensions), dtype=np.float32)
    has_one = np.zeros(len(hashes), dtype=np.bool_)
    rows: dict[str, list[int]] = {}
    for row, text_hash in enumerate(hashes):
        rows.setdefault(text_hash, []).append(row)
    held = Vector.objects.filter(model_id=embedder.model_id).values_list("text_hash", "numbers")
    for text_hash, numbers in held.iterator(10_000):
        if text_hash in rows:
            matrix[rows[text_hash]] = np.frombuffer(numbers, dtype=np.float16)
            has_one[rows[text_hash]] = True
    return matrix, has_one
