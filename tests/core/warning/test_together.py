"""Misses come in company: the number of them is as unsure as the shock that all units share."""

from __future__ import annotations

import numpy as np
import pytest

from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.panel import Panel
from sanyan.core.warning.forecast import forecast
from sanyan.core.warning.forecast_result import Forecast
from sanyan.core.warning.together import misses_together

UNITS = 200


def said(shock: float, seed: int = 1) -> Forecast:
    chance = np.random.default_rng(seed)
    level = chance.normal(70, 5, (UNITS, 1))
    values = level + shock * chance.normal(0, 1, 6) + chance.normal(0, 2, (UNITS, 6))
    panel = Panel(
        units=tuple(f"u{at}" for at in range(UNITS)),
        times=tuple(range(6)),
        values=values,
        regions=("",) * UNITS,
        size=None,
        context_names=(),
        context=np.empty((0, UNITS, 6)),
    )
    found = forecast(panel, direction=Direction.HIGHER)
    assert isinstance(found, Forecast)
    return found


def test_the_mean_is_the_sum_of_the_probabilities() -> None:
    held = said(3.0)
    found = misses_together(held, lambda item: item.p_miss(68.0))
    assert found.of == UNITS
    assert found.mean == pytest.approx(held.p_miss(68.0).sum(), rel=0.05)
    assert found.low < found.mean < found.high


def test_a_shared_shock_makes_the_number_much_less_sure_than_independence_would() -> None:
    held = said(4.0)
    chance = held.p_miss(68.0)
    alone = 2 * 1.2816 * np.sqrt((chance * (1 - chance)).sum())
    found = misses_together(held, lambda item: item.p_miss(68.0))
    assert found.high - found.low > 3 * alone


def test_bounds_are_numbers_of_units() -> None:
    held = said(3.0)
    none = misses_together(held, lambda item: item.p_miss(-1e6))
    every = misses_together(held, lambda item: item.p_miss(1e6))
    assert (none.low, none.high) == (0, 0)
    assert (every.low, every.high) == (UNITS, UNITS)
