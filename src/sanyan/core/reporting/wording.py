"""How figures and sentences are written in Thai and English, and the numbered sources behind them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from sanyan.core.indicators.definitions import Direction
from sanyan.core.indicators.values import Attainment, is_improvement
from sanyan.core.reporting.blocks import Source, SourceList
from sanyan.core.thai.dates import format_date
from sanyan.core.thai.digits import to_thai

MISSING = "–"
LANGUAGES = ("th", "en")

ATTAINMENT_WORDS: dict[Attainment, tuple[str, str]] = {
    Attainment.MET: ("ถึงเป้า", "Met"),
    Attainment.NEAR: ("ใกล้เป้า", "Near"),
    Attainment.MISSED: ("ยังไม่ถึงเป้า", "Not yet met"),
    Attainment.UNKNOWN: ("ยังตัดสินไม่ได้", "Cannot be judged"),
}
SEVERITY_WORDS: dict[str, tuple[str, str]] = {
    "error": ("ต้องแก้ไข", "To correct"),
    "warning": ("ควรตรวจสอบ", "To check"),
    "info": ("เพื่อทราบ", "For information"),
}

_LEADING = re.compile(r"([เแโใไ])(.)")
_MARKS = re.compile(r"[\u0e47-\u0e4e]")
_CODE_OR_DIGITS = re.compile(r"[A-Za-z][\w.\-/:]*|\d")

T = TypeVar("T")


class Pen:
    """Writes in one language and numbers sources in the order they are first used."""

    def __init__(self, lang: str) -> None:
        if lang not in LANGUAGES:
            raise ValueError(f"language {lang!r} is not one of {LANGUAGES}")
        self.lang = lang
        self._numbers: dict[str, int] = {}
        self._sources: list[Source] = []

    def say(self, th: str, en: str) -> str:
        """The text in the pen's language."""
        return th if self.lang == "th" else en

    def pick(self, words: tuple[str, str]) -> str:
        """The one of (Thai, English) that is in the pen's language."""
        return self.say(*words)

    def source(self, key: str, text: str, *, indicator: str = "", round_key: str = "") -> int:
        """The number of the source `key`; a new one is added to the list."""
        if key not in self._numbers:
            self._numbers[key] = len(self._sources) + 1
            self._sources.append(Source(self._numbers[key], text, indicator, round_key))
        return self._numbers[key]

    def source_list(self) -> SourceList:
        """All sources used so far."""
        return SourceList(tuple(self._sources))

    def day(self, day: date) -> str:
        """2 กรกฎาคม 2568, or 2 July 2025."""
        return self.say(format_date(day), f"{day.day} {day:%B} {day.year}")

    def year(self, fiscal_year: int) -> str:
        """The fiscal year as the language names it; the English keeps the Buddhist era, said so."""
        return self.say(f"ปีงบประมาณ {fiscal_year}", f"fiscal year {fiscal_year} B.E.")

    def percent(self, part: float, whole: float) -> str:
        """ "ร้อยละ 94.3", or "–" of nothing."""
        if whole <= 0:
            return MISSING
        share = f"{100 * part / whole:.1f}"
        return self.say(f"ร้อยละ {share}", f"{share} %")

    def listed(self, items: Sequence[str]) -> str:
        """Items as a list in running text."""
        if len(items) < 2:
            return "".join(items)
        if self.lang == "th":
            return " ".join(items[:-1]) + " และ" + items[-1]
        return ", ".join(items[:-1]) + " and " + items[-1]

    def change(self, direction: Direction, now: float | None, before: float | None, decimals: int) -> str:
        """ "ดีขึ้น 3.2", "อ่อนลง 1.0", "เท่าเดิม", or "–" where either is missing."""
        if now is None or before is None:
            return MISSING
        moved = round(now - before, decimals)
        if moved == 0:
            return self.say("เท่าเดิม", "no change")
        better = is_improvement(direction, moved)
        size = number(abs(moved), decimals)
        if better is None:
            return ("+" if moved > 0 else "−") + size
        return (
            self.say(f"ดีขึ้น {size}", f"better by {size}") if better else self.say(f"อ่อนลง {size}", f"weaker by {size}")
        )


def number(value: float | None, decimals: int = 0) -> str:
    """A figure with separators, "–" where there is none (missing is never shown as zero)."""
    if value is None:
        return MISSING
    text = f"{value:,.{decimals}f}"
    return text.removeprefix("-") if float(text.replace(",", "")) == 0 else text.replace("-", "−")


def thai_order(text: str) -> str:
    """A key that sorts Thai as dictionaries do, closely enough for names: by consonant, marks last."""
    swapped = _LEADING.sub(r"\2\1", text)
    return _MARKS.sub("", swapped) + "\0" + swapped


def alphabetical(items: Iterable[T], names: Iterable[str]) -> tuple[T, ...]:
    """`items` in the alphabetical order of their `names`."""
    paired = sorted(zip(names, items, strict=True), key=lambda pair: thai_order(pair[0]))
    return tuple(item for _, item in paired)


def with_thai_digits(text: str) -> str:
    """Thai digits everywhere except inside codes and Latin words (SAF-01 and 2568-09/v3 of a code stay)."""
    return _CODE_OR_DIGITS.sub(lambda match: match[0] if match[0][0].isalpha() else to_thai(match[0]), text)
