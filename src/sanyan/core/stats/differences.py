"""Intervals for the difference of two shares or two means."""

from __future__ import annotations

import math

from scipy.stats import t as student

from sanyan.core.stats.intervals import Interval, wilson
from sanyan.core.stats.panel import FloatArray

CONFIDENCE = 0.95


def newcombe(one: tuple[int, int], other: tuple[int, int], *, confidence: float = CONFIDENCE) -> Interval:
    """The share of `one` less that of `other`, each (successes, trials) of its own areas, -1 to 1.

    Source: Newcombe (1998), "Interval estimation for the difference between independent proportions", method 10.
    Raise ValueError as `wilson` does.
    """
    a, b = wilson(*one, confidence=confidence), wilson(*other, confidence=confidence)
    difference = a.estimate - b.estimate
    down = math.hypot(a.estimate - a.low, b.high - b.estimate)
    up = math.hypot(a.high - a.estimate, b.estimate - b.low)
    return Interval(difference, max(-1.0, difference - down), min(1.0, difference + up), confidence)


def paired_change(both: int, lost: int, gained: int, neither: int, *, confidence: float = CONFIDENCE) -> Interval:
    """The change of a share among the same areas, -1 to 1: those that spoke of it twice, before, after, never.

    Source: Newcombe (1998), "Improved confidence intervals for the difference between binomial proportions based on
    paired data", method 10. Raise ValueError where no area is counted.
    """
    n = both + lost + gained + neither
    if n <= 0:
        raise ValueError("no area is counted")
    before = wilson(both + lost, n, confidence=confidence)
    after = wilson(both + gained, n, confidence=confidence)
    margins = (both + lost) * (gained + neither) * (both + gained) * (lost + neither)
    cross = float(both * neither - lost * gained)
    cross = max(cross - n / 2, 0.0) if cross > 0 else cross
    phi = cross / math.sqrt(margins) if margins else 0.0
    down_a, up_b = after.estimate - after.low, before.high - before.estimate
    up_a, down_b = after.high - after.estimate, before.estimate - before.low
    difference = after.estimate - before.estimate
    down = math.sqrt(max(0.0, down_a**2 - 2 * phi * down_a * up_b + up_b**2))
    up = math.sqrt(max(0.0, up_a**2 - 2 * phi * up_a * down_b + down_b**2))
    return Interval(difference, max(-1.0, difference - down), min(1.0, difference + up), confidence)


def welch(one: FloatArray, other: FloatArray, *, confidence: float = CONFIDENCE) -> Interval:
    """The mean of `one` less that of `other`, each of shape (two or more,), in their unit; spreads may be unequal.

    Source: Welch (1947), "The generalization of 'Student's' problem when several different population variances are
    involved".
    """
    difference = float(one.mean() - other.mean())
    parts = [float(side.var(ddof=1)) / len(side) for side in (one, other)]
    spread = sum(parts)
    if spread <= 0:
        return Interval(difference, difference, difference, confidence)
    freedom = spread**2 / sum(part**2 / (len(s) - 1) for part, s in zip(parts, (one, other), strict=True))
    half = float(student.ppf(0.5 + confidence / 2, freedom)) * math.sqrt(spread)
    return Interval(difference, difference - half, difference + half, confidence)
