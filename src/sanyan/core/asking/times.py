"""Rounds as people name them: "ปี 68", "รอบ ๙ เดือน", "ปีที่แล้ว", "FY2025"."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from sanyan.core.asking.vocabulary import Vocabulary
from sanyan.core.rounds import BUDDHIST_ERA
from sanyan.core.spans import Span

_YEAR = r"(25\d\d|20\d\d|'?\d\d)"
_NAMED = re.compile(
    r"(ปีงบประมาณ|ปีงบฯ?|ปีการศึกษา|พ\.?ศ\.?|fiscal year|fy|ปี|b\.?e\.?)\s*(?:พ\.?ศ\.?)?\s*"
    rf"{_YEAR}(?!\d)(?!\s*(?:%|ปี|years))"
)
_BARE = re.compile(r"(?<![\d.])(25[4-9]\d|20[1-4]\d)(?!\d)")
_SINCE = re.compile(
    rf"(?:ตั้งแต่|นับจาก|นับแต่|since|from|จาก(?=\s*ปี))\s*(?:ปีงบประมาณ|ปีงบ|ปี|fy)?\s*(?:พ\.?ศ\.?)?\s*{_YEAR}(?!\d)(?!\s*(?:%|ร้อยละ|คะแนน|คน|เปอร์))"
)
_UNTIL = re.compile(rf"(?:ถึง|จนถึง|to|-|–)\s*(?:ปีงบประมาณ|ปีงบ|ปี|fy)?\s*{_YEAR}(?!\d)")
_MONTH = re.compile(
    r"(?:รอบ|งวด)?\s*(?:ที่)?\s*(12|6|9|หก|เก้า|สิบสอง|six|nine|twelve)\s*-?\s*(?:เดือน|months?|ด\.)|รอบ\s*(12|6|9)(?!\s*\d|\s*เขต)"
)
_QUARTER = re.compile(r"(?:ไตรมาส|quarter|q)\s*(?:ที่)?\s*([1-4])(?!\d)")
_HALF = re.compile(r"ครึ่งปีแรก|ครึ่งปี(?!หลัง)|half[- ]year")
_LAST_YEAR = re.compile(r"ปีที่แล้ว|ปีก่อน|ปีกลาย|ปีที่ผ่านมา|last year|the year before")
_BEFORE_THAT = re.compile(r"สองปี(?:ก่อน|ที่แล้ว)|(?<!เขต )(?<!เขต)2 ปี(?:ก่อน|ที่แล้ว)|two years ago")
_THIS_YEAR = re.compile(r"ปีนี้|ปีงบนี้|ปีงบประมาณนี้|ปีปัจจุบัน|this year")
_NEXT_YEAR = re.compile(r"ปีหน้า|ปีถัดไป|next year")
_LAST_ROUND = re.compile(r"รอบที่แล้ว|รอบก่อน(?:หน้า)?|รอบที่ผ่านมา|last round|previous round")
_AHEAD = re.compile(
    r"(?:อีก\s*)?(\d+|สิบ|ห้า|สาม|สอง|ยี่สิบ|หลาย)\s*ปี\s*(?:ข้างหน้า|ต่อจากนี้)|อีก\s*(\d+|สิบ|ห้า|สาม|สอง|ยี่สิบ)\s*ปี|in (\w+) years"
)
_Take = Callable[[re.Pattern[str]], re.Match[str] | None]
_MONTHS = {"หก": 6, "เก้า": 9, "สิบสอง": 12, "six": 6, "nine": 9, "twelve": 12}


@dataclass(frozen=True)
class Time:
    """When a question is about. `fiscal_year` and `month` are None where it does not say; `since` begins a span of
    years; `ahead` says that it asks beyond the coming fiscal year; `academic` that it named a school year."""

    fiscal_year: int | None = None
    month: int | None = None
    since: int | None = None
    last_year: bool = False
    ahead: bool = False
    academic: bool = False
    spans: tuple[Span, ...] = ()


def time_of(text: str, words: Vocabulary) -> Time:
    """The time named in a question; `text` is in normal form (Arabic digits, lower case)."""
    spans: list[Span] = []

    def take(pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.search(text)
        if match and not any(span.overlaps(Span(*match.span())) for span in spans):
            spans.append(Span(*match.span()))
            return match
        return None

    ahead = take(_AHEAD) is not None
    since = take(_SINCE)
    if since:
        take(_UNTIL)
    month = _month(take)
    named = take(_NAMED)
    bare = None if named else take(_BARE)
    year = _year(named[2]) if named else _year(bare[1]) if bare else None
    two_back = take(_BEFORE_THAT) is not None
    last = not two_back and take(_LAST_YEAR) is not None
    if year is None:
        year = _relative(take, words, last=last, two_back=two_back)
    earlier = take(_LAST_ROUND)
    if earlier and year is None and month is None:
        year, month = _round_before(words)
    return Time(
        fiscal_year=year,
        month=month,
        since=_year(since[1]) if since else None,
        last_year=last,
        ahead=ahead or (year or 0) > words.fiscal_year + 1,
        academic=bool(named and named[1] == "ปีการศึกษา"),
        spans=tuple(spans),
    )


def _month(take: _Take) -> int | None:
    match = take(_MONTH)
    if match:
        told = match[1] or match[2]
        return _MONTHS.get(told) or int(told)
    quarter = take(_QUARTER)
    if quarter:
        return 3 * int(quarter[1])
    return 6 if take(_HALF) else None


def _relative(take: _Take, words: Vocabulary, *, last: bool, two_back: bool) -> int | None:
    if two_back:
        return words.fiscal_year - 2
    if last:
        return words.fiscal_year - 1
    if take(_NEXT_YEAR):
        return words.fiscal_year + 1
    return words.fiscal_year if take(_THIS_YEAR) else None


def _round_before(words: Vocabulary) -> tuple[int | None, int | None]:
    now = words.current
    earlier = [key for key in words.rounds if now is None or key < now]
    return (earlier[-1].fiscal_year, earlier[-1].month) if earlier else (None, None)


def _year(told: str) -> int:
    """A year in the Buddhist era: 68 and 2025 are 2568."""
    year = int(told.strip("'"))
    if year < 100:
        return 2500 + year
    return year + BUDDHIST_ERA if year < 2400 else year
