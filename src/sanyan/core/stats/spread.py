"""Order statistics of a group, and a width that some wild values cannot move."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from sanyan.core.stats.panel import FloatArray

TO_NORMAL = 1.4826  # median absolute deviation -> standard deviation, for normal values
NINE_TENTHS = 1.645  # 90 % of normal values lie within so many standard deviations
MEAN_TO_NORMAL = 1.2533  # mean absolute deviation -> standard deviation, for normal values


def quantile(ordered: Sequence[float], share: float) -> float:
    """The quantile of sorted values by linear interpolation between order statistics (Hyndman-Fan type 7).

    Raise ValueError for no values or a share outside 0-1.
    """
    if not ordered or not 0 <= share <= 1:
        raise ValueError("a quantile needs values and a share within 0-1")
    place = share * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def five_numbers(values: Iterable[float]) -> tuple[float, float, float, float, float]:
    """Lowest, lower quartile, median, upper quartile and highest. Raise ValueError for no values."""
    ordered = sorted(values)
    low, q1, median, q3, high = (quantile(ordered, share) for share in (0, 0.25, 0.5, 0.75, 1))
    return low, q1, median, q3, high


def robust_width(values: FloatArray) -> float:
    """A standard deviation around the median that a tenth of wild values does not move; values without NaN.

    The larger of the scaled median absolute deviation and the scaled ninth decile of deviations: where more than half
    of the values are equal the median is 0, and the decile still sees the rest. Raise ValueError for no values.
    """
    if not len(values):
        raise ValueError("a width needs values")
    away = np.abs(values - np.median(values))
    return max(TO_NORMAL * float(np.median(away)), float(np.quantile(away, 0.9)) / NINE_TENTHS)
