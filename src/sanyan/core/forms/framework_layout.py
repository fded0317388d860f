"""The Excel form of a framework: its sheets, columns and the words that cells may hold."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from sanyan.core.forms.sheets import cell_name

HEADER_ROWS = 2
LABEL_COLUMN, VALUE_COLUMN, KEY_COLUMN = 0, 1, 2
GUIDE_SHEET = "คำแนะนำ"


class Form(StrEnum):
    """How a cell is read: lists are parted by ";" with "\\;" for the mark itself."""

    TEXT = "text"
    NUMBER = "number"
    WHOLE = "whole"
    FLAG = "flag"
    DAY = "day"
    WHOLES = "wholes"
    WORDS = "words"


@dataclass(frozen=True)
class Column:
    """One column (or, in the first sheet, one row). `words` maps codes to the Thai word shown for
    them; a closed column takes no other."""

    key: str
    header_th: str
    header_en: str
    form: Form = Form.TEXT
    required: bool = False
    words: Mapping[str, str] = field(default_factory=dict)
    closed: bool = False


@dataclass(frozen=True)
class SheetForm:
    """One sheet. `part` is the key of the framework it holds; `identity` is the column that names a row."""

    part: str
    name: str
    name_en: str
    columns: tuple[Column, ...]
    identity: str
    required: bool = True

    def column(self, key: str) -> int:
        """Position of a column, 0 first; raise StopIteration for an unknown key."""
        return next(place for place, column in enumerate(self.columns) if column.key == key)


Locate = Callable[[str, int, str], tuple[str, str]]
"""(part, row of the part from 0, key) -> (sheet, cell); "framework" is the part of the first sheet."""

YES_NO = {"yes": "ใช่", "no": "ไม่ใช่"}
KINDS = {
    "number": "จำนวน",
    "percent": "ร้อยละ",
    "ratio": "อัตราส่วน",
    "level": "ระดับคุณภาพ",
    "yes-no": "ใช่/ไม่ใช่",
    "narrative": "เรื่องเล่า",
}
DIRECTIONS = {"higher": "ยิ่งมากยิ่งดี", "lower": "ยิ่งน้อยยิ่งดี", "none": "ไม่ตัดสิน"}
ROLLUPS = {
    "sum": "ผลรวม",
    "ratio": "ผลรวมตัวตั้งหารผลรวมตัวหาร",
    "mean": "ค่าเฉลี่ยของเขต",
    "distribution": "การกระจายของระดับ",
    "share": "สัดส่วนที่ตอบใช่",
    "none": "ไม่รวม",
}
HOLDERS = {"area": "เขตพื้นที่", "school": "สถานศึกษา", "region": "เขตตรวจราชการ", "office": "ส่วนกลาง"}
AREA_TYPES = {"primary": "ประถมศึกษา", "secondary": "มัธยมศึกษา"}
EVIDENCE = {
    "DERIVED": "คำนวณจากฐานข้อมูล",
    "DOCUMENTARY": "เอกสาร",
    "IMAGE": "ภาพกิจกรรม",
    "ATTESTED": "การรับรองของผู้อำนวยการ",
}

_NAMES = (
    Column("name_th", "ชื่อภาษาไทย", "Name in Thai", required=True),
    Column("name_en", "ชื่อภาษาอังกฤษ", "Name in English", required=True),
)
_MONTH = Column("month", "รอบ (เดือน)", "Round (month)", Form.WHOLE, required=True)

FRAMEWORK = SheetForm(
    "framework",
    "กรอบ",
    "Framework",
    (
        Column("code", "รหัสกรอบ", "Framework code", required=True),
        *_NAMES,
        Column("owner", "หน่วยงานเจ้าของ", "Owner", required=True),
        Column("fiscal_years", "ปีงบประมาณ (พ.ศ.)", "Fiscal years (B.E.)", Form.WHOLES, required=True),
        Column("is_example", "เป็นกรอบตัวอย่าง", "Is an example", Form.FLAG),
        Column("authored_by", "ผู้จัดทำ", "Author"),
        Column("checked_by", "ผู้ตรวจทาน", "Checker"),
        Column("next_review", "วันที่ต้องทบทวนครั้งถัดไป", "Next review", Form.DAY),
        Column("note", "หมายเหตุ", "Note"),
    ),
    "code",
)
ROUNDS = SheetForm(
    "rounds",
    "รอบ",
    "Rounds",
    (
        _MONTH,
        *_NAMES,
        Column("submit_month", "ส่งภายในเดือน (1-12)", "Submit by: month", Form.WHOLE, required=True),
        Column("submit_day", "ส่งภายในวันที่", "Submit by: day", Form.WHOLE, required=True),
    ),
    "month",
)
POLICY_AREAS = SheetForm(
    "policy_areas",
    "ด้าน",
    "Policy areas",
    (
        Column("code", "รหัสด้าน", "Policy area code", required=True),
        *_NAMES,
        Column("group", "กลุ่มงานที่รับผิดชอบ", "Responsible group"),
    ),
    "code",
)
INDICATORS = SheetForm(
    "indicators",
    "ตัวชี้วัด",
    "Indicators",
    (
        Column("code", "รหัสตัวชี้วัด", "Indicator code", required=True),
        Column("policy_area", "รหัสด้าน", "Policy area code", required=True),
        *_NAMES,
        Column("kind", "ชนิดคำตอบ", "Kind", required=True, words=KINDS, closed=True),
        Column("unit_th", "หน่วยนับ", "Unit in Thai", required=True),
        Column("unit_en", "หน่วยนับภาษาอังกฤษ", "Unit in English", required=True),
        Column("direction", "ทิศทาง", "Direction", required=True, words=DIRECTIONS, closed=True),
        Column("rollup", "วิธีรวมค่า", "Roll-up", words=ROLLUPS, closed=True),
        Column("months", "ถามในรอบ (เดือน)", "Asked in rounds (months)", Form.WHOLES, required=True),
        Column("numerator_th", "ตัวตั้ง", "Numerator in Thai"),
        Column("denominator_th", "ตัวหาร", "Denominator in Thai"),
        Column("numerator_en", "ตัวตั้งภาษาอังกฤษ", "Numerator in English"),
        Column("denominator_en", "ตัวหารภาษาอังกฤษ", "Denominator in English"),
        Column("mean_of", "เป็นค่าเฉลี่ยของ", "Mean of"),
        Column("per", "คูณด้วย", "Per", Form.NUMBER),
        Column("decimals", "ทศนิยม", "Decimals", Form.WHOLE),
        Column("low", "ค่าต่ำสุดที่เป็นไปได้", "Lowest possible", Form.NUMBER),
        Column("high", "ค่าสูงสุดที่เป็นไปได้", "Highest possible", Form.NUMBER),
        Column("target_basis", "ที่มาของค่าเป้าหมาย", "Basis of targets"),
        Column("level", "ผู้ถือข้อมูล", "Held by", words=HOLDERS),
        Column("applies", "ใช้กับเขต", "Applies to", Form.WORDS, words=AREA_TYPES),
        Column("evidence", "หลักฐาน", "Evidence", Form.WORDS, words=EVIDENCE),
        Column("prefill", "เติมค่าจาก", "Prefilled from"),
        Column("minutes", "เวลาที่ใช้ตอบ (นาที)", "Minutes to answer", Form.NUMBER),
        Column("part_of", "เป็นส่วนหนึ่งของตัวชี้วัด", "Part of indicator"),
        Column("disaggregate", "จำแนกตาม", "Disaggregated by", Form.WORDS),
        Column("privacy", "การคุ้มครองข้อมูล", "Privacy"),
        Column("note", "หมายเหตุ", "Note"),
    ),
    "code",
)
_OF = Column("indicator", "รหัสตัวชี้วัด", "Indicator code", required=True)
TARGETS = SheetForm(
    "targets",
    "เป้าหมาย",
    "Targets",
    (
        _OF,
        _MONTH,
        Column("value", "ค่าเป้าหมาย", "Target", Form.NUMBER),
        Column("better_than_last_year", "ดีกว่าปีก่อน", "Better than last year", Form.FLAG),
    ),
    "indicator",
    required=False,
)
SCALE = SheetForm(
    "scale",
    "มาตราส่วน",
    "Scale",
    (
        Column("level", "ระดับ", "Level", Form.WHOLE, required=True),
        *_NAMES,
        Column("percent_min", "เริ่มที่ร้อยละ", "From percent", Form.NUMBER),
    ),
    "level",
    required=False,
)
NARRATIVE = SheetForm(
    "narrative_fields",
    "ช่องเรื่องเล่า",
    "Narrative fields",
    (
        Column("key", "รหัสช่อง", "Field key", required=True),
        *_NAMES,
        Column("required", "จำเป็นต้องตอบ", "Required", Form.FLAG),
        Column("max_length", "ความยาวไม่เกิน (ตัวอักษร)", "Longest (characters)", Form.WHOLE),
    ),
    "key",
    required=False,
)
RUBRIC = SheetForm(
    "rubric",
    "เกณฑ์ระดับ",
    "Level criteria",
    (
        _OF,
        Column("level", "ระดับ", "Level", Form.WHOLE, required=True),
        Column("text", "ความหมายของระดับ", "What the level means", required=True),
    ),
    "indicator",
    required=False,
)
TABLES = (ROUNDS, POLICY_AREAS, INDICATORS, TARGETS, SCALE, NARRATIVE, RUBRIC)
_BY_PART = {form.part: form for form in (FRAMEWORK, *TABLES)}


def written_place(part: str, row: int, key: str) -> tuple[str, str]:
    """Sheet and cell of a value in the workbook that the product itself writes. `submit_by` is its month."""
    form = _BY_PART[part]
    if part == FRAMEWORK.part:
        return form.name, cell_name(1 + form.column(key), VALUE_COLUMN)
    key = "submit_month" if key == "submit_by" else key
    return form.name, cell_name(HEADER_ROWS + row, form.column(key))
