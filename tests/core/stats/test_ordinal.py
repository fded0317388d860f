from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.comparison import compare
from sanyan.core.stats.design import context_design
from sanyan.core.stats.ordinal import level_observations, p_above_peers, ridits, shares_at_or_above, superiority
from sanyan.core.stats.sampling_noise import Noise, Scale

levels = st.lists(st.integers(0, 30), min_size=5, max_size=5).filter(any)


def test_bross_own_example_of_ridits() -> None:
    """Half of the class and all below it, over the whole: for counts 10, 20, 10 these are 1/8, 1/2, 7/8."""
    np.testing.assert_allclose(ridits(np.array([10.0, 20, 10])), [0.125, 0.5, 0.875])


@given(levels)
def test_the_mean_ridit_of_peers_among_themselves_is_a_half(counts: list[int]) -> None:
    held = np.array(counts, float)
    assert held @ ridits(held) / held.sum() == pytest.approx(0.5)


def test_shares_at_or_above_begin_with_all() -> None:
    np.testing.assert_allclose(shares_at_or_above(np.array([[1.0, 1, 2], [0, 0, 0]])), [[1, 0.75, 0.5], [np.nan] * 3])


@given(levels, levels)
@settings(deadline=None)
def test_superiority_is_the_mann_whitney_statistic_and_turns_with_the_groups(one: list[int], two: list[int]) -> None:
    ours, theirs = np.array(one, float), np.array(two, float)
    found, turned = superiority(ours, theirs), superiority(theirs, ours)
    a, b = np.repeat(np.arange(5), one), np.repeat(np.arange(5), two)
    plain = np.mean((a[:, None] > b[None, :]) + 0.5 * (a[:, None] == b[None, :]))
    assert found.estimate == pytest.approx(plain)
    assert 0 <= found.low <= found.estimate + 1e-9
    assert found.estimate - 1e-9 <= found.high <= 1
    assert (turned.low, turned.high) == pytest.approx((1 - found.high, 1 - found.low), abs=1e-6)


def test_superiority_of_the_wholly_better_is_not_certain() -> None:
    found = superiority(np.array([0.0, 0, 0, 0, 3]), np.array([4.0, 0, 0, 0, 0]), confidence=0.95)
    assert found.estimate == 1.0
    assert 0.4 < found.low < 0.9


def test_the_interval_holds_the_true_superiority_as_often_as_it_says() -> None:
    rng = np.random.default_rng(1)
    p, q = np.array([0.1, 0.2, 0.3, 0.25, 0.15]), np.array([0.25, 0.3, 0.2, 0.15, 0.1])
    true = float(p @ ridits(q * 1000))
    held = []
    for _ in range(600):
        found = superiority(rng.multinomial(12, p).astype(float), rng.multinomial(30, q).astype(float), confidence=0.8)
        held.append(found.low <= true <= found.high)
    assert 0.77 <= np.mean(held) <= 0.9


def test_few_levels_move_the_probability_a_little_and_many_move_it_far() -> None:
    peers = np.array([20.0, 60, 100, 50, 15])
    own = np.array([[0.0, 0, 0, 0, 0], [0, 0, 0, 0, 1], [0, 0, 0, 0, 6], [1, 0, 0, 0, 0], [0, 0, 1, 0, 0]])
    none, one, six, low, middle = p_above_peers(own, peers)
    assert none == pytest.approx(0.5, abs=0.05)
    assert 0.6 < one < 0.95
    assert six > 0.97
    assert low < 0.4
    assert middle == pytest.approx(0.5, abs=0.1)


def test_the_beta_form_agrees_with_draws_from_the_dirichlet() -> None:
    peers, own = np.array([20.0, 60, 100, 50, 15]), np.array([0.0, 1, 0, 2, 1])
    drawn = np.random.default_rng(1).dirichlet(2.0 * peers / peers.sum() + own, 200_000) @ ridits(peers)
    assert p_above_peers(own, peers)[0] == pytest.approx(np.mean(drawn > 0.5), abs=0.02)


def test_where_all_are_on_one_level_nobody_stands_above() -> None:
    assert p_above_peers(np.array([0.0, 3, 0]), np.array([0.0, 40, 0]))[0] == 0.5


def test_levels_over_several_occasions_are_compared_past_the_shift_of_all() -> None:
    rng = np.random.default_rng(1)
    own = rng.normal(0, 0.7, 120)
    own[0] = 3
    held = np.array([np.clip(np.round(3 + shift + own + rng.normal(0, 0.7, 120)), 1, 5) for shift in (-1, 0, 0.5, 1)])
    held[:, 5] = np.nan
    held[1:, 6] = np.nan
    observed = level_observations(held)
    assert (observed.scale, observed.noise) == (Scale.RIDIT, Noise.ROUNDS)
    assert observed.variances[6] == pytest.approx(4 * observed.variances[7])
    assert [(note.code, note.count) for note in observed.notes] == [("figure-missing", 1)]
    (found,) = compare([observed], context_design(np.empty((120, 0)), []))
    assert found.p_better[0] > 0.95
    assert abs(found.effect[6]) < 0.5
    assert np.isnan(found.p_better[5])
    (turned,) = compare([level_observations(held, direction=Direction.LOWER)], context_design(np.empty((120, 0)), []))
    assert turned.p_better[0] < 0.05


def test_one_occasion_alone_tells_no_noise() -> None:
    observed = level_observations(np.array([[1.0, 2, 3, 4, 5]]))
    assert observed.noise is Noise.UNKNOWN
    assert [note.code for note in observed.notes] == ["noise-unknown"]
    assert level_observations(np.full((2, 4), np.nan)).noise is Noise.UNKNOWN


def test_what_is_no_count_or_of_another_scale_is_refused() -> None:
    with pytest.raises(ValueError, match="some peers"):
        ridits(np.zeros(5))
    with pytest.raises(ValueError, match="negative"):
        shares_at_or_above(np.array([1.0, -1]))
    with pytest.raises(ValueError, match="one scale"):
        superiority(np.ones(5), np.ones(4))
    with pytest.raises(ValueError, match="one scale"):
        p_above_peers(np.ones((2, 5)), np.ones(4))
