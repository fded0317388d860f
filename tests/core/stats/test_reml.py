from __future__ import annotations

import csv
import os
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.errors import BadInputError
from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.reml import RandomIntercept, fit_random_intercept


def made(seed: int, *, groups: int = 12, tau: float = 0.7) -> tuple[FloatArray, FloatArray, np.ndarray]:
    rng = np.random.default_rng(seed)
    group = np.repeat(np.arange(groups), rng.integers(1, 9, groups))
    x = np.column_stack([np.ones(len(group)), rng.normal(size=len(group))])
    return x @ [2.0, 0.5] + rng.normal(0, tau, groups)[group] + rng.normal(size=len(group)), x, group


def whole_likelihood(y: FloatArray, x: FloatArray, group: np.ndarray, tau2: float, sigma2: float) -> float:
    """The restricted log likelihood from the full covariance of all rows: nothing profiled, nothing summed."""
    cov = sigma2 * np.eye(len(y)) + tau2 * (group[:, None] == group[None, :])
    inverse = np.linalg.inv(cov)
    inner = x.T @ inverse @ x
    left = y - x @ np.linalg.solve(inner, x.T @ inverse @ y)
    return -0.5 * float(np.linalg.slogdet(cov)[1] + np.linalg.slogdet(inner)[1] + left @ inverse @ left)


def test_london_gives_the_published_components() -> None:
    """Goldstein et al. (1993); Exam data of mlmRev: 65 schools, normexam on standLRT."""
    folder = Path(os.environ.get("SANYAN_EVAL_DATA", ""))
    path = next(
        (held for held in (folder / "london_exam_va.csv", folder / "panels/london_exam_va.csv") if held.is_file()), None
    )
    if path is None:
        pytest.skip("SANYAN_EVAL_DATA names no folder with london_exam_va.csv")
    with path.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    names = sorted({row["school"] for row in rows})
    y, x = (np.array([float(row[name]) for row in rows]) for name in ("normexam", "standLRT"))
    fit = fit_random_intercept(y, np.column_stack([np.ones(len(x)), x]), [names.index(row["school"]) for row in rows])
    assert fit.tau2 == pytest.approx(0.0938, abs=5e-4)
    assert fit.sigma2 == pytest.approx(0.5659, abs=5e-4)
    assert fit.beta[1] == pytest.approx(0.563, abs=5e-4)
    assert len(fit.n) == 65


@given(st.integers(0, 10_000), st.sampled_from([0.0, 0.3, 2.0]))
@settings(max_examples=25, deadline=None)
def test_no_other_components_are_more_likely(seed: int, tau: float) -> None:
    y, x, group = made(seed, tau=tau)
    fit = fit_random_intercept(y, x, group)
    best = whole_likelihood(y, x, group, fit.tau2, fit.sigma2)
    for tau2 in (0.0, fit.tau2 * 0.9, fit.tau2 * 1.1, fit.tau2 + 0.01):
        for sigma2 in (fit.sigma2 * 0.95, fit.sigma2, fit.sigma2 * 1.05):
            assert whole_likelihood(y, x, group, tau2, sigma2) <= best + 1e-6


def test_effects_and_their_errors_solve_the_mixed_model_equations() -> None:
    """Henderson (1975), Biometrics 31:423-47: the inverse of the joint equations holds the prediction errors."""
    y, x, group = made(5, groups=200)
    fit = fit_random_intercept(y, x, group)
    z = (group[:, None] == np.arange(200)[None, :]).astype(float)
    joint = np.block([[x.T @ x, x.T @ z], [z.T @ x, z.T @ z + np.eye(200) * fit.sigma2 / fit.tau2]])
    solved = np.linalg.solve(joint, np.concatenate([x.T @ y, z.T @ y]))
    errors = np.sqrt(np.diag(np.linalg.inv(joint)) * fit.sigma2)
    np.testing.assert_allclose(fit.beta, solved[:2], atol=1e-8)
    np.testing.assert_allclose(fit.beta_se, errors[:2], atol=1e-8)
    np.testing.assert_allclose(fit.effects.mean, solved[2:], atol=1e-8)
    # the ratio's own uncertainty comes on top, and is small with 200 groups
    assert np.all(fit.effects.sd > errors[2:] * 0.97)
    assert np.all(fit.effects.sd < errors[2:] * 1.1)
    covariance = np.linalg.inv(joint)[2:, 2:] * fit.sigma2
    centring = np.eye(200) - 1 / 200
    apart = np.sqrt(np.diag(centring @ covariance @ centring))
    np.testing.assert_allclose(fit.apart.sd, apart, rtol=0.1)


def test_what_all_groups_share_is_no_part_of_how_far_apart_they_are() -> None:
    group = np.repeat(np.arange(8), 12)
    y = 2.0 * group + np.random.default_rng(1).normal(size=96)
    fit = fit_random_intercept(y, np.ones((96, 1)), group)
    assert np.all(fit.effects.sd > 1.0)
    assert np.all(fit.apart.sd < 0.4)


@given(st.integers(0, 10_000), st.floats(-1e6, 1e6), st.floats(1e-3, 1e6))
@settings(max_examples=20, deadline=None)
def test_moving_and_stretching_the_outcome_moves_and_stretches_the_answer(seed: int, shift: float, by: float) -> None:
    y, x, group = made(seed)
    once, again = fit_random_intercept(y, x, group), fit_random_intercept(shift + by * y, x, group)
    np.testing.assert_allclose(again.effects.mean, by * once.effects.mean, rtol=1e-3, atol=1e-3 * by)
    assert again.beta[1] == pytest.approx(by * once.beta[1], rel=1e-3, abs=1e-3 * by)
    assert again.tau2 == pytest.approx(by**2 * once.tau2, rel=1e-2, abs=1e-3 * by**2)


def test_groups_that_are_alike_have_no_effect_but_are_not_sure_of_it() -> None:
    rng = np.random.default_rng(0)
    y = np.tile(rng.normal(size=20), 10)
    fit = fit_random_intercept(y, np.ones((200, 1)), np.repeat(np.arange(10), 20))
    assert fit.tau2 == 0.0
    assert fit.icc == 0.0
    assert np.all(fit.effects.mean == 0)
    assert np.all(fit.effects.sd > 0.02)


def test_intervals_hold_the_true_effects_as_often_as_they_say() -> None:
    held = []
    for seed in range(120):
        rng = np.random.default_rng(seed)
        group = np.repeat(np.arange(8), 6)
        true = rng.normal(0, 0.3, 8)
        fit = fit_random_intercept(true[group] + rng.normal(size=48), np.ones((48, 1)), group)
        low, high = fit.effects.interval(0.8)
        held += list((low <= true) & (true <= high))
    assert 0.76 <= np.mean(held) <= 0.93


def test_columns_that_say_nothing_new_are_left_out_and_named() -> None:
    y, x, group = made(1)
    more = np.column_stack([x, np.full(len(y), 7.0), 3 * x[:, 1] - 2, x[:, 1] ** 2])
    plain = fit_random_intercept(y, np.column_stack([x, x[:, 1] ** 2]), group)
    fit = fit_random_intercept(y, more, group)
    assert fit.dropped == (2, 3)
    assert np.isnan(fit.beta[[2, 3]]).all()
    np.testing.assert_allclose(fit.beta[[0, 1, 4]], plain.beta, atol=1e-9)


def test_columns_far_from_zero_and_of_unlike_size_do_no_harm() -> None:
    y, x, group = made(2)
    far = np.column_stack([np.ones(len(y)), 2568 + x[:, 1] * 1e-3, 1e9 * x[:, 1] ** 2])
    near = np.column_stack([np.ones(len(y)), x[:, 1], x[:, 1] ** 2])
    one, other = fit_random_intercept(y, far, group), fit_random_intercept(y, near, group)
    assert one.tau2 == pytest.approx(other.tau2, rel=1e-6)
    assert one.beta[1] * 1e-3 == pytest.approx(other.beta[1], rel=1e-6)


def fit_of(y: list[float], group: list[int]) -> RandomIntercept:
    return fit_random_intercept(np.array(y), np.ones((len(y), 1)), group)


@pytest.mark.parametrize(
    ("y", "group", "code"),
    [
        ([1.0, 2.0, 3.0], [0, 0, 0], "compare-one-group"),
        ([1.0, 2.0, 3.0], [0, 1, 2], "compare-no-repeats"),
        ([5.0, 5.0, 5.0, 5.0], [0, 0, 1, 1], "compare-no-variation"),
        ([1.0, 2.0], [0, 1], "compare-no-repeats"),
    ],
)
def test_what_cannot_be_compared_is_said(y: list[float], group: list[int], code: str) -> None:
    with pytest.raises(BadInputError) as error:
        fit_of(y, group)
    assert error.value.code == code


def test_two_groups_are_enough_and_groups_of_one_take_part() -> None:
    assert fit_of([1.0, 2.0, 5.0, 6.0], [0, 0, 1, 1]).effects.mean[1] > 0
    assert list(fit_of([1.0, 2.0, 5.0, 6.0, 9.0], [0, 0, 1, 1, 2]).n) == [2, 2, 1]


def test_context_of_groups_needs_more_groups_than_it_has_columns() -> None:
    y, _, group = made(3, groups=3)
    of_groups = np.column_stack([np.ones(len(y)), np.array([1.0, 2, 4])[group]])
    assert fit_random_intercept(y, of_groups, group).tau2 >= 0
    with pytest.raises(BadInputError, match="compare-few-groups"):
        fit_random_intercept(y, np.column_stack([of_groups, np.array([0.0, 5, 1])[group]]), group)


def test_missing_values_are_refused() -> None:
    with pytest.raises(ValueError, match="missing"):
        fit_of([1.0, float("nan"), 2.0], [0, 0, 1])
