"""A worksheet as plain cells, however it was read."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

CellValue = str | float | int | bool | date | datetime | time | timedelta | None


@dataclass(frozen=True)
class Sheet:
    """A named grid of values, row 0 and column 0 first. Rows may differ in length; a missing cell is None."""

    name: str
    rows: tuple[tuple[CellValue, ...], ...]
    hidden: bool = False

    def at(self, row: int, column: int) -> CellValue:
        """The value at a place, None outside the grid."""
        if 0 <= row < len(self.rows) and 0 <= column < len(self.rows[row]):
            return self.rows[row][column]
        return None


def cell_name(row: int, column: int) -> str:
    """The name a person sees: (0, 0) is A1, (11, 27) is AB12."""
    letters = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return f"{letters}{row + 1}"
