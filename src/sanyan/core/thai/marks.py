"""Marks and words that stand in a cell instead of a figure."""

from __future__ import annotations

import re
from datetime import date, time, timedelta
from enum import StrEnum

from sanyan.core.thai.characters import one_line

CellLike = str | float | int | bool | date | time | timedelta | None


class Mark(StrEnum):
    """What a cell says when it is not a number.

    NO_VALUE is a dash or words such as "no data"; the others are what they are called.
    """

    YES = "yes"
    NO = "no"
    BLANK = "blank"
    NO_VALUE = "no-value"
    NOT_APPLICABLE = "not-applicable"
    NOT_YET_DUE = "not-yet-due"
    UNREADABLE = "unreadable"


# "ü" is the tick of the font Wingdings once the font is lost; "P" that of Wingdings 2 is left out, it is a letter.
_YES = "/ ✓ ✔ ☑ √ ü ใช่ มี ทำ ทำแล้ว ผ่าน ดำเนินการแล้ว ครบ yes y true t 1"
_NO = "x × ✗ ✘ ☒ ✕ ✖ ไม่ใช่ ไม่มี ไม่ ไม่ได้ทำ ยัง ยังไม่ทำ ยังไม่มี ไม่ผ่าน ยังไม่ดำเนินการ ไม่ครบ no n false f 0"
_NO_VALUE = "ไม่มี ไม่มีข้อมูล ยังไม่มีข้อมูล ไม่ระบุ ไม่ทราบ ยังไม่มี รอข้อมูล n/a na n.a. n.a #n/a null none nil nan missing . .. ... …"
_NOT_APPLICABLE = "ไม่เกี่ยวข้อง ไม่ต้องตอบ ไม่ต้องรายงาน ไม่มีกลุ่มเป้าหมาย ไม่อยู่ในเกณฑ์"
_NOT_YET_DUE = "ยังไม่ถึงกำหนด ยังไม่ครบกำหนด ยังไม่ถึงเวลา ยังไม่ถึงรอบ"
_DASHES = re.compile(r"[-–—−‐‑‒―ー_﹣]{1,5}(?: [-–—−]{1,3})*")

_WORDS: dict[str, Mark] = {
    **dict.fromkeys(_NO_VALUE.split(), Mark.NO_VALUE),
    **dict.fromkeys(_NOT_APPLICABLE.split(), Mark.NOT_APPLICABLE),
    **dict.fromkeys(_NOT_YET_DUE.split(), Mark.NOT_YET_DUE),
}
_YES_NO: dict[str, Mark] = {
    **_WORDS,
    **dict.fromkeys(_YES.split(), Mark.YES),
    **dict.fromkeys(_NO.split(), Mark.NO),
}


def absence(text: str) -> Mark | None:
    """The absence that a tidy one-line `text` states in the place of a number, or None where it states none."""
    if not text:
        return Mark.BLANK
    if _DASHES.fullmatch(text):
        return Mark.NO_VALUE
    return _WORDS.get(text.lower().replace(" ", ""))


def parse_mark(value: CellLike) -> Mark:
    """A yes-no cell: a tick, "/" or a word for yes; a cross or a word for no; 1 and 0; a dash is no value at all."""
    if value is None:
        return Mark.BLANK
    if isinstance(value, bool | int | float):
        return Mark.YES if value == 1 else Mark.NO if value == 0 else Mark.UNREADABLE
    if not isinstance(value, str):
        return Mark.UNREADABLE
    text = one_line(value)
    if not text:
        return Mark.BLANK
    if _DASHES.fullmatch(text):
        return Mark.NO_VALUE
    word = text.lower().replace(" ", "")
    if len(word) > 2 and word[0] in "(/[✓" and word[-1] in ")]":
        word = word.strip("()[]")
    return _YES_NO.get(word, Mark.UNREADABLE)
