"""Where the terms of a question stand in a text, told in places of the text as it was written.

A text is compared in its normal form (one encoding of each word, Arabic digits, lower case), in which characters may
have joined or gone. The text is therefore made normal piece by piece, a letter with its marks at a time, and each
normal character remembers the piece it came from.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache

from sanyan.core.spans import Span
from sanyan.core.text.word_parts import word_parts
from sanyan.core.thai.words import bare, normal, segment

_UNSEEN = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe0e\ufe0f\ufeff"
_MARKS = "\u0300-\u036f\u0e31\u0e33-\u0e3a\u0e47-\u0e4e"
_PIECE = re.compile(
    f"\\s|(?:\u0e40[{_UNSEEN}]*\u0e40|.)(?:[{_MARKS}{_UNSEEN}]|(?<=\u0e4d)\u0e32|(?<=\u0e4d[\u0e48-\u0e4b])\u0e32)*",
    re.DOTALL,
)
_JOINED_ACROSS = re.compile(r"[ \t\u00a0]*")
_LETTER = re.compile(r"[^\W_]")
_THAI = re.compile("[\u0e01-\u0e4e]")


@dataclass(frozen=True)
class NormalText:
    """The normal form of a text; `starts[i]` and `ends[i]` bound the characters of the text that made its i-th."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]

    def span(self, start: int, end: int) -> Span:
        """Where characters `start` to `end` of the normal form stand in the text; `start` is below `end`."""
        return Span(self.starts[start], self.ends[end - 1])


def normal_text(text: str) -> NormalText:
    """`text` in the form it is searched in, with the way back. Blanks stay where they are."""
    made: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for piece in _PIECE.finditer(text):
        held = piece[0]
        plain = _normal_piece(held)
        made.append(plain)
        starts += [piece.start()] * len(plain)
        ends += [piece.end()] * len(plain)
    return NormalText("".join(made), tuple(starts), tuple(ends))


@lru_cache(maxsize=20_000)
def _normal_piece(piece: str) -> str:
    return piece.lower() if piece.isascii() else normal(piece) or (" " if piece.isspace() else "")


def highlights(text: str, query_terms: Iterable[str]) -> tuple[Span, ...]:
    """Where terms (as `sanyan.core.thai.words.terms` gives them) stand in `text`, in order; neighbours are one span.

    A term is found as a word, or as a part of a compound; not within a word that only looks alike.
    """
    wanted = frozenset(query_terms)
    if not wanted or not text:
        return ()
    held = normal_text(text)
    found: list[Span] = []
    for start, end in _hits(held.text, wanted):
        span = held.span(start, end)
        if found and (span.start <= found[-1].end or _JOINED_ACROSS.fullmatch(text, found[-1].end, span.start)):
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return tuple(found)


def _hits(text: str, wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    place = 0
    for word in segment(text):
        if _LETTER.search(word):
            for start, end in sorted(_in_word(word, wanted)):
                yield place + start, place + end
        place += len(word)


def _in_word(word: str, wanted: frozenset[str]) -> Iterator[tuple[int, int]]:
    if not _THAI.search(word):
        for term in wanted:
            if term in word:
                apart = rf"(?<![a-z0-9]){re.escape(term)}(?![a-z0-9])"
                yield from (hit.span() for hit in re.finditer(apart, word))
        return
    term = bare(word)
    if term in wanted:
        yield word.index(term), word.index(term) + len(term)
        return
    for part in word_parts(term):
        if part in wanted:
            yield word.index(part), word.index(part) + len(part)
