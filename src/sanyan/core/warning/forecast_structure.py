"""What a unit's past alone says about its next place among the others: a lasting part, a drifting part and noise."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.spread import TO_NORMAL
from sanyan.core.warning.medians import or_zero, widths

_MOST_LAGS = 8
_CLIPPED_AT = 4.0
_HALF_LIFE = 6.0  # rounds
_PRIOR_WEIGHT = 0.3
_NOISE_SHARE = 0.6  # of the change over one round, before data speak
_RHOS = (0.3, 0.5, 0.7, 0.85, 0.95)
_RHO_EXPECTED, _RHO_PULL = 0.7, 0.02
_ALIKE = 1e-12  # how unlike two columns must be at least, of 1, to be told apart
_NOISE_RANGE = (0.3, 3.0)


@dataclass(frozen=True)
class Structure:
    """The variances of places (deviations from the round's median in the round's spread).

    `lasting` stays with the unit, `drifting` fades by `rho` a round, `noise` is new each round.
    """

    lasting: float
    drifting: float
    rho: float
    noise: float


def fit_structure(places: FloatArray) -> Structure:
    """Variances from how unlike a unit becomes to itself over 1, 2, … rounds (units x rounds; NaN missing).

    Half the mean squared difference over h rounds is noise + drifting (1 - rho^h): a variogram (Matheron 1963), fitted
    by non-negative least squares relative to its size, with a light pull to a usual split so that two rounds suffice.
    Differences are winsorised at four of their spreads, and older ones count for less.
    """
    rounds = places.shape[1]
    lags = range(1, min(_MOST_LAGS, rounds - 1) + 1)
    held = [_unlikeness(places, lag) for lag in lags]
    half = np.array([value for value, _ in held])
    weight = np.array([count for _, count in held])
    first = half[0]
    candidates = [_split(half, weight / weight.sum(), rho) for rho in _RHOS]
    _, noise, drifting, rho = min(candidates)
    noise = max(noise, 0.02 * first)
    total = _mean_square(places)
    return Structure(max(total - noise - drifting, 0.02 * total), drifting, rho, noise)


def expected_place(places: FloatArray, structure: Structure, size: FloatArray | None) -> FloatArray:
    """The best linear guess of each unit's next place from its last rounds (Henderson 1975), 0 being the median.

    Noise is larger by the root of how much smaller a unit is than the median unit, where sizes are known.
    """
    held = places[:, -_MOST_LAGS:]
    known = np.isfinite(held)
    rounds = held.shape[1]
    apart = np.abs(np.subtract.outer(np.arange(rounds), np.arange(rounds)))
    shared = structure.lasting + structure.drifting * structure.rho**apart
    ahead = structure.lasting + structure.drifting * structure.rho ** (rounds - np.arange(rounds))
    matrix = shared * (known[:, :, None] & known[:, None, :])
    at = np.arange(rounds)
    own = shared[at, at] + structure.noise * _noise_factor(size, len(held))[:, None]
    matrix[:, at, at] = np.where(known, own, 1.0)
    weights = np.linalg.solve(matrix, or_zero(held)[:, :, None])[:, :, 0]
    found: FloatArray = (weights * ahead * known).sum(axis=1)
    return found


def places_of(deviations: FloatArray) -> FloatArray:
    """Deviations from each round's median, in the round's spread and winsorised."""
    spreads = widths(deviations)
    return np.clip(deviations / np.where(spreads > 0, spreads, 1.0), -_CLIPPED_AT, _CLIPPED_AT)


def _ages(count: int) -> FloatArray:
    weights: FloatArray = 0.5 ** (np.arange(count)[::-1] / _HALF_LIFE)
    return weights


def _unlikeness(places: FloatArray, lag: int) -> tuple[float, float]:
    """Half the mean squared difference over `lag` rounds, and the weight of the pairs behind it."""
    apart = np.abs(places[:, lag:] - places[:, :-lag])
    known = np.isfinite(apart)
    weight = known * _ages(apart.shape[1])
    if not known.any():
        return 1.0, 0.0
    cap = _CLIPPED_AT * TO_NORMAL * float(np.median(apart[known]))
    capped = np.minimum(or_zero(apart), cap) if cap > 0 else or_zero(apart)
    return max(0.5 * float((capped**2 * weight).sum() / weight.sum()), 1e-9), float(weight.sum())


def _split(half: FloatArray, share: FloatArray, rho: float) -> tuple[float, float, float, float]:
    """How badly noise + drifting (1 - rho^h) fits, the noise, the drifting variance and rho."""
    lags = np.arange(1, len(half) + 1)
    scale = np.sqrt(share) / half
    usual = half[0] * np.array([_NOISE_SHARE, (1 - _NOISE_SHARE) / (1 - rho)])
    pull = np.sqrt(_PRIOR_WEIGHT / len(half))
    design = np.vstack([np.column_stack([np.ones(len(half)), 1 - rho**lags]) * scale[:, None], np.diag(pull / usual)])
    target = np.concatenate([half * scale, [pull, pull]])
    noise, drifting = _non_negative(design, target)
    misfit = float(((target - design @ np.array([noise, drifting])) ** 2).sum())
    return misfit + _RHO_PULL * (rho - _RHO_EXPECTED) ** 2, noise, drifting, rho


def _non_negative(design: FloatArray, target: FloatArray) -> tuple[float, float]:
    """Non-negative least squares of two columns: the free solution, or the better of the two edges where that has a
    negative part, or where the columns cannot be told apart."""
    gram, pull = design.T @ design, design.T @ target
    apart = 1 - gram[0, 1] ** 2 / (gram[0, 0] * gram[1, 1])
    if apart > _ALIKE:
        free = np.linalg.solve(gram, pull)
        if free.min() >= 0:
            return float(free[0]), float(free[1])
    edges = [max(float(pull[at] / gram[at, at]), 0.0) for at in (0, 1)]
    gains = [pull[at] * edges[at] for at in (0, 1)]
    return (edges[0], 0.0) if gains[0] >= gains[1] else (0.0, edges[1])


def _mean_square(places: FloatArray) -> float:
    known = np.isfinite(places)
    weight = known * _ages(places.shape[1])
    return max(float((or_zero(places) ** 2 * weight).sum() / max(weight.sum(), 1e-12)), 1e-9)


def _noise_factor(size: FloatArray | None, count: int) -> FloatArray:
    if size is None or not np.any(size > 0):
        return np.ones(count)
    usable = np.isfinite(size) & (np.nan_to_num(size) > 0)
    relative = np.where(usable, size, 1.0) / float(np.median(size[usable]))
    factor: FloatArray = np.where(usable, np.clip(relative**-0.5, *_NOISE_RANGE), 1.0)
    return factor
