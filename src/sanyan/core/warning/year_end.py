"""Where a year will end, known in the middle of it, and how likely its target is to be missed.

The year so far tells most of it. What the rest of the year will bring is worked out from the year so far, the last
step, what is usual for the unit and what is usual in this season for all, pooled over units and past years. A surprise
that all units share in one year has a spread of its own: it is the larger part of what is not known.

Counts: `year_end_counts`. Shares and rates, with a denominator: `year_end_shares`.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.warning.year_end_counts import forecast_counts
from sanyan.core.warning.year_end_parts import WholeYear
from sanyan.core.warning.year_end_shares import forecast_shares


@dataclass(frozen=True)
class YearSoFar:
    """Years of one indicator by step (month, quarter or round), the last of them not over.

    `numerator` and `denominator` are units x years x steps, NaN where nothing was reported; `denominator` is None for
    a count. `seen` is how many steps of the last year are over; whatever stands after them is not looked at. `target`
    is by unit, on the scale of the yearly value (numerator / denominator of the whole year, or its count), NaN where
    there is none. `misses_above` says that a value above the target misses it; otherwise a value below does.
    """

    numerator: FloatArray
    denominator: FloatArray | None
    seen: int
    target: FloatArray
    misses_above: bool

    def __post_init__(self) -> None:
        """Raise ValueError where shapes do not agree, no past year is there, or the year is over or not begun."""
        shape = self.numerator.shape
        if self.numerator.ndim != 3 or shape[1] < 2:
            raise ValueError("the numerator must be units x years x steps, with a past year and the running one")
        if self.denominator is not None and self.denominator.shape != shape:
            raise ValueError("numerator and denominator must have one shape")
        if self.target.shape != shape[:1] or not 0 < self.seen < shape[2]:
            raise ValueError(f"a target for each of {shape[0]} units, and 1-{shape[2] - 1} steps that are over")


@dataclass(frozen=True)
class YearEnd:
    """What is expected of the whole year, by unit; NaN where a unit has too little data.

    `mean` is the middle of what is expected (for counts the median, as they are skewed), `lo80` and `hi80` hold the
    outcome in 8 of 10 cases, `p_miss` is the probability of missing the target. `shock` is the standard deviation of
    the part all units share, on the log (counts) or logit (shares) scale, of the rest of the year.
    """

    mean: FloatArray
    lo80: FloatArray
    hi80: FloatArray
    p_miss: FloatArray
    shock: float

    @property
    def known(self) -> BoolArray:
        """The units something can be said of."""
        return np.asarray(np.isfinite(self.mean))


def forecast_year_end(so_far: YearSoFar) -> YearEnd:
    """The end of the running year of every unit, from one past year up.

    A count needs one complete past year of the unit (up to a quarter of its steps may be missing and are filled from
    the season) and half of the steps so far. A share needs a report this year. Units with less are NaN.

    Source: pooled ridge regression and variance components as in Gelman and Hill, Data Analysis Using Regression and
    Multilevel Models (2007), ch. 12 and 21; the year's shared shock: `year_end_parts.shock_spread`.
    """
    numerator = _until(so_far.numerator, so_far.seen)
    if so_far.denominator is None:
        said = forecast_counts(numerator, so_far.seen, so_far.target, above=so_far.misses_above)
    else:
        denominator = _until(so_far.denominator, so_far.seen)
        said = forecast_shares(numerator, denominator, so_far.seen, so_far.target, above=so_far.misses_above)
    return _year_end(said, so_far.target)


def _until(values: FloatArray, seen: int) -> FloatArray:
    """The values with the future of the last year blanked, so that no part of the method can see it."""
    kept = np.array(values, dtype=np.float64)
    kept[:, -1, seen:] = np.nan
    return kept


def _year_end(said: WholeYear, target: FloatArray) -> YearEnd:
    missing = ~said.known
    mean, low, high = (np.where(missing, np.nan, held) for held in (said.mean, said.low, said.high))
    p_miss = np.where(missing | ~np.isfinite(target), np.nan, np.clip(said.p_miss, 0.0, 1.0))
    return YearEnd(mean, np.minimum(low, mean), np.maximum(high, mean), p_miss, said.shock)
