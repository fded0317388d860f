"""Slips planted in a report: wrong figures that read well, and cells typed as offices type them."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sanyan.core.indicators.definitions import AnswerState, Direction, Indicator, Kind
from sanyan.core.practice.history import Figures
from sanyan.core.practice.seeding import Dice

_THAI_DIGITS = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_UNREADABLE = ("รอข้อมูล", "ประมาณ {text}", "n/a", "อยู่ระหว่างรวบรวม", "{text}?")
_READABLE = ("{comma}", "{thai}", " {text} ", "{comma} ", "{text}.0")


@dataclass(frozen=True)
class PlantedError:
    """A slip that is really in a report: `was` is the true figure, `became` what is reported."""

    kind: str
    indicator: str
    field: str
    was: float | None
    became: float


@dataclass(frozen=True)
class RawCell:
    """Text to write into the file in place of a clean number; `readable` says whether it should be understood."""

    indicator: str
    field: str
    text: str
    readable: bool


def full_marks(items: Sequence[Indicator], figures: Mapping[str, Figures]) -> dict[str, Figures]:
    """All percentages that are better when higher, reported as 100 %."""
    return {
        item.code: replace(figures[item.code], numerator=figures[item.code].denominator)
        for item in items
        if item.kind is Kind.PERCENT
        and item.has_parts
        and item.direction is Direction.HIGHER
        and item.code in figures
        and figures[item.code].denominator
    }


def plant_error(
    kind: str, items: Sequence[Indicator], figures: Mapping[str, Figures], missing: frozenset[str], dice: Dice
) -> tuple[PlantedError, Figures] | None:
    """One slip of `kind` in one of `items`, and the figures that hold it; None where none of them can hold it.

    `missing` are the codes whose true state is not available; only "zero_for_missing" prefers them.
    """
    order = dice.some(items, len(items))
    if kind == "zero_for_missing":
        order.sort(key=lambda item: item.code not in missing)
    for item in order:
        clean = figures.get(item.code)
        if clean is None or (item.code in missing and kind != "zero_for_missing"):
            continue
        made = _MAKERS[kind](item, clean)
        if made is not None:
            field, was, became = made
            known_was = None if item.code in missing else was
            figure = replace(clean, **{field: became})
            return PlantedError(kind, item.code, field, known_was, became), figure
    return None


Made = tuple[str, float, float] | None


def _times_ten(item: Indicator, clean: Figures) -> Made:
    if item.has_parts and clean.denominator:
        return "denominator", clean.denominator, clean.denominator * 10
    top = item.high if item.high is not None else math.inf
    if item.kind is Kind.NUMBER and clean.value and 0 < clean.value * 10 <= top:
        return "value", clean.value, round(clean.value * 10, 4)
    return None


def _transposed(item: Indicator, clean: Figures) -> Made:
    part, whole = clean.numerator, clean.denominator
    if not item.has_parts or part is None or whole is None or part != round(part) or part < 100:
        return None
    digits = f"{part:.0f}"
    swapped = float(digits[1] + digits[0] + digits[2:])
    return ("numerator", part, swapped) if swapped != part and 0 < swapped <= whole else None


def _part_above_whole(item: Indicator, clean: Figures) -> Made:
    part, whole = clean.numerator, clean.denominator
    if item.kind is not Kind.PERCENT or not item.has_parts or part is None or not whole:
        return None
    return "numerator", part, whole + max(1.0, float(round(whole * 0.04)))


def _fraction(item: Indicator, clean: Figures) -> Made:
    if item.kind is not Kind.PERCENT or item.has_parts or not clean.value or clean.value <= 1:
        return None
    return "value", clean.value, round(clean.value / 100, 4)


def _zero(item: Indicator, clean: Figures) -> Made:
    if item.kind is Kind.PERCENT and item.has_parts and clean.numerator and item.direction is Direction.HIGHER:
        return "numerator", clean.numerator, 0.0
    if item.kind is Kind.PERCENT and not item.has_parts and clean.value:
        return "value", clean.value, 0.0
    return None


_MAKERS = {
    "times_ten": _times_ten,
    "transposed_digits": _transposed,
    "part_above_whole": _part_above_whole,
    "fraction_for_percent": _fraction,
    "zero_for_missing": _zero,
}


def raw_cells(
    items: Sequence[Indicator], states: Mapping[str, AnswerState], figures: Mapping[str, Figures], dice: Dice
) -> tuple[RawCell, ...]:
    """A few cells typed the way offices type: most readable (Thai digits, separators), some not (words)."""
    found = []
    for item in dice.some(items, dice.between(1, 3)):
        figure = figures.get(item.code)
        if figure is None or states.get(item.code) is not AnswerState.REPORTED:
            continue
        field = "numerator" if item.has_parts else "value"
        amount = getattr(figure, field)
        if amount is None or item.kind in (Kind.LEVEL, Kind.YES_NO):
            continue
        readable = dice.chance(0.65)
        digits = f"{amount:.0f}" if amount == round(amount) else f"{amount:.{max(2, item.decimals)}f}"
        comma = f"{amount:,.0f}" if amount == round(amount) else digits
        pattern = dice.pick(_READABLE if readable else _UNREADABLE)
        if "{text}.0" in pattern and "." in digits:
            pattern = "{text}"
        text = pattern.format(text=digits, comma=comma, thai=digits.translate(_THAI_DIGITS))
        found.append(RawCell(item.code, field, text, readable))
    return tuple(found)
