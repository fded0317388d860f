"""From a table of months to years: units x years x months, and everything that was left out, summed or presumed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.tables import Columns, Omission
from sanyan.core.evaluating.year_end_rows import IntArray, Statement, read_rows
from sanyan.core.evaluating.year_end_spec import YearEndSpec
from sanyan.core.forms.sheets import Sheet
from sanyan.core.stats.panel import FloatArray

MOST_YEARS = 200


@dataclass(frozen=True)
class YearTable:
    """`numerator` and `denominator` (None for a count) are units x years x 12, NaN where nothing was reported.

    `years` carry the label the specification asks for, ascending and without gaps.
    """

    units: tuple[str, ...]
    years: tuple[int, ...]
    numerator: FloatArray
    denominator: FloatArray | None
    omissions: tuple[Omission, ...]
    statements: tuple[Statement, ...]

    def values(self) -> FloatArray:
        """Units x years: a count where all months are there, or a share of what was reported; NaN otherwise."""
        if self.denominator is None:
            return np.asarray(self.numerator.sum(axis=2))
        there = np.isfinite(self.numerator) & np.isfinite(self.denominator)
        above, below = (np.where(there, held, 0.0).sum(axis=2) for held in (self.numerator, self.denominator))
        values: FloatArray = np.full(above.shape, np.nan)
        np.divide(above, below, out=values, where=below > 0)
        return values


def read_years(sheet: Sheet, spec: YearEndSpec, *, place: str = "") -> YearTable:
    """The years that a specification names in a table; raise BadInputError for a missing column or no usable row.

    Exact repeats are dropped. Of rows of one unit and month that differ in nothing but their figures the first counts;
    rows that differ in another column are parts and are summed. All of it is told. What a month without a row means,
    and which rows are mistakes, is decided from the months before the first test alone.
    """
    table = Columns(sheet, place)
    table.tell_unread(spec.unread)
    rows = read_rows(table, spec)
    shift = spec.starts - 1
    starts = (rows.months - shift) // 12 + int(rows.by_end)
    years = _range(starts, place)
    names = tuple(sorted(set(rows.units)))
    index = {name: number for number, name in enumerate(names)}
    at = np.array([index[name] for name in rows.units]), starts - years[0], (rows.months - shift) % 12
    shape = (len(names), len(years), 12)
    above = _summed(shape, at, rows.above)
    below = None if rows.below is None else _summed(shape, at, rows.below)
    statements = [*rows.statements]
    if below is None:
        above, presumed = _absent(table, spec, above, years)
        statements += presumed
    return YearTable(names, years, above, below, tuple(table.omissions), tuple(statements))


def _range(starts: IntArray, place: str) -> tuple[int, ...]:
    first, last = int(starts.min()), int(starts.max())
    if last - first >= MOST_YEARS:
        raise BadInputError(
            "year-end-years",
            f"ปีในตารางอยู่ระหว่าง {first} ถึง {last} ซึ่งกว้างเกินไป",
            f"The table's years reach from {first} to {last}, which is too far.",
            next_th="ตรวจปีที่พิมพ์ผิด หรือปี พ.ศ. กับ ค.ศ. ที่ปนกัน",
            next_en="Look for mistyped years, or Buddhist and common era together.",
            place=place,
        )
    return tuple(range(first, last + 1))


def _summed(shape: tuple[int, int, int], at: tuple[IntArray, IntArray, IntArray], figures: FloatArray) -> FloatArray:
    total, count = np.zeros(shape), np.zeros(shape)
    np.add.at(total, at, figures)
    np.add.at(count, at, 1)
    return np.where(count > 0, total, np.nan)


def _absent(
    table: Columns, spec: YearEndSpec, counts: FloatArray, years: tuple[int, ...]
) -> tuple[FloatArray, list[Statement]]:
    """What months without a row mean: zero where the file never writes a zero before the first test, else missing."""
    early = counts[:, [year < min(spec.tests, default=years[-1] + 1) for year in years]]
    there = early[np.isfinite(early)]
    never_zero = bool(there.size and there.size < early.size and np.all(there > 0) and np.all(there == np.round(there)))
    if spec.absent == "missing" or (not spec.absent and not never_zero):
        return counts, []
    flat = counts.reshape(counts.shape[0], -1).copy()
    some = np.flatnonzero(np.isfinite(flat).any(axis=0))
    begun = np.maximum.accumulate(np.isfinite(counts).any(axis=2), axis=1).repeat(12, axis=1)
    within = np.zeros(flat.shape[1], dtype=np.bool_)
    within[some[0] : some[-1] + 1] = True
    zero = ~np.isfinite(flat) & begun & within
    flat[zero] = 0.0
    said = Statement(
        "absent-is-zero",
        f"เดือนที่ไม่มีแถวหลังปีแรกของหน่วย {int(zero.sum())} ช่อง นับเป็นศูนย์ เพราะไฟล์ไม่เคยเขียนศูนย์ (เปลี่ยนได้ด้วย absent: missing)",
        f"{int(zero.sum())} months without a row, from a unit's first year on, count as zero, as the file never writes "
        "a zero (absent: missing changes that).",
    )
    return flat.reshape(counts.shape), [said]
