"""What a monthly file holds and what its year is to reach: the specification of the within-year task."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sanyan.core.evaluating.specs import ABOUT, SpecReader
from sanyan.core.indicators.definitions import Direction

MONTHS = (3, 6, 9)
PERCENT_LEVEL = 1.5  # a level above this, with a denominator and no `per`, is a percent
PERCENT_POINTS = 0.1  # points from this on, with a denominator and no `per`, are percentage points
MOST_MEDIAN_YEARS = 50
_MONTH_NAMES = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_OF_LAST = re.compile(r"(?P<how>median|mean|average)_of_(?:the_)?last_(?P<years>\d+)_years?")
_TERMS = re.compile(r"\s+([+-])\s+")
_FIELDS = (
    *(*ABOUT, "unit", "period", "numerator", "denominator", "per", "year_starts", "year_label", "target", "direction"),
    *("tests", "months", "filter", "absent"),
)
_TARGETS = ("not_above", "not_below", "no_worse_than_last_year")


class TargetKind(StrEnum):
    """What a year is held against."""

    LEVEL = "level"
    MEDIAN = "median"
    MEAN = "mean"
    LAST_YEAR = "last_year"


@dataclass(frozen=True)
class YearTarget:
    """`value` is the level or the points a year may be worse than the last; `years` those of a median or mean.

    `misses_above` is None where the file is to tell which way is bad.
    """

    kind: TargetKind
    misses_above: bool | None
    value: float = 0.0
    years: int = 0


@dataclass(frozen=True)
class Term:
    """A column, added or taken away."""

    column: str
    sign: int = 1


@dataclass(frozen=True)
class YearEndSpec:
    """`period` is one column, or a year's and a month's. `numerator` and `denominator` are columns or sums of them.

    `starts` is the first month of a year. `labelled_by_end` says that a year is called after the calendar year it ends
    in; None lets the tests decide. Values are numerator / denominator * `per`. `keep` are the rows to use. `absent` is
    what a month without a row means for a count; "" lets the file decide. `unread` are fields that nothing reads.
    """

    unit: str
    period: tuple[str, ...]
    numerator: tuple[Term, ...]
    denominator: tuple[Term, ...]
    starts: int
    labelled_by_end: bool | None
    target: YearTarget
    tests: tuple[int, ...]
    months: tuple[int, ...]
    per: float
    is_per_guessed: bool
    keep: Mapping[str, tuple[str, ...]]
    absent: str
    unread: tuple[str, ...] = ()


def read_year_end_spec(document: object, *, place: str = "") -> YearEndSpec:
    """The within-year task from a parsed document; raise BadInputError naming the field that is wrong.

    Columns are named as in the file, or as sums of columns: `attendances - breaches`, `[type_1, type_2]`. Without
    `per`, the scale is that of the target: a level above 1.5, a level with %, or points from 0.1 on mean percent.
    """
    reader = SpecReader.of(document, place)
    denominator = _terms(reader, "denominator") if reader.has("denominator") else ()
    target, is_percent = _target(reader)
    per, is_guessed = _per(reader, target, bool(denominator), is_percent)
    return YearEndSpec(
        unit=reader.text("unit"),
        period=_period(reader),
        numerator=_terms(reader, "numerator"),
        denominator=denominator,
        starts=_month(reader, "year_starts"),
        labelled_by_end=_label(reader),
        target=target,
        tests=_tests(reader),
        months=_months(reader),
        per=per,
        is_per_guessed=is_guessed,
        keep=_keep(reader),
        absent=_one_of(reader, "absent", ("zero", "missing")),
        unread=(*reader.unread(_FIELDS), *reader.part("target").unread((*_TARGETS, "direction"), "target.")),
    )


def _period(reader: SpecReader) -> tuple[str, ...]:
    if isinstance(reader.document.get("period"), Mapping):
        part = reader.part("period")
        return part.text("year"), part.text("month")
    return (reader.text("period"),)


def _terms(reader: SpecReader, name: str) -> tuple[Term, ...]:
    value = reader.document.get(name)
    if isinstance(value, Sequence) and not isinstance(value, str):
        columns = reader.texts(name)
        if not columns:
            raise reader.fault(name)
        return tuple(Term(column) for column in columns)
    first, *rest = _TERMS.split(reader.text(name))
    pairs = zip(rest[::2], rest[1::2], strict=True)
    return Term(first.strip()), *(Term(column.strip(), 1 if sign == "+" else -1) for sign, column in pairs)


def _target(reader: SpecReader) -> tuple[YearTarget, bool]:
    """The target, and whether it is written with a percent sign."""
    part = reader.part("target")
    named = [name for name in _TARGETS if part.document.get(name) is not None]
    if len(named) != 1:
        raise reader.fault("target: " + " | ".join(_TARGETS))
    given = _direction(reader, part)
    if named[0] == "no_worse_than_last_year":
        return _last_year(reader, part, given)
    above = named[0] == "not_above"
    if given is not None and given is not above:
        raise reader.fault("direction")
    value = part.document[named[0]]
    found = _OF_LAST.fullmatch(value.strip().lower().replace(" ", "_")) if isinstance(value, str) else None
    if found:
        years = int(found["years"])
        if not 1 <= years <= MOST_MEDIAN_YEARS:
            raise reader.fault(f"target.{named[0]}")
        kind = TargetKind.MEDIAN if found["how"] == "median" else TargetKind.MEAN
        return YearTarget(kind, above, years=years), False
    level, is_percent = _number(reader, f"target.{named[0]}", value)
    return YearTarget(TargetKind.LEVEL, above, level), is_percent


def _last_year(reader: SpecReader, part: SpecReader, given: bool | None) -> tuple[YearTarget, bool]:
    value = part.document["no_worse_than_last_year"]
    if isinstance(value, Mapping):
        inner = part.part("no_worse_than_last_year")
        given = _direction(inner, inner) if inner.has("direction") else given
        value = inner.document.get("points", 0)
    if value is True:
        value = 0
    points, is_percent = _number(reader, "target.no_worse_than_last_year", value)
    if points < 0:
        raise reader.fault("target.no_worse_than_last_year")
    return YearTarget(TargetKind.LAST_YEAR, given, points), is_percent


def _direction(reader: SpecReader, part: SpecReader) -> bool | None:
    """Whether above is bad, where somebody says which way is good."""
    for held in (part, reader):
        if held.has("direction"):
            return held.direction() is Direction.LOWER
    return None


def _number(reader: SpecReader, name: str, value: object) -> tuple[float, bool]:
    """A number, perhaps with a percent sign."""
    if not isinstance(value, str | int | float):
        raise reader.fault(name)
    text = str(value).strip()
    is_percent = text.endswith("%")
    try:
        number = math.nan if isinstance(value, bool) else float(text.rstrip("% ").replace(",", ""))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise reader.fault(name)
    return number, is_percent


def _per(reader: SpecReader, target: YearTarget, has_denominator: bool, is_percent: bool) -> tuple[float, bool]:
    if reader.has("per"):
        per = reader.number("per")
        if per <= 0 or not has_denominator:
            raise reader.fault("per")
        return per, False
    level = target.kind is TargetKind.LEVEL and target.value > PERCENT_LEVEL
    points = target.kind is TargetKind.LAST_YEAR and target.value >= PERCENT_POINTS
    if is_percent and not has_denominator:
        raise reader.fault("denominator")
    return (100.0, True) if has_denominator and (is_percent or level or points) else (1.0, has_denominator)


def _label(reader: SpecReader) -> bool | None:
    label = _one_of(reader, "year_label", ("start", "end"))
    return label == "end" if label else None


def _tests(reader: SpecReader) -> tuple[int, ...]:
    """Years as numbers, or as people write a year of two calendar years (2017/18: the first); empty for all."""
    years = []
    for text in reader.texts("tests"):
        found = re.search(r"\d{4}", text)
        if not found:
            raise reader.fault("tests")
        years.append(int(found.group()))
    return tuple(sorted(set(years)))


def _months(reader: SpecReader) -> tuple[int, ...]:
    months = reader.wholes("months") or MONTHS
    if any(not 1 <= month <= 11 for month in months):
        raise reader.fault("months")
    return tuple(sorted(set(months)))


def month_number(text: str) -> int | None:
    """1-12 from a number or an English name; None for anything else."""
    held = text.strip().lower()
    if held.removesuffix(".0").isdecimal():
        number = int(held.removesuffix(".0"))
        return number if 1 <= number <= 12 else None
    return _MONTH_NAMES.index(held[:3]) + 1 if held[:3] in _MONTH_NAMES else None


def _month(reader: SpecReader, name: str) -> int:
    number = month_number(reader.text(name, "1"))
    if number is None:
        raise reader.fault(name)
    return number


def _one_of(reader: SpecReader, name: str, known: tuple[str, ...]) -> str:
    value = reader.text(name, "")
    if value and value not in known:
        raise reader.fault(f"{name}: {' | '.join(known)}")
    return value


def _keep(reader: SpecReader) -> dict[str, tuple[str, ...]]:
    if not reader.has("filter"):
        return {}
    part = reader.part("filter")
    return {name: part.texts(name) for name in part.document}
