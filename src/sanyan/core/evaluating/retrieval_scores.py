"""How well a search found what it should have, given the documents that answer each question."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

DEPTH = 10  # a person looks at the first page


@dataclass(frozen=True)
class RetrievalScores:
    """Means over questions, 0-1. `r1`, `r5`: a relevant document is first, or among the first five; `mrr10`: one over
    the rank of the first relevant document, 0 below the tenth. NaN of no questions."""

    questions: int
    r1: float
    r5: float
    mrr10: float

    def as_dict(self) -> dict[str, float]:
        """The three means by name."""
        return {"r1": self.r1, "r5": self.r5, "mrr10": self.mrr10}


def first_rank(ranked: Sequence[str], relevant: Collection[str]) -> int | None:
    """The rank, from 1, of the first relevant document; None where none was found."""
    return next((rank for rank, document in enumerate(ranked, 1) if document in relevant), None)


def score_retrieval(found: Mapping[str, Sequence[str]], relevant: Mapping[str, Collection[str]]) -> RetrievalScores:
    """Scores of ranked documents by question. A question of `relevant` that nothing was found for counts as missed."""
    ranks = [first_rank(found.get(question, ()), wanted) for question, wanted in relevant.items()]
    count = len(ranks)
    if not count:
        return RetrievalScores(0, float("nan"), float("nan"), float("nan"))
    return RetrievalScores(
        count,
        sum(rank == 1 for rank in ranks) / count,
        sum(rank is not None and rank <= 5 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank is not None and rank <= DEPTH) / count,
    )
