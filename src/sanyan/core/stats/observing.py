"""An indicator's figures as observations with their noise, by the kind of indicator it is."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from sanyan.core.indicators.definitions import Direction, Indicator, Kind, Rollup
from sanyan.core.stats.ordinal import level_observations
from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.sampling_noise import (
    Noise,
    Observations,
    Scale,
    means,
    overdispersion,
    plain,
    rates,
    shares,
)


def observe(
    indicator: Indicator,
    *,
    value: FloatArray,
    numerator: FloatArray,
    denominator: FloatArray,
    earlier: FloatArray | None = None,
    swing: float = 1.0,
) -> Observations:
    """One round of an indicator (arrays of units, in its own unit) as observations.

    Percents with parts are shares, other ratios rates; means go by the number they were taken over; counts that are
    summed are Poisson; levels are placed among all units' levels of this and `earlier` rounds (rounds x units); all
    else has one noise for everyone, learnt from `earlier` rounds. `swing` (1 or more, see `swing_of`) widens the noise
    of shares and rates beyond pure chance.
    """
    direction = indicator.direction
    if indicator.has_parts and indicator.kind is Kind.PERCENT:
        return shares(numerator, denominator, direction=direction, factor=indicator.per, swing=swing)
    if indicator.has_parts:
        return rates(numerator, denominator, direction=direction, factor=indicator.per, swing=swing)
    if indicator.kind is Kind.LEVEL:
        occasions = value[None, :] if earlier is None else np.vstack([earlier, value])
        return _only_known(level_observations(occasions, direction=direction), value)
    if indicator.mean_of and np.isfinite(denominator).any():
        return _mean_of(value, denominator, earlier, direction)
    if indicator.rollup is Rollup.SUM:
        counted = rates(value, np.where(np.isfinite(value), 1.0, np.nan), direction=direction, swing=swing)
        return replace(counted, n=np.full(len(value), np.nan))  # the exposure of 1 is no number of people
    return plain(value, earlier=earlier, direction=direction)


def _mean_of(value: FloatArray, number: FloatArray, earlier: FloatArray | None, direction: Direction) -> Observations:
    """Means by the number they were taken over; equal numbers teach nothing of noise, and earlier rounds may."""
    seen = means(value, number, direction=direction)
    if seen.noise is not Noise.UNKNOWN or earlier is None:
        return seen
    return plain(value, earlier=earlier, n=number, direction=direction)


def swing_of(indicator: Indicator, *, values: FloatArray, numerators: FloatArray, denominators: FloatArray) -> float:
    """How much more shares, rates or counts swing between like rounds (rounds x units, oldest first) than chance alone
    would have it; 1 where that cannot be told, or the indicator is none of them."""
    if not (indicator.has_parts or indicator.rollup is Rollup.SUM) or len(values) < 2:
        return 1.0
    rounds = [
        observe(indicator, value=value, numerator=part, denominator=whole)
        for value, part, whole in zip(values, numerators, denominators, strict=True)
    ]
    found = overdispersion(rounds)
    return found if np.isfinite(found) and found > 1 else 1.0


def _only_known(observed: Observations, value: FloatArray) -> Observations:
    """Without the units that have no figure now, whatever they had before."""
    return replace(observed, values=np.where(np.isfinite(value), observed.values, np.nan))


def noise_in_unit(observed: Observations) -> FloatArray:
    """The standard deviation that chance alone gives each figure, in the indicator's unit; 0 where it is not known
    or the scale is not the unit's."""
    if observed.noise is Noise.UNKNOWN or observed.scale is Scale.RIDIT:
        return np.zeros(len(observed.values))
    sd = np.sqrt(observed.variances)
    half = (observed.to_unit(observed.values + sd) - observed.to_unit(observed.values - sd)) / 2
    return np.where(np.isfinite(half), half, 0.0)
