"""Which rows and columns of an .xlsx are hidden; the reader of cells does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from posixpath import normpath
from xml.etree.ElementTree import Element

from defusedxml.ElementTree import fromstring

from sanyan.engines.documents.archives import ArchiveError, inflated_parts
from sanyan.engines.documents.excel import SHEET_PART

MOST_COLUMNS = 16_384
_ROW = re.compile(rb"<(?:[\w.-]{1,30}:)?row\s([^<>]{0,1000})>")
_COLUMN = re.compile(rb"<(?:[\w.-]{1,30}:)?col\s([^<>]{0,1000})>")
_ATTRIBUTE = re.compile(rb'([\w:.-]{1,60})="([^"<>]{0,200})"')
_ON = (b"1", b"true")


@dataclass(frozen=True)
class HiddenPlaces:
    """Hidden rows and columns of a sheet, counted from 0."""

    rows: frozenset[int]
    columns: frozenset[int]


def hidden_places(data: bytes) -> dict[str, HiddenPlaces]:
    """By name, the sheets of an .xlsx with hidden rows or columns; none for other kinds or a file that is broken."""
    try:
        parts = inflated_parts(data, keep=_is_needed)
        names = _sheet_names(parts)
    except (ArchiveError, SyntaxError, ValueError, KeyError):
        return {}
    found = {name: _places(parts.get(part, b"")) for name, part in names.items()}
    return {name: places for name, places in found.items() if places.rows or places.columns}


def _is_needed(name: str) -> bool:
    return name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels") or SHEET_PART.fullmatch(name) is not None


def _sheet_names(parts: dict[str, bytes]) -> dict[str, str]:
    targets = {each.get("Id", ""): _part(each.get("Target", "")) for each in _all(parts["xl/_rels/workbook.xml.rels"])}
    names: dict[str, str] = {}
    for each in _all(parts["xl/workbook.xml"]):
        if each.tag.rpartition("}")[2] == "sheet":
            link = next((value for key, value in each.items() if key.endswith("}id")), "")
            names[each.get("name", "")] = targets.get(link, "")
    return names


def _all(xml: bytes) -> Iterator[Element]:
    root: Element = fromstring(xml, forbid_dtd=True)
    return root.iter()


def _part(target: str) -> str:
    return (target[1:] if target.startswith("/") else normpath(f"xl/{target}")).lower()


def _places(xml: bytes) -> HiddenPlaces:
    rows: set[int] = set()
    for number, row in enumerate(_tags(_ROW, xml), start=1):
        if row.get(b"hidden") in _ON:
            rows.add(int(row.get(b"r", str(number).encode())) - 1)
    columns: set[int] = set()
    for column in _tags(_COLUMN, xml):
        if column.get(b"hidden") in _ON:
            last = min(int(column.get(b"max", b"0")), MOST_COLUMNS)
            columns.update(range(int(column.get(b"min", b"1")) - 1, last))
    return HiddenPlaces(frozenset(rows), frozenset(columns))


def _tags(pattern: re.Pattern[bytes], xml: bytes) -> Iterator[dict[bytes, bytes]]:
    return (dict(_ATTRIBUTE.findall(inside)) for inside in pattern.findall(xml))
