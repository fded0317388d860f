"""Groups compared on raw rows: a random intercept for each group, fitted by profiled restricted likelihood.

    y_ij = x_ij' beta + u_j + e_ij,   u_j ~ N(0, tau2),   e_ij ~ N(0, sigma2)

With lambda = tau2 / sigma2 the covariance of group j is sigma2 (I + lambda 11'), whose inverse needs only the group's
size and column sums (Woodbury), and sigma2 and beta have closed forms given lambda. So the restricted likelihood is a
function of lambda alone, of sums over groups: Patterson & Thompson (1971), Biometrika 58:545-54; Harville (1977), JASA
72:320-38; Bates et al. (2015), J. Stat. Softw. 67(1), section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sanyan.core.errors import BadInputError
from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.posteriors import Posterior

DEPENDENT = 1e-9
EXACT = 1e-10  # of an outcome's size: what is left below this is rounding
SD_RATIOS = np.concatenate([[0.0], np.geomspace(1e-4, 1e3, 71)])  # of tau to sigma: where the search begins
ZOOMS = 12
DEEP = 12.0  # log likelihood below the peak from where on a variance ratio does not matter
NODES = 41
TAIL = 5.0  # a ratio beyond so many times the best is not weighed: few groups say nothing of it


@dataclass(frozen=True)
class RandomIntercept:
    """A fitted model. Groups are in the order of `n`; `dropped` are columns of x that others already hold.

    `effects` are best linear unbiased predictions of u_j; their standard deviation is that of the prediction error,
    with the uncertainty of beta and of tau2 in it. `apart` are effects less the mean of all: uncertainty that groups
    share, such as that of the intercept, moves no rank and is not in it. `beta` has NaN for dropped columns. `tau2` and
    `sigma2` are in squared units of y.
    """

    beta: FloatArray
    beta_se: FloatArray
    tau2: float
    sigma2: float
    effects: Posterior
    apart: Posterior
    n: NDArray[np.int64]
    dropped: tuple[int, ...]

    @property
    def icc(self) -> float:
        """The share of the variance left after x that lies between groups, 0-1."""
        return self.tau2 / (self.tau2 + self.sigma2)


@dataclass(frozen=True)
class _Sums:
    """All that the likelihood needs: cross products of [x, y] over rows, and the sums of each group.

    x is orthonormal here, and y what plain least squares leaves of it, in its own standard deviation.
    """

    cross: FloatArray
    groups: FloatArray
    n: FloatArray

    @property
    def freedom(self) -> float:
        return float(self.n.sum()) - (len(self.cross) - 1)


@dataclass(frozen=True)
class _Point:
    """The model at one ratio lambda: log likelihood, sigma2, beta, and beta's covariance over sigma2."""

    loglik: float
    sigma2: float
    beta: FloatArray
    spread: FloatArray


def fit_random_intercept(y: FloatArray, x: FloatArray, group: Sequence[int] | NDArray[np.integer]) -> RandomIntercept:
    """Fit by profiled REML in time linear in rows; the search itself sees only sums over groups.

    `y` has n values, `x` n x k (with a column of ones where an intercept is wanted), `group` n indices 0..J-1, each
    used. Where tau2 is zero effects are zero, and their deviations say how far tau2 could be from it: the ratio's
    uncertainty is weighed in with a flat prior on tau (Gelman, 2006, Bayesian Analysis 1:515-33).
    Raise BadInputError for fewer than two groups, too few rows, an outcome that x explains wholly, or no group of two.
    """
    values, columns, index = np.asarray(y, float), np.asarray(x, float), np.asarray(group, np.int64)
    if not (np.isfinite(values).all() and np.isfinite(columns).all()):
        raise ValueError("missing values are left out before a model is fitted")
    n = np.bincount(index)
    kept = _independent(columns)
    _check(values, columns[:, kept], n)
    basis, factor = np.linalg.qr(columns[:, kept])  # columns of any size and centre become well-conditioned
    plain = basis.T @ values
    left = values - basis @ plain
    scale = float(left.std())
    rows = np.column_stack([basis, left / scale])
    groups: FloatArray = np.array([np.bincount(index, weights=column) for column in rows.T], float).T
    sums = _Sums(cross=rows.T @ rows, groups=groups, n=n.astype(float))
    _check_groups(sums)
    ratio = _best_ratio(sums)
    best = _at(sums, ratio)
    effects, apart = _effects(sums, ratio, best)
    back = np.linalg.inv(factor)
    return RandomIntercept(
        beta=_placed(back @ (best.beta * scale + plain), kept, columns.shape[1]),
        beta_se=_placed(np.sqrt(np.diag(back @ best.spread @ back.T) * best.sigma2) * scale, kept, columns.shape[1]),
        tau2=ratio * best.sigma2 * scale**2,
        sigma2=best.sigma2 * scale**2,
        effects=Posterior(effects.mean * scale, effects.sd * scale),
        apart=Posterior(apart.mean * scale, apart.sd * scale),
        n=n,
        dropped=tuple(sorted(set(range(columns.shape[1])) - set(kept))),
    )


def _placed(values: FloatArray, kept: list[int], count: int) -> FloatArray:
    """Coefficients at their columns, NaN for those that were dropped."""
    told = np.full(count, np.nan)
    told[kept] = values
    return told


def _at(sums: _Sums, ratio: float) -> _Point:
    """Beta, sigma2 and the restricted log likelihood at lambda = `ratio`."""
    taken = ratio / (1 + sums.n * ratio)
    cross = sums.cross - sums.groups.T @ (taken[:, None] * sums.groups)
    inner, with_y = cross[:-1, :-1], cross[:-1, -1]
    root = np.linalg.cholesky(inner)
    spread = np.asarray(np.linalg.inv(inner), float)
    beta = spread @ with_y
    sigma2 = max(float(cross[-1, -1] - beta @ with_y), 1e-300) / sums.freedom
    logdet = 2 * np.log(np.diag(root)).sum() + np.log1p(sums.n * ratio).sum()
    return _Point(-0.5 * float(sums.freedom * np.log(sigma2) + logdet), sigma2, beta, spread)


def _best_ratio(sums: _Sums) -> float:
    """The lambda of the highest likelihood: a wide grid on the standard deviations' ratio, then ever finer ones."""
    grid = SD_RATIOS
    for _ in range(ZOOMS):
        peak = int(np.argmax([_at(sums, float(held) ** 2).loglik for held in grid]))
        if peak == 0 and grid[0] == 0.0 and grid[1] < SD_RATIOS[1] * 2:
            return 0.0
        low, high = grid[max(peak - 1, 0)], grid[min(peak + 1, len(grid) - 1)]
        grid = np.linspace(low, high, 9)
    return float(grid[4]) ** 2


def _effects(sums: _Sums, ratio: float, best: _Point) -> tuple[Posterior, Posterior]:
    """Predictions, and predictions less their mean, at the best ratio; deviations over all ratios the data allow."""
    top = max(SD_RATIOS[1], TAIL * float(np.sqrt(ratio)), 3 * float(np.sqrt(_spare_ratio(sums))))
    candidates = np.append(np.linspace(0.0, top, 4 * NODES), np.sqrt(ratio))
    heights = np.array([_at(sums, float(held) ** 2).loglik for held in candidates])
    inside = candidates[heights > best.loglik - DEEP]
    nodes = np.linspace(inside.min(), inside.max(), NODES)
    points = [_at(sums, float(held) ** 2) for held in nodes]
    weights = np.exp([min(point.loglik - best.loglik, 0.0) for point in points])
    weights /= weights.sum()
    parts = np.array([_given(sums, float(held) ** 2, point) for held, point in zip(nodes, points, strict=True)])
    mean = _given(sums, ratio, best)[0]
    told = []
    for means, variances, middle in (
        (parts[:, 0], parts[:, 1], mean),
        (parts[:, 0] - parts[:, 0].mean(axis=1, keepdims=True), parts[:, 2], mean - mean.mean()),
    ):
        spread = weights @ (variances + (means - weights @ means) ** 2)
        told.append(Posterior(middle, np.sqrt(np.maximum(spread, 0.0))))
    return told[0], told[1]


def _given(sums: _Sums, ratio: float, point: _Point) -> FloatArray:
    """At one ratio: BLUPs, the variance of their prediction error with that of beta, and that of their distance from
    the mean of all; 3 x groups."""
    weight = sums.n * ratio / (1 + sums.n * ratio)
    means = sums.groups / sums.n[:, None]
    residual = means[:, -1] - means[:, :-1] @ point.beta
    through = weight[:, None] * means[:, :-1]
    apart = through - through.mean(axis=0)
    own = point.sigma2 * ratio * (1 - weight)
    return np.array(
        [
            weight * residual,
            own + point.sigma2 * np.einsum("jk,kl,jl->j", through, point.spread, through),
            own + point.sigma2 * np.einsum("jk,kl,jl->j", apart, point.spread, apart),
        ]
    )


def _spare_ratio(sums: _Sums) -> float:
    """A ratio that would be unusual if tau2 were zero: the noise of a typical group's mean."""
    return float(1.0 / np.median(sums.n))


def _independent(columns: FloatArray) -> list[int]:
    """Columns that are no sum of earlier ones, in order."""
    kept: list[int] = []
    basis: list[FloatArray] = []
    for number, column in enumerate(columns.T):
        left = column.astype(float)
        for _ in range(2):  # twice is enough (Giraud et al., 2005)
            for direction in basis:
                left = left - (direction @ left) * direction
        size = float(np.linalg.norm(left))
        if size > DEPENDENT * max(float(np.linalg.norm(column)), 1e-300):
            kept.append(number)
            basis.append(left / size)
    return kept


def _check(y: FloatArray, x: FloatArray, n: NDArray[np.int64]) -> None:
    if len(n) < 2:
        raise _unusable("compare-one-group", "มีกลุ่มเดียว เทียบกันไม่ได้", "There is one group only.")
    if not n.all():
        raise ValueError("every group needs a row")
    if int(n.max()) < 2:
        raise _unusable(
            "compare-no-repeats",
            "ทุกกลุ่มมีแถวเดียว จึงแยกความต่างระหว่างกลุ่มจากความต่างภายในไม่ได้",
            "Every group holds one row, so differences between and within groups cannot be told apart.",
        )
    if len(y) - x.shape[1] < 2 or len(y) <= len(n):
        raise _unusable("compare-too-few", "มีแถวน้อยเกินไป", "There are too few rows.")
    left = y - x @ np.linalg.lstsq(x, y, rcond=None)[0] if x.shape[1] else y
    if float(left @ left) <= EXACT**2 * max(float(y @ y), 1e-300):
        raise _unusable(
            "compare-no-variation",
            "ผลลัพธ์มีค่าเดียว หรือบริบทอธิบายได้ทั้งหมด จึงไม่เหลือความต่างให้เทียบ",
            "The outcome holds one value, or the context explains it wholly: no difference is left to compare.",
        )


def _check_groups(sums: _Sums) -> None:
    """Columns that are constant within groups must leave some groups over, or they explain all there is between."""
    means = sums.groups[:, :-1] / np.sqrt(sums.n)[:, None]
    within = np.linalg.eigvalsh(sums.cross[:-1, :-1] - means.T @ means)  # of an orthonormal basis: 0 to 1
    if len(sums.n) <= int((within < 1e-9).sum()):
        raise _unusable(
            "compare-few-groups",
            "มีกลุ่มน้อยเกินไปสำหรับบริบทระดับกลุ่มที่ใช้",
            "There are too few groups for the context that differs between groups only.",
        )


def _unusable(code: str, th: str, en: str) -> BadInputError:
    return BadInputError(
        code,
        th,
        en,
        next_th="ตรวจคอลัมน์กลุ่มและคอลัมน์ผลลัพธ์ หรือใช้ข้อมูลรายบุคคลที่มีหลายกลุ่ม",
        next_en="Check the columns of the group and the outcome, or use rows of several groups.",
    )
