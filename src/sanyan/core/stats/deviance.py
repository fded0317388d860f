"""Positive deviance: units that do well against the odds, again and again, and their like that do not.

Bradley et al. (2009), Implementation Science 4:25: find consistently high performers first, by data, and study them
beside low ones of the same context. One high figure is mostly luck, so it takes two, each nearly sure, of enough cases
and of checked data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sanyan.core.stats.neighbours import ContextSpace
from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.stats.posteriors import SURE

SURELY_LOW = 0.2
LEAST_CASES = 10
LEAST_TIMES = 2
LOW_CASES = 3


@dataclass(frozen=True)
class Cell:
    """One comparison: an indicator in a period. Rounds whose figures add up within a year are one period."""

    indicator: str
    period: str


@dataclass(frozen=True)
class Evidence:
    """A cell (its index) in which a unit stands above its context, with the probability (0-1) that it really does."""

    cell: int
    p_better: float
    n: float


@dataclass(frozen=True)
class LowCase:
    """A unit of like context that stands low where the candidate stands high: how far it is, and in which cells."""

    unit: int
    distance: float
    cells: tuple[int, ...]


@dataclass(frozen=True)
class Candidate:
    """A unit to learn from, by index, with its reasons. `p_twice` is the probability (0-1) that it is truly above in at
    least two of them, were they independent; `low_cases` are the nearest first."""

    unit: int
    evidence: tuple[Evidence, ...]
    indicators: int
    periods: int
    p_twice: float
    low_cases: tuple[LowCase, ...]


def positive_deviants(
    cells: Sequence[Cell],
    p_better: FloatArray,
    n: FloatArray,
    passed: BoolArray,
    space: ContextSpace,
    *,
    low_cases: int = LOW_CASES,
) -> tuple[Candidate, ...]:
    """Units with P(effect in the good direction > 0) >= 0.95 in two periods or two indicators; the surest first.

    `p_better`, `n` (cases) and `passed` (data quality) are cells x units; a cell counts with n >= 10 known cases that
    passed. Of several cells of one indicator and period the last given counts. A low case stands at P <= 0.2, by the
    same measure, in at least half of the candidate's cells and is nowhere a candidate. Raise ValueError where shapes do
    not agree.
    """
    shape = (len(cells), len(space.standing))
    if p_better.shape != shape or n.shape != shape or passed.shape != shape:
        raise ValueError("probabilities, cases and quality must be cells x units")
    if not len(cells):
        return ()
    usable = passed & (np.nan_to_num(n) >= LEAST_CASES) & np.isfinite(p_better) & _last_of_each(cells)[:, None]
    chance = np.where(usable, p_better, np.nan)
    strong = np.where(usable, chance, 0.0) >= SURE
    low = np.where(usable, chance, 1.0) <= SURELY_LOW
    chosen = np.flatnonzero(strong.sum(axis=0) >= LEAST_TIMES)
    found = []
    for unit in chosen.tolist():
        rows = sorted(np.flatnonzero(strong[:, unit]).tolist(), key=lambda row: (-chance[row, unit], row))
        evidence = [Evidence(row, float(chance[row, unit]), float(n[row, unit])) for row in rows]
        found.append(_candidate(unit, evidence, cells, _low_cases(unit, rows, low, chosen, space, low_cases)))
    return tuple(sorted(found, key=lambda item: (-item.p_twice, item.unit)))


def _candidate(unit: int, evidence: list[Evidence], cells: Sequence[Cell], low: tuple[LowCase, ...]) -> Candidate:
    return Candidate(
        unit=unit,
        evidence=tuple(evidence),
        indicators=len({cells[item.cell].indicator for item in evidence}),
        periods=len({cells[item.cell].period for item in evidence}),
        p_twice=_at_least_two([item.p_better for item in evidence]),
        low_cases=low,
    )


def _last_of_each(cells: Sequence[Cell]) -> BoolArray:
    last = {cell: number for number, cell in enumerate(cells)}
    return np.array([last[cell] == number for number, cell in enumerate(cells)], dtype=bool)


def _at_least_two(chances: Sequence[float]) -> float:
    """1 - P(none) - P(exactly one) of independent events."""
    none, one = 1.0, 0.0
    for chance in chances:
        none, one = none * (1 - chance), one * (1 - chance) + none * chance
    return 1 - none - one


def _low_cases(
    unit: int,
    rows: list[int],
    low: BoolArray,
    chosen: NDArray[np.int64],
    space: ContextSpace,
    count: int,
) -> tuple[LowCase, ...]:
    often = low[rows].sum(axis=0) * 2 >= len(rows)
    often[chosen] = False
    distances = np.where(often, space.distances([unit])[0][0], np.inf)
    nearest = np.argsort(np.round(distances, 10), kind="stable")[:count]
    return tuple(
        LowCase(other, float(distances[other]), tuple(row for row in rows if low[row, other]))
        for other in nearest.tolist()
        if np.isfinite(distances[other])
    )
