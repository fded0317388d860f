"""Reads workbooks as people send them, and turns away what is not a workbook or is not safe to open.

What a file is, is told by its content, never by its name. Nothing is inflated or laid out before it is
known to fit. Macros are never run; only cells are read.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from posixpath import normpath
from xml.sax.saxutils import unescape

from defusedxml.common import DefusedXmlException

from sanyan.core.errors import BadInputError
from sanyan.core.forms.sheets import Sheet, cell_name
from sanyan.engines.documents.apart import Outcome, lay_out_apart, try_to_lay_out
from sanyan.engines.documents.archives import ArchiveError, inflated_parts, packed, part_names
from sanyan.engines.documents.excel_writing import write_workbook
from sanyan.engines.documents.extents import (
    TooMuchError,
    formula_places,
    shared_text_is_heavy,
    sheet_extent,
    table_extents,
)
from sanyan.engines.documents.refusals import refusal
from sanyan.engines.documents.sniffing import ENCRYPTED_PACKAGE, OLE

__all__ = ["OpenedWorkbook", "formula_cells", "open_workbook", "read_workbook", "write_workbook"]

MAX_BYTES = 20 * 1024 * 1024
MAX_CELLS = 2_000_000
FormulaPlaces = Mapping[str, frozenset[tuple[int, int]]]

_ZIP_END = b"PK\x05\x06"
_ZIP = b"PK\x03\x04"
_BIFF5, _BIFF8 = "Book".encode("utf-16-le"), "Workbook".encode("utf-16-le")
_WORD = "WordDocument".encode("utf-16-le")
SHEET_PART = re.compile(r"xl/worksheets/[^/]+\.xml")
_SHEET = re.compile(rb"<(?:[\w.-]{1,30}:)?sheet\s([^<>]{0,1000})>")
_RELATION = re.compile(rb"<(?:[\w.-]{1,30}:)?Relationship\s([^<>]{0,2000})>")
_ATTRIBUTE = re.compile(rb'([\w:.-]{1,60})\s{0,5}=\s{0,5}"([^"<>]{0,1000})"')
_OPEN_NAMES = {"meta-inf/manifest.xml": "META-INF/manifest.xml"}
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
    if data.startswith(_ZIP):
        return _opened_container(data, file_name=file_name, max_cells=max_cells)
    if not data.startswith(OLE):
        raise _not_a_workbook(data, file_name)
    _check_ole(data, file_name)
    outcome = lay_out_apart(data, max_cells=max_cells)
    return OpenedWorkbook(_sheets(outcome, file_name=file_name, max_cells=max_cells), {})


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
    return SHEET_PART.fullmatch(name) is not None or name in (
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/sharedstrings.xml",
        "xl/styles.xml",
        "[content_types].xml",
        "_rels/.rels",
        "content.xml",
        "mimetype",
        "meta-inf/manifest.xml",
    )


def _opened_container(data: bytes, *, file_name: str, max_cells: int) -> OpenedWorkbook:
    """Only the parts that were checked are handed on, packed anew: two readers of a zip may not see the same one."""
    parts = _parts(data, file_name=file_name)
    formulas: FormulaPlaces = {}
    if "xl/workbook.xml" in parts:
        _guarded(lambda: _check_sheets(parts, max_cells, file_name), file_name)
        formulas = _formulas(parts)
        outcome = try_to_lay_out(packed(parts), max_cells=max_cells)
    elif b"opendocument.spreadsheet" in parts.get("mimetype", b""):
        if b"encryption-data" in parts.get("meta-inf/manifest.xml", b""):
            raise refusal("workbook-encrypted", file_name=file_name)
        _guarded(lambda: _check_tables(parts.get("content.xml", b""), max_cells, file_name), file_name)
        outcome = lay_out_apart(
            packed({_OPEN_NAMES.get(name, name): parts[name] for name in parts}), max_cells=max_cells
        )
    else:
        raise _other_container(part_names(data), file_name)
    return OpenedWorkbook(_sheets(outcome, file_name=file_name, max_cells=max_cells), formulas)


def _guarded(check: Callable[[], None], file_name: str) -> None:
    try:
        check()
    except DefusedXmlException as error:
        raise refusal("workbook-unsafe", file_name=file_name) from error
    except TooMuchError as error:
        raise refusal("workbook-bomb", file_name=file_name) from error
    except (SyntaxError, ValueError) as error:  # ElementTree's ParseError is a SyntaxError
        raise refusal("workbook-half-written", file_name=file_name) from error


def _check_sheets(parts: dict[str, bytes], max_cells: int, file_name: str) -> None:
    """Every part is looked at as if it were a sheet: which ones are is for the reader to say, not for us."""
    if not _sheet_targets(parts) <= parts.keys():
        raise refusal("workbook-unsafe", file_name=file_name)
    room = max_cells
    for body in parts.values():
        rows, columns = sheet_extent(body, enough=room)
        room -= rows * columns
        if room < 0:
            raise _too_many_cells(max_cells, file_name, "", rows, columns)
    shared = parts.get("xl/sharedstrings.xml", b"")
    sheets = [body for name, body in parts.items() if SHEET_PART.fullmatch(name)]
    if shared_text_is_heavy(shared, sheets):
        raise refusal("workbook-bomb", file_name=file_name)


def _sheet_targets(parts: Mapping[str, bytes]) -> frozenset[str]:
    relations = _tags(_RELATION, parts.get("xl/_rels/workbook.xml.rels", b""))
    return frozenset(_target(each) for each in relations if each.get("Type", "").endswith("/worksheet"))


def _target(relation: Mapping[str, str]) -> str:
    """The part that a relation of the workbook leads to."""
    target = relation.get("Target", "")
    return (target[1:] if target.startswith("/") else normpath(f"xl/{target}")).lower()


def _check_tables(content: bytes, max_cells: int, file_name: str) -> None:
    room = max_cells
    for name, rows, columns in table_extents(content):
        room -= rows * columns
        if room < 0:
            raise _too_many_cells(max_cells, file_name, name, rows, columns)


def _check_ole(data: bytes, file_name: str) -> None:
    if _ZIP_END in data:  # an .xls that is a zip too, or holds one: no reader is to choose which
        raise refusal("workbook-unsafe", file_name=file_name)
    if ENCRYPTED_PACKAGE in data:
        raise refusal("workbook-encrypted", file_name=file_name)
    if _BIFF8 not in data and _BIFF5 not in data:
        kinds = (" แต่เป็นเอกสาร Word", ": it is a Word document") if _WORD in data else ("", "")
        raise refusal("workbook-not", file_name=file_name, what=kinds[0], what_en=kinds[1])


def _sheets(outcome: Outcome, *, file_name: str, max_cells: int) -> tuple[Sheet, ...]:
    if outcome.refused:
        raise refusal(f"workbook-{outcome.refused}", file_name=file_name)
    if outcome.too_many is not None:
        far = outcome.too_many
        raise _too_many_cells(max_cells, file_name, far.sheet, far.rows, far.columns)
    return outcome.sheets


def _formulas(parts: dict[str, bytes]) -> dict[str, frozenset[tuple[int, int]]]:
    found = {name: formula_places(body) for name, body in parts.items() if SHEET_PART.fullmatch(name)}
    if not any(found.values()):
        return {}
    targets = {
        each.get("Id", ""): _target(each) for each in _tags(_RELATION, parts.get("xl/_rels/workbook.xml.rels", b""))
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
