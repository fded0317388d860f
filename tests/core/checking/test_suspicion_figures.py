from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.checking.suspicion_figures import Slip, decimals_of, formats_of, typed, usual_decimals


def meant(slips: list[Slip], figure: int = 0) -> list[float]:
    return sorted(round(float(slip.meant[figure]), 6) for slip in slips if np.isfinite(slip.log_share[figure]))


def test_decimals_are_those_that_were_typed_even_in_single_precision() -> None:
    assert decimals_of(np.array([28.799999237060547, 28.0, 2.88, 0.123456])).tolist() == [1, 0, 2, 3]


def test_the_usual_decimals_are_those_of_nearly_all() -> None:
    assert usual_decimals(np.array([1.5] * 95 + [1.234] * 5)) == 1
    assert usual_decimals(np.array([10.0, 20.0])) == 0


def test_all_neighbouring_digits_that_differ_may_be_swapped() -> None:
    assert meant(list(typed(np.array([28.8]), 1).swaps())) == [82.8]
    assert meant(list(typed(np.array([-123.0]), 0).swaps())) == [-213.0, -132.0]
    assert meant(list(typed(np.array([55.0]), 0).swaps())) == []


def test_a_digit_may_be_one_off_but_never_below_zero_or_above_nine() -> None:
    assert meant(list(typed(np.array([90.0]), 0).misses())) == [80.0, 91.0]


def test_shares_of_the_swaps_of_a_figure_make_one() -> None:
    shares = [np.exp(slip.log_share[0]) for slip in typed(np.array([1234.0]), 0).swaps()]
    assert np.isclose(sum(shares), 1)


@given(st.integers(1, 10**7))
def test_swapping_back_gives_the_figure_again(figure: int) -> None:
    for slip in typed(np.array([float(figure)]), 0).swaps():
        if np.isfinite(slip.log_share[0]) and len(str(int(slip.meant[0]))) == len(str(figure)):
            assert figure in meant(list(typed(slip.meant, 0).swaps()))


def test_decimals_are_rare_only_where_hardly_any_figure_of_the_time_has_them() -> None:
    values = np.array([1.5] * 50 + [2.25] * 50 + [3.25])
    times = np.array([0] * 50 + [1] * 50 + [0])
    rarity = formats_of(values, times, 2)
    assert rarity.of(np.array([2.5, 2.25]), np.array([0, 1])).tolist() == [0.0, 0.0]
    assert rarity.of(np.array([2.125]), np.array([1]))[0] < -1
