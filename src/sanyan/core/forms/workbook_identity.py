"""Whose workbook it is, of which framework and round; and the refusals when it is another one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sanyan.core.errors import BadInputError
from sanyan.core.forms.sheets import Sheet
from sanyan.core.forms.workbook_words import FORMAT_MARK, SHEET_START, shown
from sanyan.core.rounds import RoundKey
from sanyan.core.thai.characters import one_line
from sanyan.core.thai.digits import to_arabic

_LABELS = {
    "รหัสหน่วยงาน": "organisation",
    "หน่วยงาน": "organisation_name",
    "รหัสรอบ": "round",
    "รหัสกรอบ": "framework",
    "กรอบฉบับที่": "version",
}


@dataclass(frozen=True)
class Identity:
    """What a workbook says of itself; empty where it does not say. `is_original` when the hidden sheet is there."""

    framework: str = ""
    version: str = ""
    round: str = ""
    organisation: str = ""
    organisation_name: str = ""
    practice: bool = False
    is_original: bool = False


def read_identity(sheets: Sequence[Sheet]) -> Identity:
    """From the hidden sheet; where it is lost, from the labels of the first page."""
    for sheet in sheets:
        if sheet.at(0, 0) == FORMAT_MARK:
            return _identity(_pairs(sheet), is_original=True)
    found: dict[str, str] = {}
    for sheet in sheets:
        if sheet.name == SHEET_START or not found:
            found |= {
                _LABELS[label]: to_arabic(one_line(value))
                for label, value in _pairs(sheet).items()
                if label in _LABELS and value
            }
    return _identity(found, is_original=False)


def check_identity(
    identity: Identity, *, framework: str, version: int, round_key: RoundKey, organisation: str | None
) -> None:
    """Raise BadInputError when the workbook is of another organisation, framework, version or round."""
    if identity.organisation and organisation and identity.organisation != organisation:
        name = identity.organisation_name or identity.organisation
        raise _other(
            "workbook-other-organisation",
            f"สมุดงานนี้เป็นของ {name} ({identity.organisation}) ไม่ใช่ของหน่วยงาน {organisation}",
            f"The workbook belongs to {name} ({identity.organisation}), not to {organisation}.",
            "เลือกไฟล์ของหน่วยงานนี้ หรือไปที่หน้าของหน่วยงานเจ้าของไฟล์แล้วอัปโหลดที่นั่น",
            "Choose this organisation's file, or upload this one on its own organisation's page.",
        )
    if identity.framework and identity.framework != framework:
        raise _other(
            "workbook-other-framework",
            f"สมุดงานนี้ใช้กรอบ {identity.framework} ส่วนรอบนี้ใช้กรอบ {framework}",
            f"The workbook is of framework {identity.framework}; this round uses {framework}.",
            _AGAIN_TH,
            _AGAIN_EN,
        )
    if identity.round and identity.round != str(round_key):
        raise _other(
            "workbook-other-round",
            f"สมุดงานนี้เป็นของรอบ {identity.round} ไม่ใช่รอบ {round_key}",
            f"The workbook is of round {identity.round}, not {round_key}.",
            "ไปที่หน้าของรอบนั้นแล้วอัปโหลด หรือดาวน์โหลดแบบของรอบนี้",
            "Upload it on that round's page, or download this round's form.",
        )
    if identity.version and identity.version != str(version):
        raise _other(
            "workbook-other-version",
            f"สมุดงานนี้ใช้กรอบฉบับที่ {identity.version} ปัจจุบันใช้ฉบับที่ {version}",
            f"The workbook is of version {identity.version} of the framework; version {version} is in use.",
            _AGAIN_TH,
            _AGAIN_EN,
        )


_AGAIN_TH = "ดาวน์โหลดแบบล่าสุดจากหน้านี้ คัดลอกคำตอบไปใส่ แล้วอัปโหลดอีกครั้ง"
_AGAIN_EN = "Download the current form from this page, copy the answers into it, and upload it."


def _pairs(sheet: Sheet) -> Mapping[str, str]:
    pairs: dict[str, str] = {}
    for row in sheet.rows[:40]:
        values = [value for value in row if value is not None]
        if len(values) >= 2 and isinstance(values[0], str):
            pairs.setdefault(one_line(values[0]).strip(":："), shown(values[1]))
    return pairs


def _identity(pairs: Mapping[str, str], *, is_original: bool) -> Identity:
    return Identity(
        framework=pairs.get("framework", ""),
        version=pairs.get("version", ""),
        round=pairs.get("round", ""),
        organisation=pairs.get("organisation", ""),
        organisation_name=pairs.get("organisation_name", ""),
        practice=pairs.get("practice") == "1",
        is_original=is_original,
    )


def _other(code: str, th: str, en: str, next_th: str, next_en: str) -> BadInputError:
    return BadInputError(code, th, en, next_th=next_th, next_en=next_en)
