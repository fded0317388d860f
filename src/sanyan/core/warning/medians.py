"""Middle and spread of values of which some are missing or wild."""

from __future__ import annotations

import numpy as np

from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.stats.spread import MEAN_TO_NORMAL, TO_NORMAL


def middle(values: FloatArray) -> float:
    """The median of what is known; NaN where nothing is."""
    known = values[np.isfinite(values)]
    return float(np.median(known)) if len(known) else float("nan")


def width(values: FloatArray) -> float:
    """A robust standard deviation around the median; where more than half are equal, that of the mean deviation.

    0 where all are equal, NaN where nothing is known.
    """
    known = values[np.isfinite(values)]
    if not len(known):
        return float("nan")
    away = np.abs(known - np.median(known))
    found = TO_NORMAL * float(np.median(away))
    return found if found > 1e-9 * float(np.max(away)) else MEAN_TO_NORMAL * float(np.mean(away))


def middles(values: FloatArray) -> FloatArray:
    """The median of each column."""
    return np.array([middle(values[:, column]) for column in range(values.shape[1])], dtype=float)


def widths(values: FloatArray) -> FloatArray:
    """The robust standard deviation of each column."""
    return np.array([width(values[:, column]) for column in range(values.shape[1])], dtype=float)


def or_zero(values: FloatArray) -> FloatArray:
    """Values with 0 where missing: for sums over what is known."""
    return np.where(np.isfinite(values), values, 0.0)


def mean_of(values: FloatArray, weights: FloatArray) -> FloatArray:
    """The weighted mean of each row over what is known; 0 where nothing is."""
    held = np.isfinite(values) * weights
    total = held.sum(axis=1)
    found: FloatArray = (or_zero(values) * held).sum(axis=1) / np.where(total > 0, total, 1.0)
    return found


def weighted_quantiles(values: FloatArray, weights: FloatArray, shares: FloatArray) -> FloatArray:
    """Quantiles of weighted values, each value at the middle of its weight."""
    order = np.argsort(values, kind="stable")
    reached = np.cumsum(weights[order])
    found: FloatArray = np.interp(shares, (reached - 0.5 * weights[order]) / reached[-1], values[order])
    return found


def common(first: FloatArray, second: FloatArray) -> BoolArray:
    """Where both are known."""
    found: BoolArray = np.isfinite(first) & np.isfinite(second)
    return found
