"""A first mapping for a table nobody has described yet, for a person to confirm."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from sanyan.core.errors import BadInputError
from sanyan.core.forms.panel_columns import heading
from sanyan.core.forms.panel_mapping import PanelIndicator, PanelMapping, PanelPeriod
from sanyan.core.forms.sheets import Sheet
from sanyan.core.thai.digits import to_arabic
from sanyan.core.thai.numbers import parse_number

_ROWS_LOOKED_AT = 2000
_MOST_HEADER_ROWS = 10
_MOSTLY = 0.6
_BE_YEARS, _CE_YEARS = range(2440, 2650), range(1900, 2107)
_NAMES = {
    "unit": r"unit|code|id|รหัส.*|หน่วยงาน|เขต.*|จังหวัด|province|district|school|โรงเรียน",
    "unit_name": r"name|ชื่อ.*|.*_name|unit_name",
    "region": r"region|ภาค|zone|เขตตรวจ.*|area_type",
    "size": r"size|enrol\w*|students?|pupils?|จำนวนนักเรียน|นักเรียน|population",
}
_YEAR_IN_HEADING = re.compile(r"(?<!\d)(\d{4})(?!\d)")


@dataclass(frozen=True)
class _Column:
    name: str
    values: tuple[str, ...]

    @property
    def numbers(self) -> list[float]:
        return [read.value for value in self.values if (read := parse_number(value)).value is not None]

    @property
    def is_numeric(self) -> bool:
        held = [value for value in self.values if parse_number(value).mark is None or parse_number(value).reason]
        return bool(held) and len(self.numbers) >= _MOSTLY * len(held)

    def calendar(self) -> str:
        """The era of the years it holds, "" where it holds anything else."""
        held = [value for value in self.values if value]
        years = {int(value) for value in self.numbers if float(value).is_integer()}
        if not held or len(self.numbers) < len(held) or not years:
            return ""
        return "be" if years <= set(_BE_YEARS) else "ce" if years <= set(_CE_YEARS) else ""

    def is_called(self, role: str) -> bool:
        return re.fullmatch(_NAMES[role], self.name, re.IGNORECASE) is not None


def suggest_mapping(sheet: Sheet, *, framework: str = "panel") -> PanelMapping:
    """Guess where headings, periods, units and figures stand. Raises BadInputError where no year can be
    found.

    Every numeric column that is neither becomes an indicator of kind number, without a direction: what is
    good or bad is for a person to say.
    """
    header_row = _header_row(sheet)
    columns = _columns(sheet, header_row)
    period, taken = _period(columns)
    if period is None:
        raise _no_year(sheet)
    rest = [column for column in columns if column.name not in taken]
    years = [column for column in columns if period.column and column.name == period.column]
    unit = _unit(rest, years[0] if years else None)
    if unit is None:
        raise _no_unit(sheet)
    rest.remove(unit)
    found = {role: _role(rest, unit, role) for role in ("unit_name", "region", "size")}
    taken_up = {found["unit_name"], found["region"]}
    numeric = [column for column in rest if column.is_numeric and column.name not in taken_up]
    indicators = _indicators(columns, period, numeric)
    if not indicators:
        raise _no_unit(sheet)
    return PanelMapping(
        framework=framework,
        unit=(unit.name,),
        period=period,
        indicators=indicators,
        header_row=header_row + 1,
        unit_name=found["unit_name"],
        region=found["region"],
        size=found["size"],
        ignore=tuple(name for name in taken if name and name != period.column) if period.column else (),
    )


def _header_row(sheet: Sheet) -> int:
    """The first of the top rows with the most different texts."""
    widths = [
        len({heading(value) for value in row if isinstance(value, str) and heading(value)})
        for row in sheet.rows[:_MOST_HEADER_ROWS]
    ]
    return widths.index(max(widths)) if widths else 0


def _columns(sheet: Sheet, header_row: int) -> list[_Column]:
    names = sheet.rows[header_row] if sheet.rows else ()
    below = range(header_row + 1, min(len(sheet.rows), header_row + 1 + _ROWS_LOOKED_AT))
    found = [
        _Column(heading(name), tuple(heading(sheet.at(row, at)) for row in below))
        for at, name in enumerate(names)
        if heading(name)
    ]
    return list({column.name: column for column in reversed(found)}.values())[::-1]


def _period(columns: Sequence[_Column]) -> tuple[PanelPeriod | None, set[str]]:
    """The period, Buddhist era first, and the names of all columns that tell time."""
    calendars = {column.name: column.calendar() for column in columns}
    for era in ("be", "ce"):
        named = [name for name, calendar in calendars.items() if calendar == era]
        if named:
            return PanelPeriod(column=named[0], calendar=era), {name for name, held in calendars.items() if held}
    dated = {column.name: match for column in columns if (match := _YEAR_IN_HEADING.search(to_arabic(column.name)))}
    years = {int(match[1]) for match in dated.values()}
    era = "be" if years <= set(_BE_YEARS) else "ce" if years <= set(_CE_YEARS) else ""
    if not dated or not era:
        return None, set()
    match = next(iter(dated.values()))
    before, after = match.string[: match.start()], match.string[match.end() :]
    alone = {(m.string[: m.start()], m.string[m.end() :]) for m in dated.values()} == {(before, after)}
    if alone:
        return PanelPeriod(calendar=era, pattern=f"{before}{{year}}{after}"), set(dated)
    pattern = _joined_pattern(before, after)
    return PanelPeriod(calendar=era, pattern=pattern), set(dated)


def _joined_pattern(before: str, after: str) -> str:
    """The pattern of headings such as births_2560 or "2560 births": the joint is the mark beside the year."""
    if before:
        joint = before[-1] if not before[-1].isalnum() else ""
        return f"{{indicator}}{joint}{{year}}{after}"
    joint = after[0] if after and not after[0].isalnum() else ""
    return f"{{year}}{joint}{{indicator}}"


def _unit(columns: Sequence[_Column], years: _Column | None) -> _Column | None:
    """The column whose values, with the year, tell the lines apart; one that is called so goes first."""

    def tells_apart(column: _Column) -> bool:
        if not all(column.values):
            return False
        keys = list(zip(column.values, years.values, strict=True)) if years else list(column.values)
        return len(set(keys)) >= 0.9 * len(keys)

    first: list[Callable[[_Column], bool]] = [
        lambda column: column.is_called("unit") and tells_apart(column),
        lambda column: not column.is_numeric and tells_apart(column),
        tells_apart,
    ]
    return next((column for fits in first for column in columns if fits(column)), None)


def _role(columns: Sequence[_Column], unit: _Column, role: str) -> str:
    for column in columns:
        if not column.is_called(role):
            continue
        told: dict[str, set[str]] = {}
        for key, value in zip(unit.values, column.values, strict=True):
            told.setdefault(key, set()).add(value)
        if role == "size":
            if column.is_numeric:
                return column.name
        elif sum(len(values) == 1 for values in told.values()) >= 0.9 * len(told):
            return column.name
    return ""


def _indicators(
    columns: Sequence[_Column], period: PanelPeriod, numeric: Sequence[_Column]
) -> tuple[PanelIndicator, ...]:
    if period.headings is None:
        return tuple(PanelIndicator(_code(column.name), column=column.name) for column in numeric)
    if "{indicator}" not in period.pattern:
        return (PanelIndicator("value", name_th="ค่า", name_en="Value"),)
    matches = [period.headings.fullmatch(to_arabic(column.name)) for column in columns]
    names = dict.fromkeys(match["indicator"] for match in matches if match)
    return tuple(PanelIndicator(_code(name), column=name) for name in names)


def _code(name: str) -> str:
    return re.sub(r"[\s;]+", "-", name)[:40]


def _no_year(sheet: Sheet) -> BadInputError:
    return BadInputError(
        "panel-without-year",
        "ไม่พบคอลัมน์ปี หรือหัวคอลัมน์ที่เป็นปี",
        "No column holds years, and no heading is one.",
        next_th="ระบุคอลัมน์ปีในผังการนำเข้าเอง",
        next_en="Name the column of years in a mapping yourself.",
        place=sheet.name,
    )


def _no_unit(sheet: Sheet) -> BadInputError:
    return BadInputError(
        "panel-without-unit",
        "ไม่พบคอลัมน์หน่วยงานหรือคอลัมน์ตัวเลขที่ใช้ได้",
        "No column tells units apart, or none holds figures.",
        next_th="ระบุคอลัมน์ในผังการนำเข้าเอง",
        next_en="Name the columns in a mapping yourself.",
        place=sheet.name,
    )
