"""A signal as lists show it: how sure, where, whose, by when; each put into words once."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.signals import queries
from sanyan.apps.signals.queries import SignalInfo
from sanyan.core.warning.candidates import percent
from sanyan.core.warning.levels import level_of
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.addresses import address


@dataclass(frozen=True)
class Card:
    """One signal in words. `chance` is "" where it tells of what has happened and needs no probability; `outcome` is
    how it ended, "cleared" where the system closed it."""

    signal: SignalInfo
    reason: str
    rule: str
    place: str
    place_href: str
    chance: str
    due: str
    outcome: str
    ended: str
    doubted: str
    gone: str


def cards(request: HttpRequest, signals: Iterable[SignalInfo], *, today: date) -> list[Card]:
    """Signals ready to be shown."""
    return [card(request, signal, today=today) for signal in signals]


def card(request: HttpRequest, signal: SignalInfo, *, today: date) -> Card:
    """One signal ready to be shown."""
    return Card(
        signal=signal,
        reason=formats.told(signal.reason),
        rule=formats.told(signal.rule_name),
        place=place_name(signal),
        place_href=_place_href(request, signal),
        chance=chance(signal),
        due=due_words(signal, today=today),
        outcome=outcome_code(signal.outcome, signal.closed_by),
        ended=explanation_words(signal.explanation),
        doubted=_doubted(signal),
        gone=_("ไม่พบแล้วในข้อมูลล่าสุด") if signal.gone_at and signal.state != "closed" else "",
    )


def place_name(signal: SignalInfo) -> str:
    """Whom a signal is about."""
    if signal.scope == "system":
        return _("ทั้งระบบ")
    return formats.digits(signal.place.th) if formats.in_thai() else formats.short_office(signal.place.en)


def chance(signal: SignalInfo) -> str:
    """How sure it is, as a number and a word; "" for what is a fact about a report."""
    rule = next((rule for rule in queries.shipped_rules() if rule.code == signal.rule_code), None)
    if rule is not None and rule.kind.is_about_data:
        return ""
    return chance_words(signal.probability)


def chance_words(probability: float) -> str:
    """A probability: "โอกาส 82 % (สูง)". Never quite none and never quite sure."""
    return _("โอกาส %(percent)s %% (%(level)s)") % {
        "percent": formats.digits(percent(probability)),
        "level": words.word("chance", level_of(probability)).text,
    }


def due_words(signal: SignalInfo, *, today: date) -> str:
    """By when an answer is due, or how long it has been overdue; when it was closed."""
    if signal.closed_at is not None:
        return _("ปิดเมื่อ %(day)s") % {"day": formats.day_short(signal.closed_at)}
    days = (signal.due_on - today).days
    if days < 0:
        return _("เลยกำหนด %(days)s วัน") % {"days": formats.count(-days)}
    if days == 0:
        return _("ครบกำหนดวันนี้")
    return _("ตอบภายใน %(day)s (อีก %(days)s วัน)") % {
        "day": formats.day_short(signal.due_on),
        "days": formats.count(days),
    }


def outcome_code(outcome: str, closed_by: str) -> str:
    """How it ended, telling what the system closed itself from what people judged."""
    return "cleared" if outcome and closed_by == SYSTEM.name else outcome


def explanation_words(explanation: str) -> str:
    """How it ended, as people wrote it; what the system wrote itself in the reader's language."""
    return formats.digits(words.word("signal_cleared", explanation).text) if explanation else ""


def _doubted(signal: SignalInfo) -> str:
    """Whether the data is doubted; of many areas, how many of those in sight."""
    if not signal.is_tainted:
        return ""
    tainted = sum(member.is_tainted for member in signal.members)
    if signal.scope == "unit" or not tainted:
        return _("ข้อมูลที่ใช้ยังมีข้อสงสัย")
    return _("ข้อมูลของ %(count)s จาก %(all)s เขตยังมีข้อสงสัย") % {
        "count": formats.count(tainted),
        "all": formats.count(len(signal.members)),
    }


def _place_href(request: HttpRequest, signal: SignalInfo) -> str:
    if signal.scope == "unit" and signal.organisation_id:
        return address(request, "areas:area", signal.organisation_id)
    return address(request, "areas:list", region=signal.region_code) if signal.scope == "region" else ""
