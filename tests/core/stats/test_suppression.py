from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.stats.suppression import Visibility, visibilities, visibility, with_complements


@pytest.mark.parametrize(
    ("n", "state"),
    [
        (0, Visibility.HIDDEN),
        (4, Visibility.HIDDEN),
        (5, Visibility.GREYED),
        (9, Visibility.GREYED),
        (10, Visibility.SHOWN),
        (None, Visibility.SHOWN),
        (math.nan, Visibility.SHOWN),
    ],
)
def test_few_cases_are_hidden_or_greyed(n: float | None, state: Visibility) -> None:
    assert visibility(n) is state


def test_many_are_told_at_once() -> None:
    assert visibilities(np.array([4.0, 5.0, 10.0])) == (Visibility.HIDDEN, Visibility.GREYED, Visibility.SHOWN)


def test_a_negative_number_of_cases_is_refused() -> None:
    with pytest.raises(ValueError, match="cases"):
        visibility(-1)
    with pytest.raises(ValueError, match="cases"):
        with_complements(np.array([-1.0]))


def test_one_hidden_part_takes_the_smallest_other_with_it() -> None:
    assert with_complements(np.array([3.0, 40, 12, 0])).tolist() == [True, False, True, False]
    assert with_complements(np.array([3.0, 2, 12])).tolist() == [True, True, False]
    assert with_complements(np.array([30.0, 20, 12])).tolist() == [False, False, False]
    assert with_complements(np.array([3.0, 0, 0])).tolist() == [True, False, False]


@given(st.lists(st.integers(0, 50), max_size=12))
def test_no_hidden_part_of_several_can_be_worked_out(counts: list[int]) -> None:
    hidden = with_complements(np.array(counts, dtype=float))
    assert all(held for count, held in zip(counts, hidden, strict=True) if 0 < count < 5)
    assert hidden.sum() != 1 or sum(count > 0 for count in counts) == 1
