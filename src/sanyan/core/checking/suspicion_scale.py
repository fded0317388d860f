"""The scale on which equal steps of an indicator mean equal surprise, found from the figures themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sanyan.core.checking.suspicion_robust import median_of, median_over, student_log_density, width_about_zero
from sanyan.core.stats.panel import FloatArray

WIDENESSES = (0.03, 0.1, 0.3, 1.0, 3.0, 30.0)  # of the typical value: from nearly logarithmic to nearly linear
FREEDOM = 4.0
TRIMMED = 0.05  # of the least likely changes, which may be errors
CLEARLY_BETTER = 0.002  # nats a figure
LEAST_WIDTH = 1e-9


@dataclass(frozen=True)
class SurpriseScale:
    """Inverse hyperbolic sine: linear well below `unit`, logarithmic well above, and at home with 0 and negatives."""

    unit: float

    def lay(self, values: FloatArray) -> FloatArray:
        """Where values lie on the scale."""
        return np.asarray(np.arcsinh(values / self.unit))

    def value_at(self, places: FloatArray) -> FloatArray:
        """The values that lie at places."""
        return np.asarray(np.sinh(np.clip(places, -600.0, 600.0)) * self.unit)

    def log_slope(self, values: FloatArray) -> FloatArray:
        """Log of the derivative of `lay`, which turns a density on the scale into one of values."""
        return np.asarray(-np.log(np.hypot(values, self.unit)))


def fitting_scale(values: FloatArray, step: float) -> SurpriseScale:
    """The scale of this family that makes changes from one time to the next most regular (units x times, NaN missing).

    Regular is what has the highest likelihood under Student's t with one width, the least likely twentieth left out:
    a transformation chosen by profile likelihood (Box and Cox 1964), with tails that errors cannot move. With hardly
    any changes the spread over units decides. `step` is how far figures lie apart at least: below it nothing is
    known, so the scale is linear there and no likelihood counts for more than a whole step. Values must hold at least
    one that is not 0.
    """
    sizes = np.abs(values[np.isfinite(values) & (values != 0)])
    typical = float(np.median(sizes))
    best, chosen = -np.inf, SurpriseScale(max(WIDENESSES[0] * typical, step))
    for wideness in WIDENESSES:
        scale = SurpriseScale(max(wideness * typical, step))
        likelihood = _regularity(values, scale, step)
        if likelihood > best + CLEARLY_BETTER:
            best, chosen = likelihood, scale
    return chosen


def _regularity(values: FloatArray, scale: SurpriseScale, step: float) -> float:
    laid = scale.lay(values)
    rest = laid - median_over(laid, 0)
    later = (rest[:, 1:] - rest[:, :-1]) / np.sqrt(2)
    seen = np.isfinite(later)
    if seen.sum() >= 0.3 * np.isfinite(values).sum():
        away, held = later[seen], values[:, 1:][seen]
    else:
        seen = np.isfinite(rest)
        away, held = rest[seen], values[seen]
    width = max(width_about_zero(away - median_of(away)), LEAST_WIDTH)
    terms = student_log_density(away / width, FREEDOM) - np.log(width) + scale.log_slope(held)
    terms = np.minimum(terms, -np.log(step))
    return float(np.sort(terms)[int(TRIMMED * len(terms)) :].mean())
