"""One wrong figure among right ones is found, named, and accuses no neighbour."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.checking.suspicion import Suspicion, can_be_judged, suspicions, suspicions_together
from sanyan.core.checking.suspicion_mechanisms import MECHANISMS, Mechanism
from sanyan.core.stats.panel import FloatArray, Panel

UNITS = 120


def percents(times: int = 6, *, seed: int = 1, own: float = 10.0, noise: float = 2.0) -> FloatArray:
    """Percents with one decimal: each unit about its own level, and a shift that all share."""
    rng = np.random.default_rng(seed)
    level = 45 + own * np.clip(rng.normal(size=(UNITS, 1)), -2, 2)
    year = 3 * rng.normal(size=(1, times))
    return np.round(level + year + noise * rng.normal(size=(UNITS, times)), 1)


def panel_of(values: FloatArray, *, regions: bool = True, size: FloatArray | None = None) -> Panel:
    units, times = values.shape
    return Panel(
        units=tuple(f"u{number}" for number in range(units)),
        times=tuple(range(2560, 2560 + times)),
        values=values,
        regions=tuple(f"r{number % 6}" if regions else "" for number in range(units)),
        size=size,
        context_names=(),
        context=np.empty((0, units, times)),
    )


def with_figure(values: FloatArray, unit: int, time: int, figure: float) -> FloatArray:
    changed = values.copy()
    changed[unit, time] = figure
    return changed


def first(found: Suspicion) -> tuple[int, int]:
    unit, time = np.unravel_index(np.nanargmax(found.score), found.score.shape)
    return int(unit), int(time)


@pytest.mark.parametrize(
    ("figure", "mechanism"),
    [
        (467.0, Mechanism.TIMES_10),
        (4.67, Mechanism.TENTH),
        (4670.0, Mechanism.TIMES_100),
        (0.467, Mechanism.HUNDREDTH),
        (93.4, Mechanism.DOUBLE),
        (64.7, Mechanism.SWAPPED_DIGITS),
        (-46.7, Mechanism.SIGN),
        (0.0, Mechanism.ZERO),
        (1e6, Mechanism.UNLIKE),
    ],
)
def test_a_wrong_figure_comes_first_with_what_may_have_happened(figure: float, mechanism: Mechanism) -> None:
    values = percents()
    values[7] = (44.9, 47.1, 46.2, 46.7, 45.8, 47.3)
    values -= np.median(values, axis=0) - 46
    values = np.round(values, 1)
    values[7] = (44.9, 47.1, 46.2, 46.7, 45.8, 47.3)
    found = suspicions(panel_of(with_figure(values, 7, 3, figure)))
    assert first(found) == (7, 3)
    assert MECHANISMS[found.mechanism[7, 3]] is mechanism
    assert found.flag[7, 3]
    assert found.flag.sum() == 1
    assert abs(found.expected[7, 3] - 46.7) < 3
    assert found.low[7, 3] < 46.7 < found.high[7, 3]


@pytest.mark.parametrize("times", [1, 2, 3])
def test_a_short_panel_is_judged_too(times: int) -> None:
    found = suspicions(panel_of(with_figure(percents(times, own=4.0), 3, 0, 460.0)))
    assert first(found) == (3, 0)
    assert found.flag.sum() == 1


def test_two_wrong_figures_of_one_unit_do_not_hide_each_other() -> None:
    values = with_figure(with_figure(percents(), 5, 2, 480.0), 5, 3, 4800.0)
    assert np.argwhere(suspicions(panel_of(values)).flag).tolist() == [[5, 2], [5, 3]]


def test_a_shift_that_all_share_flags_nobody() -> None:
    values = percents()
    values[:, 3] -= 20
    assert not suspicions(panel_of(values)).flag.any()


def test_small_units_may_wobble_where_large_ones_may_not() -> None:
    rng = np.random.default_rng(3)
    size = np.where(np.arange(UNITS) < 60, 30.0, 3000.0)[:, None] * np.ones((1, 6))
    values = np.round(50 + rng.normal(size=(UNITS, 6)) * np.where(size < 100, 8.0, 0.8), 1)
    values[10, 2], values[100, 2] = 62.0, 62.0
    found = suspicions(panel_of(values, size=size))
    assert found.score[100, 2] > found.score[10, 2] + 3


def test_what_other_columns_do_in_the_same_place_excuses_a_change() -> None:
    rng = np.random.default_rng(4)
    pupils = np.round(np.exp(6 + rng.normal(size=(UNITS, 1)) + 0.1 * rng.normal(size=(UNITS, 6))))
    staff = np.round(pupils / 18 * np.exp(0.02 * rng.normal(size=(UNITS, 6))), 1)
    merged = pupils.copy(), staff.copy()
    for column in merged:
        column[4, 3] = np.round(column[4, 3] * 1.35)
    alone = suspicions(panel_of(merged[1]))
    beside = suspicions(panel_of(merged[1]), others=[merged[0]])
    assert beside.score[4, 3] < alone.score[4, 3] - 1


def test_what_lies_outside_the_possible_weighs_more() -> None:
    values = with_figure(percents(noise=9.0), 7, 3, 103.0)
    free, limited = suspicions(panel_of(values)), suspicions(panel_of(values), limits=(0.0, 100.0))
    assert limited.score[7, 3] > free.score[7, 3] + 3


def test_a_limit_that_many_break_is_not_believed() -> None:
    values = percents()
    found = suspicions(panel_of(values), limits=(0.0, float(np.median(values))))
    assert not found.flag.any()


def test_zeros_are_no_errors_where_many_are_zero() -> None:
    rng = np.random.default_rng(5)
    values = rng.poisson(1.0, size=(UNITS, 6)).astype(float)
    assert suspicions(panel_of(values)).flag.mean() < 0.01


def test_a_figure_with_decimals_that_nobody_types_is_a_better_tenth() -> None:
    values = percents(noise=14.0)
    round_one = suspicions(panel_of(with_figure(values, 7, 3, 4.5)))
    odd_one = suspicions(panel_of(with_figure(values, 7, 3, 4.53)))
    assert odd_one.score[7, 3] > round_one.score[7, 3] + 1


def test_a_long_figure_that_repeats_the_time_before_may_be_copied() -> None:
    rng = np.random.default_rng(8)
    values = np.round(np.exp(11 + rng.normal(size=(UNITS, 1)) + 0.2 * rng.normal(size=(UNITS, 6))))
    values[7, 3] = values[7, 2]
    found = suspicions(panel_of(values))
    assert first(found) == (7, 3)
    assert MECHANISMS[found.mechanism[7, 3]] is Mechanism.COPIED


def test_missing_figures_stay_missing() -> None:
    values = with_figure(percents(), 3, 2, np.nan)
    found = suspicions(panel_of(values))
    assert np.isnan(found.score[3, 2])
    assert np.isnan(found.expected[3, 2])
    assert found.mechanism[3, 2] == -1
    assert not found.flag[3, 2]
    assert np.isfinite(found.score).sum() == values.size - 1


def test_a_column_of_one_value_cannot_be_judged_and_leaves_the_others_alone() -> None:
    same = np.full((UNITS, 6), 4.0)
    assert not can_be_judged(same)
    with pytest.raises(ValueError, match="too few"):
        suspicions(panel_of(same))
    judged = suspicions_together({"a": percents(), "b": same}, panel_of(same), limits={})
    assert list(judged) == ["a"]


def test_a_long_panel_is_judged_in_windows() -> None:
    rng = np.random.default_rng(6)
    values = np.round(50 + 10 * rng.normal(size=(20, 1)) + rng.normal(size=(20, 130)), 1)
    values[3, 64], values[4, 129] = 500.0, 5.0
    found = suspicions(panel_of(values))
    assert found.flag[3, 64]
    assert found.flag[4, 129]
    assert found.flag.mean() < 0.005


def test_right_figures_are_hardly_ever_flagged() -> None:
    flags = [suspicions(panel_of(percents(seed=seed))).flag.mean() for seed in range(5)]
    assert np.mean(flags) < 0.002


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 10_000),
    st.integers(1, 9),
    st.integers(2, 30),
    st.floats(0, 0.6),
    st.sampled_from([1e-6, 1.0, 1e9]),
)
def test_whatever_the_figures_every_one_gets_odds_and_an_interval(
    seed: int, times: int, units: int, gone: float, size: float
) -> None:
    rng = np.random.default_rng(seed)
    values = size * np.round(rng.standard_t(2, size=(units, times)) * 3, 1)
    values[rng.random(values.shape) < gone] = np.nan
    if not can_be_judged(values):
        return
    found = suspicions(panel_of(values))
    seen = np.isfinite(values)
    for told in (found.score, found.expected, found.low, found.high):
        assert np.isfinite(told).tolist() == seen.tolist()
    assert ((found.probability[seen] >= 0) & (found.probability[seen] <= 1)).all()
    assert (found.low[seen] <= found.expected[seen]).all()
    assert (found.expected[seen] <= found.high[seen]).all()
    assert ((found.mechanism >= 0) == seen).all()


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 1000))
def test_the_order_of_units_changes_nothing(seed: int) -> None:
    values = with_figure(percents(), 7, 3, 467.0)
    order = np.random.default_rng(seed).permutation(UNITS)
    straight = suspicions(panel_of(values, regions=False)).score
    shuffled = suspicions(panel_of(values[order], regions=False)).score
    np.testing.assert_allclose(shuffled, straight[order], rtol=1e-6, atol=1e-6)
