"""Finds lines of a page that leave no ink where they stand: white on white, invisible, covered, too small to see."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html import unescape

from PIL import Image

from sanyan.engines.documents.reading.values import HiddenText, Hiding

TINY = 3.0  # points from the top of a line to its foot
_CONTRAST = 24  # of 255 greys; a line of light grey letters has more
_PAGE = re.compile(r'<page width="([\d.]+)" height="([\d.]+)">(.*?)</page>', re.DOTALL)
_LINE = re.compile(r'<line xMin="([-\d.]+)" yMin="([-\d.]+)" xMax="([-\d.]+)" yMax="([-\d.]+)">(.*?)</line>', re.DOTALL)
_WORD = re.compile(r"<word [^>]*>(.*?)</word>", re.DOTALL)
_BLANKS = re.compile(r"\s+")


@dataclass(frozen=True)
class Box:
    """A line of text and where it stands, in points from the upper left corner."""

    text: str
    left: float
    top: float
    right: float
    bottom: float


@dataclass(frozen=True)
class PageBoxes:
    """The lines of a page and its size in points."""

    width: float
    height: float
    lines: tuple[Box, ...]


def boxes_of(layout: str) -> Iterator[PageBoxes]:
    """The pages of what `pdftotext -bbox-layout` writes."""
    for width, height, body in _PAGE.findall(layout):
        lines = tuple(
            Box(" ".join(map(unescape, _WORD.findall(words))), float(left), float(top), float(right), float(bottom))
            for left, top, right, bottom, words in _LINE.findall(body)
        )
        yield PageBoxes(float(width), float(height), lines)


def has_ink(picture: Image.Image) -> bool:
    """Whether anything at all stands on the picture of a page."""
    low, high = _extremes(picture)
    return high - low >= _CONTRAST


def hidden_lines(page: PageBoxes, picture: Image.Image) -> tuple[HiddenText, ...]:
    """The lines that nobody sees on the picture of their page."""
    return tuple(
        HiddenText(line.text, why) for line in page.lines if line.text and (why := _why_hidden(line, page, picture))
    )


def _why_hidden(line: Box, page: PageBoxes, picture: Image.Image) -> Hiding | None:
    if line.right <= 0 or line.bottom <= 0 or line.left >= page.width or line.top >= page.height:
        return Hiding.OFF_PAGE
    if line.bottom - line.top <= TINY and line.right - line.left > line.bottom - line.top:
        return Hiding.TINY
    across, down = picture.width / page.width, picture.height / page.height
    margin = (line.bottom - line.top) * 0.2  # neighbours reach into a line's box with their marks
    area = (
        max(0, int(line.left * across)),
        max(0, int((line.top + margin) * down)),
        min(picture.width, int(line.right * across) + 1),
        min(picture.height, int((line.bottom - margin) * down) + 1),
    )
    if area[0] >= area[2] or area[1] >= area[3]:
        return None
    return None if has_ink(picture.crop(area)) else Hiding.NO_INK


def _extremes(picture: Image.Image) -> tuple[int, int]:
    low, high = picture.convert("L").getextrema()
    return int(low), int(high)  # type: ignore[arg-type]


def without_lines(text: str, hidden: Iterable[HiddenText]) -> str:
    """`text` of a page without these lines, each taken out once, however its blanks and marks are set."""
    lines = text.split("\n")
    for each in hidden:
        key = _key(each.text)
        whole = next((index for index, line in enumerate(lines) if _key(line) == key), None)
        if whole is not None:
            lines[whole] = ""
            continue
        wanted = re.compile(r"\s*".join(map(re.escape, _BLANKS.sub("", each.text))))
        lines = wanted.sub("", "\n".join(lines), count=1).split("\n")
    return "\n".join(lines)


def _key(line: str) -> str:
    """What two readings of a line share when they set its marks in another order."""
    return "".join(sorted(_BLANKS.sub("", line)))
