"""The sheets of narratives and of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sanyan.core.forms.answers import FilledAnswer, FilledEvidence
from sanyan.core.forms.framework_layout import EVIDENCE
from sanyan.core.forms.workbook_grid import DropDown, PlacedCell, SheetLayout
from sanyan.core.forms.workbook_words import (
    CONTINUED,
    HEADINGS,
    LABEL_NOTE,
    LABEL_STATE,
    SHEET_EVIDENCE,
    SHEET_NARRATIVES,
    STATE_WORDS,
    Role,
)
from sanyan.core.indicators.definitions import AnswerState, Framework, Indicator, NarrativeField

LONGEST_CELL = 32_000
_EMPTY_EVIDENCE_ROWS = 20
_CHARACTERS_A_LINE = 95
_LINE_HEIGHT = 23.0
_TALLEST = 400.0


def narratives_sheet(
    framework: Framework, indicators: Sequence[Indicator], *, answers: Iterable[FilledAnswer], title: str
) -> SheetLayout:
    """A block for each narrative: its name, its state, a row for each field, a note. The code stands on each row."""
    if not indicators:
        return SheetLayout(SHEET_NARRATIVES, ())
    held = {answer.indicator: answer for answer in answers if not answer.disaggregation}
    cells = [PlacedCell(0, 0, title, "sheet-title")]
    cells += [
        PlacedCell(1, column, text, "heading") for column, text in enumerate((HEADINGS[Role.CODE], "หัวข้อ", "ข้อความ"))
    ]
    heights, states, row = {0: 30.0, 1: 28.0}, [], 2
    for item in indicators:
        cells.append(PlacedCell(row, 0, item.code, "area"))
        cells.append(PlacedCell(row, 1, item.name_th, "area", last_column=2))
        row += 1
        states.append(row)
        for label, text in _lines(framework.narrative_fields, held.get(item.code)):
            style = "choice" if label == LABEL_STATE else "text"
            cells += [
                PlacedCell(row, 0, item.code, "code"),
                PlacedCell(row, 1, label, "label"),
                PlacedCell(row, 2, text, style),
            ]
            lines = max(_line_count(text, _CHARACTERS_A_LINE), _line_count(label, 30))
            heights[row] = min(_TALLEST, _LINE_HEIGHT * lines + 4)
            row += 1
    words = tuple(STATE_WORDS.values())
    return SheetLayout(
        SHEET_NARRATIVES,
        tuple(cells),
        widths=(10, 32, 105),
        heights=heights,
        drop_downs=tuple(DropDown(at, 2, at, 2, words, LABEL_STATE, "เว้นว่างได้เมื่อพิมพ์ข้อความแล้ว") for at in states),
        frozen_rows=2,
        repeat_rows=(1, 1),
        tab_colour="#B7791F",
        protected=True,
    )


def evidence_sheet(indicators: Sequence[Indicator], *, evidence: Sequence[FilledEvidence], title: str) -> SheetLayout:
    """A row for each piece of evidence, with empty rows to go on."""
    if not indicators:
        return SheetLayout(SHEET_EVIDENCE, ())
    roles = (Role.CODE, Role.KIND, Role.TITLE, Role.LOCATION)
    cells = [PlacedCell(0, 0, title, "sheet-title")]
    cells += [PlacedCell(1, column, HEADINGS[role], "heading") for column, role in enumerate(roles)]
    for row, item in enumerate(evidence, start=2):
        values = (item.indicator, EVIDENCE.get(item.kind, item.kind), item.title, item.location)
        cells += [PlacedCell(row, column, value, "text") for column, value in enumerate(values)]
    first_empty = 2 + len(evidence)
    last = first_empty + _EMPTY_EVIDENCE_ROWS
    cells += [PlacedCell(row, column, None, "text") for row in range(first_empty, last) for column in range(len(roles))]
    return SheetLayout(
        SHEET_EVIDENCE,
        tuple(cells),
        widths=(10, 26, 70, 60),
        heights={0: 30.0, 1: 28.0},
        drop_downs=(DropDown(2, 1, last - 1, 1, tuple(EVIDENCE.values()), HEADINGS[Role.KIND]),),
        frozen_rows=2,
        repeat_rows=(1, 1),
        tab_colour="#6B46C1",
    )


def _lines(fields: Sequence[NarrativeField], answer: FilledAnswer | None) -> Iterator[tuple[str, str | None]]:
    state = answer.state if answer else AnswerState.REPORTED
    yield LABEL_STATE, None if state is AnswerState.REPORTED else STATE_WORDS[state]
    for field in fields:
        text = answer.text.get(field.key, "") if answer else ""
        yield field.name_th, text[:LONGEST_CELL] or None
        for start in range(LONGEST_CELL, len(text), LONGEST_CELL):
            yield field.name_th + CONTINUED, text[start : start + LONGEST_CELL]
    yield LABEL_NOTE, answer.note if answer and answer.note else None


def _line_count(text: str | None, width: int) -> int:
    return sum(1 + len(line) // width for line in (text or "").split("\n"))
