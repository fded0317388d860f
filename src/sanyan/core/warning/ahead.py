"""Forecasts of an indicator's later rounds: the next that asks it, and the end of the year."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np

from sanyan.core.indicators.definitions import Direction, Indicator, Kind
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Words
from sanyan.core.stats.panel import FloatArray, Panel
from sanyan.core.warning.figures import ChangeScale, History, scale_of
from sanyan.core.warning.forecast import forecast
from sanyan.core.warning.forecast_result import CannotForecast, Forecast
from sanyan.core.warning.outlook import Ahead
from sanyan.core.warning.round_year_end import YearParts, forecast_year_end
from sanyan.core.warning.targets import target_of
from sanyan.core.warning.together import misses_together
from sanyan.core.warning.trend import robust_sd

NOT_FORECAST = Words("คำตอบใช่หรือไม่ใช่ จึงไม่คาดค่าล่วงหน้า", "It is answered by yes or no, so no value is forecast.")


def next_round_of(history: History, key: RoundKey) -> RoundKey:
    """The round that asks the indicator next after `key`: later in the year, else the first of the next year."""
    months = sorted(history.indicator.months) or [key.month]
    later = [month for month in months if month > key.month]
    return RoundKey(key.fiscal_year, later[0]) if later else RoundKey(key.fiscal_year + 1, months[0])


def next_year(history: History, key: RoundKey) -> Ahead | Words:
    """A forecast of the round `key` from the same month of earlier years, or why there is none.

    The last of them is the year before. A target that asks for better than last year is that year's value.
    """
    indicator = history.indicator
    if indicator.kind is Kind.YES_NO:
        return NOT_FORECAST
    panel = _panel(history, key)
    if panel is None:
        return _no_past()
    found = forecast(panel, direction=_judged(indicator.direction), bounds=bounds_of(history))
    if isinstance(found, CannotForecast):
        return Words(found.th, found.en)
    last = history.column(RoundKey(key.fiscal_year - 1, key.month))
    scale = scale_of(indicator)
    return _told(found, key, indicator, scale, target=target_of(indicator, key.month, last), swing=_swing(panel))


def later_this_year(history: History, key: RoundKey, later: RoundKey) -> Ahead | Words:
    """A forecast of a later round of the year of `key` from what earlier years did between the two months, or why there
    is none. A target that asks for better than last year is the later round's value of last year."""
    indicator, scale = history.indicator, scale_of(history.indicator)
    found = forecast_year_end(_parts(history, key, later))
    if isinstance(found, CannotForecast):
        return Words(found.th, found.en)
    target = target_of(indicator, later.month, history.column(later.same_last_year))
    goal = missed_beyond(indicator, target)

    def p_miss(said: Forecast) -> FloatArray:
        return _where_there_is(goal, replace(found, said=said).p_miss)

    return Ahead(
        round=later,
        mean=found.mean,
        low=found.lo80,
        high=found.hi80,
        low95=found.lo95,
        high95=found.hi95,
        target=target,
        p_miss=p_miss(found.said),
        p_drop=np.full(len(target), np.nan),
        own=found.said.own,
        swing=float(np.nanmedian(found.said.scale)),
        shift=found.shift.mean,
        shift_low=found.shift.low80,
        shift_high=found.shift.high80,
        scale=scale,
        pasts=found.years,
        misses=misses_together(found.said, p_miss) if np.isfinite(goal).any() else None,
    )


def _parts(history: History, key: RoundKey, later: RoundKey) -> YearParts:
    """The year so far, and earlier years that have both months."""
    years = [
        year
        for year in sorted({held.fiscal_year for held in history.rounds})
        if year < key.fiscal_year and {RoundKey(year, key.month), RoundKey(year, later.month)} <= set(history.rounds)
    ]
    size = history.column(key, "denominator")
    return YearParts(
        units=history.units,
        year=key.fiscal_year,
        part=history.column(key),
        past_part=_columns(history, years, key.month),
        past_end=_columns(history, years, later.month),
        direction=_judged(history.indicator.direction),
        size=size if (size > 0).any() else None,
        accumulates=scale_of(history.indicator) is ChangeScale.RATIO,
        bounds=bounds_of(history),
    )


def _columns(history: History, years: list[int], month: int) -> FloatArray:
    """One month of several years (units x years); no column for no years."""
    if not years:
        return np.empty((len(history.units), 0))
    return np.column_stack([history.column(RoundKey(year, month)) for year in years])


def bounds_of(history: History) -> tuple[float, float] | None:
    """What a value cannot leave, on the scale of changes: a percent stays within 0-100, a count above 0, a level within
    the levels that were ever given."""
    indicator = history.indicator
    if scale_of(indicator) is ChangeScale.RATIO:
        return (0.0, np.inf)
    low = indicator.low if indicator.low is not None else (0.0 if indicator.kind is Kind.PERCENT else None)
    high = indicator.high if indicator.high is not None else (100.0 if indicator.kind is Kind.PERCENT else None)
    if indicator.kind is Kind.LEVEL and np.isfinite(history.value).any():
        low, high = float(np.nanmin(history.value)), float(np.nanmax(history.value))
    if low is None and high is None:
        return None
    return (-np.inf if low is None else low, np.inf if high is None else high)


def missed_beyond(indicator: Indicator, target: FloatArray) -> FloatArray:
    """The value beyond which a target is missed. Levels are whole: level 3 is reached by all that rounds to 3."""
    if indicator.kind is not Kind.LEVEL:
        return target
    return target + 0.5 if indicator.direction is Direction.LOWER else target - 0.5


def _panel(history: History, key: RoundKey) -> Panel | None:
    """The same month of all earlier years, up to the year before `key`; None without a year to learn from."""
    years = [held.fiscal_year for held in history.rounds if held.month == key.month and held < key]
    if len(years) < 2:
        return None
    times = tuple(range(min(years), key.fiscal_year))
    keys = [RoundKey(year, key.month) for year in times]
    scale = scale_of(history.indicator)
    values = np.column_stack([scale.to(history.column(held)) for held in keys])
    size = np.column_stack([history.column(held, "denominator") for held in keys])
    return Panel(
        units=history.units,
        times=times,
        values=values,
        regions=("",) * len(history.units),
        size=size if np.isfinite(size).any() and np.nanmin(size) > 0 else None,
        context_names=(),
        context=np.empty((0, *values.shape)),
    )


def _told(
    found: Forecast, key: RoundKey, indicator: Indicator, scale: ChangeScale, *, target: FloatArray, swing: float
) -> Ahead:
    goal = scale.to(missed_beyond(indicator, target))

    def p_miss(said: Forecast) -> FloatArray:
        return _where_there_is(goal, said.p_miss)

    return Ahead(
        round=key,
        mean=scale.back(found.mean),
        low=scale.back(found.lo80),
        high=scale.back(found.hi80),
        low95=scale.back(found.lo95),
        high95=scale.back(found.hi95),
        target=target,
        p_miss=p_miss(found),
        p_drop=found.p_relative_drop(swing) if swing > 0 else np.full(len(target), np.nan),
        own=found.own,
        swing=swing,
        shift=found.shift.mean,
        shift_low=found.shift.low80,
        shift_high=found.shift.high80,
        scale=scale,
        pasts=found.rounds,
        misses=misses_together(found, p_miss) if np.isfinite(goal).any() else None,
    )


def _where_there_is(goal: FloatArray, p_miss: Callable[[FloatArray], FloatArray]) -> FloatArray:
    """Probabilities of missing a goal; NaN for units without one."""
    known = np.isfinite(goal)
    return np.where(known, p_miss(np.where(known, goal, 0.0)), np.nan)


def _swing(panel: Panel) -> float:
    """The usual swing of own changes from year to year."""
    changes = np.diff(panel.values, axis=1)
    own = [column - np.median(column[np.isfinite(column)]) for column in changes.T if np.isfinite(column).any()]
    return robust_sd(np.concatenate(own)) if own else 0.0


def _judged(direction: Direction) -> Direction:
    """A direction to forecast with; context that is not judged is forecast all the same."""
    return Direction.HIGHER if direction is Direction.NONE else direction


def _no_past() -> Words:
    return Words(
        "มีข้อมูลเดือนเดียวกันไม่ถึง 2 ปี จึงยังคาดไม่ได้",
        "There are not two years of the same month to learn from yet, so nothing can be forecast.",
    )
