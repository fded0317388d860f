"""Puts words in the place of personal data, the same words for the same person."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from sanyan.core.spans import Span
from sanyan.core.thai.characters import one_line
from sanyan.core.thai.personal_data.finding import Found, PersonalData
from sanyan.core.thai.personal_data.titles import TITLE

_MASKS = {
    PersonalData.CITIZEN_ID: "[เลขประจำตัวประชาชน]",
    PersonalData.PHONE: "[โทรศัพท์]",
    PersonalData.EMAIL: "[อีเมล]",
    PersonalData.LINE: "[ไลน์]",
    PersonalData.ADDRESS: "[ที่อยู่]",
}
_ENGLISH_TITLE = re.compile(r"^(?:Mr|Mrs|Miss|Ms|Dr|Prof)\b\.?\s*")


@dataclass(frozen=True)
class Masked:
    """The masked text, and for each replacement its place in the text as given and in the masked one."""

    text: str
    places: tuple[tuple[Span, Span], ...]


def mask(text: str, found: Iterable[Found]) -> Masked:
    """`text` with what was found replaced: a name by "[ชื่อบุคคล 1]", numbered by person in order of appearance.

    A name is the same person's whatever the title; a first name alone is the last person named so in full.
    `found` must not overlap, as find_personal_data gives it.
    """
    persons = _Persons()
    parts: list[str] = []
    places: list[tuple[Span, Span]] = []
    done = length = 0
    for each in sorted(found):
        word = persons.word(each.span.of(text)) if each.kind is PersonalData.NAME else _MASKS[each.kind]
        parts += (text[done : each.span.start], word)
        at = length + each.span.start - done
        places.append((each.span, Span(at, at + len(word))))
        done, length = each.span.end, at + len(word)
    return Masked("".join((*parts, text[done:])), tuple(places))


class _Persons:
    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self._by_first: dict[str, int] = {}

    def word(self, written: str) -> str:
        name = _without_title(one_line(written))
        first = name.split(" ")[0]
        number = self._numbers.get(name) or (self._by_first.get(first) if name == first else None)
        if number is None:
            number = len(set(self._numbers.values())) + 1
        self._numbers[name] = self._by_first[first] = number
        return f"[ชื่อบุคคล {number}]"


def _without_title(name: str) -> str:
    title = TITLE.match(name)
    return name[title.end() :] if title else _ENGLISH_TITLE.sub("", name)
