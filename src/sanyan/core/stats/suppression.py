"""Figures of few people are not shown, or shown with reserve."""

from __future__ import annotations

import math
from enum import StrEnum

import numpy as np

from sanyan.core.stats.panel import BoolArray, FloatArray

HIDDEN_BELOW = 5
GREYED_BELOW = 10


class Visibility(StrEnum):
    """How a figure may be shown; its number of cases decides."""

    SHOWN = "shown"
    GREYED = "greyed"
    HIDDEN = "hidden"


def visibility(n: float | None) -> Visibility:
    """Fewer than 5 cases are hidden, 5 to 9 greyed. A number that is not known (None, NaN) hides nothing: the figure is
    then no count of people. Raise ValueError for a negative number."""
    if n is None or math.isnan(n):
        return Visibility.SHOWN
    if n < 0:
        raise ValueError(f"{n} cases")
    return Visibility.HIDDEN if n < HIDDEN_BELOW else Visibility.GREYED if n < GREYED_BELOW else Visibility.SHOWN


def visibilities(n: FloatArray) -> tuple[Visibility, ...]:
    """`visibility` of each number of cases."""
    return tuple(visibility(float(held)) for held in np.ravel(n))


def with_complements(n: FloatArray) -> BoolArray:
    """Which parts of a shown total to hide: those under 5, and one more where a single one could be worked out.

    A part of zero cases says nothing of anybody and stays. Where exactly one part is hidden, the smallest other part
    is hidden too, so that the total less the rest does not give it away (Hundepool et al., 2012, Statistical
    Disclosure Control, ch. 4). Missing counts are left as they are. Raise ValueError for a negative number.
    """
    counts = np.asarray(n, float)
    if np.any(counts < 0):
        raise ValueError("a number of cases is not negative")
    hidden = (counts > 0) & (counts < HIDDEN_BELOW)
    others = np.where(hidden | ~(counts > 0), np.inf, counts)
    if hidden.sum() == 1 and np.isfinite(others).any():
        hidden[int(np.argmin(others))] = True
    return hidden
