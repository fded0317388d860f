from __future__ import annotations

from datetime import date

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Capability, Viewer, may
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.quality import actions, queries
from sanyan.apps.quality.queries import FindingInfo
from sanyan.interfaces.web import formats, rounds_bar, words
from sanyan.interfaces.web.findings.forms import HandlingForm
from sanyan.interfaces.web.pages import page, show, try_to

A_PAGE = 50


@page
def inbox(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What the checks found in a round: what to look at first."""
    info = rounds_bar.round_of(request, viewer)
    chosen = {name: request.GET.get(name, "") for name in ("severity", "check", "region")}
    state = request.GET.get("state", "open")
    areas = organisations.areas(on=info.data_until)
    within = [area.id for area in areas if area.region_code == chosen["region"]] if chosen["region"] else None
    found = queries.findings(
        viewer=viewer,
        round_id=info.id,
        state="" if state == "all" else state,
        severity=chosen["severity"],
        check_code=chosen["check"],
        organisation_ids=within,
        urgent_first=True,
    )
    counted = queries.summary(viewer=viewer, round_id=info.id)
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "findings": shown.object_list,
        "shown": shown,
        "summary": counted,
        "chosen": chosen,
        "state": state,
        "states": words.FINDING,
        "severities": words.SEVERITY,
        "regions": sorted({(a.region_code, a.region_th) for a in areas if a.region_code}),
        "answer": _answer(counted),
    }
    return show(request, "findings/inbox.html", context)


def _answer(counted: queries.FindingSummary) -> str:
    if not counted.total:
        return _("รอบนี้ยังไม่มีข้อค้นพบ")
    return _("รอดู %(open)s เรื่อง ใน %(areas)s เขต เร่งดู %(high)s จัดการแล้ว %(handled)s จาก %(total)s") % {
        "open": formats.count(counted.open),
        "areas": formats.count(counted.organisations_with_open),
        "high": formats.count(counted.open_high),
        "handled": formats.count(counted.handled),
        "total": formats.count(counted.total),
    }


@page
def finding(request: HttpRequest, viewer: Viewer, finding_id: int) -> HttpResponse:
    """One finding: what was seen, why it matters, what to do, how it ended."""
    detail = queries.finding(viewer=viewer, id=finding_id)
    endings = _endings(viewer, detail.finding)
    form = HandlingForm(request.POST or None, endings=endings) if endings else None
    here = reverse("findings:finding", args=[finding_id])
    if request.method == "POST" and form is not None and form.is_valid():
        try_to(
            request,
            lambda: actions.handle(
                by=viewer,
                finding_id=finding_id,
                state=form.cleaned_data["state"],
                explanation=form.cleaned_data["explanation"],
                now=timezone.now(),
            ),
            done=_("บันทึกผลการตรวจดูแล้ว"),
        )
        return HttpResponseRedirect(here)
    context = {
        "detail": detail,
        "finding": detail.finding,
        "check": detail.check,
        "form": form,
        "numbers": _numbers(detail.finding),
    }
    return show(request, "findings/finding.html", context)


def _numbers(found: FindingInfo) -> list[tuple[words.Text, str]]:
    """The figures behind a finding that have a name for people, written out."""
    return [
        (words.NUMBERS[name].text, _written(value)) for name, value in found.numbers.items() if name in words.NUMBERS
    ]


def _written(value: object) -> str:
    if isinstance(value, int | float):
        return formats.plain(value)
    try:
        return formats.day(date.fromisoformat(str(value)))
    except ValueError:
        return formats.digits(value)


def _endings(viewer: Viewer, found: FindingInfo) -> tuple[str, ...]:
    """How this viewer may end a finding: the area explains or fixes, the bureau may dismiss."""
    if found.state == "cleared":
        return ()
    own = may(viewer=viewer, capability=Capability.ANSWER, organisation_id=found.organisation_id)
    review = may(viewer=viewer, capability=Capability.REVIEW, organisation_id=found.organisation_id)
    return (*(("explained", "fixed") if own or review else ()), *(("dismissed",) if review else ()))
