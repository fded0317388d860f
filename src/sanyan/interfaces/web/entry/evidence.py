"""Evidence under a question: what stands behind the answer, added and removed one by one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.collection.actions import add_evidence, remove_evidence
from sanyan.apps.collection.queries import EvidenceRow, evidence_of_submission
from sanyan.core.forms.answers import FilledEvidence
from sanyan.core.indicators.definitions import Indicator
from sanyan.interfaces.web import words
from sanyan.interfaces.web.pages import page, try_to


def kinds_of(indicator: Indicator) -> tuple[tuple[str, words.Text], ...]:
    """The kinds of evidence that a question takes, in words; all of them where the framework names none."""
    return tuple((code, words.word("evidence", code).text) for code in indicator.evidence or words.EVIDENCE)


def by_indicator(viewer: Viewer, submission_id: int) -> dict[str, list[EvidenceRow]]:
    """The evidence of a submission by the question it stands behind."""
    held: dict[str, list[EvidenceRow]] = {}
    for row in evidence_of_submission(viewer=viewer, submission_id=submission_id):
        held.setdefault(row.indicator_code, []).append(row)
    return held


@require_POST
@page
def add(request: HttpRequest, viewer: Viewer, submission_id: int, policy: str, code: str) -> HttpResponse:
    item = FilledEvidence(
        code, request.POST.get("kind", ""), request.POST.get("title", ""), request.POST.get("location", "")
    )
    now = timezone.now()
    try_to(
        request,
        lambda: add_evidence(by=viewer, submission_id=submission_id, item=item, now=now),
        done=_("เพิ่มหลักฐานแล้ว"),
    )
    return _back(submission_id, policy, code)


@require_POST
@page
def remove(request: HttpRequest, viewer: Viewer, submission_id: int, policy: str, code: str) -> HttpResponse:
    kind, title, now = request.POST.get("kind", ""), request.POST.get("title", ""), timezone.now()
    try_to(
        request,
        lambda: remove_evidence(
            by=viewer, submission_id=submission_id, indicator=code, kind=kind, title=title, now=now
        ),
        done=_("นำหลักฐานออกแล้ว"),
    )
    return _back(submission_id, policy, code)


def _back(submission_id: int, policy: str, code: str) -> HttpResponse:
    return HttpResponseRedirect(f"{reverse('entry:policy', args=[submission_id, policy])}#e-{code}")
