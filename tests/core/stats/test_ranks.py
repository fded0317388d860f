from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.stats.posteriors import Posterior
from sanyan.core.stats.ranks import rank_intervals
from sanyan.core.stats.shrinkage import shrink


@pytest.mark.parametrize(("n", "sd"), [(10, 1.0), (30, 0.3), (65, 1.0), (245, 0.5)])
def test_intervals_agree_with_ten_thousand_drawn_orders(n: int, sd: float) -> None:
    rng = np.random.default_rng(n)
    mean, spread = rng.normal(size=n), rng.uniform(0.5 * sd, 1.5 * sd, n)
    found = rank_intervals(Posterior(mean, spread))
    drawn = (-(rng.normal(size=(10_000, n)) * spread + mean)).argsort(axis=1).argsort(axis=1) + 1
    quantiles = np.quantile(drawn, [0.1, 0.9, 0.025, 0.975], axis=0, method="inverted_cdf")
    for bound, expected in zip((found.low80, found.high80, found.low95, found.high95), quantiles, strict=True):
        assert np.abs(bound - expected).mean() <= 1.0
        assert np.abs(bound - expected).max() <= max(2, 0.02 * n)
    np.testing.assert_allclose(found.rank, drawn.mean(axis=0), atol=max(0.2, 0.01 * n))
    p_top = (drawn <= found.top).mean(axis=0)
    assert np.abs(found.p_top - p_top).max() <= 0.05
    assert np.abs(found.p_top - p_top).mean() <= 0.01


@given(st.lists(st.tuples(st.floats(-100, 100), st.floats(0.01, 50)), min_size=2, max_size=40))
@settings(deadline=None)
def test_ranks_lie_within_the_order_and_bounds_within_bounds(units: list[tuple[float, float]]) -> None:
    n = len(units)
    found = rank_intervals(Posterior(np.array([mean for mean, _ in units]), np.array([sd for _, sd in units])))
    for bound in (found.rank, found.low80, found.high80, found.low95, found.high95):
        assert np.all((bound >= 1) & (bound <= n))
    assert np.all(found.low95 <= found.low80)
    assert np.all(found.low80 <= found.high80)
    assert np.all(found.high80 <= found.high95)
    assert np.all((found.p_top >= 0) & (found.p_top <= 1))
    assert found.rank.sum() == pytest.approx(n * (n + 1) / 2, rel=0.02)
    assert found.p_top.sum() == pytest.approx(found.top, abs=0.2 + 0.1 * found.top)


def test_sure_levels_give_the_plain_order() -> None:
    found = rank_intervals(Posterior(np.array([3.0, 9.0, 1.0, 5.0, 7.0]), np.full(5, 1e-3)))
    assert found.low95.tolist() == found.high95.tolist() == [4, 1, 5, 3, 2]
    np.testing.assert_allclose(found.p_top, [0, 1, 0, 0, 0], atol=1e-6)


def test_units_known_exactly_and_alike_share_their_rank() -> None:
    found = rank_intervals(Posterior(np.zeros(10), np.zeros(10)))
    np.testing.assert_allclose(found.rank, 5.5)
    assert np.ptp(found.p_top) == pytest.approx(0, abs=1e-9)


def test_units_of_which_nothing_is_known_have_no_rank() -> None:
    found = rank_intervals(Posterior(np.array([1.0, np.nan, 2.0]), np.array([0.1, 0.1, np.nan])))
    np.testing.assert_array_equal(found.rank, [1, np.nan, np.nan])
    empty = rank_intervals(Posterior(np.full(3, np.nan), np.full(3, np.nan)))
    assert np.isnan(empty.p_top).all()
    assert empty.top == 0


def test_rank_intervals_of_shrunken_units_hold_the_true_ranks_as_often_as_they_say() -> None:
    rng = np.random.default_rng(5)
    u, v = rng.normal(0, 1, (60, 40)), rng.uniform(0.1, 2, (60, 40))
    found = shrink(10 + u + rng.normal(size=(60, 40)) * np.sqrt(v), v, np.ones((40, 1)))
    true = (-u).argsort(axis=1).argsort(axis=1) + 1
    held = []
    for row in range(60):
        ranks = rank_intervals(Posterior(found.apart.mean[row], found.apart.sd[row]))
        held += list((ranks.low80 <= true[row]) & (true[row] <= ranks.high80))
    assert 0.77 <= np.mean(held) <= 0.88
