"""A forecast of one indicator: what is expected of every unit, how sure, and the national part kept apart."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.panel import FloatArray
from sanyan.core.warning.grain import just_above, just_below
from sanyan.core.warning.shift import Shift, standard_nodes

SHARES: FloatArray = (np.arange(99) + 0.5) / 99
_RATIOS: FloatArray = np.geomspace(0.01, 30.0, 40)
_INTERVALS = (0.025, 0.1, 0.9, 0.975)


@dataclass(frozen=True)
class CannotForecast:
    """Why nothing can be said of the next round."""

    code: str
    th: str
    en: str


@dataclass(frozen=True)
class Forecast:
    """The next round of one indicator, one entry a unit; NaN where a unit has no last value.

    `own` is the change expected beyond the national shift, `scale` the usual size (mean absolute deviation) of what
    remains unknown of it, `shape` that remainder's quantiles (`SHARES`) in units of `scale`, with median 0. A value is
    `last + shift + own + scale x remainder`, kept within `bounds`. `rounds` is how many past changes were learnt from.
    `grain` is the step that values come in (0: none); chances count a value on a step as all that is rounded to it.
    All in the indicator's unit.
    """

    time: int
    units: tuple[str, ...]
    direction: Direction
    bounds: tuple[float, float] | None
    last: FloatArray
    own: FloatArray
    scale: FloatArray
    shift: Shift
    shape: FloatArray
    rounds: int
    grain: float = 0.0

    @cached_property
    def mean(self) -> FloatArray:
        """The middle of what is expected."""
        return self._within(self._centre)

    @property
    def lo80(self) -> FloatArray:
        """The lower end of the 80 % interval."""
        return self._ends[1]

    @property
    def hi80(self) -> FloatArray:
        """The upper end of the 80 % interval."""
        return self._ends[2]

    @property
    def lo95(self) -> FloatArray:
        """The lower end of the 95 % interval."""
        return self._ends[0]

    @property
    def hi95(self) -> FloatArray:
        """The upper end of the 95 % interval."""
        return self._ends[3]

    @cached_property
    def sd(self) -> FloatArray:
        """The standard deviation of a normal variable whose 95 % interval is as wide, before bounds."""
        low, _, _, high = (self._away(at) for at in range(4))
        return (high - low) / 3.92

    def p_below(self, threshold: float | FloatArray) -> FloatArray:
        """The probability of a value below a threshold (one, or one a unit); NaN where a unit has no last value."""
        gap = just_below(np.asarray(threshold, dtype=float), self.grain) - self._centre
        nodes = standard_nodes() * self.shift.scale
        found = self._reached((gap[None, :] - nodes[:, None]) / self._safe_scale).mean(axis=0)
        if self.bounds is not None:
            low, high = self.bounds
            found = np.where(np.asarray(threshold) <= low, 0.0, np.where(np.asarray(threshold) > high, 1.0, found))
        return np.where(np.isfinite(gap), found, np.nan)

    def p_above(self, threshold: float | FloatArray) -> FloatArray:
        """The probability of a value above a threshold, as `p_below`."""
        gap = self._centre - just_above(np.asarray(threshold, dtype=float), self.grain)
        nodes = standard_nodes() * self.shift.scale
        found = 1 - self._reached((-gap[None, :] - nodes[:, None]) / self._safe_scale).mean(axis=0)
        if self.bounds is not None:
            low, high = self.bounds
            found = np.where(np.asarray(threshold) >= high, 0.0, np.where(np.asarray(threshold) < low, 1.0, found))
        return np.where(np.isfinite(gap), found, np.nan)

    def p_miss(self, target: float | FloatArray, direction: Direction | None = None) -> FloatArray:
        """The probability of missing a target: below it where higher is better, above it where lower is.

        Raise ValueError for an indicator that is not judged.
        """
        way = direction or self.direction
        if way is Direction.NONE:
            raise ValueError("an indicator that is not judged has no target to miss")
        return self.p_below(target) if way is Direction.HIGHER else self.p_above(target)

    def p_relative_drop(self, by: float, direction: Direction | None = None) -> FloatArray:
        """The probability that a unit's change is worse than the national median change by at least `by` (> 0).

        The shared shift has no part in it, but for what rounding makes of it. Raise ValueError for an indicator that is
        not judged.
        """
        way = direction or self.direction
        if way is Direction.NONE:
            raise ValueError("an indicator that is not judged has no worse way")
        border = np.nextafter(-by, np.inf)  # a drop of just `by` is one
        if way is Direction.HIGHER:
            return self._moved_below(float(just_below(np.array(border), self.grain)))
        return 1 - self._moved_below(float(just_above(np.array(-border), self.grain)))

    def _moved_below(self, change: float) -> FloatArray:
        """The probability of a change below this one beside the median change, which is rounded as values are."""
        if not self.grain > 0:
            return self._reached((change - self.own) / self._safe_scale)
        shifts = self.shift.mean + standard_nodes() * self.shift.scale
        off = np.round(shifts / self.grain) * self.grain - shifts
        found: FloatArray = self._reached((change + off[:, None] - self.own) / self._safe_scale).mean(axis=0)
        return found

    @property
    def _centre(self) -> FloatArray:
        return self.last + self.own + self.shift.mean

    @property
    def _safe_scale(self) -> FloatArray:
        return np.maximum(self.scale, 1e-300)

    @cached_property
    def _ends(self) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
        low, near, far, high = (self._within(self._centre + self._away(at)) for at in range(4))
        return low, near, far, high

    def _away(self, at: int) -> FloatArray:
        """How far from the middle the ends of the intervals lie: quantiles of shift and remainder together."""
        scale = np.maximum(self._safe_scale, self.shift.scale / _RATIOS[-1])  # beyond it the shift is all there is
        ratio = np.maximum(self.shift.scale / scale, _RATIOS[0])
        found: FloatArray = np.interp(np.log(ratio), np.log(_RATIOS), self._sums[:, at]) * scale
        return found

    @cached_property
    def _sums(self) -> FloatArray:
        """Quantiles of ratio x shift + remainder for each ratio of their scales, from all pairs of equal chance."""
        pairs = _RATIOS[:, None, None] * standard_nodes()[None, :, None] + self.shape[None, None, :]
        found: FloatArray = np.quantile(pairs.reshape(len(_RATIOS), -1), _INTERVALS, axis=1).T
        return found

    def _reached(self, values: FloatArray) -> FloatArray:
        """The probability that the remainder, in units of its scale, is below these values."""
        low, high = 2 * self.shape[0] - self.shape[5], 2 * self.shape[-1] - self.shape[-6]
        found: FloatArray = np.interp(values, [low, *self.shape, high], [0.0, *SHARES, 1.0])
        return found

    def _within(self, values: FloatArray) -> FloatArray:
        return values if self.bounds is None else np.clip(values, *self.bounds)
