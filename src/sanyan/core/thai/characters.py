"""Thai text put into one form: the same word is the same characters, however it was typed."""

from __future__ import annotations

import re

_DIRECTIONS = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\u2061\u2062\u2063\u2064\ufeff\u00ad\u180e\ufe0e\ufe0f" + _DIRECTIONS)
)
_SPACES = {ord(c): " " for c in "\u00a0\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u3000"}
_FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_CHARACTERS = _INVISIBLE | _SPACES | _FULL_WIDTH
_ANY_OF_THEM = re.compile("[" + "".join(map(chr, _CHARACTERS)) + "]")  # finding none is quicker than replacing none
_NIKHAHIT_TONE_AA = re.compile("\u0e4d([\u0e48-\u0e4b])\u0e32")
_TONES = frozenset("\u0e48\u0e49\u0e4a\u0e4b\u0e4c")
_MARKS = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4c]{2,}")
_LINE_ENDS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")
_UNWRITABLE = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff" + _DIRECTIONS + "]")
_BLANKS = re.compile(r"[ \t\r\n\f\v]+")


def tidy(text: str) -> str:
    """`text` with invisible characters gone, odd spaces and full-width forms made plain, and the ends stripped.

    A decomposed sara am becomes one character, in whichever order its tone mark was typed; two sara e become
    sara ae; a tone mark typed before its vowel moves behind it. Line breaks stay.
    """
    if text.isascii():
        return text.strip()
    made = text.translate(_CHARACTERS) if _ANY_OF_THEM.search(text) else text
    if "\u0e4d" in made:
        made = _NIKHAHIT_TONE_AA.sub("\\1\u0e33", made).replace("\u0e4d\u0e32", "\u0e33")
    return _MARKS.sub(_vowels_first, made).replace("\u0e40\u0e40", "\u0e41").strip()


def _vowels_first(marks: re.Match[str]) -> str:
    return "".join(sorted(marks[0], key=_TONES.__contains__))


def writable(text: str) -> str:
    """`text` as any file or database can hold it: control characters and those that turn the direction of writing
    gone, line ends of every kind (Word's too) made one. Nothing else is changed."""
    if text.isprintable():
        return text
    return _UNWRITABLE.sub("", _LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """`text` tidied, with every run of blanks and line breaks made one space."""
    made = tidy(text)
    return made if "  " not in made and made.isprintable() else _BLANKS.sub(" ", made)
