"""The rows of a table of months that can be used, and why the others cannot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from numpy.typing import NDArray

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.tables import Columns
from sanyan.core.evaluating.year_end_spec import Term, YearEndSpec, month_number
from sanyan.core.stats.panel import BoolArray, FloatArray

FEW_ABOVE = 0.01  # a numerator above its denominator this rarely is a mistake; more often, a rate

IntArray = NDArray[np.int64]

_PERIOD = re.compile(r"(?P<year>\d{4})[-/.M ]?(?P<month>\d{1,2})(?:[-/.]?\d{1,2}(?:[T ].*)?)?")


@dataclass(frozen=True)
class Statement:
    """How something that the specification leaves open was read."""

    code: str
    th: str
    en: str

    def as_dict(self) -> dict[str, object]:
        """All parts by name."""
        return asdict(self)


@dataclass(frozen=True)
class MonthRows:
    """The rows that are used: unit, calendar month (year * 12 + month - 1), numerator and denominator.

    `by_end` says that a year is called after the calendar year it ends in.
    """

    units: list[str]
    months: IntArray
    above: FloatArray
    below: FloatArray | None
    by_end: bool
    statements: tuple[Statement, ...]


def read_rows(table: Columns, spec: YearEndSpec) -> MonthRows:
    """The usable rows; everything else is told in the table's omissions. Raise BadInputError where none is left."""
    units = table.texts(spec.unit)
    months = _calendar_months(table, spec)
    by_end, statements = _labelled_by_end(spec, months[months >= 0])
    above = _figure(table, spec.numerator)
    below = _figure(table, spec.denominator) if spec.denominator else None
    kept = _kept(table, spec)
    kept &= _told(table, kept, np.array([not name for name in units]), "no-unit", "ไม่มีชื่อหน่วย", "have no unit")
    unread = "have a period that is not a month (YYYY-MM)"
    kept &= _told(table, kept, months < 0, "period-unread", "อ่านเดือนไม่ได้", unread)
    first = (spec.tests[0] - by_end) * 12 + spec.starts - 1 if spec.tests else int(months.max()) + 1
    kept &= _with_figures(table, kept, above, below, months < first)
    kept &= _first_of_repeats(table, spec, kept, units, months)
    if not kept.any():
        why_th, why_en = table.reasons
        raise BadInputError(
            "year-end-empty",
            f"ไม่มีแถวที่ใช้ได้ในตาราง{why_th}",
            f"No row of the table can be used.{why_en}",
            next_th="ตรวจคอลัมน์หน่วย เดือน และตัวเลข ในไฟล์กำหนด แล้วลองใหม่",
            next_en="Check the columns of unit, period and figures in the specification, and try again.",
            place=table.place,
        )
    chosen = np.flatnonzero(kept)
    names = [units[row] for row in chosen.tolist()]
    return MonthRows(
        names, months[chosen], above[chosen], None if below is None else below[chosen], by_end, tuple(statements)
    )


def _with_figures(
    table: Columns, kept: BoolArray, above: FloatArray, below: FloatArray | None, early: BoolArray
) -> BoolArray:
    """The rows whose figures can be: there, not negative, and not above their denominator where that is rare."""
    both = above if below is None else above + below
    usable = _told(table, kept, ~np.isfinite(both), "value-missing", "ไม่มีตัวเลข", "hold no figure")
    lowest = np.nan_to_num(above if below is None else np.minimum(above, below))
    usable &= _told(table, kept & usable, lowest < 0, "value-negative", "มีค่าติดลบ", "hold a figure below zero")
    if below is None:
        return usable
    over = np.nan_to_num(above) > np.nan_to_num(below)
    before = over[kept & usable & early]
    if before.size and before.mean() > FEW_ABOVE:
        return usable
    told = "have a numerator above its denominator"
    return usable & _told(table, kept & usable, over, "above-denominator", "ตัวตั้งมากกว่าตัวหาร", told)


def _calendar_months(table: Columns, spec: YearEndSpec) -> IntArray:
    """year * 12 + month - 1 of every row; -1 where it cannot be read."""
    if len(spec.period) == 2:
        pairs = zip(table.texts(spec.period[0]), table.texts(spec.period[1]), strict=True)
        return np.array([_month_of(year.removesuffix(".0"), month) for year, month in pairs], dtype=np.int64)
    known: dict[str, int] = {}
    for text in table.texts(spec.period[0]):
        if text not in known:
            found = _PERIOD.fullmatch(text.removesuffix(".0"))
            known[text] = _month_of(found["year"], found["month"]) if found else -1
    return np.array([known[text] for text in table.texts(spec.period[0])], dtype=np.int64)


def _month_of(year: str, month: str) -> int:
    number = month_number(month)
    return int(year) * 12 + number - 1 if number is not None and re.fullmatch(r"\d{4}", year) else -1


def _figure(table: Columns, terms: Sequence[Term]) -> FloatArray:
    """A column, or columns added and taken away; a name with a sign in it is a column where there is one."""
    whole = " ".join(f"{'-' if term.sign < 0 else '+'} {term.column}" for term in terms).removeprefix("+ ")
    if len(terms) > 1 and whole in table.names:
        return table.numbers(whole)
    total = np.zeros(len(table))
    for term in terms:
        total = total + term.sign * table.numbers(term.column)
    return total


def _kept(table: Columns, spec: YearEndSpec) -> BoolArray:
    kept = np.ones(len(table), dtype=np.bool_)
    for name, wanted in spec.keep.items():
        plain = {value.removesuffix(".0") for value in wanted}
        kept &= np.array([text.removesuffix(".0") in plain for text in table.texts(name)])
    _told(
        table, np.ones(len(table), dtype=np.bool_), ~kept, "filtered", "ไม่อยู่ในเงื่อนไข filter", "do not pass the filter"
    )
    return kept


def _told(table: Columns, kept: BoolArray, bad: BoolArray, code: str, th: str, en: str) -> BoolArray:
    """The rows that are not bad; the bad ones among those kept so far are told."""
    found = np.flatnonzero(kept & bad)
    if found.size:
        table.omit(code, int(found.size), f"แถวที่{th} ไม่ได้ใช้", f"Rows that {en} are not used.", table.row_name(found[0]))
    return ~bad


def _first_of_repeats(
    table: Columns, spec: YearEndSpec, kept: BoolArray, units: list[str], months: IntArray
) -> BoolArray:
    """Without exact repeats, and without rows that contradict an earlier one; the parts that remain are told."""
    terms = {term.column for term in (*spec.numerator, *spec.denominator)}
    figures = [name for name in table.names if name in terms]
    others = [table.texts(name) for name in table.names if name not in terms]
    held = list(zip(*others, strict=True)) if others else [()] * len(table)
    values = list(zip(*(table.texts(name) for name in figures), strict=True))
    first: dict[tuple[object, ...], int] = {}
    parts: dict[tuple[str, int], int] = {}
    exact: list[int] = []
    clash: list[int] = []
    summed: list[int] = []
    for row in np.flatnonzero(kept).tolist():
        key = (units[row], int(months[row]), held[row])
        if key in first:
            (exact if values[first[key]] == values[row] else clash).append(row)
            continue
        first[key] = row
        unit_month = units[row], int(months[row])
        parts[unit_month] = parts.get(unit_month, 0) + 1
        if parts[unit_month] > 1:
            summed.append(row)
    usable = np.ones(len(table), dtype=np.bool_)
    usable[exact] = False
    usable[clash] = False
    _tell_repeats(table, exact, clash, summed)
    return usable


def _tell_repeats(table: Columns, exact: list[int], clash: list[int], summed: list[int]) -> None:
    if exact:
        table.omit(
            "repeated-row",
            len(exact),
            "แถวซ้ำกันทุกช่อง นับครั้งเดียว",
            "Rows that repeat another in every cell count once.",
            table.row_name(exact[0]),
        )
    if clash:
        table.omit(
            "repeated-unit-month",
            len(clash),
            "แถวที่หน่วยและเดือนซ้ำแต่ตัวเลขไม่ตรงกัน ใช้แถวแรก",
            "Rows of a unit and month that came before with other figures are not used; the first is.",
            table.row_name(clash[0]),
        )
    if summed:
        table.omit(
            "rows-summed",
            len(summed),
            "แถวของหน่วยและเดือนเดียวกันที่ต่างกันในคอลัมน์อื่น รวมเข้าด้วยกันแล้ว",
            "Rows of one unit and month that differ in other columns were added together.",
            table.row_name(summed[0]),
        )


def _labelled_by_end(spec: YearEndSpec, months: IntArray) -> tuple[bool, list[Statement]]:
    if spec.starts == 1:
        return False, []
    held = set(((months - spec.starts + 1) // 12).tolist())
    by_end = spec.labelled_by_end
    if by_end is None:
        tests = set(spec.tests)
        by_end = not tests <= held and tests <= {year + 1 for year in held}
    name_th, name_en = ("สิ้นสุด", "ends") if by_end else ("เริ่ม", "starts")
    said = Statement(
        "year-label",
        f"เรียกชื่อปีตามปีปฏิทินที่{name_th} (เดือนแรกคือเดือนที่ {spec.starts})",
        f"A year is called after the calendar year it {name_en} in (its first month is {spec.starts}).",
    )
    return by_end, [said]
