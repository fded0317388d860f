from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.errors import BadInputError
from sanyan.core.forms.panel import PanelMapping, PanelReading, read_panel
from sanyan.core.forms.sheets import CellValue, Sheet
from sanyan.core.rounds import RoundKey

PLAIN: dict[str, Any] = {
    "framework": "f",
    "unit": "unit",
    "period": {"column": "year"},
    "indicators": [{"code": "a"}, {"code": "b"}],
}


def mapping(**changes: Any) -> PanelMapping:
    return PanelMapping.from_dict({**PLAIN, **changes})


def sheet(*rows: Sequence[CellValue]) -> Sheet:
    return Sheet("ข้อมูล", tuple(tuple(row) for row in rows))


def read(*rows: Sequence[CellValue], **changes: Any) -> PanelReading:
    return read_panel(sheet(*rows), mapping(**changes))


def values(reading: PanelReading) -> dict[tuple[str, str, str], float | None]:
    return {(row.unit, str(row.key), row.indicator): row.value for row in reading.rows}


def codes(reading: PanelReading) -> list[str]:
    return [fault.code for fault in reading.faults]


HEAD = ("unit", "year", "a", "b")


def test_a_line_for_each_unit_and_year_becomes_a_row_for_each_figure() -> None:
    reading = read(HEAD, ("001", 2567, 1, 2.5), ("001", 2568, "3", "๔"))
    assert values(reading) == {
        ("001", "2567-12", "a"): 1,
        ("001", "2567-12", "b"): 2.5,
        ("001", "2568-12", "a"): 3,
        ("001", "2568-12", "b"): 4,
    }
    assert reading.faults == ()
    assert reading.rows[0].cell == "C2"


def test_odd_numbers_are_kept_for_checks_to_find() -> None:
    reading = read(HEAD, ("1", 2567, "2570.4", "0"), ("1", 2568, "-5", "1e+16"))
    assert sorted(v for v in values(reading).values() if v is not None) == [-5, 0, 2570.4, 1e16]


def test_one_row_for_each_figure_is_the_long_layout() -> None:
    reading = read(
        ("unit", "year", "ตัวชี้วัด", "ค่า"),
        ("1", 2567, "เกิด", 10),
        ("1", 2567, "b", 20),
        ("1", 2567, "ตาย", 30),
        indicator_column="ตัวชี้วัด",
        value_column="ค่า",
        indicators=[{"code": "a", "column": "เกิด"}, {"code": "b"}],
    )
    assert values(reading) == {("1", "2567-12", "a"): 10, ("1", "2567-12", "b"): 20}
    assert codes(reading) == ["panel-indicator-unknown"]
    assert reading.counts.refused == 1


def test_a_column_for_each_year_is_a_wide_layout() -> None:
    reading = read(
        ("unit", "๒๕๖๗", 2568.0, "note"),
        ("1", 10, None, "x"),
        period={"pattern": "{year}"},
        indicators=[{"code": "a"}],
    )
    assert values(reading) == {("1", "2567-12", "a"): 10}
    assert reading.counts.unused_columns == ("note",)
    assert codes(reading) == ["panel-columns-unused"]


def test_a_column_for_each_indicator_and_year_is_a_wide_layout() -> None:
    reading = read(
        ("unit", "a_2024_06", "b_2024_12", "c_2024_12"),
        ("1", 10, 20, 30),
        period={"pattern": "{indicator}_{year}_{month}", "calendar": "ce"},
        ignore=["c_2024_12"],
    )
    assert values(reading) == {("1", "2567-06", "a"): 10, ("1", "2567-12", "b"): 20}
    assert reading.faults == ()


def test_a_table_that_is_long_in_indicators_and_wide_in_years_is_read() -> None:
    reading = read(
        ("unit", "what", "2567", "2568"),
        ("1", "a", 1, 2),
        ("1", "b", 3, 4),
        period={"pattern": "{year}"},
        indicator_column="what",
    )
    assert len(reading.rows) == 4
    assert values(reading)["1", "2568-12", "b"] == 4


def test_parts_make_the_value_and_a_zero_denominator_makes_none() -> None:
    item = {"code": "p", "numerator": "n", "denominator": "d", "kind": "percent"}
    reading = read(
        ("unit", "year", "n", "d"),
        ("1", 2567, 3, 4),
        ("2", 2567, 0, 0),
        ("3", 2567, 3, None),
        ("4", 2567, None, 4),
        indicators=[item],
    )
    assert values(reading) == {("1", "2567-12", "p"): 75, ("2", "2567-12", "p"): None}
    assert reading.rows[1].denominator == 0
    assert codes(reading) == ["panel-figure-unreadable"]
    assert reading.faults[0].cell == "C4"


def test_a_denominator_alone_is_the_weight_of_a_mean() -> None:
    item = {"code": "score", "denominator": "pupils", "mean_of": "นักเรียน"}
    reading = read(("unit", "year", "score", "pupils"), ("1", 2567, 55, 200), ("2", 2567, 60, ""), indicators=[item])
    assert [(row.value, row.numerator, row.denominator) for row in reading.rows] == [(55, None, 200), (60, None, None)]


@pytest.mark.parametrize("text", ["-", "N/A", "ไม่มีข้อมูล", "nan", "9999"])
def test_a_mark_is_missing_and_never_zero(text: str) -> None:
    reading = read(HEAD, ("1", 2567, text, 1), missing_marks=["9999"])
    assert values(reading) == {("1", "2567-12", "b"): 1}
    assert (reading.counts.marked, reading.faults) == (1, ())


@pytest.mark.parametrize("text", ["มาก", "1.234,5", "10-20", "1/2", True])
def test_text_where_a_number_belongs_is_listed_by_cell(text: CellValue) -> None:
    reading = read(HEAD, ("1", 2567, text, 1))
    assert [(fault.code, fault.cell, fault.subject) for fault in reading.faults] == [
        ("panel-figure-unreadable", "C2", "a")
    ]
    assert values(reading) == {("1", "2567-12", "b"): 1}


def test_decimal_commas_are_read_where_the_mapping_says_so() -> None:
    reading = read(HEAD, ("1", 2567, "1.234,5", "0,5"), decimal="comma")
    assert list(values(reading).values()) == [1234.5, 0.5]


def test_yes_and_no_are_one_and_zero() -> None:
    reading = read(
        HEAD, ("1", 2567, "/", "ไม่มี"), ("2", 2567, "1", "มาก"), indicators=[{"code": c, "kind": "yes-no"} for c in "ab"]
    )
    assert list(values(reading).values()) == [1, 0, 1]
    assert codes(reading) == ["panel-figure-unreadable"]


def test_the_same_figure_twice_counts_once_and_is_noted() -> None:
    reading = read(HEAD, ("1", 2567, 5, None), ("1", 2567, 5.0, None))
    assert values(reading) == {("1", "2567-12", "a"): 5}
    assert [(fault.code, fault.is_error) for fault in reading.faults] == [("panel-figure-repeated", False)]


def test_two_different_figures_for_one_thing_are_both_left_out() -> None:
    reading = read(HEAD, ("1", 2567, 5, 1), ("1", 2567, 6, None), ("1", 2567, 7, None))
    assert values(reading) == {("1", "2567-12", "b"): 1}
    assert [(fault.code, fault.cell) for fault in reading.faults] == [
        ("panel-figures-differ", "C3"),
        ("panel-figures-differ", "C4"),
    ]
    assert reading.counts.refused == 3


def test_lines_without_a_unit_or_a_year_are_listed() -> None:
    reading = read(HEAD, (None, 2567, 1, None), ("1", "", 1, None), ("1", "สองพัน", 1, 2), (None, None, None, None))
    assert reading.rows == ()
    assert codes(reading) == ["panel-unit-empty", "panel-period-empty", "panel-period-not-a-year"]
    assert (reading.counts.refused, reading.counts.blank, reading.counts.blank_lines) == (4, 4, 1)


@pytest.mark.parametrize(("year", "calendar"), [(1992, "be"), (2567, "ce"), (9999, "be")])
def test_a_year_of_the_other_era_is_out_of_range(year: int, calendar: str) -> None:
    reading = read(HEAD, ("1", year, 1, None), period={"column": "year", "calendar": calendar})
    assert codes(reading) == ["panel-period-out-of-range"]


@pytest.mark.parametrize("year", [2567, 2567.0, "2567", "๒๕๖๗", "ปีงบประมาณ 2567", "พ.ศ.2567", "2567.0"])
def test_years_are_read_as_people_write_them(year: CellValue) -> None:
    assert read(HEAD, ("1", year, 1, None)).rows[0].key == RoundKey(2567, 12)


def test_a_round_in_the_year_column_keeps_its_own_month() -> None:
    assert read(HEAD, ("1", "2567-06", 1, None)).rows[0].key == RoundKey(2567, 6)


def test_a_date_is_no_year() -> None:
    assert codes(read(HEAD, ("1", date(2024, 1, 1), 1, None))) == ["panel-period-not-a-year"]


def test_lines_out_of_time_are_read_and_counted() -> None:
    reading = read(HEAD, ("1", 2568, 1, None), ("1", 2567, 2, None), ("2", 2566, 3, None), ("1", 2566, 4, None))
    assert len(reading.rows) == 4
    assert reading.counts.lines_back_in_time == 2


def test_units_of_several_columns_are_joined_and_keep_leading_zeros() -> None:
    reading = read(("p", "d", "year", "a", "b"), ("01", 7.0, 2567, 1, None), unit=["p", "d"])
    assert reading.rows[0].unit == "01-7"


def test_headings_lower_down_and_in_another_letter_case_are_found() -> None:
    reading = read(("ตารางที่ 1",), (), ("UNIT", " Year ", "A", "b"), ("1", 2567, 1, 2), header_row=3)
    assert len(reading.rows) == 2


def test_name_region_and_size_come_with_each_row() -> None:
    reading = read(
        ("unit", "year", "a", "b", "n", "r", "s"),
        ("1", 2567, 1, None, "เขต 1", "เหนือ", "1,200"),
        unit_name="n",
        region="r",
        size="s",
    )
    row = reading.rows[0]
    assert (row.unit_name, row.region, row.size) == ("เขต 1", "เหนือ", 1200)


def test_a_missing_indicator_column_is_listed_and_the_others_are_read() -> None:
    reading = read(("unit", "year", "b"), ("1", 2567, 2))
    assert values(reading) == {("1", "2567-12", "b"): 2}
    assert codes(reading) == ["panel-column-missing"]


@pytest.mark.parametrize("head", [("year", "a", "b"), ("unit", "a", "b"), ("unit", "year", "x"), ()])
def test_a_table_without_units_years_or_figures_is_refused_by_name(head: tuple[str, ...]) -> None:
    with pytest.raises(BadInputError) as refused:
        read(head)
    assert refused.value.code == "panel-column-missing"
    assert refused.value.place == "ข้อมูล"


def test_a_heading_that_stands_twice_is_told_and_the_first_is_used() -> None:
    reading = read(("unit", "year", "a", "a", "b"), ("1", 2567, 1, 9, 2))
    assert values(reading)["1", "2567-12", "a"] == 1
    assert [(fault.code, fault.cell) for fault in reading.faults] == [("panel-column-twice", "D1")]


def test_a_list_of_persons_is_refused() -> None:
    ids = ["1101700230705", "3100600445635", "1103702538771", "1234567890121"]
    with pytest.raises(BadInputError) as refused:
        read((*HEAD, "เลขประจำตัวประชาชน"), *((str(n), 2567, 1, 2, pid) for n, pid in enumerate(ids)))
    assert refused.value.code == "panel-lists-persons"
    assert all(pid not in str(refused.value.as_dict()) for pid in ids)


cells = st.one_of(
    st.none(),
    st.integers(-5, 5),
    st.floats(allow_nan=True),
    st.sampled_from(["", " ", "-", "x", "๕", "85 %", "1,000", "n/a", "2567", "2568", "1992", "a", "b"]),
)


@settings(deadline=None, max_examples=300)
@given(rows=st.lists(st.tuples(cells, cells, cells, cells), max_size=12))
def test_every_figure_is_accounted_for(rows: list[tuple[CellValue, ...]]) -> None:
    reading = read(HEAD, *rows)
    counts = reading.counts
    assert counts.lines == len(rows)
    assert counts.figures == 2 * len(rows)
    told = counts.accepted + counts.blank + counts.marked + counts.refused + counts.repeated
    assert told == counts.figures
    assert counts.accepted == len(reading.rows)
    errors = [fault for fault in reading.faults if fault.is_error]
    assert bool(counts.refused) <= bool(errors)
    assert len({(row.unit, row.key, row.indicator) for row in reading.rows}) == len(reading.rows)
