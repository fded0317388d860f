"""An indicator's figures as observations with their noise, by the kind of indicator it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sanyan.core.indicators.definitions import Indicator, Kind, Rollup
from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.sampling_noise import Noise, Observations, means, plain, rates, shares


def observe(
    indicator: Indicator,
    *,
    value: FloatArray,
    numerator: FloatArray,
    denominator: FloatArray,
    earlier: FloatArray | None = None,
) -> Observations:
    """One round of an indicator (arrays of units, in its own unit) as observations.

    Percents with parts are shares, other ratios rates; means go by the number they were taken over; counts that are
    summed are Poisson; everything else has one noise for all, learnt from `earlier` rounds (rounds x units).
    """
    direction = indicator.direction
    if indicator.has_parts and indicator.kind is Kind.PERCENT:
        return shares(numerator, denominator, direction=direction, factor=indicator.per)
    if indicator.has_parts:
        return rates(numerator, denominator, direction=direction, factor=indicator.per)
    if indicator.mean_of and np.isfinite(denominator).any():
        return means(value, denominator, direction=direction)
    if indicator.rollup is Rollup.SUM:
        counted = rates(value, np.where(np.isfinite(value), 1.0, np.nan), direction=direction)
        return replace(counted, n=np.full(len(value), np.nan))  # the exposure of 1 is no number of people
    return plain(value, earlier=earlier, direction=direction)


def noise_in_unit(observed: Observations) -> FloatArray:
    """The standard deviation that chance alone gives each figure, in the indicator's unit; 0 where it is not known."""
    if observed.noise is Noise.UNKNOWN:
        return np.zeros(len(observed.values))
    sd = np.sqrt(observed.variances)
    half = (observed.to_unit(observed.values + sd) - observed.to_unit(observed.values - sd)) / 2
    return np.where(np.isfinite(half), half, 0.0)
