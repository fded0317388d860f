"""A Thai report cut into clauses that can be quoted. Thai marks no ends of sentences: lines, numbered points and words
that open a new step do."""

from __future__ import annotations

import re

from sanyan.core.spans import Span

SHORTEST = 4  # characters; less says nothing
_BREAK = re.compile(
    r"\r?\n+"
    r"|(?:(?<=\s)|^)\(?[0-9๐-๙]{1,2}[).](?![0-9๐-๙])\s*"
    r"|(?:^|(?<=\n))\s*[•●▪–-]\s+|[•●▪]\s*"
    r"|\s+(?=(?:จากนั้น|ต่อมา|นอกจากนี้|ขณะเดียวกัน|ในระยะถัดมา|อย่างไรก็ตาม|ทั้งนี้|บทเรียนสำคัญ))"
    r"|\s{2,}"
)


def clauses(text: str) -> tuple[Span, ...]:
    """Spans of the clauses of `text` in order, without the marks of points and without blanks at their ends."""
    spans, start = [], 0
    for found in _BREAK.finditer(text):
        spans.append(_trimmed(text, start, found.start()))
        start = found.end()
    spans.append(_trimmed(text, start, len(text)))
    return tuple(span for span in spans if span.end - span.start >= SHORTEST)


def _trimmed(text: str, start: int, end: int) -> Span:
    while start < end and text[start].isspace():
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;"):
        end -= 1
    return Span(start, end)
