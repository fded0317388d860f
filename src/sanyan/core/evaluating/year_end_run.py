"""The within-year task on a table: each test year as it stood after so many months, and nothing later."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass

import numpy as np

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.year_end_rows import Statement
from sanyan.core.evaluating.year_end_spec import TargetKind, YearEndSpec, YearTarget
from sanyan.core.evaluating.year_end_table import YearTable
from sanyan.core.stats.panel import FloatArray
from sanyan.core.warning.year_end import YearEnd, YearSoFar, forecast_year_end

FEWEST_OF_MEDIAN = 3  # years that a median or mean of more years may be taken of
GOOD_WHEN_MOST = 0.5  # a share that most reach is taken for something good


@dataclass(frozen=True)
class YearEndRow:
    """One line of the answer: a unit's year as expected after `month` months, on the scale of the specification."""

    test: int
    month: int
    unit: str
    mean: float
    lo80: float
    hi80: float
    p_miss: float


@dataclass(frozen=True)
class YearEndGap:
    """A unit that a test could say nothing of, and why; an empty unit stands for all of them."""

    test: int
    month: int
    unit: str
    code: str
    th: str
    en: str

    def as_dict(self) -> dict[str, object]:
        """All parts by name."""
        return asdict(self)


@dataclass(frozen=True)
class YearEndCase:
    """One test year after so many months: what was asked, what was said, and how the year ended (NaN if not known).

    `values`, `target` and `outcome` are on the scale of the numbers: count, or numerator / denominator.
    """

    test: int
    month: int
    so_far: YearSoFar
    said: YearEnd
    outcome: FloatArray

    @property
    def missed(self) -> FloatArray:
        """1 where the year missed its target, 0 where it met it, NaN where its end or its target is not known."""
        over = self.outcome > self.so_far.target if self.so_far.misses_above else self.outcome < self.so_far.target
        return np.where(np.isfinite(self.outcome) & np.isfinite(self.so_far.target), over, np.nan)


@dataclass(frozen=True)
class YearEndResult:
    """Everything that was said, everything that could not be, and how open questions were read."""

    cases: tuple[YearEndCase, ...]
    rows: tuple[YearEndRow, ...]
    gaps: tuple[YearEndGap, ...]
    statements: tuple[Statement, ...]
    per: float
    misses_above: bool


_REASONS = {
    "no-such-year": ("ไม่มีปีนี้ในข้อมูล", "The table holds nothing of this year."),
    "no-past-year": ("ไม่มีปีก่อนหน้าในข้อมูล", "The table holds no year before this one."),
    "month-not-reached": ("ข้อมูลยังไม่ถึงเดือนนี้", "The table does not reach this month."),
    "no-target": ("ข้อมูลปีก่อนไม่พอที่จะตั้งเป้าหมาย", "Too little is known of the years before to set the target."),
    "too-little-data": (
        "ข้อมูลของหน่วยยังไม่พอ ต้องมีรายงานปีนี้ และสำหรับจำนวนนับต้องมีปีก่อนหน้าที่ครบอย่างน้อยหนึ่งปี",
        "The unit has too little data: a report of this year, and for a count a complete year before it.",
    ),
}


def run_year_end(table: YearTable, spec: YearEndSpec, *, place: str = "") -> YearEndResult:
    """Every test year and month of a specification; raise BadInputError where nothing at all could be said."""
    misses_above, told = _misses_above(table, spec)
    values = table.values()
    tests = spec.tests or table.years[1:]
    cases: list[YearEndCase] = []
    rows: list[YearEndRow] = []
    gaps: list[YearEndGap] = []
    for test in tests:
        for month in spec.months:
            why = _closed(table, test, month)
            if why:
                gaps.append(_gap(test, month, "", why))
                continue
            case = _case(table, spec, values, test, month, misses_above)
            cases.append(case)
            rows += _rows(table, spec, case)
            gaps += _gaps(table, case)
    if not rows:
        raise _nothing(gaps, place)
    return YearEndResult(tuple(cases), tuple(rows), tuple(gaps), (*table.statements, *told), spec.per, misses_above)


def _case(
    table: YearTable, spec: YearEndSpec, values: FloatArray, test: int, month: int, misses_above: bool
) -> YearEndCase:
    at = table.years.index(test)
    target = _targets(values[:, :at], spec.target, spec.per, misses_above)
    below = None if table.denominator is None else table.denominator[:, : at + 1]
    so_far = YearSoFar(table.numerator[:, : at + 1], below, month, target, misses_above)
    return YearEndCase(test, month, so_far, forecast_year_end(so_far), _outcome(table, at, values))


def _outcome(table: YearTable, at: int, values: FloatArray) -> FloatArray:
    """How the year ended, where the table reaches its last month."""
    reaches = bool(np.isfinite(table.numerator[:, at, -1]).any())
    return values[:, at] if reaches else np.full(values.shape[0], np.nan)


def _targets(past: FloatArray, target: YearTarget, per: float, misses_above: bool) -> FloatArray:
    """The target of every unit from the years before, on the scale of the numbers; NaN where it cannot be set."""
    if target.kind is TargetKind.LEVEL:
        return np.full(past.shape[0], target.value / per)
    if target.kind is TargetKind.LAST_YEAR:
        return past[:, -1] + (1 if misses_above else -1) * target.value / per
    last = past[:, -target.years :]
    count = np.isfinite(last).sum(axis=1)
    enough = count >= min(target.years, FEWEST_OF_MEDIAN)
    usable = np.where(enough[:, None], last, 0.0)
    level = np.nanmedian(usable, axis=1) if target.kind is TargetKind.MEDIAN else np.nanmean(usable, axis=1)
    return np.where(enough, level, np.nan)


def _misses_above(table: YearTable, spec: YearEndSpec) -> tuple[bool, list[Statement]]:
    """Which way is bad, and how it and the scale were read."""
    said = [_scale(spec.per)] if spec.is_per_guessed else []
    if spec.target.misses_above is not None:
        return spec.target.misses_above, said
    is_count = table.denominator is None
    above = is_count or _pooled_before(table, spec) <= GOOD_WHEN_MOST
    way_th, way_en = ("ยิ่งต่ำยิ่งดี", "lower is better") if above else ("ยิ่งสูงยิ่งดี", "higher is better")
    why_th = "เป็นจำนวนนับ" if is_count else "ดูจากสัดส่วนรวมของปีก่อน ๆ"
    why_en = "as it is a count" if is_count else "from the pooled share of the years before"
    return above, [
        *said,
        Statement(
            "direction",
            f"ถือว่า{way_th} เพราะ{why_th} (ระบุ direction เพื่อเปลี่ยน)",
            f"Taken as: {way_en}, {why_en} (direction changes that).",
        ),
    ]


def _scale(per: float) -> Statement:
    unit_th, unit_en = ("ร้อยละ", "percent") if per == 100 else ("ผลหารของตัวตั้งกับตัวหาร", "numerator / denominator")
    return Statement(
        "scale",
        f"ค่าเป็น{unit_th} ตามหน่วยของเป้าหมาย (ระบุ per เพื่อเปลี่ยน)",
        f"Values are {unit_en}, as the target is written (per changes that).",
    )


def _pooled_before(table: YearTable, spec: YearEndSpec) -> float:
    """The share of all units in the years before the first test."""
    assert table.denominator is not None
    first = min(spec.tests, default=table.years[-1])
    before = [index for index, year in enumerate(table.years) if year < first]
    above, below = table.numerator[:, before], table.denominator[:, before]
    there = np.isfinite(above) & np.isfinite(below)
    total = float(below[there].sum())
    return float(above[there].sum()) / total if total > 0 else 0.0


def _closed(table: YearTable, test: int, month: int) -> str:
    """Why a whole test cannot be made; "" where it can."""
    if test not in table.years:
        return "no-such-year"
    at = table.years.index(test)
    if at == 0:
        return "no-past-year"
    return "" if np.isfinite(table.numerator[:, at, month - 1]).any() else "month-not-reached"


def _rows(table: YearTable, spec: YearEndSpec, case: YearEndCase) -> Iterator[YearEndRow]:
    said = case.said
    for index in np.flatnonzero(np.isfinite(said.p_miss)).tolist():
        mean, low, high = (float(held[index]) * spec.per for held in (said.mean, said.lo80, said.hi80))
        yield YearEndRow(case.test, case.month, table.units[index], mean, low, high, float(said.p_miss[index]))


def _gaps(table: YearTable, case: YearEndCase) -> Iterator[YearEndGap]:
    for index in np.flatnonzero(~np.isfinite(case.said.p_miss)).tolist():
        why = "no-target" if case.said.known[index] else "too-little-data"
        yield _gap(case.test, case.month, table.units[index], why)


def _gap(test: int, month: int, unit: str, why: str) -> YearEndGap:
    return YearEndGap(test, month, unit, why, *_REASONS[why])


def _nothing(gaps: list[YearEndGap], place: str) -> BadInputError:
    why = "; ".join(sorted({f"{gap.test}: {gap.en}" for gap in gaps})[:5])
    th = "; ".join(sorted({f"{gap.test}: {gap.th}" for gap in gaps})[:5])
    return BadInputError(
        "year-end-nothing",
        f"คาดการณ์ไม่ได้เลยสักหน่วย: {th}",
        f"Nothing could be said of any unit: {why}",
        next_th="ตรวจ tests, year_starts และ year_label ในไฟล์กำหนด หรือเพิ่มข้อมูลปีก่อน",
        next_en="Check tests, year_starts and year_label in the specification, or add earlier years.",
        place=place,
    )
