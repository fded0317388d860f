"""Medians, widths and heavy-tailed densities that take no notice of what is missing."""

from __future__ import annotations

import math

import numpy as np

from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.spread import TO_NORMAL

OUTER, OUTER_WIDTHS = 0.95, 4.0  # twice as far out as normal values lie


def median_over(values: FloatArray, axis: int) -> FloatArray:
    """Median along an axis, which is kept with length 1; NaN counts as missing and comes back where all is missing."""
    ordered = np.sort(values, axis=axis)
    held = np.isfinite(ordered).sum(axis=axis, keepdims=True)
    low = np.take_along_axis(ordered, np.maximum((held - 1) // 2, 0), axis=axis)
    high = np.take_along_axis(ordered, np.minimum(held // 2, values.shape[axis] - 1), axis=axis)
    return np.where(held > 0, (low + high) / 2, np.nan)


def median_of(values: FloatArray) -> float:
    """Median of all values that are there; 0 where none is."""
    held = values[np.isfinite(values)]
    return float(np.median(held)) if held.size else 0.0


def width_about_zero(values: FloatArray) -> float:
    """Robust standard deviation about zero, which a few wild values do not move.

    From the median deviation; but where most lie in one place, such as a full hundred, from the outer twentieth.
    """
    away = np.abs(values[np.isfinite(values)])
    if not away.size:
        return 0.0
    middle, outer = np.quantile(away, (0.5, OUTER))
    return max(TO_NORMAL * float(middle), float(outer) / OUTER_WIDTHS)


def filled(values: FloatArray, with_value: float = 0.0) -> FloatArray:
    """The values with something harmless where they are missing."""
    return np.where(np.isfinite(values), values, with_value)


def student_log_density(distance: FloatArray, freedom: float) -> FloatArray:
    """Log density of Student's t (unit scale) at a distance; low `freedom` means heavy tails."""
    constant = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - 0.5 * math.log(freedom * math.pi)
    return np.asarray(constant - (freedom + 1) / 2 * np.log1p(distance**2 / freedom))
