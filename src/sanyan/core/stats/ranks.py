"""How sure a place in an order is: rank intervals, and the probability of standing in the top fifth.

A rank is 1 plus the number of units above. That number, seen from a level t, is a sum of independent yes-or-no draws,
one for each other unit: near normal, with a mean H(t) and a variance that are sums of normal tails (rank as such a sum:
Laird & Louis, 1989, J. Educ. Stat. 14:29-46; its normal form by the central limit theorem for unlike draws). The bounds
turn this around: "unit i ranks r or better" says that i lies above the r-th highest of the others, which lies near the
t with H(t) = r - 1/2 and varies around it by the delta method. All from H on a grid: linear in units, and no draws, so
nothing to seed. For few units the distribution of the sum is worked out whole instead.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.posteriors import Posterior, normal_quantile

GRID = 192
STEPS = np.linspace(-4, 4, 17)  # standard deviations around each unit at which the order is looked at
PARTS = 40
FEW = 24  # up to so many units the whole distribution of each rank is worked out
TINY = 1e-100
LEAST_VARIANCE = 1e-4  # of a number of units: what interpolation on the grid may lose
ROUNDS = 4
TOP_SHARE = 0.2


@dataclass(frozen=True)
class RankIntervals:
    """One value a unit; 1 is the highest. NaN where nothing is known of a unit.

    `rank` is the expected rank (never a whole order); `p_top` the probability (0-1) to be among the `top` highest.
    """

    rank: FloatArray
    low80: FloatArray
    high80: FloatArray
    low95: FloatArray
    high95: FloatArray
    p_top: FloatArray
    top: int


def rank_intervals(values: Posterior, *, top_share: float = TOP_SHARE) -> RankIntervals:
    """Rank intervals (80 and 95 %) of n units from independent normal posteriors, the highest mean first.

    The top holds `top_share` of the units known, rounded up. Units that are known exactly and alike share their rank.
    """
    known = np.isfinite(values.mean) & np.isfinite(values.sd)
    count = int(known.sum())
    top = max(1, math.ceil(top_share * count - 1e-9)) if count else 0
    told = np.full((6, len(values.mean)), np.nan)
    if count:
        mean, sd = values.mean[known], values.sd[known]
        told[:, known] = _few(mean, sd, top) if count <= FEW else _Crowd.of(mean, sd).ranks(top)
    rank, low80, high80, low95, high95, p_top = told
    return RankIntervals(rank, low80, high80, low95, high95, p_top, top)


@dataclass(frozen=True)
class _Crowd:
    """The units, and on a rising grid of levels: how many are expected above, the variance of that number, and how far
    the unit of that rank may lie from the level (a standard deviation)."""

    mean: FloatArray
    sd: FloatArray
    grid: FloatArray
    above: FloatArray
    variance: FloatArray
    blur: FloatArray

    @classmethod
    def of(cls, mean: FloatArray, sd: FloatArray) -> _Crowd:
        held = _not_exact(mean, sd)
        grid = _levels(mean, held)
        above, variance, blur = np.empty(len(grid)), np.empty(len(grid)), np.empty(len(grid))
        for number, level in enumerate(grid):
            distance = (mean - level) / held
            share = ndtr(distance)
            density = np.exp(-0.5 * distance * distance) / held
            total = float(density.sum())
            above[number] = share.sum()
            variance[number] = (share * (1 - share)).sum()
            # an order statistic of normals varies no more than the unit that it is (Poincare's inequality)
            most = math.sqrt(float(density @ held**2) / total) if total > TINY else float(held.max())
            delta = math.sqrt(2 * math.pi * float(variance[number])) / total if total > TINY else most
            blur[number] = min(delta, most)
        return cls(mean, held, grid, above, variance, blur)

    def ranks(self, top: int) -> FloatArray:
        """Expected rank, bounds of 80 and 95 %, probability of the top; 6 x units."""
        low80, high80, low95, high95 = (
            self._rank_at(sign * normal_quantile(0.5 + confidence / 2))
            for confidence in (0.8, 0.95)
            for sign in (1, -1)
        )
        expected, p_top = self._averaged(top)
        return np.array([expected, low80, high80, np.minimum(low95, low80), np.maximum(high95, high80), p_top])

    def _averaged(self, top: int) -> tuple[FloatArray, FloatArray]:
        """Expected rank and P(rank <= top) over equal parts of each unit's posterior, seen from each the number above
        taken as normal, without the unit's own share in it."""
        rank, p_top = np.ones_like(self.mean), np.zeros_like(self.mean)
        for part in range(PARTS):
            share = (part + 0.5) / PARTS
            level = self.mean + normal_quantile(share) * self.sd
            others = np.interp(level, self.grid, self.above) - (1 - share)
            variance = np.interp(level, self.grid, self.variance) - share * (1 - share)
            rank += others / PARTS
            p_top += ndtr((top - 0.5 - others) / np.sqrt(np.maximum(variance, LEAST_VARIANCE))) / PARTS
        return np.clip(rank, 1, len(self.mean)), p_top

    def _rank_at(self, z: float) -> FloatArray:
        """The rank at a quantile of each unit's place: z = 1.28 gives the better bound of 80 %."""
        level = self.mean + z * self.sd
        for _ in range(ROUNDS):
            level = self.mean + z * np.hypot(self.sd, np.interp(level, self.grid, self.blur))
        others = np.interp(level, self.grid, self.above) - ndtr((self.mean - level) / self.sd)
        return np.asarray(np.clip(np.ceil(others + 0.5), 1, len(self.mean)), float)


def _levels(mean: FloatArray, sd: FloatArray) -> FloatArray:
    """Rising levels to look at: where units lie, close where they are close; all of them where units are few."""
    levels: FloatArray = np.sort((mean[:, None] + sd[:, None] * STEPS).ravel())
    if len(levels) <= GRID:
        return levels
    return levels[np.linspace(0, len(levels) - 1, GRID).astype(np.int64)]


def _not_exact(mean: FloatArray, sd: FloatArray) -> FloatArray:
    """Deviations with a least one, far too small to matter, so that units known exactly can share a rank."""
    return np.maximum(sd, 1e-6 * (float(np.ptp(mean)) + float(sd.max())) or 1.0)


def _few(mean: FloatArray, sd: FloatArray, top: int) -> FloatArray:
    """Expected rank, bounds and probability of the top from the exact distribution of the number above; 6 x units."""
    count, held = len(mean), _not_exact(mean, sd)
    z = np.array([normal_quantile((part + 0.5) / (2 * PARTS)) for part in range(2 * PARTS)])
    level = mean[:, None] + held[:, None] * z
    chance = np.zeros((count, len(z), count + 1))
    chance[:, :, 0] = 1.0
    for other in range(count):
        above = ndtr((mean[other] - level) / held[other])
        above[other] = 0.0
        more = chance[:, :, :-1] * above[:, :, None]
        chance *= 1 - above[:, :, None]
        chance[:, :, 1:] += more
    ranks = chance.mean(axis=1)[:, :count]
    up_to = np.cumsum(ranks, axis=1)
    bounds = [1 + np.argmax(up_to >= share - 1e-12, axis=1) for share in (0.1, 0.9, 0.025, 0.975)]
    return np.array([ranks @ np.arange(1, count + 1), *bounds, np.minimum(up_to[:, top - 1], 1.0)], float)
