"""A signal's life in words, from its trace: who, when, what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.signals.queries import Deed, SignalDetail
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.signals.cards import explanation_words, outcome_code


@dataclass(frozen=True)
class Step:
    """One step: when, who, what was done, and what they wrote."""

    at: datetime
    by: str
    what: str
    quote: str


def steps_of(detail: SignalDetail) -> tuple[Step, ...]:
    """The whole life, the oldest first."""
    return tuple(_step(deed, detail) for deed in detail.deeds)


def _step(deed: Deed, detail: SignalDetail) -> Step:
    held, quote = deed.detail, ""
    if deed.what == "raise":
        what = _("ยกขึ้นเป็นสัญญาณ")
    elif deed.what == "acknowledge":
        what = _("รับทราบ")
    elif deed.what == "act":
        what, quote = _("บันทึกสิ่งที่ทำ กำหนดเห็นผล %(day)s") % {"day": _day(held, "due_on")}, _text(held, "response")
    elif deed.what == "assign":
        what = _("มอบหมายให้ %(name)s กำหนดตอบ %(day)s") % {"name": _name(held, detail), "day": _day(held, "due_on")}
    elif deed.what == "escalate":
        what = _("เลยกำหนดตอบเมื่อ %(day)s จึงแจ้งต่อขั้นที่ %(step)s") % {
            "day": _day(held, "was_due"),
            "step": formats.digits(held.get("step", "")),
        }
    elif deed.what == "reopen":
        what, quote = _("เปิดเรื่องอีกครั้ง"), _text(held, "reason")
    elif deed.what in ("close", "clear"):
        outcome = words.word("outcome", outcome_code(str(held.get("outcome", "")), deed.by)).text
        what, quote = _("ปิดเรื่อง: %(outcome)s") % {"outcome": outcome}, explanation_words(_text(held, "explanation"))
    else:
        what = deed.what
    return Step(deed.at, _("ระบบ") if deed.by == SYSTEM.name else deed.by, what, quote)


def _text(held: Mapping[str, object], name: str) -> str:
    return formats.digits(held.get(name) or "")


def _day(held: Mapping[str, object], name: str) -> str:
    try:
        return formats.day_short(date.fromisoformat(str(held.get(name))))
    except ValueError:
        return formats.MISSING


def _name(held: Mapping[str, object], detail: SignalDetail) -> str:
    """Who was given it: as written then, or by number among those who may own it."""
    if held.get("to"):
        return str(held["to"])
    return next((person.name for person in detail.owners if person.user_id == held.get("owner")), _("ผู้รับผิดชอบใหม่"))
