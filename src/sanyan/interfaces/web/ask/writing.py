"""Answers as pages write them: sentences filled in, cells written, pages as addresses."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from sanyan.apps.synthesis.queries import Between, Grid, Line, Lines, Num, PageLink, State, Trace
from sanyan.core.signed_documents import Words
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.figures.indicator import unit_of
from sanyan.interfaces.web.figures.sentences import chance, places_of, signed
from sanyan.interfaces.web.templatetags.sanyan import badge, change

_OF_OFFICE = re.compile(r"(?<=[ก-๙])(สพ[ปมท]\.)")


@dataclass(frozen=True)
class WrittenCell:
    """A cell of a table: its text (or markup), its column's name, whether it is a number."""

    text: str | SafeString
    column: str
    is_number: bool


@dataclass(frozen=True)
class WrittenRow:
    """A row of a table, ready to be shown."""

    label: str
    group: str
    href: str
    cells: tuple[WrittenCell, ...]


@dataclass(frozen=True)
class WrittenTable:
    """A table, ready to be shown: columns by name and whether they hold numbers; `trace` says where those come from."""

    kind: str
    title: str
    columns: tuple[tuple[str, bool], ...]
    rows: tuple[WrittenRow, ...]
    note: str
    more: int
    href: str
    trace: str


@dataclass(frozen=True)
class WrittenLines:
    """Sentences, each with the address that it leads to."""

    kind: str
    title: str
    items: tuple[tuple[str, str], ...]


def sentence(line: Line) -> str:
    """A sentence with its numbers and names."""
    names = {name: formats.told(words) for name, words in line.names.items()}
    numbers = {name: written(number) for name, number in line.numbers.items()}
    template = line.words.th if formats.in_thai() else line.words.en or line.words.th
    return _OF_OFFICE.sub(r" \1", template.format_map({**names, **numbers}))


def written(number: Num) -> str:
    """A number as its sort asks."""
    if number.value is None:
        return formats.MISSING
    if number.sort in _PLAIN:
        return _PLAIN[number.sort](number.value)
    item = number.indicator
    if item is None:
        return formats.plain(number.value)
    if number.sort == "change":
        return formats.change_words(number.value, number.improved, unit_of(item), item.decimals)
    unit = unit_of(item)
    return formats.measured(number.value, formats.short_unit(unit) or _short(unit), places_of(item))


_PLAIN: dict[str, Callable[[float], str]] = {
    "count": lambda value: formats.count(round(value)),
    "percent": formats.percent,
    "chance": chance,
    "size": signed,
}


def _short(unit: str) -> str:
    """A unit without its range, as sentences have room for it: "คะแนน (0-100)" is "คะแนน"."""
    return unit.partition(" (")[0]


def address_of(request: HttpRequest, page: PageLink | None) -> str:
    """The address of a page; "" where there is none (yet)."""
    if page is None:
        return ""
    try:
        path = reverse(page.view, args=page.args)
    except NoReverseMatch:
        return ""
    query = [(name, value) for name, value in page.query if value]
    if not any(name == "round" for name, _ in query) and request.GET.get("round"):
        query.append(("round", request.GET["round"]))
    return f"{path}?{urlencode(query)}" if query else path


def table(request: HttpRequest, grid: Grid) -> WrittenTable:
    """A table with every cell written."""
    columns = tuple(formats.told(column) for column in grid.columns)
    rows = tuple(
        WrittenRow(
            label=formats.told(row.label),
            group=formats.told(row.group),
            href=address_of(request, row.page),
            cells=tuple(_cell(cell, column) for cell, column in zip(row.cells, columns, strict=True)),
        )
        for row in grid.rows
    )
    traces = [cell.trace for row in grid.rows for cell in row.cells if isinstance(cell, Num)]
    return WrittenTable(
        kind="table",
        title=formats.told(grid.title),
        columns=tuple((name, all(row.cells[place].is_number for row in rows)) for place, name in enumerate(columns)),
        rows=rows,
        note=formats.told(grid.note),
        more=grid.more,
        href=address_of(request, grid.page),
        trace=source_words(traces[0]) if traces else "",
    )


def lines(request: HttpRequest, held: Lines) -> WrittenLines:
    """Sentences with their addresses."""
    items = tuple((sentence(line), address_of(request, page)) for line, page in held.items)
    return WrittenLines("lines", formats.told(held.title), items)


def source_words(trace: Trace) -> str:
    """Where a number comes from, in one line: the query, its round and its parameters."""
    kept = [f"{name}={_cut(value)}" for name, value in trace.filters if value]
    indicator = f" · {trace.indicator}" if trace.indicator else ""
    return f"{trace.query}{indicator} · {trace.round} · {' · '.join(kept)}"


def _cut(value: str) -> str:
    parts = value.split(", ")
    return value if len(parts) <= 3 else f"{', '.join(parts[:2])} … ({len(parts)})"


def _cell(cell: object, column: str) -> WrittenCell:
    if isinstance(cell, Num):
        item = cell.indicator
        if cell.sort == "change" and item is not None:
            return WrittenCell(change(cell.value, cell.improved, unit_of(item), item.decimals), column, is_number=True)
        return WrittenCell(written(cell), column, is_number=True)
    if isinstance(cell, Between):
        low, high = written(cell.low), written(cell.high)
        return WrittenCell(low if low == high else f"{_bare(low)}–{high}", column, is_number=True)
    if isinstance(cell, State):
        return WrittenCell(badge(cell.table, cell.code), column, is_number=False)
    if isinstance(cell, Words):
        return WrittenCell(formats.told(cell), column, is_number=False)
    return WrittenCell(formats.MISSING, column, is_number=True)


def _bare(text: str) -> str:
    """A bound without its unit: the unit stands at the other."""
    return text.partition(formats.THIN)[0] if text[:1].isdigit() or text[:1] in "๐๑๒๓๔๕๖๗๘๙" else text
