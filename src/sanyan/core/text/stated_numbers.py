"""The numbers, percentages and dates that a sentence states, in figures or in Thai words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from sanyan.core.rounds import BUDDHIST_ERA
from sanyan.core.text.number_words import number_words, value_of_words
from sanyan.core.thai.characters import tidy
from sanyan.core.thai.dates import MONTHS, MONTHS_SHORT
from sanyan.core.thai.words import segment


class NumberKind(StrEnum):
    """What sort of number is stated; one never stands for another."""

    NUMBER = "number"
    PERCENT = "percent"
    DATE = "date"


@dataclass(frozen=True)
class StatedNumber:
    """A number as it was stated.

    `value` is the number (1.2 ล้าน is 1200000) or, of a date, ISO: 2025-07-02, 2025-07 (a month) or --07-02 (no year).
    `step` is the size of its last place (100000 for 1.2 ล้าน); `unit` the counted thing behind it, where known.
    """

    kind: NumberKind
    value: Decimal | str
    written: str
    unit: str = ""
    step: Decimal = Decimal(1)


_PLACES = "แห่ง โรงเรียน สถานศึกษา เขต สำนักงาน ศูนย์ จังหวัด อำเภอ ตำบล ภาค"
_OTHERS = (
    "คน ราย ท่าน ครั้ง บาท ปี เดือน สัปดาห์ วัน ชั่วโมง นาที ห้อง เครื่อง รายการ โครงการ กิจกรรม ข้อ ชุด หลัง คัน เล่ม "
    "ระดับ คะแนน ด้าน ทุน รอบ ชั้น ข้อความ เรื่อง กรณี "
    "areas area schools school pupils people passages passage regions region baht years months days hours"
)
UNITS = tuple(sorted(f"{_PLACES} {_OTHERS}".split(), key=len, reverse=True))
_SAME_UNIT = {
    **dict.fromkeys((*_PLACES.split()[:5], "areas", "area", "schools", "school"), "places"),
    **dict.fromkeys(("คน", "ราย", "ท่าน", "people", "pupils"), "people"),
    **dict.fromkeys(("passages", "passage"), "ข้อความ"),
    **dict.fromkeys(("regions", "region"), "ภาค"),
    "baht": "บาท",
    "years": "ปี",
    "months": "เดือน",
    "days": "วัน",
    "hours": "ชั่วโมง",
}
_MULTIPLIERS = {"ล้าน": 10**6, "แสน": 10**5, "หมื่น": 10**4, "พัน": 10**3, "ร้อย": 10**2}
_MONTHS = {name: number for names in (MONTHS, MONTHS_SHORT) for number, name in enumerate(names, start=1)}
_MONTHS |= {name.replace(".", ""): number for name, number in _MONTHS.items() if "." in name}
_MONTH = "|".join(sorted(map(re.escape, _MONTHS), key=len, reverse=True))
_ERA = r"(?:พ\.?\s?ศ\.?|ค\.?\s?ศ\.?|ปี)?\s?"
_YEAR = r"(\d{4}|[4-9]\d)(?!\d|[.,]\d)"
_DAY = r"(?<!\d)(?<!\d[.,])(?:(\d{1,2})\s?(?:-|ถึง)\s?)?(\d{1,2})"
_NAMED_DATE = re.compile(rf"{_DAY}\s?(?:เดือน)?\s?({_MONTH})(?:\s?{_ERA}{_YEAR})?")
_MONTH_OF_YEAR = re.compile(rf"({_MONTH})\s?{_ERA}{_YEAR}")
_FIGURE_DATE = re.compile(r"(?<![\d/.])(?:(\d{1,2})/(\d{1,2})/(\d{4}|[4-9]\d)|(\d{4})-(\d{1,2})-(\d{1,2}))(?![\d/])")
_NUMBER = re.compile(
    r"(?P<percent_before>(?:ร้อยละ|เปอร์เซ็นต์ที่)\s?(?:ประมาณ|กว่า|เกือบ|ถึง)?\s?)?"
    r"(?P<sign>(?:(?<=[\s(])|(?<!.))-)?"
    r"(?P<figure>\d{1,3}(?:,\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"\s?(?P<times>(?:(?:ร้อย(?!ละ)|พัน(?!ธ)|หมื่น|แสน|ล้าน)\s?)*)"
    r"(?P<percent>\s?(?:%|เปอร์เซ็นต์|เปอร์เซนต์|percent|per cent))?"
    rf"\s?(?P<unit>{'|'.join(UNITS)})?"
)
_VAGUE_ALONE = frozenset(("หนึ่ง", "สิบ", *_MULTIPLIERS))  # "a", "hundreds of"; แสน is also "very"
_RANGE = re.compile(r"\s?(?:-|ถึง|และ|to|and)\s?")
_DASHES = str.maketrans(dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"))


def stated_numbers(text: str) -> tuple[StatedNumber, ...]:
    """All numbers of `text`: dates first, then figures, then number words. No digit is left out.

    Years of the Buddhist era in dates are turned to the common era; a lone year (ปี 2568) stays a number. "หนึ่ง",
    "ร้อย" and the like are numbers before a unit and within longer words only; "ครึ่งหนึ่ง" and "กว่าครึ่ง" are 50 %.
    """
    rest = plain(text)
    found: list[StatedNumber] = []
    for pattern, read in ((_NAMED_DATE, _named), (_MONTH_OF_YEAR, _month), (_FIGURE_DATE, _figures)):
        made: list[str] = []
        last = 0
        for match in pattern.finditer(rest):
            days = read(match)
            if days:
                found += [StatedNumber(NumberKind.DATE, day, match[0].strip()) for day in days]
                made.append(rest[last : match.start()] + " ; ")
                last = match.end()
        rest = "".join(made) + rest[last:]
    found += _in_figures(rest)
    found += _in_words(_NUMBER.sub(" ; ", rest))
    return tuple(found)


def plain(text: str) -> str:
    """`text` with one form of digits, dashes and blanks, as numbers are read from it."""
    return "".join(map(_plain, tidy(text))).translate(_DASHES)


def same_unit(one: str, other: str) -> bool:
    """Whether two units may count the same; one that is not known may be any."""
    return not one or not other or _SAME_UNIT.get(one, one) == _SAME_UNIT.get(other, other)


def _plain(character: str) -> str:
    if character.isascii():
        return character
    category = unicodedata.category(character)
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if category in ("No", "Nl"):  # ½, ², Ⅳ: a number by itself
        value = Fraction(unicodedata.numeric(character)).limit_denominator(1000)
        return f" {float(value):.6g} "
    return character


def _named(match: re.Match[str]) -> list[str]:
    first, last, name, year = match.groups()
    return [day for each in (first, last) if each and (day := _iso(year, _MONTHS[name], int(each)))]


def _month(match: re.Match[str]) -> list[str]:
    return [f"{_year(match[2])}-{_MONTHS[match[1]]:02d}"]


def _figures(match: re.Match[str]) -> list[str]:
    day, month, year = match.group(1, 2, 3) if match[1] else match.group(6, 5, 4)
    made = _iso(year, int(month), int(day))
    return [made] if made else []


def _iso(year: str | None, month: int, day: int) -> str:
    try:
        made = date(_year(year) if year else 2000, month, day)
    except ValueError:
        return ""
    return made.isoformat() if year else f"--{month:02d}-{day:02d}"


def _year(text: str) -> int:
    year = int(text) if len(text) == 4 else 2500 + int(text)
    return year - BUDDHIST_ERA if year >= 2400 else year


def _in_figures(text: str) -> list[StatedNumber]:
    found: list[StatedNumber] = []
    ends: list[int] = []
    for match in _NUMBER.finditer(text):
        made = _figure(match)
        between = text[ends[-1] : match.start("figure")] if ends else ""
        if found and _RANGE.fullmatch(between):
            if found[-1].kind is NumberKind.PERCENT and not made.unit:
                made = replace(made, kind=NumberKind.PERCENT)
            elif made.kind is NumberKind.PERCENT and not found[-1].unit:
                found[-1] = replace(found[-1], kind=NumberKind.PERCENT)
        found.append(made)
        ends.append(match.end())
    return found


def _figure(match: re.Match[str]) -> StatedNumber:
    figure = match["figure"].replace(",", "")
    times = 1
    for word in re.findall("|".join(_MULTIPLIERS), match["times"] or ""):
        times *= _MULTIPLIERS[word]
    decimals = len(figure.partition(".")[2])
    is_percent = bool(match["percent"] or match["percent_before"])
    value = Decimal(figure) * times * (-1 if match["sign"] else 1)
    return StatedNumber(
        NumberKind.PERCENT if is_percent else NumberKind.NUMBER,
        value,
        match[0].strip(),
        match["unit"] or "",
        Decimal(10) ** -decimals * times,
    )


def _in_words(text: str) -> Iterator[StatedNumber]:
    if not number_words(text):
        return
    words = [word for word in segment(text) if word.strip()]
    place = 0
    while place < len(words):
        run = place
        while run < len(words) and value_of_words("".join(words[place : run + 1])) is not None:
            run += 1
        if run == place:
            if words[place] == "ครึ่งหนึ่ง" or (words[place] == "ครึ่ง" and place and words[place - 1] in ("กว่า", "เกิน")):
                yield StatedNumber(NumberKind.PERCENT, Decimal(50), words[place], step=Decimal(10))
            place += 1
            continue
        said = "".join(words[place:run])
        unit = words[run] if run < len(words) and words[run] in UNITS else ""
        value = value_of_words(said)
        if value is not None and (said not in _VAGUE_ALONE or unit):
            is_percent = place > 0 and words[place - 1] == "ร้อยละ"
            yield StatedNumber(NumberKind.PERCENT if is_percent else NumberKind.NUMBER, Decimal(value), said, unit)
        place = run
