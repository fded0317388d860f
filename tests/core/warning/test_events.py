from __future__ import annotations

import numpy as np
import pytest

from sanyan.core.indicators.definitions import Direction
from sanyan.core.warning.events import adverse_quartile, meets, own_changes, relative_drops, sign_of, usual_swing

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER


def test_the_target_is_the_adverse_quartile_of_what_is_known() -> None:
    values = np.array([1.0, 2.0, 3.0, 4.0, 5.0, np.nan])
    assert adverse_quartile(values, HIGHER) == 2.0
    assert adverse_quartile(values, LOWER) == 4.0
    assert np.isnan(adverse_quartile(np.array([np.nan]), HIGHER))


def test_a_value_at_the_target_meets_it_and_a_missing_one_does_not() -> None:
    values = np.array([1.0, 2.0, 3.0, np.nan])
    assert meets(values, 2.0, HIGHER).tolist() == [False, True, True, False]
    assert meets(values, 2.0, LOWER).tolist() == [True, True, False, False]


def test_own_changes_leave_out_what_all_share() -> None:
    values = np.array([[1.0, 11.0], [2.0, 13.0], [3.0, 12.0]])
    assert own_changes(values)[:, 0].tolist() == [0.0, 1.0, -1.0]
    assert usual_swing(values) == pytest.approx(1.0)
    assert np.isnan(usual_swing(values[:, :1]))


def test_a_relative_drop_is_measured_against_the_median_change() -> None:
    last, now = np.array([10.0, 10, 10, 10, np.nan]), np.array([12.0, 12, 12, 9, 1])
    assert relative_drops(last, now, 3.0, HIGHER).tolist() == [False, False, False, True, False]
    assert relative_drops(last, now, 3.0, LOWER).tolist() == [False] * 5


def test_nothing_happens_to_what_is_not_judged() -> None:
    with pytest.raises(ValueError, match="not judged"):
        sign_of(Direction.NONE)
