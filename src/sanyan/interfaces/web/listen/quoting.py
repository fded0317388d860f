"""Quotes as pages show them: the text in parts, of which some are marked, and where it comes from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from sanyan.apps.narratives.queries import PassageHit, PassageInfo
from sanyan.core.spans import Span

LONGEST = 280  # characters of a quote in a list; the page of its source holds the whole


@dataclass(frozen=True)
class Part:
    """A stretch of a text and how it is marked ("" for not)."""

    text: str
    mark: str = ""


@dataclass(frozen=True)
class Quote:
    """A passage to show: its parts, and whether more stands before or after."""

    passage: PassageInfo
    parts: tuple[Part, ...]
    cut_before: bool = False
    cut_after: bool = False
    copies: int = 0


def quote_of(item: PassageHit | PassageInfo, *, most: int = LONGEST) -> Quote:
    """A passage as a quote of about `most` characters around its first marked words."""
    passage, spans = (item, ()) if isinstance(item, PassageInfo) else (item.passage, item.highlights)
    start, end = _window(passage.text, spans, most)
    marks = [
        (max(span.start, start) - start, min(span.end, end) - start, "hit")
        for span in spans
        if span.start < end and start < span.end
    ]
    shown = passage.text[start:end]
    copies = 0 if isinstance(item, PassageInfo) else item.copies
    return Quote(passage, marked(shown, marks), start > 0, end < len(passage.text), copies)


def marked(text: str, marks: Sequence[tuple[int, int, str]]) -> tuple[Part, ...]:
    """`text` in parts; where marks overlap, the parts carry all their names."""
    edges = sorted({0, len(text), *(edge for start, end, _ in marks for edge in (start, end))})
    parts = []
    for start, end in pairwise(edges):
        names = sorted({name for first, last, name in marks if first <= start and end <= last})
        parts.append(Part(text[start:end], " ".join(f"mark-{name}" for name in names)))
    return tuple(part for part in parts if part.text)


def _window(text: str, spans: Sequence[Span], most: int) -> tuple[int, int]:
    if len(text) <= most:
        return 0, len(text)
    start = max(0, spans[0].start - most // 4) if spans else 0
    start = min(start, len(text) - most)
    if start:
        blank = text.find(" ", start, start + most // 4)
        start = blank + 1 if blank >= 0 else start
    end = min(len(text), start + most)
    if end < len(text):
        blank = text.rfind(" ", end - most // 4, end)
        end = blank if blank > 0 else end
    return start, end
