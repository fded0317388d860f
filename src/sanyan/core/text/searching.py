"""Passages found by their words and, where they have vectors, by meaning."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

import numpy as np

from sanyan.core.text.dense import Mask, Scores, Vectors, dense_scores
from sanyan.core.text.fusing import DENSE_WEIGHT, fuse
from sanyan.core.text.lexical import DEFAULT, Bm25, LexicalIndex
from sanyan.core.text.word_parts import word_parts
from sanyan.core.thai.words import everyday_words, terms

K = TypeVar("K")
_ASKING = (
    "ใคร อะไร ไหน เมื่อไร เมื่อไหร่ เมื่อใด ทำไม เหตุใด อย่างไร ยังไง กี่ เท่าไร เท่าไหร่ เท่าใด ใด หรือไม่ ไหม มั้ย บ้าง"
    " ครับ ค่ะ คะ จ๊ะ นะ ล่ะ หรือยัง หรือเปล่า สิ่งใด ผู้ใด ที่ไหน ที่ใด แห่งใด"
)
ASKING = frozenset(_ASKING.split())


@dataclass(frozen=True)
class Hit:
    """A row that was found. `score` puts hits in order; `lexical` (0: none of the words) and `dense` (a cosine, None:
    no vector) tell why."""

    row: int
    score: float
    lexical: float
    dense: float | None


def query_terms(text: str) -> list[str]:
    """The terms of a question in order, without the words that only ask; all of them where nothing else is left."""
    asked = terms(text)
    return [term for term in asked if term not in ASKING] or asked


@dataclass(frozen=True)
class SearchIndex(Generic[K]):
    """Rows to search: what each is called, its terms, and its vector where it has one. It never changes.

    `vectors` has a row for each; rows not in `held` are without.
    """

    ids: tuple[K, ...]
    lexical: LexicalIndex
    vectors: Vectors | None = None
    held: Mask | None = None

    @classmethod
    def of(
        cls,
        ids: Sequence[K],
        documents: Sequence[Sequence[str]],
        vectors: Vectors | None = None,
        *,
        held: Mask | None = None,
        settings: Bm25 = DEFAULT,
    ) -> SearchIndex[K]:
        """An index of documents given as their terms (`sanyan.core.thai.words.terms`), with the vectors of all, of
        those in `held`, or of none."""
        lexical = LexicalIndex.of(documents, parts_of=word_parts, settings=settings)
        return cls(tuple(ids), lexical).with_vectors(vectors, held)

    def __post_init__(self) -> None:
        """Raise ValueError where the parts do not go together."""
        lengths = {len(self.ids), len(self.lexical)}
        lengths |= set() if self.vectors is None or self.held is None else {len(self.vectors), len(self.held)}
        if len(lengths) > 1 or (self.vectors is None) != (self.held is None):
            raise ValueError(f"rows differ in number: {sorted(lengths)}")

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self.ids)

    def extended(
        self,
        ids: Sequence[K],
        documents: Sequence[Sequence[str]],
        vectors: Vectors | None = None,
        held: Mask | None = None,
    ) -> SearchIndex[K]:
        """With further rows behind those of this one, whether they have vectors or not."""
        grown = SearchIndex((*self.ids, *ids), self.lexical.extended(documents))
        if self.vectors is None and vectors is None:
            return grown
        width = vectors.shape[1] if vectors is not None else self.vectors.shape[1] if self.vectors is not None else 0
        before = self.vectors if self.vectors is not None else np.zeros((len(self), width), np.float32)
        added = vectors if vectors is not None else np.zeros((len(ids), width), np.float32)
        held_added = held if held is not None else np.full(len(ids), vectors is not None)
        held_before = self.held if self.held is not None else np.zeros(len(self), np.bool_)
        return grown.with_vectors(np.concatenate([before, added]), np.concatenate([held_before, held_added]))

    def with_vectors(self, vectors: Vectors | None, held: Mask | None = None) -> SearchIndex[K]:
        """The same rows with these vectors, shape (rows, dimensions), of length 1; of all, or of those in `held`."""
        if vectors is None:
            return replace(self, vectors=None, held=None)
        kept = np.ones(len(self), np.bool_) if held is None else held
        return replace(self, vectors=np.ascontiguousarray(vectors, np.float32), held=kept)

    def search(
        self,
        asked: Sequence[str],
        vector: Vectors | None = None,
        keep: Mask | None = None,
        most: int = 20,
        *,
        weight: float = DENSE_WEIGHT,
    ) -> tuple[Hit, ...]:
        """The best rows for the terms `asked` (`query_terms`) and the question's vector, the best first.

        Only rows in `keep` are found. Without a vector only rows with one of the words are.
        """
        words = self.lexical.scores(asked, keep)
        return self._hits(words, self._meaning(vector), keep, most, weight)

    def similar(self, row: int, most: int = 10, keep: Mask | None = None) -> tuple[Hit, ...]:
        """The rows most like a row, without it, the most alike first; by meaning and words, or by words alone."""
        others = np.ones(len(self), np.bool_) if keep is None else keep.copy()
        others[row] = False
        vector = self.vectors[row] if self.vectors is not None and self.held is not None and self.held[row] else None
        words = self.lexical.scores(sorted(self.lexical.telling_terms(row)), others)
        return self._hits(words, self._meaning(vector), others, most, DENSE_WEIGHT)

    def _meaning(self, vector: Vectors | None) -> Scores | None:
        if vector is None or self.vectors is None or self.held is None or not self.held.any():
            return None
        return dense_scores(self.vectors, vector, self.held)

    def _hits(
        self, words: Scores, meaning: Scores | None, keep: Mask | None, most: int, weight: float
    ) -> tuple[Hit, ...]:
        able = words > 0 if meaning is None else (words > 0) | np.isfinite(meaning)
        if keep is not None:
            able &= keep
        scores = words if meaning is None else fuse(words, meaning, weight, keep)
        hits = []
        for row in _best(np.where(able, scores, -np.inf), most):
            alike = None if meaning is None or np.isnan(meaning[row]) else float(meaning[row])
            hits.append(Hit(int(row), float(scores[row]), float(words[row]), alike))
        return tuple(hits)


def content_of(asked: Sequence[str]) -> list[str]:
    """The terms of a question worth marking in what was found: no everyday words, unless there are no others."""
    return [term for term in asked if term not in everyday_words()] or list(asked)


def _best(scores: Scores, most: int) -> list[int]:
    """The rows of the highest finite scores, the highest first; of equals, the earlier row first."""
    count = min(most, len(scores))
    if count <= 0:
        return []
    least = np.partition(scores, len(scores) - count)[len(scores) - count]
    rows = np.flatnonzero((scores >= least) & np.isfinite(scores))
    return [int(row) for row in rows[np.argsort(-scores[rows], kind="stable")][:count]]
