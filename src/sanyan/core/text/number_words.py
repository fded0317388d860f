"""Thai number words: สามร้อยยี่สิบเอ็ด is 321."""

from __future__ import annotations

import re

_UNITS = {
    "ศูนย์": 0,
    "หนึ่ง": 1,
    "เอ็ด": 1,
    "ยี่": 2,
    "สอง": 2,
    "สาม": 3,
    "สี่": 4,
    "ห้า": 5,
    "หก": 6,
    "เจ็ด": 7,
    "แปด": 8,
    "เก้า": 9,
}
_PLACES = {"สิบ": 10, "ร้อย": 100, "พัน": 1_000, "หมื่น": 10_000, "แสน": 100_000}
_WORD = re.compile("|".join([*_UNITS, *_PLACES, "ล้าน"]))
_WHOLE = re.compile(f"(?:{_WORD.pattern})+")


def number_words(text: str) -> bool:
    """Whether `text` may hold number words; cheap, and true too often (ห้าม)."""
    return _WORD.search(text) is not None or "ครึ่ง" in text


def value_of_words(text: str) -> int | None:
    """The number that `text` is in words; None where it is not wholly number words. "ร้อย" alone is 100."""
    if text == "ศูนย์" or not _WHOLE.fullmatch(text):  # the word for zero is also that for a centre
        return None
    millions, value, digit = 0, 0, None
    for word in _WORD.findall(text):
        if word in _UNITS:
            if digit is not None:
                return None
            digit = _UNITS[word]
        elif word in _PLACES:
            value += (1 if digit is None else digit) * _PLACES[word]
            digit = None
        else:
            whole = value + (digit or 0)
            millions = (millions + (whole or 1)) * 1_000_000
            value, digit = 0, None
    return millions + value + (digit or 0)
