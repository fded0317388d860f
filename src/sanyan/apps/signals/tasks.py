"""Looks that follow a certification, and each day's."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from django.conf import settings
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection import queries as collection
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.jobs import actions as jobs
from sanyan.apps.jobs import queries as job_queries
from sanyan.apps.signals import actions, queries
from sanyan.core.errors import NothingToDoError

KIND = "signals.look"
TITLE = "ดูสัญญาณเตือนของรอบ"
MANY = 10
BETWEEN_LOOKS = timedelta(hours=20)


def look_after_certification(*, certification_ids: Collection[int]) -> None:
    """Follow certifications: look over each round they belong to.

    Left to the worker where settings.JOB_KINDS names the work, so that nobody's click waits for it; one waiting look at
    a round serves all certifications until it starts. Done at once for many together, which are no click but an import.
    """
    reports = collection.certified_reports(viewer=SYSTEM, certification_ids=certification_ids)
    for round_id in sorted({report.round_id for report in reports}):
        if KIND not in settings.JOB_KINDS or len(reports) >= MANY:
            look_over(round_id, now=timezone.now())
        else:
            _ask_for(round_id, now=timezone.now())


def look(run: jobs.JobRun) -> dict[str, object]:
    """The work of a job: hold earlier warnings against a round, and look it over. Harmless to repeat."""
    return look_over(int(run.payload["round_id"]), now=timezone.now())


def look_over(round_id: int, *, now: datetime) -> dict[str, object]:
    """Both steps of a look, with what they changed."""
    settled = actions.verify_signals(by=SYSTEM, round_id=round_id, now=now)
    try:
        outcome = actions.raise_signals(by=SYSTEM, round_id=round_id, now=now)
    except NothingToDoError:
        return {"settled": settled, "later_round": True}
    return {"settled": settled, "found": outcome.found, "new": outcome.new, "again": outcome.again}


def look_daily() -> None:
    """From time to time: pass unanswered signals on, and look again at open rounds, whose reports grow late."""
    now = timezone.now()
    actions.escalate_overdue(by=SYSTEM, now=now)
    for info in frameworks.rounds(viewer=SYSTEM):
        if info.state == "open" and _is_due(info, now):
            _ask_for(info.id, now=now)


def _is_due(info: RoundInfo, now: datetime) -> bool:
    watch = queries.watch(viewer=SYSTEM, round_id=info.id)
    return timezone.localdate(now) > info.due_on and (watch is None or now - watch.looked_at > BETWEEN_LOOKS)


def _ask_for(round_id: int, *, now: datetime) -> None:
    if not any(
        job.kind == KIND and job.state == "queued" and job.payload.get("round_id") == round_id
        for job in job_queries.jobs(limit=200)
    ):
        jobs.enqueue(kind=KIND, title=TITLE, payload={"round_id": round_id}, asked_by=SYSTEM, now=now)
