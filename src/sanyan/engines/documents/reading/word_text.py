"""The text of a Word file, page by page as Word last broke it, without what its reader does not see."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import docx
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import qn

from sanyan.engines.documents.reading.values import HiddenText, Hiding, PageText, Reading
from sanyan.engines.documents.reading.word_looks import Looks

_THROUGH = {
    qn(f"w:{name}")
    for name in ("hyperlink", "ins", "smartTag", "sdt", "sdtContent", "fldSimple", "moveTo", "customXml")
}
_RUN, _PARAGRAPH, _TABLE, _ROW, _CELL = (qn(f"w:{name}") for name in ("r", "p", "tbl", "tr", "tc"))
_WRITTEN = {qn("w:tab"): "\t", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-", qn("w:softHyphen"): ""}
_TEXT, _BREAK, _RENDERED = qn("w:t"), qn("w:br"), qn("w:lastRenderedPageBreak")
_TEXT_BOX = qn("w:txbxContent")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PAGE_END = "\f"
_BULLET = "• "
_DEEPEST = 30
_NOTES = (RELATIONSHIP_TYPE.FOOTNOTES, RELATIONSHIP_TYPE.ENDNOTES)


def read_word(data: bytes) -> Reading:
    """The pages of a checked .docx. Text marked hidden, of the page's colour or tiny is kept apart.

    Deleted text under tracked changes, comments and field codes are no part of the text. Raises what python-docx
    raises for a file that is not as such files are.
    """
    document = docx.Document(io.BytesIO(data))
    pages = _Pages()
    reader = _WordReader(Looks(document), pages)
    for line in _repeated(document, "header"):
        reader.blocks(line)
    reader.blocks(document.element.body)
    for line in (*_footnotes(document), *_repeated(document, "footer")):
        reader.blocks(line)
    return Reading(pages.made())


def _repeated(document: Any, place: str) -> Iterator[Any]:
    """The headers or footers of all sections, each once."""
    for section in document.sections:
        for kind in (place, f"first_page_{place}"):
            part = getattr(section, kind)
            if not part.is_linked_to_previous:
                yield part._element


def _footnotes(document: Any) -> Iterator[Any]:
    for relation in document.part.rels.values():
        if relation.reltype in _NOTES and not relation.is_external:
            yield from parse_xml(relation.target_part.blob)


class _Pages:
    """Gathers blocks into pages; a page without text is none."""

    def __init__(self) -> None:
        self._pages: list[tuple[list[str], list[HiddenText]]] = [([], [])]

    def add(self, text: str) -> None:
        for index, part in enumerate(text.split(_PAGE_END)):
            if index:
                self.end_page()
            if part.strip():
                self._pages[-1][0].append(part.strip())

    def end_page(self) -> None:
        if self._pages[-1][0]:
            self._pages.append(([], []))

    def hide(self, hidden: HiddenText) -> None:
        self._pages[-1][1].append(hidden)

    def made(self) -> tuple[PageText, ...]:
        pages = [page for page in self._pages if page[0] or page[1]] or self._pages[:1]
        return tuple(
            PageText(number, "\n\n".join(blocks), hidden=tuple(hidden))
            for number, (blocks, hidden) in enumerate(pages, start=1)
        )


class _WordReader:
    def __init__(self, looks: Looks, pages: _Pages) -> None:
        self._looks, self._pages = looks, pages

    def blocks(self, parent: Any, depth: int = 0) -> None:
        """The paragraphs and tables of `parent`, in order."""
        for child in parent if depth < _DEEPEST else ():
            if child.tag == _PARAGRAPH:
                self._pages.add(self._paragraph(child, shaded=False))
                self._boxes(child, depth)
            elif child.tag == _TABLE:
                self._pages.add(self._table(child))
            elif child.tag in _THROUGH:
                self.blocks(child, depth + 1)

    def _boxes(self, paragraph: Any, depth: int) -> None:
        for box in paragraph.iter(_TEXT_BOX):
            if not any(each.tag == _FALLBACK for each in box.iterancestors()):  # the same box for older readers
                self.blocks(box, depth + 1)

    def _table(self, table: Any) -> str:
        """A line for each row, its cells joined; breaks of pages stand between rows."""
        shaded = self._looks.table_is_shaded(table)
        rows: list[str] = []
        broken = False
        for row in table.iter(_ROW):
            if next(row.iterancestors(_TABLE)) is not table:
                continue
            cells = [self._cell(cell, shaded) for cell in row if cell.tag == _CELL and not self._looks.continues(cell)]
            broken = broken or any(_PAGE_END in cell for cell in cells)
            line = " | ".join(" ".join(cell.replace(_PAGE_END, " ").split()) for cell in cells)
            if line.strip(" |"):
                rows.append((_PAGE_END if broken and rows else "") + line)
                broken = False
        return "\n".join(rows).replace("\n" + _PAGE_END, _PAGE_END)

    def _cell(self, cell: Any, shaded: bool) -> str:
        dark = shaded or self._looks.is_shaded(cell)
        return " ".join(filter(None, (self._paragraph(each, shaded=dark) for each in cell.iter(_PARAGRAPH))))

    def _paragraph(self, paragraph: Any, *, shaded: bool) -> str:
        parts: list[str] = []
        hidden: list[tuple[str, Hiding]] = []
        for run in _runs(paragraph):
            text = _written(run)
            why = self._looks.why_hidden(run, paragraph, shaded=shaded) if text.strip() else None
            if why is None:
                parts.append(text)
            elif hidden and hidden[-1][1] is why:
                hidden[-1] = (hidden[-1][0] + text, why)
            else:
                hidden.append((text, why))
        for text, why in hidden:
            self._pages.hide(HiddenText(text.strip(), why))
        made = "".join(parts)
        return _BULLET + made if made.strip() and self._looks.is_item(paragraph) else made


def _runs(parent: Any, depth: int = 0) -> Iterator[Any]:
    for child in parent if depth < _DEEPEST else ():
        if child.tag == _RUN:
            yield child
        elif child.tag in _THROUGH:
            yield from _runs(child, depth + 1)


def _written(run: Any) -> str:
    parts: list[str] = []
    for child in run:
        if child.tag == _TEXT:
            parts.append(child.text or "")
        elif child.tag == _BREAK:
            parts.append(_PAGE_END if child.get(qn("w:type")) == "page" else "\n")
        elif child.tag == _RENDERED:
            parts.append(_PAGE_END)
        else:
            parts.append(_WRITTEN.get(child.tag, ""))
    return "".join(parts)
