"""How many groups passages fall into: as many as stay firm when passages are drawn anew, and are large enough."""

from __future__ import annotations

from itertools import combinations

import numpy as np
from sklearn.metrics import adjusted_rand_score

from sanyan.core.text.themes.features import Floats
from sanyan.core.text.themes.gates import MOST_THEMES
from sanyan.core.text.themes.grouping import grouped

STEP = 1.35
FEWEST = 3
DRAWS = 5
DRAWN = 0.8
NEARLY = 0.95  # of the best worth: among counts nearly as firm the finer one is of more use
MOST_ROWS = 3_000  # rows that the choice is made on; more change nothing but the time


def themes_to_try(rows: Floats, weights: Floats, *, needed: int, seed: int = 1) -> int:
    """How many groups to make of rows of length 1; `needed` is how many rows a group must hold to be of use.

    For each count, groupings of draws of 80 % of the rows are compared over all rows (mean adjusted Rand index), times
    the share of rows in groups that are large enough; taken is the most groups of those nearly the best.
    Source of the idea: Ben-Hur, Elisseeff and Guyon (2002), "A stability based method for discovering structure".
    """
    rng = np.random.default_rng(seed)
    if len(rows) > MOST_ROWS:
        kept = np.sort(rng.choice(len(rows), MOST_ROWS, replace=False))
        needed = max(2, round(needed * MOST_ROWS / len(rows)))
        rows, weights = rows[kept], weights[kept]
    most = min(MOST_THEMES, int(weights.sum()) // max(needed, 1), len(rows) - 1)
    counts = _counts(most)
    if len(counts) < 2:
        return max(1, most)
    worth = [_worth(rows, weights, count, needed, rng) for count in counts]
    return max(count for count, each in zip(counts, worth, strict=True) if each >= NEARLY * max(worth))


def _counts(most: int) -> list[int]:
    counts, count = [], float(FEWEST)
    while round(count) <= most:
        counts.append(round(count))
        count = max(count * STEP, count + 1)
    return counts


def _worth(rows: Floats, weights: Floats, count: int, needed: int, rng: np.random.Generator) -> float:
    made = []
    for draw in range(DRAWS):
        drawn = np.sort(rng.choice(len(rows), max(count, int(DRAWN * len(rows))), replace=False))
        centres = grouped(rows[drawn], count, weights=weights[drawn], restarts=3, seed=draw).centres
        made.append((rows @ centres.T).argmax(axis=1))
    firm = np.mean([adjusted_rand_score(one, other) for one, other in combinations(made, 2)])
    sizes = np.bincount(made[0], weights=weights, minlength=count)
    return float(firm * sizes[sizes >= needed].sum() / weights.sum())
