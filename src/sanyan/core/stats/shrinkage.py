"""Units compared on one figure each whose noise is known: shrunk towards what their context leads one to expect.

    y_j = x_j' beta + u_j + e_j,   u_j ~ N(0, tau2),   e_j ~ N(0, v_j) with v_j known

Fay & Herriot (1979), JASA 74:269-77. The restricted likelihood of tau2 often peaks at zero though tau2 is not zero; all
units would then look alike and be sure of it. So tau2 is not set to its peak: everything is averaged over the values
of tau that the data allow, with a flat prior on tau (Gelman, 2006, Bayesian Analysis 1:515-33; proper with three more
units than columns), which is what Morris (1983), JASA 78:47-55, asks of an empirical Bayes interval. Many indicators
are fitted at once: the sums over units are matrix products, so the cost is linear in units and in indicators.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.stats.posteriors import Posterior

SPARE_UNITS = 3  # so many more units than columns make the posterior of tau proper
TAUS = np.concatenate([[0.0], np.geomspace(1e-3, 10.0, 40)])  # in standard deviations of the values
NODES = 33
ZOOMS = 4
DEEP = 10.0  # log likelihood below the peak from where on a tau does not matter
DEPENDENT = 1e-8
AT_ONCE = 8_192  # figures that are worked on together: what a processor keeps near it
MULTIPLIED_AT_ONCE = (
    120_000  # below this OpenBLAS starts no threads, which would wait for one another on a shared machine
)
LEAST_NOISE = 1e-9  # in squared standard deviations of the values: no figure is exact


@dataclass(frozen=True)
class Shrunk:
    """Estimates of m indicators x n units, in the unit of the values; NaN where a unit has none or too few have.

    `expected` is x'beta; `effect` is u, a unit's own part; `level` is their sum, the figure without its noise.
    `apart` is the effect less the mean of all effects: uncertainty that all units share, such as that of the intercept,
    moves no rank and is not in it.
    `weight` (0-1) is the share that the unit's own figure has in its level. `tau2` is the restricted maximum
    likelihood estimate (squared units), `tau` the posterior of the standard deviation that everything is averaged over.
    `used` counts units; `columns` says which columns of the design each indicator could use.
    """

    expected: Posterior
    effect: Posterior
    level: Posterior
    apart: Posterior
    weight: FloatArray
    tau2: FloatArray
    tau: Posterior
    beta: Posterior
    used: NDArray[np.int64]
    columns: BoolArray


def shrink(y: FloatArray, v: FloatArray, design: FloatArray) -> Shrunk:
    """Shrink m x n values `y` with sampling variances `v` (same shape) towards an n x k `design`.

    The design's first column is ones and its others are about standard (see `context_design`). A value that is NaN, or
    whose variance is not finite, takes no part. A column that repeats others among an indicator's units is left out
    for it; with fewer than k + 3 units only the first column is used, with fewer than 4 nothing.
    Raise ValueError where shapes do not agree or a variance is negative.
    """
    values, noise = np.atleast_2d(np.asarray(y, float)), np.atleast_2d(np.asarray(v, float))
    columns = np.asarray(design, float)
    if values.shape != noise.shape or columns.ndim != 2 or len(columns) != values.shape[1]:
        raise ValueError("y and v must be indicators x units, and the design units x columns")
    if np.any(noise < 0):
        raise ValueError("a variance is not negative")
    pairs = columns.shape[1] * (columns.shape[1] + 1) // 2
    step = max(1, min(AT_ONCE, MULTIPLIED_AT_ONCE // pairs) // max(len(columns), 1))
    parts = []
    for first in range(0, len(values), step):
        model = _Model.of(values[first : first + step], noise[first : first + step], columns)
        parts.append(model.averaged(model.peak()))
    return _joined(parts)


@dataclass(frozen=True)
class _Given:
    """The model at one tau2 for each indicator (squared standard deviations of its values)."""

    loglik: FloatArray
    beta: FloatArray
    spread: FloatArray


@dataclass(frozen=True)
class _Model:
    """Values in standard deviations from their mean, zero and of no weight where missing.

    `products` are the products of each pair of columns of x (upper half, row by row), units x pairs.
    """

    y: FloatArray
    v: FloatArray
    present: BoolArray
    x: FloatArray
    products: FloatArray
    taken: BoolArray
    centre: FloatArray
    scale: FloatArray

    @classmethod
    def of(cls, values: FloatArray, noise: FloatArray, x: FloatArray) -> _Model:
        present = np.isfinite(values) & np.isfinite(noise)
        used = np.maximum(present.sum(axis=1, keepdims=True), 1)
        held = np.where(present, values, 0.0)
        centre = held.sum(axis=1, keepdims=True) / used
        away = np.where(present, held - centre, 0.0)
        scale = np.sqrt((away**2).sum(axis=1, keepdims=True) / used)
        typical = np.sqrt(np.where(present, noise, 0.0).sum(axis=1, keepdims=True) / used)
        flat = scale <= 1e-12 * (np.abs(centre) + 1e-300)
        scale = np.where(flat, np.where(typical > 0, typical, 1.0), scale)
        first, second = np.triu_indices(x.shape[1])
        products = x[:, first] * x[:, second]
        return cls(
            y=away / scale,
            v=np.where(present, np.maximum(np.where(present, noise, 1.0) / scale**2, LEAST_NOISE), 1.0),
            present=present,
            x=x,
            products=products,
            taken=_usable_columns(present, products, x.shape[1]),
            centre=centre,
            scale=scale,
        )

    def given(self, tau2: FloatArray) -> _Given:
        """Generalised least squares and the restricted log likelihood, one tau2 an indicator."""
        k = self.taken.shape[1]
        w = self.present / (tau2[:, None] + self.v)
        pairs = self.taken[:, :, None] & self.taken[:, None, :]
        inner = np.where(pairs, _square(w @ self.products, k), 0.0)
        out = ~self.taken
        inner[:, np.arange(k), np.arange(k)] += out  # a column left out: beta 0, no part in the likelihood
        with_y = np.where(self.taken, (w * self.y) @ self.x, 0.0)
        spread = np.linalg.inv(inner)
        beta = np.einsum("mij,mj->mi", spread, with_y)
        rest = np.einsum("mn,mn,mn->m", w, self.y, self.y) - np.einsum("mi,mi->m", beta, with_y)
        logs = np.log(np.where(self.present, w, 1.0)).sum(axis=1) - np.linalg.slogdet(inner)[1]
        spread[:, np.arange(k), np.arange(k)] -= out
        return _Given(0.5 * (logs - rest), beta, spread)

    def peak(self) -> FloatArray:
        """The restricted maximum likelihood estimate of tau2 for each indicator."""
        grid = np.repeat(TAUS[:, None], len(self.y), axis=1)
        rows = np.arange(len(self.y))
        for _ in range(ZOOMS):
            heights = np.array([self.given(held**2).loglik for held in grid])
            best = np.argmax(heights, axis=0)
            low, high = grid[np.maximum(best - 1, 0), rows], grid[np.minimum(best + 1, len(grid) - 1), rows]
            grid = low + np.linspace(0.0, 1.0, 9)[:, None] * (high - low)
        heights = np.array([self.given(held**2).loglik for held in grid])
        top = grid[np.argmax(heights, axis=0), rows]
        return np.where(top < TAUS[1] / 100, 0.0, top**2)

    def averaged(self, tau2: FloatArray) -> Shrunk:
        """Everything over the taus that the data allow, put back into the unit of the values."""
        nodes, weights = self._nodes(tau2)
        sums = {name: _Moments() for name in ("expected", "effect", "level", "apart", "tau", "beta")}
        own = np.zeros_like(self.y)
        first, second = np.triu_indices(self.x.shape[1])
        twice = np.where(first == second, 1.0, 2.0)
        for tau, weight in zip(nodes, weights, strict=True):
            point = self.given(tau**2)
            share = tau[:, None] ** 2 / (tau[:, None] ** 2 + self.v)
            expected = point.beta @ self.x.T
            around = (point.spread[:, first, second] * twice) @ self.products.T
            residual, by = self.y - expected, weight[:, None]
            sums["expected"].add(by, expected, around)
            sums["effect"].add(by, share * residual, share * self.v + share**2 * around)
            sums["level"].add(by, expected + share * residual, share * self.v + (1 - share) ** 2 * around)
            sums["tau"].add(weight, tau, np.zeros_like(tau))
            sums["beta"].add(by, point.beta, np.einsum("mii->mi", point.spread))
            sums["apart"].add(by, *self._apart(share, residual, point.spread, around))
            own += by * share
        return self._told(tau2, sums, own)

    def _apart(
        self, share: FloatArray, residual: FloatArray, spread: FloatArray, around: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        """Mean and variance of effects less the mean of all effects, at one tau."""
        counts = self.present / np.maximum(self.present.sum(axis=1, keepdims=True), 1)
        mean = (counts * share) @ self.x  # what all units' effects share of the uncertainty of beta
        shared = np.einsum("mij,mj->mi", spread, mean)
        through = share**2 * around - 2 * share * (shared @ self.x.T) + np.einsum("mi,mi->m", shared, mean)[:, None]
        effect = share * residual
        return effect - (counts * effect).sum(axis=1, keepdims=True), share * self.v + np.maximum(through, 0.0)

    def _told(self, tau2: FloatArray, sums: dict[str, _Moments], own: FloatArray) -> Shrunk:
        shown = self.present & self.taken[:, :1]
        scale, fitted = self.scale, self.taken[:, 0]
        beta = sums["beta"].told(scale, self.taken)
        beta.mean[:, 0] += self.centre[:, 0]
        expected, level = sums["expected"].told(scale, shown), sums["level"].told(scale, shown)
        return Shrunk(
            expected=Posterior(expected.mean + self.centre, expected.sd),
            effect=sums["effect"].told(scale, shown),
            level=Posterior(level.mean + self.centre, level.sd),
            apart=sums["apart"].told(scale, shown),
            weight=np.where(shown, own, np.nan),
            tau2=np.where(fitted, tau2 * scale[:, 0] ** 2, np.nan),
            tau=sums["tau"].told(scale[:, 0], fitted),
            beta=beta,
            used=np.asarray(self.present.sum(axis=1), dtype=np.int64),
            columns=self.taken,
        )

    def _nodes(self, tau2: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Equally spaced taus around the peak for each indicator, and how much each counts."""
        peak = np.sqrt(tau2)
        top = self.given(tau2).loglik
        grid = np.concatenate([np.repeat(TAUS[:, None], len(self.y), axis=1), peak[None, :]])
        grid.sort(axis=0)
        inside = np.array([self.given(held**2).loglik for held in grid]) > top - DEEP
        rows = np.arange(len(self.y))
        first, last = np.argmax(inside, axis=0), len(grid) - 1 - np.argmax(inside[::-1], axis=0)
        low, high = grid[np.maximum(first - 1, 0), rows], grid[np.minimum(last + 1, len(grid) - 1), rows]
        for _ in range(3):  # halve in from both ends while they matter to nobody
            quarter = (high - low) / 4
            low = np.where(self.given((low + quarter) ** 2).loglik < top - DEEP, low + quarter, low)
            high = np.where(self.given((high - quarter) ** 2).loglik < top - DEEP, high - quarter, high)
        nodes = low + np.linspace(0.0, 1.0, NODES)[:, None] * (high - low)
        weights = np.exp(np.minimum(np.array([self.given(held**2).loglik for held in nodes]) - top, 0.0))
        weights[[0, -1]] /= 2
        return nodes, weights / weights.sum(axis=0)


def _joined(parts: list[Shrunk]) -> Shrunk:
    """Indicators fitted in turns, as one."""

    def posterior(name: str) -> Posterior:
        held: list[Posterior] = [getattr(part, name) for part in parts]
        return Posterior(np.concatenate([one.mean for one in held]), np.concatenate([one.sd for one in held]))

    return Shrunk(
        expected=posterior("expected"),
        effect=posterior("effect"),
        level=posterior("level"),
        apart=posterior("apart"),
        weight=np.concatenate([part.weight for part in parts]),
        tau2=np.concatenate([part.tau2 for part in parts]),
        tau=posterior("tau"),
        beta=posterior("beta"),
        used=np.concatenate([part.used for part in parts]),
        columns=np.concatenate([part.columns for part in parts]),
    )


class _Moments:
    """Mean and variance of a mixture, gathered part by part."""

    def __init__(self) -> None:
        self.mean: FloatArray = np.zeros(())
        self.square: FloatArray = np.zeros(())

    def add(self, weight: FloatArray, mean: FloatArray, variance: FloatArray) -> None:
        self.mean = self.mean + weight * mean
        self.square = self.square + weight * (variance + mean**2)

    def told(self, scale: FloatArray, shown: BoolArray) -> Posterior:
        sd = np.sqrt(np.maximum(self.square - self.mean**2, 0.0))
        return Posterior(np.where(shown, self.mean * scale, np.nan), np.where(shown, sd * scale, np.nan))


def _square(halves: FloatArray, k: int) -> FloatArray:
    """Symmetric k x k matrices from their upper halves, row by row."""
    first, second = np.triu_indices(k)
    whole = np.empty((len(halves), k, k))
    whole[:, first, second] = halves
    whole[:, second, first] = halves
    return whole


def _usable_columns(present: BoolArray, products: FloatArray, k: int) -> BoolArray:
    """Which columns each indicator can use: no sum of earlier ones among its units (Cholesky, in order)."""
    used = present.sum(axis=1)
    left = _square(present.astype(float) @ products, k)
    sizes = np.maximum(np.einsum("mii->mi", left), 1.0)
    taken = np.zeros((len(present), k), dtype=bool)
    for column in range(k):
        pivot = left[:, column, column]
        fits = pivot > DEPENDENT * sizes[:, column]
        taken[:, column] = fits
        down = np.where(fits[:, None], left[:, :, column], 0.0)
        left = left - down[:, :, None] * down[:, None, :] / np.where(fits, pivot, 1.0)[:, None, None]
    taken[used < taken.sum(axis=1) + SPARE_UNITS, 1:] = False
    taken[used < 1 + SPARE_UNITS] = False
    return taken
