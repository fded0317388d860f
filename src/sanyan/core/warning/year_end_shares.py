"""The end of the year of a share or rate: a numerator and a denominator by step."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.warning.year_end_parts import (
    HIGH,
    LOW,
    SHOCK_STEPS,
    WholeYear,
    heavy_tail,
    ratio,
    ridge,
    shock_spread,
    two_part_variance,
)
from sanyan.core.warning.year_end_windows import LEAST, Windows

PRIOR = np.array([0.3, 0.1, 0.2, 0.3, 0.3])  # last year's length, half, quarter, last step; the unit's own season
PENALTY = 400.0  # for every window that is learnt from
FREEDOM = 8.0  # tails of what a unit may do of its own
FLOOR = 1e-4
_WORST_RATIO = 3.0


@dataclass(frozen=True)
class _Pooled:
    """What was learnt: coefficients, and the own and chance parts of the variance."""

    slope: FloatArray
    own: float
    noise: float


@dataclass(frozen=True)
class _Rest:
    """The rest of the year on the model's scale: middle by unit, parts of the variance, the shock and its freedom."""

    middle: FloatArray
    own: float
    noise: float
    shock: float
    freedom: float


def forecast_shares(
    numerator: FloatArray, denominator: FloatArray, seen: int, target: FloatArray, *, above: bool
) -> WholeYear:
    """The outlook of shares, units x years x steps, NaN where missing; see `year_end.YearSoFar`.

    On the logit scale (log for rates that may pass 1) the rest of the year is: the year so far of all units, plus
    their usual change of season, plus what a pooled regression over all earlier windows of the same length makes of
    the unit's last year, half, quarter, last step and own season. The numerator of the rest is binomial (Poisson)
    around a share that varies by the unit's own deviation and by a shock that all units share.
    """
    factor = _factor(numerator, denominator)
    there = np.isfinite(numerator) & np.isfinite(denominator) & (np.nan_to_num(denominator) > 0)
    tops, bottoms = np.where(there, numerator, 0.0) * factor, np.where(there, denominator, 0.0) * factor
    windows = _windows(tops, bottoms, seen)
    rest = _rest(windows, there.shape[1] - 1, seen)
    size = np.maximum(np.round(_rest_of_denominator(bottoms, there, seen)), 0.0)
    top, bottom = tops[:, -1, :seen].sum(axis=1), bottoms[:, -1, :seen].sum(axis=1)
    known = np.isfinite(rest.middle) & (bottom > 0) & np.isfinite(size)
    middle, size = np.where(known, rest.middle, 0.0), np.where(known, size, 1.0)
    shares = _places(windows, rest, middle, size)
    whole = bottom + size
    need = np.where(np.isfinite(target), target, 0.0) * whole - top
    slack = LEAST * whole  # a target that is last year's value is met by the same value again
    if above:
        p_miss = windows.p_at_least(np.floor(need + slack) + 1, size, shares)
    else:
        p_miss = 1 - windows.p_at_least(np.ceil(need - slack), size, shares)
    ends = size * windows.share(middle), *(windows.quantile(size, shares, share) for share in (LOW, HIGH))
    mean, low, high = (ratio(top + end, whole) for end in ends)
    return WholeYear(mean, low, high, p_miss, known, rest.shock)


def _windows(tops: FloatArray, bottoms: FloatArray, seen: int) -> Windows:
    units, years, steps = tops.shape
    now = (years - 1) * steps + seen
    above, below = (_running(values.reshape(units, -1)[:, :now]) for values in (tops, bottoms))
    return Windows(above, below, steps, bool(np.all(tops <= bottoms)))


def _rest(windows: Windows, past: int, seen: int) -> _Rest:
    ahead = windows.steps - seen
    pooled = _learn(windows, ahead)
    season, shock, freedom = _shared_rest(windows, past, seen)
    middle = season + _features(windows, windows.now, ahead) @ pooled.slope
    return _Rest(middle, pooled.own, pooled.noise, shock, freedom)


def _places(windows: Windows, rest: _Rest, middle: FloatArray, size: FloatArray) -> FloatArray:
    """Equally likely shares of the rest of the year, units x places; chance comes on top of them."""
    chance = windows.chance(size, windows.share(middle))
    spread = np.sqrt(rest.own + max(rest.noise - 1, 0.0) * chance + rest.shock**2)
    tail = heavy_tail(min(FREEDOM, rest.freedom + FREEDOM / 2))
    return windows.share(middle[:, None] + spread[:, None] * tail)


def _factor(numerator: FloatArray, denominator: FloatArray) -> float:
    """1 for whole numbers; other sizes (thousands, weights) are brought to where rounding changes nothing."""
    for held in (numerator, denominator):
        values = held[np.isfinite(held)]
        if not np.all(values == np.round(values)):
            positive = denominator[np.isfinite(denominator) & (np.nan_to_num(denominator) > 0)]
            return 1e4 / float(np.median(positive)) if positive.size else 1.0
    return 1.0


def _running(values: FloatArray) -> FloatArray:
    return np.concatenate([np.zeros((values.shape[0], 1)), np.cumsum(values, axis=1)], axis=1)


def _features(windows: Windows, time: int, ahead: int) -> FloatArray:
    """What is known of each unit before a time, units x coefficients; a gap takes the next longer window."""
    steps = windows.steps
    usual = windows.usual(time)
    year, half, quarter, last = (
        windows.news(time - length, time, usual) for length in (steps, steps // 2, max(steps // 4, 1), 1)
    )
    half = np.where(np.isfinite(half), half, year)
    quarter = np.where(np.isfinite(quarter), quarter, half)
    last = np.where(np.isfinite(last), last, quarter)
    season = np.zeros(year.shape)
    if time >= steps:
        season = np.nan_to_num(windows.news(time - steps, time - steps + ahead, usual) - year, nan=0.0)
    return np.stack([year, half, quarter, last, season], axis=1)


def _learn(windows: Windows, ahead: int) -> _Pooled:
    """From every earlier time: what was known then against the window of the same length that followed."""
    first = max(windows.steps // 4, 1)
    times = list(range(first, windows.now - ahead + 1))
    with_season = [time for time in times if time >= windows.steps]
    times = with_season if len(with_season) >= windows.steps // 2 else times
    xs, ys, chances = [], [], []
    for time in times:
        x, y = _features(windows, time, ahead), windows.news(time, time + ahead, windows.usual(time))
        kept = np.isfinite(y) & np.isfinite(x).all(axis=1)
        below = windows.sums(time, time + ahead)[1][kept]
        xs.append(x[kept])
        ys.append(y[kept])
        chances.append(windows.chance(below, windows.share(y[kept] + windows.shared(time, time + ahead))))
    if not times or sum(y.size for y in ys) <= 2 * PRIOR.size:
        return _Pooled(PRIOR, 0.05, 2.0)
    x, y, chance = np.concatenate(xs), np.concatenate(ys), np.concatenate(chances)
    slope, own, noise = PRIOR, 0.05, 3.0
    for _ in range(2):
        weights = 1 / (own + noise * chance)
        penalty = np.full(PRIOR.size, PENALTY * len(times))
        slope = ridge(x, y, weights, penalty, PRIOR)
        squares = np.minimum((y - x @ slope) ** 2, 4.0)  # one wild window does not widen everybody's interval
        own, noise = two_part_variance(squares, chance, FLOOR)
    return _Pooled(slope, own, noise)


def _shared_rest(windows: Windows, past: int, seen: int) -> tuple[float, float, float]:
    """All units' rest of the year, the spread of its shock and the freedom of that spread."""
    steps = windows.steps
    starts = [year * steps for year in range(past)]
    turns = np.array(
        [windows.shared(at + seen, at + steps) - windows.shared(at, at + seen) for at in starts], dtype=np.float64
    )
    turns = turns[np.isfinite(turns)]
    months = np.array([windows.shared(time, time + 1) for time in range(windows.now)])
    moves = np.diff(months)
    moves = moves[np.isfinite(moves)]
    presumed = SHOCK_STEPS * float(np.sqrt(np.mean(moves**2))) if moves.size else 0.2
    surprises = (turns - turns.mean()) * np.sqrt(turns.size / (turns.size - 1)) if turns.size > 1 else np.zeros(0)
    shock, freedom = shock_spread(surprises, presumed, max(turns.size - 1, 0))
    turn = float(turns.mean()) if turns.size else 0.0
    return windows.shared(past * steps, windows.now) + turn, shock, freedom


def _rest_of_denominator(bottoms: FloatArray, there: BoolArray, seen: int) -> FloatArray:
    """Last year's rest times this year's growth, a quarter of it all units'; without last year, the usual season."""
    last, this = bottoms[:, -2], bottoms[:, -1, :seen]
    both = there[:, -2, :seen] & there[:, -1, :seen]
    now, then = np.where(both, this, 0.0).sum(axis=1), np.where(both, last[:, :seen], 0.0).sum(axis=1)
    growth = now.sum() / then.sum() if then.sum() > 0 else 1.0
    weight = 0.25 * this.sum(axis=1)
    own = np.clip(ratio(now + weight, then + weight / max(growth, LEAST)), 1 / _WORST_RATIO, _WORST_RATIO)
    reported = np.maximum(there[:, -1, :seen].sum(axis=1), 1)
    early = last[:, :seen].sum()
    season = last[:, seen:].sum() / early if early > 0 else (bottoms.shape[2] - seen) / seen
    complete = there[:, -2].all(axis=1) & np.isfinite(own)
    like_last = last[:, seen:].sum(axis=1) * own
    return np.asarray(np.where(complete, like_last, this.sum(axis=1) * seen / reported * season))
