from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.stats.design import context_design
from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.shrinkage import shrink

COACHING = np.array([[28.0, 8, -3, 7, -1, 1, 18, 12]])
COACHING_SE = np.array([[15.0, 10, 16, 11, 9, 11, 10, 18]])


def world(
    seed: int, *, m: int = 6, n: int = 60, tau: float = 1.0
) -> tuple[FloatArray, FloatArray, FloatArray, FloatArray]:
    rng = np.random.default_rng(seed)
    design = np.column_stack([np.ones(n), rng.normal(size=(n, 2))])
    v = rng.uniform(0.05, 2, (m, n))
    u = rng.normal(0, tau, (m, n))
    return design @ [1.0, 0.5, 0.0] + u + rng.normal(size=(m, n)) * np.sqrt(v), v, design, u


def test_eight_schools_come_out_as_they_are_known_to() -> None:
    """Rubin (1981); Gelman et al., Bayesian Data Analysis, 3rd ed., section 5.5: flat prior on tau, REML at zero."""
    found = shrink(COACHING, COACHING_SE**2, np.ones((8, 1)))
    np.testing.assert_allclose(found.level.mean[0], [11.4, 7.9, 6.1, 7.6, 5.1, 6.1, 10.7, 8.5], atol=0.1)
    np.testing.assert_allclose(found.level.sd[0], [8.3, 6.3, 7.8, 6.5, 6.4, 6.7, 6.8, 7.9], atol=0.1)
    assert found.tau2[0] == 0.0
    assert found.tau.mean[0] == pytest.approx(6.6, abs=0.2)
    assert found.beta.mean[0, 0] == pytest.approx(7.9, abs=0.1)


def test_the_average_over_tau_agrees_with_a_plain_sum_over_a_long_grid() -> None:
    y, v, design, _ = world(3, m=1, n=15, tau=0.4)
    found = shrink(y, v, design)
    weights, means, squares = [], [], []
    for tau in np.linspace(0, 8, 4001):
        w = np.diag(1 / (tau**2 + v[0]))
        spread = np.linalg.inv(design.T @ w @ design)
        beta = spread @ design.T @ w @ y[0]
        left = y[0] - design @ beta
        share = tau**2 / (tau**2 + v[0])
        around = np.einsum("jk,kl,jl->j", design, spread, design)
        weights.append(0.5 * (np.log(np.diag(w)).sum() + np.linalg.slogdet(spread)[1] - left @ w @ left))
        means.append(share * left)
        squares.append(share * v[0] + share**2 * around + (share * left) ** 2)
    p = np.exp(np.array(weights) - max(weights))
    p /= p.sum()
    mean = p @ np.array(means)
    np.testing.assert_allclose(found.effect.mean[0], mean, atol=0.01)
    np.testing.assert_allclose(found.effect.sd[0], np.sqrt(p @ np.array(squares) - mean**2), atol=0.01)


def test_how_far_units_lie_apart_is_surer_than_each_effect_where_few_say_where_all_lie() -> None:
    found = shrink(np.arange(8.0)[None, :] * 5, np.full((1, 8), 0.1), np.ones((8, 1)))
    assert np.all(found.effect.sd > 2)
    assert np.all(found.apart.sd < 0.4)
    np.testing.assert_allclose(found.apart.mean.sum(), 0, atol=1e-9)


@pytest.mark.parametrize("tau", [0.0, 0.3, 1.0])
def test_intervals_hold_the_true_effects_as_often_as_they_say(tau: float) -> None:
    y, v, design, u = world(7, m=150, n=30, tau=tau)
    low, high = shrink(y, v, design).effect.interval(0.8)
    share = float(((low <= u) & (u <= high)).mean())
    assert 0.77 <= share <= (1.0 if tau == 0 else 0.9)


def test_an_effect_is_nearer_to_the_truth_than_the_raw_distance_is() -> None:
    y, v, design, u = world(9, m=40)
    found = shrink(y, v, design)
    assert np.mean((found.effect.mean - u) ** 2) < 0.8 * np.mean((y - found.expected.mean - u) ** 2)
    assert np.all(np.abs(found.effect.mean) <= np.abs(y - found.expected.mean) + 0.2)


@given(st.integers(0, 10_000), st.floats(-1e5, 1e5), st.floats(1e-4, 1e5))
@settings(max_examples=20, deadline=None)
def test_another_unit_of_measure_changes_nothing_else(seed: int, shift: float, by: float) -> None:
    y, v, design, _ = world(seed, m=2, n=20)
    one, other = shrink(y, v, design), shrink(shift + by * y, by**2 * v, design)
    np.testing.assert_allclose(other.effect.mean, by * one.effect.mean, rtol=1e-4, atol=1e-4 * by)
    np.testing.assert_allclose(other.effect.sd, by * one.effect.sd, rtol=1e-4, atol=1e-4 * by)
    np.testing.assert_allclose(other.weight, one.weight, atol=1e-4)


def test_indicators_fitted_together_come_out_as_each_alone() -> None:
    y, v, design, _ = world(1, m=5)
    y[1, :20] = np.nan
    together = shrink(y, v, design)
    for row in range(5):
        alone = shrink(y[row], v[row], design)
        np.testing.assert_allclose(together.effect.mean[row], alone.effect.mean[0], atol=1e-9)
        np.testing.assert_allclose(together.effect.sd[row], alone.effect.sd[0], atol=1e-9)


def test_a_unit_without_a_figure_stays_without_one_and_changes_nothing() -> None:
    y, v, design, _ = world(2, m=1)
    y[0, 3] = np.nan
    found, without = shrink(y, v, design), shrink(np.delete(y, 3, 1), np.delete(v, 3, 1), np.delete(design, 3, 0))
    assert np.isnan(found.effect.mean[0, 3])
    assert found.used[0] == 59
    np.testing.assert_allclose(np.delete(found.effect.mean[0], 3), without.effect.mean[0], atol=1e-9)


def test_a_column_that_is_constant_among_an_indicators_units_is_left_out_for_it_alone() -> None:
    y, v, design, _ = world(4, m=2)
    design[:, 2] = np.repeat([-1.0, 1.0], 30)
    y[1, 30:] = np.nan
    found = shrink(y, v, design)
    assert found.columns.tolist() == [[True, True, True], [True, True, False]]
    np.testing.assert_allclose(found.effect.mean[1, :30], shrink(y[1, :30], v[1, :30], design[:30, :2]).effect.mean[0])


def test_too_few_units_use_no_context_and_fewer_still_are_not_compared() -> None:
    y, v, design, _ = world(4, m=2, n=5)
    y[1, 3:] = np.nan
    found = shrink(y, v, design)
    assert found.columns.tolist() == [[True, False, False], [False, False, False]]
    assert np.isfinite(found.effect.mean[0]).all()
    assert np.isnan(found.effect.mean[1]).all()
    assert np.isnan(found.tau2[1])


def test_figures_that_are_all_alike_have_no_effect() -> None:
    found = shrink(np.full((1, 10), 100.0), np.full((1, 10), 0.5), np.ones((10, 1)))
    np.testing.assert_allclose(found.effect.mean, 0, atol=1e-9)
    np.testing.assert_allclose(found.level.mean, 100)
    assert np.isfinite(shrink(np.zeros((1, 10)), np.zeros((1, 10)), np.ones((10, 1))).level.mean).all()


def test_what_is_no_variance_or_of_another_shape_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        shrink(COACHING, -COACHING_SE, np.ones((8, 1)))
    with pytest.raises(ValueError, match="units"):
        shrink(COACHING, COACHING_SE, np.ones((7, 1)))


def test_context_is_made_ready_and_what_is_left_out_is_told() -> None:
    rng = np.random.default_rng(0)
    size = rng.normal(1000, 100, 40)
    some = np.where(np.arange(40) < 4, np.nan, rng.normal(size=40))
    few = np.where(np.arange(40) < 30, np.nan, 1.0)
    made = context_design(np.column_stack([size, np.full(40, 3.0), some, few, 2 * size + 5]), ["a", "b", "c", "d", "e"])
    assert made.columns == ("intercept", "a", "c", "c: missing")
    np.testing.assert_allclose(made.matrix[:, 1:].mean(axis=0), 0, atol=1e-12)
    np.testing.assert_allclose(made.matrix[:, 1:].std(axis=0), 1)
    assert [(note.code, note.count) for note in made.notes] == [
        ("context-left-out", 1),
        ("context-filled", 4),
        ("context-left-out", 1),
        ("context-left-out", 1),
    ]
    assert context_design(np.empty((3, 0)), []).columns == ("intercept",)
