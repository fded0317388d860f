"""The workbook that an area fills in: what stands where, prefilled with what is known."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sanyan.core.forms.answers import FilledAnswer, FilledReport
from sanyan.core.forms.workbook_grid import PlacedCell, SheetLayout, WorkbookLayout
from sanyan.core.forms.workbook_layout_answers import answers_sheet
from sanyan.core.forms.workbook_layout_texts import evidence_sheet, narratives_sheet
from sanyan.core.forms.workbook_styles import STYLES
from sanyan.core.forms.workbook_words import (
    FORMAT_MARK,
    FORMAT_VERSION,
    PRACTICE_TH,
    SHEET_ANSWERS,
    SHEET_EVIDENCE,
    SHEET_META,
    SHEET_NARRATIVES,
    SHEET_START,
)
from sanyan.core.indicators.definitions import Framework, Kind
from sanyan.core.rounds import RoundKey
from sanyan.core.thai.dates import format_date

_ROW_HEIGHT = 26.0


@dataclass(frozen=True)
class _Cover:
    framework: Framework
    version: int
    round_key: RoundKey
    organisation_code: str
    organisation_name: str
    practice: bool
    asked: int


def workbook_layout(
    framework: Framework,
    *,
    version: int,
    round_key: RoundKey,
    organisation_code: str,
    organisation_name: str,
    area_type: str,
    report: FilledReport | None,
    last: Mapping[str, FilledAnswer],
    practice: bool,
) -> WorkbookLayout:
    """The form of one organisation and round.

    `report` is what is stored or prefilled now, `last` the answers of the round before by indicator code: they are
    shown beside, and their denominators stand in where this round has none yet.
    """
    asked = framework.asked(month=round_key.month, area_type=area_type)
    answers = report.answers if report is not None else ()
    cover = _Cover(framework, version, round_key, organisation_code, organisation_name, practice, len(asked))
    figures = tuple(item for item in asked if item.kind is not Kind.NARRATIVE)
    narratives = tuple(item for item in asked if item.kind is Kind.NARRATIVE)
    title = f"{organisation_name} {_round_name(cover)}"
    sheets = [
        _start_sheet(cover),
        answers_sheet(framework, figures, answers=answers, last=last, title=_titled(cover, SHEET_ANSWERS)),
        narratives_sheet(framework, narratives, answers=answers, title=_titled(cover, SHEET_NARRATIVES)),
        evidence_sheet(asked, evidence=report.evidence if report else (), title=_titled(cover, SHEET_EVIDENCE)),
        _meta_sheet(cover),
    ]
    return WorkbookLayout(
        tuple(sheet for sheet in sheets if sheet.cells), STYLES, title=title, created=round_key.data_until
    )


def _round_name(cover: _Cover) -> str:
    plans = {plan.month: plan.name_th for plan in cover.framework.rounds}
    name = plans.get(cover.round_key.month, f"รอบ {cover.round_key.month} เดือน")
    return f"{name} ปีงบประมาณ พ.ศ. {cover.round_key.fiscal_year}"


def _titled(cover: _Cover, sheet: str) -> str:
    mark = f"  [{PRACTICE_TH}]" if cover.practice else ""
    return f"{sheet} · {cover.organisation_name} · {_round_name(cover)}{mark}"


def _start_sheet(cover: _Cover) -> SheetLayout:
    cells = [PlacedCell(0, 0, cover.framework.name_th, "title", last_column=2)]
    heights = {0: 30.0 * (1 + len(cover.framework.name_th) // 80)}
    row = 1
    if cover.practice:
        text = f"{PRACTICE_TH} ใช้สำหรับฝึกเท่านั้น ตัวเลขและข้อความไม่ใช่ของหน่วยงานจริง"
        cells.append(PlacedCell(row, 0, text, "practice", last_column=2))
        heights[row] = _ROW_HEIGHT
        row += 1
    for label, value in _identity(cover):
        cells += [
            PlacedCell(row, 0, label, "label"),
            PlacedCell(row, 1, value, "plain", last_column=2),
        ]
        heights[row] = _ROW_HEIGHT
        row += 1
    row += 1
    for heading, lines in _guide(cover):
        cells.append(PlacedCell(row, 0, heading, "area", last_column=2))
        heights[row] = _ROW_HEIGHT
        row += 1
        for mark, meaning in lines:
            cells += [
                PlacedCell(row, 0, mark, "mark"),
                PlacedCell(row, 1, meaning, "plain", last_column=2),
            ]
            heights[row] = _ROW_HEIGHT * (1 + len(meaning) // 105)
            row += 1
    return SheetLayout(SHEET_START, tuple(cells), (22, 60, 40), heights, tab_colour="#1F4E79", protected=True)


def _identity(cover: _Cover) -> Iterator[tuple[str, str]]:
    yield "หน่วยงาน", cover.organisation_name
    yield "รหัสหน่วยงาน", cover.organisation_code
    yield "รอบรายงาน", _round_name(cover)
    yield "รหัสรอบ", str(cover.round_key)
    yield "ข้อมูลถึงวันที่", format_date(cover.round_key.data_until)
    yield "รหัสกรอบ", cover.framework.code
    yield "กรอบฉบับที่", str(cover.version)


def _guide(cover: _Cover) -> Iterator[tuple[str, tuple[tuple[str, str], ...]]]:
    yield (
        "กรอกอย่างไร",
        (
            ("1. ตัวชี้วัด", f"กรอกเฉพาะช่องสีขาวของแผ่น “{SHEET_ANSWERS}” ช่องสีเทาไม่ต้องกรอก"),
            ("2. เรื่องเล่า", f"พิมพ์ข้อความในแผ่น “{SHEET_NARRATIVES}” ยาวได้หลายบรรทัด (กด Alt+Enter ขึ้นบรรทัดใหม่)"),
            ("3. หลักฐาน", f"แผ่น “{SHEET_EVIDENCE}” หนึ่งแถวต่อหนึ่งรายการ เพิ่มแถวได้"),
            ("4. ส่ง", "บันทึกเป็น .xlsx แล้วอัปโหลด ระบบจะแสดงผลการอ่านให้ตรวจก่อนบันทึกเสมอ"),
            ("รอบนี้ถาม", f"{cover.asked} ข้อ ข้อที่ยังไม่กรอกเว้นว่างไว้ได้ แล้วส่งไฟล์เดิมอีกครั้งภายหลัง"),
        ),
    )
    yield (
        "เครื่องหมายในช่อง",
        (
            ("-", "ยังไม่มีข้อมูล (ไม่ใช่ศูนย์ ถ้าเป็นศูนย์ให้พิมพ์ 0)"),
            ("/  หรือ  ใช่", "ใช่ สำหรับข้อที่ตอบใช่หรือไม่ใช่"),
            ("85  หรือ  85 %", "ร้อยละ 85 ถ้าน้อยกว่าร้อยละ 1 ให้พิมพ์ % กำกับ เช่น 0.5 %"),
            ("๘๕", "ใช้เลขไทยหรือเลขอารบิกก็ได้"),
            ("สถานะ", "ถ้าไม่มีตัวเลข เลือก ไม่เกี่ยวข้อง ยังไม่มีข้อมูล หรือ ยังไม่ถึงกำหนด และบอกเหตุผลในหมายเหตุ"),
        ),
    )
    yield (
        "ข้อควรระวัง",
        (("ข้อมูลบุคคล", "อย่าใส่รายชื่อหรือเลขประจำตัวของนักเรียนหรือบุคคลใด ใส่เฉพาะจำนวนรวม"),),
    )


def _meta_sheet(cover: _Cover) -> SheetLayout:
    pairs: tuple[tuple[str, str | int], ...] = (
        (FORMAT_MARK, FORMAT_VERSION),
        ("framework", cover.framework.code),
        ("version", cover.version),
        ("round", str(cover.round_key)),
        ("organisation", cover.organisation_code),
        ("organisation_name", cover.organisation_name),
        ("practice", int(cover.practice)),
    )
    cells = [PlacedCell(row, column, value) for row, pair in enumerate(pairs) for column, value in enumerate(pair)]
    return SheetLayout(SHEET_META, tuple(cells), hidden=True)
