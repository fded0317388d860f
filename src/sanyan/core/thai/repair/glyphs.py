"""What can be put right by looking at characters alone, without a dictionary.

Private-use codes are those that Windows and Mac OS fonts use for marks set lower or further left, as HarfBuzz's shaper
for Thai lists them (hb-ot-shaper-thai.cc).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from sanyan.core.thai.repair.changes import Change
from sanyan.core.thai.repair.values import Damage

CONSONANT = "\u0e01-\u0e2e"
VOWEL_MARK = "\u0e31\u0e34-\u0e3a\u0e47\u0e4d\u0e4e"
TONE = "\u0e48-\u0e4c"
MARK = VOWEL_MARK + TONE
ONE_MARK = re.compile(f"[{MARK}]")
THAI = "\u0e01-\u0e4e"
_WINDOWS = {
    **dict(zip(range(0xF700, 0xF70A), "ฐ\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c", strict=True)),
    **dict(zip(range(0xF70A, 0xF710), "\u0e48\u0e49\u0e4a\u0e4b\u0e4cญ", strict=True)),
    **dict(zip(range(0xF710, 0xF718), "\u0e31\u0e4d\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c", strict=True)),
    **dict(zip(range(0xF718, 0xF71B), "\u0e38\u0e39\u0e3a", strict=True)),
}
_MAC = {
    **dict(zip(range(0xF884, 0xF889), "\u0e31\u0e34\u0e35\u0e36\u0e37", strict=True)),
    0xF889: "\u0e47",
    **{0xF88A + 3 * tone + form: chr(0xE48 + tone) for tone in range(5) for form in range(3)},
    **dict(zip(range(0xF899, 0xF89F), "\u0e4d\u0e38\u0e39\u0e3aญฐ", strict=True)),
}
PRIVATE_USE = {chr(code): letter for code, letter in (_WINDOWS | _MAC).items()}
_PRIVATE = re.compile("[" + "".join(PRIVATE_USE) + "]")
_INVISIBLE = re.compile(
    "[\u200b\u2060-\u2064\ufeff\u00ad\u180e]+"
    f"|(?<=[{THAI}])[\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f]+"
    f"|[\u200c-\u200f\u202a-\u202e\u2066-\u2069\ufe00-\ufe0f]+(?=[{THAI}])"
)
_CONTROL = re.compile(
    f"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufffe\uffff\ud800-\udfff]+|(?<=[{THAI}])[\x0b\x0c\x85]+(?=[{THAI}])"
)
_SARA_AM = re.compile("[\u0e4d\u0e33]([\u0e48-\u0e4b]?)[\u0e4d\u0e33]?[\u0e32\u0e33\u0e45]")
_AM_TONE = re.compile("\u0e33([\u0e48-\u0e4b])")
_TWO_E = re.compile("\u0e40\u0e40")
_MARKS = re.compile(f"[{MARK}]{{2,}}")
_DETACHED = re.compile(
    f"(?<=[{CONSONANT}])[{MARK}]*(?:\\s{{1,4}}[{MARK}]+)+(?:\\s{{0,4}}\u0e33)?|(?<=[{CONSONANT}{MARK}])\\s{{1,4}}\u0e33"
)
_STACK = re.compile(f"[{VOWEL_MARK}]?[{TONE}]?\u0e33?")
_LONG_A = re.compile("(?<![\u0e24\u0e26])\u0e45")
_TONES = frozenset("\u0e48\u0e49\u0e4a\u0e4b\u0e4c")


def invisible(text: str) -> Iterator[Change]:
    """Characters that no reader sees: control characters, and those without width where they cut Thai."""
    yield from _each(_CONTROL, text, lambda _: "", Damage.CONTROL)
    yield from _each(_INVISIBLE, text, lambda _: "", Damage.INVISIBLE)


def private_use(text: str) -> Iterator[Change]:
    """Glyph codes of fonts, as the marks they draw."""
    yield from _each(_PRIVATE, text, lambda found: PRIVATE_USE[found[0]], Damage.PRIVATE_USE)


def decomposed(text: str) -> Iterator[Change]:
    """Sara am and sara ae that were written as two, and long a in the place of a."""
    yield from _each(_SARA_AM, text, lambda found: found[1] + "\u0e33", Damage.DECOMPOSED)
    yield from _each(_TWO_E, text, lambda _: "\u0e41", Damage.DECOMPOSED)
    yield from _each(_LONG_A, text, lambda _: "\u0e32", Damage.WRONG_LETTER)


def detached(text: str) -> Iterator[Change]:
    """Marks that a blank or a line end parted from their letter, where together they could stand on it."""
    for found in _DETACHED.finditer(text):
        marks = "".join(found[0].split())
        if _STACK.fullmatch(marks):
            kind = Damage.SPLIT_SARA_AM if marks[-1] == "\u0e33" else Damage.STRAY_SPACE
            yield Change(found.start(), found.end(), marks, kind)


def stacked(text: str) -> Iterator[Change]:
    """Marks over one letter: each once, the vowel before the tone; a tone typed after sara am before it."""
    yield from _each(_AM_TONE, text, lambda found: found[1] + "\u0e33", Damage.MOVED_MARK)
    for found in _MARKS.finditer(text):
        once = "".join(sorted(dict.fromkeys(found[0]), key=_TONES.__contains__))
        if once != found[0]:
            kind = Damage.MOVED_MARK if len(once) == len(found[0]) else Damage.DOUBLED
            yield Change(found.start(), found.end(), once, kind)


def _each(pattern: re.Pattern[str], text: str, made: Callable[[re.Match[str]], str], kind: Damage) -> Iterator[Change]:
    for found in pattern.finditer(text):
        yield Change(found.start(), found.end(), made(found), kind)


STEPS: tuple[Callable[[str], Iterator[Change]], ...] = (invisible, private_use, decomposed, detached, stacked)
SUSPECT = re.compile(
    "|".join(pattern.pattern for pattern in (_CONTROL, _INVISIBLE, _PRIVATE, _LONG_A, _MARKS))
    + f"|[{CONSONANT}{MARK}]\\s+[{MARK}\u0e33]|[\u0e4d]|\u0e33[\u0e32\u0e33\u0e48-\u0e4b]|\u0e40\u0e40"
)
