"""How numbers and dates are written: one module, so that every page writes them alike.

Thai digits follow the reader's choice and only in Thai; dates are in the Buddhist era in Thai, in the common
era in English.
A missing figure is an en dash, never a zero.
"""

from __future__ import annotations

import math
from contextvars import ContextVar
from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import get_language, gettext

from sanyan.core.rounds import BUDDHIST_ERA, RoundKey
from sanyan.core.signed_documents import Words
from sanyan.core.thai.dates import format_date
from sanyan.core.thai.digits import to_arabic, to_thai

MISSING = "–"
OFFICE_WORDS = (
    ("Primary Education Service Area Office", "PESAO"),
    ("Secondary Education Service Area Office", "SESAO"),
)
MINUS = "\u2212"
LEVEL_UNITS = ("ระดับ", "level")
THIN = "\u00a0"

_MONTHS_EN = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_thai_digits: ContextVar[bool] = ContextVar("thai_digits", default=False)


def choose_digits(*, thai: bool) -> None:
    """Set the reader's choice for what is written from here on in this request."""
    _thai_digits.set(thai)


def thai_digits_chosen() -> bool:
    return _thai_digits.get()


def in_thai() -> bool:
    return (get_language() or "th").startswith("th")


def digits(text: object) -> str:
    """The text with its digits as the reader chose."""
    written = str(text)
    return to_thai(written) if _thai_digits.get() and in_thai() else written


def told(words: Words) -> str:
    """Words of an app in the reader's language and digits; Thai where there is no English."""
    return digits(words.th) if in_thai() else words.en or words.th


def is_missing(value: object) -> bool:
    return value is None or value == "" or (isinstance(value, float) and math.isnan(value))


def number(value: float | None, decimals: int = 1) -> str:
    """A figure with separators and a fixed number of decimals, "–" when missing."""
    if value is None or math.isnan(value):
        return MISSING
    written = f"{abs(value):,.{decimals}f}"
    negative = value < 0 and any(sign in written for sign in "123456789")
    return digits((MINUS if negative else "") + written)


def count(value: float | None) -> str:
    """A whole number with separators."""
    return number(None if value is None else float(value), 0)


def plain(value: float | None) -> str:
    """A figure with only the decimals it has (one, two below ten): 12, 12.5, 0.25."""
    if value is None or math.isnan(value):
        return MISSING
    for decimals in (0, 1):
        if abs(value - round(value, decimals)) < 1e-9:
            return number(value, decimals)
    return number(value, 1 if abs(value) >= 10 else 2)


def percent(value: float | None, decimals: int = 1) -> str:
    """A percentage with one decimal: "85.3 %"."""
    written = number(value, decimals)
    return written if written == MISSING else f"{written}{THIN}%"


def is_percent_unit(unit: str) -> bool:
    return unit.strip() in ("ร้อยละ", "%", "percent", "Percent", "per cent")


def measured(value: float | None, unit: str, decimals: int = 1) -> str:
    """A figure with its unit: "85.3 %", "1,204 คน"."""
    if is_percent_unit(unit):
        return percent(value)
    written = number(value, decimals)
    if unit in LEVEL_UNITS and written != MISSING:
        return f"{unit}{THIN}{written}"
    return written if written == MISSING or not unit else f"{written}{THIN}{unit}"


def short_unit(unit: str) -> str:
    """The unit as far as a table's cell has room for it: of percentages and levels; the rest stands by the name."""
    return unit if is_percent_unit(unit) or unit in LEVEL_UNITS else ""


def change_words(change: float | None, improved: bool | None, unit: str = "", decimals: int = 1) -> str:
    """A change in words: "ดีขึ้น 3.2 จุด"; for what is not judged "เพิ่มขึ้น" or "ลดลง"."""
    if change is None or math.isnan(change):
        return MISSING
    size = number(abs(change), 1 if is_percent_unit(unit) else decimals)
    if to_arabic(size).strip("0.,") == "":
        return gettext("เท่าเดิม")
    points = gettext("จุด") if is_percent_unit(unit) else unit
    if improved is None:
        how = gettext("เพิ่มขึ้น") if change > 0 else gettext("น้อยลง")
    else:
        how = gettext("ดีขึ้น") if improved else gettext("อ่อนลง")
    return f"{how} {size}{THIN}{points}".strip() if points else f"{how} {size}"


def day(value: date | None) -> str:
    """ "2 กรกฎาคม 2568" or "2 July 2025"."""
    if value is None:
        return MISSING
    value = _local(value)
    if in_thai():
        return digits(format_date(value))
    return f"{value.day} {_MONTHS_EN[value.month - 1]} {value.year}"


def day_short(value: date | None) -> str:
    """ "2 ก.ค. 68" or "2 Jul 2025"."""
    if value is None:
        return MISSING
    value = _local(value)
    if in_thai():
        return digits(format_date(value, "short")).replace(" ", THIN)
    return f"{value.day}{THIN}{_MONTHS_EN[value.month - 1][:3]}{THIN}{value.year}"


def clock(value: datetime | None) -> str:
    """The time of day: "14:02"."""
    return MISSING if value is None else digits(timezone.localtime(value).strftime("%H:%M"))


def moment(value: datetime | None) -> str:
    """A day and a time: "2 ก.ค. 68 14:02 น."."""
    if value is None:
        return MISSING
    ending = f"{THIN}น." if in_thai() else ""
    return f"{day_short(value)} {clock(value)}{ending}"


def round_name(key: RoundKey) -> str:
    """ "ปีงบประมาณ 2568 · รอบ 9 เดือน"."""
    if in_thai():
        return digits(f"ปีงบประมาณ {key.fiscal_year} · รอบ {key.month} เดือน")
    return f"Fiscal year {key.fiscal_year - BUDDHIST_ERA} · {key.month}-month round"


def round_short(key: RoundKey) -> str:
    """ "9 ด. 68": for axes and narrow columns."""
    if in_thai():
        return digits(f"{key.month} ด. {key.fiscal_year % 100}")
    return f"{key.month} mo. {key.fiscal_year - BUDDHIST_ERA}"


def fiscal_year(year: int) -> str:
    """ "2568" or "2025"."""
    return digits(year) if in_thai() else str(year - BUDDHIST_ERA)


def short_office(name: str) -> str:
    """An office's English name with the usual short form of its kind: "Lampang PESAO 2"."""
    for long, short in OFFICE_WORDS:
        name = name.replace(long, short)
    return name


def size(value: int | None) -> str:
    """Size of a file in words."""
    if value is None:
        return MISSING
    if value < 1024 * 1024:
        return f"{number(max(1, round(value / 1024)), 0)}{THIN}KB"
    return f"{number(value / 1024 / 1024, 1)}{THIN}MB"


def _local(value: date) -> date:
    if isinstance(value, datetime):
        return timezone.localtime(value) if timezone.is_aware(value) else value
    return value
