"""Orders to a machine with all that belongs to them: the rest of their line, and what is coded so as not to be read."""

from __future__ import annotations

import re

from sanyan.core.spans import Span
from sanyan.core.text.hidden import looks_like_instruction

LEAST_OWN_LETTERS = 8  # of a line before an order: fewer say nothing without it ("หมายเหตุ:", "<!--")
_CODED = re.compile(r"(?<![A-Za-z0-9+/=])(?=[A-Za-z+/]*[0-9])[A-Za-z0-9+/]{40,}={0,2}")


def whole_orders(text: str) -> tuple[Span, ...]:
    """Where `text` gives orders to a machine, each to the end of its line, and runs that look like base64.

    What else the line says behind an order is part of it as a reader sees it; what it says before stays apart, where
    it says something. Spans are in order and do not overlap.
    """
    spans = [*looks_like_instruction(text), *(Span(*match.span()) for match in _CODED.finditer(text))]
    widened: list[Span] = []
    for span in sorted(spans):
        last = widened[-1] if widened else None
        if last is None or span.start > last.end:
            widened.append(_to_line(text, span))
        elif span.end > last.end:  # most stand behind another of their line, which then holds them already
            widened[-1] = Span(last.start, _line_end(text, span.end))
    return tuple(widened)


def _to_line(text: str, span: Span) -> Span:
    line_start = text.rfind("\n", 0, span.start) + 1
    own = sum(character.isalpha() for character in text[line_start : span.start])
    return Span(line_start if own < LEAST_OWN_LETTERS else span.start, _line_end(text, span.end))


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return found if found >= 0 else len(text)
