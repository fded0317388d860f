"""Excel out and in: the prefilled form, the file that comes back, and what was found in it."""

from __future__ import annotations

from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.collection import actions
from sanyan.apps.collection import queries as collection
from sanyan.apps.frameworks import queries as frameworks
from sanyan.core.errors import BadInputError
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.figures.indicator import name_of
from sanyan.interfaces.web.pages import page, show, told, try_to
from sanyan.interfaces.web.rounds.forms import BatchForm, UploadForm
from sanyan.interfaces.web.rounds.standing import standing_of

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def download(name: str, data: bytes | str, content_type: str) -> HttpResponse:
    """A file to keep, under a name that may be Thai."""
    response = HttpResponse(data, content_type=content_type)
    response.headers["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(name)}"
    return response


@page
def workbook(request: HttpRequest, viewer: Viewer, submission_id: int) -> HttpResponse:
    """The area's form, with what is stored and what it said last round."""
    found = collection.workbook_of(viewer=viewer, submission_id=submission_id)
    return download(found.file_name, found.data, XLSX)


@page
def blank(request: HttpRequest, viewer: Viewer, submission_id: int) -> HttpResponse:
    found = collection.blank_workbook(viewer=viewer, submission_id=submission_id)
    return download(found.file_name, found.data, XLSX)


@require_POST
@page
def upload(request: HttpRequest, viewer: Viewer, submission_id: int) -> HttpResponse:
    """Read an uploaded form and show what was found; nothing is stored yet."""
    row = collection.submission_row(viewer=viewer, submission_id=submission_id)
    form = UploadForm(request.POST, request.FILES)
    if form.is_valid() and form.cleaned_data["file"].size > settings.UPLOAD_LIMIT_BYTES:
        form.add_error(
            "file",
            _("ไฟล์ใหญ่เกิน %(size)s โปรดลบรูปภาพหรือแผ่นงานที่ไม่ใช้ออก") % {"size": formats.size(settings.UPLOAD_LIMIT_BYTES)},
        )
    if not form.is_valid():
        return render(request, "rounds/upload.html", {"form": form, "standing": standing_of(viewer, row)}, status=400)
    sent = form.cleaned_data["file"]
    read = actions.read_workbook(
        by=viewer,
        round_id=row.round_id,
        organisation_id=row.organisation_id,
        data=sent.read(),
        file_name=sent.name,
        now=timezone.now(),
    )
    return HttpResponseRedirect(reverse("rounds:result", args=[read.id]))


@page
def batch(request: HttpRequest, viewer: Viewer, round_id: int) -> HttpResponse:
    """Take in the workbooks of many areas at once, as a job that can be watched and stopped."""
    require(viewer=viewer, capability=Capability.MANAGE)
    info = frameworks.round_info(viewer=viewer, round_id=round_id)
    form = BatchForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        files = [(sent.name or "", sent.read()) for sent in form.cleaned_data["workbooks"]]
        try:
            job = actions.queue_workbooks(by=viewer, round_id=round_id, files=files, now=timezone.now())
        except BadInputError as error:
            told(request, error)
            return HttpResponseRedirect(reverse("rounds:batch", args=[round_id]))
        return HttpResponseRedirect(reverse("jobs:job", args=[job.id]))
    return show(request, "rounds/batch.html", {"form": form, "info": info})


@page
def result(request: HttpRequest, viewer: Viewer, import_id: int) -> HttpResponse:
    """What was found in a workbook: rows accepted, faults by sheet and cell; then store it."""
    found = collection.import_view(viewer=viewer, import_id=import_id)
    rows = collection.expected(viewer=viewer, round_id=found.round_id) if found.round_id else ()
    row = next((row for row in rows if row.organisation_id == found.organisation_id), None)
    if request.method == "POST":
        stored = try_to(
            request,
            lambda: actions.store_workbook(by=viewer, import_id=import_id, now=timezone.now()),
            done=_("บันทึกแถวที่ผ่านแล้ว ตรวจดูแล้วส่งให้ ผอ. รับรองได้"),
        )
        if stored and row is not None:
            return HttpResponseRedirect(reverse("rounds:submission", args=[row.submission_id]))
        return HttpResponseRedirect(reverse("rounds:result", args=[import_id]))
    report = found.report
    faults = [fault for fault in _list(report.get("faults")) if isinstance(fault, dict)]
    context = {
        "found": found,
        "report": report,
        "row": row,
        "errors": [fault for fault in faults if fault.get("is_error")],
        "warnings": [fault for fault in faults if not fault.get("is_error")],
        "changes": _list(report.get("changes")),
        "unanswered": _named(viewer, found, _list(report.get("unanswered"))),
    }
    return show(request, "rounds/result.html", context)


def _named(viewer: Viewer, found: collection.ImportView, codes: list[object]) -> list[tuple[object, str]]:
    """Codes of indicators with their names in the round's framework."""
    if found.round_id is None:
        return [(code, "") for code in codes]
    info = frameworks.round_info(viewer=viewer, round_id=found.round_id)
    definition = frameworks.framework_version(viewer=viewer, version_id=info.version_id).definition
    names = {item.code: name_of(item) for item in definition.indicators}
    return [(code, names.get(str(code), "")) for code in codes]


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else []
