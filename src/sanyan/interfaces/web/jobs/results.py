"""What a job handed back, in words: counts first, then every file that was not taken and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from sanyan.interfaces.web import formats
from sanyan.interfaces.web.words import Text

NAMES: dict[str, Text] = {
    "stored": _("ไฟล์ที่บันทึก"),
    "refused": _("ไฟล์ที่ไม่รับ"),
    "found": _("ข้อค้นพบ"),
    "new": _("ใหม่"),
    "reopened": _("กลับมาอีก"),
    "cleared": _("หายไปเมื่อข้อมูลเปลี่ยน"),
    "facts": _("ค่าที่บันทึกในคลังผล"),
    "passages": _("ตอนของข้อความ"),
    "pages": _("หน้าเอกสารที่อ่าน"),
    "unread": _("ส่วนที่อ่านไม่ได้"),
    "embedded": _("ข้อความที่ทำดัชนีความหมาย"),
    "assigned": _("ข้อความที่จัดเข้าประเด็น"),
    "themes": _("ชุดประเด็น"),
    "cases": _("แบบอย่างในคลัง"),
    "known": _("มีอยู่แล้ว"),
    "too_few": _("ข้อมูลน้อยเกินไป"),
    "drafted": _("ร่างแล้ว"),
}


@dataclass(frozen=True)
class Outcome:
    """A result as pairs of name and figure, and the files that were refused."""

    pairs: tuple[tuple[Text, str], ...]
    refused: tuple[Mapping[str, object], ...]


def outcome_of(result: Mapping[str, object] | None) -> Outcome:
    """The outcome of a job; figures without a name for people are left to the log."""
    if not result:
        return Outcome((), ())
    pairs = tuple((NAMES[key], _figure(value)) for key, value in result.items() if key in NAMES)
    refused = result.get("refused")
    listed = tuple(row for row in refused if isinstance(row, Mapping)) if isinstance(refused, list) else ()
    return Outcome(pairs, listed)


def _figure(value: object) -> str:
    if isinstance(value, list):
        return formats.count(len(value))
    return formats.plain(value) if isinstance(value, int | float) else formats.digits(value)
