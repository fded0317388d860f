"""The text of a workbook: a page for each sheet, a line for each row, without what is hidden in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, time

from sanyan.core.forms.sheets import CellValue, Sheet
from sanyan.engines.documents.excel import open_workbook
from sanyan.engines.documents.reading.sheet_hiding import HiddenPlaces, hidden_places
from sanyan.engines.documents.reading.values import HiddenText, Hiding, PageText, Reading, ReadingLimits

_NONE = HiddenPlaces(frozenset(), frozenset())


def read_sheets(data: bytes, *, file_name: str, limits: ReadingLimits) -> Reading:
    """The sheets of a workbook. Raises BadInputError (codes "workbook-…") for one not to be opened.

    Hidden rows and columns are known for .xlsx only, hidden sheets for every kind; white cells are not looked for.
    """
    opened = open_workbook(data, file_name=file_name, max_bytes=limits.bytes, max_cells=limits.cells)
    places = hidden_places(data)
    return Reading(
        tuple(
            _page(number, sheet, places.get(sheet.name, _NONE)) for number, sheet in enumerate(opened.sheets, start=1)
        )
    )


def _page(number: int, sheet: Sheet, places: HiddenPlaces) -> PageText:
    if sheet.hidden:
        text = "\n".join(filter(None, (_line(row) for row in sheet.rows)))
        return PageText(number, "", name=sheet.name, hidden=(HiddenText(text, Hiding.SHEET),) if text else ())
    lines: list[str] = []
    hidden: list[HiddenText] = []
    for index, row in enumerate(sheet.rows):
        if index in places.rows:
            hidden += _told(row, Hiding.ROW)
            continue
        hidden += _told([value for column, value in enumerate(row) if column in places.columns], Hiding.COLUMN)
        line = _line([value for column, value in enumerate(row) if column not in places.columns])
        if line:
            lines.append(line)
    return PageText(number, "\n".join(lines), name=sheet.name, hidden=tuple(hidden))


def _told(row: Sequence[CellValue], why: Hiding) -> Iterator[HiddenText]:
    line = _line(row)
    if line:
        yield HiddenText(line, why)


def _line(row: Sequence[CellValue]) -> str:
    return " | ".join(filter(None, map(_written, row)))


def _written(value: CellValue) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return " ".join(str(value).split())
