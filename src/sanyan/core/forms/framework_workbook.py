"""How the Excel form of a framework looks: widths, headers, and lists to choose from."""

from __future__ import annotations

import math
import unicodedata
from collections.abc import Sequence

from sanyan.core.forms.framework_layout import (
    FRAMEWORK,
    GUIDE_SHEET,
    HEADER_ROWS,
    TABLES,
    YES_NO,
    Form,
    SheetForm,
)
from sanyan.core.forms.framework_sheets import framework_to_sheets
from sanyan.core.forms.sheets import CellValue, Sheet
from sanyan.core.forms.workbook_grid import CellStyle, DropDown, PlacedCell, SheetLayout, WorkbookLayout
from sanyan.core.indicators.definitions import Framework

BLANK_ROWS = 200
NARROW, NAME, WIDE = 14.0, 26.0, 46.0
FIRST_WIDTHS, GUIDE_WIDTHS = (NAME, 70.0, NAME), (60.0, 90.0)
LINE_HEIGHT, SMALLEST_ROW, TALLEST_ROW = 24.0, 24.0, 400.0  # points
_LINE = "#C9D3DC"
STYLES = {
    "header": CellStyle(size=14, bold=True, background="#DCE9F2", border_colour=_LINE, vertical="middle"),
    "english": CellStyle(size=12, colour="#5A6672", background="#F2F6F9", border_colour=_LINE),
    "label": CellStyle(size=14, bold=True, background="#F2F6F9", border_colour=_LINE),
    "value": CellStyle(size=14, border_colour=_LINE),
    "day": CellStyle(size=14, border_colour=_LINE, number_format="yyyy-mm-dd", align="left"),
    "plain": CellStyle(size=14),
}


def framework_workbook(framework: Framework) -> WorkbookLayout:
    """The workbook of a framework, ready for the writer. Reading it back gives the same framework."""
    sheets = {sheet.name: sheet for sheet in framework_to_sheets(framework)}
    return WorkbookLayout(
        sheets=(
            _first(sheets[FRAMEWORK.name]),
            *(_table(form, sheets[form.name]) for form in TABLES),
            _guide(sheets[GUIDE_SHEET]),
        ),
        styles=STYLES,
        title=framework.name_th,
    )


def _first(sheet: Sheet) -> SheetLayout:
    styles = ("label", "value", "english")
    cells = [
        PlacedCell(row, place, value, "header" if row == 0 else styles[place])
        for row, values in enumerate(sheet.rows)
        for place, value in enumerate(values)
    ]
    day = next(place for place, column in enumerate(FRAMEWORK.columns, start=1) if column.form is Form.DAY)
    cells = [
        PlacedCell(each.row, each.column, each.value, "day") if (each.row, each.column) == (day, 1) else each
        for each in cells
    ]
    return SheetLayout(sheet.name, tuple(cells), FIRST_WIDTHS, _heights(sheet, FIRST_WIDTHS), frozen_rows=1)


def _table(form: SheetForm, sheet: Sheet) -> SheetLayout:
    styles = {0: "header", 1: "english"}
    cells = tuple(
        PlacedCell(row, place, value, styles.get(row, "value"))
        for row, values in enumerate(sheet.rows)
        for place, value in enumerate(values)
    )
    last = len(sheet.rows) - 1 + BLANK_ROWS
    widths = tuple(_width(column.key, column.form) for column in form.columns)
    return SheetLayout(
        sheet.name,
        cells,
        widths,
        _heights(sheet, widths),
        drop_downs=tuple(
            DropDown(HEADER_ROWS, place, last, place, tuple(words.values()), refuse=column.closed)
            for place, column in enumerate(form.columns)
            if (words := YES_NO if column.form is Form.FLAG else column.words) and column.form is not Form.WORDS
        ),
        frozen_rows=HEADER_ROWS,
        frozen_columns=1,
        repeat_rows=(0, HEADER_ROWS - 1),
    )


def _width(key: str, form: Form) -> float:
    if key in ("name_th", "name_en", "text"):
        return WIDE
    return NAME if form in (Form.TEXT, Form.WORDS) and key not in ("code", "policy_area") else NARROW


def _guide(sheet: Sheet) -> SheetLayout:
    cells = tuple(
        PlacedCell(row, place, value, "plain")
        for row, values in enumerate(sheet.rows)
        for place, value in enumerate(values)
    )
    return SheetLayout(sheet.name, cells, GUIDE_WIDTHS, _heights(sheet, GUIDE_WIDTHS))


def _heights(sheet: Sheet, widths: Sequence[float]) -> dict[int, float]:
    """Rows tall enough for their longest cell once wrapped, which Excel does not do by itself for us."""
    return {
        row: min(TALLEST_ROW, max(SMALLEST_ROW, LINE_HEIGHT * max(map(_lines, values, widths), default=1)))
        for row, values in enumerate(sheet.rows)
    }


def _lines(value: CellValue, width: float) -> int:
    """Lines a cell takes; Thai vowels and tone marks above or below a letter take no room of their own."""
    shown = str("" if value is None else value).split("\n")
    return sum(max(1, math.ceil(sum(unicodedata.category(c) != "Mn" for c in line) / width)) for line in shown)
