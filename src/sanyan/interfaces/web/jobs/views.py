from __future__ import annotations

from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sanyan.apps.accounts.access import Capability, Viewer, may
from sanyan.apps.jobs import actions, queries
from sanyan.apps.jobs.queries import JobInfo
from sanyan.core.errors import NotFoundError
from sanyan.interfaces.web.jobs.results import outcome_of
from sanyan.interfaces.web.pages import page, show, try_to

SHOWN = 50
HTMX_STOP = 286
"""The status that tells htmx to stop asking."""


@page
def job_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Long runs: everyone's for those who manage the system, else the viewer's own."""
    if may(viewer=viewer, capability=Capability.MANAGE):
        found = queries.jobs(limit=SHOWN)
    else:
        found = queries.jobs(limit=SHOWN, asked_by_id=viewer.user_id) if viewer.user_id is not None else ()
    running = sum(not item.ended for item in found)
    return show(request, "jobs/list.html", {"jobs": found, "running": running})


@page
def job(request: HttpRequest, viewer: Viewer, job_id: UUID) -> HttpResponse:
    """One run: what it is doing, how far it is, how it ended."""
    return show(request, "jobs/job.html", _context(_own(viewer, job_id)))


@page
def job_now(request: HttpRequest, viewer: Viewer, job_id: UUID) -> HttpResponse:
    """The part of a job's page that changes; it stops asking when the job has ended."""
    found = _own(viewer, job_id)
    response = render(request, "jobs/now.html", _context(found), status=HTMX_STOP if found.ended else 200)
    if found.ended:
        response.headers["HX-Refresh"] = "true"
    return response


@require_POST
@page
def cancel(request: HttpRequest, viewer: Viewer, job_id: UUID) -> HttpResponse:
    _own(viewer, job_id)
    try_to(
        request,
        lambda: actions.request_cancel(job_id=job_id, now=timezone.now()),
        done=_("รับคำขอหยุดแล้ว งานจะหยุดที่ขั้นถัดไป สิ่งที่บันทึกแล้วยังอยู่"),
    )
    return HttpResponseRedirect(reverse("jobs:job", args=[job_id]))


def _context(found: JobInfo) -> dict[str, object]:
    return {"job": found, "outcome": outcome_of(found.result)}


def _own(viewer: Viewer, job_id: UUID) -> JobInfo:
    """A job the viewer asked for, or any for those who manage the system; otherwise it does not exist for them."""
    found = queries.job(job_id=job_id)
    own = viewer.user_id is not None and found.asked_by_id == viewer.user_id
    if not own and not may(viewer=viewer, capability=Capability.MANAGE):
        raise NotFoundError(f"job {job_id}")
    return found
