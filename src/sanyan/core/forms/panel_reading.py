"""Reads a table of units x periods x indicators by its mapping. Every cell is accounted for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from sanyan.core.errors import Fault
from sanyan.core.forms.panel_cells import PanelFigure, figure, period_key
from sanyan.core.forms.panel_columns import Columns, ValueColumn, columns_of, heading
from sanyan.core.forms.panel_faults import PanelFaults
from sanyan.core.forms.panel_mapping import PanelIndicator, PanelMapping
from sanyan.core.forms.panel_privacy import refuse_lists_of_persons
from sanyan.core.forms.sheets import CellValue, Sheet, cell_name
from sanyan.core.rounds import RoundKey


@dataclass(frozen=True)
class PanelRow:
    """One figure of one unit in one period. `unit` is as in the table; `size` is None where not told."""

    unit: str
    unit_name: str
    region: str
    size: float | None
    key: RoundKey
    indicator: str
    numerator: float | None
    denominator: float | None
    value: float | None
    cell: str


@dataclass(frozen=True)
class PanelCounts:
    """Where the input went.

    `figures` are the places where a figure could stand (lines x indicators): the sum of `accepted`, `blank`,
    `marked` (a dash or "no data"), `refused` (listed in the faults) and `repeated` (the same figure again).
    `lines` are those below the headings; `blank_lines` hold nothing; `lines_back_in_time` stand after a later
    period of their unit. `unused_columns` are neither mapped nor ignored.
    """

    lines: int
    blank_lines: int
    figures: int
    accepted: int
    blank: int
    marked: int
    refused: int
    repeated: int
    units: int
    periods: int
    indicators: int
    lines_back_in_time: int
    unused_columns: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """All counts by name, for JSON and for pages."""
        return {name: getattr(self, name) for name in self.__dataclass_fields__}


@dataclass(frozen=True)
class PanelReading:
    """What a table holds. An error keeps its figure out of `rows`; a warning lets it in."""

    rows: tuple[PanelRow, ...]
    faults: tuple[Fault, ...]
    counts: PanelCounts


def read_panel(sheet: Sheet, mapping: PanelMapping) -> PanelReading:
    """Read a table. Numbers are kept as they are, however odd: checks find them later, with their history.

    Two different figures for one unit, period and indicator are both left out: neither is known to be right.
    Raises BadInputError where the columns of units, periods or all figures are not there, and for a list of
    persons.
    """
    refuse_lists_of_persons(sheet)
    columns = columns_of(sheet, mapping)
    reader = _Reader(sheet, mapping, columns)
    for number in range(mapping.header_row, len(sheet.rows)):
        reader.take_line(number)
    return reader.reading()


@dataclass(frozen=True)
class _Line:
    """What a line tells of all its figures. An empty unit, no period or no indicator: the line does not tell
    it."""

    number: int
    unit: str
    unit_name: str
    region: str
    size: float | None
    period: RoundKey | None
    indicator: PanelIndicator | None


class _Reader:
    def __init__(self, sheet: Sheet, mapping: PanelMapping, columns: Columns) -> None:
        self._sheet, self._mapping, self._columns = sheet, mapping, columns
        self._said = PanelFaults(sheet.name)
        self._faults = list(columns.faults)
        self._counts: Counter[str] = Counter()
        self._held: dict[tuple[str, RoundKey, str], PanelRow] = {}
        self._clashes: set[tuple[str, RoundKey, str]] = set()
        self._latest: dict[str, RoundKey] = {}
        self._by_name = {heading(item.name).casefold(): item for item in mapping.indicators}
        self._by_name |= {item.code.casefold(): item for item in mapping.indicators}

    def take_line(self, number: int) -> None:
        line = self._sheet.rows[number]
        self._counts["lines"] += 1
        self._counts["figures"] += len(self._columns.values)
        if not any(heading(value) for value in line):
            self._counts["blank_lines"] += 1
            self._counts["blank"] += len(self._columns.values)
            return
        told = self._told(number)
        for column in self._columns.values:
            self._take_figure(told, column)
        if told.unit and told.period is not None:
            latest = self._latest.setdefault(told.unit, told.period)
            self._counts["lines_back_in_time"] += told.period < latest
            self._latest[told.unit] = max(told.period, latest)

    def reading(self) -> PanelReading:
        rows = tuple(row for key, row in self._held.items() if key not in self._clashes)
        if self._columns.unused:
            self._faults.append(self._said.unused(self._columns.unused))
        told = {name: self._counts[name] for name in _COUNTED}
        counts = PanelCounts(
            **told,
            accepted=len(rows),
            units=len({row.unit for row in rows}),
            periods=len({row.key for row in rows}),
            indicators=len({row.indicator for row in rows}),
            unused_columns=self._columns.unused,
        )
        return PanelReading(rows, tuple(self._faults), counts)

    def _told(self, number: int) -> _Line:
        columns = self._columns
        parts = [heading(self._sheet.at(number, at)) for at in columns.unit]
        if not all(parts):
            self._faults.append(self._said.no_unit(number, columns.unit[parts.index("")]))
        return _Line(
            number,
            "-".join(parts) if all(parts) else "",
            heading(self._at(number, columns.unit_name)),
            heading(self._at(number, columns.region)),
            figure((self._at(number, columns.size), None, None), None, self._mapping).value,
            self._line_period(number),
            self._line_indicator(number),
        )

    def _line_period(self, number: int) -> RoundKey | None:
        """The period a line tells; None where the headings tell it, or where it cannot be read (then a
        fault)."""
        at = self._columns.period
        if at is None:
            return None
        found = period_key(self._sheet.at(number, at), self._mapping.period)
        if isinstance(found, RoundKey):
            return found
        self._faults.append(self._said.no_period(number, at, heading(self._sheet.at(number, at)), found))
        return None

    def _line_indicator(self, number: int) -> PanelIndicator | None:
        at = self._columns.indicator
        if at is None:
            return None
        name = heading(self._sheet.at(number, at))
        found = self._by_name.get(name.casefold())
        if found is None:
            self._faults.append(self._said.unknown_indicator(number, at, name))
        return found

    def _take_figure(self, line: _Line, column: ValueColumn) -> None:
        number, item = line.number, column.indicator or line.indicator
        period = line.period if column.year is None else self._heading_period(number, column)
        if not line.unit or period is None or item is None:
            self._counts["blank" if self._is_blank(number, column) else "refused"] += 1
            return
        held = figure(self._cells(number, column), item, self._mapping)
        if held.reason:
            self._counts["refused"] += 1
            at = column.part(held.part)
            text = heading(self._sheet.at(number, at))
            self._faults.append(self._said.unreadable(number, at, text, held.reason, item.code))
        elif held.is_missing:
            self._counts["marked" if held.is_marked else "blank"] += 1
        else:
            self._keep(_row(line, period, item, held, cell_name(number, column.places[0])))

    def _heading_period(self, number: int, column: ValueColumn) -> RoundKey | None:
        found = period_key(column.year, self._mapping.period, month=column.month)
        if isinstance(found, RoundKey):
            return found
        if not self._is_blank(number, column):
            self._faults.append(self._said.no_period(number, column.places[0], str(column.year), found))
        return None

    def _keep(self, row: PanelRow) -> None:
        key = (row.unit, row.key, row.indicator)
        first = self._held.setdefault(key, row)
        if first is row:
            return
        figures = (row.numerator, row.denominator, row.value)
        if figures == (first.numerator, first.denominator, first.value):
            self._counts["repeated"] += 1
            self._faults.append(self._said.repeated(row.cell, first.cell, row.unit))
            return
        self._counts["refused"] += 1 if key in self._clashes else 2
        self._clashes.add(key)
        self._faults.append(self._said.clash(row.cell, first.cell, row.unit))

    def _at(self, number: int, column: int | None) -> CellValue:
        return None if column is None else self._sheet.at(number, column)

    def _cells(self, number: int, column: ValueColumn) -> tuple[CellValue, CellValue, CellValue]:
        value, numerator, denominator = (
            self._at(number, at) for at in (column.value, column.numerator, column.denominator)
        )
        return value, numerator, denominator

    def _is_blank(self, number: int, column: ValueColumn) -> bool:
        return not any(heading(self._sheet.at(number, at)) for at in column.places)


def _row(line: _Line, period: RoundKey, item: PanelIndicator, held: PanelFigure, cell: str) -> PanelRow:
    return PanelRow(
        unit=line.unit,
        unit_name=line.unit_name,
        region=line.region,
        size=line.size,
        key=period,
        indicator=item.code,
        numerator=held.numerator,
        denominator=held.denominator,
        value=held.value,
        cell=cell,
    )


_COUNTED = ("lines", "blank_lines", "figures", "blank", "marked", "refused", "repeated", "lines_back_in_time")
