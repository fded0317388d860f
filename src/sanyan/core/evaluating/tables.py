"""A table with a header row, column by column; what cannot be used is told with its reason."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field

import numpy as np

from sanyan.core.errors import BadInputError
from sanyan.core.forms.sheets import CellValue, Sheet, cell_name
from sanyan.core.stats.panel import FloatArray
from sanyan.core.thai.numbers import parse_number

_NO_NUMBER = frozenset({"na", "nan", "n/a", "null", "none", "."})
LEAST = 1e-12  # what is nearer to zero is what arithmetic leaves of nothing
MOST = 1e30  # larger figures measure nothing, and their squares cannot be worked with


@dataclass(frozen=True)
class Omission:
    """Something of the input that was left out: how often, why, and where it happened first."""

    code: str
    count: int
    th: str
    en: str
    example: str = ""

    def as_dict(self) -> dict[str, object]:
        """All parts by name."""
        return asdict(self)


@dataclass
class Columns:
    """The columns of a sheet whose first row that is not empty names them. Gathers omissions while it reads."""

    sheet: Sheet
    place: str = ""
    omissions: list[Omission] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Raise BadInputError for a table without a header or rows, or with a column named twice."""
        filled = [number for number, row in enumerate(self.sheet.rows) if any(_text(cell) for cell in row)]
        if len(filled) < 2:
            raise _error("table-empty", "ตารางไม่มีข้อมูล", "The table holds no rows.", self.place)
        self._header, self._rows = filled[0], filled[1:]
        names = [_text(cell) for cell in self.sheet.rows[self._header]]
        doubled = sorted({name for name in names if name and names.count(name) > 1})
        if doubled:
            named = ", ".join(doubled)
            raise _error("table-columns", f"ชื่อคอลัมน์ซ้ำกัน: {named}", f"A column is named twice: {named}.", self.place)
        self._index = {name: number for number, name in enumerate(names) if name}

    def __len__(self) -> int:
        """Rows below the header that are not empty."""
        return len(self._rows)

    @property
    def names(self) -> tuple[str, ...]:
        """The columns' names, in order."""
        return tuple(self._index)

    def texts(self, name: str) -> list[str]:
        """A column as text, "" where empty; raise BadInputError where there is no such column."""
        column = self._column(name)
        return [_text(self.sheet.at(row, column)) for row in self._rows]

    def numbers(self, name: str) -> FloatArray:
        """A column as numbers, NaN where empty; what stands there but is no number, or is beyond any measure, is told
        and counts as missing; what is next to nothing is told and counts as 0."""
        column = self._column(name)
        values = np.full(len(self._rows), np.nan)
        unread: list[str] = []
        beyond: list[str] = []
        tiny: list[str] = []
        for index, row in enumerate(self._rows):
            cell = self.sheet.at(row, column)
            number = _number(cell)
            if number is not None and abs(number) <= MOST:
                values[index] = number if abs(number) >= LEAST else 0.0
                if 0 < abs(number) < LEAST:
                    tiny.append(f"{cell_name(row, column)}: {_text(cell)[:40]}")
            elif number is not None:
                beyond.append(f"{cell_name(row, column)}: {_text(cell)[:40]}")
            elif _text(cell) and _text(cell).lower() not in _NO_NUMBER:
                unread.append(f"{cell_name(row, column)}: {_text(cell)[:40]}")
        self._tell_numbers(name, unread, beyond, tiny)
        return values

    def _tell_numbers(self, name: str, unread: list[str], beyond: list[str], tiny: list[str]) -> None:
        if unread:
            self.omit(
                "text-in-numbers",
                len(unread),
                f"คอลัมน์ {name} มีข้อความที่อ่านเป็นตัวเลขไม่ได้ นับเป็นไม่มีข้อมูล",
                f"Column {name} holds text that is no number; it counts as missing.",
                unread[0],
            )
        if beyond:
            self.omit(
                "number-beyond-measure",
                len(beyond),
                f"คอลัมน์ {name} มีตัวเลขที่ใหญ่เกินจะเป็นค่าจริง นับเป็นไม่มีข้อมูล",
                f"Column {name} holds numbers too large to measure anything; they count as missing.",
                beyond[0],
            )
        if tiny:
            self.omit(
                "number-next-to-nothing",
                len(tiny),
                f"คอลัมน์ {name} มีตัวเลขที่แทบเป็นศูนย์ นับเป็นศูนย์",
                f"Column {name} holds numbers next to nothing; they count as zero.",
                tiny[0],
            )

    def omit(self, code: str, count: int, th: str, en: str, example: str = "") -> None:
        """Tell that something was left out; nothing is told of zero."""
        if count:
            self.omissions.append(Omission(code, count, th, en, example))

    def tell_unread(self, fields: Iterable[str]) -> None:
        """Tell the fields of the specification that nothing reads; perhaps they are misspelt."""
        for name in fields:
            th, en = f"ไม่รู้จักช่อง {name} ในไฟล์กำหนด", f"Nothing reads the field {name} of the specification."
            self.omit("spec-field-unread", 1, th, en)

    @property
    def reasons(self) -> tuple[str, str]:
        """What was told so far, in Thai and in English, to follow a sentence that says that nothing is left."""
        th = "".join(f"; {item.th} ({item.count})" for item in self.omissions)
        return th, "".join(f" {item.en} ({item.count})" for item in self.omissions)

    def row_name(self, index: int) -> str:
        """Where a row stands in the file, as a person counts."""
        return f"แถว {self._rows[index] + 1} / row {self._rows[index] + 1}"

    def _column(self, name: str) -> int:
        if name not in self._index:
            held = ", ".join(list(self._index)[:30])
            raise _error(
                "table-column-missing",
                f"ไม่พบคอลัมน์ {name} ในตาราง คอลัมน์ที่มี: {held}",
                f"There is no column {name}. There are: {held}.",
                self.place,
            )
        return self._index[name]


def _text(cell: CellValue) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _number(cell: CellValue) -> float | None:
    if isinstance(cell, bool):
        return None
    if isinstance(cell, str):
        try:
            value = float(cell)  # how programs write numbers; people's ways come after
        except ValueError:
            return parse_number(cell).value
        return value if math.isfinite(value) else None
    return float(cell) if isinstance(cell, int | float) and math.isfinite(cell) else None


def _error(code: str, th: str, en: str, place: str) -> BadInputError:
    return BadInputError(
        code,
        th,
        en,
        next_th="ตรวจหัวตารางและชื่อคอลัมน์ในไฟล์กำหนด แล้วลองใหม่",
        next_en="Check the table's header and the names in the specification, and try again.",
        place=place,
    )
