"""How the cells of an area's workbook look."""

from __future__ import annotations

from collections.abc import Mapping

from sanyan.core.forms.workbook_grid import CellStyle

_LINE = "#BFC8D2"
_INK = "#1F2933"
_BLUE = "#1F4E79"

STYLES: Mapping[str, CellStyle] = {
    "title": CellStyle(size=20, bold=True, colour=_BLUE, vertical="middle"),
    "sheet-title": CellStyle(size=18, bold=True, colour=_BLUE, vertical="middle", wrap=False),
    "practice": CellStyle(bold=True, colour="#7A4B00", background="#FFE8B8", vertical="middle"),
    "label": CellStyle(bold=True, colour=_INK, border_colour=_LINE),
    "plain": CellStyle(colour=_INK, border_colour=_LINE),
    "mark": CellStyle(colour=_BLUE, bold=True, border_colour=_LINE),
    "heading": CellStyle(
        bold=True, colour="#FFFFFF", background=_BLUE, align="center", vertical="middle", border_colour=_LINE
    ),
    "area": CellStyle(bold=True, colour=_BLUE, background="#DCE8F4", vertical="middle", border_colour=_LINE),
    "code": CellStyle(colour="#52606D", border_colour=_LINE, wrap=False),
    "name": CellStyle(colour=_INK, border_colour=_LINE),
    "hint": CellStyle(size=13, italic=True, colour="#52606D", border_colour=_LINE),
    "last": CellStyle(
        colour="#52606D", background="#F5F7FA", border_colour=_LINE, align="right", number_format="#,##0.##"
    ),
    "input": CellStyle(colour=_INK, border_colour=_LINE, align="right", locked=False),
    "choice": CellStyle(colour=_INK, border_colour=_LINE, align="center", locked=False),
    "text": CellStyle(colour=_INK, border_colour=_LINE, locked=False),
    "unused": CellStyle(colour="#7B8794", background="#E4E7EB", border_colour=_LINE, locked=False),
}
