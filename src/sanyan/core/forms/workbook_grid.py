"""A workbook to be written, as plain values: what stands in which cell, and how it looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sanyan.core.forms.sheets import CellValue


@dataclass(frozen=True)
class CellStyle:
    """How a cell looks. Colours are "#RRGGBB"; `number_format` is Excel's own code; sizes are points."""

    font: str = "TH Sarabun New"
    size: float = 16
    bold: bool = False
    italic: bool = False
    colour: str = ""
    background: str = ""
    wrap: bool = True
    align: str = ""
    vertical: str = "top"
    border_colour: str = ""
    number_format: str = ""
    locked: bool = True


@dataclass(frozen=True, slots=True)
class PlacedCell:
    """A value at a place, row 0 and column 0 first. Text is written as text, never as a formula or a link.

    `last_column` merges the cell to the right as far as that column; -1 leaves it alone.
    """

    row: int
    column: int
    value: CellValue
    style: str = ""
    last_column: int = -1


@dataclass(frozen=True)
class DropDown:
    """Cells that offer a list to choose from. `refuse` makes Excel turn other words away."""

    row: int
    column: int
    last_row: int
    last_column: int
    options: tuple[str, ...]
    title: str = ""
    message: str = ""
    refuse: bool = False


@dataclass(frozen=True)
class SheetLayout:
    """One sheet. Widths are in characters, heights in points; `repeat_rows` head every printed page.

    `protected` locks all cells but those whose style is unlocked (no password: it guides, it does not bar).
    """

    name: str
    cells: tuple[PlacedCell, ...]
    widths: tuple[float, ...] = ()
    heights: Mapping[int, float] = field(default_factory=dict)
    drop_downs: tuple[DropDown, ...] = ()
    frozen_rows: int = 0
    frozen_columns: int = 0
    repeat_rows: tuple[int, int] | None = None
    hidden: bool = False
    protected: bool = False
    landscape: bool = True
    tab_colour: str = ""


@dataclass(frozen=True)
class WorkbookLayout:
    """All sheets in order, the styles their cells name, and what the file says of itself.

    `created` is written into the file; the same layout always gives the same bytes.
    """

    sheets: tuple[SheetLayout, ...]
    styles: Mapping[str, CellStyle] = field(default_factory=dict)
    title: str = ""
    created: date = date(2024, 10, 1)
