"""The national shift: what all units share in the next round. The largest uncertainty of a short panel."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import stdtrit

from sanyan.core.stats.panel import FloatArray

DEGREES = 3.0
_NODES = 41
_DRIFT_HALF_LIFE, _SCALE_HALF_LIFE = 20.0, 8.0  # rounds
STILL = 2.0  # rounds without a shift that the drift is drawn to
_SCALE_PRIOR = 2.0  # rounds that the prior of the scale is worth
_SCALE_OF_UNITS = 0.3  # the shift's usual scale beside that of a unit's own change


@dataclass(frozen=True)
class Shift:
    """The median change of all units in the next round: a Student t around `mean` with `scale` and `degrees` of
    freedom, in the indicator's unit. `rounds` is how many past shifts it was learnt from."""

    mean: float
    scale: float
    degrees: float
    rounds: int

    def quantile(self, share: float) -> float:
        """The value that the shift stays below with this probability (0-1)."""
        return self.mean + self.scale * float(stdtrit(self.degrees, share))

    @property
    def low80(self) -> float:
        """The lower end of the 80 % interval."""
        return self.quantile(0.1)

    @property
    def high80(self) -> float:
        """The upper end of the 80 % interval."""
        return self.quantile(0.9)


def standard_nodes() -> FloatArray:
    """Equally likely values of the standard shift, for sums over it."""
    found: FloatArray = stdtrit(DEGREES, (np.arange(_NODES) + 0.5) / _NODES)
    return found


def expect_shift(past: FloatArray, own_spread: float, *, still: float = STILL) -> Shift:
    """The next national shift from past ones (oldest first, none missing) and the usual spread of own changes.

    The mean past shift is drawn to none as if `still` rounds had stood still; 0 leaves it, for a change that comes
    every time. The scale is that of a Student t with three degrees of freedom (Lange, Little and Taylor 1989, by EM),
    so that one wild round widens it less than several, drawn to 0.3 of the own spread as if seen in two more rounds
    (to twice that after a single shift, which has shown little of what can come), and widened by what the mean itself
    is not sure of.
    """
    ages = np.arange(len(past))[::-1]
    drifting = 0.5 ** (ages / _DRIFT_HALF_LIFE)
    mean = float((drifting * past).sum() / (drifting.sum() + still))
    weights = 0.5 ** (ages / _SCALE_HALF_LIFE)
    prior = (_SCALE_OF_UNITS * (1 + 1 / max(len(past), 1)) * own_spread) ** 2
    squares = (past - mean) ** 2
    spent = float(drifting.sum() / (drifting.sum() + still))  # what the mean took of the past's information
    count = float(weights.sum()) - spent + _SCALE_PRIOR
    variance = float((weights * squares).sum() + _SCALE_PRIOR * prior) / count
    for _ in range(50):
        trust = weights * (DEGREES + 1) / (DEGREES + squares / max(variance, 1e-300))
        variance = (float((trust * squares).sum()) + _SCALE_PRIOR * prior) / count
    variance *= 1 + 1 / (len(past) + still)
    return Shift(mean, float(np.sqrt(variance)), DEGREES, len(past))
