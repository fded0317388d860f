from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.forms.framework_samples import any_framework, level, percent, small_framework

from sanyan.core.errors import Fault
from sanyan.core.forms.framework_layout import TABLES, written_place
from sanyan.core.forms.framework_reading import read_framework
from sanyan.core.forms.framework_sheets import framework_from_sheets, framework_to_sheets
from sanyan.core.forms.framework_workbook import framework_workbook
from sanyan.core.forms.framework_yaml import load_yaml
from sanyan.core.forms.sheets import CellValue, Sheet
from sanyan.core.indicators.definitions import Framework
from sanyan.definitions import framework_file
from sanyan.engines.documents.excel import read_workbook, write_workbook


def example() -> Framework:
    return load_yaml(framework_file().read_text(encoding="utf-8"))


def changed(sheets: tuple[Sheet, ...], name: str, row: int, column: int, value: CellValue) -> tuple[Sheet, ...]:
    """The sheets with one cell changed; rows and columns from 0."""
    found = []
    for sheet in sheets:
        rows = [list(cells) for cells in sheet.rows]
        if sheet.name == name:
            rows[row] = [*rows[row], *[None] * (column + 1 - len(rows[row]))]
            rows[row][column] = value
        found.append(replace(sheet, rows=tuple(tuple(cells) for cells in rows)))
    return tuple(found)


def without(sheets: tuple[Sheet, ...], name: str) -> tuple[Sheet, ...]:
    return tuple(sheet for sheet in sheets if sheet.name != name)


def only(faults: tuple[Fault, ...]) -> Fault:
    assert len(faults) == 1, faults
    return faults[0]


@settings(deadline=None, max_examples=40)
@given(any_framework)
def test_any_framework_comes_back_from_its_sheets_unchanged(framework: Framework) -> None:
    assert framework_from_sheets(framework_to_sheets(framework)) == (framework, ())


@settings(deadline=None, max_examples=15)
@given(any_framework)
def test_any_framework_comes_back_from_a_real_workbook_unchanged(framework: Framework) -> None:
    data = write_workbook(framework_workbook(framework))
    assert framework_from_sheets(read_workbook(data, file_name="f.xlsx")) == (framework, ())


def test_the_example_comes_back_from_a_real_workbook_unchanged() -> None:
    data = write_workbook(framework_workbook(example()))
    assert framework_from_sheets(read_workbook(data, file_name="f.xlsx")) == (example(), ())


def test_text_that_looks_like_a_formula_or_a_number_stays_text() -> None:
    framework = small_framework(owner="=1+1", note="0012", indicators=(percent(code="007"), level()))
    data = write_workbook(framework_workbook(framework))
    assert framework_from_sheets(read_workbook(data, file_name="f.xlsx")) == (framework, ())


def test_what_an_indicator_leaves_unsaid_is_shown_and_may_be_left_blank() -> None:
    sheets = framework_to_sheets(small_framework())
    table = next(sheet for sheet in sheets if sheet.name == "ตัวชี้วัด")
    shown = {table.at(0, column): table.at(2, column) for column in range(len(table.rows[0]))}
    assert (shown["ผู้ถือข้อมูล"], shown["เวลาที่ใช้ตอบ (นาที)"], shown["ทศนิยม"]) == ("เขตพื้นที่", 5, 1)
    blank = changed(sheets, "ตัวชี้วัด", 2, table.rows[0].index("ผู้ถือข้อมูล"), None)
    assert framework_from_sheets(blank) == (small_framework(), ())


def test_title_rows_above_the_header_and_blank_rows_between_do_no_harm() -> None:
    sheets = framework_to_sheets(small_framework())
    moved = tuple(
        replace(sheet, rows=(("ตารางตัวชี้วัด",), (), *sheet.rows[:3], (None, " "), *sheet.rows[3:]))
        if sheet.name == "ตัวชี้วัด"
        else sheet
        for sheet in sheets
    )
    assert framework_from_sheets(moved) == (small_framework(), ())


@pytest.mark.parametrize(
    ("row", "column", "value"),
    [
        (5, 1, "๒๕๖๘ ; ๒๕๖๙"),
        (5, 1, "2568, 2569"),
        (9, 1, "30/9/2573"),
        (9, 1, "2030-09-30"),
        (3, 1, " A small framework "),
    ],
)
def test_what_people_type_is_read_as_it_is_meant(row: int, column: int, value: CellValue) -> None:
    sheets = changed(framework_to_sheets(small_framework()), "กรอบ", row, column, value)
    assert framework_from_sheets(sheets) == (small_framework(), ())


def test_thai_words_english_words_and_codes_are_all_understood() -> None:
    sheets = framework_to_sheets(small_framework())
    for word in ("ร้อยละ", "percent", "PERCENT "):
        assert framework_from_sheets(changed(sheets, "ตัวชี้วัด", 2, 4, word))[0] == small_framework()


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "cell"),
    [
        ("ตัวชี้วัด", 2, 4, "เดา", "E3"),
        ("ตัวชี้วัด", 3, 15, "ร้อย", "P4"),
        ("ตัวชี้วัด", 2, 7, None, "H3"),
        ("ตัวชี้วัด", 2, 0, None, "A3"),
        ("รอบ", 2, 3, 13, "D3"),
        ("รอบ", 2, 4, None, "E3"),
        ("เป้าหมาย", 2, 0, "ไม่มีรหัสนี้", "A3"),
        ("เป้าหมาย", 2, 3, "บางที", "D3"),
        ("เป้าหมาย", 2, 2, "nan", "C3"),
        ("มาตราส่วน", 2, 0, 1.5, "A3"),
        ("กรอบ", 9, 1, "31/2/2570", "B10"),
        ("กรอบ", 5, 1, "ปีหน้า", "B6"),
    ],
)
def test_a_cell_that_cannot_be_read_is_named(sheet: str, row: int, column: int, value: CellValue, cell: str) -> None:
    framework, faults = framework_from_sheets(
        changed(framework_to_sheets(small_framework()), sheet, row, column, value)
    )
    assert framework is None
    assert (sheet, cell) in {(fault.sheet, fault.cell) for fault in faults if fault.is_error}
    assert all(fault.th and fault.en and fault.next_th and fault.next_en for fault in faults)


def test_a_missing_sheet_is_an_error_only_where_nothing_works_without_it() -> None:
    sheets = framework_to_sheets(small_framework())
    assert framework_from_sheets(without(sheets, "ตัวชี้วัด"))[0] is None
    framework, faults = framework_from_sheets(without(sheets, "เกณฑ์ระดับ"))
    assert framework is not None
    assert not only(faults).is_error


def test_sheets_and_columns_that_are_not_read_are_listed() -> None:
    sheets = (*changed(framework_to_sheets(small_framework()), "ด้าน", 0, 4, "สี"), Sheet("บันทึก", (("ก",),)))
    framework, faults = framework_from_sheets(sheets)
    assert framework == small_framework()
    assert {(fault.code, fault.sheet, fault.cell) for fault in faults} == {
        ("column-unread", "ด้าน", "E1"),
        ("sheet-unread", "บันทึก", ""),
    }


_headers = st.sampled_from([column.header_th for form in TABLES for column in form.columns])
_anything = st.none() | st.booleans() | st.floats() | st.integers() | st.dates() | st.datetimes() | st.text(max_size=9)
_grids = st.lists(st.lists(_headers | _anything, max_size=6).map(tuple), max_size=5).map(tuple)


@settings(deadline=None, max_examples=60)
@given(st.lists(st.builds(Sheet, st.sampled_from(["กรอบ", *(form.name for form in TABLES)]), _grids), max_size=5))
def test_whatever_the_cells_hold_it_is_read_or_listed_and_never_raises(sheets: list[Sheet]) -> None:
    framework, faults = framework_from_sheets(sheets)
    assert (framework is None) == any(fault.is_error for fault in faults)


@settings(deadline=None, max_examples=60)
@given(st.sampled_from(["กรอบ", *(form.name for form in TABLES)]), st.integers(1, 5), st.integers(0, 28), _anything)
def test_one_strange_cell_in_a_good_workbook_is_read_or_listed_and_never_raises(
    name: str, row: int, column: int, value: CellValue
) -> None:
    sheets = framework_to_sheets(small_framework())
    rows = next(len(sheet.rows) for sheet in sheets if sheet.name == name)
    framework, faults = framework_from_sheets(changed(sheets, name, min(row, rows - 1), column, value))
    assert (framework is None) == any(fault.is_error for fault in faults)


def test_nothing_at_all_is_told_as_missing_sheets() -> None:
    framework, faults = framework_from_sheets(())
    assert framework is None
    assert {"กรอบ", "รอบ", "ด้าน", "ตัวชี้วัด"} <= {fault.sheet for fault in faults if fault.is_error}


def test_a_value_can_be_found_again_in_the_sheet_it_was_read_from() -> None:
    sheets = framework_to_sheets(small_framework())
    moved = tuple(
        replace(sheet, rows=(("หัวเรื่อง",), *sheet.rows)) if sheet.name == "เป้าหมาย" else sheet for sheet in sheets
    )
    assert written_place("targets", 1, "value") == ("เป้าหมาย", "C4")
    assert read_framework(moved).locate("targets", 1, "value") == ("เป้าหมาย", "C5")
