"""Reads workbooks as people send them, and turns away what is not a workbook or is not safe to open.

What a file is, is told by its content, never by its name. Nothing is inflated or laid out before it is
known to fit. Macros are never run; only cells are read.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from xml.sax.saxutils import unescape

import python_calamine
from defusedxml.common import DefusedXmlException

from sanyan.core.errors import BadInputError
from sanyan.core.forms.sheets import CellValue, Sheet, cell_name
from sanyan.engines.documents.archives import ArchiveError, inflated_parts, part_names
from sanyan.engines.documents.excel_writing import write_workbook
from sanyan.engines.documents.extents import (
    formula_places,
    shared_text_is_heavy,
    sheet_extent,
    table_extents,
)
from sanyan.engines.documents.refusals import refusal

__all__ = ["OpenedWorkbook", "formula_cells", "open_workbook", "read_workbook", "write_workbook"]

MAX_BYTES = 20 * 1024 * 1024
MAX_CELLS = 2_000_000
FormulaPlaces = Mapping[str, frozenset[tuple[int, int]]]

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_BIFF5, _BIFF8 = "Book".encode("utf-16-le"), "Workbook".encode("utf-16-le")
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
_SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_SHEET = re.compile(rb"<(?:[\w.-]{1,30}:)?sheet\s([^<>]{0,1000})>")
_RELATION = re.compile(rb"<(?:[\w.-]{1,30}:)?Relationship\s([^<>]{0,2000})>")
_ATTRIBUTE = re.compile(rb'([\w:.-]{1,60})\s{0,5}=\s{0,5}"([^"<>]{0,1000})"')
_ENTITIES = {"&quot;": '"', "&apos;": "'"}


@dataclass(frozen=True)
class OpenedWorkbook:
    """The sheets in order, and where formulas stand; a formula's cell holds its last value, or None."""

    sheets: tuple[Sheet, ...]
    formulas: FormulaPlaces


def open_workbook(
    data: bytes, *, file_name: str, max_bytes: int = MAX_BYTES, max_cells: int = MAX_CELLS
) -> OpenedWorkbook:
    """Read .xlsx, .xlsm, .xls or .ods; dates come as date or datetime, numbers as float, empty cells as None.

    Raises BadInputError, with the file as its place, for anything else: not a workbook, encrypted, too large,
    a bomb, unsafe inside or half-written. `max_cells` counts the grid from A1 to the last cell of each sheet.
    Formula places are known for .xlsx and .xlsm only.
    """
    if not data:
        raise refusal("workbook-empty", file_name=file_name)
    if len(data) > max_bytes:
        raise _too_large(len(data), max_bytes, file_name)
    formulas: FormulaPlaces = {}
    if data.startswith(_ZIP):
        formulas = _checked_container(data, file_name=file_name, max_cells=max_cells)
    elif data.startswith(_OLE):
        _check_ole(data, file_name)
    else:
        raise _not_a_workbook(data, file_name)
    return OpenedWorkbook(_sheets(data, file_name=file_name, max_cells=max_cells), formulas)


def read_workbook(
    data: bytes, *, file_name: str, max_bytes: int = MAX_BYTES, max_cells: int = MAX_CELLS
) -> tuple[Sheet, ...]:
    """The sheets of a workbook; see open_workbook, which also tells where formulas stand."""
    return open_workbook(data, file_name=file_name, max_bytes=max_bytes, max_cells=max_cells).sheets


def formula_cells(data: bytes) -> dict[str, frozenset[tuple[int, int]]]:
    """Which cells (row, column; from 0) of each sheet of an .xlsx hold formulas; a sheet without is left out.

    Empty for other kinds of workbook. Raises BadInputError where the container is not to be opened.
    """
    if not data.startswith(_ZIP):
        return {}
    return _formulas(_parts(data, file_name=""))


def _parts(data: bytes, *, file_name: str) -> dict[str, bytes]:
    try:
        return inflated_parts(data, keep=_is_needed)
    except ArchiveError as error:
        raise refusal(f"workbook-{error.code}", file_name=file_name) from error


def _is_needed(name: str) -> bool:
    return _SHEET_PART.fullmatch(name) is not None or name in (
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/sharedstrings.xml",
        "content.xml",
        "mimetype",
        "meta-inf/manifest.xml",
    )


def _checked_container(data: bytes, *, file_name: str, max_cells: int) -> FormulaPlaces:
    parts = _parts(data, file_name=file_name)
    if "xl/workbook.xml" in parts:
        sheets = {name: body for name, body in parts.items() if _SHEET_PART.fullmatch(name)}
        _guarded(lambda: _check_sheets(sheets, parts, max_cells, file_name), file_name)
        return _formulas(parts)
    if b"opendocument.spreadsheet" in parts.get("mimetype", b""):
        if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
            raise refusal("workbook-encrypted", file_name=file_name)
        _guarded(lambda: _check_tables(parts.get("content.xml", b""), max_cells, file_name), file_name)
        return {}
    raise _other_container(part_names(data), file_name)


def _guarded(check: Callable[[], None], file_name: str) -> None:
    try:
        check()
    except DefusedXmlException as error:
        raise refusal("workbook-unsafe", file_name=file_name) from error
    except (SyntaxError, ValueError) as error:  # ElementTree's ParseError is a SyntaxError
        raise refusal("workbook-half-written", file_name=file_name) from error


def _check_sheets(sheets: dict[str, bytes], parts: dict[str, bytes], max_cells: int, file_name: str) -> None:
    room = max_cells
    for body in sheets.values():
        rows, columns = sheet_extent(body, enough=room)
        room -= rows * columns
        if room < 0:
            raise _too_many_cells(max_cells, file_name, "", rows, columns)
    if shared_text_is_heavy(parts.get("xl/sharedstrings.xml", b""), list(sheets.values())):
        raise refusal("workbook-bomb", file_name=file_name)


def _check_tables(content: bytes, max_cells: int, file_name: str) -> None:
    room = max_cells
    for name, rows, columns in table_extents(content):
        room -= rows * columns
        if room < 0:
            raise _too_many_cells(max_cells, file_name, name, rows, columns)


def _check_ole(data: bytes, file_name: str) -> None:
    if _ENCRYPTED in data:
        raise refusal("workbook-encrypted", file_name=file_name)
    if _BIFF8 not in data and _BIFF5 not in data:
        kinds = (" แต่เป็นเอกสาร Word", ": it is a Word document") if _WORD in data else ("", "")
        raise refusal("workbook-not", file_name=file_name, what=kinds[0], what_en=kinds[1])


def _sheets(data: bytes, *, file_name: str, max_cells: int) -> tuple[Sheet, ...]:
    try:
        return _laid_out(data, file_name=file_name, max_cells=max_cells)
    except python_calamine.PasswordError as error:
        raise refusal("workbook-encrypted", file_name=file_name) from error
    except BadInputError:
        raise
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # a panic in the Rust reader is no Exception
        if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
            raise
        raise refusal("workbook-half-written", file_name=file_name) from error


def _laid_out(data: bytes, *, file_name: str, max_cells: int) -> tuple[Sheet, ...]:
    room = max_cells
    sheets: list[Sheet] = []
    with python_calamine.CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for index, about in enumerate(book.sheets_metadata):
            if about.typ is not python_calamine.SheetTypeEnum.WorkSheet:
                continue
            grid = book.get_sheet_by_index(index)
            room -= grid.total_height * grid.total_width
            if room < 0:
                raise _too_many_cells(max_cells, file_name, about.name, grid.total_height, grid.total_width)
            rows = _rows(grid.to_python(skip_empty_area=False))
            hidden = about.visible is not python_calamine.SheetVisibleEnum.Visible
            sheets.append(Sheet(about.name, rows, hidden))
    return tuple(sheets)


def _rows(grid: Sequence[Sequence[CellValue]]) -> tuple[tuple[CellValue, ...], ...]:
    return tuple([tuple([None if value == "" else value for value in row]) for row in grid])


def _formulas(parts: dict[str, bytes]) -> dict[str, frozenset[tuple[int, int]]]:
    found = {name: formula_places(body) for name, body in parts.items() if _SHEET_PART.fullmatch(name)}
    if not any(found.values()):
        return {}
    targets = {
        each.get("Id", ""): "xl/" + each.get("Target", "").removeprefix("/xl/").lower()
        for each in _tags(_RELATION, parts.get("xl/_rels/workbook.xml.rels", b""))
    }
    places: dict[str, frozenset[tuple[int, int]]] = {}
    for sheet in _tags(_SHEET, parts["xl/workbook.xml"]):
        link = next((value for key, value in sheet.items() if key.endswith(":id")), "")
        cells = found.get(targets.get(link, ""), frozenset())
        if cells:
            places[sheet.get("name", "")] = cells
    return places


def _tags(pattern: re.Pattern[bytes], xml: bytes) -> list[dict[str, str]]:
    return [
        {key.decode(): unescape(value.decode("utf-8", "replace"), _ENTITIES) for key, value in pairs}
        for pairs in (_ATTRIBUTE.findall(inside) for inside in pattern.findall(xml))
    ]


def _not_a_workbook(data: bytes, file_name: str) -> BadInputError:
    start = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    kinds: tuple[tuple[bool, str, str], ...] = (
        (start.startswith(b"%pdf"), " แต่เป็นไฟล์ PDF", ": it is a PDF"),
        (start.startswith((b"<!doctype html", b"<html", b"<table")), " แต่เป็นหน้าเว็บ", ": it is a web page"),
        (start.startswith((b"\x89png", b"\xff\xd8\xff", b"gif8")), " แต่เป็นรูปภาพ", ": it is a picture"),
        (b"\0" not in data[:1024] and b"," in start, " แต่เป็นไฟล์ข้อความหรือ CSV", ": it is text or CSV"),
    )
    what, what_en = next(((th, en) for holds, th, en in kinds if holds), ("", ""))
    return refusal("workbook-not", file_name=file_name, what=what, what_en=what_en)


def _other_container(names: frozenset[str], file_name: str) -> BadInputError:
    kinds = (
        ("word/document.xml", " แต่เป็นเอกสาร Word", ": it is a Word document"),
        ("ppt/presentation.xml", " แต่เป็นสไลด์ PowerPoint", ": it is a PowerPoint file"),
        ("xl/workbook.bin", " แบบ .xlsx (เป็นแบบ .xlsb)", " of the .xlsx kind (it is .xlsb)"),
    )
    what, what_en = next(((th, en) for name, th, en in kinds if name in names), ("", ""))
    return refusal("workbook-not", file_name=file_name, what=what, what_en=what_en)


def _too_large(size: int, limit: int, file_name: str) -> BadInputError:
    mega = 1024 * 1024
    return refusal("workbook-too-large", file_name=file_name, size=f"{size / mega:.1f}", limit=f"{limit / mega:g}")


def _too_many_cells(limit: int, file_name: str, sheet: str, rows: int, columns: int) -> BadInputError:
    last = cell_name(max(rows - 1, 0), max(columns - 1, 0))
    where = f" (แผ่นงาน “{sheet}” ถึงช่อง {last})" if sheet else f" (ถึงช่อง {last})"
    where_en = f" (sheet “{sheet}” reaches {last})" if sheet else f" (it reaches {last})"
    return refusal("workbook-too-many-cells", file_name=file_name, where=where, where_en=where_en, limit=f"{limit:,}")
