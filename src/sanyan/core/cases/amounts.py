"""Amounts in running Thai text: money, time, people, schools, how often, and from how much to how much."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sanyan.core.spans import Span
from sanyan.core.thai.digits import to_arabic

N = r"[0-9๐-๙]+(?:,[0-9๐-๙]{3})*(?:\.[0-9๐-๙]+)?"
_UNIT = r"(?:%|เปอร์เซ็นต์|คน|ราย|แห่ง|โรงเรียน|คะแนน|ครั้ง|วัน|ชั่วโมง|บาท|เรื่อง|ระบบ|ระดับ)"
_SCALES = {"พัน": 1e3, "หมื่น": 1e4, "แสน": 1e5, "ล้าน": 1e6}


class AmountKind(StrEnum):
    """What an amount counts."""

    BAHT = "baht"
    HOURS = "hours"
    PEOPLE = "people"
    SCHOOLS = "schools"
    DOSE = "dose"


@dataclass(frozen=True)
class Amount:
    """An amount where it stands. Of a dose (twice a week) `value` is its number; minutes are told in hours."""

    kind: AmountKind
    value: float
    span: Span


@dataclass(frozen=True)
class BeforeAfter:
    """A figure that moved: from `before` to `after`, with the span of the whole phrase."""

    before: float
    after: float
    span: Span


_BAHT = re.compile(rf"(?P<n>{N})\s*(?P<scale>พัน|หมื่น|แสน|ล้าน)?\s*บาท")
_HOURS = re.compile(rf"(?P<n>{N})\s*(?P<unit>ชั่วโมง|ชม\.?|นาที)")
_PEOPLE = re.compile(rf"(?P<n>{N})\s*(?:คน|ราย)(?!ละ|การ|งาน|ได้|ชื่อ|วิชา)")
_SCHOOLS = re.compile(rf"(?P<n>{N})\s*(?:โรงเรียน|แห่ง|สถานศึกษา)(?!ละ)")
_EACH = r"(?:วัน|สัปดาห์|เดือน|ปี|ภาคเรียน|ไตรมาส)"
_DOSE = re.compile(
    rf"{_EACH}ละ\s*(?:อย่างน้อย|ประมาณ|ไม่เกิน)?\s*(?P<n>{N})\s*(?:ครั้ง|วัน|ชั่วโมง|ชม\.?|นาที|เรื่อง|คาบ)"
    rf"|(?P<m>{N})\s*(?:ครั้ง|วัน|ชั่วโมง|นาที|คาบ)\s*(?:ต่อ|/)\s*{_EACH}"
    rf"|ทุก\s?(?P<k>{N})\s?{_EACH}"
    rf"|(?:รวม|จำนวน|อบรม|ตลอด)\s*(?P<j>{N})\s*(?:วัน|ครั้ง|สัปดาห์|รุ่น|คาบ)"
)
_MOVED = re.compile(
    rf"จาก(?:เดิมที่|เดิม|ที่)?\s*(?:ร้อยละ|ค่าเฉลี่ย|คะแนน|จำนวน)?\s*(?P<before>{N})\s*{_UNIT}?\s*"
    rf"(?:(?!คิด|จาก)[^0-9๐-๙\n]){{0,40}}?"
    rf"(?:เหลือเพียง|เหลือ|(?<!คิด)เป็น|ถึง)\s*(?:ร้อยละ|ค่าเฉลี่ย|คะแนน|จำนวน)?\s*(?P<after>{N})\s*{_UNIT}?"
)
_PART_OF = re.compile(rf"{N}\s*{_UNIT}\s*$")


def number(written: str) -> float:
    """A number as written, in Thai or Arabic digits, with or without separators."""
    return float(to_arabic(written).replace(",", ""))


def numbers(text: str) -> tuple[float, ...]:
    """Every number of a text, in order."""
    return tuple(number(found[0]) for found in re.finditer(N, text))


def amounts(text: str) -> tuple[Amount, ...]:
    """The amounts of a text in order of where they stand. Hours within a dose count as the dose alone."""
    doses = list(_doses(text))
    found = [*doses, *_baht(text), *_plain(_PEOPLE, AmountKind.PEOPLE, text)]
    found += [*_plain(_SCHOOLS, AmountKind.SCHOOLS, text)]
    found += [item for item in _hours(text) if not any(item.span.overlaps(dose.span) for dose in doses)]
    return tuple(sorted(found, key=lambda item: (item.span, item.kind)))


def moved(text: str) -> tuple[BeforeAfter, ...]:
    """Pairs such as "จากร้อยละ 12 เหลือร้อยละ 7". "34 แห่ง จาก 40 แห่ง" is a share and no pair."""
    return tuple(
        BeforeAfter(number(found["before"]), number(found["after"]), _span(found))
        for found in _MOVED.finditer(text)
        if not _PART_OF.search(text[: found.start()])
    )


def _baht(text: str) -> Iterator[Amount]:
    for found in _BAHT.finditer(text):
        yield Amount(AmountKind.BAHT, number(found["n"]) * _SCALES.get(found["scale"] or "", 1.0), _span(found))


def _hours(text: str) -> Iterator[Amount]:
    for found in _HOURS.finditer(text):
        yield Amount(AmountKind.HOURS, number(found["n"]) / (60 if found["unit"] == "นาที" else 1), _span(found))


def _doses(text: str) -> Iterator[Amount]:
    for found in _DOSE.finditer(text):
        written = next(part for part in (found["n"], found["m"], found["k"], found["j"]) if part)
        yield Amount(AmountKind.DOSE, number(written), _span(found))


def _plain(pattern: re.Pattern[str], kind: AmountKind, text: str) -> Iterator[Amount]:
    for found in pattern.finditer(text):
        yield Amount(kind, number(found["n"]), _span(found))


def _span(found: re.Match[str]) -> Span:
    start, end = found.span()
    while end > start and found.string[end - 1].isspace():
        end -= 1
    return Span(start, end)
