from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.collection import queries as collection
from sanyan.apps.collection.actions import save_answer
from sanyan.apps.collection.queries import AnswerRow, asked_of
from sanyan.core.errors import Fault, NotFoundError, SanyanError
from sanyan.core.indicators.definitions import Indicator
from sanyan.interfaces.web.entry.boxes import Question, answer_from, question_of
from sanyan.interfaces.web.entry.held_evidence import ACCEPTED, RefusedEvidence, by_indicator, kinds_of
from sanyan.interfaces.web.pages import page, show, told
from sanyan.interfaces.web.rounds.standing import Standing, standing_of


@page
def policy(request: HttpRequest, viewer: Viewer, submission_id: int, policy: str) -> HttpResponse:
    """The questions of one policy area, each saved as it is answered."""
    return policy_page(request, viewer, submission_id, policy)


def policy_page(
    request: HttpRequest, viewer: Viewer, submission_id: int, policy: str, *, refused: RefusedEvidence | None = None
) -> HttpResponse:
    """The page of a policy area; with what was refused beside where it was typed, it is no success to a machine."""
    standing = standing_of(viewer, collection.submission_row(viewer=viewer, submission_id=submission_id))
    part = next((part for part in standing.parts if part.area.code == policy), None)
    if part is None:
        raise NotFoundError(f"policy area {policy}")
    questions = _questions(viewer, standing, policy)
    if refused is not None and refused.given.indicator not in {asked.indicator.code for asked in questions}:
        raise NotFoundError(f"indicator {refused.given.indicator}")
    index = standing.parts.index(part)
    context = {
        "standing": standing,
        "part": part,
        "questions": [(asked, kinds_of(asked.indicator), _refused_of(asked, refused)) for asked in questions],
        "before": standing.parts[index - 1] if index else None,
        "after": standing.parts[index + 1] if index + 1 < len(standing.parts) else None,
        "readonly": not standing.can_answer,
        "accepted": ACCEPTED,
        "megabytes": settings.EVIDENCE_LIMIT_BYTES / 1024 / 1024,
    }
    response = show(request, "entry/policy.html", context)
    if refused is not None:
        response.status_code = 400
    return response


def _refused_of(question: Question, refused: RefusedEvidence | None) -> RefusedEvidence | None:
    return refused if refused is not None and refused.given.indicator == question.indicator.code else None


@require_POST
@page
def save(request: HttpRequest, viewer: Viewer, submission_id: int, policy: str, code: str) -> HttpResponse:
    """Save one answer. With htmx the reply is the line that says so; without, the page again."""
    standing = standing_of(viewer, collection.submission_row(viewer=viewer, submission_id=submission_id))
    asked = next((item for item in _asked(viewer, standing) if item.code == code), None)
    if asked is None:
        raise NotFoundError(f"indicator {code}")
    context: dict[str, Any] = {"code": code}
    try:
        answer = answer_from(standing.framework, asked, request.POST)
        saved = save_answer(by=viewer, submission_id=submission_id, answer=answer, now=timezone.now())
        warnings: tuple[Fault, ...] = saved.warnings
        context |= {"saved_at": saved.saved_at, "warnings": warnings, "state": answer.state.value}
    except NotFoundError:
        raise
    except SanyanError as error:
        context["error"] = error.as_dict()
        if not request.headers.get("HX-Request"):
            told(request, error)
    if request.headers.get("HX-Request"):
        return render(request, "entry/saved.html", context)
    return HttpResponseRedirect(f"{reverse('entry:policy', args=[submission_id, policy])}#q-{code}")


def _asked(viewer: Viewer, standing: Standing) -> tuple[Indicator, ...]:
    id = standing.row.submission_id
    return asked_of(viewer=viewer, submission_ids=[id])[id]


def _questions(viewer: Viewer, standing: Standing, policy: str) -> tuple[Question, ...]:
    organisation, info = standing.row.organisation_id, standing.info

    def stored(round_id: int | None) -> dict[tuple[int, str], AnswerRow]:
        if round_id is None:
            return {}
        return collection.answers_of_organisations(viewer=viewer, round_id=round_id, organisation_ids=[organisation])

    now, before = stored(info.id), stored(info.previous_id)
    evidence = by_indicator(viewer, standing.row.submission_id)
    return tuple(
        replace(
            question_of(
                standing.framework,
                item,
                month=info.key.month,
                answer=now.get((organisation, item.code)),
                last=before.get((organisation, item.code)),
            ),
            evidence=tuple(evidence.get(item.code, ())),
        )
        for item in _asked(viewer, standing)
        if item.policy_area == policy
    )
