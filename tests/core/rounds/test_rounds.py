from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.rounds import RoundKey, fiscal_year_of

keys = st.builds(RoundKey, st.integers(2450, 2650), st.integers(1, 12))


def test_nine_months_of_2568_end_on_30_june_2025() -> None:
    key = RoundKey(2568, 9)

    assert key.starts_on == date(2024, 10, 1)
    assert key.data_until == date(2025, 6, 30)
    assert key.same_last_year == RoundKey(2567, 9)


@pytest.mark.parametrize(
    ("month", "last"),
    [(1, date(2024, 10, 31)), (3, date(2024, 12, 31)), (6, date(2025, 3, 31)), (12, date(2025, 9, 30))],
)
def test_a_round_holds_data_until_the_end_of_its_month(month: int, last: date) -> None:
    assert RoundKey(2568, month).data_until == last


@given(keys)
def test_the_written_form_reads_back(key: RoundKey) -> None:
    assert RoundKey.parse(str(key)) == key


@given(keys)
def test_a_round_ends_within_its_fiscal_year(key: RoundKey) -> None:
    assert fiscal_year_of(key.data_until) == key.fiscal_year
    assert fiscal_year_of(key.starts_on) == key.fiscal_year
    assert fiscal_year_of(key.starts_on - timedelta(days=1)) == key.fiscal_year - 1


@given(keys, keys)
def test_rounds_are_ordered_by_time(one: RoundKey, other: RoundKey) -> None:
    assert (one < other) == (one.data_until < other.data_until)


@pytest.mark.parametrize("text", ["2568", "2568-9", "68-09", "2568-13", "2025-09", "2568-09 "])
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"round|month|Buddhist"):
        RoundKey.parse(text)
