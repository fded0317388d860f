from __future__ import annotations

from datetime import date

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Capability, Viewer, may
from sanyan.apps.collection import actions
from sanyan.apps.collection import queries as collection
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.organisations import queries as organisations
from sanyan.interfaces.web import formats, rounds_bar, words
from sanyan.interfaces.web.areas.filters import AreaFilter
from sanyan.interfaces.web.figures.policy import progress_bar
from sanyan.interfaces.web.pages import page, show, try_to

SORTS = {
    "name": lambda pair: pair[1].short_th,
    "region": lambda pair: (pair[1].region_code, pair[1].code),
    "state": lambda pair: (pair[0].state, pair[1].code),
    "saved": lambda pair: (pair[0].saved_at is not None, pair[0].saved_at or 0),
}


@page
def progress(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Who is late, returned or certified."""
    info = rounds_bar.round_of(request, viewer)
    today = timezone.localdate()
    areas = {area.id: area for area in organisations.areas(on=info.data_until)}
    rows = collection.expected(viewer=viewer, round_id=info.id)
    pairs = [(row, areas[row.organisation_id]) for row in rows if row.organisation_id in areas]
    chosen = AreaFilter.of(request, [area for _row, area in pairs])
    state = request.GET.get("state", "")
    shown = [(row, area) for row, area in pairs if chosen.keeps(area) and _in_state(row, state, today)]
    sort = request.GET.get("sort", "")
    key = SORTS.get(sort.removeprefix("-"))
    if key:
        shown.sort(key=key, reverse=sort.startswith("-"))
    counts = collection.round_progress(viewer=viewer, round_id=info.id, today=today)
    chart = progress_bar(counts)
    context = {
        "info": info,
        "filter": chosen,
        "state": state,
        "states": [("late", _("ส่งช้าหรือเลยกำหนด")), *((code, word.text) for code, word in words.SUBMISSION.items())],
        "rows": [(row, area, row.is_late(today=today)) for row, area in shown],
        "all": len(pairs),
        "counts": counts,
        "progress": chart,
        "sort": sort,
        "answer": _answer(counts),
        "can_manage": may(viewer=viewer, capability=Capability.MANAGE),
    }
    return show(request, "rounds/progress.html", context, charts=[chart])


def _in_state(row: collection.ExpectedRow, state: str, today: date) -> bool:
    return row.is_late(today=today) if state == "late" else state in ("", row.state)


def _answer(counts: collection.RoundProgress) -> str:
    return _("รับรองแล้ว %(certified)s จาก %(all)s เขต รอ ผอ. รับรอง %(submitted)s ส่งช้าหรือเลยกำหนด %(late)s เขต") % {
        "certified": formats.count(counts.certified),
        "all": formats.count(counts.expected),
        "submitted": formats.count(counts.submitted),
        "late": formats.count(counts.late),
    }


@page
def lock(request: HttpRequest, viewer: Viewer, round_id: int) -> HttpResponse:
    """Ask, then lock every certified report of a round."""
    info = frameworks.round_info(viewer=viewer, round_id=round_id)
    if request.method == "POST":
        now = timezone.now()
        try_to(
            request,
            lambda: actions.lock_round(by=viewer, round_id=round_id, now=now),
            done=_("ปิดรายงานที่รับรองแล้วทั้งหมดของรอบนี้แล้ว"),
        )
        return HttpResponseRedirect(f"{reverse('rounds:progress')}?round={round_id}")
    counts = collection.round_progress(viewer=viewer, round_id=info.id, today=timezone.localdate())
    return show(request, "rounds/lock.html", {"round_id": round_id, "counts": counts})
