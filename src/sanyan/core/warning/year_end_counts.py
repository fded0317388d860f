"""The end of the year of a count, such as cases or pupils who left."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.warning.year_end_parts import (
    HIGH,
    LOW,
    SHOCK_STEPS,
    WholeYear,
    heavy_tail,
    mean_over,
    ratio,
    ridge,
    shock_spread,
    two_part_variance,
)

PENALTY = 20.0  # rows that hold each coefficient near its prior
PRIOR = np.array([0.3, 0.4, 0.0, 0.0])  # year so far, last step, all units' last step, the unit's own season
SHARED_PENALTY = 0.25  # of the units: what all units share says one thing a year, and not one thing a unit
SHOCK_PRESUMED = 0.3  # log scale, where two years do not yet show how steps differ from their season
MOST_MISSING = 0.25  # share of a year's steps that may be filled from the season
LEAST_SO_FAR = 0.5  # share of the running year's steps that must have come
FLOOR = 1e-3  # log scale: two units of the same size may always differ by some 3 % in the rest of a year
_BISECTIONS = 28


@dataclass(frozen=True)
class _Years:
    """Logs by unit and year (the running one last): what is seen, its last step, and the rest (NaN when not known).

    `x` is units x years x coefficients, `rest` and `usual` units x years; what is usual leaves its own year out.
    """

    x: FloatArray
    rest: FloatArray
    usual: FloatArray

    @property
    def trained(self) -> BoolArray:
        """The past years to learn from: complete, and with another year of the unit to know what is usual."""
        return np.isfinite(self.rest[:, :-1]) & np.isfinite(self.x[:, :-1]).all(axis=2)


@dataclass(frozen=True)
class _Rest:
    """The rest of the year on the log scale: middle and own variance by unit, the shared shock and its freedom."""

    middle: FloatArray
    variance: FloatArray
    shock: float
    freedom: float


def forecast_counts(counts: FloatArray, seen: int, target: FloatArray, *, above: bool) -> WholeYear:
    """The outlook of counts, units x years x steps, NaN where missing; see `year_end.YearSoFar`.

    log(rest + 1) is what is usual for the unit, plus what a pooled regression makes of how this year's start, its
    last step and all units' last step differ from the usual, plus a shock that all units share, plus the unit's own
    deviation whose variance has a part that falls with the expected count (overdispersed Poisson).
    """
    factor = _factor(counts)
    filled = _filled(counts * factor, seen)
    years = _years(filled, seen)
    presumed = _presumed_shock(filled)
    rest = (_learnt if years.trained.sum() > 2 * PRIOR.size else _presumed)(years, presumed)
    so_far = filled[:, -1, :seen].sum(axis=1)
    known = np.isfinite(rest.middle) & np.isfinite(so_far)
    whole = factor == 1.0
    ends = [_end(rest, share, so_far) for share in (0.5, LOW, HIGH)]
    need = np.where(np.isfinite(target), target, 0.0) * factor - so_far
    p_miss = _p_above(rest, need, 0.5 * whole) if above else 1 - _p_above(rest, need, -0.5 * whole)
    mean, low, high = (np.where(known, end, np.nan) / factor for end in ends)
    return WholeYear(mean, low, high, p_miss, known, rest.shock)


def _factor(counts: FloatArray) -> float:
    """1 for whole numbers; amounts are brought to a size at which adding one before the logarithm changes nothing."""
    held = counts[np.isfinite(counts)]
    positive = held[held > 0]
    if not positive.size or np.all(held == np.round(held)):
        return 1.0
    return 1e4 / float(np.median(positive))


def _filled(counts: FloatArray, seen: int) -> FloatArray:
    """Missing steps from the season of all units and the level of the unit's year; too few known leave NaN."""
    complete = np.asarray(np.isfinite(counts).all(axis=2))
    season = np.where(complete[:, :, None], counts, 0.0).sum(axis=(0, 1)) + 1e-9
    open_steps = np.ones(counts.shape, dtype=np.bool_)
    open_steps[:, -1, seen:] = False
    there = np.isfinite(counts) & open_steps
    level = ratio(np.where(there, counts, 0.0).sum(axis=2), (there * season).sum(axis=2))
    share = there.sum(axis=2) / open_steps.sum(axis=2)
    least = np.full(counts.shape[1], 1 - MOST_MISSING)
    least[-1] = LEAST_SO_FAR
    enough = np.asarray(share >= least)
    guess = np.where(enough, level, np.nan)[:, :, None] * season
    return np.where(there, np.where(enough[:, :, None], counts, np.nan), np.where(open_steps, guess, np.nan))


def _presumed_shock(filled: FloatArray) -> float:
    """What the shared shock of a year is presumed to be: somewhat more than all units together usually move from step
    to step beyond their season, as for shares."""
    flat = filled.reshape(filled.shape[0], -1)
    both = np.isfinite(flat[:, 1:]) & np.isfinite(flat[:, :-1])
    now, before = (np.where(both, side, 0.0).sum(axis=0) for side in (flat[:, 1:], flat[:, :-1]))
    moves = np.full(flat.shape[1], np.nan)
    moves[1:][both.any(axis=0)] = (np.log(now + 1) - np.log(before + 1))[both.any(axis=0)]
    by_step = moves.reshape(filled.shape[1:])
    known = np.isfinite(by_step)
    years = np.maximum(known.sum(axis=0), 1)
    away = (by_step - mean_over(by_step, known, 0)) * np.sqrt(years / np.maximum(years - 1, 1))
    away = away[known & (years > 1)]
    return SHOCK_STEPS * float(np.sqrt(np.mean(away**2))) if away.size else SHOCK_PRESUMED


def _years(filled: FloatArray, seen: int) -> _Years:
    start = np.log(filled[:, :, :seen].sum(axis=2) + 1)
    last = np.log(filled[:, :, seen - 1] + 1)
    rest = np.log(filled[:, :, seen:].sum(axis=2) + 1)
    past = np.isfinite(rest)
    usual_start, usual_last, usual = (_usual(values, past) for values in (start, last, rest))
    own = last - usual_last
    season = usual - usual_start
    columns = [
        start - usual_start,
        own,
        np.broadcast_to(mean_over(own, np.isfinite(own), 0), own.shape),
        season - mean_over(season, np.isfinite(season), 0),
    ]
    return _Years(np.stack(columns, axis=2), rest, usual)


def _usual(values: FloatArray, past: BoolArray) -> FloatArray:
    """The mean of the unit's other complete years, for every year; the running year is in none."""
    held = np.where(past, values, 0.0)
    count = past.sum(axis=1, keepdims=True) - past
    return ratio(held.sum(axis=1, keepdims=True) - held, count.astype(np.float64))


def _learnt(years: _Years, presumed: float) -> _Rest:
    """Regression over units and past years; the shared shock from years that were left out of it in turn."""
    trained = years.trained
    x, change = years.x[:, :-1], (years.rest - years.usual)[:, :-1]
    held = np.flatnonzero(trained.any(axis=0))
    errors, surprises = np.full(change.shape, np.nan), []
    for year in held:
        others = trained.copy()
        others[:, year] = False
        here = trained[:, year]
        if others.sum() > PRIOR.size:
            errors[here, year] = change[here, year] - _said(_fit(x, change, others), x[here, year])
            surprises.append(float(errors[here, year].mean()))
    correction = np.sqrt((held.size - 1) / held.size) if held.size > 1 else 1.0
    shock, freedom = shock_spread(np.array(surprises) * correction, presumed, len(surprises))
    own = errors - mean_over(errors, np.isfinite(errors), 0)
    level = np.exp(-(years.usual[:, :-1] + change - errors))
    kept = np.isfinite(own)
    inner, noise = two_part_variance(own[kept] ** 2, level[kept], FLOOR) if kept.any() else (0.1, 1.0)
    middle = years.usual[:, -1] + _said(_fit(x, change, trained), years.x[:, -1])
    return _Rest(middle, inner + noise * np.exp(-middle), shock, freedom)


def _presumed(years: _Years, presumed: float) -> _Rest:
    """With one past year nothing shows how a year differs from the usual: the prior speaks, widely."""
    change = years.x[:, -1, 0]
    middle = years.usual[:, -1] + np.nan_to_num(years.x[:, -1], nan=0.0) @ PRIOR + 0.0 * change
    seen = change[np.isfinite(change)]
    shared = float(seen.mean()) / 2 if seen.size else 0.0
    own = float(seen.var()) if seen.size > 1 else 0.1
    shock, freedom = shock_spread(np.array([shared]), presumed, 1)
    return _Rest(middle, max(own, FLOOR) + np.exp(-middle), shock, freedom)


def _fit(x: FloatArray, change: FloatArray, rows: BoolArray) -> tuple[FloatArray, float]:
    chosen, wanted = x[rows], change[rows]
    centre, middle = chosen.mean(axis=0), float(wanted.mean())
    penalty = np.full(PRIOR.size, PENALTY)
    penalty[2] = max(PENALTY, SHARED_PENALTY * x.shape[0])
    slope = ridge(chosen - centre, wanted - middle, np.ones(wanted.size), penalty, PRIOR)
    return slope, middle - float(centre @ slope)


def _said(fit: tuple[FloatArray, float], x: FloatArray) -> FloatArray:
    said: FloatArray = x @ fit[0] + fit[1]
    return said


def _p_above(rest: _Rest, need: FloatArray, continuity: float) -> FloatArray:
    """P(the rest of the year is above what is needed); `continuity` puts the border between whole numbers."""
    border = np.log(np.maximum(need + continuity, -0.99) + 1)
    middle = np.nan_to_num(rest.middle, nan=0.0)
    spread = np.sqrt(np.nan_to_num(rest.variance, nan=1.0))
    shocks = heavy_tail(rest.freedom) * rest.shock
    p = ndtr((middle[:, None] + shocks - border[:, None]) / spread[:, None]).mean(axis=1)
    return np.asarray(np.where(need + continuity < 0, 1.0, p))


def _end(rest: _Rest, share: float, so_far: FloatArray) -> FloatArray:
    """The whole year's count below which it ends with probability `share`."""
    low, high = rest.middle - 12.0, rest.middle + 12.0
    spread = np.sqrt(rest.variance)
    shocks = heavy_tail(rest.freedom)[2::4] * rest.shock  # every fourth place is enough for an end
    for _ in range(_BISECTIONS if share != 0.5 else 0):
        place = (low + high) / 2
        below = ndtr((place[:, None] - rest.middle[:, None] - shocks) / spread[:, None]).mean(axis=1)
        low, high = np.where(below < share, place, low), np.where(below < share, high, place)
    ends: FloatArray = so_far + np.maximum(np.exp((low + high) / 2) - 1, 0.0)
    return ends
