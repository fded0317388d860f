"""What each figure of a panel should be, judged by all the others: the unit's past and future, its region, the year."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import product

import numpy as np

from sanyan.core.checking.suspicion_robust import filled, median_of, median_over, width_about_zero
from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.stats.spread import NINE_TENTHS

MOST_LAGS = 11
ENOUGH_PAIRS = 20
MEMORIES = (0.0, 0.3, 0.5, 0.7, 0.8, 0.9, 0.95, 0.98)
SHARES = (0.0, 0.02, *np.linspace(0.05, 1, 20))
LEAST_NOISE = 1e-3  # of all variance
SET_ASIDE = 1e6  # variances: so noisy that it tells nothing
ODD_FROM, MOST_ODD = 3.0, 50.0
REGION_UNITS, REGION_PRIOR, REGION_YEAR_PRIOR = 4, 8, 12
WINDOW, MARGIN = 60, 10  # times
LEAST_VARIANCE = 1e-12


@dataclass(frozen=True)
class Covariance:
    """How alike two figures of one unit are: a lasting part, a part that fades with time by `memory`, and noise."""

    lasting: float
    fading: float
    memory: float
    noise: float

    @property
    def whole(self) -> float:
        """The variance of one figure."""
        return self.lasting + self.fading + self.noise

    def between(self, times: int) -> FloatArray:
        """The matrix for so many equally spaced times."""
        apart = np.abs(np.subtract.outer(np.arange(times), np.arange(times))).astype(float)
        faded = np.eye(times) if self.memory == 0 else self.memory**apart
        return np.asarray(self.lasting + self.fading * faded + self.noise * np.eye(times))


@dataclass(frozen=True)
class Level:
    """What units share, taken off: `shared` (units x times) holds year and region, `rest` what is a unit's own."""

    shared: FloatArray
    rest: FloatArray
    covariance: Covariance


def level_of(laid: FloatArray, regions: tuple[str, ...]) -> Level:
    """Year and region taken off by medians, and how the rest hangs together over time. `laid` is units x times."""
    year = median_over(laid, 0)
    year = np.where(np.isfinite(year), year, median_of(laid))
    if laid.shape[1] > 1:  # a unit that comes or goes must not look like a shift of all
        own = median_over(laid - year, 1)
        year = year + filled(median_over(laid - year - own, 0))
    rest = laid - year
    region = _region_part(rest, regions)
    rest = rest - region
    middle = median_of(rest)
    return Level(year + region + middle, rest - middle, _covariance(rest - middle))


def _region_part(rest: FloatArray, regions: tuple[str, ...]) -> FloatArray:
    """What units of a region have in common, lastingly and in a year, drawn towards nothing where it has few units."""
    names = np.array(regions)
    part = np.zeros_like(rest)
    known = [name for name in np.unique(names) if name]
    if not 1 < len(known) <= len(names) / 4:
        return part
    for name in known:
        inside = names == name
        units = int(inside.sum())
        if units < REGION_UNITS:
            continue
        part[inside] += median_of(rest[inside]) * units / (units + REGION_PRIOR)
        if rest.shape[1] > 1:
            moved = rest[inside] - median_over(rest[inside], 1)
            count = np.isfinite(moved).sum(axis=0)
            part[inside] += filled(median_over(moved, 0))[0] * count / (count + REGION_YEAR_PRIOR)
    return part


def _covariance(rest: FloatArray) -> Covariance:
    """Fitted to the robust variogram (Cressie and Hawkins 1980 in spirit, with medians) by log least squares."""
    away = rest[np.isfinite(rest)]
    nine = float(np.quantile(np.abs(away), 0.9)) / NINE_TENTHS
    whole = max(width_about_zero(away) ** 2, 0.8 * nine**2, LEAST_VARIANCE)
    lags, halves, weights = [], [], []
    for lag in range(1, min(rest.shape[1], MOST_LAGS + 1)):
        change = rest[:, lag:] - rest[:, :-lag]
        change = change[np.isfinite(change)]
        if len(change) >= ENOUGH_PAIRS:
            lags.append(lag)
            halves.append(max(width_about_zero(change) ** 2 / 2, LEAST_NOISE * whole))
            weights.append(len(change) / lag)
    if not lags:
        return Covariance(0.0, 0.0, 0.0, whole)
    seen = np.array(halves)
    whole = max(whole, float(seen.max()))
    noise, fading, memory = _TRIED
    gone = 1 - np.power.outer(memory, np.array(lags, dtype=float))
    meant = np.maximum(whole * (noise[:, None] + fading[:, None] * gone), LEAST_NOISE * whole)
    best = int(np.argmin((np.log(meant / seen) ** 2) @ np.array(weights)))
    least = max(float(noise[best]), LEAST_NOISE)
    return Covariance(
        whole * max(1 - float(noise[best]) - float(fading[best]), 0.0),
        whole * float(fading[best]),
        float(memory[best]),
        whole * least,
    )


_TRIED = np.array([tried for tried in product(SHARES, SHARES, MEMORIES) if tried[0] + tried[1] <= 1 + 1e-9]).T


def left_out(rest: FloatArray, aside: BoolArray, covariance: Covariance) -> tuple[FloatArray, FloatArray]:
    """Mean and variance of each figure given the other figures of its unit, as units x times.

    Best linear prediction with the figure itself left out, from one inverse a unit (Dubrule 1983). Figures set aside
    tell nothing of others, and odd ones little: they are taken as noisier the odder they are (one step of reweighting).
    """
    held = np.isfinite(rest) & ~aside
    own = filled(rest)
    nothing = SET_ASIDE * covariance.whole
    mean, variance = _predicted(own, np.where(held, 0.0, nothing), covariance)
    distance = (own - mean) / np.sqrt(variance)
    usual = max(width_about_zero(np.where(held, distance, np.nan)), 0.05)
    odd = np.clip((distance / usual / ODD_FROM) ** 2 - 1, 0.0, MOST_ODD) * covariance.noise
    return _predicted(own, np.where(held, odd, nothing), covariance)


def _predicted(own: FloatArray, extra: FloatArray, covariance: Covariance) -> tuple[FloatArray, FloatArray]:
    times = own.shape[1]
    if times <= WINDOW + 2 * MARGIN:
        return _predicted_at_once(own, extra, covariance)
    mean, variance = np.empty_like(own), np.empty_like(own)
    for start in range(0, times, WINDOW):
        first, last = max(start - MARGIN, 0), min(start + WINDOW + MARGIN, times)
        kept = slice(start - first, min(start + WINDOW, times) - first)
        part = _predicted_at_once(own[:, first:last], extra[:, first:last], covariance)
        mean[:, start : start + WINDOW], variance[:, start : start + WINDOW] = part[0][:, kept], part[1][:, kept]
    return mean, variance


def _predicted_at_once(own: FloatArray, extra: FloatArray, covariance: Covariance) -> tuple[FloatArray, FloatArray]:
    times = own.shape[1]
    precision = np.linalg.inv(covariance.between(times)[None] + extra[:, :, None] * np.eye(times))
    diagonal = np.einsum("ijj->ij", precision)
    error = np.einsum("ijk,ik->ij", precision, own) / diagonal
    return own - error, np.maximum(1 / diagonal - extra, LEAST_NOISE * covariance.noise)
