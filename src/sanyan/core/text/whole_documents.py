"""Whole documents found through their passages: a long text is about many things, a question about one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sanyan.core.text.dense import Scores, Vectors, dense_scores
from sanyan.core.text.fusing import DENSE_WEIGHT, fuse
from sanyan.core.text.lexical import LexicalIndex
from sanyan.core.text.passages import split_passages
from sanyan.core.text.word_parts import word_parts
from sanyan.core.thai.words import terms

MOST = 1_500  # characters of a passage: what the embedder reads at once; a short document then stays whole
PASSAGE_WEIGHT = 1.0  # of the best passage's words beside those of the whole document
_Told = Callable[[int, int], None]


@dataclass(frozen=True)
class DocumentSearch:
    """Documents and their passages, to be searched. Passages of document i are rows `firsts[i]` up to the next first;
    every document has at least one. `vectors` are of `passages`, shape (passages, dimensions)."""

    passages: tuple[str, ...]
    firsts: NDArray[np.int64]
    by_document: LexicalIndex
    by_passage: LexicalIndex
    vectors: Vectors | None = None

    @classmethod
    def of(cls, texts: Sequence[str], told: _Told = lambda _done, _all: None) -> DocumentSearch:
        """An index of `texts` by their words; `told` hears how many are done of how many."""
        passages: list[str] = []
        cut: list[list[str]] = []
        documents: list[list[str]] = []
        firsts: list[int] = []
        for number, text in enumerate(texts):
            own = [passage.text for passage in split_passages(text, most=MOST)] or [text]
            firsts.append(len(passages))
            passages += own
            cut += [terms(passage) for passage in own]
            documents.append([term for some in cut[firsts[-1] :] for term in some])
            told(number + 1, len(texts))
        return cls(
            tuple(passages),
            np.asarray(firsts, np.int64),
            LexicalIndex.of(documents, parts_of=word_parts),
            LexicalIndex.of(cut, parts_of=word_parts),
        )

    def words(self, asked: Sequence[str]) -> Scores:
        """How well each document answers the terms `asked`: its words, and those of its best passage; 0 for none."""
        best: Scores = np.maximum.reduceat(self.by_passage.scores(asked), self.firsts)
        return (self.by_document.scores(asked) + PASSAGE_WEIGHT * best).astype(np.float32)

    def meaning(self, vector: Vectors) -> Scores:
        """The cosine of each document's nearest passage with the question's vector."""
        if self.vectors is None:
            raise ValueError("the passages have no vectors")
        nearest: Scores = np.maximum.reduceat(dense_scores(self.vectors, vector), self.firsts)
        return nearest

    def scores(self, asked: Sequence[str], vector: Vectors | None, weight: float = DENSE_WEIGHT) -> Scores:
        """One score a document, by words alone where `vector` is None."""
        return self.words(asked) if vector is None else fuse(self.words(asked), self.meaning(vector), weight)
