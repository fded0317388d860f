"""The text of PowerPoint slides with their notes, without what is not shown."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import pptx

from sanyan.engines.documents.reading.values import HiddenText, Hiding, PageText, Reading

TINY_POINTS = 2
_DEEPEST = 20


def read_slides(data: bytes) -> Reading:
    """A page for each slide of a checked .pptx: shapes from top to bottom, tables row by row, then the notes.

    Hidden slides, hidden shapes, shapes off the slide and letters of up to TINY_POINTS are kept apart. White text is
    not: what colour lies behind it cannot be told. Raises what python-pptx raises for a broken file.
    """
    deck = pptx.Presentation(io.BytesIO(data))
    size = (int(deck.slide_width or 0), int(deck.slide_height or 0))
    return Reading(tuple(_slide(number, slide, size) for number, slide in enumerate(deck.slides, start=1)))


def _slide(number: int, slide: Any, size: tuple[int, int]) -> PageText:
    blocks: list[str] = []
    hidden: list[HiddenText] = []
    for shape in sorted(slide.shapes, key=_order):
        _read_shape(shape, size, blocks, hidden)
    if slide.has_notes_slide and slide.notes_slide.notes_text_frame is not None:
        blocks.append(_frame(slide.notes_slide.notes_text_frame, hidden))
    title = slide.shapes.title
    name = " ".join(title.text_frame.text.split())[:120] if title is not None else ""
    text = "\n\n".join(filter(None, (block.strip() for block in blocks)))
    if slide.element.get("show") in ("0", "false"):
        unseen = (HiddenText(text, Hiding.SLIDE), *hidden) if text else tuple(hidden)
        return PageText(number, "", name=name, hidden=unseen)
    return PageText(number, text, name=name, hidden=tuple(hidden))


def _order(shape: Any) -> tuple[int, int]:
    return (int(shape.top or 0), int(shape.left or 0))


def _read_shape(shape: Any, size: tuple[int, int], blocks: list[str], hidden: list[HiddenText], depth: int = 0) -> None:
    if depth > _DEEPEST:
        return
    why = _why_hidden(shape, size) if depth == 0 else None
    for text in _texts(shape, size, hidden, depth):
        if text.strip() and why is not None:
            hidden.append(HiddenText(text.strip(), why))
        elif text.strip():
            blocks.append(text)


def _texts(shape: Any, size: tuple[int, int], hidden: list[HiddenText], depth: int) -> Iterator[str]:
    if hasattr(shape, "shapes"):
        inner: list[str] = []
        for each in shape.shapes:
            _read_shape(each, size, inner, hidden, depth + 1)
        yield from inner
    elif shape.has_text_frame:
        yield _frame(shape.text_frame, hidden)
    elif getattr(shape, "has_table", False):
        yield "\n".join(
            " | ".join(" ".join(_frame(cell.text_frame, hidden).split()) for cell in row.cells if not cell.is_spanned)
            for row in shape.table.rows
        )


def _frame(frame: Any, hidden: list[HiddenText]) -> str:
    return "\n".join(filter(str.strip, (_paragraph(paragraph, hidden) for paragraph in frame.paragraphs)))


def _paragraph(paragraph: Any, hidden: list[HiddenText]) -> str:
    tiny = [run for run in paragraph.runs if run.font.size is not None and run.font.size.pt <= TINY_POINTS]
    if not tiny:
        return str(paragraph.text).replace("\v", "\n")
    text = "".join(run.text for run in tiny).strip()
    if text:
        hidden.append(HiddenText(text, Hiding.TINY))
    unseen = {id(run._r) for run in tiny}
    return "".join(run.text for run in paragraph.runs if id(run._r) not in unseen)


def _why_hidden(shape: Any, size: tuple[int, int]) -> Hiding | None:
    about = shape.element.xpath(".//p:cNvPr")
    if about and about[0].get("hidden") in ("1", "true"):
        return Hiding.MARKED
    if shape.left is None or shape.top is None or shape.width is None or shape.height is None:
        return None
    width, height = size
    off = shape.left + shape.width <= 0 or shape.top + shape.height <= 0 or shape.left >= width or shape.top >= height
    return Hiding.OFF_PAGE if off else None
