"""Dates in the Buddhist and the common era, as Thai offices write them."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Literal

from sanyan.core.rounds import BUDDHIST_ERA
from sanyan.core.thai.characters import one_line
from sanyan.core.thai.digits import to_arabic, to_thai
from sanyan.core.thai.marks import CellLike

MONTHS = [
    "มกราคม",
    "กุมภาพันธ์",
    "มีนาคม",
    "เมษายน",
    "พฤษภาคม",
    "มิถุนายน",
    "กรกฎาคม",
    "สิงหาคม",
    "กันยายน",
    "ตุลาคม",
    "พฤศจิกายน",
    "ธันวาคม",
]
MONTHS_SHORT = ["ม.ค.", "ก.พ.", "มี.ค.", "เม.ย.", "พ.ค.", "มิ.ย.", "ก.ค.", "ส.ค.", "ก.ย.", "ต.ค.", "พ.ย.", "ธ.ค."]
_ENGLISH = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]

_FIRST_BUDDHIST_YEAR = 2400
_FIRST_SHORT_YEAR = 40
_MONTH_NUMBERS: dict[str, int] = {}
for _number in range(12):
    for _name in (MONTHS[_number], MONTHS_SHORT[_number], _ENGLISH[_number], _ENGLISH[_number][:3]):
        _MONTH_NUMBERS[_name.replace(".", "")] = _number + 1

_YEAR_FIRST = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?:[T ].*)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-/.](\d{1,2})[-/.](\d{4}|\d{2})")
_NAMED = re.compile(
    r"(?:วัน[^\d]{0,20}?ที่|วันที่)?\s?(\d{1,2})\s?(?:เดือน)?\s?([^\d\s]{2,12}?)\s?(พ\.?\s?ศ\.?|ค\.?\s?ศ\.?)?\s?(\d{4}|\d{2})"
)


def parse_date(value: CellLike) -> date | None:
    """Read a date in any usual Thai form, or ISO; None for an empty cell.

    Years from 2400 on are of the Buddhist era, two digits from 40 to 99 mean 2540 to 2599, and figures go day,
    month, year. A cell that Excel holds as a date but with a Buddhist year is put right. Raises ValueError for
    anything else, above all for what could be two dates (2/7/25).
    """
    if value is None:
        return None
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        return _day(day.year, day.month, day.day)
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a date")
    text = to_arabic(one_line(value))
    if not text:
        return None
    if match := _YEAR_FIRST.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _DAY_FIRST.fullmatch(text):
        return _day(_year(match[3]), int(match[2]), int(match[1]))
    if match := _NAMED.fullmatch(text):
        month = _MONTH_NUMBERS.get(match[2].replace(".", "").lower())
        if month is not None:
            return _day(_year(match[4]), month, int(match[1]))
    raise ValueError(f"{value!r} is not a date")


def format_date(day: date, style: Literal["long", "short"] = "long", *, thai_digits: bool = False) -> str:
    """The day in the Buddhist era: "2 กรกฎาคม 2568", or short "2 ก.ค. 68"."""
    year = day.year + BUDDHIST_ERA
    if style == "long":
        text = f"{day.day} {MONTHS[day.month - 1]} {year}"
    else:
        text = f"{day.day} {MONTHS_SHORT[day.month - 1]} {year % 100:02d}"
    return to_thai(text) if thai_digits else text


def _year(text: str) -> int:
    if len(text) == 4:
        return int(text)
    if int(text) < _FIRST_SHORT_YEAR:
        raise ValueError(f"the year {text} could be of either era")
    return 2500 + int(text)


def _day(year: int, month: int, day: int) -> date:
    return date(year - BUDDHIST_ERA if year >= _FIRST_BUDDHIST_YEAR else year, month, day)
