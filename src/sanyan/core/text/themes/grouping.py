"""Groups of rows that point the same way: k-means on the sphere, the same for the same seed, and how firm they are."""

from __future__ import annotations

import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from sklearn.cluster import KMeans
from sklearn.exceptions import ConvergenceWarning
from sklearn.metrics import adjusted_rand_score
from sklearn.preprocessing import normalize

from sanyan.core.text.themes.features import Floats

Ints = NDArray[np.int64]
RESTARTS = 10


@dataclass(frozen=True)
class Groups:
    """A group of each row, shape (rows,), from 0; and the directions of the groups, shape (groups, columns)."""

    of_row: Ints
    centres: Floats


@dataclass(frozen=True)
class Firmness:
    """How the groups hold when rows are drawn anew.

    `each`: mean over the draws of the best likeness (Jaccard) that a group found again, shape (groups,), 0-1.
    `ari`: mean adjusted Rand index of the groupings, 1 where they are the same, about 0 where they agree by chance.
    """

    each: Floats
    ari: float


def grouped(
    rows: Floats, count: int, *, weights: Floats | None = None, restarts: int = RESTARTS, seed: int = 1
) -> Groups:
    """`count` groups of rows of length 1; `weights` say how much a row counts (a copy counts less).

    Raise ValueError unless 1 <= count <= the number of rows.
    """
    if not 1 <= count <= len(rows):
        raise ValueError(f"{count} groups of {len(rows)} rows")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # rows that are alike fall into fewer groups, and may
        made = KMeans(count, n_init=restarts, random_state=seed).fit(rows, sample_weight=weights)
    centres = np.asarray(normalize(made.cluster_centers_), dtype=np.float64)
    return Groups(made.labels_.astype(np.int64), centres)


def firmness(
    rows: Floats, groups: Groups, *, weights: Floats | None = None, draws: int = 20, seed: int = 1
) -> Firmness:
    """How the groups hold over bootstrap draws of the rows.

    Source: Hennig (2007), "Cluster-wise assessment of cluster stability".
    """
    rng = np.random.default_rng(seed)
    count = len(groups.centres)
    likeness, agreement = np.zeros((draws, count)), np.zeros(draws)
    for draw in range(draws):
        drawn = rng.integers(len(rows), size=len(rows))
        own = None if weights is None else weights[drawn]
        again = grouped(rows[drawn], min(count, len(np.unique(drawn))), weights=own, restarts=3, seed=seed + draw)
        nearest = (rows @ again.centres.T).argmax(axis=1)
        likeness[draw] = _best_likeness(groups.of_row, nearest, count)
        agreement[draw] = adjusted_rand_score(groups.of_row, nearest)
    return Firmness(likeness.mean(axis=0), float(agreement.mean()))


def _best_likeness(one: Ints, other: Ints, count: int) -> Floats:
    shared = np.zeros((count, int(other.max()) + 1))
    np.add.at(shared, (one, other), 1)
    union = shared.sum(axis=1, keepdims=True) + shared.sum(axis=0, keepdims=True) - shared
    return np.asarray((shared / np.maximum(union, 1)).max(axis=1))
