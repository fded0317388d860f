"""Text folded for finding quotes: what does not change what is said is gone, and each character knows its origin."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache

from sanyan.core.spans import Span

_TONES = frozenset("\u0e48\u0e49\u0e4a\u0e4b\u0e4c")
_SAME = {ord(dash): "-" for dash in "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2043\ufe58\ufe63\uff0d"}
_SAME |= {ord(aa): "\u0e32" for aa in "\u0e45"}  # lakkhangyao, typed for sara aa
_QUOTATION_MARKS = frozenset("\"'`´‘’‚‛“”„‟«»‹›″′＂＇｀〝〞")
_LINE_BREAKS = frozenset("\n\r\v\f\x85\u2028\u2029")


class Gap(IntEnum):
    """What stood before a character and was left out."""

    NONE = 0
    LINE = 1
    BLANK = 2


@dataclass(frozen=True)
class Folded:
    """A folded text; `gaps` and `origins` (start and end in the original) have an entry a character of `text`."""

    text: str
    gaps: tuple[Gap, ...]
    origins: tuple[tuple[int, int], ...]

    def span(self, start: int, end: int) -> Span:
        """The characters of the original behind folded ones `start` to `end`, widened to whole Thai characters."""
        while start > 0 and _is_mark(self.text[start]):
            start -= 1
        while end < len(self.text) and _is_mark(self.text[end]):
            end += 1
        held = self.origins[start:end]
        return Span(min(first for first, _ in held), max(last for _, last in held))

    def in_number(self, place: int) -> bool:
        """Whether a cut before the folded character `place` goes through a number such as 1,250.5."""
        if not 0 < place < len(self.text) or self.gaps[place] is not Gap.NONE:
            return False
        before, behind = self.text[place - 1], self.text[place]
        if _is_digit(before):
            return _is_digit(behind) or (behind in ".," and self._digit_at(place + 1))
        return before in ".," and _is_digit(behind) and self._digit_at(place - 2, gap_at=place - 1)

    def _digit_at(self, place: int, *, gap_at: int | None = None) -> bool:
        beside = place if gap_at is None else gap_at
        return 0 <= place < len(self.text) and self.gaps[beside] is Gap.NONE and _is_digit(self.text[place])


@lru_cache(maxsize=256)
def fold(text: str, *, mended: bool = False) -> Folded:
    """`text` in one encoding, without blanks, quotation marks, invisible characters and dashes between letters.

    Compatibility forms are made plain (NFKD; but not ² or ½, which would change numbers), ำ becomes nikhahit and
    sara aa, two sara e become sara ae, tone marks go behind vowels, digits are Arabic, letters lower case.
    With `mended`, sara aa behind a blank is taken for the rest of a split sara am.
    """
    made: list[tuple[str, Gap, int, int]] = []
    gap = Gap.NONE
    for place, character in enumerate(text):
        category = unicodedata.category(character)
        if character in _LINE_BREAKS:
            gap = gap or Gap.LINE
        elif character.isspace() or character in _QUOTATION_MARKS:
            gap = Gap.BLANK
        elif category not in ("Cf", "Cc", "Cs", "Co") and not "\ufe00" <= character <= "\ufe0f":
            is_split = mended and gap is Gap.BLANK and character == "\u0e32"
            for plain in "\u0e4d\u0e32" if is_split else _plain(character, category):
                made.append((plain, gap, place, place + 1))
                gap = Gap.NONE
    made = _without_dashes(_aes(_tones_last(made)))
    return Folded(
        "".join(item[0] for item in made), tuple(item[1] for item in made), tuple((item[2], item[3]) for item in made)
    )


@lru_cache(maxsize=4096)
def _plain(character: str, category: str) -> str:
    if category == "No":
        return character
    if category == "Nd":
        return str(unicodedata.decimal(character))
    return "".join(part for part in unicodedata.normalize("NFKD", character.translate(_SAME)).casefold() if part != " ")


def _tones_last(made: list[tuple[str, Gap, int, int]]) -> list[tuple[str, Gap, int, int]]:
    """Marks of one letter in one order: vowels, then tones."""
    ordered: list[tuple[str, Gap, int, int]] = []
    for item in made:
        place = len(ordered)
        if _is_mark(item[0]) and item[0] not in _TONES:
            while place > 0 and ordered[place - 1][0] in _TONES:
                place -= 1
        ordered.insert(place, item)
    return ordered


def _aes(made: list[tuple[str, Gap, int, int]]) -> list[tuple[str, Gap, int, int]]:
    joined: list[tuple[str, Gap, int, int]] = []
    for item in made:
        if item[0] == "เ" and joined and joined[-1][0] == "เ":
            joined[-1] = ("แ", joined[-1][1], joined[-1][2], item[3])
        else:
            joined.append(item)
    return joined


def _without_dashes(made: list[tuple[str, Gap, int, int]]) -> list[tuple[str, Gap, int, int]]:
    """Dashes beside a figure stay: 2-5 is not 25. Between letters they come and go with line ends and bullets."""
    kept = [item for item in made if item[0] != "-"]
    if len(kept) == len(made):
        return made
    last = len(made) - 1
    return [
        item
        for place, item in enumerate(made)
        if item[0] != "-"
        or (place > 0 and not _is_letter(made[place - 1][0]))
        or (place < last and not _is_letter(made[place + 1][0]))
    ]


def _is_letter(character: str) -> bool:
    return unicodedata.category(character)[0] in "LM"


def _is_mark(character: str) -> bool:
    return character == "\u0e31" or "\u0e34" <= character <= "\u0e3a" or "\u0e47" <= character <= "\u0e4e"


def _is_digit(character: str) -> bool:
    return "0" <= character <= "9"
