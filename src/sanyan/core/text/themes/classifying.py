"""A signed theme set held against every passage: linear, one theme at a time, learning from what persons correct."""

from __future__ import annotations

import hashlib
import json
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import KFold

from sanyan.core.errors import BadInputError
from sanyan.core.text.emptiness import has_content
from sanyan.core.text.themes.features import Floats, Terms, topic_terms

OTHER = "other"
NO_CONTENT = "no-content"
COLUMNS = 4_096  # that words are hashed into
PERSON_WEIGHT = 5.0  # what a person's word counts beside a proposal of the machine
FOLDS = 4
LEAST_EXAMPLES = 3
DIGITS = 5
VERSION = 1
_THRESHOLDS = np.arange(0.1, 0.91, 0.05)


@dataclass(frozen=True)
class Labelled:
    """The themes of a row, none for another matter; by a person, or as proposed."""

    row: int
    themes: frozenset[str]
    by_person: bool = False


@dataclass(frozen=True)
class Assignment:
    """A theme of a row, or OTHER, or NO_CONTENT, and how probable it is, 0-1 (for OTHER: that no theme fits)."""

    row: int
    theme: str
    probability: float


@dataclass(frozen=True)
class ThemeClassifier:
    """Weights of each theme over words (hashed) and, where `model_id` is not empty, vectors of that model.

    `weights`: (themes, COLUMNS + numbers of a vector); `rarity`: of the hashed words; `centre`: of the vectors.
    `unlearnt` are themes with too few examples, which are never assigned.
    """

    themes: tuple[str, ...]
    weights: Floats
    biases: Floats
    thresholds: Floats
    rarity: Floats
    centre: Floats
    model_id: str = ""
    unlearnt: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """All parts for JSON; weights that are not zero by their column."""
        return {
            "version": VERSION,
            "model_id": self.model_id,
            "unlearnt": list(self.unlearnt),
            "rarity": _sparse(self.rarity),
            "centre": self.centre.tolist(),
            "themes": [
                {
                    "theme": theme,
                    "bias": float(self.biases[at]),
                    "threshold": float(self.thresholds[at]),
                    "weights": _sparse(self.weights[at]),
                }
                for at, theme in enumerate(self.themes)
            ],
        }

    @classmethod
    def from_dict(cls, held: Mapping[str, Any]) -> ThemeClassifier:
        """The classifier of `as_dict`; raise BadInputError for another version or a document that is none."""
        try:
            if held["version"] != VERSION:
                raise ValueError(held["version"])
            columns = COLUMNS + len(held["centre"])
            rows = held["themes"]
            return cls(
                themes=tuple(str(row["theme"]) for row in rows),
                weights=np.array([_dense(row["weights"], columns) for row in rows]).reshape(len(rows), columns),
                biases=np.array([float(row["bias"]) for row in rows]),
                thresholds=np.array([float(row["threshold"]) for row in rows]),
                rarity=_dense(held["rarity"], COLUMNS),
                centre=np.array(held["centre"], dtype=np.float64),
                model_id=str(held["model_id"]),
                unlearnt=tuple(str(theme) for theme in held["unlearnt"]),
            )
        except (KeyError, TypeError, ValueError, IndexError) as error:
            raise BadInputError(
                "theme-classifier",
                "อ่านตัวจำแนกประเด็นไม่ได้",
                f"This is no theme classifier that can be read: {error}.",
                next_th="ให้ระบบเรียนรู้ชุดประเด็นนี้ใหม่",
                next_en="Learn this theme set again.",
            ) from error

    @property
    def content_id(self) -> str:
        """A hash of all that decides; the same classifier has the same id on every machine."""
        text = json.dumps(self.as_dict(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return hashlib.sha256(text.encode()).hexdigest()


def fit(
    texts: Sequence[str],
    labels: Sequence[Labelled],
    themes: Sequence[str],
    *,
    vectors: NDArray[np.float32] | None = None,
    model_id: str = "",
    terms: Sequence[Terms] | None = None,
) -> ThemeClassifier:
    """Learn `themes` from labelled rows; a row may have several. The same for the same input.

    Each theme has its threshold where F1 over rows held out in turn is best. Where a row is labelled by a person and
    by proposal, the person's word stands alone. Raise ValueError for a theme that is not among `themes`, a row out of
    range, or vectors without the id of their model.
    """
    _checked(texts, labels, themes, vectors, model_id)
    chosen = _one_label_a_row(labels)
    rows = [label.row for label in chosen]
    own = [terms[row] for row in rows] if terms is not None else topic_terms([texts[row] for row in rows])
    hashed = _hashed(own)
    rarity = _rarity(hashed)
    picked = None if vectors is None else vectors[rows]
    centre = np.zeros(0) if picked is None else np.round(picked.mean(axis=0).astype(np.float64), DIGITS)
    features = _features(hashed, rarity, picked, centre)
    counts = np.array([PERSON_WEIGHT if label.by_person else 1.0 for label in chosen])
    learnt = [
        _learnt(features, np.array([theme in label.themes for label in chosen], dtype=bool), counts) for theme in themes
    ]
    kept = [(theme, part) for theme, part in zip(themes, learnt, strict=True) if part is not None]
    columns = COLUMNS + len(centre)
    return ThemeClassifier(
        themes=tuple(theme for theme, _ in kept),
        weights=np.array([part[0] for _, part in kept]).reshape(len(kept), columns),
        biases=np.array([part[1] for _, part in kept]),
        thresholds=np.array([part[2] for _, part in kept]),
        rarity=rarity,
        centre=centre,
        model_id=model_id if vectors is not None else "",
        unlearnt=tuple(theme for theme, part in zip(themes, learnt, strict=True) if part is None),
    )


def apply(
    classifier: ThemeClassifier,
    texts: Sequence[str],
    *,
    vectors: NDArray[np.float32] | None = None,
    terms: Sequence[Terms] | None = None,
) -> tuple[Assignment, ...]:
    """The themes of every text, row by row, likeliest first; each row has at least one assignment.

    Raise ValueError where vectors are missing or of another size than those learnt from.
    """
    if len(classifier.centre) and (vectors is None or vectors.shape != (len(texts), len(classifier.centre))):
        raise ValueError("this classifier needs a vector of each text from the model it was learnt with")
    own = terms if terms is not None else topic_terms(texts)
    picked = vectors if len(classifier.centre) else None
    features = _features(_hashed(own), classifier.rarity, picked, classifier.centre)
    chances = _chance(features @ classifier.weights.T + classifier.biases)
    made: list[Assignment] = []
    for row, text in enumerate(texts):
        if not has_content(text):
            made.append(Assignment(row, NO_CONTENT, 1.0))
            continue
        hit = np.flatnonzero(chances[row] >= classifier.thresholds)
        if not len(hit):
            made.append(Assignment(row, OTHER, float(np.prod(1 - chances[row]))))
        for at in sorted(hit.tolist(), key=lambda place: (-chances[row][place], place)):
            made.append(Assignment(row, classifier.themes[at], float(chances[row][at])))
    return tuple(made)


def _checked(
    texts: Sequence[str],
    labels: Sequence[Labelled],
    themes: Sequence[str],
    vectors: NDArray[np.float32] | None,
    model_id: str,
) -> None:
    if set(themes) & {OTHER, NO_CONTENT} or len(set(themes)) != len(themes):
        raise ValueError("themes must differ, and none may be called as what is left over")
    strange = {theme for label in labels for theme in label.themes} - set(themes)
    if strange:
        raise ValueError(f"labels name themes that are not in the set: {sorted(strange)}")
    if any(not 0 <= label.row < len(texts) for label in labels):
        raise ValueError("a label is of a row that is not there")
    if vectors is not None and (len(vectors) != len(texts) or not model_id):
        raise ValueError("there must be a vector of each text, and the id of the model they are from")


def _one_label_a_row(labels: Sequence[Labelled]) -> list[Labelled]:
    """A label for each row, in order: the last of a person, else all that was proposed."""
    made: dict[int, Labelled] = {}
    for label in labels:
        before = made.get(label.row)
        if before is None or label.by_person:
            made[label.row] = label
        elif not before.by_person:
            made[label.row] = Labelled(label.row, before.themes | label.themes)
    return [made[row] for row in sorted(made)]


def _learnt(
    features: sparse.csr_matrix, is_of: NDArray[np.bool_], counts: Floats
) -> tuple[Floats, float, float] | None:
    """Weights, bias and threshold of one theme; None where there is too little to tell it by."""
    if min(is_of.sum(), (~is_of).sum()) < LEAST_EXAMPLES:
        return None
    threshold = _threshold(features, is_of, counts)
    machine = _machine().fit(features, is_of, sample_weight=counts)
    return np.round(machine.coef_[0], DIGITS), round(float(machine.intercept_[0]), DIGITS), threshold


def _threshold(features: sparse.csr_matrix, is_of: NDArray[np.bool_], counts: Floats) -> float:
    chances = np.full(len(is_of), np.nan)
    for train, test in KFold(FOLDS, shuffle=True, random_state=1).split(is_of):
        if len(np.unique(is_of[train])) == 2:
            machine = _machine().fit(features[train], is_of[train], sample_weight=counts[train])
            chances[test] = machine.predict_proba(features[test])[:, 1]
    known = np.isfinite(chances)
    if not (is_of & known).any():
        return 0.5
    scores = [_f1(chances[known] >= limit, is_of[known], counts[known]) for limit in _THRESHOLDS]
    best = np.flatnonzero(np.isclose(scores, max(scores), atol=1e-9))
    return round(float(_THRESHOLDS[best[len(best) // 2]]), 2)


def _f1(told: NDArray[np.bool_], true: NDArray[np.bool_], counts: Floats) -> float:
    hits = counts[told & true].sum()
    total = counts[told].sum() + counts[true].sum()
    return float(2 * hits / total) if total else 0.0


def _machine() -> LogisticRegression:
    return LogisticRegression(C=10.0, class_weight="balanced", solver="liblinear", random_state=1, max_iter=1_000)


def _hashed(terms: Sequence[Terms]) -> sparse.csr_matrix:
    """Log counts of terms by the column their name hashes to, shape (texts, COLUMNS)."""
    rows, columns, values = [], [], []
    for row, own in enumerate(terms):
        for column, count in sorted(Counter(zlib.crc32(term.encode()) % COLUMNS for term in own).items()):
            rows.append(row)
            columns.append(column)
            values.append(1 + np.log(count))
    return sparse.csr_matrix((values, (rows, columns)), shape=(len(terms), COLUMNS), dtype=np.float64)


def _rarity(hashed: sparse.csr_matrix) -> Floats:
    """How few rows hold each column, as a logarithm; 1 for what all hold or where there are no rows."""
    holders = np.asarray((hashed > 0).sum(axis=0)).ravel()
    return np.asarray(np.round(np.log((1 + hashed.shape[0]) / (1 + holders)) + 1, DIGITS))


def _features(
    hashed: sparse.csr_matrix, rarity: Floats, vectors: NDArray[np.float32] | None, centre: Floats
) -> sparse.csr_matrix:
    words = hashed.multiply(rarity[None, :]).tocsr()
    words = sparse.diags(1 / np.maximum(sparse.linalg.norm(words, axis=1), 1e-12)) @ words
    if vectors is None:
        return words.tocsr()
    meant = vectors.astype(np.float64) - centre
    meant /= np.maximum(np.linalg.norm(meant, axis=1, keepdims=True), 1e-12)
    return sparse.hstack([words, sparse.csr_matrix(meant)]).tocsr()


def _chance(scores: Floats) -> Floats:
    return np.asarray(1 / (1 + np.exp(-np.clip(scores, -50, 50))))


def _sparse(values: Floats) -> dict[str, float]:
    return {str(at): float(values[at]) for at in np.flatnonzero(values)}


def _dense(values: Mapping[str, float], columns: int) -> Floats:
    made = np.zeros(columns)
    for at, value in values.items():
        made[int(at)] = float(value)
    return made
