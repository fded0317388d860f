"""All that the page of one signal shows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.signals import queries
from sanyan.apps.signals.queries import SignalDetail, SignalInfo
from sanyan.interfaces.web import formats, rounds_bar
from sanyan.interfaces.web.cases import beside as cases
from sanyan.interfaces.web.figures.indicator import name_of
from sanyan.interfaces.web.listen import voices
from sanyan.interfaces.web.signals.answering import Answering
from sanyan.interfaces.web.signals.cards import card, cards
from sanyan.interfaces.web.signals.life import steps_of
from sanyan.interfaces.web.signals.numbers import held_against, rows_of
from sanyan.interfaces.web.signals.peers import peers_of
from sanyan.interfaces.web.signals.pictures import behind, picture, seen_round

NEAR, MANY = 5, 12
"""Fewest members that are worth a table open at once, and most that stand open."""


def page_of(
    request: HttpRequest, viewer: Viewer, detail: SignalDetail, answering: Answering, today: date
) -> dict[str, Any]:
    """The context of the page."""
    signal = detail.signal
    info = seen_round(signal, detail.round, rounds_bar.choices(request, viewer))
    held = behind(viewer, signal, info)
    chart = picture(request, signal, held, info)
    return {
        "detail": detail,
        "signal": signal,
        "card": card(request, signal, today=today),
        "question": _question(signal),
        "rule": detail.rule,
        "info": info,
        "indicator": name_of(held.indicator) if held else "",
        "numbers": rows_of(signal, held.indicator if held else None),
        "against": held_against(signal, held.compared if held else 0),
        "system": held.system if held else "",
        "peers": peers_of(viewer, signal, info),
        "voices": _voices(viewer, signal, info),
        "cases_beside": cases.of_indicator(viewer, info, signal.indicator_code),
        "chart": chart,
        "charts": [chart] if chart else [],
        "members": signal.members if signal.scope != "unit" else (),
        "members_open": len(signal.members) <= MANY,
        "also": [formats.told(rule.name) for rule in queries.shipped_rules() if rule.code in signal.also],
        "steps": steps_of(detail),
        "earlier": cards(request, detail.earlier, today=today),
        "answering": answering,
        "doubts": [formats.told(doubt) for doubt in signal.doubts],
        "today": today,
    }


def _voices(viewer: Viewer, signal: SignalInfo, info: RoundInfo) -> voices.Voices:
    """What the areas of a signal wrote about its indicator."""
    if not signal.indicator_code:
        return voices.Voices()
    own = [signal.organisation_id] if signal.scope == "unit" and signal.organisation_id is not None else None
    members = [member.organisation_id for member in signal.members] if signal.scope == "region" else own
    return voices.about_indicator(viewer, info, signal.indicator_code, organisation_ids=members)


def _question(signal: SignalInfo) -> str:
    """The title: what this signal asks of its reader."""
    place = formats.digits(signal.place.th) if formats.in_thai() else formats.short_office(signal.place.en)
    kinds = {
        "will-miss-target": (
            _("%(place)s จะถึงเป้าสิ้นปีหรือไม่"),
            _("เขตใน%(place)sจะถึงเป้าสิ้นปีหรือไม่"),
            _("เขตทั้งประเทศจะถึงเป้าสิ้นปีหรือไม่"),
        ),
        "new-breach": (
            _("อะไรทำให้ %(place)s หลุดเป้า"),
            _("อะไรทำให้หลายเขตใน%(place)sหลุดเป้า"),
            _("อะไรทำให้เขตทั่วประเทศหลุดเป้า"),
        ),
        "relative-drop": (
            _("ทำไม %(place)s อ่อนลงมากกว่าเพื่อน"),
            _("ทำไมเขตใน%(place)sอ่อนลงมากกว่าที่อื่น"),
            _("ทำไมหลายเขตอ่อนลงมากกว่าเพื่อน"),
        ),
        "sudden-jump": (
            _("เกิดอะไรขึ้นที่ %(place)s ตัวเลขจึงเปลี่ยนกระโดด"),
            _("เกิดอะไรขึ้นใน%(place)s ตัวเลขจึงเปลี่ยนกระโดด"),
            _("เกิดอะไรขึ้น ตัวเลขทั่วประเทศจึงเปลี่ยนกระโดด"),
        ),
        "system-shift": (_("ทำไมทั้งระบบอ่อนลง"),) * 3,
        "late": (
            _("%(place)s ติดที่ขั้นใดจึงยังไม่ส่งรายงาน"),
            _("เขตใน%(place)sติดที่ขั้นใดจึงยังไม่ส่งรายงาน"),
            _("เขตใดยังไม่ส่งรายงาน และติดที่ขั้นใด"),
        ),
        "data-quality": (
            _("ตัวเลขของ %(place)s ถูกต้องหรือไม่"),
            _("ตัวเลขของเขตใน%(place)sถูกต้องหรือไม่"),
            _("ตัวเลขของเขตทั่วประเทศถูกต้องหรือไม่"),
        ),
    }
    by_scope = kinds.get(signal.rule_code)
    if by_scope is None:
        return formats.told(signal.rule_name)
    return by_scope[("unit", "region", "system").index(signal.scope)] % {"place": place}
