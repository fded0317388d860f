from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.evaluating.scores import (
    average_precision,
    brier,
    budget,
    calibration,
    calibration_error,
    coverage,
    interval_score,
    precision_at,
    recall_at,
)

NOTHING, NEVER = np.array([]), np.array([], dtype=bool)


def yes(*values: int) -> np.ndarray:
    return np.array(values, dtype=bool)


def test_coverage_counts_the_ends_as_inside() -> None:
    assert coverage(np.array([1.0, 2.0, 3.0, 4.0]), np.full(4, 2.0), np.full(4, 3.0)) == 0.5


def test_the_interval_score_is_width_plus_ten_times_what_lies_outside_80_percent() -> None:
    truth, low, high = np.array([5.0, 0.0, 12.0]), np.full(3, 2.0), np.full(3, 10.0)
    # widths 8, 8, 8; outside 0, 2, 2
    assert interval_score(truth, low, high, 0.8) == pytest.approx((8 + 28 + 28) / 3)
    assert interval_score(truth, low, high, 0.95) == pytest.approx((8 + 88 + 88) / 3)


def test_brier_by_hand() -> None:
    assert brier(np.array([0.8, 0.3]), yes(1, 0)) == pytest.approx((0.04 + 0.09) / 2)


def test_average_precision_by_hand() -> None:
    # ranked: hit, miss, hit, miss: (1/2)(1) + (1/2)(2/3)
    assert average_precision(np.array([0.9, 0.8, 0.7, 0.1]), yes(1, 0, 1, 0)) == pytest.approx(0.5 + 1 / 3)


def test_nothing_is_better_than_a_perfect_order() -> None:
    assert average_precision(np.arange(49.0)[::-1], np.arange(49) < 31) == 1


def test_equal_scores_are_one_step() -> None:
    assert average_precision(np.full(4, 0.5), yes(1, 0, 0, 0)) == pytest.approx(0.25)
    # two tied at the top hold one of two hits: recall 1/2 at precision 1/2, then the third: 1/2 at 2/3
    assert average_precision(np.array([0.9, 0.9, 0.2]), yes(1, 0, 1)) == pytest.approx(0.25 + 1 / 3)


def test_the_budget_is_a_share_of_the_cases_and_at_least_one() -> None:
    assert [budget(count, 0.1) for count in (1, 14, 16, 245)] == [1, 1, 2, 24]


def test_precision_and_recall_within_the_budget() -> None:
    score = np.arange(20.0)[::-1]
    happened = yes(1, 0, *[0] * 17, 1)
    assert precision_at(score, happened) == 0.5
    assert recall_at(score, happened) == 0.5


def test_calibration_by_hand() -> None:
    probability, happened = np.array([0.05, 0.05, 0.15, 1.0]), yes(0, 1, 0, 1)
    bins = calibration(probability, happened)
    assert [(held.count, held.happened) for held in bins if held.count] == [(2, 1), (1, 0), (1, 1)]
    assert bins[0].rate == 0.5
    assert math.isnan(bins[5].rate)
    assert calibration_error(probability, happened) == pytest.approx(0.5 * 0.45 + 0.25 * 0.15)


def test_levels_are_bins_with_edges_of_their_own() -> None:
    bins = calibration(np.array([0.1, 0.3, 0.6, 0.9]), yes(0, 0, 1, 1), np.array([0, 0.25, 0.5, 0.75, 1.0]))
    assert [(held.low, held.count, held.happened) for held in bins] == [
        (0, 1, 0),
        (0.25, 1, 0),
        (0.5, 1, 1),
        (0.75, 1, 1),
    ]


def test_nothing_scores_not_a_number() -> None:
    found = [
        coverage(NOTHING, NOTHING, NOTHING),
        interval_score(NOTHING, NOTHING, NOTHING, 0.8),
        brier(NOTHING, NEVER),
        average_precision(np.array([0.5]), yes(0)),
        precision_at(NOTHING, NEVER),
        recall_at(np.array([0.5]), yes(0)),
        calibration_error(NOTHING, NEVER),
    ]
    assert all(math.isnan(value) for value in found)


@given(st.lists(st.tuples(st.integers(0, 100), st.booleans()), min_size=1))
def test_scores_stay_in_their_range_and_a_perfect_ranking_scores_one(cases: list[tuple[int, bool]]) -> None:
    score, happened = np.array([case[0] / 100 for case in cases]), yes(*[case[1] for case in cases])
    assert 0 <= brier(score, happened) <= 1
    assert 0 <= calibration_error(score, happened) <= 1
    assert sum(held.count for held in calibration(score, happened)) == len(cases)
    if happened.any():
        assert 0 < average_precision(score, happened) <= 1
        assert average_precision(happened.astype(float), happened) == pytest.approx(1.0)
