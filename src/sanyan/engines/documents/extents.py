"""How far the cells of a sheet reach and which hold formulas, found before the grid is laid out in memory.

A reader that lays out a full grid can be made to fill the memory by one cell in the last corner, by one long
text that a million cells point to, or by a repeat count. These bounds come from the sheet's own XML.
"""

from __future__ import annotations

import re

from defusedxml.ElementTree import DefusedXMLParser

# The form every known writer uses, with the place first. Whatever looks different goes the slow, exact way.
_CELLS = re.compile(rb'<c(?: r="([A-Z]{1,3})(\d{1,7})"(?:(?: s="\d{1,6}")?(/>))?|[ >/\t\n\r])')
_EMPTY_CELL = re.compile(rb'<c r="[A-Z]{1,3}\d{1,7}"(?: s="\d{1,6}")?/>')
_OTHER_CELL = (b"", b"", b"")
_CELL_STARTS = (b"<c ", b"<c>", b"<c/", b"<c\t", b"<c\n", b"<c\r")
_FORMULA_CELL = re.compile(
    rb'<(?:[\w.-]{1,30}:)?c\s(?:[^<>]{0,200}?\s)?r="([A-Z]{1,3})(\d{1,7})"[^<>]{0,200}>\s{0,20}'
    rb"<(?:[\w.-]{1,30}:)?f[\s/>]"
)
_SHARED = re.compile(rb"t\s{0,5}=\s{0,5}[\"']s[\"']")
_SHARED_INDEX = re.compile(rb't="s"[^<>]{0,100}><v>(\d{1,9})<')
_SHARED_END = re.compile(rb"</(?:[\w.-]{1,30}:)?si\s{0,5}>")
_REFERENCE = re.compile(r"([A-Za-z]{1,3})(\d{1,7})")
_SHORTEST_CELL = len('<c t="s"><v>0</v>')
MAX_SHARED_TEXT = 96 * 1024 * 1024
MAX_TAGS = 2_500_000
_LONG = 3 * MAX_TAGS  # bytes; what is shorter cannot hold more than MAX_TAGS cells


class TooMuchError(Exception):
    """More than any table needs; it was not looked through."""


def column_number(letters: str) -> int:
    """The column of its letters, A is 0."""
    number = 0
    for letter in letters.upper():
        number = number * 26 + ord(letter) - 64
    return number - 1


def sheet_extent(xml: bytes, *, enough: int) -> tuple[int, int]:
    """Rows and columns from A1 to the last cell of an .xlsx sheet part.

    Styled but empty cells do not count. Raises TooMuchError for one that would take too long to look through,
    ValueError or SyntaxError for what is not a sheet.
    """
    if len(xml) > _LONG:
        xml = _EMPTY_CELL.sub(b"", xml)
        if sum(map(xml.count, _CELL_STARTS)) > MAX_TAGS:
            raise TooMuchError
    if b":c" not in xml:
        found = _CELLS.findall(xml)
        if _OTHER_CELL not in found:
            return _reach({place for place in found if not place[2]})
    filled = _EMPTY_CELL.sub(b"", xml)
    if filled.count(b"<") > MAX_TAGS:
        raise TooMuchError
    reach = _SheetReach()
    _parse(filled, reach)
    return reach.height, reach.width


def _reach(places: set[tuple[bytes, bytes, bytes]]) -> tuple[int, int]:
    height = max(map(int, {row for _, row, _ in places}), default=0)
    width = 1 + max((column_number(each.decode()) for each in {column for column, _, _ in places}), default=-1)
    return height, width


def formula_places(xml: bytes) -> frozenset[tuple[int, int]]:
    """The (row, column) of each cell of an .xlsx sheet part that holds a formula."""
    cells = xml[: xml.rfind(b"</sheetData")]  # behind it stand rules, whose <formula> is none of a cell
    if b"<f" not in cells and b":f" not in cells:
        return frozenset()
    return frozenset((int(row) - 1, column_number(letters.decode())) for letters, row in _FORMULA_CELL.findall(xml))


def shared_text_is_heavy(shared: bytes, sheets: list[bytes]) -> bool:
    """Whether the cells that point to shared texts would make more than MAX_SHARED_TEXT bytes of text."""
    cells = sum(map(len, sheets)) // _SHORTEST_CELL
    if len(shared) <= _LONG and len(shared) * cells <= MAX_SHARED_TEXT:
        return False
    if shared.count(b"<si") + shared.count(b":si") > 2 * MAX_TAGS:
        return True
    lengths = [len(text) for text in _SHARED_END.split(shared)]
    longest = max(lengths)
    if longest * cells <= MAX_SHARED_TEXT:
        return False
    uses = sum(len(_SHARED.findall(sheet)) for sheet in sheets)
    if longest * uses <= MAX_SHARED_TEXT:
        return False
    pointed = [int(index) for sheet in sheets for index in _SHARED_INDEX.findall(sheet)]
    total = sum(lengths[index] for index in pointed if index < len(lengths))
    return total + (uses - len(pointed)) * longest > MAX_SHARED_TEXT


def table_extents(xml: bytes) -> list[tuple[str, int, int]]:
    """Name, rows and columns of each table of an .ods content part, repeats counted."""
    reach = _TableReach()
    _parse(xml, reach)
    return reach.tables


def _parse(xml: bytes, target: object) -> None:
    parser = DefusedXMLParser(target=target, forbid_dtd=True)
    parser.feed(xml)
    parser.close()


def _local(tag: str) -> str:
    return tag.rpartition("}")[2]


class _SheetReach:
    """Follows the cells of a sheet part without building a tree of them."""

    def __init__(self) -> None:
        self.height = self.width = 0
        self._row = self._column = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        match _local(tag):
            case "row":
                self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
                self._column = 0
            case "c":
                self._place(attributes.get("r", ""))
            case "v" | "is":
                self.height = max(self.height, self._row)
                self.width = max(self.width, self._column)

    def _place(self, given: str) -> None:
        if not given:
            self._column += 1
            return
        place = _REFERENCE.fullmatch(given)
        if place is None:
            raise ValueError(f"{given!r} is not the name of a cell")
        self._column, self._row = column_number(place[1]) + 1, int(place[2])

    def end(self, tag: str) -> None:
        """Nothing is kept, so nothing is closed."""

    def close(self) -> None:
        """The reach stands in the attributes."""


class _TableReach:
    """Follows the tables of an .ods content part; empty cells count only before a filled one."""

    def __init__(self) -> None:
        self.tables: list[tuple[str, int, int]] = []
        self._height = self._width = self._rows = self._column = self._reach = 0
        self._name = ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        named = {_local(key): value for key, value in attributes.items()}
        match _local(tag):
            case "table":
                self._name, self._height, self._width, self._rows = named.get("name", ""), 0, 0, 0
            case "table-row":
                self._rows += int(named.get("number-rows-repeated", "1"))
                self._column = self._reach = 0
            case "table-cell" | "covered-table-cell":
                self._column += int(named.get("number-columns-repeated", "1"))
                if "value-type" in named:
                    self._reach = self._column
            case "p":
                self._reach = self._column

    def end(self, tag: str) -> None:
        match _local(tag):
            case "table-row" if self._reach:
                self._height, self._width = self._rows, max(self._width, self._reach)
            case "table":
                self.tables.append((self._name, self._height, self._width))

    def close(self) -> None:
        """The tables stand in the attributes."""
