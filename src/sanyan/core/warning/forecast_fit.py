"""The pooled fit: how units moved within the national change, and how widely they missed what was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.spread import TO_NORMAL
from sanyan.core.warning.medians import middle, weighted_quantiles

_HALF_LIFE, _SPREAD_HALF_LIFE = 12.0, 3.0  # rounds
_FLAT = 0.1  # of the residual spread: where the absolute loss becomes a square
_SPREAD_PULL = 20.0
_CAPPED_AT = 5.0
_WILD = 20.0  # median residuals beyond which one is dirt


@dataclass(frozen=True)
class Rows:
    """Past changes stacked over rounds. `change` is the own part of each, in the round's `spread`; `age` counts rounds
    back from the last change; `group` numbers the rounds from 0."""

    features: FloatArray
    swings: FloatArray
    change: FloatArray
    spread: FloatArray
    age: FloatArray
    group: FloatArray


@dataclass(frozen=True)
class RoundChange:
    """One past round: every unit's `change` in it (NaN where not known), what was known of the unit before
    (`features`, `swings`: units x columns), the round's `spread`, and its `age` in rounds."""

    features: FloatArray
    swings: FloatArray
    change: FloatArray
    spread: float
    age: int


@dataclass(frozen=True)
class Fitted:
    """`slopes` of the features; `log_scale` and `swing_centre` give a unit's mean absolute residual as
    exp([1, swings - swing_centre] @ log_scale), in the indicator's unit. `standard` are past residuals over theirs,
    with `weights`; `usual` is the usual absolute residual (the median, as a rule)."""

    slopes: FloatArray
    log_scale: FloatArray
    swing_centre: FloatArray
    standard: FloatArray
    weights: FloatArray
    usual: float

    def scale_of(self, swings: FloatArray) -> FloatArray:
        """The expected absolute residual of units with these swings."""
        found: FloatArray = np.exp(np.clip(_design(swings - self.swing_centre) @ self.log_scale, -700.0, 700.0))
        return found


def taken_apart(rounds: Sequence[RoundChange]) -> tuple[FloatArray, Rows]:
    """The national shift of each round, its median change, and every unit's change beside it."""
    shifts: list[float] = []
    parts: list[tuple[FloatArray, ...]] = []
    for group, held in enumerate(rounds):
        known = np.isfinite(held.change)
        count = int(known.sum())
        shifts.append(middle(held.change))
        parts.append(
            (
                held.features[known],
                held.swings[known],
                (held.change[known] - shifts[-1]) / held.spread,
                np.full(count, held.spread),
                np.full(count, float(held.age)),
                np.full(count, float(group)),
            )
        )
    return np.array(shifts), Rows(*(np.concatenate(column) for column in zip(*parts, strict=True)))


def fit(rows: Rows, pull: FloatArray, toward: FloatArray) -> Fitted:
    """Fit all rounds together, recent ones counting more.

    Slopes minimise the absolute residual (medians: what a mean absolute error rewards), each round with an intercept of
    its own, with a ridge penalty `pull` that draws each slope to `toward`: a prior worth that many changes. Spread is a
    log-linear model of the absolute residual. Sources: Hoerl and Kennard (1970) for the ridge; Schlossmacher (1973) for
    absolute residuals by reweighting; McCullagh and Nelder (1989), ch. 10, for the joint model of spread.
    """
    groups = np.eye(int(rows.group.max()) + 1)[rows.group.astype(int)]
    design = np.hstack([rows.features, groups])
    penalty = np.concatenate([pull, np.full(groups.shape[1], 1e-6)])
    aim = np.concatenate([toward, np.zeros(groups.shape[1])])
    weights = 0.5 ** (rows.age / _HALF_LIFE)
    slopes = _least_absolute(design, rows.change, weights, penalty, aim)
    residual = (rows.change - design @ slopes) * rows.spread
    recent = 0.5 ** (rows.age / _SPREAD_HALF_LIFE)
    centre = np.average(rows.swings, axis=0, weights=recent)
    log_scale = _log_scale(_design(rows.swings - centre), np.abs(residual), recent)
    scale = np.exp(_design(rows.swings - centre) @ log_scale)
    grown = _spent(design, weights, penalty)
    log_scale[0] += np.log(grown)
    return Fitted(
        slopes=slopes[: rows.features.shape[1]],
        log_scale=log_scale,
        swing_centre=centre,
        standard=residual / scale,
        weights=recent,
        usual=_typical(np.abs(residual), recent),
    )


def _design(columns: FloatArray) -> FloatArray:
    return np.column_stack([np.ones(len(columns)), columns])


def _least_absolute(
    design: FloatArray, target: FloatArray, weights: FloatArray, penalty: FloatArray, aim: FloatArray
) -> FloatArray:
    """Ridge slopes under an absolute loss, by reweighted least squares."""
    slopes = aim
    held = weights
    for _ in range(30):
        before = slopes
        weighted = design * held[:, None]
        slopes = _solved(design.T @ weighted + np.diag(penalty), weighted.T @ target + penalty * aim)
        away = np.abs(target - design @ slopes)
        typical = max(TO_NORMAL * float(np.median(away)), 1e-9)
        held = weights * 0.8 * typical / np.maximum(away, _FLAT * typical)
        if np.max(np.abs(slopes - before)) < 1e-4:
            break
    return slopes


def _solved(matrix: FloatArray, target: FloatArray) -> FloatArray:
    return np.asarray(np.linalg.solve(matrix, target), dtype=np.float64)


def _log_scale(design: FloatArray, away: FloatArray, weights: FloatArray) -> FloatArray:
    """Slopes of the log of the mean absolute residual: a gamma model by Fisher scoring, single residuals capped."""
    slopes = np.zeros(design.shape[1])
    typical = _typical(away, weights)
    away = np.minimum(away, _WILD * typical)
    slopes[0] = np.log(max(typical, 1e-12))
    penalty = np.full(design.shape[1], _SPREAD_PULL)
    penalty[0] = 0.0
    information = design.T @ (design * weights[:, None]) + np.diag(penalty)
    for _ in range(30):
        relative = np.minimum(away / np.exp(design @ slopes), _CAPPED_AT)
        step = _solved(information, design.T @ (weights * (relative - 1)) - penalty * slopes)
        slopes = slopes + np.clip(step, -0.5, 0.5)
        if np.max(np.abs(step)) < 1e-4:
            break
    return slopes


def _typical(away: FloatArray, weights: FloatArray) -> float:
    """The usual absolute residual: the median, which dirt cannot move far. Where most residuals are next to none, as
    of an indicator that is complete nearly everywhere, an eighth of what a tenth of them exceeds or a twelfth of what a
    twentieth does; else the mean."""
    half, tenth, twentieth = weighted_quantiles(away, weights, np.array([0.5, 0.9, 0.95]))
    if half > tenth / 50:
        return float(half)
    return float(max(tenth / 8, twentieth / 12)) or float(np.average(away, weights=weights))


def _spent(design: FloatArray, weights: FloatArray, penalty: FloatArray) -> float:
    """How much wider true residuals are than fitted ones, by what the ridge spends of the data; at most 2."""
    information = design.T @ (design * weights[:, None])
    spent = float(np.trace(np.linalg.solve(information + np.diag(penalty), information)))
    count = float(weights.sum())
    return float(np.sqrt(count / max(count - spent, count / 4)))
