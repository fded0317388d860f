"""What is known of many quantities at once: a mean and a standard deviation each, taken as normal."""

from __future__ import annotations

from dataclasses import dataclass
from statistics import NormalDist

import numpy as np
from scipy.special import ndtr

from sanyan.core.stats.panel import FloatArray

SURE = 0.95  # the probability from which something is told as sure


@dataclass(frozen=True)
class Posterior:
    """Means and standard deviations of one shape and unit; NaN where nothing is known."""

    mean: FloatArray
    sd: FloatArray

    def interval(self, confidence: float) -> tuple[FloatArray, FloatArray]:
        """Bounds that hold the quantity with `confidence` (within 0-1; raise ValueError otherwise)."""
        half = normal_quantile(0.5 + confidence / 2) * self.sd
        return self.mean - half, self.mean + half

    def p_above(self, threshold: float = 0.0) -> FloatArray:
        """Probability (0-1) that the quantity lies above a threshold; a half at it where it is known exactly."""
        distance = self.mean - threshold
        known = self.sd > 0
        score = distance / np.where(known, self.sd, 1.0)
        return np.where(
            known, ndtr(score), np.where(np.isnan(distance + self.sd), np.nan, 0.5 + 0.5 * np.sign(distance))
        )


def normal_quantile(share: float) -> float:
    """The standard normal quantile; raise ValueError for a share that is not within 0-1."""
    if not 0 < share < 1:
        raise ValueError(f"{share} is not a share within 0-1")
    return NormalDist().inv_cdf(share)
