"""Texts with known topics: how well groups made without them agree, and how well topics are told once learnt."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import accuracy_score, adjusted_rand_score, f1_score, normalized_mutual_info_score

from sanyan.core.errors import BadInputError
from sanyan.core.text.themes.features import Terms, bodies, directions, topic_terms
from sanyan.core.text.themes.grouping import grouped
from sanyan.core.text.themes.single import learnt

GROUPING = "TF-IDF of words (head and whole) > LSA of 50 directions > k-means on the sphere"
TELLING = "linear support vector machine on TF-IDF of words, pairs of words and runs of 3-5 letters"


@dataclass(frozen=True)
class TopicResult:
    """What came of texts with known topics. `predicted` is None for the texts learnt from.

    `nmi` and `ari` judge groups made without the labels (only their number is used), over all texts; `accuracy` and
    `macro_f1` the topics told of texts not learnt from, None where there are none.
    """

    labels: tuple[str, ...]
    clusters: tuple[int, ...]
    predicted: tuple[str | None, ...]
    nmi: float
    ari: float
    accuracy: float | None
    macro_f1: float | None


@dataclass(frozen=True)
class Told:
    """Topics told of texts held back, None for those learnt from; and how many are right, None where none is told."""

    predicted: tuple[str | None, ...]
    accuracy: float | None
    macro_f1: float | None


def topic_result(
    texts: Sequence[str],
    labels: Sequence[str],
    *,
    train_share: float = 0.7,
    seed: int = 1,
    with_names: bool = True,
) -> TopicResult:
    """Group the texts without their labels, and tell the labels of those held back; the same for the same seed.

    Without names, those of persons and provinces are left out, as they are for themes of reports.
    Raise BadInputError for fewer than two labels or a share that is not between 0 and 1.
    """
    _check(labels, train_share)
    plain = bodies(texts)
    terms = topic_terms(plain, with_names=with_names)
    clusters = grouped(directions(terms, seed=seed), len(set(labels)), seed=seed).of_row
    told = told_scores(plain, terms, labels, train_share=train_share, seed=seed)
    return TopicResult(
        labels=tuple(labels),
        clusters=tuple(int(group) for group in clusters),
        predicted=told.predicted,
        nmi=float(normalized_mutual_info_score(labels, clusters)),
        ari=float(adjusted_rand_score(labels, clusters)),
        accuracy=told.accuracy,
        macro_f1=told.macro_f1,
    )


def told_scores(
    texts: Sequence[str], terms: Sequence[Terms], labels: Sequence[str], *, train_share: float, seed: int
) -> Told:
    """Learn from a share of the texts (and their content terms), and tell the topics of the rest."""
    train, test = split(labels, train_share, seed)
    model = learnt([texts[i] for i in train], [terms[i] for i in train], [labels[i] for i in train])
    told = model.topics([texts[i] for i in test], [terms[i] for i in test])
    predicted: list[str | None] = [None] * len(texts)
    for place, topic in zip(test.tolist(), told, strict=True):
        predicted[place] = topic
    true = [labels[i] for i in test]
    return Told(
        predicted=tuple(predicted),
        accuracy=float(accuracy_score(true, told)) if true else None,
        macro_f1=float(f1_score(true, told, average="macro", zero_division=0)) if true else None,
    )


def _check(labels: Sequence[str], train_share: float) -> None:
    if len(set(labels)) < 2:
        raise BadInputError(
            "topics-one-label",
            "ต้องมีอย่างน้อย 2 หัวข้อ จึงจะประเมินได้",
            "At least two different labels are needed.",
            next_th="เพิ่มข้อความที่มีหัวข้ออื่น แล้วลองใหม่",
            next_en="Add texts with another label and try again.",
        )
    if not 0 < train_share < 1:
        raise BadInputError(
            "topics-train-share",
            "สัดส่วนที่ใช้เรียนรู้ต้องมากกว่า 0 และน้อยกว่า 1",
            "The share to learn from must lie between 0 and 1.",
            next_th="ระบุ --train-share เช่น 0.7",
            next_en="Give --train-share, such as 0.7.",
        )


def split(labels: Sequence[str], train_share: float, seed: int) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Places of the texts to learn from and of those held back, each label split alike; both in order.

    A label with one text is learnt from; one with more has at least one on each side.
    """
    rng = np.random.default_rng(seed)
    train: list[int] = []
    for label, count in sorted(Counter(labels).items()):
        own = np.flatnonzero(np.asarray(labels) == label)
        taken = min(max(1, round(train_share * count)), max(1, count - 1))
        train += rng.permutation(own)[:taken].tolist()
    chosen = np.sort(np.asarray(train, dtype=np.int64))
    return chosen, np.setdiff1d(np.arange(len(labels), dtype=np.int64), chosen)
