from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.warning.forecast_panels import made_up, panel_of

from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.panel import Panel
from sanyan.core.warning.forecast import forecast
from sanyan.core.warning.forecast_result import CannotForecast, Forecast

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER


def told(panel: Panel, direction: Direction = HIGHER, **more: object) -> Forecast:
    found = forecast(panel, direction=direction, **more)  # type: ignore[arg-type]
    assert isinstance(found, Forecast)
    return found


@pytest.mark.parametrize("share", [0.5, 0.8, 0.9, 0.95, 0.99])
@pytest.mark.parametrize("missing", [0.0, 0.4])
def test_an_indicator_that_is_nought_or_complete_nearly_everywhere_has_a_forecast(share: float, missing: float) -> None:
    for seed in range(30):
        chance = np.random.default_rng(seed)
        values = np.where(chance.random((30, 8)) < share, 0.0, 7.0)
        values[chance.random(values.shape) < missing] = np.nan
        found = forecast(panel_of(values), direction=Direction.LOWER)
        if isinstance(found, Forecast):
            known = np.isfinite(found.last)
            assert np.isfinite(found.mean[known]).all()
            assert np.all(found.lo80[known] <= found.hi80[known])


def test_the_interval_of_a_panel_with_shared_shocks_covers_what_it_says() -> None:
    inside80, inside95 = [], []
    for seed in range(40):
        panel = made_up(120, 6, seed=seed)
        found, truth = told(panel, at=panel.times[-1]), panel.values[:, -1]
        inside80.append(np.mean((truth >= found.lo80) & (truth <= found.hi80)))
        inside95.append(np.mean((truth >= found.lo95) & (truth <= found.hi95)))
    assert np.mean(inside80) == pytest.approx(0.8, abs=0.06)
    assert np.mean(inside95) == pytest.approx(0.95, abs=0.03)


def test_it_beats_the_last_value_where_the_last_value_is_mostly_noise() -> None:
    ours, same = 0.0, 0.0
    for seed in range(10):
        panel = made_up(150, 6, seed=seed, shock=0.5)
        truth = panel.values[:, -1]
        ours += float(np.mean(np.abs(truth - told(panel, at=panel.times[-1]).mean)))
        same += float(np.mean(np.abs(truth - panel.values[:, -2])))
    assert ours < 0.85 * same


def test_small_units_have_wider_intervals_than_large_ones() -> None:
    panel = made_up(200, 7, seed=3)
    assert panel.size is not None
    found, order = told(panel), np.argsort(panel.size[:, -1])
    widths = (found.hi80 - found.lo80)[order]
    assert widths[:40].mean() > 1.2 * widths[-40:].mean()


def test_what_happens_later_changes_nothing() -> None:
    panel = made_up(60, 7, seed=1)
    time = panel.times[5]
    values, context = panel.values.copy(), panel.context.copy()
    values[:, 5:], context[:, :, 5:] = -999.0, 1e9
    assert panel.size is not None
    size = panel.size.copy()
    size[:, 5:] = 1e-6
    spoilt = told(replace(panel, values=values, context=context, size=size), at=time)
    for name in ("mean", "lo80", "hi95", "own", "scale"):
        np.testing.assert_array_equal(getattr(spoilt, name), getattr(told(panel, at=time), name))
    np.testing.assert_array_equal(told(panel.before(time)).mean, spoilt.mean)


def test_two_rounds_are_enough_for_a_wide_band() -> None:
    two, seven = made_up(80, 2, seed=2), made_up(80, 7, seed=2)
    assert two.size is not None
    found = told(two)
    assert found.rounds == 1
    assert np.isfinite(found.mean).all()
    assert found.shift.high80 - found.shift.low80 > 0
    assert told(seven).rounds == 6


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (np.ones((30, 1)) * np.arange(30)[:, None], "too-little-history"),
        (np.ones((30, 4)), "no-spread"),
        (np.column_stack([np.arange(30.0), np.full(30, np.nan), np.arange(30.0)]), "too-little-history"),
        (np.column_stack([np.arange(30.0), np.arange(30.0), np.full(30, np.nan)]), "no-last-round"),
        (np.arange(8.0).reshape(4, 2), "too-little-history"),
    ],
)
def test_it_says_why_it_cannot(values: np.ndarray, code: str) -> None:
    found = forecast(panel_of(values), direction=HIGHER)
    assert isinstance(found, CannotForecast)
    assert found.code == code
    assert found.th
    assert found.en


def test_a_time_that_does_not_follow_the_panel_cannot_be_forecast() -> None:
    panel = made_up(30, 4, seed=1)
    found = forecast(panel, direction=HIGHER, at=panel.times[-1] + 5)
    assert isinstance(found, CannotForecast)
    assert found.code == "no-last-round"


def test_a_unit_without_a_last_value_has_no_forecast_and_the_others_have() -> None:
    panel = made_up(50, 5, seed=4)
    values = panel.values.copy()
    values[7, -1] = np.nan
    values[9, 1:3] = np.nan
    found = told(replace(panel, values=values))
    assert np.isnan([found.mean[7], found.lo80[7], found.p_below(50)[7], found.p_relative_drop(3)[7]]).all()
    assert np.isfinite(np.delete(found.mean, 7)).all()
    assert np.isfinite(np.delete(found.hi95, 7)).all()


def test_a_round_in_which_all_units_agree_does_not_break_it() -> None:
    values = made_up(40, 5, seed=6).values.copy()
    values[:, -1] = 100.0
    assert np.isfinite(told(panel_of(values)).hi80).all()
    mostly = np.where(np.arange(40)[:, None] < 30, 100.0, made_up(40, 5, seed=6).values)
    found = told(panel_of(mostly), bounds=(0.0, 100.0))
    assert np.isfinite(found.lo80).all()


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(12, 60), st.integers(2, 6), st.floats(0, 0.4))
def test_the_parts_agree_on_any_panel(seed: int, units: int, rounds: int, missing: float) -> None:
    panel = made_up(units, rounds, seed=seed)
    chance = np.random.default_rng(seed)
    holes = chance.random(panel.values.shape) < missing
    found = forecast(replace(panel, values=np.where(holes, np.nan, panel.values)), direction=LOWER, bounds=(0, 100))
    if isinstance(found, CannotForecast):
        return
    known = np.isfinite(found.mean)
    ends = [part[known] for part in (found.lo95, found.lo80, found.mean, found.hi80, found.hi95)]
    for lower, upper in pairwise(ends):
        assert (lower <= upper + 1e-9).all()
    assert (ends[0] >= 0).all()
    assert (ends[-1] <= 100).all()
    grid = np.array([found.p_below(value)[known] for value in np.linspace(-1, 101, 25)])
    assert (np.diff(grid, axis=0) >= -1e-12).all()
    assert (grid[0] == 0).all()
    assert (grid[-1] == 1).all()
    np.testing.assert_allclose(found.p_below(55.0)[known] + found.p_above(55.0)[known], 1.0, atol=1e-9)
    np.testing.assert_array_equal(found.p_miss(55.0), found.p_above(55.0))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1_000), st.floats(0.01, 1_000), st.floats(-1_000, 1_000))
def test_another_unit_of_measurement_gives_the_same_forecast(seed: int, factor: float, offset: float) -> None:
    panel = made_up(40, 5, seed=seed)
    found, other = told(panel), told(replace(panel, values=panel.values * factor + offset))
    np.testing.assert_allclose(other.mean, found.mean * factor + offset, rtol=1e-4, atol=1e-4 * factor)
    np.testing.assert_allclose(other.p_below(60 * factor + offset), found.p_below(60.0), atol=1e-3)


def test_the_order_of_units_does_not_matter() -> None:
    panel = made_up(40, 5, seed=8)
    turned = Panel(
        panel.units[::-1],
        panel.times,
        panel.values[::-1],
        panel.regions[::-1],
        None if panel.size is None else panel.size[::-1],
        panel.context_names,
        panel.context[:, ::-1],
    )
    np.testing.assert_allclose(told(turned).mean[::-1], told(panel).mean, rtol=1e-9)


def test_the_interval_and_the_probability_say_the_same() -> None:
    found = told(made_up(100, 6, seed=9))
    np.testing.assert_allclose(found.p_below(found.lo80), 0.1, atol=0.02)
    np.testing.assert_allclose(found.p_below(found.hi80), 0.9, atol=0.02)
    np.testing.assert_allclose(found.p_above(found.hi95), 0.025, atol=0.015)


def test_a_shared_shift_has_no_part_in_a_relative_drop() -> None:
    calm, wild = made_up(100, 6, seed=10, shock=0.1), made_up(100, 6, seed=10, shock=30.0)
    np.testing.assert_allclose(told(wild).p_relative_drop(8.0), told(calm).p_relative_drop(8.0), atol=0.02)
    assert told(wild).shift.scale > 3 * told(calm).shift.scale


def test_what_is_not_judged_has_no_target_to_miss() -> None:
    found = told(made_up(40, 5, seed=1), Direction.NONE)
    with pytest.raises(ValueError, match="not judged"):
        found.p_miss(50.0)
    with pytest.raises(ValueError, match="not judged"):
        found.p_relative_drop(5.0)
    assert np.isfinite(found.p_miss(50.0, HIGHER)).all()


def test_a_few_figures_of_dirt_do_not_widen_what_is_said_of_the_others() -> None:
    panel = made_up(100, 6, seed=11)
    values = panel.values.copy()
    values[[3, 20], [1, 4]] *= 1e7
    clean, dirty = told(panel), told(replace(panel, values=values))
    others = np.delete(np.arange(100), [3, 20])
    before, after = ((found.hi80 - found.lo80)[others] for found in (clean, dirty))
    assert np.median(after / before) == pytest.approx(1.0, abs=0.15)
    assert dirty.shift.scale < 1.3 * clean.shift.scale


def test_where_nearly_all_are_complete_the_few_others_keep_a_wide_band() -> None:
    values = made_up(245, 5, seed=12).values.copy()
    values[:220] = 100.0
    found = told(panel_of(values), bounds=(0.0, 100.0))
    assert np.median((found.hi80 - found.lo80)[220:]) > 3.0


def test_a_panel_without_any_round_cannot_be_forecast() -> None:
    empty = made_up(10, 3, seed=1).before(0)
    found = forecast(empty, direction=HIGHER)
    assert isinstance(found, CannotForecast)
    assert found.code == "no-last-round"
