"""A framework as worksheets that people edit in Excel. Reading them back is `framework_reading`."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from sanyan.core.forms.framework_codec import to_dict
from sanyan.core.forms.framework_layout import (
    FRAMEWORK,
    GUIDE_SHEET,
    TABLES,
    Column,
    Form,
    SheetForm,
)
from sanyan.core.forms.framework_reading import framework_from_sheets, read_framework
from sanyan.core.forms.sheets import CellValue, Sheet
from sanyan.core.indicators.definitions import Framework, Indicator

__all__ = ["framework_from_sheets", "framework_to_sheets", "read_framework"]

Row = tuple[CellValue, ...]
DIGITS_OF_EXCEL = 15
USUAL = {each.name: each.default for each in fields(Indicator) if each.default and each.default is not MISSING}
"""What an indicator has where it says nothing (held by the area, 5 minutes): shown, so that nobody has to know."""

GUIDE: tuple[Row, ...] = (
    ("วิธีใช้ไฟล์นี้", "How to use this file"),
    ("แก้ได้ทุกช่องใต้หัวตาราง แถวว่างถูกข้าม", "Edit any cell below the headers; blank rows are skipped."),
    ("ช่องว่างหมายถึงไม่กำหนด ไม่ใช่ศูนย์", "A blank cell means not set, never zero."),
    (
        "หลายค่าในช่องเดียวคั่นด้วย ; เช่น 6; 9; 12",
        "Several values in one cell are parted by ; such as 6; 9; 12",
    ),
    ("ค่าที่เลือกได้", "Words that may be chosen"),
)


def framework_to_sheets(framework: Framework) -> tuple[Sheet, ...]:
    """Eight sheets of data and one of guidance: a Thai header row, an English one, then a row an item."""
    held = to_dict(framework)
    tables = _tables(held)
    return (
        _framework_sheet(held),
        *(_table_sheet(form, tables[form.part]) for form in TABLES),
        Sheet(GUIDE_SHEET, (*GUIDE, *_choices())),
    )


def _tables(held: dict[str, Any]) -> dict[str, list[dict[str, Any]]]:
    """Rows of each sheet by part; targets and rubrics come out of their indicators."""
    indicators = held["indicators"]
    return {
        **{form.part: held.get(form.part, []) for form in TABLES},
        "indicators": [{**USUAL, **each} for each in indicators],
        "rounds": [_with_submit(plan) for plan in held["rounds"]],
        "targets": [{"indicator": each["code"], **t} for each in indicators for t in each.get("targets", ())],
        "rubric": [{"indicator": each["code"], **s} for each in indicators for s in each.get("rubric", ())],
    }


def _with_submit(plan: dict[str, Any]) -> dict[str, Any]:
    month, day = plan["submit_by"].split("-")
    return {**plan, "submit_month": int(month), "submit_day": int(day)}


def _framework_sheet(held: dict[str, Any]) -> Sheet:
    rows: list[Row] = [("รายการ", "ค่า", "Item")]
    rows += [(c.header_th, _cell(c, held.get(c.key)), c.header_en) for c in FRAMEWORK.columns]
    return Sheet(FRAMEWORK.name, tuple(rows))


def _table_sheet(form: SheetForm, items: list[dict[str, Any]]) -> Sheet:
    headers: tuple[Row, ...] = (
        tuple(column.header_th for column in form.columns),
        tuple(column.header_en for column in form.columns),
    )
    rows = (tuple(_cell(column, item.get(column.key)) for column in form.columns) for item in items)
    return Sheet(form.name, (*headers, *rows))


def _cell(column: Column, value: Any) -> CellValue:
    match column.form:
        case _ if value is None:
            return None
        case Form.FLAG:
            return "ใช่" if value else "ไม่ใช่"
        case Form.DAY:
            return date.fromisoformat(value)
        case Form.WHOLES | Form.WORDS:
            return "; ".join(_escaped(column.words.get(each, str(each))) for each in value) or None
        case Form.NUMBER | Form.WHOLE:
            return _figure(value)
        case _:
            return column.words.get(value, value) or None


def _figure(value: float) -> CellValue:
    """A number, or its text where Excel, which keeps 15 digits, would round it."""
    return value if float(f"{value:.{DIGITS_OF_EXCEL}g}") == value else repr(value)


def _escaped(word: str) -> str:
    return word.replace("\\", "\\\\").replace(";", "\\;")


def _choices() -> Iterator[Row]:
    for form in TABLES:
        for column in form.columns:
            if column.words:
                yield f"{form.name}: {column.header_th}", " / ".join(column.words.values())
