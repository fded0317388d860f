"""How many units will miss their target together: they share the year's shock, so their misses come in company."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np
from scipy.special import ndtri, stdtrit

from sanyan.core.stats.panel import FloatArray
from sanyan.core.warning.forecast_result import Forecast

SHOCKS = 11
_WITHIN = 9


@dataclass(frozen=True)
class Misses:
    """The number of `of` units expected to miss, with its 80 % interval."""

    mean: float
    low: float
    high: float
    of: int


def misses_together(said: Forecast, p_miss: Callable[[Forecast], FloatArray]) -> Misses:
    """The number of misses over equally likely national shifts: given the shift units are independent, without it not.

    `p_miss` gives each unit's probability under a forecast. Given a shift the number is taken as normal with the mean
    and variance of a sum of independent yes-or-no outcomes; the interval is of all shifts together.
    """
    shares = (np.arange(SHOCKS) + 0.5) / SHOCKS
    nodes = said.shift.scale * stdtrit(said.shift.degrees, shares)
    inner = ndtri((np.arange(_WITHIN) + 0.5) / _WITHIN)
    counts: list[FloatArray] = []
    means, of = [], 0
    for node in nodes:
        known = replace(said, shift=replace(said.shift, mean=said.shift.mean + float(node), scale=1e-12))
        chance = p_miss(known)
        chance = chance[np.isfinite(chance)]
        of = len(chance)
        means.append(float(chance.sum()))
        counts.append(means[-1] + inner * np.sqrt((chance * (1 - chance)).sum()))
    low, high = np.quantile(np.clip(np.concatenate(counts), 0, of), [0.1, 0.9])
    return Misses(float(np.mean(means)), float(low), float(high), of)
