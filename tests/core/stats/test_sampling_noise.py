from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.sampling_noise import Noise, Observations, Scale, means, overdispersion, plain, rates, shares


@pytest.mark.parametrize(("p", "n"), [(0.5, 20), (0.1, 50), (0.02, 400), (0.9, 1000)])
def test_the_variance_of_a_share_is_what_draws_show(p: float, n: int) -> None:
    drawn = np.random.default_rng(1).binomial(n, p, 40_000).astype(float)
    found = shares(drawn, np.full(40_000, float(n)))
    assert found.values.var() == pytest.approx(found.variances[0], rel=0.08)
    assert float(found.to_unit(np.array([found.values.mean()]))[0]) == pytest.approx(100 * p, abs=1.0)


@pytest.mark.parametrize("mean", [2.0, 10.0, 300.0])
def test_the_variance_of_a_rate_is_what_draws_show(mean: float) -> None:
    found = rates(np.random.default_rng(1).poisson(mean, 40_000).astype(float), np.full(40_000, 1000.0))
    assert found.values.var() == pytest.approx(found.variances[0], rel=0.12)


@given(st.integers(1, 100_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_a_share_comes_back_nearly_as_it_went_and_always_within_its_bounds(pair: tuple[int, int]) -> None:
    x, n = pair
    found = shares(np.array([float(x)]), np.array([float(n)]))
    back = float(found.to_unit(found.values)[0])
    assert 0 <= back <= 100
    assert abs(back - 100 * x / n) <= 100 * 0.375 / (n + 0.75) + 1e-9
    assert np.isfinite(found.variances[0])


@given(st.lists(st.floats(-3, 3), min_size=2, max_size=20))
def test_the_way_back_keeps_the_order(values: list[float]) -> None:
    ordered = np.sort(np.array(values))
    nothing = np.full(1, 1.0)
    for found in (shares(nothing, nothing), rates(nothing, nothing), plain(ordered)):
        assert np.all(np.diff(found.to_unit(ordered)) >= 0)


def test_figures_that_cannot_be_are_left_out_and_counted() -> None:
    nan = np.nan
    found = shares(np.array([5.0, 7, -1, 0, nan]), np.array([10.0, 6, 5, 0, 4]), direction=Direction.LOWER)
    assert np.isfinite(found.values).tolist() == [True, False, False, False, False]
    assert [(note.code, note.count) for note in found.notes] == [("figure-impossible", 3), ("figure-missing", 1)]
    assert np.isnan(found.n[1:]).all()
    assert rates(np.array([7.0]), np.array([6.0])).notes == ()


def test_clustered_cases_make_a_share_less_sure() -> None:
    one, two = np.array([50.0]), np.array([100.0])
    assert shares(one, two, swing=2).variances == 2 * shares(one, two).variances
    with pytest.raises(ValueError, match="1 or more"):
        shares(one, two, swing=0.5)


@pytest.mark.parametrize("tau", [0.0, 2.0])
def test_the_noise_of_means_is_learnt_from_how_it_falls_with_number(tau: float) -> None:
    learnt = []
    for seed in range(40):
        rng = np.random.default_rng(seed)
        n = np.exp(rng.uniform(1.5, 6, 245))
        y = 50 + rng.normal(0, tau, 245) + rng.normal(size=245) * 10 / np.sqrt(n)
        y[:3] += 60
        found = means(y, n)
        assert found.noise is Noise.NUMBER
        learnt.append(found.unit_noise)
    assert np.median(learnt) == pytest.approx(100, rel=0.2)


def test_the_noise_of_means_is_unknown_where_it_cannot_be_seen() -> None:
    n = np.linspace(10, 500, 100)
    growing = means(np.sqrt(n) * np.tile([-1.0, 1.0], 50), n)
    assert growing.noise is Noise.UNKNOWN
    assert np.isnan(growing.variances).all()
    assert [note.code for note in growing.notes] == ["noise-unknown"]
    assert means(np.arange(5.0), np.arange(1.0, 6)).noise is Noise.UNKNOWN
    assert means(np.arange(20.0), np.full(20, 30.0)).noise is Noise.UNKNOWN
    given_sd = means(np.arange(5.0), np.arange(1.0, 6), within_sd=3)
    assert given_sd.noise is Noise.GIVEN
    np.testing.assert_allclose(given_sd.variances, 9 / np.arange(1.0, 6))
    with pytest.raises(ValueError, match="positive"):
        means(np.arange(5.0), np.arange(1.0, 6), within_sd=0)


@pytest.mark.parametrize("swing", [1.0, 4.0])
def test_how_far_shares_swing_is_learnt_from_rounds_past_the_shift_of_all(swing: float) -> None:
    rng = np.random.default_rng(3)
    n = rng.integers(50, 500, 400)
    level = rng.uniform(0.4, 0.9, 400)
    rounds = []
    for shift in (0.0, 0.05, -0.1, 0.0):
        p = np.sin(np.arcsin(np.sqrt(level)) + shift + rng.normal(size=400) * np.sqrt((swing - 1) / 4 / n)) ** 2
        rounds.append(shares(rng.binomial(n, p).astype(float), n.astype(float)))
    assert overdispersion(rounds) == pytest.approx(swing, rel=0.2)
    assert overdispersion(rounds[:1]) == 1.0


def test_plain_numbers_learn_their_noise_from_earlier_rounds_past_the_shift_of_all() -> None:
    rng = np.random.default_rng(1)
    level = rng.normal(0, 10, 245)
    rounds = np.array([level + shift + rng.normal(size=245) for shift in (0, 50, -20, 5)])
    found = plain(rounds[-1], earlier=rounds[:-1])
    assert found.noise is Noise.ROUNDS
    assert found.variances[0] == pytest.approx(1.0, rel=0.25)


def test_plain_numbers_alone_have_no_known_noise() -> None:
    for found in (plain(np.arange(9.0)), plain(np.arange(9.0), earlier=np.arange(9.0)[None, :])):
        assert isinstance(found, Observations)
        assert (found.noise, found.scale) == (Noise.UNKNOWN, Scale.PLAIN)
        assert np.isnan(found.variances).all()


def test_both_columns_must_be_of_the_same_units() -> None:
    with pytest.raises(ValueError, match="one value a unit"):
        shares(np.ones(3), np.ones(4))
