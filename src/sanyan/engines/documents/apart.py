"""Old kinds of workbook are read in a process of their own, under limits of memory and time.

What an .xls or .ods lays out in memory cannot be told beforehand from its bytes, and a reader that runs out of
memory ends its whole process. Here that process is not the one which serves everybody else.
"""

from __future__ import annotations

import io
import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import python_calamine

from sanyan.core.forms.sheets import CellValue, Sheet
from sanyan.core.thai.characters import writable

MEMORY = 1024 * 1024 * 1024
SECONDS = 30
_CHILD = "sanyan.engines.documents.apart_child"
_ROOT = Path(__file__).resolve().parents[3]


class TooManyCellsError(Exception):
    """The grids are larger than allowed; `sheet` reaches `rows` and `columns`."""

    def __init__(self, sheet: str, rows: int, columns: int) -> None:
        super().__init__(sheet, rows, columns)
        self.sheet, self.rows, self.columns = sheet, rows, columns


@dataclass(frozen=True)
class Outcome:
    """The sheets, or why there are none: "encrypted", "half-written", "bomb", or (`too_many`) too many cells."""

    sheets: tuple[Sheet, ...] = ()
    refused: str = ""
    too_many: TooManyCellsError | None = None


def lay_out(data: bytes, *, max_cells: int) -> tuple[Sheet, ...]:
    """The sheets of a workbook in memory, empty cells as None. Raises TooManyCellsError, or what the reader does."""
    room = max_cells
    sheets: list[Sheet] = []
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for index, about in enumerate(book.sheets_metadata):
            if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            grid = book.get_sheet_by_index(index)
            room -= grid.total_height * grid.total_width
            if room < 0:
                raise TooManyCellsError(about.name, grid.total_height, grid.total_width)
            rows = _rows(grid.to_python(skip_empty_area=False))
            hidden = about.visible is not python_calamine.SheetVisibleEnum.Visible
            sheets.append(Sheet(writable(about.name), rows, hidden))
    return tuple(sheets)


def try_to_lay_out(data: bytes, *, max_cells: int) -> Outcome:
    """`lay_out` with what goes wrong as its outcome; a panic of the reader is a half-written file."""
    try:
        return Outcome(lay_out(data, max_cells=max_cells))
    except python_calamine.PasswordError:
        return Outcome(refused="encrypted")
    except TooManyCellsError as error:
        return Outcome(too_many=error)
    except MemoryError:
        return Outcome(refused="bomb")
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in the Rust reader is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        return Outcome(refused="half-written")


def lay_out_apart(data: bytes, *, max_cells: int, memory: int = MEMORY, seconds: float = SECONDS) -> Outcome:
    """`try_to_lay_out` in another process; one that needs more `memory` (bytes) or `seconds` is a "bomb"."""
    command = [sys.executable, "-m", _CHILD, str(max_cells), str(memory)]
    try:
        done = subprocess.run(  # noqa: S603 - our own module, no shell
            command, input=data, capture_output=True, timeout=seconds, cwd=_ROOT, check=False
        )
    except subprocess.TimeoutExpired:
        return Outcome(refused="bomb")
    if done.returncode != 0:
        return Outcome(refused="bomb")
    made = pickle.loads(done.stdout)  # noqa: S301 - written by our own apart_child
    return made if isinstance(made, Outcome) else Outcome(refused="half-written")


def _rows(grid: Sequence[Sequence[CellValue]]) -> tuple[tuple[CellValue, ...], ...]:
    return tuple([tuple([_cell(value) for value in row]) for row in grid])


def _cell(value: CellValue) -> CellValue:
    if not isinstance(value, str):
        return value
    return (value if value.isprintable() else writable(value)) or None
