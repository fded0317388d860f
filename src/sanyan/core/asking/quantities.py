"""Numbers that narrow a question: thresholds ("เกิน 80 %") and how many ("10 เขต")."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sanyan.core.spans import Span

_SIDES = (
    (">=", r"ไม่ต่ำกว่า|ไม่น้อยกว่า|อย่างน้อย|ตั้งแต่|at least|ขึ้นไป|(?<!ไม่)ถึง"),
    ("<=", r"ไม่เกิน|ไม่มากกว่า|ไม่สูงกว่า|at most|up to"),
    ("<", r"ต่ำกว่า|น้อยกว่า|ไม่ถึง|below|under|less than"),
    (">=", r"เกินกว่า|เกิน|มากกว่า|สูงกว่า|over|above|more than"),
)
_NUMBER = r"\s*(?:ร้อยละ)?\s*(\d[\d,]*(?:\.\d+)?)\s*(%|เปอร์เซ็?นต์|percent|คะแนน|คน|ชั่วโมง|แห่ง|points?)?"
_ABOVE = tuple((side, re.compile(rf"(?:{words}){_NUMBER}")) for side, words in _SIDES)
_AND_UP = re.compile(r"(?:ร้อยละ)?\s*(\d[\d,]*(?:\.\d+)?)\s*(?:%|เปอร์เซ็?นต์|คะแนน)?\s*(ขึ้นไป|or more|and above)")
_MOST = re.compile(
    r"(?:top|ท็อป|อันดับ)\s*(\d{1,3})(?!\d)|"
    r"(?<!เขต )(?<!เขต)(?<!\d)(\d{1,3})\s*(?:เขต(?!\s*ตรวจ)|อันดับ|แห่งแรก|จังหวัด(?!ชาย)|areas)(?!\s*\d)"
)
_MOST_IN_WORDS = re.compile(r"(สาม|ห้า|สิบ|ยี่สิบ)\s*(?:เขต|อันดับ|จังหวัด)|(five|ten|twenty)\s+(?:areas|worst|best)")
_WORDS = {"สาม": 3, "ห้า": 5, "สิบ": 10, "ยี่สิบ": 20, "five": 5, "ten": 10, "twenty": 20}


@dataclass(frozen=True)
class Threshold:
    """A value to hold figures against, in the indicator's unit; `side` is ">=", "<=", or "<"."""

    side: str
    value: float

    def holds(self, value: float) -> bool:
        """Whether a figure is on that side."""
        if self.side == ">=":
            return value >= self.value
        return value <= self.value if self.side == "<=" else value < self.value


@dataclass(frozen=True)
class Quantities:
    """What numbers a question names, with where they stand."""

    threshold: Threshold | None
    most: int | None
    spans: tuple[Span, ...]


def quantities_of(text: str, taken: tuple[Span, ...]) -> Quantities:
    """Thresholds and counts of a question in normal form, outside of what is taken."""
    spans: list[Span] = []
    threshold = None
    tried = [(">=", _AND_UP.search(text)), *((side, pattern.search(text)) for side, pattern in _ABOVE)]
    for side, match in tried:
        if threshold is None and match is not None and not _within(match, taken):
            threshold = Threshold(side, float(match[1].replace(",", "")))
            spans.append(Span(*match.span()))
    most = None
    counted = _MOST.search(text) or _MOST_IN_WORDS.search(text)
    if counted is not None and not _within(counted, (*taken, *spans)):
        told = counted[1] or counted[2]
        most = _WORDS.get(told) or int(told)
        spans.append(Span(*counted.span()))
    return Quantities(threshold, most, tuple(spans))


def _within(match: re.Match[str], taken: tuple[Span, ...]) -> bool:
    return any(Span(*match.span()).overlaps(span) for span in taken)
