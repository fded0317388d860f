"""When a round was last looked over, what was found, and what could not be worked out: the quiet note below a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.signals import queries
from sanyan.apps.signals.queries import WatchInfo
from sanyan.core.rounds import RoundKey
from sanyan.core.warning.selection import Attention
from sanyan.interfaces.web import formats, rounds_bar


@dataclass(frozen=True)
class WatchNote:
    """The latest look in words. `cannot` holds each reason once with the indicators it is about."""

    round: RoundKey
    looked_at: datetime
    found: str
    rest: str
    cannot: tuple[tuple[str, str], ...]


def watch_note(request: HttpRequest, viewer: Viewer, info: RoundInfo) -> WatchNote | None:
    """The look over this round, or over the latest earlier one of its kind that was looked over."""
    kin = (info.framework_code, info.is_practice)
    for held in rounds_bar.choices(request, viewer):
        if (held.framework_code, held.is_practice) == kin and held.key <= info.key:
            watch = queries.watch(viewer=viewer, round_id=held.id)
            if watch is not None:
                return _told(held, watch)
    return None


def _told(info: RoundInfo, watch: WatchInfo) -> WatchNote:
    number = {name: formats.count(value) for name, value in watch.counts.items()}
    raised = sum(watch.counts.get(name, 0) for name in ("new", "again", "updated"))
    found = _("พบ %(found)s รายการ ยกขึ้นมา %(raised)s (ใหม่ %(new)s) ตามงบการเตือน %(share)s %% ของเขต") % {
        "found": number.get("found", "0"),
        "raised": formats.count(raised),
        "new": formats.count(watch.counts.get("new", 0) + watch.counts.get("again", 0)),
        "share": formats.number(100 * Attention().share, 0),
    }
    rest = [
        (_("เขตและตัวชี้วัดเดียวกันที่กฎอื่นบอกแล้ว %(count)s"), "merged"),
        (_("รวมบอกเป็นสัญญาณเดียวกับเขตอื่น %(count)s"), "gathered"),
        (_("มีคนดูแลไปแล้ว %(count)s"), "silent"),
        (_("เกินงบการเตือน %(count)s"), "beyond"),
        (_("หายไปจากข้อมูลจึงปิดให้ %(count)s"), "cleared"),
    ]
    return WatchNote(
        round=info.key,
        looked_at=watch.looked_at,
        found=found,
        rest=" · ".join(text % {"count": number[name]} for text, name in rest if watch.counts.get(name)),
        cannot=_cannot(watch),
    )


def _cannot(watch: WatchInfo) -> tuple[tuple[str, str], ...]:
    by_reason: dict[str, list[str]] = {}
    for code, reason in watch.cannot:
        by_reason.setdefault(formats.told(reason), []).append(code)
    return tuple((reason, ", ".join(codes)) for reason, codes in by_reason.items())
