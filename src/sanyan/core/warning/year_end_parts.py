"""What the outlooks of counts and of shares have in common: pooled regression, two-part variance, a heavy tail."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.optimize import nnls
from scipy.stats import t as student

from sanyan.core.stats.panel import BoolArray, FloatArray

GRID = (np.arange(101) + 0.5) / 101  # equally likely places within a distribution
LOW, HIGH = 0.1, 0.9  # an interval of 80 %
SHOCK_STEPS = 1.25  # a year's shared shock beside the usual step-to-step change of all units
SHOCK_PRIOR_YEARS = 3  # what is presumed of the shared shock weighs as much as this many years


@dataclass(frozen=True)
class WholeYear:
    """The whole year as a model tells it, by unit: middle, both ends and chance of a miss; `known` says for whom."""

    mean: FloatArray
    low: FloatArray
    high: FloatArray
    p_miss: FloatArray
    known: BoolArray
    shock: float


def heavy_tail(freedom: float) -> FloatArray:
    """Equally likely places of a Student t of unit variance; `freedom` above 2."""
    return np.asarray(student.ppf(GRID, freedom) * np.sqrt((freedom - 2) / freedom), dtype=np.float64)


def ridge(x: FloatArray, y: FloatArray, weights: FloatArray, penalty: FloatArray, prior: FloatArray) -> FloatArray:
    """Weighted least squares, each coefficient drawn to its prior (Hoerl and Kennard 1970).

    x is rows x coefficients; a penalty counts in rows of unit weight and unit variance.
    """
    weighted = x * weights[:, None]
    solved = np.linalg.solve(weighted.T @ x + np.diag(penalty), weighted.T @ y + penalty * prior)
    return np.asarray(solved, dtype=np.float64)


def two_part_variance(squares: FloatArray, sampling: FloatArray, floor: float) -> tuple[float, float]:
    """(own, noise) of `variance = own + noise * sampling`, neither negative, by reweighted least squares.

    `sampling` is what chance alone gives a row of its size. Source: the method of moments for variance components,
    weighted as in generalised least squares (Carroll and Ruppert 1988).
    """
    design = np.stack([np.ones(squares.size), sampling], axis=1)
    weights = 1 / (np.mean(squares) + sampling)
    own, noise = 0.0, 0.0
    for _ in range(3):
        (own, noise), _rest = nnls(design * weights[:, None], squares * weights)
        weights = 1 / np.maximum(design @ np.array([own, noise]), floor)
    return max(float(own), floor), float(noise)


def shock_spread(surprises: FloatArray, presumed: float, years: int) -> tuple[float, float]:
    """(standard deviation, degrees of freedom) of the shock of a year, from the past years' shared surprises.

    A scaled inverse chi-square prior around `presumed` keeps the spread alive where few years are known
    (Gelman et al., Bayesian Data Analysis, 2013, ch. 2.6).
    """
    total = SHOCK_PRIOR_YEARS * presumed**2 + float(np.sum(surprises**2))
    freedom = SHOCK_PRIOR_YEARS + years
    return float(np.sqrt(total / freedom)), float(freedom)


def ratio(above: FloatArray, below: FloatArray) -> FloatArray:
    """A quotient, NaN where there is nothing below."""
    held: FloatArray = np.full(np.shape(above), np.nan)
    np.divide(above, below, out=held, where=below > 0)
    return held


def mean_over(values: FloatArray, weight: BoolArray, axis: int) -> FloatArray:
    """The mean of what counts, NaN where nothing does; the axis stays."""
    total = np.where(weight, values, 0.0).sum(axis=axis, keepdims=True)
    return ratio(total, weight.sum(axis=axis, keepdims=True).astype(np.float64))
