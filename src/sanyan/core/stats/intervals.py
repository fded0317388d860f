"""Intervals for shares: no order is shown without one."""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import NormalDist


@dataclass(frozen=True)
class Interval:
    """An estimate with its bounds, all in the same unit, and the confidence (0-1) of the bounds."""

    estimate: float
    low: float
    high: float
    confidence: float


def wilson(successes: float, trials: float, *, confidence: float = 0.8) -> Interval:
    """Wilson's score interval of a share, as proportions in 0-1.

    Source: E. B. Wilson (1927), "Probable inference, the law of succession, and statistical inference".
    Raise ValueError unless 0 <= successes <= trials, trials > 0 and 0 < confidence < 1.
    """
    if not 0 <= successes <= trials or trials <= 0:
        raise ValueError(f"{successes} successes in {trials} trials is not a share")
    if not 0 < confidence < 1:
        raise ValueError(f"confidence {confidence} is not within 0-1")
    z = NormalDist().inv_cdf(0.5 + confidence / 2)
    share = successes / trials
    scale = 1 + z * z / trials
    centre = (share + z * z / (2 * trials)) / scale
    half = z * math.sqrt(share * (1 - share) / trials + z * z / (4 * trials * trials)) / scale
    return Interval(share, max(0.0, centre - half), min(1.0, centre + half), confidence)
