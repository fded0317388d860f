from __future__ import annotations

import numpy as np
import pytest

from sanyan.core.warning.forecast_fit import Rows
from sanyan.core.warning.hindsight import belief

PULL, TOWARD = np.array([1.0]), np.array([0.0])


def rows_of(slopes: list[float], *, seed: int = 1, units: int = 2000) -> Rows:
    """One feature whose slope is another in every round, oldest first."""
    chance = np.random.default_rng(seed)
    feature = chance.normal(size=(len(slopes), units))
    change = feature * np.array(slopes)[:, None] + 0.3 * chance.normal(size=feature.shape)
    group = np.repeat(np.arange(len(slopes)), units).astype(float)
    return Rows(
        features=feature.reshape(-1, 1),
        swings=np.zeros((group.size, 1)),
        change=change.ravel() - np.median(change),
        spread=np.ones(group.size),
        age=group.max() - group,
        group=group,
    )


def test_forecasts_that_came_true_are_believed() -> None:
    assert belief(rows_of([-0.5, -0.5, -0.5, -0.5]), PULL, TOWARD) == pytest.approx((1.0, 1.0), abs=0.08)


def test_forecasts_that_went_only_half_the_way_are_believed_less() -> None:
    falls, rises = belief(rows_of([-1.0, -0.5]), PULL, TOWARD)
    assert 0.5 < falls < 0.75
    assert 0.5 < rises < 0.75


def test_few_cases_change_belief_little() -> None:
    falls, rises = belief(rows_of([-1.0, -0.5], units=20), PULL, TOWARD)
    assert min(falls, rises) > 0.75


def test_one_past_change_leaves_belief_whole() -> None:
    assert belief(rows_of([-0.5]), PULL, TOWARD) == (1.0, 1.0)


def test_changes_without_any_error_leave_belief_whole() -> None:
    rows = rows_of([0.0, 0.0])
    still = Rows(rows.features, rows.swings, np.zeros(rows.change.size), rows.spread, rows.age, rows.group)
    assert belief(still, PULL, TOWARD) == (1.0, 1.0)
