from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import overload

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.signals import queries
from sanyan.apps.signals.queries import SignalFilter, SignalInfo
from sanyan.core.warning.candidates import percent
from sanyan.interfaces.web import formats, rounds_bar, words
from sanyan.interfaces.web.addresses import address
from sanyan.interfaces.web.charts.base import Chart
from sanyan.interfaces.web.figures.precision import (
    calibration_chart,
    precision_answer,
    precision_rows,
    precision_table,
)
from sanyan.interfaces.web.pages import chart_file, page, show
from sanyan.interfaces.web.signals.answering import answer, forms_for
from sanyan.interfaces.web.signals.asking import OPEN_STATES, Asked, Seat, asked_of, seat_of, tabs_of
from sanyan.interfaces.web.signals.cards import card, cards
from sanyan.interfaces.web.signals.page import page_of
from sanyan.interfaces.web.signals.watching import watch_note

A_PAGE = 30


class _Held(Sequence[SignalInfo]):
    """What the inbox holds, read a page at a time."""

    def __init__(self, viewer: Viewer, today: date, only: SignalFilter) -> None:
        self._viewer, self._today, self._only = viewer, today, only
        self._count: int | None = None

    def __len__(self) -> int:
        if self._count is None:
            self._count = queries.how_many(viewer=self._viewer, today=self._today, only=self._only)
        return self._count

    @overload
    def __getitem__(self, index: int) -> SignalInfo: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[SignalInfo]: ...
    def __getitem__(self, index: int | slice) -> SignalInfo | Sequence[SignalInfo]:
        start = index if isinstance(index, int) else index.start or 0
        limit = 1 if isinstance(index, int) else None if index.stop is None else index.stop - start
        found = queries.inbox(viewer=self._viewer, today=self._today, only=self._only, limit=limit, offset=start)
        return found[0] if isinstance(index, int) else found


@page
def inbox(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What has to be looked at first: the whole system, then regions, then areas."""
    info, today = rounds_bar.round_of(request, viewer), timezone.localdate()
    seat = seat_of(viewer, today=today)
    asked = asked_of(request, seat)
    held = _Held(viewer, today, asked.filter(info, seat.region))
    if request.GET.get("csv"):
        return chart_file(_table(request, held, info, today))
    shown = Paginator(held, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "answer": _answer(viewer, asked, seat, info, today, len(held)),
        "cards": cards(request, shown.object_list, today=today),
        "shown": shown,
        "total": len(held),
        "asked": asked,
        "tabs": tabs_of(viewer, seat, asked, info, today),
        "rules": queries.shipped_rules(),
        "severities": words.SEVERITY,
        "scopes": words.SIGNAL_SCOPE,
        "states": {code: words.SIGNAL[code] for code in OPEN_STATES},
        "regions": _regions(viewer, seat, today),
        "watch": watch_note(request, viewer, info),
        "info": info,
    }
    return show(request, "signals/inbox.html", context)


def _regions(viewer: Viewer, seat: Seat, today: date) -> list[tuple[str, str]]:
    """Regions to choose from, for those who see more than one."""
    if seat.region or viewer.has("area_officer", "area_director"):
        return []
    held = organisations.regions(on=today)
    return [(place.code, place.short_th if formats.in_thai() else place.name_en or place.short_th) for place in held]


def _answer(viewer: Viewer, asked: Asked, seat: Seat, info: RoundInfo, today: date, total: int) -> str:
    """One line: how many wait, how many of them are urgent or overdue."""
    if asked.tab == "closed":
        return _("ปิดเรื่องแล้ว %(count)s สัญญาณ") % {"count": formats.count(total)}
    if not total:
        return _("ไม่มีสัญญาณที่รอคำตอบ")
    only = asked.filter(info, seat.region)
    urgent = queries.how_many(viewer=viewer, today=today, only=replace(only, severity="high"))
    if asked.severity and asked.severity != "high":
        urgent = 0
    said = [_("มี %(count)s สัญญาณที่ยังเปิดอยู่") % {"count": formats.count(total)}]
    waiting = queries.how_many(viewer=viewer, today=today, only=replace(only, state="raised"))
    if not asked.state:
        said = [_("มี %(count)s สัญญาณรอคำตอบ") % {"count": formats.count(waiting)}]
        if total > waiting:
            said.append(_("กำลังดูแลอยู่ %(count)s") % {"count": formats.count(total - waiting)})
    if urgent:
        said.append(_("เร่งดู %(count)s") % {"count": formats.count(urgent)})
    late = queries.how_many(viewer=viewer, today=today, only=replace(only, overdue=True))
    if late:
        said.append(_("เลยกำหนดตอบ %(count)s") % {"count": formats.count(late)})
    return " · ".join(said)


def _table(request: HttpRequest, signals: Sequence[SignalInfo], info: RoundInfo, today: date) -> Chart:
    """All signals of the tab as a table to take away."""
    return Chart(
        key="signals",
        title=_("สัญญาณเตือน"),
        svg=SafeString(""),
        source=f"{info.framework_code} · {formats.day_short(today)}",
        header=(
            _("ความเร่งด่วน"),
            _("โอกาส (%)"),
            _("ระดับ"),
            _("พื้นที่"),
            _("ตัวชี้วัด"),
            _("เกณฑ์การเตือน"),
            _("เหตุผล"),
            _("รอบที่พบล่าสุด"),
            _("สถานะ"),
            _("ผู้รับผิดชอบ"),
            _("กำหนดตอบ"),
            _("ข้อมูลมีข้อสงสัย"),
            _("สิ่งที่ทำ"),
            _("ผล"),
            _("คำอธิบาย"),
        ),
        rows=tuple(_row(request, signal, today) for signal in signals[:]),
    )


def _row(request: HttpRequest, signal: SignalInfo, today: date) -> tuple[str, ...]:
    held = card(request, signal, today=today)
    return (
        str(words.word("severity", signal.severity).text),
        formats.digits(percent(signal.probability)),
        str(words.word("signal_scope", signal.scope).text),
        held.place,
        signal.indicator_code,
        held.rule,
        held.reason,
        formats.round_name(signal.seen_round),
        str(words.word("signal", signal.state).text),
        signal.owner,
        formats.day_short(signal.due_on),
        _("มี") if signal.is_tainted else "",
        signal.response,
        str(words.word("outcome", held.outcome).text) if held.outcome else "",
        held.ended,
    )


@page
def signal(request: HttpRequest, viewer: Viewer, signal_id: int) -> HttpResponse:
    """One signal: what was found, what stands behind it, what became of it, and what can be done."""
    today = timezone.localdate()
    detail = queries.signal(viewer=viewer, signal_id=signal_id, today=today)
    answering = forms_for(viewer, detail, request)
    if request.method == "POST" and answer(request, viewer, signal_id, answering):
        return HttpResponseRedirect(address(request, "signals:signal", signal_id))
    context = page_of(request, viewer, detail, answering, today)
    return show(request, "signals/signal.html", context, charts=context["charts"])


@page
def precision(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """How often warnings came true, and what people said of them."""
    info = rounds_bar.round_of(request, viewer)
    held = queries.precision(viewer=viewer, is_practice=info.is_practice)
    chart = calibration_chart(held, is_practice=info.is_practice)
    table = precision_table(held, is_practice=info.is_practice)
    context = {"answer": precision_answer(held), "held": held, "rows": precision_rows(held), "chart": chart}
    charts = [item for item in (chart, table) if item is not None]
    return show(request, "signals/precision.html", context, charts=charts)
