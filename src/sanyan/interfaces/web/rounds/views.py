from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django import forms
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sanyan.apps.accounts.access import Capability, Viewer, organisations_where
from sanyan.apps.collection import actions
from sanyan.apps.collection import queries as collection
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.quality import queries as quality
from sanyan.core.errors import NotFoundError
from sanyan.interfaces.web import rounds_bar
from sanyan.interfaces.web.pages import page, show, try_to
from sanyan.interfaces.web.rounds.forms import CommentForm, ConfirmForm, SubmitForm, UploadForm
from sanyan.interfaces.web.rounds.standing import sentence, standing_of, steps_of


@page
def mine(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The round of the viewer's own area; with several areas, a choice between them."""
    if not rounds_bar.choices(request, viewer):
        return show(request, "rounds/none.html", {"info": None})
    info = rounds_bar.round_of(request, viewer)
    own = organisations_where(viewer=viewer, capability=Capability.ANSWER)
    rows = [
        row
        for row in collection.expected(viewer=viewer, round_id=info.id)
        if not own.everything and own.allows(row.organisation_id)
    ]
    if len(rows) == 1:
        return _submission_page(request, viewer, rows[0].submission_id)
    if not rows:
        return show(request, "rounds/none.html", {"info": info})
    names = organisations.by_id(ids=[row.organisation_id for row in rows], on=info.data_until)
    return show(request, "rounds/choose.html", {"rows": [(row, names[row.organisation_id]) for row in rows]})


@page
def submission(request: HttpRequest, viewer: Viewer, submission_id: int) -> HttpResponse:
    """One area's report of a round."""
    return _submission_page(request, viewer, submission_id)


def _submission_page(request: HttpRequest, viewer: Viewer, submission_id: int) -> HttpResponse:
    row = collection.submission_row(viewer=viewer, submission_id=submission_id)
    standing = standing_of(viewer, row)
    late = row.is_late(today=timezone.localdate())
    context = {
        "standing": standing,
        "row": row,
        "answer": sentence(standing, late=late),
        "steps": steps_of(row),
        "late": late,
        "uploads": collection.imports_of_round(
            viewer=viewer, round_id=row.round_id, organisation_id=row.organisation_id, limit=6
        ),
        "findings": quality.findings(
            viewer=viewer, round_id=row.round_id, organisation_id=row.organisation_id, state="open"
        ),
        "form": UploadForm(),
        "deeds": [(code, DEEDS[code]) for code in standing.deeds],
    }
    return show(request, "rounds/submission.html", context)


@dataclass(frozen=True)
class Deed:
    """A step in a report's life: the question its page asks, the words on its button, what is said when done."""

    question: Promise
    explain: Promise
    button: Promise
    done: Promise
    form: type[forms.Form]
    act: Callable[[Viewer, int, datetime, dict[str, object]], object]
    look: str = ""


DEEDS = {
    "submit": Deed(
        _("ส่งรายงานให้ ผอ. รับรองหรือไม่"),
        _("หลังส่งแล้วจะแก้ไม่ได้จนกว่า ผอ. จะส่งกลับ หรือท่านขอถอนคืน"),
        _("ส่งให้ ผอ. รับรอง"),
        _("ส่งให้ ผอ. รับรองแล้ว"),
        SubmitForm,
        lambda by, id, now, said: actions.submit(
            by=by, submission_id=id, now=now, leave_unanswered=bool(said["leave_unanswered"])
        ),
    ),
    "certify": Deed(
        _("รับรองรายงานนี้หรือไม่"),
        _("เมื่อรับรอง ตัวเลขจะเข้าผลรวมของประเทศทันที และบันทึกชื่อท่านเป็นผู้รับรอง"),
        _("รับรองรายงาน"),
        _("รับรองแล้ว ผลเข้าสู่หน้าภาพรวมทันที"),
        ConfirmForm,
        lambda by, id, now, said: actions.certify(by=by, submission_id=id, now=now),
    ),
    "return": Deed(
        _("ส่งรายงานกลับให้เขตแก้ไขหรือไม่"),
        _("เขตจะเห็นข้อความนี้ที่หน้ารอบของฉัน"),
        _("ส่งกลับแก้ไข"),
        _("ส่งกลับให้เขตแก้ไขแล้ว"),
        CommentForm,
        lambda by, id, now, said: actions.return_submission(
            by=by, submission_id=id, comment=str(said["comment"]), now=now
        ),
        look="button-danger",
    ),
    "reopen": Deed(
        _("เปิดรายงานที่รับรองแล้วให้แก้ไขหรือไม่"),
        _("ผลที่รับรองไว้ยังใช้อยู่จนกว่าจะรับรองใหม่"),
        _("เปิดให้แก้ไข"),
        _("เปิดให้เขตแก้ไขแล้ว"),
        CommentForm,
        lambda by, id, now, said: actions.reopen(by=by, submission_id=id, comment=str(said["comment"]), now=now),
        look="button-danger",
    ),
    "withdraw": Deed(
        _("ถอนรายงานคืนมาแก้ไขหรือไม่"),
        _("รายงานจะกลับเป็นกำลังดำเนินการ แล้วส่งใหม่ได้"),
        _("ถอนคืนมาแก้ไข"),
        _("ถอนคืนแล้ว แก้ไขต่อได้"),
        ConfirmForm,
        lambda by, id, now, said: actions.withdraw(by=by, submission_id=id, now=now),
        look="button-quiet",
    ),
}


@page
def deed(request: HttpRequest, viewer: Viewer, submission_id: int, deed: str) -> HttpResponse:
    """A page that asks before a step is taken, and takes it."""
    if deed not in DEEDS:
        raise NotFoundError(deed)
    asked = DEEDS[deed]
    standing = standing_of(viewer, collection.submission_row(viewer=viewer, submission_id=submission_id))
    form = asked.form(request.POST or None)
    back = reverse("rounds:submission", args=[submission_id])
    if request.method != "POST" and deed not in standing.deeds:  # not this viewer's to do, or done by someone already
        return HttpResponseRedirect(back)
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        try_to(request, lambda: asked.act(viewer, submission_id, now, form.cleaned_data), done=str(asked.done))
        return HttpResponseRedirect(back)
    is_judged = deed in ("submit", "certify")
    doubts = collection.doubts_about(viewer=viewer, submission_id=submission_id) if is_judged else ()
    context = {
        "standing": standing,
        "deed": asked,
        "form": form,
        "back": back,
        "is_submit": deed == "submit",
        "doubts": doubts,
    }
    return show(request, "rounds/deed.html", context)
