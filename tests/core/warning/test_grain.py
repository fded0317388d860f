"""Values in steps: how large a step is, and chances that count a value on a step as all that rounds to it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.panel import Panel
from sanyan.core.warning.events import adverse_quartile, meets, relative_drops, sign_of, usual_swing
from sanyan.core.warning.forecast import forecast
from sanyan.core.warning.forecast_result import Forecast
from sanyan.core.warning.grain import grain_of, just_above, just_below


@pytest.mark.parametrize(
    ("values", "grain"),
    [
        ([1, 2, 5, 3], 1),
        ([0, 0.5, 2.5], 0.5),
        ([93.1, 92.9, 40, np.nan], 0),
        ([93.1, 93.0, 40, np.nan], 0.1),
        ([1, 2, np.pi], 0),
        ([3, 3], 0),
        ([], 0),
        ([1e9, 1e9 + 1], 0),
    ],
    ids=str,
)
def test_a_step_is_what_all_values_are_multiples_of(values: list[float], grain: float) -> None:
    assert grain_of(np.array(values, dtype=float)) == pytest.approx(grain)


@given(st.integers(-50, 50), st.sampled_from([0.1, 0.5, 1.0, 10.0]))
def test_a_value_on_a_step_lies_half_a_step_from_what_passes_it(count: int, grain: float) -> None:
    at = np.array([count * grain])
    assert just_below(at, grain)[0] == pytest.approx(at[0] - grain / 2)
    assert just_above(at, grain)[0] == pytest.approx(at[0] + grain / 2)
    assert just_below(at, 0.0) is at


def levels(seed: int) -> Panel:
    """Levels 1-5 of 200 units over eight rounds, rounded from what lies beneath."""
    rng = np.random.default_rng(seed)
    beneath = 3 + rng.normal(0, 0.7, (200, 1)) + rng.normal(0, 0.6, (200, 8)) + rng.normal(0, 0.2, 8)
    values = np.clip(np.round(beneath), 1, 5)
    return Panel(
        units=tuple(map(str, range(200))),
        times=tuple(range(8)),
        values=values,
        regions=("",) * 200,
        size=None,
        context_names=(),
        context=np.empty((0, 200, 8)),
        step=1,
    )


@pytest.mark.parametrize("direction", [Direction.HIGHER, Direction.LOWER])
def test_chances_of_levels_are_about_how_often_it_happens(direction: Direction) -> None:
    said, came = {"miss": 0.0, "drop": 0.0}, {"miss": 0.0, "drop": 0.0}
    for seed in range(12):
        panel = levels(seed)
        found = forecast(panel, direction=direction, bounds=(1, 5), at=7)
        assert isinstance(found, Forecast)
        now, last = panel.values[:, 7], panel.values[:, 6]
        target, swing = adverse_quartile(last, direction), usual_swing(panel.values[:, :7])
        met = meets(last, target, direction)
        said["miss"] += found.p_miss(target)[met].sum()
        came["miss"] += (sign_of(direction) * (now - target) < 0)[met].sum()
        said["drop"] += found.p_relative_drop(swing).sum()
        came["drop"] += relative_drops(last, now, swing, direction).sum()
    assert said["miss"] == pytest.approx(came["miss"], rel=0.3)
    assert said["drop"] == pytest.approx(came["drop"], rel=0.3)
