"""Where an indicator stands and where it goes: what the warning rules look at, one entry a unit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np

from sanyan.core.indicators.definitions import Direction, Indicator
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Words
from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.warning.figures import ChangeScale
from sanyan.core.warning.together import Misses
from sanyan.core.warning.trend import Trend


@dataclass(frozen=True)
class Ahead:
    """A forecast of a later round, in the indicator's unit; NaN where a unit cannot be forecast.

    `low`/`high` bound 80 %, `low95`/`high95` 95 %. `target` is the later round's, `p_miss` the probability of not
    reaching it, `p_drop` that of falling a usual swing behind the others, `own` the change expected beside the others'
    and `swing` its usual size. `shift` is the national part of the change to come, with its 80 % interval. `shift`,
    `own` and `swing` are on `scale`. `pasts` counts the earlier years it learnt from; `misses` is how many units will
    miss the target together (None without a target).
    """

    round: RoundKey
    mean: FloatArray
    low: FloatArray
    high: FloatArray
    low95: FloatArray
    high95: FloatArray
    target: FloatArray
    p_miss: FloatArray
    p_drop: FloatArray
    own: FloatArray
    swing: float
    shift: float
    shift_low: float
    shift_high: float
    scale: ChangeScale
    pasts: int
    misses: Misses | None = None


@dataclass(frozen=True)
class Outlook:
    """One indicator in one round. `target` is this round's (a unit's own where it must beat last year); `p_off` the
    probability that the value without its chance swing misses it; `met_before` whether the same round last year met
    its target. `spread` is a robust standard deviation over units. `n` is how many cases are behind each value and
    `part` how many of them count, NaN where that is not known. `cannot` says what could not be worked out.
    """

    indicator: Indicator
    round: RoundKey
    units: tuple[str, ...]
    value: FloatArray
    before: FloatArray
    target: FloatArray
    p_off: FloatArray
    met_before: BoolArray
    spread: float
    part: FloatArray
    n: FloatArray
    trend: Trend | None = None
    next: Ahead | None = None
    year_end: Ahead | None = None
    cannot: Mapping[str, Words] = field(default_factory=dict)

    @property
    def is_judged(self) -> bool:
        """Whether one way is better than the other."""
        return self.indicator.direction is not Direction.NONE

    @property
    def sign(self) -> float:
        """1 where higher is better, -1 where lower is."""
        return self.indicator.direction.sign

    def misses(self, values: FloatArray, target: FloatArray) -> BoolArray:
        """Whether values miss a target; false where either is missing. A target to beat last year is missed by
        standing still."""
        with np.errstate(invalid="ignore"):
            gap = self.sign * (values - target)
        found: BoolArray = gap < 0
        return found
