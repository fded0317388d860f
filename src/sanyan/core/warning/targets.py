"""What each unit must reach in a round."""

from __future__ import annotations

import numpy as np

from sanyan.core.indicators.definitions import Indicator
from sanyan.core.stats.panel import FloatArray


def target_of(indicator: Indicator, month: int, before: FloatArray) -> FloatArray:
    """The value each unit must reach in a round: the framework's, or its own of last year (`before`); NaN for none."""
    target = indicator.target_in(month)
    if target is None:
        return np.full(len(before), np.nan)
    if target.better_than_last_year:
        return before
    return np.full(len(before), np.nan if target.value is None else target.value)
