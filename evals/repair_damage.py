"""Damage done to clean Thai text as PDF files, fonts and typing do it, one class of damage at a time or several."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from sanyan.core.thai.digits import to_arabic, to_thai

MARK = "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e"
_AM = "\u0e33"
_SIGNS = "0123456789&*#@+=<>[]$^~|"
_PRIVATE = {
    "\u0e34": "\uf701",
    "\u0e35": "\uf702",
    "\u0e36": "\uf703",
    "\u0e37": "\uf704",
    "\u0e31": "\uf710",
    "\u0e47": "\uf712",
    "\u0e38": "\uf718",
    "\u0e39": "\uf719",
}
_TONES = {"\u0e48": "\uf705\uf70a\uf713", "\u0e49": "\uf706\uf70b\uf714", "\u0e4c": "\uf709\uf70e\uf717"}
_UNSEEN = "\u200b\u200c\u200d\ufeff\u00ad\u2060"
_CONTROLS = "\x00\x01\x02\x03\x07\x08\x0e\x1f\x7f"
Damager = Callable[[str, random.Random], str]


def split_sara_am(text: str, by: random.Random) -> str:
    return _some(_AM, text, lambda _: by.choice((" า", " า", " า", " ำ")), by, 0.4, 1.0)


def dropped_sara_am(text: str, by: random.Random) -> str:
    return _some(_AM, text, lambda _: "า", by, 0.4, 1.0)


def wrong_letter(text: str, by: random.Random) -> str:
    made = _some("([\u0e01-\u0e2e])" + _AM, text, lambda found: found[1] + "้า", by, 0.4, 1.0)
    return _some("(?<=[\u0e01-\u0e2e])า", made, lambda _: _AM, by, 0.1, 0.8)


def moved_marks(text: str, by: random.Random) -> str:
    """Marks behind the letter that follows them, a blank behind some; two marks on a letter in the wrong order."""
    made = _some("([ัิ-ู][่-๋])", text, lambda found: found[1][::-1], by, 0.3, 1.0)
    blank = by.choice((0.0, 0.5, 0.9))
    return _some(
        f"([{MARK}]+)([\u0e01-\u0e2e])(?![{MARK}])",
        made,
        lambda found: found[2] + found[1] + (" " if by.random() < blank else ""),
        by,
        0.2,
        0.8,
    )


def stray_spaces(text: str, by: random.Random) -> str:
    """Blanks between two letters of a text, wherever they fall."""
    return _some("(?<=[\u0e01-\u0e4e])(?=[\u0e01-\u0e30\u0e40-\u0e44])", text, lambda _: " ", by, 0.02, 0.15)


def glyphs_as_signs(text: str, by: random.Random) -> str:
    marks = by.sample("\u0e48\u0e49\u0e31\u0e34\u0e35\u0e37\u0e47\u0e4c", by.randint(1, 3))
    signs = dict(zip(marks, by.sample(_SIGNS, len(marks)), strict=True))
    return _some(f"[{''.join(marks)}]", text, lambda found: signs[found[0]], by, 0.5, 1.0)


def private_use(text: str, by: random.Random) -> str:
    def glyph(found: re.Match[str]) -> str:
        return by.choice(_TONES[found[0]]) if found[0] in _TONES else _PRIVATE[found[0]]

    return _some(f"[{''.join(_PRIVATE)}{''.join(_TONES)}]", text, glyph, by, 0.4, 1.0)


def stripped(text: str, by: random.Random) -> str:
    made = re.sub(f"[{MARK}]", "", text)
    return made.replace(_AM, "า") if by.random() < 0.5 else made


def thinned(text: str, by: random.Random) -> str:
    """Some of the marks gone, here and there."""
    return _some(f"[{MARK}]", text, lambda _: "", by, 0.05, 0.4)


def doubled(text: str, by: random.Random) -> str:
    """Marks and syllables written twice."""
    made = _some(f"[{MARK}]", text, lambda found: found[0] * 2, by, 0.05, 0.5)
    return _some(
        f"[เแโใไ]?[\u0e01-\u0e2e][{MARK}]+[\u0e01-\u0e2e]?(?![{MARK}ะาำ])", made, lambda f: f[0] * 2, by, 0.02, 0.1
    )


def decomposed(text: str, by: random.Random) -> str:
    made = _some("([่-๋]?)" + _AM, text, lambda f: by.choice((f[1] + "\u0e4d", "\u0e4d" + f[1])) + "า", by, 0.5, 1.0)
    return _some("แ", made, lambda _: "เเ", by, 0.5, 1.0)


def mixed_digits(text: str, by: random.Random) -> str:
    return _some("[0-9๐-๙]{2,}", text, lambda found: _mixed(found[0], by), by, 0.5, 1.0)


def unseen(text: str, by: random.Random) -> str:
    signs = _CONTROLS if by.random() < 0.5 else _UNSEEN
    return _some("(?<=[\u0e01-\u0e4e])(?=[\u0e01-\u0e4e])", text, lambda _: by.choice(signs), by, 0.02, 0.2)


CLASSES: dict[str, Damager] = {
    "split-sara-am": split_sara_am,
    "dropped-sara-am": dropped_sara_am,
    "wrong-letter": wrong_letter,
    "moved-marks": moved_marks,
    "stray-spaces": stray_spaces,
    "glyphs-as-signs": glyphs_as_signs,
    "private-use": private_use,
    "stripped": stripped,
    "thinned": thinned,
    "doubled": doubled,
    "decomposed": decomposed,
    "mixed-digits": mixed_digits,
    "unseen": unseen,
}


def mixed(text: str, by: random.Random) -> str:
    """Two to four classes at once, all marks being gone not among them."""
    for name in by.sample([name for name in CLASSES if name not in ("stripped", "thinned")], by.randint(2, 4)):
        text = CLASSES[name](text, by)
    return text


def _mixed(number: str, by: random.Random) -> str:
    """The number with fewer than half of its digits in the other script."""
    other = to_thai if number[0].isascii() else to_arabic
    places = set(by.sample(range(len(number)), max(1, (len(number) - 1) // 2)))
    return "".join(other(digit) if place in places else digit for place, digit in enumerate(number))


def _some(
    pattern: str,
    text: str,
    made: Callable[[re.Match[str]], str],
    by: random.Random,
    least: float,
    most: float,
) -> str:
    """Replace a share of the matches, drawn between `least` and `most` for the text."""
    share = by.uniform(least, most)
    return re.sub(pattern, lambda found: made(found) if by.random() < share else found[0], text)
