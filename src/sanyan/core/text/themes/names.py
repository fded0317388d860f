"""Names of persons and places, which tell who and where and must not make a theme."""

from __future__ import annotations

import re
from functools import cache

from pythainlp.corpus import provinces

_TITLE = (
    r"(?:นางสาว|น\.ส\.|นาง(?!าน)|นาย(?!ก|จ้าง|ทุน|ทะเบียน|อำเภอ)|ด\.ช\.|ด\.ญ\.|เด็กชาย|เด็กหญิง|ดร\.|ผศ\.|รศ\.|"
    r"ศาสตราจารย์|ว่าที่(?:ร้อยตรี|\s?ร\.ต\.)|พล(?:เอก|โท|ตรี|ตำรวจ(?:เอก|โท|ตรี))|พล\.\s?[อทต]\.|พ(?:ันเอก|\.อ\.)|"
    r"คุณหญิง|ม\.ล\.|ม\.ร\.ว\.)"
)
_WORD = r"[\u0e01-\u0e4e.]+"
_PERSON = re.compile(rf"(?:{_TITLE}\s?)+{_WORD}(?:\s(?:ณ\s)?{_WORD})?")
LONGEST_NAME = 26  # letters; Thai is written without blanks, so that a name may run on into its sentence


def without_names(text: str) -> str:
    """`text` with names of persons behind a title, and names of provinces, taken out.

    A rule, not a reading: a name without a title stays; a word run on behind a name goes with it.
    """
    return _provinces().sub(" ", _PERSON.sub(_shortened, text))


def is_place(term: str) -> bool:
    """Whether a term is the name of a province or says only that a place follows."""
    return term in place_words()


@cache
def place_words() -> frozenset[str]:
    """Provinces, and the words for places."""
    return _province_names() | frozenset(("จังหวัด", "อำเภอ", "ตำบล", "หมู่บ้าน", "กรุงเทพ", "กรุงเทพฯ", "กทม.", "กทม"))


@cache
def _province_names() -> frozenset[str]:
    return frozenset(str(name) for name in provinces())


@cache
def _provinces() -> re.Pattern[str]:
    names = sorted(
        (re.escape(name) for name in _province_names() if len(name) > 3), key=lambda name: (-len(name), name)
    )
    return re.compile("(?:จังหวัด)?(?:" + "|".join(names) + ")")


def _shortened(found: re.Match[str]) -> str:
    """What is kept of a match: nothing of a name, the rest of a word that runs on too far to be one."""
    parts = found.group().split()
    return " " + " ".join(part[LONGEST_NAME:] for part in parts if len(part) > LONGEST_NAME)
