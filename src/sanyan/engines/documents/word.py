"""Writes a composed report as a Word file: Thai fonts for every script, real styles, repeated table heads, A4."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from sanyan.core.reporting.blocks import (
    Align,
    Block,
    Bullets,
    Callout,
    Document,
    Figures,
    Heading,
    Paragraph,
    SourceList,
    Table,
    Tone,
)
from sanyan.core.reporting.wording import with_thai_digits

FONT = "TH Sarabun New"
BODY_POINTS = 16
TABLE_POINTS = 13
WIDE_TABLE_POINTS = 12
WIDE_FROM_COLUMNS = 6
NOTE_POINTS = 12
PAGE_CM = (21.0, 29.7)
MARGINS_CM = {"left_margin": 3.0, "right_margin": 2.0, "top_margin": 2.5, "bottom_margin": 2.0}
TEXT_WIDTH_CM = PAGE_CM[0] - MARGINS_CM["left_margin"] - MARGINS_CM["right_margin"]

_INK = RGBColor(0x1F, 0x24, 0x2E)
_ACCENT = RGBColor(0x2B, 0x2F, 0x77)
_SHADES = {
    Tone.NOTE: "EEF0F6",
    Tone.GOOD: "E3F1EF",
    Tone.WATCH: "FBF1DC",
    Tone.HELP: "FBE7E0",
    Tone.PRACTICE: "FFF3C4",
}
_ALIGN = {
    Align.LEFT: WD_ALIGN_PARAGRAPH.LEFT,
    Align.RIGHT: WD_ALIGN_PARAGRAPH.RIGHT,
    Align.CENTRE: WD_ALIGN_PARAGRAPH.CENTER,
}
_HEAD_SHADE = "E4E6F2"
_RULE = "B4B8C6"


def write_word(document: Document, *, thai_digits: bool = False) -> bytes:
    """The report as a .docx file. With `thai_digits`, figures outside codes are written ๐-๙.

    Fonts are named, not embedded: where "TH Sarabun New" is missing, the reader's program puts another in.
    """
    return _Writer(document, thai_digits=thai_digits).write()


class _Writer:
    def __init__(self, document: Document, *, thai_digits: bool) -> None:
        self._report = document
        self._digits: Callable[[str], str] = with_thai_digits if thai_digits else str
        self._out: Any = docx.Document()

    def write(self) -> bytes:
        self._set_up_page()
        self._set_up_styles()
        self._set_up_header_and_footer()
        self._paragraph(self._report.title, "Title")
        if self._report.subtitle:
            self._paragraph(self._report.subtitle, "Subtitle")
        for block in self._report.blocks:
            self._block(block)
        properties = self._out.core_properties
        properties.title, properties.author, properties.comments = self._report.title, "Sanyan", self._report.label
        properties.language = "th-TH" if self._report.lang == "th" else "en-GB"
        held = io.BytesIO()
        self._out.save(held)
        return held.getvalue()

    def _set_up_page(self) -> None:
        section = self._out.sections[0]
        section.orientation = WD_ORIENT.PORTRAIT
        section.page_width, section.page_height = Cm(PAGE_CM[0]), Cm(PAGE_CM[1])
        for name, size in MARGINS_CM.items():
            setattr(section, name, Cm(size))
        section.header_distance = section.footer_distance = Cm(1.0)
        if self._digits is with_thai_digits:
            numbers = OxmlElement("w:pgNumType")
            numbers.set(qn("w:fmt"), "thaiNumbers")
            section._sectPr.find(qn("w:pgMar")).addnext(numbers)

    def _set_up_styles(self) -> None:
        sizes: dict[str, tuple[float, bool, float, float]] = {
            "Normal": (BODY_POINTS, False, 0, 4),
            "Title": (26, True, 0, 2),
            "Subtitle": (BODY_POINTS, False, 0, 10),
            "Heading 1": (20, True, 14, 4),
            "Heading 2": (17, True, 8, 3),
            "List Bullet": (BODY_POINTS, False, 0, 2),
            "Caption": (TABLE_POINTS, True, 6, 3),
            "Header": (NOTE_POINTS, False, 0, 0),
            "Footer": (NOTE_POINTS, False, 0, 0),
        }
        for name, (points, bold, before, after) in sizes.items():
            style = self._out.styles[name]
            _set_fonts(style.element.get_or_add_rPr(), points, bold=bold)
            style.font.color.rgb = _ACCENT if name.startswith(("Heading", "Title")) else _INK
            for flag in ("w:i", "w:iCs"):
                _flag(style.element.rPr, flag, False)
            form = style.paragraph_format
            form.space_before, form.space_after = Pt(before), Pt(after)
            form.line_spacing = 1.1
            form.keep_with_next = name.startswith(("Heading", "Caption")) or None
        _drop(self._out.styles["Title"].element.pPr, "w:pBdr")  # the template's rule under the title
        _drop(self._out.styles["Title"].element.rPr, "w:spacing")
        _drop(self._out.styles["Subtitle"].element.rPr, "w:spacing")  # letter spacing tears Thai marks apart

    def _set_up_header_and_footer(self) -> None:
        section = self._out.sections[0]
        head = section.header.paragraphs[0]
        head.paragraph_format.tab_stops.add_tab_stop(Cm(TEXT_WIDTH_CM), WD_TAB_ALIGNMENT.RIGHT)
        if self._report.label:
            self._run(head, f"{self._report.label} · ", bold=True)
        page = "หน้า" if self._report.lang == "th" else "Page"
        self._run(head, f"{self._report.title}\t{page} ")
        _add_page_field(self._run(head, ""))
        self._run(section.footer.paragraphs[0], self._report.footer)

    def _block(self, block: Block) -> None:
        match block:
            case Heading():
                self._paragraph(block.text, f"Heading {min(max(block.level, 1), 2)}")
            case Paragraph():
                self._paragraph(" ".join(str(sentence) for sentence in block.sentences), "Normal")
            case Bullets():
                for item in block.items:
                    self._paragraph(str(item), "List Bullet")
            case Table():
                self._table(block)
            case Figures():
                self._figures(block)
            case Callout():
                self._callout(block)
            case SourceList():
                self._sources(block)

    def _paragraph(self, text: str, style: str) -> Any:
        paragraph = self._out.add_paragraph(style=style)
        self._run(paragraph, text)
        return paragraph

    def _run(self, paragraph: Any, text: str, *, points: float | None = None, bold: bool | None = None) -> Any:
        run = paragraph.add_run(self._digits(text))
        _set_fonts(run._r.get_or_add_rPr(), points, bold=bold)
        return run

    def _table(self, block: Table) -> None:
        if block.caption:
            self._paragraph(block.caption, "Caption")
        table = self._grid(len(block.rows) + 1, len(block.columns), [column.width for column in block.columns])
        small = TABLE_POINTS if len(block.columns) < WIDE_FROM_COLUMNS else WIDE_TABLE_POINTS
        for cell, column in zip(table.rows[0].cells, block.columns, strict=True):
            self._fill(cell, column.title, column.align, small, bold=True)
            _shade(cell, _HEAD_SHADE)
        _repeat_head(table.rows[0])
        for row, texts in zip(list(table.rows)[1:], block.rows, strict=True):
            _keep_whole(row)
            for cell, text, column in zip(row.cells, texts, block.columns, strict=True):
                self._fill(cell, text, column.align, small)
        marks = "".join(f"[{number}]" for number in block.sources) if len(block.sources) == 1 else ""
        source = {"th": "ที่มา", "en": "Source"}[self._report.lang]
        for note in (*block.notes, *((f"{source} {marks}",) if marks else ())):
            paragraph = self._out.add_paragraph(style="Normal")
            paragraph.paragraph_format.space_after = Pt(0)
            self._run(paragraph, note, points=NOTE_POINTS)
        self._gap()

    def _grid(self, rows: int, columns: int, widths: list[float]) -> Any:
        """A bordered table across the text width, with fixed column widths in the given shares."""
        table = self._out.add_table(rows, columns, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        table.autofit = False
        _lighten(table)
        total = sum(widths)
        for column, width in zip(table.columns, widths, strict=True):
            column.width = Cm(TEXT_WIDTH_CM * width / total)
            for cell in column.cells:
                cell.width = column.width
        return table

    def _fill(self, cell: Any, text: str, align: Align, points: float, *, bold: bool | None = None) -> None:
        paragraph = cell.paragraphs[0]
        paragraph.alignment = _ALIGN[align]
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = 1.0
        self._run(paragraph, text, points=points, bold=bold)

    def _figures(self, block: Figures) -> None:
        table = self._grid(1, len(block.items), [1.0] * len(block.items))
        for cell, figure in zip(table.rows[0].cells, block.items, strict=True):
            _shade(cell, _SHADES[figure.tone])
            marks = "".join(f"[{number}]" for number in figure.sources)
            self._fill(cell, figure.label, Align.LEFT, TABLE_POINTS)
            for text, points, bold in (
                (figure.value, 26.0, True),
                (f"{figure.note} {marks}".strip(), NOTE_POINTS, False),
            ):
                paragraph = cell.add_paragraph(style="Normal")
                paragraph.paragraph_format.space_after = Pt(0)
                paragraph.paragraph_format.line_spacing = 1.0
                self._run(paragraph, text, points=points, bold=bold)
        self._gap()

    def _callout(self, block: Callout) -> None:
        table = self._grid(1, 1, [1.0])
        cell = table.rows[0].cells[0]
        _shade(cell, _SHADES[block.tone])
        self._fill(cell, block.text, Align.LEFT, BODY_POINTS, bold=block.tone is Tone.PRACTICE)
        self._gap()

    def _sources(self, block: SourceList) -> None:
        for item in block.items:
            paragraph = self._out.add_paragraph(style="Normal")
            form = paragraph.paragraph_format
            form.left_indent, form.first_line_indent, form.space_after = Cm(1.0), Cm(-1.0), Pt(0)
            form.tab_stops.add_tab_stop(Cm(1.0))
            self._run(paragraph, f"[{item.number}]\t{item.text}", points=TABLE_POINTS)

    def _gap(self) -> None:
        """A little air after a table, which has no spacing of its own."""
        paragraph = self._out.add_paragraph(style="Normal")
        paragraph.paragraph_format.space_after = Pt(0)
        paragraph.paragraph_format.line_spacing = Pt(8)


def _set_fonts(properties: Any, points: float | None, *, bold: bool | None) -> None:
    """Name the font for all four scripts and size and weight for both, else Thai falls back to another face."""
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FONT)
    if bold is not None:
        _flag(properties, "w:b", bold)
        _flag(properties, "w:bCs", bold)
    if points is not None:
        for name in ("w:sz", "w:szCs"):
            _child(properties, name).set(qn("w:val"), str(round(2 * points)))
    _child(properties, "w:cs")
    language = _child(properties, "w:lang")
    for script, value in (("w:val", "en-GB"), ("w:eastAsia", "th-TH"), ("w:bidi", "th-TH")):
        language.set(qn(script), value)


# The order that the schema wants inside w:rPr; Word may refuse a file that breaks it.
_RPR_ORDER = (
    "w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:caps", "w:smallCaps", "w:color", "w:spacing", "w:kern",
    "w:sz", "w:szCs", "w:u", "w:cs", "w:lang",
)  # fmt: skip


def _child(properties: Any, name: str) -> Any:
    """The child `name` of a w:rPr, made in its place when it is not there."""
    found = properties.find(qn(name))
    if found is not None:
        return found
    made = OxmlElement(name)
    after = {qn(later) for later in _RPR_ORDER[_RPR_ORDER.index(name) + 1 :]}
    position = next((i for i, child in enumerate(properties) if child.tag in after), len(properties))
    properties.insert(position, made)
    return made


def _drop(properties: Any, name: str) -> None:
    found = properties.find(qn(name))
    if found is not None:
        properties.remove(found)


def _flag(properties: Any, name: str, on: bool) -> None:
    _child(properties, name).set(qn("w:val"), "1" if on else "0")


def _shade(cell: Any, colour: str) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("w:val", "clear"), ("w:color", "auto"), ("w:fill", colour)):
        shade.set(qn(name), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _lighten(table: Any) -> None:
    """Thin grey rules and narrow cell margins: the figures should stand out, not the grid."""
    rules, margins = OxmlElement("w:tblBorders"), OxmlElement("w:tblCellMar")
    for side in ("top", "left", "bottom", "right", "insideH", "insideV"):
        rule = OxmlElement(f"w:{side}")
        for name, value in (("val", "single"), ("sz", "4"), ("space", "0"), ("color", _RULE)):
            rule.set(qn(f"w:{name}"), value)
        rules.append(rule)
    for side in ("left", "right"):
        margin = OxmlElement(f"w:{side}")
        margin.set(qn("w:w"), "70")
        margin.set(qn("w:type"), "dxa")
        margins.append(margin)
    properties = table._tbl.tblPr
    look = properties.find(qn("w:tblLook"))
    layout = properties.find(qn("w:tblLayout"))
    layout.addprevious(rules) if layout is not None else properties.append(rules)
    look.addprevious(margins) if look is not None else properties.append(margins)


def _repeat_head(row: Any) -> None:
    """Repeat the row at the top of each page that the table runs on to."""
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _keep_whole(row: Any) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _add_page_field(run: Any) -> None:
    for kind, text in (("begin", ""), ("", "PAGE"), ("end", "")):
        part = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            part.set(qn("w:fldCharType"), kind)
        else:
            part.text = text
        run._r.append(part)
