"""One topic for each text, learnt from texts whose topic is known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.metrics import f1_score
from sklearn.model_selection import StratifiedKFold, cross_val_predict
from sklearn.svm import LinearSVC

from sanyan.core.text.themes.features import HEAD, Terms

LETTERS = 1_500  # of a text whose runs of three to five letters are weighed: spelling and short forms beside words
FOLDS = 4
LEAST_HELD_OUT = 8  # texts a topic must have for shifts to be learnt
SOFT = 0.5  # how much of a text's word is taken at face value (C of the machine)


@dataclass(frozen=True)
class TopicModel:
    """Weighs words, pairs of words and runs of letters; made by `learnt`."""

    makers: tuple[TfidfVectorizer, ...]
    machine: LinearSVC | None
    shifts: NDArray[np.float64]
    only: str = ""

    def topics(self, texts: Sequence[str], terms: Sequence[Terms]) -> list[str]:
        """The likeliest topic of each text."""
        if self.machine is None or not texts:
            return [self.only] * len(texts)
        parts = [maker.transform(rows) for maker, rows in zip(self.makers, _sources(texts, terms), strict=True)]
        scores = _scores(self.machine.decision_function(sparse.hstack(parts).tocsr()))
        return [str(self.machine.classes_[at]) for at in (scores + self.shifts).argmax(axis=1)]


def learnt(texts: Sequence[str], terms: Sequence[Terms], topics: Sequence[str]) -> TopicModel:
    """A model of texts and their topics (linear support vector machine, rare topics weighed up; the same each time).

    Raise ValueError where there are no texts.
    """
    if not texts:
        raise ValueError("no text to learn from")
    if len(set(topics)) == 1:
        return TopicModel((), None, np.zeros(1), topics[0])
    least = 2 if len(texts) >= 50 else 1
    makers = (
        TfidfVectorizer(analyzer=_with_pairs, min_df=least, sublinear_tf=True),
        TfidfVectorizer(analyzer=_with_pairs, min_df=least, sublinear_tf=True),
        TfidfVectorizer(analyzer="char", ngram_range=(3, 5), min_df=least + 1, sublinear_tf=True),
    )
    parts = [_fitted(maker, rows) for maker, rows in zip(makers, _sources(texts, terms), strict=True)]
    features, labels = sparse.hstack(parts).tocsr(), np.asarray(topics)
    shifts = _shifts(features, labels)
    return TopicModel(makers, _machine().fit(features, labels), shifts)


def _fitted(maker: TfidfVectorizer, rows: Sequence[object]) -> sparse.csr_matrix:
    """Weighed words of the rows; where they have none, one that is always 0 stands in."""
    try:
        return maker.fit_transform(rows)
    except ValueError:  # no word is left
        maker.set_params(vocabulary=["\0"], min_df=1)
        return maker.fit_transform(rows)


def _machine() -> LinearSVC:
    return LinearSVC(C=SOFT, class_weight="balanced", random_state=1, max_iter=5_000)


def _shifts(features: sparse.csr_matrix, labels: NDArray[np.str_]) -> NDArray[np.float64]:
    """What is added to the score of each topic so that rare ones are told as well as common ones: half of what is
    best for the macro-F1 of texts held out in turn, for the best is fitted to them."""
    known, counts = np.unique(labels, return_counts=True)
    shifts = np.zeros(len(known))
    if counts.min() < LEAST_HELD_OUT:
        return shifts
    folds = StratifiedKFold(FOLDS, shuffle=True, random_state=1)
    scores = _scores(cross_val_predict(_machine(), features, labels, cv=folds, method="decision_function"))
    best = _macro_f1(scores, known, labels)
    for _ in range(2):
        for at in range(len(known)):
            for shift in np.linspace(-0.4, 0.4, 17):
                tried = shifts.copy()
                tried[at] = shift
                score = _macro_f1(scores + tried, known, labels)
                if score > best + 1e-4:
                    best, shifts = score, tried
    return shifts / 2


def _macro_f1(scores: NDArray[np.float64], known: NDArray[np.str_], labels: NDArray[np.str_]) -> float:
    return float(f1_score(labels, known[scores.argmax(axis=1)], average="macro", zero_division=0))


def _scores(decided: NDArray[np.float64]) -> NDArray[np.float64]:
    """A column a topic; the machine has one column for two topics."""
    return np.column_stack([-decided, decided]) if decided.ndim == 1 else decided


def _sources(texts: Sequence[str], terms: Sequence[Terms]) -> tuple[Sequence[object], ...]:
    return terms, [each[:HEAD] for each in terms], [text[:LETTERS] for text in texts]


def _with_pairs(terms: Terms) -> list[str]:
    return [*terms, *(f"{one} {other}" for one, other in pairwise(terms))]
