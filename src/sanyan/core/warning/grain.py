"""Values that come in steps, such as levels, counts of few, or percentages without decimals."""

from __future__ import annotations

import numpy as np

from sanyan.core.stats.panel import FloatArray

_SLACK = 1e-6  # of a step: what arithmetic may add or take
_MOST_STEPS = 1e6  # from zero to the largest value; beyond, steps are too fine to matter


def grain_of(values: FloatArray) -> float:
    """The step that all values are whole multiples of: the least distance of two of them; 0 where there is none."""
    known = np.unique(values[np.isfinite(values)])
    if len(known) < 2:
        return 0.0
    step = float(np.diff(known).min())
    largest = float(np.abs(known).max())
    if largest > _MOST_STEPS * step:
        return 0.0
    step = largest / max(round(largest / step), 1)
    counts = known / step
    return step if np.all(np.abs(counts - np.round(counts)) <= _SLACK) else 0.0


def just_below(thresholds: FloatArray, grain: float) -> FloatArray:
    """Where a continuous variable that is rounded to steps passes to a value below a threshold: half a step under the
    first step that is not below it (Yates 1934). Without steps, the threshold."""
    if not grain > 0:
        return thresholds
    found: FloatArray = (np.ceil(thresholds / grain - _SLACK) - 0.5) * grain
    return found


def just_above(thresholds: FloatArray, grain: float) -> FloatArray:
    """As `just_below`, for values above a threshold."""
    return -just_below(-thresholds, grain)
