"""The next round of an indicator, for all units together: pooled, drawn to a prior, with the national part apart."""

from __future__ import annotations

import numpy as np
from scipy.special import stdtrit

from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.panel import FloatArray, Panel
from sanyan.core.stats.spread import TO_NORMAL
from sanyan.core.warning import forecast_features as features
from sanyan.core.warning.forecast_features import Origin
from sanyan.core.warning.forecast_fit import Fitted, RoundChange, Rows, fit, taken_apart
from sanyan.core.warning.forecast_result import SHARES, CannotForecast, Forecast
from sanyan.core.warning.forecast_structure import fit_structure, places_of
from sanyan.core.warning.grain import grain_of
from sanyan.core.warning.hindsight import belief
from sanyan.core.warning.medians import common, middle, middles, weighted_quantiles, widths
from sanyan.core.warning.shift import expect_shift

LEAST_UNITS = 5
_PULL_MAIN, _PULL_OTHER = 3.0, 10.0  # changes that the prior of a slope is worth
_STRUCTURE_PRIOR = 0.6  # how far a unit is expected to go where its own past points, before the data speak
_SHAPE_PRIOR = 40.0  # residuals that the usual shape is worth


def forecast(
    panel: Panel, *, direction: Direction, bounds: tuple[float, float] | None = None, at: int | None = None
) -> Forecast | CannotForecast:
    """Forecast the round `at` (the one after the panel's last where left out) of every unit with a value just before.

    Only rounds before `at` are looked at, context included. A value is the last value, plus the national shift, plus
    the unit's own change, plus a remainder. The own change is a pooled robust ridge regression on the unit's place
    among the others, what its past points to (best linear prediction), its region, size and context, believed as far as
    earlier forecasts came true (`hindsight`). The shift is a heavy-tailed variable of its own (`shift`); the remainder
    has the shape of past residuals and grows with smallness, place and past swings. One set of constants for all
    panels: where rounds are few the priors decide, where many the data. Needs two rounds with at least five common
    units; else a `CannotForecast` says why.
    """
    time = at if at is not None else panel.times[-1] + panel.step if panel.times else 0
    held = panel.before(time)
    cannot = _cannot(held, time)
    if cannot is not None:
        return cannot
    deviations = held.values - middles(held.values)
    spreads = widths(deviations)
    if not np.any(spreads > 0):
        return CannotForecast("no-spread", "ทุกหน่วยมีค่าเท่ากันทุกรอบ", "All units have the same value in every round.")
    origins = _origins(held, deviations, np.where(spreads > 0, spreads, np.mean(spreads[spreads > 0])))
    shifts, rows = _rows(held, origins)
    last = origins[len(held.times) - 1]
    prior = _prior(last.features.shape[1])
    fitted = fit(rows, *prior)
    return Forecast(
        time=time,
        units=held.units,
        direction=direction,
        bounds=bounds,
        last=held.values[:, -1],
        own=_own_changes(last, fitted, belief(rows, *prior)),
        scale=np.where(last.stand, fitted.scale_of(last.swings), np.nan),
        shift=expect_shift(shifts, TO_NORMAL * fitted.usual),
        shape=shape_of(fitted),
        rounds=len(shifts),
        grain=grain_of(held.values),
    )


def _own_changes(last: Origin, fitted: Fitted, believed: tuple[float, float]) -> FloatArray:
    """What the fit expects of each unit beside the median one, in the panel's unit, as far as falls and rises are
    believed; NaN where a unit does not stand in the last round."""
    found = last.features @ fitted.slopes
    own = np.where(last.stand, (found - middle(found[last.stand])) * last.spread, np.nan)
    return own * np.where(own < 0, *believed)


def _prior(columns: int) -> tuple[FloatArray, FloatArray]:
    """How strongly each slope is drawn, and to what: the unit goes part of the way that its own past points."""
    toward = np.zeros(columns)
    toward[features.MAIN.index(features.STRUCTURE)] = _STRUCTURE_PRIOR
    return np.where(np.arange(columns) < len(features.MAIN), _PULL_MAIN, _PULL_OTHER), toward


def _cannot(panel: Panel, time: int) -> CannotForecast | None:
    if not panel.times or panel.times[-1] != time - panel.step or not np.isfinite(panel.values[:, -1]).any():
        return CannotForecast("no-last-round", "ไม่มีค่าของรอบก่อนหน้า", "There is no value in the round just before.")
    pairs = [
        common(panel.values[:, at], panel.values[:, at + 1]).sum() >= LEAST_UNITS for at in range(len(panel.times) - 1)
    ]
    if any(pairs):
        return None
    return CannotForecast(
        "too-little-history",
        f"ต้องมีอย่างน้อย 2 รอบติดกันที่มีค่าร่วมกัน {LEAST_UNITS} หน่วยขึ้นไป",
        f"It takes two rounds in a row with values of the same {LEAST_UNITS} units or more.",
    )


def _origins(panel: Panel, deviations: FloatArray, spreads: FloatArray) -> dict[int, Origin]:
    """What was known at the end of each round that can be learnt from, and of the last."""
    places = places_of(deviations)
    structure = fit_structure(places)
    last = len(panel.times) - 1
    useful = [at for at in range(last) if common(deviations[:, at], deviations[:, at + 1]).sum() >= LEAST_UNITS]
    return {
        at: features.origin(panel, deviations, structure, places=places, spread=float(spreads[at]), round_index=at)
        for at in (*useful, last)
    }


def _rows(panel: Panel, origins: dict[int, Origin]) -> tuple[FloatArray, Rows]:
    """Past national shifts, and every unit's change beside them."""
    last = len(panel.times) - 1
    changes = np.diff(panel.values, axis=1)
    return taken_apart(
        [
            RoundChange(held.features, held.swings, changes[:, at], held.spread, age=last - 1 - at)
            for at, held in origins.items()
            if at != last
        ]
    )


def shape_of(fitted: Fitted) -> FloatArray:
    """The remainder's quantiles: those of past residuals, drawn to a Student t where they are few; median 0."""
    seen = weighted_quantiles(fitted.standard, fitted.weights, SHARES)
    usual = stdtrit(5.0, SHARES) * (np.interp(0.84, SHARES, seen) - np.interp(0.16, SHARES, seen)) / 2
    count = float(fitted.weights.sum() ** 2 / (fitted.weights**2).sum())
    share = count / (count + _SHAPE_PRIOR)
    mixed = share * seen + (1 - share) * usual
    found: FloatArray = mixed - np.interp(0.5, SHARES, mixed)
    return found
