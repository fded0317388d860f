import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.stats.spread import five_numbers, quantile, robust_width


def test_quartiles_interpolate_between_order_statistics() -> None:
    assert five_numbers([4, 1, 3, 2]) == (1, 1.75, 2.5, 3.25, 4)


@given(st.lists(st.floats(-1e6, 1e6), min_size=1))
def test_the_five_numbers_are_in_order(values: list[float]) -> None:
    five = five_numbers(values)

    assert list(five) == sorted(five)
    assert (five[0], five[4]) == (min(values), max(values))


def test_no_values_have_no_quantile() -> None:
    with pytest.raises(ValueError, match="needs values"):
        quantile([], 0.5)


@given(st.integers(0, 500), st.floats(0.01, 1e4), st.floats(-1e4, 1e4))
def test_a_width_follows_the_scale_of_the_values_and_not_their_place(seed: int, scale: float, place: float) -> None:
    values = np.random.default_rng(seed).normal(size=50)

    assert robust_width(values * scale + place) == pytest.approx(robust_width(values) * scale, rel=1e-6)


def test_a_width_is_the_standard_deviation_of_normal_values_and_few_wild_ones_hardly_move_it() -> None:
    values = np.random.default_rng(1).normal(10, 3, size=4_000)
    wild = np.append(values, np.full(200, 1e6))

    assert robust_width(values) == pytest.approx(3, rel=0.05)
    assert robust_width(wild) < 4


def test_where_most_values_are_equal_the_width_is_that_of_the_rest() -> None:
    assert robust_width(np.array([0.0] * 8 + [4.0] * 4)) > 2


def test_no_values_have_no_width() -> None:
    with pytest.raises(ValueError, match="needs values"):
        robust_width(np.array([]))
