from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.cases import actions, queries
from sanyan.core.errors import NotFoundError
from sanyan.interfaces.web.addresses import address
from sanyan.interfaces.web.cases.forms import FieldForm, TitleForm
from sanyan.interfaces.web.cases.page import Row, parts_of, sources_of
from sanyan.interfaces.web.pages import page, show, try_to


@dataclass(frozen=True)
class Editable:
    """A part of the card with the form that changes it."""

    row: Row
    form: FieldForm


@page
def edit(request: HttpRequest, viewer: Viewer, case_id: int) -> HttpResponse:
    """The card to be put right, beside the texts that it was filled from."""
    detail = queries.case(viewer=viewer, case_id=case_id, today=timezone.localdate())
    if not detail.rights.edit:
        raise NotFoundError(f"case {case_id} to edit")
    if request.method == "POST":
        _do(request, viewer, case_id)
        field = request.POST.get("field", "")
        return HttpResponseRedirect(address(request, "cases:edit", case_id) + (f"#field-{field}" if field else ""))
    values = {view.field: view for views in detail.parts.values() for view in views}
    parts = [
        (part, [_editable(row, values[row.field].value, values[row.field].standing) for row in part.rows])
        for part in parts_of(detail)
    ]
    context = {
        "detail": detail,
        "case": detail.info,
        "title_form": TitleForm(initial={"title": detail.info.title}),
        "parts": parts,
        "sources": sources_of(detail),
    }
    return show(request, "cases/edit.html", context)


def _editable(row: Row, value: str, standing: str) -> Editable:
    return Editable(
        row,
        FieldForm(
            initial={"field": row.field, "value": value, "standing": standing},
            auto_id=f"{row.field}_%s",
        ),
    )


def _do(request: HttpRequest, viewer: Viewer, case_id: int) -> None:
    now, sent = timezone.now(), request.POST
    if sent.get("deed") == "title":
        try_to(
            request,
            lambda: actions.retitle(by=viewer, case_id=case_id, title=sent.get("title", ""), now=now),
            done=_("บันทึกชื่อเรื่องแล้ว"),
        )
        return
    try_to(
        request,
        lambda: actions.edit_field(
            by=viewer,
            case_id=case_id,
            field=sent.get("field", ""),
            value=sent.get("value", ""),
            standing=sent.get("standing", ""),
            now=now,
        ),
        done=_("บันทึกบัตรแล้ว"),
    )
