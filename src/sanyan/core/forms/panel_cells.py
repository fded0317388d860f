"""One cell, or three, as a figure; one cell as a period."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sanyan.core.forms.panel_columns import heading
from sanyan.core.forms.panel_mapping import PanelIndicator, PanelMapping, PanelPeriod
from sanyan.core.forms.sheets import CellValue
from sanyan.core.indicators.definitions import Kind
from sanyan.core.rounds import BUDDHIST_ERA, RoundKey
from sanyan.core.thai.digits import to_arabic
from sanyan.core.thai.marks import Mark, parse_mark
from sanyan.core.thai.numbers import parse_number

_YEAR = re.compile(r"(?<!\d)\d{4}(?!\d)")
_ROUND = re.compile(r"\d{4}-\d{2}")
_ABSENT = (Mark.NO_VALUE, Mark.NOT_APPLICABLE, Mark.NOT_YET_DUE)


@dataclass(frozen=True)
class PanelFigure:
    """A figure with its parts, or why there is none.

    `reason` says why a cell cannot be read (parse_number's reasons, "no-parts"), `part` which of value,
    numerator and denominator. `is_marked` tells a dash or "no data" from an empty cell.
    """

    value: float | None = None
    numerator: float | None = None
    denominator: float | None = None
    reason: str = ""
    part: int = 0
    is_missing: bool = False
    is_marked: bool = False


@dataclass(frozen=True)
class _Cell:
    value: float | None = None
    reason: str = ""
    is_marked: bool = False


def figure(
    cells: tuple[CellValue, CellValue, CellValue], item: PanelIndicator | None, mapping: PanelMapping
) -> PanelFigure:
    """Read value, numerator and denominator; the value is worked out of the parts where it is not told.

    A zero denominator leaves the value None and keeps the parts. Numbers are never clipped.
    """
    read = [_cell(cell, item if at == 0 else None, mapping) for at, cell in enumerate(cells)]
    given = [at for at, cell in enumerate(read) if cell.reason]
    if given:
        return PanelFigure(reason=read[given[0]].reason, part=given[0])
    value, numerator, denominator = (cell.value for cell in read)
    if value is None and numerator is None:
        # A weight alone says nothing about the figure it would weigh.
        lost = item is not None and item.has_parts and denominator is not None
        return PanelFigure(is_missing=True, is_marked=lost or any(cell.is_marked for cell in read))
    if value is None and denominator is None:
        return PanelFigure(reason="no-parts", part=1)
    if value is None and numerator is not None and denominator:
        value = numerator / denominator * (item.scale if item else 1.0)
    return PanelFigure(value, numerator, denominator)


def period_key(value: CellValue, period: PanelPeriod, *, month: int | None = None) -> RoundKey | str:
    """The round that a year belongs to, or why there is none: "empty", "not-a-year", "out-of-range".

    Takes 2568, 2568.0, "๒๕๖๘", "ปีงบประมาณ 2568", and "2568-09" with its own month.
    """
    if isinstance(value, datetime | date):
        return "not-a-year"
    text = to_arabic(heading(value))
    if not text:
        return "empty"
    own_month = int(text[-2:]) if _ROUND.fullmatch(text) else month or period.month
    years = _YEAR.findall(text)
    if len(years) != 1:
        return "not-a-year"
    year = int(years[0]) + (BUDDHIST_ERA if period.calendar == "ce" else 0)
    try:
        return RoundKey(year, own_month)
    except ValueError:
        return "out-of-range"


def _cell(value: CellValue, item: PanelIndicator | None, mapping: PanelMapping) -> _Cell:
    if value is None:
        return _Cell()
    if mapping.missing_marks and heading(value) in mapping.missing_marks:
        return _Cell(is_marked=True)
    if mapping.decimal == "comma" and isinstance(value, str):
        value = value.replace(".", "").replace(",", ".")
    if item is not None and item.kind is Kind.YES_NO:
        return _yes_no(value)
    read = parse_number(value)
    if read.mark is None:
        return _Cell(read.value)
    if read.mark is Mark.BLANK:
        return _Cell()
    return _Cell(is_marked=True) if read.mark in _ABSENT else _Cell(reason=read.reason or "not-a-number")


def _yes_no(value: CellValue) -> _Cell:
    mark = parse_mark(_as_number(value))
    if mark in (Mark.YES, Mark.NO):
        return _Cell(1.0 if mark is Mark.YES else 0.0)
    if mark is Mark.BLANK:
        return _Cell()
    return _Cell(is_marked=True) if mark in _ABSENT else _Cell(reason="not-yes-or-no")


def _as_number(value: CellValue) -> CellValue:
    """CSV cells are text: "1" and "1.0" are the number."""
    read = parse_number(value) if isinstance(value, str) else None
    return read.value if read is not None and read.mark is None else value
