"""Finds lists of persons by their citizen ids, so that they can be refused. The ids themselves are never given out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from typing import Protocol

from sanyan.core.thai.characters import one_line
from sanyan.core.thai.digits import to_arabic
from sanyan.core.thai.marks import CellLike

_APART = r"[\s\-\u2010-\u2015\u2212_\u200b-\u200d\u2060\ufeff]"
# The first digit stands before the look behind it: the search then leaps from digit to digit.
_WRITTEN = re.compile(rf"\d(?<!\d\d)(?:(?:{_APART}?\d){{12}}|\.\d{{4}}\.\d{{5}}\.\d{{2}}\.\d)(?![\d.,]\d)(?!\d)")
_SEPARATORS = re.compile(rf"{_APART}|\.")
_HEADING = re.compile(
    r"(?:เลข|รหัส|หมายเลข)(?:ประจำตัว|บัตรประจำตัว|บัตร)?(?:ประชาชน|13หลัก|บัตรประชาชน)|citizenid|nationalid"
)
_MASKED = re.compile(rf"[\dxX*](?:[\dxX*.]|{_APART}){{8,20}}|\d(?:\.\d+)?[eE]\+?1[12]")
_LONGEST_HEADING = 60
_FIRST, _LAST = 1_000_000_000_000, 9_999_999_999_999


class Grid(Protocol):
    """A named sheet of cells, such as core.forms.sheets.Sheet."""

    @property
    def name(self) -> str: ...

    @property
    def rows(self) -> Sequence[Sequence[CellLike]]: ...


@dataclass(frozen=True)
class CitizenIdPlace:
    """Where an id stands: the sheet, the row and the column, counted from 0."""

    sheet: str
    row: int
    column: int

    @property
    def cell(self) -> str:
        """The name that a person sees, such as B7."""
        letters, rest = "", self.column + 1
        while rest:
            rest, letter = divmod(rest - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{self.row + 1}"


def is_citizen_id(text: str) -> bool:
    """Whether `text` is 13 digits, blanks, dashes and dots aside, whose last is the check digit of the others."""
    digits = _SEPARATORS.sub("", to_arabic(text))
    if len(digits) != 13 or not digits.isdecimal() or digits[0] == "0":
        return False
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(digits[:12]))
    return (11 - total % 11) % 10 == int(digits[12])


def find_citizen_ids(sheets: Iterable[Grid]) -> tuple[CitizenIdPlace, ...]:
    """Cells that hold a citizen id, or that stand under a heading that asks for one and look like one."""
    grids = list(sheets)
    values = set(chain.from_iterable(row for sheet in grids for row in sheet.rows))
    told = {value for value in values if _is_heading(value) or _holds_id(value)}
    return tuple(place for sheet in grids for place in _in_sheet(sheet, told)) if told else ()


def _in_sheet(sheet: Grid, told: set[CellLike]) -> Iterator[CitizenIdPlace]:
    headed: set[int] = set()
    for row, values in enumerate(sheet.rows):
        for column, value in enumerate(values):
            is_told = value in told
            if (is_told and _holds_id(value)) or (column in headed and _is_masked(value)):
                yield CitizenIdPlace(sheet.name, row, column)
            elif is_told and _is_heading(value):
                headed.add(column)


def _holds_id(value: CellLike) -> bool:
    if isinstance(value, str):
        if len(value) < 13 or _WRITTEN.search(value) is None:
            return False
        return any(
            _stands_alone(value, found.start()) and is_citizen_id(found[0]) for found in _WRITTEN.finditer(value)
        )
    if isinstance(value, bool) or not isinstance(value, int | float):
        return False
    return _FIRST <= value <= _LAST and value == int(value) and is_citizen_id(str(int(value)))


def _stands_alone(text: str, start: int) -> bool:
    """Not the end of a longer number, such as 1,2345678901234."""
    before, further = text[:start][-1:], text[:start][-2:-1]
    return not before.isdecimal() and not (before in (".", ",") and further.isdecimal())


def _is_heading(value: CellLike) -> bool:
    return isinstance(value, str) and len(value) <= _LONGEST_HEADING and _asks_for_ids(value)


@lru_cache(maxsize=4096)
def _asks_for_ids(text: str) -> bool:
    return ("เลข" in text or "รหัส" in text or text.isascii()) and bool(
        _HEADING.search(one_line(text).replace(" ", "").lower())
    )


def _is_masked(value: CellLike) -> bool:
    if isinstance(value, float | int) and not isinstance(value, bool):
        return value >= _FIRST
    return isinstance(value, str) and _MASKED.fullmatch(to_arabic(one_line(value))) is not None
