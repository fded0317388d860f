"""A text in passages: pieces of one thought each, long enough to be understood, with their exact places.

Thai has no full stop. Paragraphs and items of a list are told by line ends and their marks; a long one is cut at
line ends, then between clauses (blanks), at last between words, never within one.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from sanyan.core.spans import Span
from sanyan.core.thai.words import segment

MOST = 600
LEAST = 40

_ITEM = (
    r"(?:[-–—•▪●○◦■□➢➤✓✔*o]|[(\[]?(?:\d{1,2}|[๐-๙]{1,2}|[a-zA-Zก-ฮ])(?:[.)\]](?:\d{1,2}|[๐-๙]{1,2})?){1,3})[ \t\u00a0]"
)
_BLOCK_END = re.compile(rf"\n[^\S\n]*\n\s*|\f\s*|\n[^\S\n]*(?={_ITEM})")
_LINE_END = re.compile(r"\s*\n\s*")
_CLAUSE_END = re.compile(r"(?<=[.!?;:ฯๆ”)])\s+|\s{2,}")
_BLANK = re.compile(r"\s+")
_MARK = re.compile(r"[\u0e31\u0e33-\u0e3a\u0e45\u0e47-\u0e4e\u0300-\u036f\ufe00-\ufe0f\u200d\U0001f3fb-\U0001f3ff]")


@dataclass(frozen=True)
class Passage:
    """A piece of a text; `span.of(text)` is `text` of the passage."""

    text: str
    span: Span


def split_passages(text: str, *, most: int = MOST, least: int = LEAST) -> tuple[Passage, ...]:
    """The passages of `text` in order, each of at most `most` characters. Only blanks stand between them.

    Paragraphs and items of a list shorter than `least` are joined with what follows, the last with what precedes,
    where that makes at most `most`. Raises ValueError where `most` is below 1.
    """
    if most < 1:
        raise ValueError("a passage holds at least one character")
    pieces = [piece for block in _blocks(text) for piece in _pieces(text, block, most)]
    return tuple(Passage(span.of(text), span) for span in _joined(pieces, most=most, least=least))


def _blocks(text: str) -> Iterator[Span]:
    start = 0
    for match in _BLOCK_END.finditer(text):
        yield from _stripped(text, start, match.start())
        start = match.end()
    yield from _stripped(text, start, len(text))


def _stripped(text: str, start: int, end: int) -> Iterator[Span]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield Span(start, end)


def _pieces(text: str, block: Span, most: int) -> Iterator[Span]:
    """The block, cut where it is too long."""
    if block.end - block.start <= most:
        yield block
        return
    cuts = _Cuts(text, block, most)
    start = block.start
    while block.end - start > most:
        end = cuts.last_before(start)
        yield from _stripped(text, start, end)
        start = end
        while start < block.end and text[start].isspace():
            start += 1
    yield from _stripped(text, start, block.end)


class _Cuts:
    """Where a block may be cut, the better places first."""

    def __init__(self, text: str, block: Span, most: int) -> None:
        self._text, self._block, self._most = text, block, most
        self._words = Span(0, 0)
        self._word_ends: list[int] = []

    def last_before(self, start: int) -> int:
        """The end of the passage that begins at `start`."""
        limit = start + self._most
        window = self._text[start : limit + 1]
        half = self._most // 2
        for pattern in (_LINE_END, _CLAUSE_END, _BLANK):
            ends = [match.start() for match in pattern.finditer(window) if 0 < match.start() <= self._most]
            if ends and ends[-1] >= half:
                return start + ends[-1]
        return self._word_end(start, limit)

    def _word_end(self, start: int, limit: int) -> int:
        """The last end of a word, not behind `limit`; within a word only where that word is longer than `most`."""
        run = self._run(limit)
        if run != self._words:
            self._words, self._word_ends = run, _word_ends(self._text, run)
        before = bisect_right(self._word_ends, limit)
        if before and self._word_ends[before - 1] > start:
            return self._word_ends[before - 1]
        if run.start > start:
            return run.start
        return _between_marks(self._text, start, limit)

    def _run(self, place: int) -> Span:
        """The characters without a blank around `place`."""
        if self._words.start <= place < self._words.end:
            return self._words
        start, end = place, place
        while start > self._block.start and not self._text[start - 1].isspace():
            start -= 1
        while end < self._block.end and not self._text[end].isspace():
            end += 1
        return Span(start, end)


def _word_ends(text: str, run: Span) -> list[int]:
    ends: list[int] = []
    place = run.start
    for word in segment(run.of(text)):
        place += len(word)
        ends.append(place)
    return ends


def _between_marks(text: str, start: int, limit: int) -> int:
    """`limit`, or before it, so that no mark is parted from its letter."""
    end = limit
    while end > start + 1 and _MARK.match(text[end]):
        end -= 1
    return end if end > start + 1 else limit


def _joined(pieces: list[Span], *, most: int, least: int) -> list[Span]:
    joined: list[Span] = []
    for piece in pieces:
        last = joined[-1] if joined else None
        if last is not None and last.end - last.start < least and piece.end - last.start <= most:
            joined[-1] = Span(last.start, piece.end)
        else:
            joined.append(piece)
    if len(joined) > 1 and joined[-1].end - joined[-1].start < least and joined[-1].end - joined[-2].start <= most:
        last = joined.pop()
        joined[-1] = Span(joined[-1].start, last.end)
    return joined
