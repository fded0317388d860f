"""The events that a forecast is asked about: a new breach and a relative drop, as the evaluation defines them."""

from __future__ import annotations

import numpy as np

from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.warning.medians import middle, or_zero


def sign_of(direction: Direction) -> float:
    """1 where higher is better, -1 where lower is; raise ValueError where nothing is judged."""
    if direction is Direction.NONE:
        raise ValueError("an indicator that is not judged has no events")
    return direction.sign


def adverse_quartile(values: FloatArray, direction: Direction) -> float:
    """The target for warning tests: the value that a quarter of the units are worse than; NaN of nothing."""
    known = values[np.isfinite(values)]
    sign = sign_of(direction)
    return sign * float(np.quantile(sign * known, 0.25)) if len(known) else float("nan")


def meets(values: FloatArray, target: float, direction: Direction) -> BoolArray:
    """Whether values reach a target; a value at the target does, a missing one does not."""
    found: BoolArray = np.isfinite(values) & (sign_of(direction) * (or_zero(values) - target) >= 0)
    return found


def own_changes(values: FloatArray) -> FloatArray:
    """Changes from round to round beside each round's median change (units x rounds gives one round fewer)."""
    changes = np.diff(values, axis=1)
    for column in range(changes.shape[1]):
        changes[:, column] -= middle(changes[:, column])
    return changes


def usual_swing(values: FloatArray) -> float:
    """The standard deviation of all own changes: how far a relative drop must reach. NaN of fewer than two."""
    changes = own_changes(values)
    known = changes[np.isfinite(changes)]
    return float(np.std(known, ddof=1)) if len(known) > 1 else float("nan")


def relative_drops(last: FloatArray, now: FloatArray, swing: float, direction: Direction) -> BoolArray:
    """Whether a unit's change is worse than the median change by the usual swing or more; both must be known."""
    change = now - last
    found: BoolArray = np.isfinite(change) & (sign_of(direction) * or_zero(change - middle(change)) <= -swing)
    return found
