"""Writes a workbook from its layout. Text stays text: no formula, link or number is ever made out of it."""

from __future__ import annotations

import io
from datetime import date, datetime, time
from typing import Any

import xlsxwriter

from sanyan.core.forms.sheets import CellValue
from sanyan.core.forms.workbook_grid import CellStyle, DropDown, PlacedCell, SheetLayout, WorkbookLayout

_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
    "nan_inf_to_errors": False,
}
_PAPER_A4 = 9
_MAX_LIST = 255
_MAX_MESSAGE = 255
_MAX_TITLE = 32
_DATE_FORMAT = "d mmm yyyy"


def write_workbook(layout: WorkbookLayout) -> bytes:
    """The layout as an .xlsx, the same bytes each time. Raises KeyError for a style it does not name."""
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, _OPTIONS) as book:
        made = datetime.combine(layout.created, time())
        book.set_properties({"title": layout.title, "created": made})
        formats: dict[str, Any] = {name: book.add_format(_format(style)) for name, style in layout.styles.items()}
        formats[""] = None
        dated = book.add_format({"num_format": _DATE_FORMAT})
        for sheet in layout.sheets:
            _write_sheet(book.add_worksheet(sheet.name), sheet, formats, dated)
    return out.getvalue()


def _write_sheet(target: Any, sheet: SheetLayout, formats: dict[str, Any], dated: Any) -> None:
    for column, width in enumerate(sheet.widths):
        target.set_column(column, column, width)
    for row, height in sheet.heights.items():
        target.set_row(row, height)
    for cell in sheet.cells:
        style = formats[cell.style]
        if cell.last_column > cell.column:
            target.merge_range(cell.row, cell.column, cell.row, cell.last_column, "", style)
        _write(target, cell, style, dated)
    for drop_down in sheet.drop_downs:
        _offer(target, drop_down)
    _set_up(target, sheet)


def _write(target: Any, cell: PlacedCell, style: Any, dated: Any) -> None:
    value: CellValue = cell.value
    row, column = cell.row, cell.column
    if value is None or value == "":
        target.write_blank(row, column, None, style)
    elif isinstance(value, str):
        target.write_string(row, column, value, style)
    elif isinstance(value, bool):
        target.write_boolean(row, column, value, style)
    elif isinstance(value, int | float):
        target.write_number(row, column, value, style)
    elif isinstance(value, date):
        target.write_datetime(row, column, value, style or dated)
    else:
        target.write_string(row, column, str(value), style)


def _offer(target: Any, choice: DropDown) -> None:
    if len(",".join(choice.options)) > _MAX_LIST:
        raise ValueError("a drop-down list holds at most 255 characters")
    rule = {
        "validate": "list",
        "source": list(choice.options),
        "input_title": choice.title[:_MAX_TITLE],
        "input_message": choice.message[:_MAX_MESSAGE],
        "show_error": choice.refuse,
        "ignore_blank": True,
    }
    target.data_validation(choice.row, choice.column, choice.last_row, choice.last_column, rule)


def _set_up(target: Any, sheet: SheetLayout) -> None:
    if sheet.frozen_rows or sheet.frozen_columns:
        target.freeze_panes(sheet.frozen_rows, sheet.frozen_columns)
    if sheet.repeat_rows is not None:
        target.repeat_rows(*sheet.repeat_rows)
    if sheet.landscape:
        target.set_landscape()
    target.set_paper(_PAPER_A4)
    target.fit_to_pages(1, 0)
    target.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    target.set_footer("&L&A&Rหน้า &P/&N")
    target.hide_gridlines(2)
    if sheet.tab_colour:
        target.set_tab_color(sheet.tab_colour)
    if sheet.protected:
        target.protect("", {"format_rows": True, "format_columns": True, "select_locked_cells": True})
    if sheet.hidden:
        target.hide()


def _format(style: CellStyle) -> dict[str, Any]:
    made: dict[str, Any] = {
        "font_name": style.font,
        "font_size": style.size,
        "bold": style.bold,
        "italic": style.italic,
        "text_wrap": style.wrap,
        "valign": {"middle": "vcenter"}.get(style.vertical, style.vertical),
        "locked": style.locked,
    }
    optional = {
        "font_color": style.colour,
        "bg_color": style.background,
        "align": style.align,
        "num_format": style.number_format,
    }
    made |= {key: value for key, value in optional.items() if value}
    if style.border_colour:
        made |= {"border": 1, "border_color": style.border_colour}
    return made
