from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.stats.differences import newcombe, paired_change, welch


def test_newcombe_agrees_with_his_printed_example() -> None:
    found = newcombe((56, 70), (48, 80))
    assert (found.estimate, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=5e-5)


def test_the_paired_interval_agrees_with_his_printed_example() -> None:
    found = paired_change(36, 2, 12, 0)
    assert (found.estimate, found.low, found.high) == pytest.approx((0.2, 0.0569, 0.3404), abs=5e-5)


@given(st.integers(0, 30), st.integers(0, 30), st.integers(0, 30), st.integers(1, 30))
def test_a_change_lies_in_its_interval_and_turns_with_time(both: int, lost: int, gained: int, neither: int) -> None:
    one, turned = paired_change(both, lost, gained, neither), paired_change(both, gained, lost, neither)
    assert -1 <= one.low <= one.estimate <= one.high <= 1
    assert one.low == pytest.approx(-turned.high)


def test_a_change_among_no_areas_is_refused() -> None:
    with pytest.raises(ValueError, match="no area"):
        paired_change(0, 0, 0, 0)


def test_means_without_spread_differ_surely() -> None:
    found = welch(np.full(5, 3.0), np.full(4, 1.0))
    assert (found.low, found.estimate, found.high) == (2.0, 2.0, 2.0)
