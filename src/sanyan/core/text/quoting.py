"""Whether a quote stands in its source, exactly; and where to look when it does not.

Both are folded (below) and the quote is looked for as it is: no likeness is ever enough, for a likeness of 99 % is what
an altered number has. What a reader is shown are the source's own characters, by the spans found.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from rapidfuzz import fuzz

from sanyan.core.spans import Span
from sanyan.core.text.folding import Folded, Gap, fold

LEAST_CHARACTERS = 4  # of a quote or a part of one, folded: fewer stand in any text
LEAST_BESIDE_CUT_NUMBER = 30  # folded characters that still tell the place once a number cut in two is left out
LONGEST_QUOTE = 20_000
LEAST_LIKENESS = 0.6
_ELLIPSIS = re.compile(r"[\[(<]? ?(?:(?:\.\s?){3,}|…[….]*) ?[\])>]?")
_NUMBER = re.compile(r"\d+(?:,\d{3}(?!\d))*(?:\.\d+)?")
_NUMBER_AT_START = re.compile(r"[\d.,]+")
_NUMBER_AT_END = re.compile(r"[\d.,]+$")
_SPLIT_SARA_AM = re.compile("[\u0e01-\u0e2e\u0e48-\u0e4b][ \\t\u00a0]\u0e32")  # as PDF readers leave it: ส านักงาน
_NEGATION = re.compile(r"(?<!หรือ)(?:ไม่|ไม่ได้|มิได้|ไม่มี|ห้าม)$")


@dataclass(frozen=True)
class Suggestion:
    """Where in a source something like a quote stands: for a person to look at, never as proof. 0 to 1."""

    span: Span
    likeness: float


def find_quote(quote: str, source: str) -> tuple[Span, ...]:
    """The spans of `source` that `quote` is taken from, in order; none where it is not, to the letter, from there.

    Blanks, line breaks, invisible characters, quotation marks, kinds of dash, Thai or Arabic digits, letter case and
    the encodings of one Thai word (a split sara am too) do not matter. "..." between two parts leaves something out:
    all parts must stand in the source in this order. Numbers are never taken altered: two that stand apart do not
    become one, and one cut in two at an edge of the quote ("12" of 512) is no quote; where at least 30 other
    characters tell the place, the spans leave that number out. Nor does a quote begin just behind a "not" that it
    leaves out. At the edges, spans are widened to whole Thai characters (letter and marks).
    """
    if not quote.strip() or len(quote) > LONGEST_QUOTE:
        return ()
    found = _found(quote, source, mended=False)
    if not found and (_SPLIT_SARA_AM.search(quote) or _SPLIT_SARA_AM.search(source)):
        return _found(quote, source, mended=True)
    return found


def suggest_place(quote: str, source: str) -> Suggestion | None:
    """The place of `source` most like `quote`; None where nothing is much like it."""
    asked, held = fold(quote[:LONGEST_QUOTE]), fold(source)
    if len(asked.text) < LEAST_CHARACTERS or not held.text:
        return None
    found = fuzz.partial_ratio_alignment(asked.text, held.text, score_cutoff=100 * LEAST_LIKENESS)
    if found is None:
        return None
    start, end = (found.dest_start, found.dest_end) if len(asked.text) <= len(held.text) else (0, len(held.text))
    return Suggestion(held.span(start, end), found.score / 100) if start < end else None


def _found(quote: str, source: str, *, mended: bool) -> tuple[Span, ...]:
    held = fold(source, mended=mended)
    found = _place(fold(quote, mended=mended), held, 0)
    if found is not None:
        return (held.span(*found),)
    parts = [part for part in _ELLIPSIS.split(quote) if part.strip()]
    return _in_order(parts, held, mended=mended) if _ELLIPSIS.search(quote) else ()


def _in_order(parts: list[str], held: Folded, *, mended: bool) -> tuple[Span, ...]:
    spans, after = [], 0
    for number, part in enumerate(parts, start=1):
        is_edge = (number == 1, number == len(parts))
        found = _place(fold(part, mended=mended), held, after, may_trim=is_edge)
        if found is None:
            return ()
        spans.append(held.span(*found))
        after = found[1]
    return tuple(spans)


def _place(
    asked: Folded, held: Folded, after: int, *, may_trim: tuple[bool, bool] = (True, True)
) -> tuple[int, int] | None:
    """Folded characters (start, end) of the first good place from `after` on; whole numbers go before cut ones."""
    if len(asked.text) < LEAST_CHARACTERS:
        return None
    second_best = None
    start = held.text.find(asked.text, after)
    while start >= 0:
        end = start + len(asked.text)
        if not _joins_numbers(asked, held, start) and not _leaves_out_negation(held, start):
            trimmed = _without_cut_numbers(held, start, end)
            if trimmed == (start, end):
                return trimmed
            is_allowed = (may_trim[0] or trimmed[0] == start) and (may_trim[1] or trimmed[1] == end)
            if second_best is None and is_allowed and trimmed[1] - trimmed[0] >= LEAST_BESIDE_CUT_NUMBER:
                second_best = trimmed
        start = held.text.find(asked.text, start + 1)
    return second_best


def _joins_numbers(asked: Folded, held: Folded, start: int) -> bool:
    """Whether two numbers that stand apart in the source are one in the quote (15 20 as 1520).

    A line break says nothing of numbers, nor does a quote that leaves out other blanks of the source too.
    """
    numbers = [number.span() for number in _NUMBER.finditer(asked.text)]
    if not any(
        Gap.BLANK in held.gaps[start + first + 1 : start + last] and not any(asked.gaps[first + 1 : last])
        for first, last in numbers
    ):
        return False
    inside = {place for first, last in numbers for place in range(first + 1, last)}
    places = (place for place in range(1, len(asked.text)) if place not in inside)
    return not any(held.gaps[start + place] and not asked.gaps[place] for place in places)


def _leaves_out_negation(held: Folded, start: int) -> bool:
    return held.gaps[start] is Gap.NONE and _NEGATION.search(held.text, max(0, start - 10), start) is not None


def _without_cut_numbers(held: Folded, start: int, end: int) -> tuple[int, int]:
    if held.in_number(start) and (number := _NUMBER_AT_START.match(held.text, start, end)):
        start = number.end()
    if end > start and held.in_number(end) and (number := _NUMBER_AT_END.search(held.text[start:end])):
        end = start + number.start()
    return start, end
