"""One indicator of many units over rounds, and the scale on which its changes are compared."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sanyan.core.indicators.definitions import Indicator, Rollup
from sanyan.core.rounds import RoundKey
from sanyan.core.stats.panel import FloatArray


class ChangeScale(StrEnum):
    """Where equal steps mean equally much: the unit itself, or ratios for counts that grow with the unit's size."""

    UNIT = "unit"
    RATIO = "ratio"

    def to(self, values: FloatArray) -> FloatArray:
        """Values on this scale; RATIO is log(1 + value), NaN below zero."""
        if self is ChangeScale.UNIT:
            return values
        return np.log1p(np.where(values >= 0, values, np.nan))

    def back(self, values: FloatArray) -> FloatArray:
        """The way back to the indicator's unit."""
        return values if self is ChangeScale.UNIT else np.maximum(np.expm1(np.minimum(values, 700.0)), 0.0)


def scale_of(indicator: Indicator) -> ChangeScale:
    """Counts that are summed grow with the size of the unit and are compared by ratios; all else by steps."""
    return ChangeScale.RATIO if indicator.rollup is Rollup.SUM else ChangeScale.UNIT


@dataclass(frozen=True)
class History:
    """Figures of an indicator: units x rounds, NaN where missing, rounds ascending and not later than the current.

    `value` is in the indicator's unit; `numerator` and `denominator` as reported (`denominator` alone is what a mean
    was taken over). `noise` is the standard deviation that chance alone gives each value, in the unit; 0 where a
    figure is a plain count of what is there.
    """

    indicator: Indicator
    units: tuple[str, ...]
    rounds: tuple[RoundKey, ...]
    value: FloatArray
    numerator: FloatArray
    denominator: FloatArray
    noise: FloatArray

    def column(self, key: RoundKey, field: str = "value") -> FloatArray:
        """One round of a field by unit; all NaN for a round that is not there."""
        if key not in self.rounds:
            return np.full(len(self.units), np.nan)
        values: FloatArray = getattr(self, field)[:, self.rounds.index(key)]
        return values
