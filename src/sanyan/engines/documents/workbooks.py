"""An organisation's workbook, from form to file and back. No database, so it may run in any process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from sanyan.core.forms.answers import FilledAnswer, FilledReport
from sanyan.core.forms.workbook_grid import WorkbookLayout
from sanyan.core.forms.workbook_layout import workbook_layout
from sanyan.core.forms.workbook_reading import WorkbookReading, read_report
from sanyan.core.forms.workbook_words import HEADINGS, Role
from sanyan.core.indicators.definitions import Framework
from sanyan.core.rounds import RoundKey
from sanyan.engines.documents.excel import OpenedWorkbook, open_workbook, write_workbook

MAX_FORM_CELLS = 150_000


@dataclass(frozen=True)
class FormContext:
    """What a workbook of one organisation and round must agree with."""

    framework: Framework
    version: int
    round_key: RoundKey
    organisation_code: str
    organisation_name: str
    area_type: str
    practice: bool


def open_form(data: bytes, *, file_name: str) -> OpenedWorkbook:
    """The sheets of an uploaded form. Raise BadInputError for a file that cannot be used at all."""
    return open_workbook(data, file_name=file_name, max_cells=MAX_FORM_CELLS)


def parse_opened(opened: OpenedWorkbook, *, context: FormContext) -> WorkbookReading:
    """Read an opened workbook against its form. Raise BadInputError for one that is not of this form."""
    return read_report(
        opened.sheets,
        framework=context.framework,
        version=context.version,
        round_key=context.round_key,
        organisation_code=context.organisation_code,
        area_type=context.area_type,
        formulas=opened.formulas,
    )


def parse_workbook(data: bytes, *, file_name: str, context: FormContext) -> WorkbookReading:
    """Read a workbook against its form. Raise BadInputError for a file that cannot be used at all."""
    return parse_opened(open_form(data, file_name=file_name), context=context)


def fill_workbook(
    context: FormContext,
    *,
    report: FilledReport | None,
    last: Mapping[str, FilledAnswer],
    typed: Mapping[tuple[str, Role], str] | None = None,
) -> bytes:
    """Write the form with these answers, and last round's beside them.

    `typed` replaces cells (indicator, role of the column) by text as a person would type it.
    """
    layout = workbook_layout(
        context.framework,
        version=context.version,
        round_key=context.round_key,
        organisation_code=context.organisation_code,
        organisation_name=context.organisation_name,
        area_type=context.area_type,
        report=report,
        last=last,
        practice=context.practice,
    )
    return write_workbook(_with_typed(layout, typed) if typed else layout)


def _with_typed(layout: WorkbookLayout, typed: Mapping[tuple[str, Role], str]) -> WorkbookLayout:
    words = {heading: role for role, heading in HEADINGS.items()}
    sheets = []
    for sheet in layout.sheets:
        roles = {
            cell.column: words[cell.value]
            for cell in sheet.cells
            if isinstance(cell.value, str) and cell.value in words
        }
        codes = {cell.row: str(cell.value) for cell in sheet.cells if roles.get(cell.column) is Role.CODE}
        cells = tuple(
            replace(cell, value=typed.get((codes.get(cell.row, ""), roles[cell.column]), cell.value))
            if cell.column in roles
            else cell
            for cell in sheet.cells
        )
        sheets.append(replace(sheet, cells=cells))
    return replace(layout, sheets=tuple(sheets))
