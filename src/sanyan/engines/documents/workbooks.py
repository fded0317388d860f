"""An organisation's workbook, from form to file and back. No database, so it may run in any process."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sanyan.core.forms.answers import FilledAnswer, FilledReport
from sanyan.core.forms.workbook_layout import workbook_layout
from sanyan.core.forms.workbook_reading import WorkbookReading, read_report
from sanyan.core.indicators.definitions import Framework
from sanyan.core.rounds import RoundKey
from sanyan.engines.documents.excel import formula_cells, read_workbook, write_workbook


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


def parse_workbook(data: bytes, *, file_name: str, context: FormContext) -> WorkbookReading:
    """Read a workbook against its form. Raise BadInputError for a file that cannot be used at all."""
    sheets = read_workbook(data, file_name=file_name)
    return read_report(
        sheets,
        framework=context.framework,
        version=context.version,
        round_key=context.round_key,
        organisation_code=context.organisation_code,
        area_type=context.area_type,
        formulas=formula_cells(data),
    )


def fill_workbook(context: FormContext, *, report: FilledReport | None, last: Mapping[str, FilledAnswer]) -> bytes:
    """Write the form with these answers, and last round's beside them."""
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
    return write_workbook(layout)
