"""Where the year will end, told from month 6 or 9: what is left of the year is learnt from past years, all units
together, with what every unit shares kept apart."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.spread import TO_NORMAL
from sanyan.core.warning.forecast import LEAST_UNITS, shape_of
from sanyan.core.warning.forecast_features import relative_size
from sanyan.core.warning.forecast_fit import Fitted, RoundChange, Rows, fit, taken_apart
from sanyan.core.warning.forecast_result import CannotForecast, Forecast
from sanyan.core.warning.medians import common, mean_of, middle, or_zero, width
from sanyan.core.warning.shift import Shift, expect_shift

_PULL = np.array([3.0, 3.0, 3.0, 10.0, 10.0])  # changes that the prior of a slope is worth
_TOWARD = np.array([0.0, 0.3, 0.3, 0.0, 0.0])  # part of what a unit did in other years is expected again
_HISTORY_WEIGHT = 1.0  # years
_CLIPPED_AT = 6.0
_HALF = 0.5  # added to counts before the logarithm, so that none has one
_MOST_FALLS = 0.01


@dataclass(frozen=True)
class YearParts:
    """A year so far and the years before it, one row a unit; NaN where missing.

    `part` is the value at the month reached. `past_part` and `past_end` (units x years, oldest first) are the values at
    the same month and at month 12. `size` is what makes a value more certain, such as the denominator (units), None
    where not known. With `accumulates` the value is a count or sum that grows through the year, so that what is left
    multiplies it; otherwise, as for shares and levels, what is left is added. `bounds` are its lowest and highest.
    """

    units: tuple[str, ...]
    year: int
    part: FloatArray
    past_part: FloatArray
    past_end: FloatArray
    direction: Direction
    size: FloatArray | None = None
    accumulates: bool = False
    bounds: tuple[float, float] | None = None

    def __post_init__(self) -> None:
        """Raise ValueError where the shapes do not agree."""
        count = len(self.units)
        if self.part.shape != (count,) or self.past_part.shape != self.past_end.shape or len(self.past_part) != count:
            raise ValueError(f"the parts must be of {count} units, and past parts and ends of the same years")
        if self.size is not None and self.size.shape != (count,):
            raise ValueError(f"sizes must be of {count} units")


@dataclass(frozen=True)
class RoundYearEnd:
    """The year's end of every unit, in the indicator's unit; NaN where a unit has no value at the month reached.

    `said` is the forecast on the scale worked with: the natural log of value + 0.5 where `is_ratio`, else the value
    itself. `floor` is what an accumulating value cannot fall below: what was reached. `years` is how many past years
    were learnt from.
    """

    said: Forecast
    is_ratio: bool
    floor: FloatArray
    bounds: tuple[float, float] | None
    years: int

    @property
    def mean(self) -> FloatArray:
        """The middle of what is expected."""
        return self._back(self.said.mean)

    @property
    def lo80(self) -> FloatArray:
        """The lower end of the 80 % interval."""
        return self._back(self.said.lo80)

    @property
    def hi80(self) -> FloatArray:
        """The upper end of the 80 % interval."""
        return self._back(self.said.hi80)

    @property
    def lo95(self) -> FloatArray:
        """The lower end of the 95 % interval."""
        return self._back(self.said.lo95)

    @property
    def hi95(self) -> FloatArray:
        """The upper end of the 95 % interval."""
        return self._back(self.said.hi95)

    @property
    def shift(self) -> Shift:
        """What is left of the year for all units together, on the scale worked with: a log ratio or a difference."""
        return self.said.shift

    def p_below(self, threshold: float | FloatArray) -> FloatArray:
        """The probability of ending below a threshold (one, or one a unit)."""
        sought = np.broadcast_to(np.asarray(threshold, dtype=float), self.floor.shape)
        found = self.said.p_below(self._to(sought))
        found = np.where(sought <= self._least, 0.0, np.where(sought > self._most, 1.0, found))
        return np.where(np.isfinite(self.said.last) & np.isfinite(sought), found, np.nan)

    def p_above(self, threshold: float | FloatArray) -> FloatArray:
        """The probability of ending above a threshold, as `p_below`."""
        sought = np.broadcast_to(np.asarray(threshold, dtype=float), self.floor.shape)
        found = self.said.p_above(self._to(sought))
        found = np.where(sought >= self._most, 0.0, np.where(sought < self._least, 1.0, found))
        return np.where(np.isfinite(self.said.last) & np.isfinite(sought), found, np.nan)

    def p_miss(self, target: float | FloatArray, direction: Direction | None = None) -> FloatArray:
        """The probability of missing the 12-month target; raise ValueError for what is not judged."""
        way = direction or self.said.direction
        if way is Direction.NONE:
            raise ValueError("an indicator that is not judged has no target to miss")
        return self.p_below(target) if way is Direction.HIGHER else self.p_above(target)

    @property
    def _least(self) -> FloatArray:
        low = -np.inf if self.bounds is None else self.bounds[0]
        return np.maximum(np.where(np.isfinite(self.floor), self.floor, -np.inf), low)

    @property
    def _most(self) -> float:
        return np.inf if self.bounds is None else self.bounds[1]

    def _to(self, values: FloatArray) -> FloatArray:
        return np.log(np.maximum(values, 0.0) + _HALF) if self.is_ratio else values

    def _back(self, values: FloatArray) -> FloatArray:
        found = np.exp(values) - _HALF if self.is_ratio else values
        return np.where(np.isfinite(values), np.clip(found, self._least, self._most), np.nan)


def forecast_year_end(parts: YearParts) -> RoundYearEnd | CannotForecast:
    """Forecast month 12 from the month reached, from one past year with both months upward.

    What is left (a log ratio for accumulating counts and sums, a difference otherwise) is a share that all units have
    in common, learnt as a heavy-tailed variable from past years (`shift`), plus the unit's own part, plus a remainder
    whose size depends on the unit's size and place. The own part is a pooled robust ridge regression on the unit's
    place at the month reached, what it had left in other years and where it ended then (drawn to nothing where years
    are few), and its size. Needs five units with both months in one year; else a `CannotForecast` says why.
    """
    is_ratio = parts.accumulates and _is_count(parts)
    part, past_part, past_end = (_scaled(values, is_ratio) for values in (parts.part, parts.past_part, parts.past_end))
    years = [at for at in range(past_part.shape[1]) if common(past_part[:, at], past_end[:, at]).sum() >= LEAST_UNITS]
    cannot = _cannot(part, years)
    if cannot is not None:
        return cannot
    past_part, past_end = past_part[:, years], past_end[:, years]
    spread = _spread(past_part, past_end)
    if not spread > 0:
        return CannotForecast("no-spread", "ทุกหน่วยมีค่าเท่ากันทุกรอบ", "All units have the same value in every round.")
    size = relative_size(parts.size if parts.size is not None or not is_ratio else parts.part, len(part))
    features = [_features(past_part[:, at], past_part, past_end, size, spread, at) for at in range(len(years))]
    shifts, rows = _rows(past_part, past_end, features, size, spread)
    fitted = fit(rows, _PULL, _TOWARD)
    shift = expect_shift(shifts, TO_NORMAL * fitted.usual, still=0.0)
    own = _features(part, past_part, past_end, size, spread, None) @ fitted.slopes
    said = _said(parts, part, own * spread, fitted, _swings(part, size, spread), shift)
    return RoundYearEnd(said, is_ratio, _floor(parts), parts.bounds, len(years))


def _cannot(part: FloatArray, years: list[int]) -> CannotForecast | None:
    if not np.isfinite(part).any():
        return CannotForecast("no-last-round", "ยังไม่มีค่าของปีนี้", "There is no value of this year yet.")
    if years:
        return None
    return CannotForecast(
        "too-little-history",
        f"ต้องมีปีก่อนที่มีทั้งค่ากลางปีและค่าสิ้นปี {LEAST_UNITS} หน่วยขึ้นไป อย่างน้อย 1 ปี",
        f"It takes one past year with both months of {LEAST_UNITS} units or more.",
    )


def _said(
    parts: YearParts, part: FloatArray, own: FloatArray, fitted: Fitted, swings: FloatArray, shift: Shift
) -> Forecast:
    known = np.isfinite(part)
    return Forecast(
        time=parts.year,
        units=parts.units,
        direction=parts.direction,
        bounds=None,
        last=part,
        own=np.where(known, own - middle(own[known]), np.nan),
        scale=np.where(known, fitted.scale_of(swings), np.nan),
        shift=shift,
        shape=shape_of(fitted),
        rounds=shift.rounds,
    )


def _is_count(parts: YearParts) -> bool:
    held = (parts.part, parts.past_part, parts.past_end)
    return all(bool((values[np.isfinite(values)] >= 0).all()) for values in held)


def _scaled(values: FloatArray, is_ratio: bool) -> FloatArray:
    return np.log(values + _HALF) if is_ratio else values


def _spread(past_part: FloatArray, past_end: FloatArray) -> float:
    """The usual robust spread of units, of ends where parts have none."""
    found = [width(values[:, at]) for values in (past_part, past_end) for at in range(values.shape[1])]
    usable = [value for value in found if value > 0]
    return float(np.median(usable)) if usable else 0.0


def _place(part: FloatArray, spread: float) -> FloatArray:
    return np.clip(or_zero(part - middle(part)) / spread, -_CLIPPED_AT, _CLIPPED_AT)


def _features(
    part: FloatArray,
    past_part: FloatArray,
    past_end: FloatArray,
    size: FloatArray,
    spread: float,
    itself: int | None,
) -> FloatArray:
    """What is known at the month reached: place, what was left and where it ended in other years, size.

    `itself` is the year among the past ones that the part belongs to, which then tells nothing of itself.
    """
    others = [at for at in range(past_part.shape[1]) if at != itself]
    place = _place(part, spread)
    left = np.column_stack(
        [_beside(past_end[:, at] - past_part[:, at]) for at in others] or [np.full(len(part), np.nan)]
    )
    ends = np.column_stack([_beside(past_end[:, at]) for at in others] or [np.full(len(part), np.nan)])
    usual_left = _drawn(np.clip(left / spread, -_CLIPPED_AT, _CLIPPED_AT))
    usual_end = _drawn(np.clip(ends / spread, -_CLIPPED_AT, _CLIPPED_AT) - place[:, None])
    return np.column_stack([place, usual_left, usual_end, size, size * place])


def _beside(values: FloatArray) -> FloatArray:
    return values - middle(values)


def _drawn(values: FloatArray) -> FloatArray:
    """The mean of other years, drawn to 0 where they are few."""
    count = np.isfinite(values).sum(axis=1)
    found: FloatArray = mean_of(values, np.ones(values.shape[1])) * count / (count + _HISTORY_WEIGHT)
    return found


def _swings(part: FloatArray, size: FloatArray, spread: float) -> FloatArray:
    place = np.clip(_place(part, spread), -3.0, 3.0)
    return np.column_stack([place, np.abs(place) - 0.8, size])


def _rows(
    past_part: FloatArray, past_end: FloatArray, features: list[FloatArray], size: FloatArray, spread: float
) -> tuple[FloatArray, Rows]:
    """What all units had left in each past year, and every unit's own part of it."""
    left = past_end - past_part
    return taken_apart(
        [
            RoundChange(held, _swings(past_part[:, at], size, spread), left[:, at], spread, age=len(features) - 1 - at)
            for at, held in enumerate(features)
        ]
    )


def _floor(parts: YearParts) -> FloatArray:
    """What was reached, where past years show that such a value does not fall again; else no floor."""
    both = common(parts.past_part, parts.past_end)
    fallen = float(np.mean(parts.past_end[both] < parts.past_part[both]))
    return parts.part if parts.accumulates and fallen <= _MOST_FALLS else np.full(len(parts.units), np.nan)
