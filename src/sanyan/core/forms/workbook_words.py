"""The words of an area's workbook, and how they are known again after people have been at them."""

from __future__ import annotations

import re
from enum import StrEnum
from functools import lru_cache

from sanyan.core.forms.framework_layout import EVIDENCE
from sanyan.core.forms.sheets import CellValue
from sanyan.core.indicators.definitions import AnswerState, Framework
from sanyan.core.thai.characters import one_line
from sanyan.core.thai.digits import to_arabic

FORMAT_MARK = "sanyan-workbook"
FORMAT_VERSION = 1
SHEET_START = "อ่านก่อน"
SHEET_ANSWERS = "ตัวชี้วัด"
SHEET_NARRATIVES = "เรื่องเล่า"
SHEET_EVIDENCE = "หลักฐาน"
SHEET_META = "_sanyan"

YES, NO = "ใช่", "ไม่ใช่"
CONTINUED = " (ต่อ)"
LABEL_STATE = "สถานะ"
LABEL_NOTE = "หมายเหตุ"
PRACTICE_TH = "ข้อมูลฝึกหัด"


class Role(StrEnum):
    """What a column holds."""

    CODE = "code"
    NAME = "name"
    UNIT = "unit"
    LAST = "last"
    GROUP = "group"
    NUMERATOR = "numerator"
    DENOMINATOR = "denominator"
    VALUE = "value"
    STATE = "state"
    NOTE = "note"
    SOURCE = "source"
    KIND = "kind"
    TITLE = "title"
    LOCATION = "location"


HEADINGS: dict[Role, str] = {
    Role.CODE: "รหัส",
    Role.NAME: "ตัวชี้วัด",
    Role.UNIT: "หน่วย",
    Role.LAST: "รอบก่อน",
    Role.GROUP: "จำแนกตาม",
    Role.NUMERATOR: "ตัวตั้ง",
    Role.DENOMINATOR: "ตัวหาร",
    Role.VALUE: "ค่า",
    Role.STATE: LABEL_STATE,
    Role.NOTE: LABEL_NOTE,
    Role.SOURCE: "แหล่งข้อมูล",
    Role.KIND: "ประเภท",
    Role.TITLE: "ชื่อหรือคำอธิบาย",
    Role.LOCATION: "ที่เก็บหรือลิงก์",
}

# Other words that offices put at the head of the same columns; matched without blanks, at the start of the cell.
_OTHER_HEADINGS: dict[Role, tuple[str, ...]] = {
    Role.CODE: ("รหัส", "code", "ที่ตัวชี้วัด", "ลำดับตัวชี้วัด"),
    Role.NAME: ("ตัวชี้วัด", "ชื่อตัวชี้วัด", "ประเด็น", "indicator", "รายการ"),
    Role.UNIT: ("หน่วย", "unit"),
    Role.LAST: ("รอบก่อน", "ผลรอบก่อน", "รอบที่แล้ว", "ปีก่อน", "ผลเดิม", "last"),
    Role.GROUP: ("จำแนกตาม", "จำแนก", "กลุ่มย่อย"),
    Role.NUMERATOR: ("ตัวตั้ง", "จำนวนที่ได้", "numerator"),
    Role.DENOMINATOR: ("ตัวหาร", "จำนวนทั้งหมด", "เป้าหมายทั้งหมด", "denominator"),
    Role.VALUE: ("ค่า", "ผลการดำเนินงาน", "ผลที่ได้", "ผลลัพธ์", "value", "ร้อยละ"),
    Role.STATE: ("สถานะ", "state", "status"),
    Role.NOTE: ("หมายเหตุ", "note", "คำชี้แจง"),
    Role.SOURCE: ("แหล่งข้อมูล", "แหล่งที่มา", "source"),
    Role.KIND: ("ประเภท", "ชนิด"),
    Role.TITLE: ("ชื่อหรือคำอธิบาย", "ชื่อ/คำอธิบาย", "ชื่อหลักฐาน", "คำอธิบาย", "ชื่อ", "หลักฐาน"),
    Role.LOCATION: ("ที่เก็บ", "ลิงก์", "ลิงค์", "link", "url"),
}
_NOT_A_VALUE = ("ค่าเป้าหมาย", "ค่าน้ำหนัก", "ค่ารอบก่อน")

STATE_WORDS: dict[AnswerState, str] = {
    AnswerState.REPORTED: "รายงานแล้ว",
    AnswerState.NOT_APPLICABLE: "ไม่เกี่ยวข้อง",
    AnswerState.NOT_AVAILABLE: "ยังไม่มีข้อมูล",
    AnswerState.NOT_YET_DUE: "ยังไม่ถึงกำหนด",
}
_STATES: dict[str, AnswerState] = {
    **{word: state for state, word in STATE_WORDS.items()},
    **{state.value: state for state in AnswerState},
    "มีข้อมูล": AnswerState.REPORTED,
    "รายงาน": AnswerState.REPORTED,
    "เสร็จแล้ว": AnswerState.REPORTED,
    "ไม่มีข้อมูล": AnswerState.NOT_AVAILABLE,
    "รอข้อมูล": AnswerState.NOT_AVAILABLE,
    "ไม่มี": AnswerState.NOT_AVAILABLE,
    "ไม่ต้องรายงาน": AnswerState.NOT_APPLICABLE,
    "ไม่มีกลุ่มเป้าหมาย": AnswerState.NOT_APPLICABLE,
    "ยังไม่ครบกำหนด": AnswerState.NOT_YET_DUE,
}
_KINDS: dict[str, str] = {
    **{word.replace(" ", ""): kind for kind, word in EVIDENCE.items()},
    "รูปภาพ": "IMAGE",
    "ภาพ": "IMAGE",
    "ภาพถ่าย": "IMAGE",
    "ไฟล์": "DOCUMENTARY",
    "เอกสารหลักฐาน": "DOCUMENTARY",
    "การรับรอง": "ATTESTED",
}

_CODE_PARTS = re.compile(r"[^\W\d_]+|\d+")
_LONGEST_CODE = 40
_LONGEST_HEADING = 80
_LONGEST_NAME = 300


def shown(value: CellValue) -> str:
    """A cell as the text a person sees in it; a whole number has no decimals."""
    if value is None:
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return value if isinstance(value, str) else str(value)


@lru_cache(maxsize=4096)
def code_key(text: str) -> str:
    """What all spellings of a code share: "saf-1", "SAF 01", "SAF–๐๑" and "SAF01" are "SAF.1"."""
    parts = _CODE_PARTS.findall(to_arabic(one_line(text)).upper())
    return ".".join(part.lstrip("0") or "0" if part[0].isdigit() else part for part in parts)


class CodeBook:
    """Finds the indicator that a cell names, however its code was typed."""

    def __init__(self, framework: Framework) -> None:
        self._exact = {item.code: item.code for item in framework.indicators}
        self._names = {_plain(item.name_th): item.code for item in framework.indicators}
        keys: dict[str, list[str]] = {}
        for code in self._exact:
            keys.setdefault(code_key(code), []).append(code)
        self._keys = {key: codes[0] for key, codes in keys.items() if len(codes) == 1 and key}

    def find(self, value: CellValue) -> str | None:
        """The code that a cell means, or None; a key that two codes share means neither."""
        if value is None or isinstance(value, bool):
            return None
        text = shown(value)
        return self._exact.get(text) or (self._keys.get(code_key(text)) if len(text) <= _LONGEST_CODE else None)

    def find_by_name(self, value: CellValue) -> str | None:
        """The code of the indicator whose full Thai name stands in the cell."""
        return self._names.get(_plain(value)) if isinstance(value, str) else None

    def leading(self, value: CellValue) -> str | None:
        """The code that a cell is, or begins with ("SAF-01 ชื่อ...")."""
        found = self.find(value)
        if found is None and isinstance(value, str):
            found = self.find(_plain(value).partition(" ")[0])
        return found


def _plain(text: str) -> str:
    """`one_line`, remembered for what is short enough to stand in every workbook."""
    return _remembered(text) if len(text) <= _LONGEST_NAME else one_line(text)


_remembered = lru_cache(maxsize=4096)(one_line)


def role_of(value: CellValue) -> Role | None:
    """The role of the column that a cell heads, or None when it is no heading."""
    return _role_of(value) if isinstance(value, str) and len(value) <= _LONGEST_HEADING else None


@lru_cache(maxsize=4096)
def _role_of(value: str) -> Role | None:
    text = one_line(value).replace(" ", "").lower().strip("*:：")
    if not text or text.startswith(_NOT_A_VALUE):
        return None
    for role, heading in HEADINGS.items():
        if text == heading:
            return role
    for role, words in _OTHER_HEADINGS.items():
        if text.startswith(words):
            return role
    return None


def state_of(value: CellValue) -> AnswerState | None:
    """The state that a cell names, or None when its word is not known; raises nothing."""
    return _STATES.get(one_line(shown(value)).replace(" ", "").lower())


def evidence_kind(value: CellValue) -> str:
    """The framework's own type for the word in the cell; a word that is not known stays itself."""
    text = one_line(shown(value))
    return _KINDS.get(text.replace(" ", ""), text)
