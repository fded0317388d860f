"""Narratives and evidence as they stand in a workbook. No text is ever cut."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from sanyan.core.errors import Fault
from sanyan.core.forms.answers import FilledAnswer, FilledEvidence
from sanyan.core.forms.sheets import CellValue, Sheet, cell_name
from sanyan.core.forms.workbook_rows import RawRow
from sanyan.core.forms.workbook_words import (
    CONTINUED,
    LABEL_NOTE,
    LABEL_STATE,
    STATE_WORDS,
    CodeBook,
    Role,
    evidence_kind,
    shown,
    state_of,
)
from sanyan.core.indicators.definitions import AnswerState, Framework, Indicator, Kind
from sanyan.core.thai.characters import one_line, writable

LONGEST_TITLE = 300
LONGEST_LOCATION = 500
LONGEST_KIND = 20


@dataclass
class Block:
    """What was found for one narrative, as it is gathered row by row."""

    sheet: str
    cell: str
    pieces: dict[str, list[str]] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    state: str = ""
    note: str = ""
    has_known_label: bool = False

    @property
    def texts(self) -> dict[str, str]:
        """What was written under each label, in one piece."""
        return {label: "".join(parts) for label, parts in self.pieces.items()}

    @property
    def is_filled(self) -> bool:
        return bool(self.pieces or self.state or self.note)


def find_blocks(sheet: Sheet, framework: Framework, codes: CodeBook) -> dict[str, Block]:
    """The narrative blocks of a sheet by indicator code; empty for a sheet without any.

    A block begins where a narrative's code stands; each row below gives a field's label and, right of it, its text.
    """
    narratives = {item.code for item in framework.indicators if item.kind is Kind.NARRATIVE}
    labels = {_label(item.name_th): item.key for item in framework.narrative_fields}
    blocks: dict[str, Block] = {}
    current = ""
    for row, values in enumerate(sheet.rows):
        first = next((column for column, value in enumerate(values) if value is not None), None)
        if first is None:
            continue
        code = codes.leading(values[first])
        if code is not None:
            current = code if code in narratives else ""
            if current:
                blocks.setdefault(current, Block(sheet.name, cell_name(row, first)))
                first += 1
        if current:
            cells = [(column, values[column]) for column in range(first, len(values)) if values[column] is not None]
            if cells:
                _gather(blocks[current], labels, row, cells)
    return blocks


def _gather(block: Block, labels: Mapping[str, str], row: int, cells: Sequence[tuple[int, CellValue]]) -> None:
    label = shown(cells[0][1])
    key = labels.get(_label(label))
    text = "\n".join([shown(value) for _, value in cells[1:]])
    block.has_known_label |= key is not None
    if not text.strip():
        return
    place = cell_name(row, cells[1][0])
    if key is None and _label(label) == LABEL_STATE:
        block.state, block.places[LABEL_STATE] = one_line(text), place
    elif key is None and _label(label) == LABEL_NOTE:
        block.note, block.places[LABEL_NOTE] = text.strip(), place
    elif key is None:
        block.pieces[label], block.places[label] = [text], place
    elif key in block.pieces:
        block.pieces[key].append(text if label.endswith(CONTINUED) else f"\n{text}")
    else:
        block.pieces[key], block.places[key] = [text], place


@lru_cache(maxsize=1024)
def _label(text: str) -> str:
    return one_line(text).removesuffix(CONTINUED).strip(" *:：")


def read_block(item: Indicator, block: Block, framework: Framework) -> tuple[FilledAnswer | None, list[Fault]]:
    """A narrative's answer and what is to be said of it; text under an unknown label is kept in the note."""
    faults: list[Fault] = []
    known = {each.key: each for each in framework.narrative_fields}
    written = block.texts
    texts = {key: text.strip() for key, text in written.items() if key in known}
    extra = [f"{label}: {text.strip()}" for label, text in written.items() if label not in known]
    note = "\n".join([*([block.note] if block.note else []), *extra])
    state = state_of(block.state) if block.state else None
    if block.state and state is None:
        faults.append(_fault(item, block, LABEL_STATE, "state-unknown", *_unknown_state(item, block.state), error=True))
        return None, faults
    if state is not None and state is not AnswerState.REPORTED:
        if texts:
            th = f"{item.code}: เลือกสถานะ “{STATE_WORDS[state]}” แต่มีข้อความอยู่ด้วย"
            en = f"{item.code}: the state is “{state.value}” but there is text too."
            faults.append(_fault(item, block, LABEL_STATE, "state-conflicts", th, en, error=True))
            return None, faults
        return FilledAnswer(item.code, state, note=note), faults
    for label in written:
        if label not in known:
            th, en = (
                f"{item.code}: ไม่รู้จักหัวข้อ “{label[:60]}” เก็บไว้ในหมายเหตุ",
                f"{item.code}: unknown heading, kept in the note.",
            )
            faults.append(_fault(item, block, label, "label-unknown", th, en, error=False))
    for key, text in texts.items():
        limit = known[key].max_length
        if limit is not None and len(text) > limit:
            th = f"{item.code}: “{known[key].name_th}” ยาว {len(text):,} ตัวอักษร เกิน {limit:,} เก็บไว้ครบทุกตัวอักษร"
            en = f"{item.code}: “{known[key].name_en}” has {len(text):,} characters, over {limit:,}; all are kept."
            faults.append(_fault(item, block, key, "text-long", th, en, error=False))
    if not texts:
        if note:
            th = f"{item.code}: มีแต่หมายเหตุ ยังไม่มีข้อความ จึงยังไม่นับว่าตอบ"
            en = f"{item.code}: there is a note but no text, so it does not count as answered."
            faults.append(_fault(item, block, LABEL_NOTE, "note-without-answer", th, en, error=False))
        return None, faults
    faults += _missing_fields(item, block, framework, texts)
    return FilledAnswer(item.code, AnswerState.REPORTED, text=texts, note=note), faults


def _missing_fields(item: Indicator, block: Block, framework: Framework, texts: Mapping[str, str]) -> list[Fault]:
    missing = [each.name_th for each in framework.narrative_fields if each.required and each.key not in texts]
    if not missing:
        return []
    th = f"{item.code}: ยังไม่ได้กรอก {' และ '.join(f'“{name}”' for name in missing)}"
    en = f"{item.code}: required fields are still empty."
    return [_fault(item, block, "", "field-missing", th, en, error=False)]


def read_evidence(code: str, raw: RawRow) -> tuple[FilledEvidence | None, Fault | None]:
    """A row of evidence; both None for a row with nothing but a code."""
    kind = writable(evidence_kind(raw.cell(Role.KIND)))
    title = one_line(shown(raw.cell(Role.TITLE)))
    location = shown(raw.cell(Role.LOCATION)).strip()
    if not title and not location:
        return None, None
    if len(title) > LONGEST_TITLE or len(location) > LONGEST_LOCATION:
        fault = raw.fault(
            "evidence-long",
            f"{code}: ชื่อหลักฐานยาวเกิน {LONGEST_TITLE} หรือที่เก็บยาวเกิน {LONGEST_LOCATION} ตัวอักษร",
            f"{code}: the title is over {LONGEST_TITLE} or the location over {LONGEST_LOCATION} characters.",
            role=Role.TITLE,
            subject=code,
            next_th="ย่อชื่อให้สั้นลง และเก็บรายละเอียดไว้ในไฟล์หลักฐาน",
            next_en="Shorten it, and keep the detail in the evidence itself.",
        )
        return None, fault
    if len(kind) > LONGEST_KIND:
        fault = raw.fault(
            "evidence-kind-unknown",
            f"{code}: ไม่รู้จักประเภทหลักฐาน “{kind[:40]}”",
            f"{code}: the kind of evidence “{kind[:40]}” is not known.",
            role=Role.KIND,
            subject=code,
            next_th="เลือกประเภทจากรายการในช่องนี้",
            next_en="Choose a kind from the list in the cell.",
        )
        return None, fault
    return FilledEvidence(code, kind or "DOCUMENTARY", title or location[:LONGEST_TITLE], location), None


def _unknown_state(item: Indicator, text: str) -> tuple[str, str]:
    return f"{item.code}: ไม่รู้จักสถานะ “{text[:40]}”", f"{item.code}: the state “{text[:40]}” is not known."


def _fault(item: Indicator, block: Block, key: str, code: str, th: str, en: str, *, error: bool) -> Fault:
    words = " / ".join(STATE_WORDS.values())
    return Fault(
        code=code,
        th=th,
        en=en,
        next_th=f"เลือกสถานะจากรายการ: {words}" if key == LABEL_STATE else "แก้ในแผ่นเรื่องเล่า แล้วอัปโหลดอีกครั้ง",
        next_en="Correct it on the sheet of narratives and upload again.",
        sheet=block.sheet,
        cell=block.places.get(key, block.cell),
        subject=item.code,
        is_error=error,
    )
