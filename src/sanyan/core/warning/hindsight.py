"""What earlier forecasts of own changes came to: how much of a fall or a rise that is foretold should be believed."""

from __future__ import annotations

from dataclasses import fields

import numpy as np

from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.stats.spread import TO_NORMAL
from sanyan.core.warning.forecast_fit import Rows, fit

_ORIGINS = 3  # past rounds that are forecast again
_BELIEVED = 200.0  # changes as large as a usual error that full belief is worth
_FLAT = 0.1  # of the usual error: where the absolute loss becomes a square


def belief(rows: Rows, pull: FloatArray, toward: FloatArray) -> tuple[float, float]:
    """How far foretold own falls and rises went, 1 being all the way, from forecasting the last three rounds again.

    Each is forecast from the rounds before it alone. Through the origin, the slope of what happened on what was
    foretold minimises the absolute error, surer units counting more, falls and rises apart, and is drawn to 1: the
    slope of a calibration line (Cox 1958), shrunk. (1, 1) where there is but one past change. Fits to the same rounds
    cannot show this, because what makes forecasts too bold is that rounds differ.
    """
    last = int(rows.group.max())
    again = [_again(rows, group, pull, toward) for group in range(max(1, last - _ORIGINS + 1), last + 1)]
    if not again:
        return 1.0, 1.0
    foretold, happened, scale = (np.concatenate(part) for part in zip(*again, strict=True))
    error = TO_NORMAL * float(np.median(np.abs(happened - foretold)))
    trust = np.mean(scale**2) / scale**2
    falls, rises = foretold < 0, foretold > 0
    return (
        _slope(foretold[falls], happened[falls], trust[falls], error),
        _slope(foretold[rises], happened[rises], trust[rises], error),
    )


def _again(rows: Rows, group: int, pull: FloatArray, toward: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Own changes of one round as the rounds before it foretold them, as they came, and the error to be expected."""
    here = rows.group == group
    fitted = fit(_of(rows, rows.group < group), pull, toward)
    foretold = rows.features[here] @ fitted.slopes
    return foretold - np.median(foretold), rows.change[here], fitted.scale_of(rows.swings[here]) / rows.spread[here]


def _of(rows: Rows, which: BoolArray) -> Rows:
    """Some of the rows, their ages counted from the youngest."""
    held = {part.name: getattr(rows, part.name)[which] for part in fields(Rows)}
    return Rows(**{**held, "age": held["age"] - held["age"].min()})


def _slope(foretold: FloatArray, happened: FloatArray, trust: FloatArray, error: float) -> float:
    slope, prior = 1.0, _BELIEVED * error**2
    if not error > 0:
        return slope
    for _ in range(20):
        away = np.abs(happened - slope * foretold)
        weight = trust * 0.8 * error / np.maximum(away, _FLAT * error)
        slope = float((weight * foretold * happened).sum() + prior) / float((weight * foretold**2).sum() + prior)
    return slope
