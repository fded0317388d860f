"""Where in a sheet the things of a mapping stand."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sanyan.core.errors import BadInputError, Fault
from sanyan.core.forms.panel_mapping import PanelIndicator, PanelMapping
from sanyan.core.forms.sheets import CellValue, Sheet, cell_name
from sanyan.core.thai.characters import one_line
from sanyan.core.thai.digits import to_arabic

_WHOLE_AS_FLOAT = re.compile(r"(-?\d+)\.0+")


@dataclass(frozen=True)
class ValueColumn:
    """Where one indicator's figures stand; None for a part that has no column.

    `indicator` is None where the row names it. `year` and `month` are None where the row, or the mapping,
    tells them.
    """

    indicator: PanelIndicator | None
    value: int | None
    numerator: int | None = None
    denominator: int | None = None
    year: int | None = None
    month: int | None = None

    @property
    def places(self) -> tuple[int, ...]:
        """The columns it reads, without those that are not there."""
        return tuple(at for at in (self.value, self.numerator, self.denominator) if at is not None)

    def part(self, number: int) -> int:
        """The column of the value (0), the numerator (1) or the denominator (2), which must be there."""
        at = (self.value, self.numerator, self.denominator)[number]
        assert at is not None, "a cell was read from a column that is not there"
        return at


@dataclass(frozen=True)
class Columns:
    """All columns of a mapping in a sheet, and those that it does not name."""

    unit: tuple[int, ...]
    unit_name: int | None
    region: int | None
    size: int | None
    period: int | None
    indicator: int | None
    values: tuple[ValueColumn, ...]
    unused: tuple[str, ...]
    faults: tuple[Fault, ...]


def heading(value: CellValue) -> str:
    """A heading or a label as text: on one line, whole numbers without decimals, "" for none."""
    if value is None or isinstance(value, bool):
        return ""
    text = one_line(str(value))
    match = _WHOLE_AS_FLOAT.fullmatch(text)
    return match[1] if match else text


def columns_of(sheet: Sheet, mapping: PanelMapping) -> Columns:
    """Find the mapping's columns by their headings, letter case aside.

    A missing column of units, periods, long values or of every indicator raises BadInputError; one missing
    indicator is a fault.
    """
    finder = _Finder(sheet, mapping)
    unit = tuple(finder.needed(name) for name in mapping.unit)
    period = finder.needed(mapping.period.column) if mapping.period.column else None
    indicator = finder.needed(mapping.indicator_column) if mapping.indicator_column else None
    values = tuple(finder.values())
    if not values:
        raise _missing([item.name for item in mapping.indicators], sheet, finder.names)
    return Columns(
        unit=unit,
        period=period,
        indicator=indicator,
        values=values,
        unit_name=finder.optional(mapping.unit_name),
        region=finder.optional(mapping.region),
        size=finder.optional(mapping.size),
        unused=finder.unused(),
        faults=tuple(finder.faults),
    )


class _Finder:
    def __init__(self, sheet: Sheet, mapping: PanelMapping) -> None:
        self._sheet, self._mapping = sheet, mapping
        self._row = mapping.header_row - 1
        held = sheet.rows[self._row] if 0 <= self._row < len(sheet.rows) else ()
        self.names = tuple(heading(value) for value in held)
        self._at: dict[str, int] = {}
        self._used: set[int] = set()
        self.faults: list[Fault] = []
        for at, name in enumerate(self.names):
            if name:
                self._at.setdefault(name.casefold(), at)

    def place(self, name: str) -> int | None:
        """The column with a heading, None where there is none; a heading that stands twice is a fault."""
        wanted = heading(name).casefold()
        at = self._at.get(wanted)
        if at is not None and at not in self._used:
            self._used.add(at)
            twins = [other for other, held in enumerate(self.names) if held.casefold() == wanted and other != at]
            self.faults += [self._twice(other, name) for other in twins]
            self._used.update(twins)
        return at

    def needed(self, name: str) -> int:
        at = self.place(name)
        if at is None:
            raise _missing([name], self._sheet, self.names)
        return at

    def optional(self, name: str) -> int | None:
        if not name:
            return None
        at = self.place(name)
        if at is None:
            self.faults.append(self._absent(name, is_error=False))
        return at

    def values(self) -> Iterator[ValueColumn]:
        if self._mapping.period.headings is not None:
            yield from self._by_period()
        elif self._mapping.is_long:
            yield self._long()
        else:
            yield from self._by_indicator()

    def unused(self) -> tuple[str, ...]:
        ignored = {heading(name).casefold() for name in self._mapping.ignore}
        return tuple(
            name
            for at, name in enumerate(self.names)
            if name and at not in self._used and name.casefold() not in ignored
        )

    def _long(self) -> ValueColumn:
        value = self.needed(self._mapping.value_column) if self._mapping.value_column else None
        parts = [
            self.needed(name) if name else None
            for name in (self._mapping.numerator_column, self._mapping.denominator_column)
        ]
        return ValueColumn(None, value, parts[0], parts[1])

    def _by_indicator(self) -> Iterator[ValueColumn]:
        for item in self._mapping.indicators:
            names = (item.column or ("" if item.has_parts else item.code), item.numerator, item.denominator)
            found = [self.place(name) if name else None for name in names]
            absent = [name for name, at in zip(names, found, strict=True) if name and at is None]
            self.faults += [self._absent(name, is_error=True) for name in absent]
            if found[0] is not None or (found[1] is not None and found[2] is not None):
                yield ValueColumn(item, *found)

    def _by_period(self) -> Iterator[ValueColumn]:
        pattern = self._mapping.period.headings
        by_name = {heading(item.name).casefold(): item for item in self._mapping.indicators}
        alone = self._mapping.indicators[0] if len(by_name) == 1 and not self._mapping.is_long else None
        for at, name in enumerate(self.names):
            match = pattern.fullmatch(to_arabic(name)) if pattern else None
            if match is None:
                continue
            told = match.groupdict()
            item = by_name.get(heading(told["indicator"]).casefold()) if "indicator" in told else alone
            if item is None and not self._mapping.is_long:
                continue
            self._used.add(at)
            month = int(told["month"]) if told.get("month") else None
            yield ValueColumn(item, at, year=int(told["year"]), month=month)

    def _twice(self, at: int, name: str) -> Fault:
        return Fault(
            "panel-column-twice",
            f"มีคอลัมน์ชื่อ “{name}” มากกว่าหนึ่ง จึงใช้คอลัมน์แรก",
            f"There is more than one column {name!r}; the first is used.",
            next_th="ตั้งชื่อหัวคอลัมน์ให้ไม่ซ้ำกัน",
            next_en="Give each column its own heading.",
            sheet=self._sheet.name,
            cell=cell_name(self._row, at),
            subject=name,
        )

    def _absent(self, name: str, *, is_error: bool) -> Fault:
        return Fault(
            "panel-column-missing",
            f"ไม่พบคอลัมน์ “{name}”",
            f"There is no column {name!r}.",
            next_th="ตรวจชื่อหัวคอลัมน์ หรือแก้ผังการนำเข้า",
            next_en="Check the headings, or correct the mapping.",
            sheet=self._sheet.name,
            cell=cell_name(self._row, 0),
            subject=name,
            is_error=is_error,
        )


def _missing(names: Sequence[str], sheet: Sheet, headings: Sequence[str]) -> BadInputError:
    found = ", ".join(name for name in headings if name) or "-"
    listed = ", ".join(names)
    return BadInputError(
        "panel-column-missing",
        f"ไม่พบคอลัมน์ {listed} ในตาราง (ที่มีคือ {found})",
        f"The table has no column {listed} (it has {found}).",
        next_th="ตรวจแถวหัวตารางและชื่อคอลัมน์ในผังการนำเข้า",
        next_en="Check the heading row and the column names in the mapping.",
        place=sheet.name,
    )
