"""Numbers as people type them in Thai offices. What can be read in two ways is not guessed at."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass

from sanyan.core.thai.characters import one_line
from sanyan.core.thai.digits import to_arabic
from sanyan.core.thai.marks import CellLike, Mark, absence

_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d+)?|\.\d+)(?:[eE][+-]\d{1,3})?")
_GROUPED = re.compile(r"[+-]?\d{1,3}(?:,\d{3})+(?:\.\d+)?")
_WHOLE = re.compile(
    r"(?P<before>[^\d+\-−–.,()<>≤≥~/]*?)\s?(?P<sign>[+\-−–]?)(?P<figure>[\d.,]*\d(?:[eE][+-]\d{1,3})?)\s?"
    r"(?P<percent>%|เปอร์เซ็นต์|เปอร์เซนต์|percent)?\s?(?P<unit>[^\d%(<>]*)"
)
_PERCENT_WORDS = ("ร้อยละ", "คิดเป็นร้อยละ", "อัตราร้อยละ", "เฉลี่ยร้อยละ")
_PLAIN_WORDS = ("จำนวน", "ระดับ", "คะแนน", "รวม", "ทั้งหมด", "รวมทั้งหมด", "ได้", "เท่ากับ", "=", "คุณภาพระดับ", "ระดับคุณภาพ")
_MULTIPLIER = re.compile(r"(ล้าน|แสน|หมื่น|พัน|ร้อย|สิบ)(.*)")
_MULTIPLIERS = {"ล้าน": 1e6, "แสน": 1e5, "หมื่น": 1e4, "พัน": 1e3, "ร้อย": 1e2, "สิบ": 1e1}
_LONGEST = 80
_AFTER_MULTIPLIER = ("", "บาท", "คน", "แห่ง", "โรงเรียน", "ครั้ง", "รายการ")


@dataclass(frozen=True)
class ParsedNumber:
    """A number, or why there is none.

    `value` is None unless `mark` is None. `was_percent` says that the writer said percent: "85 %" is value 85.
    `reason` of an unreadable one is "not-a-number", "ambiguous", "range", "fraction", "not-finite" or "date".
    `unit` is what stood behind the figure.
    """

    value: float | None = None
    mark: Mark | None = None
    was_percent: bool = False
    was_text: bool = False
    unit: str = ""
    reason: str = ""

    @property
    def is_blank(self) -> bool:
        """Whether the cell was empty."""
        return self.mark is Mark.BLANK


BLANK = ParsedNumber(mark=Mark.BLANK)


def parse_number(value: CellLike) -> ParsedNumber:
    """Read a number: Thai digits, 1,234, "85 %", ร้อยละ 85, 12 คน, 1.2 ล้านบาท, full-width, invisible characters.

    A dash or "no data" is a mark, never zero; a tick is Mark.YES. "1.234,5", "12,5", "(5)", "1-2", "1/2", "> 5"
    are unreadable: each can mean two things.
    """
    if value is None:
        return BLANK
    if isinstance(value, str):
        return _written(to_arabic(one_line(value)))
    if isinstance(value, bool):
        return ParsedNumber(mark=Mark.YES if value else Mark.NO)
    if isinstance(value, int | float):
        return ParsedNumber(float(value)) if math.isfinite(value) else _unreadable("not-finite")
    return _unreadable("date")


def _written(text: str) -> ParsedNumber:
    if _PLAIN.fullmatch(text):
        return _finite(float(text))
    missing = absence(text)
    if missing is not None:
        return BLANK if missing is Mark.BLANK else ParsedNumber(mark=missing, was_text=True)
    if text in ("/", "✓", "✔", "☑", "√"):
        return ParsedNumber(mark=Mark.YES, was_text=True)
    return _worded(text)


def _worded(text: str) -> ParsedNumber:
    match = _WHOLE.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return _unreadable(_why_not(text))
    before = match["before"].strip(" :").replace(" ", "")
    if before and before not in _PERCENT_WORDS and before not in _PLAIN_WORDS:
        return _unreadable("not-a-number")
    figure = _figure(match["figure"])
    if figure is None:
        return _unreadable("ambiguous")
    unit = match["unit"].strip(" .")
    times, unit = _multiplied(unit)
    if times is None:
        return _unreadable("not-a-number")
    signed = -figure * times if match["sign"] in ("-", "−", "–") and match["sign"] else figure * times
    percent = bool(match["percent"]) or before in _PERCENT_WORDS
    return _finite(signed, was_percent=percent, unit=unit)


def _figure(text: str) -> float | None:
    if _PLAIN.fullmatch(text):
        return float(text)
    return float(text.replace(",", "")) if _GROUPED.fullmatch(text) else None


def _multiplied(unit: str) -> tuple[float | None, str]:
    match = _MULTIPLIER.match(unit)
    if match is None:
        return 1.0, unit
    rest = match[2].strip()
    return (_MULTIPLIERS[match[1]], rest) if rest in _AFTER_MULTIPLIER else (None, unit)


def _finite(value: float, *, was_percent: bool = False, unit: str = "") -> ParsedNumber:
    if not math.isfinite(value):
        return _unreadable("not-finite")
    return ParsedNumber(value, was_percent=was_percent, was_text=True, unit=unit)


def _unreadable(reason: str) -> ParsedNumber:
    return ParsedNumber(mark=Mark.UNREADABLE, was_text=True, reason=reason)


def _why_not(text: str) -> str:
    if re.fullmatch(r"[\d.,]+\s?/\s?[\d.,]+.*", text):
        return "fraction"
    if re.fullmatch(r"[\d.,]+\s?(?:[-–—]|ถึง)\s?[\d.,]+.*", text):
        return "range"
    return "ambiguous" if re.match(r"[(<>≤≥~]", text) else "not-a-number"
