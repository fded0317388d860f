"""What is known of every unit at the end of a round, as columns that a forecast of the next round can use."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sanyan.core.stats.panel import BoolArray, FloatArray, Panel
from sanyan.core.warning.forecast_structure import Structure, expected_place
from sanyan.core.warning.medians import mean_of, middle, or_zero, width

PLACE, STRUCTURE, HISTORY, BEFORE = "place", "structure", "history", "before"
MAIN = (PLACE, STRUCTURE, HISTORY, BEFORE)  # the first columns; region, size, size by place and context follow
_CLIPPED_AT = 6.0
_HISTORY_WEIGHT = 1.0  # rounds that the last round counts for beside the mean of the earlier ones
_REGION_WEIGHT = 3.0  # units
_FEW, _USUAL = 4.0, 1.2  # changes, and the mean of a change beside the median change


@dataclass(frozen=True)
class Origin:
    """Units at the end of one round: `features` (units x columns) and `swings` (units x columns) for the residual's
    spread, whether they `stand` in it, and the round's `spread` in the indicator's unit."""

    features: FloatArray
    swings: FloatArray
    stand: BoolArray
    spread: float


def origin(
    panel: Panel,
    deviations: FloatArray,
    structure: Structure,
    *,
    places: FloatArray,
    spread: float,
    round_index: int,
) -> Origin:
    """What is known at the end of one round; later columns are not looked at.

    `spread` is the round's, in the indicator's unit, above 0. `deviations` are from each round's median (units x
    rounds, in the indicator's unit), `places` the same in each round's own spread.
    Every place is a deviation from the round's median in this round's spread. `history` is how far the mean of the
    earlier rounds lies from the last place (drawn to it where rounds are few), `before` the same of the round before,
    `region` of the other units of the region, `structure` of the best guess from the unit's own past.
    """
    held = deviations[:, : round_index + 1]
    scaled = np.clip(held / spread, -_CLIPPED_AT, _CLIPPED_AT)
    place, earlier = or_zero(scaled[:, -1]), scaled[:, :-1]
    stand = np.isfinite(held[:, -1])
    rounds = np.isfinite(earlier).sum(axis=1)
    mean = mean_of(earlier, np.ones(earlier.shape[1]))
    size = None if panel.size is None else panel.size[:, round_index]
    guess = expected_place(places[:, : round_index + 1], structure, size)
    standing_size = relative_size(size, len(place))
    columns = [
        place,
        np.where(stand, guess - place, 0.0),
        (mean - place) * rounds / (rounds + _HISTORY_WEIGHT),
        _before(earlier, place),
        _region(panel.regions, np.where(rounds > 0, (mean * rounds + place) / (rounds + 1), place), place, stand),
        standing_size,
        standing_size * place,
        *(_standard(panel.context[index][:, round_index]) for index in range(len(panel.context_names))),
    ]
    return Origin(np.column_stack(columns), _swings(held, place, standing_size), stand, spread)


def _before(earlier: FloatArray, place: FloatArray) -> FloatArray:
    if not earlier.shape[1]:
        return np.zeros(len(place))
    return np.where(np.isfinite(earlier[:, -1]), or_zero(earlier[:, -1]) - place, 0.0)


def _region(regions: tuple[str, ...], level: FloatArray, place: FloatArray, stand: BoolArray) -> FloatArray:
    """How far the mean level of a region's other units lies from a unit's place, drawn to it where they are few."""
    names, index = np.unique(np.array(regions), return_inverse=True)
    if len(names) < 2:
        return np.zeros(len(place))
    total = np.bincount(index, np.where(stand, level, 0.0), len(names))[index] - np.where(stand, level, 0.0)
    others = np.bincount(index, stand.astype(float), len(names))[index] - stand
    found: FloatArray = np.where(
        others > 0, (total / np.maximum(others, 1) - place) * others / (others + _REGION_WEIGHT), 0.0
    )
    return found


def relative_size(size: FloatArray | None, count: int) -> FloatArray:
    """How large each of `count` units is beside the median unit, on the log scale in standard deviations; 0 where not
    known."""
    if size is None:
        return np.zeros(count)
    usable = np.isfinite(size) & (np.nan_to_num(size) > 0)
    logs = np.where(usable, np.log(np.where(usable, size, 1.0)), np.nan)
    if usable.sum() < 2:
        return np.zeros(count)
    spread = float(np.std(logs[usable]))
    return np.clip(or_zero(logs - middle(logs)) / spread, -2.5, 2.5) if spread > 1e-9 else np.zeros(count)


def _standard(values: FloatArray) -> FloatArray:
    """Context within its round: deviations from the median in robust standard deviations; 0 where missing."""
    spread = width(values)
    if np.isfinite(values).sum() <= 5 or not spread > 0:
        return np.zeros(len(values))
    return np.clip(or_zero((values - middle(values)) / spread), -4.0, 4.0)


def _swings(held: FloatArray, place: FloatArray, size: FloatArray) -> FloatArray:
    """What makes a unit's next change less certain: its place, how far out it is, its size, how it swung before."""
    out = np.minimum(np.abs(place), 3.0) - 0.8
    return np.column_stack([np.clip(place, -3.0, 3.0), out, size, _past_swing(held)])


def _past_swing(held: FloatArray) -> FloatArray:
    """The log of a unit's mean change beside the median unit's, drawn to 0 where changes are few."""
    changes = np.abs(np.diff(held, axis=1))
    typical = np.array([middle(changes[:, column]) for column in range(changes.shape[1])], dtype=float)
    usable = np.isfinite(typical) & (np.nan_to_num(typical) > 0)
    if not usable.any():
        return np.zeros(len(held))
    relative = np.minimum(changes[:, usable] / typical[usable], 5.0)
    count = np.isfinite(relative).sum(axis=1)
    found: FloatArray = np.log((or_zero(relative).sum(axis=1) + _FEW * _USUAL) / (count + _FEW) / _USUAL)
    return found
