import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.stats.spread import five_numbers, quantile


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
