from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Capability, Viewer, may
from sanyan.apps.cases import queries
from sanyan.apps.cases.queries import CaseInfo
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.core.errors import NotFoundError
from sanyan.interfaces.web import formats, rounds_bar
from sanyan.interfaces.web import words as shared
from sanyan.interfaces.web.addresses import address
from sanyan.interfaces.web.cases import words
from sanyan.interfaces.web.cases.asking import Asked, areas_in_sight, framework_of, own_areas, regions, tabs
from sanyan.interfaces.web.cases.cards import cards, matched
from sanyan.interfaces.web.cases.deeds import look_again, send
from sanyan.interfaces.web.cases.page import page_of
from sanyan.interfaces.web.pages import page, show

A_PAGE = 24


@page
def library(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Which models there are to learn from, and which suit the reader's own area."""
    info, today = rounds_bar.round_of(request, viewer), timezone.localdate()
    asked, context = Asked.of(request), _frame(request, viewer, "library")
    if request.GET.get("tab") == "similar":
        return _similar(request, viewer, info, context)
    found = queries.library(viewer=viewer, today=today, only=asked.filter(info))
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context |= {"answer": _library_answer(found, asked), "shown": shown}
    context["cards"] = cards(request, shown.object_list)
    return show(request, "cases/library.html", context)


@page
def candidates(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What waits to become a case: found by figures and put forward by people, kept apart."""
    if request.method == "POST":
        look_again(request, viewer, rounds_bar.round_of(request, viewer))
        return HttpResponseRedirect(request.get_full_path())
    info, today = rounds_bar.round_of(request, viewer), timezone.localdate()
    asked, context = Asked.of(request), _frame(request, viewer, "candidates")
    found = queries.candidates(viewer=viewer, today=today, only=asked.filter(info))
    found = tuple(sorted(found, key=lambda case: case.origin != "positive_outlier"))
    shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context |= {
        "answer": _candidates_answer(found),
        "shown": shown,
        "cards": cards(request, shown.object_list),
        "states": {code: word for code, word in words.STATE.items() if code != "published"},
        "may_look": may(viewer=viewer, capability=Capability.MANAGE),
    }
    return show(request, "cases/candidates.html", context)


@page
def case(request: HttpRequest, viewer: Viewer, case_id: int) -> HttpResponse:
    """One case: its card, what it rests on, and whether it suits the reader's area."""
    if request.method == "POST":
        send(request, viewer, case_id)
        return HttpResponseRedirect(address(request, "cases:case", case_id))
    today = timezone.localdate()
    detail = queries.case(viewer=viewer, case_id=case_id, today=today)
    info = rounds_bar.round_of(request, viewer)
    area = _only(areas_in_sight(viewer, info))
    suits = None
    if area is not None and area.id != detail.info.place.id:
        suits = queries.suits_my_area(
            viewer=viewer, case_id=case_id, organisation_id=area.id, round_id=info.id, today=today
        ).suits
    context = page_of(request, detail, suits, area)
    return show(request, "cases/case.html", context, charts=context["charts"])


def _frame(request: HttpRequest, viewer: Viewer, tab: str) -> dict[str, Any]:
    """What every list shows around itself."""
    info, today = rounds_bar.round_of(request, viewer), timezone.localdate()
    return {
        "info": info,
        "tab": tab,
        "tabs": tabs(request, viewer, info),
        "asked": Asked.of(request),
        "policies": framework_of(viewer, info).policy_areas,
        "regions": regions(today),
        "types": {code: word for code, word in shared.AREA_TYPE.items() if code},
        "sizes": words.SIZE_BAND,
        "origins": words.ORIGIN,
        "may_nominate": bool(own_areas(viewer, info)),
    }


def _similar(request: HttpRequest, viewer: Viewer, info: RoundInfo, context: dict[str, Any]) -> HttpResponse:
    areas = areas_in_sight(viewer, info)
    chosen = request.GET.get("like", "")
    area = next((item for item in areas if str(item.id) == chosen), None) if chosen else _only(areas)
    if chosen and area is None:
        raise NotFoundError(f"area {chosen}")
    context |= {"tab": "similar", "areas": areas if len(areas) > 1 else (), "area": area, "cards": []}
    if area is not None:
        found = queries.similar_to_my_area(
            viewer=viewer,
            organisation_id=area.id,
            round_id=info.id,
            today=timezone.localdate(),
            only=context["asked"].filter(info),
        )
        shown = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
        near = sum(match.suits.alike.value == "close" for match in found)
        context |= {"shown": shown, "cards": matched(request, shown.object_list)}
        context["answer"] = _("%(near)s จาก %(all)s เรื่องมาจากเขตที่บริบทคล้าย %(area)s มาก") % {
            "near": formats.count(near),
            "all": formats.count(len(found)),
            "area": formats.digits(area.short_th) if formats.in_thai() else formats.short_office(area.name_en),
        }
    return show(request, "cases/similar.html", context)


def _only(areas: Sequence[OrganisationInfo]) -> OrganisationInfo | None:
    """The area of somebody who sees one; None for more or none."""
    return areas[0] if len(areas) == 1 else None


def _library_answer(found: Sequence[CaseInfo], asked: Asked) -> str:
    if not found:
        return "" if asked.narrows else _("ยังไม่มีแบบอย่างที่เผยแพร่ ผู้สมัครรอการตรวจอยู่")
    counted = Counter(case.origin for case in found)
    areas = len({case.place.id for case in found})
    return _("มี %(all)s เรื่องจาก %(areas)s เขต พบจากตัวเลข %(outliers)s เรื่อง เขตเสนอ %(nominated)s เรื่อง") % {
        "all": formats.count(len(found)),
        "areas": formats.count(areas),
        "outliers": formats.count(counted["positive_outlier"]),
        "nominated": formats.count(counted["nomination"]),
    }


def _candidates_answer(found: Sequence[CaseInfo]) -> str:
    counted = Counter(case.origin for case in found)
    return _("พบจากตัวเลข %(outliers)s เรื่อง เขตเสนอ %(nominated)s เรื่อง ทุกเรื่องต้องตรวจกับต้นฉบับก่อนเผยแพร่") % {
        "outliers": formats.count(counted["positive_outlier"]),
        "nominated": formats.count(counted["nomination"]),
    }
