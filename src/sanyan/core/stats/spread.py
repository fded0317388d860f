"""Order statistics of a group."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


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
