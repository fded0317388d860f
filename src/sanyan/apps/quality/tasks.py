"""Checks that follow a certification."""

from __future__ import annotations

from collections.abc import Collection

from django.conf import settings
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection import queries as collection
from sanyan.apps.jobs import actions as jobs
from sanyan.apps.jobs import queries as job_queries
from sanyan.apps.quality import actions

KIND = "quality.check_round"
MANY = 10


def check_certified(*, certification_ids: Collection[int]) -> None:
    """Follow certifications: check each round they belong to.

    Left to the worker where settings.JOB_KINDS names the work, so that nobody's click waits for it; one waiting
    check of a round serves all certifications until it starts. Done at once where it does not, and for many
    certifications together, which are no click but an import.
    """
    reports = collection.certified_reports(viewer=SYSTEM, certification_ids=certification_ids)
    for round_id in sorted({report.round_id for report in reports}):
        if KIND not in settings.JOB_KINDS or len(reports) >= MANY:
            actions.check_round(by=SYSTEM, round_id=round_id, now=timezone.now())
        elif not _is_waiting(round_id):
            jobs.enqueue(
                kind=KIND,
                title="ตรวจสอบข้อมูลของรอบ",
                payload={"round_id": round_id},
                asked_by=SYSTEM,
                now=timezone.now(),
            )


def check_round(run: jobs.JobRun) -> dict[str, object]:
    """The work of a job: check one round. Harmless to repeat."""
    outcome = actions.check_round(by=SYSTEM, round_id=int(run.payload["round_id"]), now=timezone.now())
    return {
        "found": outcome.found,
        "new": outcome.new,
        "reopened": outcome.reopened,
        "cleared": outcome.cleared,
        "not_run": [note.check_code for note in outcome.not_run],
    }


def _is_waiting(round_id: int) -> bool:
    return any(
        job.kind == KIND and job.state == "queued" and job.payload.get("round_id") == round_id
        for job in job_queries.jobs(limit=200)
    )
