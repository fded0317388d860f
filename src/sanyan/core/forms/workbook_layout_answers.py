"""The sheet of figures: a row an indicator, under a band for each policy area."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.forms.sheets import CellValue
from sanyan.core.forms.workbook_grid import DropDown, PlacedCell, SheetLayout
from sanyan.core.forms.workbook_words import HEADINGS, LABEL_STATE, NO, SHEET_ANSWERS, STATE_WORDS, YES, Role
from sanyan.core.indicators.definitions import AnswerState, Framework, Indicator, Kind
from sanyan.core.indicators.values import answer_value

FIRST_ROW = 2
_WIDTHS: dict[Role, float] = {
    Role.CODE: 10,
    Role.NAME: 54,
    Role.UNIT: 13,
    Role.LAST: 11,
    Role.GROUP: 16,
    Role.NUMERATOR: 13,
    Role.DENOMINATOR: 13,
    Role.VALUE: 12,
    Role.STATE: 16,
    Role.NOTE: 30,
    Role.SOURCE: 20,
}
_CHARACTERS_A_LINE = 46
_UNIT_CHARACTERS_A_LINE = 12
_LINE_HEIGHT = 26.0


@dataclass
class _Sheet:
    """Cells and row heights as they are laid down, top to bottom."""

    columns: tuple[Role, ...]
    cells: list[PlacedCell] = field(default_factory=list)
    heights: dict[int, float] = field(default_factory=dict)
    levels: list[int] = field(default_factory=list)
    yes_no: list[int] = field(default_factory=list)
    row: int = FIRST_ROW

    def __post_init__(self) -> None:
        self.places = {role: column for column, role in enumerate(self.columns)}

    def put(self, role: Role, value: CellValue, style: str) -> None:
        self.cells.append(PlacedCell(self.row, self.places[role], value, style))


def answers_sheet(
    framework: Framework,
    indicators: Sequence[Indicator],
    *,
    answers: Iterable[FilledAnswer],
    last: Mapping[str, FilledAnswer],
    title: str,
) -> SheetLayout:
    """The figures asked of an organisation; a disaggregated answer has a row of its own under its indicator."""
    if not indicators:
        return SheetLayout(SHEET_ANSWERS, ())
    held: dict[str, list[FilledAnswer]] = {}
    for answer in answers:
        held.setdefault(answer.indicator, []).append(answer)
    grouped = any(answer.disaggregation for rows in held.values() for answer in rows)
    sheet = _Sheet(tuple(role for role in _WIDTHS if grouped or role is not Role.GROUP))
    _head(sheet, title)
    names = {area.code: area for area in framework.policy_areas}
    current = ""
    for item in indicators:
        if item.policy_area != current:
            current = item.policy_area
            area = names.get(current)
            _band(sheet, area.name_th if area else current, area.group if area else "")
        rows: Sequence[FilledAnswer | None] = held.get(item.code) or (None,)
        for row in rows:
            _row(sheet, item, row, last.get(item.code))
    return SheetLayout(
        SHEET_ANSWERS,
        tuple(sheet.cells),
        widths=tuple(_WIDTHS[role] for role in sheet.columns),
        heights=sheet.heights,
        drop_downs=_drop_downs(sheet, framework),
        frozen_rows=FIRST_ROW,
        frozen_columns=2,
        repeat_rows=(FIRST_ROW - 1, FIRST_ROW - 1),
        tab_colour="#2F855A",
        protected=True,
    )


def _head(sheet: _Sheet, title: str) -> None:
    sheet.cells.append(PlacedCell(0, 0, title, "sheet-title"))
    sheet.heights |= {0: 30.0, FIRST_ROW - 1: 28.0}
    for column, role in enumerate(sheet.columns):
        sheet.cells.append(PlacedCell(FIRST_ROW - 1, column, HEADINGS[role], "heading"))


def _band(sheet: _Sheet, name: str, group: str) -> None:
    text = f"{name}  ({group})" if group else name
    sheet.cells.append(PlacedCell(sheet.row, 0, text, "area", last_column=len(sheet.columns) - 1))
    sheet.heights[sheet.row] = 26.0
    sheet.row += 1


def _row(sheet: _Sheet, item: Indicator, answer: FilledAnswer | None, before: FilledAnswer | None) -> None:
    name = f"{item.name_th}\n{_hint(item)}" if _hint(item) else item.name_th
    sheet.put(Role.CODE, item.code, "code")
    sheet.put(Role.NAME, name, "name")
    sheet.put(Role.UNIT, item.unit_th, "name")
    sheet.put(Role.LAST, _shown_before(item, before), "last")
    if Role.GROUP in sheet.places:
        sheet.put(Role.GROUP, answer.disaggregation if answer else None, "text")
    _figures(sheet, item, answer, before)
    state = answer.state if answer else AnswerState.REPORTED
    sheet.put(Role.STATE, None if state is AnswerState.REPORTED else STATE_WORDS[state], "choice")
    sheet.put(Role.NOTE, answer.note if answer else None, "text")
    sheet.put(Role.SOURCE, item.prefill, "hint")
    lines = max(
        sum(1 + len(line) // _CHARACTERS_A_LINE for line in name.split("\n")),
        1 + len(item.unit_th) // _UNIT_CHARACTERS_A_LINE,
    )
    sheet.heights[sheet.row] = _LINE_HEIGHT * lines + 4
    if item.kind is Kind.LEVEL:
        sheet.levels.append(sheet.row)
    elif item.kind is Kind.YES_NO:
        sheet.yes_no.append(sheet.row)
    sheet.row += 1


def _figures(sheet: _Sheet, item: Indicator, answer: FilledAnswer | None, before: FilledAnswer | None) -> None:
    denominator = answer.denominator if answer else before.denominator if before else None
    with_whole = item.has_parts or bool(item.mean_of)
    alone = answer is not None and answer.numerator is None
    value = _written(item, answer.value) if answer and (alone or not item.has_parts) else None
    numerator = answer.numerator if answer else None
    numerator_used = item.has_parts or numerator is not None
    sheet.put(Role.NUMERATOR, numerator, "input" if numerator_used else "unused")
    sheet.put(Role.DENOMINATOR, denominator, "input" if with_whole or denominator is not None else "unused")
    chosen = "choice" if item.kind in (Kind.LEVEL, Kind.YES_NO) else "input"
    sheet.put(Role.VALUE, value, "unused" if item.has_parts else chosen)


def _written(item: Indicator, value: float | None) -> CellValue:
    """A percent of at most 1 is written with its sign: without it, 0.5 would be taken for 50 %."""
    if value is None:
        return None
    if item.kind is Kind.YES_NO and value in (0, 1):
        return YES if value else NO
    if item.kind is Kind.PERCENT and 0 < value <= 1:
        return f"{value!r} %"
    return value


def _hint(item: Indicator) -> str:
    if item.has_parts:
        return f"ตัวตั้ง: {item.numerator_th}\nตัวหาร: {item.denominator_th}"
    if item.mean_of:
        return "ค่า: ค่าเฉลี่ย\nตัวหาร: จำนวนผู้ที่นำมาเฉลี่ย"
    if item.kind is Kind.LEVEL and item.rubric:
        return "\n".join(f"{level} = {meaning}" for level, meaning in item.rubric)
    return ""


def _shown_before(item: Indicator, before: FilledAnswer | None) -> CellValue:
    if before is None:
        return None
    if before.state is not AnswerState.REPORTED:
        return STATE_WORDS[before.state]
    value = answer_value(item, numerator=before.numerator, denominator=before.denominator, value=before.value)
    if item.kind is Kind.YES_NO and value is not None:
        return YES if value else NO
    return None if value is None else round(value, item.decimals)


def _drop_downs(sheet: _Sheet, framework: Framework) -> tuple[DropDown, ...]:
    column, last = sheet.places[Role.STATE], max(sheet.row - 1, FIRST_ROW)
    words = tuple(STATE_WORDS.values())
    made = [DropDown(FIRST_ROW, column, last, column, words, LABEL_STATE, "เว้นว่างได้เมื่อกรอกตัวเลขแล้ว", refuse=True)]
    value = sheet.places[Role.VALUE]
    levels = tuple(str(step.level) for step in sorted(framework.scale, key=lambda step: step.level))
    if levels:
        names = "  ".join(f"{step.level} {step.name_th}" for step in framework.scale)
        made += [DropDown(row, value, row, value, levels, "ระดับคุณภาพ", names) for row in sheet.levels]
    made += [DropDown(row, value, row, value, (YES, NO), "ใช่หรือไม่ใช่") for row in sheet.yes_no]
    return tuple(made)
