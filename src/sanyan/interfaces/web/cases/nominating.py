from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.cases import actions, queries
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.core.errors import NotFoundError, SanyanError
from sanyan.interfaces.web import formats, rounds_bar
from sanyan.interfaces.web.addresses import address
from sanyan.interfaces.web.cases.asking import framework_of, own_areas
from sanyan.interfaces.web.cases.forms import NominationForm, StoryForm
from sanyan.interfaces.web.pages import page, show, told


@page
def nominate(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """An area puts its own case forward."""
    info = rounds_bar.round_of(request, viewer)
    areas = own_areas(viewer, info)
    if not areas:
        raise NotFoundError("nothing to put forward")
    thai = formats.in_thai()
    named = [(str(a.id), formats.digits(a.short_th) if thai else formats.short_office(a.name_en)) for a in areas]
    form = NominationForm(
        request.POST or None,
        areas=named,
        framework=framework_of(viewer, info),
        month=info.key.month,
        initial={"organisation": named[0][0] if len(named) == 1 else "", "matter": request.GET.get("matter", "")},
    )
    if request.method == "POST" and form.is_valid():
        case_id = _put_forward(request, viewer, info, form)
        if case_id is not None:
            messages.success(request, _("เสนอแบบอย่างแล้ว ขั้นต่อไปคือ สตผ. ตรวจกับต้นฉบับ"))
            return HttpResponseRedirect(address(request, "cases:case", case_id))
    return show(request, "cases/nominate.html", {"form": form, "info": info, "one": len(named) == 1})


@page
def tell(request: HttpRequest, viewer: Viewer, case_id: int) -> HttpResponse:
    """The area adds to the story of a case."""
    detail = queries.case(viewer=viewer, case_id=case_id, today=timezone.localdate())
    if not detail.rights.tell:
        raise NotFoundError(f"case {case_id} to add to")
    form = StoryForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.tell(by=viewer, case_id=case_id, texts=form.texts(), now=timezone.now())
        except NotFoundError:
            raise
        except SanyanError as error:
            told(request, error)
        else:
            messages.success(request, _("บันทึกแล้ว และเติมบัตรจากข้อความใหม่แล้ว"))
            return HttpResponseRedirect(address(request, "cases:case", case_id))
    return show(request, "cases/tell.html", {"form": form, "detail": detail, "case": detail.info})


def _put_forward(request: HttpRequest, viewer: Viewer, info: RoundInfo, form: NominationForm) -> int | None:
    held: dict[str, Any] = form.cleaned_data
    policy_area, _colon, code = str(held["matter"]).partition(":")
    now = timezone.now()
    try:
        case_id = actions.nominate(
            by=viewer,
            organisation_id=int(held["organisation"]),
            round_id=info.id,
            policy_area=policy_area,
            indicator_code=code,
            title=held["title"],
            school_name=held["school_name"],
            why=held["why"],
            texts={"title": held["title"], **form.texts()},
            now=now,
        )
    except NotFoundError:
        raise
    except SanyanError as error:
        told(request, error)
        return None
    return case_id
