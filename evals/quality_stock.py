"""Stock ways to find wrong figures, to hold the method against: each gives a number a figure, higher is odder."""

from __future__ import annotations

import warnings
from collections.abc import Callable

import numpy as np

from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.spread import TO_NORMAL

LEAST = 1e-9


def stock_scores(values: FloatArray) -> dict[str, FloatArray]:
    """Every stock score of units x times, minus infinity where a figure is missing."""
    with warnings.catch_warnings(), np.errstate(all="ignore"):
        warnings.simplefilter("ignore")
        logs = np.log(np.maximum(values, 1e-3))
        made: dict[str, FloatArray] = {
            "z of the column": _distance(values, np.nanmean, np.nanstd, None),
            "modified z of the column": _modified(values, None),
            "outside the quartiles": _outside_quartiles(values),
            "modified z of the year": _modified(values, 0),
            "modified z of the year, log": _modified(logs, 0),
            "z of the unit": _distance(values, np.nanmean, np.nanstd, 1),
            "modified z of the unit": _modified(values, 1),
            "min-max of the unit": _min_max(values),
            "from the unit's median": np.abs(values - np.nanmedian(values, axis=1, keepdims=True)),
            "from the unit's median, log": np.abs(logs - np.nanmedian(logs, axis=1, keepdims=True)),
            "ratio to last year": np.abs(_change(logs)),
            "change since last year, modified z": _modified(_change(values), 0),
            "ratio to last year, modified z": _modified(_change(logs), 0),
            "from the rest of the unit": _from_the_rest(values),
            "from the rest of the unit, log": _from_the_rest(logs),
            "from the rest, by the unit's spread": _by_own_spread(_from_the_rest(values)),
            "from the rest, by the unit's spread, log": _by_own_spread(_from_the_rest(logs)),
        }
    return {name: np.where(np.isnan(values), -np.inf, np.nan_to_num(score, nan=-1.0)) for name, score in made.items()}


def _distance(
    values: FloatArray, centre: Callable[..., FloatArray], width: Callable[..., FloatArray], axis: int | None
) -> FloatArray:
    away = np.abs(values - centre(values, axis=axis, keepdims=True))
    return np.asarray(away / (width(values, axis=axis, keepdims=True) + LEAST))


def _modified(values: FloatArray, axis: int | None) -> FloatArray:
    away = np.abs(values - np.nanmedian(values, axis=axis, keepdims=True))
    return np.asarray(away / (TO_NORMAL * np.nanmedian(away, axis=axis, keepdims=True) + LEAST))


def _outside_quartiles(values: FloatArray) -> FloatArray:
    low, high = np.nanquantile(values, [0.25, 0.75])
    return np.asarray(np.maximum(low - values, values - high) / (high - low))


def _min_max(values: FloatArray) -> FloatArray:
    low, high = np.nanmin(values, axis=1, keepdims=True), np.nanmax(values, axis=1, keepdims=True)
    return np.asarray(np.abs((values - low) / (high - low + LEAST) - 0.5))


def _change(values: FloatArray) -> FloatArray:
    changes = np.full(values.shape, np.nan)
    changes[:, 1:] = np.diff(values, axis=1)
    return changes


def _from_the_rest(values: FloatArray) -> FloatArray:
    rest = values - np.nanmedian(values, axis=0, keepdims=True)
    others = [np.nanmedian(np.delete(rest, time, axis=1), axis=1) for time in range(values.shape[1])]
    return np.asarray(np.abs(rest - np.stack(others, axis=1)))


def _by_own_spread(away: FloatArray) -> FloatArray:
    own = np.nanmedian(away, axis=1, keepdims=True)
    return np.asarray(away / (own + 0.3 * np.nanmedian(own)))
