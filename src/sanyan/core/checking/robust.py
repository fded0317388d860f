"""Centre and width of a group that some wild values cannot move, and how far out one stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sanyan.core.stats.spread import robust_width

HALF_WAY = 10.0
TINY = 1e-9


@dataclass(frozen=True)
class Spread:
    """Where a group lies and how wide it is, in its own unit."""

    centre: float
    width: float


def spread_of(
    values: Sequence[float], *, noise: Sequence[float] | None = None, prior: float = 0.0, floor: float = 0.0
) -> Spread:
    """Median and robust width of values; about a tenth of them may be wild without moving either.

    The width is the larger of the scaled median absolute deviation and the scaled ninth decile of deviations, so a
    group with long tails is not taken for a narrow one. `noise` holds each value's own sampling variance, whose
    median is taken off. `prior` is the width expected beforehand, weighed as ten values; the centre of a small
    group is drawn towards zero with the same care where a prior is given. `floor` is the least width.
    Raise ValueError for no values.
    """
    if not len(values):
        raise ValueError("a spread needs values")
    held = np.asarray(values, dtype=float)
    centre = float(np.median(held))
    square = robust_width(held) ** 2
    if noise is not None:
        square = max(square - float(np.median(np.asarray(noise, dtype=float))), 0.0)
    if prior > 0:
        weight = len(held) / (len(held) + 10)
        square = weight * square + (1 - weight) * prior**2
        centre *= weight
    return Spread(centre, max(float(np.sqrt(square)), floor, TINY))


def standing(distance: float) -> float:
    """A distance in widths as a score within 0-1: 5 gives 0.33, 10 gives 0.5, 90 gives 0.9. Only orders findings."""
    return distance / (distance + HALF_WAY)
