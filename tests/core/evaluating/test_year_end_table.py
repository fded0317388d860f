"""A table of months: which rows count, how they are put together, and what is told of the rest."""

from __future__ import annotations

import numpy as np
import pytest

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.year_end_spec import read_year_end_spec
from sanyan.core.evaluating.year_end_table import YearTable, read_years
from sanyan.core.forms.sheets import Sheet

COUNT: dict[str, object] = {
    "unit": "unit",
    "period": "period",
    "numerator": "cases",
    "year_starts": 1,
    "target": {"not_above": 10},
    "tests": [2002],
}
SHARE = COUNT | {"denominator": "people", "target": {"not_above": 0.2}}


def read(text: str, document: dict[str, object] = COUNT, **changes: object) -> YearTable:
    rows = tuple(tuple(cell or None for cell in line.split(",")) for line in text.strip().splitlines())
    return read_years(Sheet("months.csv", rows), read_year_end_spec({**document, **changes}), place="months.csv")


def codes(table: YearTable) -> dict[str, int]:
    return {item.code: item.count for item in table.omissions}


def months(unit: str, year: int, figures: str, numbers: range = range(1, 13)) -> str:
    return "\n".join(f"{unit},{year}-{month:02d},{figures}" for month in numbers)


@pytest.mark.parametrize("period", ["2001-03", "2001-3", "2001-03-15", "200103", "2001/03", "2001-03-01T00:00"])
def test_a_month_is_read_however_it_is_written(period: str) -> None:
    table = read(f"unit,period,cases\na,{period},5\nb,2001-01,0")
    assert table.numerator[0, 0, 2] == 5


def test_a_year_and_a_month_may_stand_in_two_columns() -> None:
    table = read("unit,y,m,cases\na,2001,Mar,5\na,2001,4,6", period={"year": "y", "month": "m"})
    assert table.numerator[0, 0, 2:4].tolist() == [5, 6]


def test_a_year_that_starts_in_april_is_called_after_its_start_or_its_end() -> None:
    text = "unit,period,cases\na,2002-03,1\na,2002-04,2\na,2001-04,0"
    by_start = read(text, year_starts=4, year_label="start")
    by_end = read(text, year_starts=4, year_label="end")
    assert (by_start.years, by_end.years) == ((2001, 2002), (2002, 2003))
    assert by_start.numerator[0, :, 0].tolist() == by_end.numerator[0, :, 0].tolist() == [0, 2]
    assert by_start.numerator[0, 0, 11] == 1


def test_where_nothing_is_said_a_year_is_called_so_that_the_tests_exist() -> None:
    text = "unit,period,cases\na,2001-04,1\na,2002-03,2\na,2002-04,2"
    assert read(text, year_starts=4, tests=[2002]).years == (2001, 2002)
    assert read(text, year_starts=4, tests=[2003]).years == (2002, 2003)


def test_parts_of_a_unit_are_summed_repeats_dropped_and_contradictions_left_out() -> None:
    table = read(
        "unit,period,kind,cases\na,2001-01,x,1\na,2001-01,y,2\na,2001-01,x,1\na,2001-01,y,7\na,2001-02,x,0",
    )
    assert table.numerator[0, 0, :2].tolist() == [3, 0]
    assert codes(table) == {"repeated-row": 1, "repeated-unit-month": 1, "rows-summed": 1}


def test_a_filter_keeps_the_rows_it_names() -> None:
    table = read("unit,period,kind,cases\na,2001-01,1,1\na,2001-01,2,5\na,2001-02,1,0", filter={"kind": 1})
    assert table.numerator[0, 0, 0] == 1
    assert codes(table) == {"filtered": 1}


def test_every_row_that_cannot_be_used_is_told() -> None:
    table = read(
        "unit,period,cases,people\na,2001-01,1,10\n,2001-01,1,10\na,soon,1,10\na,2001-02,x,10\na,2001-03,-1,10\n"
        "a,2001-04,,10\n" + months("b", 2001, "1,10") + "\nb,2002-01,30,20",
        SHARE,
    )
    assert codes(table) == {
        "text-in-numbers": 1,
        "no-unit": 1,
        "period-unread": 1,
        "value-missing": 2,
        "value-negative": 1,
        "above-denominator": 1,
    }


def test_numerators_often_above_their_denominator_are_a_rate_and_stay() -> None:
    table = read("unit,period,cases,people\n" + months("a", 2001, "30,20") + "\na,2002-01,30,20", SHARE)
    assert table.values()[0].tolist() == [1.5, 1.5]


def test_months_that_are_never_written_as_zero_count_as_zero_from_the_first_year_on() -> None:
    table = read(
        "unit,period,cases\na,2000-01,9\n" + months("a", 2000, "2", range(3, 13)) + "\nb,2001-05,3\na,2001-12,1"
    )
    assert table.numerator[0, 0, :3].tolist() == [9, 0, 2]
    assert table.values().tolist()[0] == [29, 1]
    assert np.isnan(table.values()[1, 0])
    assert table.values()[1, 1] == 3
    assert [item.code for item in table.statements] == ["absent-is-zero"]


def test_where_zeros_are_written_or_the_file_says_so_a_month_without_a_row_is_missing() -> None:
    assert np.isnan(read("unit,period,cases\na,2001-01,0\na,2001-03,2").numerator[0, 0, 1])
    assert np.isnan(read("unit,period,cases\na,2001-01,1\na,2001-03,2", absent="missing").numerator[0, 0, 1])
    assert read("unit,period,cases\na,2001-01,0\na,2001-03,2", absent="zero").numerator[0, 0, 1] == 0


def test_columns_may_be_taken_from_one_another() -> None:
    table = read(
        "unit,period,seen,late\na,2001-01,10,3\na,2001-02,4,4", SHARE, numerator="seen - late", denominator="seen"
    )
    assert table.numerator[0, 0, :2].tolist() == [7, 0]


def test_where_no_row_is_left_the_error_says_what_became_of_them() -> None:
    with pytest.raises(BadInputError, match="not a month"):
        read("unit,period,cases\na,soon,1")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("unit,period\na,2001-01", "table-column-missing"),
        ("unit,period,cases\na,soon,1", "year-end-empty"),
        ("unit,period,cases\na,2001-01,1\na,2544-01,1", "year-end-years"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(text: str, code: str) -> None:
    with pytest.raises(BadInputError) as told:
        read(text)
    assert told.value.code == code
