"""Reads an area's workbook into a report. Good rows are kept whatever becomes of the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sanyan.core.errors import BadInputError, Fault
from sanyan.core.forms.answers import FilledAnswer, FilledEvidence, FilledReport
from sanyan.core.forms.sheets import Sheet, cell_name
from sanyan.core.forms.workbook_figures import FigureReader
from sanyan.core.forms.workbook_identity import Identity, check_identity, read_identity
from sanyan.core.forms.workbook_rows import RawRow, Table, find_table, rows_of
from sanyan.core.forms.workbook_texts import Block, find_blocks, read_block, read_evidence
from sanyan.core.forms.workbook_words import (
    FORMAT_MARK,
    SHEET_ANSWERS,
    SHEET_EVIDENCE,
    SHEET_NARRATIVES,
    SHEET_START,
    CodeBook,
    Role,
    shown,
)
from sanyan.core.indicators.definitions import Framework, Indicator, Kind
from sanyan.core.rounds import RoundKey
from sanyan.core.thai.citizen_id import find_citizen_ids

FormulaPlaces = Mapping[str, frozenset[tuple[int, int]]]
IDS_THAT_MAKE_A_LIST = 3
MOST_FAULTS = 1000
_OWN_SHEETS = (SHEET_ANSWERS, SHEET_NARRATIVES, SHEET_EVIDENCE)
_NO_PLACES: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class WorkbookReading:
    """What a workbook gave. `rows_read` counts rows and blocks with something in them; `accepted` those that were
    taken in (answers and evidence). The rest stand in `faults`. `unanswered` are asked and simply not filled in."""

    report: FilledReport
    faults: tuple[Fault, ...]
    meta: Identity
    rows_read: int
    accepted: int
    unanswered: tuple[str, ...]


def read_report(
    sheets: Sequence[Sheet],
    *,
    framework: Framework,
    version: int,
    round_key: RoundKey,
    organisation_code: str | None,
    area_type: str,
    formulas: FormulaPlaces | None = None,
) -> WorkbookReading:
    """Read the sheets of a workbook against its form.

    `formulas` tells which cells (row, column) of each sheet hold formulas. Raises BadInputError for a list of
    persons, for another organisation, framework, version or round, and where no table is found.
    """
    _refuse_person_lists(sheets)
    identity = read_identity(sheets)
    check_identity(
        identity, framework=framework.code, version=version, round_key=round_key, organisation=organisation_code
    )
    asked = {item.code: item for item in framework.asked(month=round_key.month, area_type=area_type)}
    reading = _Reading(framework, asked, formulas or {})
    for sheet in sorted(sheets, key=lambda each: each.name not in _OWN_SHEETS):
        reading.read_sheet(sheet)
    if not reading.tables:
        raise _no_table(sheets)
    blank = FilledReport(
        framework=framework.code,
        version=version,
        round=round_key,
        organisation=organisation_code or identity.organisation,
        organisation_name=identity.organisation_name,
        practice=identity.practice,
    )
    return reading.finished(blank, identity)


@dataclass
class _Reading:
    framework: Framework
    asked: Mapping[str, Indicator]
    formulas: FormulaPlaces
    answers: dict[tuple[str, str], FilledAnswer] = field(default_factory=dict)
    evidence: dict[tuple[str, str, str], FilledEvidence] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    refused: set[str] = field(default_factory=set)
    rows_read: int = 0
    tables: int = 0

    def __post_init__(self) -> None:
        self.codes = CodeBook(self.framework)
        self.figures = FigureReader(self.framework.scale)

    def finished(self, blank: FilledReport, identity: Identity) -> WorkbookReading:
        """All that was taken in, in the framework's order; rows of one indicator as they stood."""
        order = {code: place for place, code in enumerate(self.asked)}
        answers = sorted(self.answers.values(), key=lambda answer: order[answer.indicator])
        report = replace(blank, answers=tuple(answers), evidence=tuple(self.evidence.values()))
        done = {code for code, _ in self.answers} | self.refused
        return WorkbookReading(
            report=report,
            faults=_bounded(self.faults),
            meta=identity,
            rows_read=self.rows_read,
            accepted=len(report.answers) + len(report.evidence),
            unanswered=tuple(code for code in self.asked if code not in done),
        )

    def read_sheet(self, sheet: Sheet) -> None:
        """Take in whatever tables and blocks the sheet holds; a hidden sheet is only mentioned."""
        if sheet.at(0, 0) == FORMAT_MARK or sheet.name == SHEET_START:
            return
        blocks = find_blocks(sheet, self.framework, self.codes)
        told = any(block.has_known_label for block in blocks.values())
        table = None if told else find_table(sheet)
        blocks = blocks if told else {}
        if table is None and not blocks:
            self._mention_stray_codes(sheet)
            return
        if sheet.hidden:
            self._mention_hidden(sheet)
            return
        self.tables += 1
        for code, block in blocks.items():
            self._take_block(self.framework.indicator(code), block)
        if table is not None:
            self._read_table(table)

    def _read_table(self, table: Table) -> None:
        places = self.formulas.get(table.sheet.name, _NO_PLACES)
        for code, raw in rows_of(table, self.codes, places):
            if code is None:
                self.rows_read += 1
                self.faults.append(_unknown_code(raw))
            elif table.holds_evidence:
                self._take_evidence(code, raw)
            else:
                self._take_figures(self.framework.indicator(code), raw)

    def _take_figures(self, item: Indicator, raw: RawRow) -> None:
        if item.kind is Kind.NARRATIVE:
            return
        reading = self.figures.read(item, raw)
        if not reading.was_filled:
            return
        self.rows_read += 1
        if item.code not in self.asked:
            self.faults.append(_not_asked(item, raw))
            return
        self.faults += reading.faults
        if reading.answer is None:
            if any(fault.is_error for fault in reading.faults):
                self.refused.add(item.code)
            return
        self._keep(reading.answer, raw)

    def _keep(self, answer: FilledAnswer, raw: RawRow) -> None:
        key = (answer.indicator, answer.disaggregation)
        held = self.answers.setdefault(key, answer)
        if held is answer:
            return
        same = held == answer
        self.faults.append(
            raw.fault(
                "row-repeated" if same else "row-contradicts",
                f"{answer.indicator}: มีแถวซ้ำ" + ("ที่ค่าเหมือนกัน นับครั้งเดียว" if same else "ที่ค่าต่างกัน ระบบใช้แถวแรก"),
                f"{answer.indicator}: the row is there twice" + (", alike." if same else ", with other values."),
                subject=answer.indicator,
                next_th="ลบแถวที่ไม่ใช้ออก",
                next_en="Delete the row that is not wanted.",
                is_error=not same,
            )
        )

    def _take_block(self, item: Indicator, block: Block) -> None:
        if not block.is_filled:
            return
        self.rows_read += 1
        raw = RawRow(Table(Sheet(block.sheet, ()), {}, 0), 0)
        if item.code not in self.asked:
            self.faults.append(_not_asked(item, raw, cell=block.cell))
            return
        answer, faults = read_block(item, block, self.framework)
        self.faults += faults
        if answer is not None:
            self.answers.setdefault((item.code, ""), answer)
        elif any(fault.is_error for fault in faults):
            self.refused.add(item.code)

    def _take_evidence(self, code: str, raw: RawRow) -> None:
        evidence, fault = read_evidence(code, raw)
        if evidence is None and fault is None:
            return
        self.rows_read += 1
        if fault is not None:
            self.faults.append(fault)
        elif code not in self.asked:
            self.faults.append(_not_asked(self.framework.indicator(code), raw))
        elif evidence is not None and _evidence_key(evidence) in self.evidence:
            self.faults.append(
                raw.fault(
                    "evidence-repeated",
                    f"{code}: หลักฐานนี้มีอยู่แล้ว นับครั้งเดียว",
                    f"{code}: this evidence is listed already.",
                    role=Role.TITLE,
                    subject=code,
                    is_error=False,
                )
            )
        elif evidence is not None:
            self.evidence[_evidence_key(evidence)] = evidence

    def _mention_stray_codes(self, sheet: Sheet) -> None:
        for row, values in enumerate(sheet.rows):
            for column, value in enumerate(values):
                if isinstance(value, str) and self.codes.find(value) is not None:
                    self.faults.append(_no_heading(sheet, row, column))
                    return

    def _mention_hidden(self, sheet: Sheet) -> None:
        self.faults.append(
            Fault(
                "sheet-hidden",
                f"แผ่น “{sheet.name}” ถูกซ่อนไว้ ระบบจึงไม่ได้อ่าน",
                f"The sheet “{sheet.name}” is hidden and was not read.",
                next_th="ถ้าต้องการให้อ่าน ให้เลิกซ่อนแผ่นนี้แล้วส่งใหม่",
                next_en="Unhide it and send the file again if it is to be read.",
                sheet=sheet.name,
                is_error=False,
            )
        )


def _evidence_key(evidence: FilledEvidence) -> tuple[str, str, str]:
    return evidence.indicator, evidence.kind, evidence.title


def _bounded(faults: Sequence[Fault]) -> tuple[Fault, ...]:
    """The faults, each one up to MOST_FAULTS; those behind are counted by sheet, none is passed over."""
    rest = faults[MOST_FAULTS:]
    counts = Counter((fault.sheet, fault.is_error) for fault in rest)
    last = {(fault.sheet, fault.is_error): fault.cell for fault in rest}
    return (
        *faults[:MOST_FAULTS],
        *(
            Fault(
                "faults-many",
                f"แผ่น “{sheet}” มีอีก {count:,} รายการที่ไม่ได้แสดง (ถึงช่อง {last[sheet, is_error]})",
                f"The sheet “{sheet}” has {count:,} more that are not shown (down to {last[sheet, is_error]}).",
                next_th="แก้รายการที่แสดงก่อน แล้วอัปโหลดอีกครั้งเพื่อดูที่เหลือ",
                next_en="Correct those that are shown, then upload again to see the rest.",
                sheet=sheet,
                cell=last[sheet, is_error],
                is_error=is_error,
            )
            for (sheet, is_error), count in counts.items()
        ),
    )


def _refuse_person_lists(sheets: Sequence[Sheet]) -> None:
    places = find_citizen_ids(sheets)
    if len(places) < IDS_THAT_MAKE_A_LIST:
        return
    first = places[0]
    raise BadInputError(
        "pupil-list-refused",
        f"ไฟล์นี้มีเลขประจำตัวประชาชน {len(places):,} ช่อง ระบบไม่รับข้อมูลรายบุคคล และไม่ได้เก็บสิ่งใดจากไฟล์นี้ไว้",
        f"The file holds {len(places):,} citizen ids. Records of persons are not taken; nothing was kept of it.",
        next_th="ส่งเฉพาะจำนวนรวมในแบบของรอบนี้ และลบไฟล์รายชื่อที่ไม่จำเป็นออกจากเครื่อง",
        next_en="Send only totals, in this round's form.",
        place=f"{first.sheet}!{first.cell}",
    )


def _no_table(sheets: Sequence[Sheet]) -> BadInputError:
    names = ", ".join(f"“{sheet.name}”" for sheet in sheets[:5])
    return BadInputError(
        "workbook-no-table",
        f"ไม่พบตารางตัวชี้วัดในสมุดงานนี้ (แผ่นที่มี: {names})",
        f"No table of indicators was found in the workbook (sheets: {names}).",
        next_th="ใช้แบบที่ดาวน์โหลดจากหน้านี้ หรือใส่หัวตารางที่มี “รหัส” และ “ค่า” หรือ “ตัวตั้ง” กับ “ตัวหาร”",
        next_en="Use the form from this page, or give the table the headings รหัส and ค่า (or ตัวตั้ง and ตัวหาร).",
    )


def _unknown_code(raw: RawRow) -> Fault:
    text = shown(raw.cell(Role.CODE)).strip()[:40] or shown(raw.cell(Role.NAME)).strip()[:40]
    return raw.fault(
        "indicator-unknown",
        f"ไม่มีตัวชี้วัดรหัส “{text}” ในกรอบนี้" if text else "แถวนี้มีค่าแต่ไม่มีรหัสตัวชี้วัด",
        f"There is no indicator “{text}” in this framework." if text else "The row has a value but no code.",
        subject=text,
        next_th="ตรวจรหัสกับแบบที่ดาวน์โหลดจากระบบ",
        next_en="Compare the code with the downloaded form.",
    )


def _not_asked(item: Indicator, raw: RawRow, *, cell: str = "") -> Fault:
    return Fault(
        "indicator-not-asked",
        f"{item.code}: รอบนี้ไม่ได้ถามข้อนี้ของหน่วยงานนี้ จึงไม่ได้บันทึก",
        f"{item.code}: not asked of this organisation in this round, so not stored.",
        next_th="ไม่ต้องทำอะไร หรือเก็บไว้ส่งในรอบที่ถามข้อนี้",
        next_en="Nothing need be done; send it in the round that asks for it.",
        sheet=raw.table.sheet.name,
        cell=cell or raw.place(Role.CODE),
        subject=item.code,
    )


def _no_heading(sheet: Sheet, row: int, column: int) -> Fault:
    return Fault(
        "heading-missing",
        f"แผ่น “{sheet.name}” มีรหัสตัวชี้วัดแต่ไม่พบหัวตาราง จึงอ่านไม่ได้",
        f"The sheet “{sheet.name}” has indicator codes but no headings, so it could not be read.",
        next_th="ใส่แถวหัวตารางที่มี “รหัส” และ “ค่า” หรือ “ตัวตั้ง” กับ “ตัวหาร” ไว้เหนือข้อมูล",
        next_en="Put a row of headings above the data.",
        sheet=sheet.name,
        cell=cell_name(row, column),
    )
