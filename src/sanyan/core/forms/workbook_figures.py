"""One row of figures made an answer, or the reasons why it cannot be."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sanyan.core.errors import Fault
from sanyan.core.forms.answer_validation import faults_of
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.forms.workbook_rows import RawRow
from sanyan.core.forms.workbook_words import STATE_WORDS, Role, shown, state_of
from sanyan.core.indicators.definitions import AnswerState, Indicator, Kind, ScaleLevel
from sanyan.core.indicators.values import answer_value
from sanyan.core.thai.characters import one_line
from sanyan.core.thai.marks import Mark, absence, parse_mark
from sanyan.core.thai.numbers import ParsedNumber, parse_number

_PARTS = (Role.NUMERATOR, Role.DENOMINATOR)
_COUNTED = ("คน", "แห่ง", "โรงเรียน", "ครั้ง", "รายการ", "ผลงาน", "เรื่อง", "บาท", "ชั่วโมง", "ห้อง", "เครื่อง")
_ABSENCES = {
    Mark.NO_VALUE: AnswerState.NOT_AVAILABLE,
    Mark.NOT_APPLICABLE: AnswerState.NOT_APPLICABLE,
    Mark.NOT_YET_DUE: AnswerState.NOT_YET_DUE,
}
_REASONS_TH = {
    "ambiguous": "อ่านได้มากกว่าหนึ่งค่า",
    "range": "เป็นช่วงค่า ไม่ใช่ค่าเดียว",
    "fraction": "เป็นเศษส่วน ให้แยกกรอกตัวตั้งและตัวหาร",
    "date": "Excel เก็บเป็นวันที่ ไม่ใช่ตัวเลข",
    "not-finite": "ไม่ใช่ตัวเลขที่ใช้ได้",
}


@dataclass(frozen=True)
class RowReading:
    """What a row gave: an answer or none, faults, and whether anything had been filled in."""

    answer: FilledAnswer | None
    faults: tuple[Fault, ...] = ()
    was_filled: bool = True


UNANSWERED = RowReading(None, was_filled=False)


class FigureReader:
    """Reads rows of figures against one framework's scale."""

    def __init__(self, scale: Sequence[ScaleLevel]) -> None:
        self._scale = scale
        self._levels: Mapping[str, float] = {one_line(step.name_th): float(step.level) for step in scale}

    def read(self, item: Indicator, raw: RawRow) -> RowReading:
        """The answer of a row. With an error among the faults there is none; with warnings there is."""
        row = _Row(item, raw, self._scale, self._levels)
        answer = row.answer()
        kept = None if any(fault.is_error for fault in row.faults) else answer
        return RowReading(kept, tuple(row.faults), was_filled=answer is not None or bool(row.faults))


class _Row:
    def __init__(self, item: Indicator, raw: RawRow, scale: Sequence[ScaleLevel], levels: Mapping[str, float]) -> None:
        self.item, self.raw, self.scale, self.levels = item, raw, scale, levels
        self.faults: list[Fault] = []
        self.note = shown(raw.cell(Role.NOTE)).strip()
        self.group = one_line(shown(raw.cell(Role.GROUP)))

    def answer(self) -> FilledAnswer | None:
        state = self._state()
        numerator, denominator = (parse_number(self.raw.cell(role)) for role in _PARTS)
        value = self._value()
        if state is not None and state is not AnswerState.REPORTED:
            return self._absent(state, numerator, value)
        missing = self._missing(numerator, value)
        if missing is not None:
            return missing
        if numerator.is_blank and value.is_blank:
            self._check_nothing(state)
            return None
        self._check_readable(numerator, denominator, value)
        if self.item.has_parts:
            made = self._from_parts(numerator, denominator, value)
        else:
            made = self._from_value(numerator, denominator, value)
        self._check(made)
        return made

    def _check_nothing(self, state: AnswerState | None) -> None:
        self._check_formulas(Role.NUMERATOR, Role.VALUE)
        if self.note or (state is AnswerState.REPORTED and not self.faults):
            self._warn(
                "note-without-answer",
                f"{self.item.code}: มีสถานะหรือหมายเหตุแต่ยังไม่มีค่า จึงยังไม่นับว่าตอบ",
                f"{self.item.code}: there is a state or a note but no value, so it does not count as answered.",
                Role.NOTE,
                next_th="กรอกค่า หรือเลือกสถานะว่าไม่มีเพราะเหตุใด",
            )

    def _state(self) -> AnswerState | None:
        cell = self.raw.cell(Role.STATE)
        text = one_line(shown(cell))
        if not text or absence(text) in (Mark.BLANK,) or text in ("-", "–"):
            return None
        state = state_of(cell)
        if state is None:
            words = " / ".join(STATE_WORDS.values())
            self._refuse(
                "state-unknown",
                f"{self.item.code}: ไม่รู้จักสถานะ “{text[:40]}”",
                f"{self.item.code}: the state “{text[:40]}” is not known.",
                Role.STATE,
                next_th=f"เลือกจากรายการ: {words}",
            )
        return state

    def _value(self) -> ParsedNumber:
        cell = self.raw.cell(Role.VALUE)
        if self.item.kind is Kind.YES_NO:
            mark = parse_mark(cell)
            if mark in (Mark.YES, Mark.NO):
                return ParsedNumber(1.0 if mark is Mark.YES else 0.0)
            return ParsedNumber(mark=mark, reason="not-a-number" if mark is Mark.UNREADABLE else "")
        if self.item.kind is Kind.LEVEL and isinstance(cell, str):
            level = self.levels.get(one_line(cell).removeprefix("ระดับ").strip())
            if level is not None:
                return ParsedNumber(level, was_text=True)
        return parse_number(cell)

    def _absent(self, state: AnswerState, numerator: ParsedNumber, value: ParsedNumber) -> FilledAnswer | None:
        if numerator.value is not None or value.value is not None:
            self._refuse(
                "state-conflicts",
                f"{self.item.code}: เลือกสถานะ “{STATE_WORDS[state]}” แต่มีค่าอยู่ด้วย",
                f"{self.item.code}: the state is “{state.value}” but there is a value too.",
                Role.STATE,
                next_th="ลบค่าออก หรือเลือกสถานะ “รายงานแล้ว”",
                next_en="Clear the value, or choose the state “reported”.",
            )
            return None
        return self._without_figures(state)

    def _without_figures(self, state: AnswerState) -> FilledAnswer:
        made = FilledAnswer(self.item.code, state, note=self.note, disaggregation=self.group)
        self.faults += [
            replace(fault, sheet=self.raw.table.sheet.name, cell=self.raw.place(Role.GROUP))
            for fault in faults_of(self.item, made, scale=self.scale)
        ]
        return made

    def _missing(self, numerator: ParsedNumber, value: ParsedNumber) -> FilledAnswer | None:
        """A dash where the figure should be: no value, said with a warning because some mean zero by it."""
        for parsed, role, other in ((numerator, Role.NUMERATOR, value), (value, Role.VALUE, numerator)):
            state = _ABSENCES.get(parsed.mark) if parsed.mark else None
            if state is None or other.value is not None:
                continue
            if role is Role.NUMERATOR and not self.item.has_parts:
                continue
            text = one_line(shown(self.raw.cell(role)))
            self._warn(
                "dash-is-no-value",
                f"{self.item.code}: “{text}” อ่านว่า “{STATE_WORDS[state]}” ไม่ใช่ศูนย์",
                f"{self.item.code}: “{text}” is read as “{state.value}”, not as zero.",
                role,
                next_th="ถ้าหมายถึงศูนย์ ให้พิมพ์ 0",
                next_en="Type 0 if you mean zero.",
            )
            return self._without_figures(state)
        return None

    def _check_readable(self, numerator: ParsedNumber, denominator: ParsedNumber, value: ParsedNumber) -> None:
        for parsed, role in ((numerator, Role.NUMERATOR), (denominator, Role.DENOMINATOR), (value, Role.VALUE)):
            if parsed.mark in (Mark.UNREADABLE, Mark.YES, Mark.NO):
                self._unreadable(parsed, role)
        self._check_formulas(*_PARTS, *(() if self.item.has_parts else (Role.VALUE,)))

    def _unreadable(self, parsed: ParsedNumber, role: Role) -> None:
        text = one_line(shown(self.raw.cell(role)))[:40]
        if self.item.kind is Kind.YES_NO:
            why, next_th = "ตอบได้เพียง “ใช่” หรือ “ไม่ใช่”", "เลือก “ใช่” หรือ “ไม่ใช่” จากรายการ"
        else:
            why, next_th = _REASONS_TH.get(parsed.reason, "ไม่ใช่ตัวเลข"), "พิมพ์ตัวเลขเพียงค่าเดียว เช่น 1234.5"
        self._refuse(
            "number-unreadable",
            f"{self.item.code}: อ่านค่า “{text}” ไม่ได้ ({why})",
            f"{self.item.code}: “{text}” cannot be read ({parsed.reason or 'not-a-number'}).",
            role,
            next_th=next_th,
            next_en="Type one number, such as 1234.5.",
        )

    def _check_formulas(self, *roles: Role) -> None:
        for role in roles:
            if not self.raw.is_formula(role):
                continue
            if self.raw.cell(role) is None:
                self._refuse(
                    "formula-without-value",
                    f"{self.item.code}: ช่องนี้เป็นสูตรที่ยังไม่มีผลคำนวณ หรือคำนวณผิดพลาด",
                    f"{self.item.code}: the cell holds a formula without a result.",
                    role,
                    next_th="พิมพ์ตัวเลขแทนสูตร หรือเปิดด้วย Excel ให้คำนวณแล้วบันทึกใหม่",
                    next_en="Type the number, or open it in Excel, let it calculate, and save.",
                )
            else:
                self._warn(
                    "formula-used",
                    f"{self.item.code}: ช่องนี้เป็นสูตร ระบบใช้ผลคำนวณล่าสุดที่บันทึกไว้",
                    f"{self.item.code}: the cell holds a formula; its last result is used.",
                    role,
                    next_th="ตรวจว่าตัวเลขถูกต้อง หรือพิมพ์ตัวเลขแทนสูตร",
                )

    def _from_parts(self, numerator: ParsedNumber, denominator: ParsedNumber, value: ParsedNumber) -> FilledAnswer:
        if numerator.value is None and value.value is not None:
            self._warn(
                "parts-missing",
                f"{self.item.code}: มีแต่ค่า ไม่มีตัวตั้งและตัวหาร จึงนำไปรวมกับเขตอื่นไม่ได้",
                f"{self.item.code}: there is a value but no numerator and denominator; it cannot be summed.",
                Role.VALUE,
                next_th=f"กรอก “{self.item.numerator_th}” และ “{self.item.denominator_th}”",
            )
            return self._made(value=self._scaled(value))
        parts = self._made(numerator=numerator.value, denominator=denominator.value)
        worked_out = answer_value(self.item, numerator=numerator.value, denominator=denominator.value, value=None)
        if value.value is not None and worked_out is not None and not _agree(value.value, worked_out):
            self._warn(
                "value-differs",
                f"{self.item.code}: ค่าที่กรอก {value.value:g} ไม่ตรงกับที่คำนวณได้ {worked_out:.2f} ระบบใช้ค่าที่คำนวณ",
                f"{self.item.code}: {value.value:g} differs from {worked_out:.2f} as worked out, which is used.",
                Role.VALUE,
                next_th="ตรวจตัวตั้งและตัวหาร",
            )
        return replace(parts, value=worked_out)

    def _from_value(self, numerator: ParsedNumber, denominator: ParsedNumber, value: ParsedNumber) -> FilledAnswer:
        if value.value is None and numerator.value is not None:
            self._warn(
                "value-moved",
                f"{self.item.code}: ค่าอยู่ในช่อง “ตัวตั้ง” ระบบอ่านเป็นค่าของตัวชี้วัด",
                f"{self.item.code}: the value stands in the numerator column and is read from there.",
                Role.NUMERATOR,
            )
            return self._made(value=self._scaled(numerator), denominator=denominator.value)
        if numerator.value is not None:
            self._warn(
                "numerator-unused",
                f"{self.item.code}: ข้อนี้ไม่ใช้ตัวตั้ง ระบบไม่บันทึกตัวเลขในช่องนี้",
                f"{self.item.code}: this indicator has no numerator; the figure is not kept.",
                Role.NUMERATOR,
            )
        return self._made(value=self._scaled(value), denominator=denominator.value)

    def _made(
        self, *, numerator: float | None = None, denominator: float | None = None, value: float | None = None
    ) -> FilledAnswer:
        return FilledAnswer(
            self.item.code,
            AnswerState.REPORTED,
            numerator,
            denominator,
            value,
            note=self.note,
            disaggregation=self.group,
        )

    def _scaled(self, parsed: ParsedNumber) -> float | None:
        value = parsed.value
        if self.item.kind is not Kind.PERCENT or value is None or parsed.was_percent or not 0 < value <= 1:
            return value
        percent = float(f"{value * 100:.12g}")
        self._warn(
            "percent-scaled",
            f"{self.item.code}: {value:g} อ่านเป็นร้อยละ {percent:g}",
            f"{self.item.code}: {value:g} is read as {percent:g} %.",
            Role.VALUE,
            next_th=f"ถ้าหมายถึงร้อยละ {value:g} จริง ให้พิมพ์เป็นข้อความ “{value:g} %”",
            next_en=f"If you mean {value:g} %, type it as the text “{value:g} %”.",
        )
        return percent

    def _check(self, made: FilledAnswer) -> None:
        if any(fault.is_error for fault in self.faults):
            return
        role = Role.NUMERATOR if self.item.has_parts and made.numerator is not None else Role.VALUE
        for fault in faults_of(self.item, made, scale=self.scale):
            self.faults.append(replace(fault, sheet=self.raw.table.sheet.name, cell=self.raw.place(role)))
        for check in (self._check_negative, self._check_whole):
            check(made)

    def _check_negative(self, made: FilledAnswer) -> None:
        value, item = made.value, self.item
        if value is None or value >= 0 or (item.low is not None and item.low < 0):
            return
        if item.kind is Kind.NUMBER and item.low is None and not item.unit_th.startswith(_COUNTED):
            return
        self._refuse(
            "value-negative",
            f"{item.code}: ค่า {value:g} ติดลบไม่ได้",
            f"{item.code}: {value:g} is negative.",
            Role.VALUE,
            next_th="ตรวจเครื่องหมายลบหน้าตัวเลข",
        )

    def _check_whole(self, made: FilledAnswer) -> None:
        part, whole, item = made.numerator, made.denominator, self.item
        if not item.has_parts or part is None or whole is None:
            return
        if whole == 0:
            self._warn(
                "denominator-zero",
                f"{item.code}: ตัวหารเป็น 0 จึงคำนวณค่าไม่ได้",
                f"{item.code}: the denominator is 0, so there is no value.",
                Role.DENOMINATOR,
                next_th="ถ้าไม่มีกลุ่มเป้าหมาย ให้เลือกสถานะ “ไม่เกี่ยวข้อง”",
            )
        elif item.kind is Kind.PERCENT and part > whole:
            self._warn(
                "part-over-whole",
                f"{item.code}: ตัวตั้ง {part:g} มากกว่าตัวหาร {whole:g}",
                f"{item.code}: the numerator {part:g} is greater than the denominator {whole:g}.",
                Role.NUMERATOR,
                next_th="ตรวจว่ากรอกสลับช่องหรือไม่",
            )

    def _refuse(self, code: str, th: str, en: str, role: Role, *, next_th: str = "", next_en: str = "") -> None:
        self._fault(code, th, en, role, next_th, next_en, is_error=True)

    def _warn(self, code: str, th: str, en: str, role: Role, *, next_th: str = "", next_en: str = "") -> None:
        self._fault(code, th, en, role, next_th, next_en, is_error=False)

    def _fault(self, code: str, th: str, en: str, role: Role, next_th: str, next_en: str, *, is_error: bool) -> None:
        made = self.raw.fault(
            code, th, en, role=role, subject=self.item.code, next_th=next_th, next_en=next_en, is_error=is_error
        )
        self.faults.append(made)


def _agree(typed: float, worked_out: float) -> bool:
    """Whether a typed value is the worked-out one, rounded or as a share of 1."""
    return any(math.isclose(each, worked_out, rel_tol=0.005, abs_tol=0.06) for each in (typed, typed * 100))
