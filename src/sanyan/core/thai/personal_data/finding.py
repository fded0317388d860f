"""Finds names that follow a title, citizen ids, telephone numbers, addresses of mail, LINE ids and house numbers.

A name without a title is not looked for: Thai names are made of everyday words, and a list of names alone would mask
half a report. The time taken grows with the length of the text, whatever it holds.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sanyan.core.spans import Span
from sanyan.core.thai.citizen_id import is_citizen_id
from sanyan.core.thai.digits import to_arabic
from sanyan.core.thai.personal_data.names import find_names


class PersonalData(StrEnum):
    """What kind of personal data it is."""

    NAME = "name"
    CITIZEN_ID = "citizen-id"
    PHONE = "phone"
    EMAIL = "email"
    LINE = "line"
    ADDRESS = "address"


@dataclass(frozen=True, order=True)
class Found:
    """Personal data at a place of the text."""

    span: Span
    kind: PersonalData


_GAP = r"[ \-\u2010-\u2015.]?"
_ZERO = r"0[ \-\u2010-\u2015]?"  # a stop behind it would make a decimal
_EMAIL = re.compile(
    r"(?<![A-Za-z0-9._%+\-])[A-Za-z0-9][A-Za-z0-9._%+\-]{0,63}@[A-Za-z0-9\-]{1,63}(?:\.[A-Za-z0-9\-]{1,63}){1,5}"
)
_CITIZEN_ID = re.compile(rf"(?<!\d)(?<!\d[.,\-])\d(?:{_GAP}\d){{12}}(?!\d|[.,\-]\d)")
_MOBILE = (
    rf"{_ZERO}[689]\d{_GAP}\d{{3}}{_GAP}\d{{4}}|0[689]\d{_GAP}\d{{4}}{_GAP}\d{{3}}|0[689]{_GAP}\d{{4}}{_GAP}\d{{4}}"
)
_LANDLINE = (
    rf"{_ZERO}2{_GAP}\d{{3}}{_GAP}\d{{4}}|{_ZERO}[3-7]\d{_GAP}\d{{3}}{_GAP}\d{{3}}|{_ZERO}[3-7]\d{{3}}{_GAP}\d{{4}}"
)
_ABROAD = rf"\+\s?66{_GAP}(?:\(0\){_GAP})?\d{{1,2}}{_GAP}\d{{3}}{_GAP}\d{{3,4}}"
_PHONE = re.compile(rf"(?<![\d.,/+\-])(?:{_ABROAD}|{_MOBILE}|{_LANDLINE})(?![\d%]|[.,]\d)(?:\s?ต่อ\s?\d{{1,5}})?")
_LINE = re.compile(
    r"(?<![A-Za-z])(?:line|ไลน์)(?:\s?(?:id|ไอดี)\s?[:=]?|\s?:)\s?(?P<it>@?[a-z0-9._\-]{3,30})(?![a-z0-9])", re.IGNORECASE
)
_ADDRESS = re.compile(
    r"บ้านเลขที่\s?(?P<it>\d{1,5}(?:/\d{1,5})?(?:\s?(?:หมู่(?:ที่)?|ม\.)\s?\d{1,3})?(?:\s?(?:ซอย|ซ\.|ถนน|ถ\.)\s?[\u0e01-\u0e4e0-9/]{1,40})?)"
)


def find_personal_data(text: str) -> tuple[Found, ...]:
    """The personal data of `text` in order; spans do not overlap. Thai digits count as digits."""
    arabic = to_arabic(text)
    found = sorted(_all(text, arabic), key=lambda each: (each.span.start, -each.span.end))
    apart: list[Found] = []
    for each in found:
        if not apart or each.span.start >= apart[-1].span.end:
            apart.append(each)
    return tuple(apart)


def _all(text: str, arabic: str) -> Iterator[Found]:
    for span in find_names(text):
        yield Found(span, PersonalData.NAME)
    for match in _CITIZEN_ID.finditer(arabic):
        if is_citizen_id(match[0]):
            yield Found(Span(*match.span()), PersonalData.CITIZEN_ID)
    for pattern, kind in ((_PHONE, PersonalData.PHONE), (_EMAIL, PersonalData.EMAIL)):
        for match in pattern.finditer(arabic):
            yield Found(Span(*match.span()), kind)
    for pattern, kind in ((_LINE, PersonalData.LINE), (_ADDRESS, PersonalData.ADDRESS)):
        for match in pattern.finditer(arabic):
            yield Found(Span(*match.span("it")), kind)
