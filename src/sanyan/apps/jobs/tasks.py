"""The one task in the queue: run a job's work function and write down how it ended."""

from __future__ import annotations

import logging
from contextlib import suppress
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.module_loading import import_string
from django_tasks import task

from sanyan.apps.jobs import actions
from sanyan.core.errors import NothingToDoError, SanyanError

logger = logging.getLogger(__name__)

in_hand: set[UUID] = set()
"""Jobs that run in this process, so that the worker can say they are alive while they are busy."""


@task()
def run_job(job_id: str) -> None:
    """Run a job if it still waits. Its own row tells how it ended, so nothing is raised for the library."""
    try:
        job = actions.start(job_id=UUID(job_id), now=timezone.now())
    except NothingToDoError:
        return
    run = actions.JobRun(job, clock=timezone.now)
    in_hand.add(run.id)
    try:
        with suppress(NothingToDoError):  # the reaper gave the job to another worker: that run will tell
            _work(run, settings.JOB_KINDS.get(job.kind, ""))
    finally:
        in_hand.discard(run.id)


def _work(run: actions.JobRun, path: str) -> None:
    try:
        result = import_string(path)(run)
        actions.finish(job_id=run.id, attempt=run.attempt, result=result, now=timezone.now())
    except actions.GivesWay:
        actions.give_way(job_id=run.id, attempt=run.attempt)
    except actions.Cancelled:
        actions.cancel(job_id=run.id, attempt=run.attempt, now=timezone.now())
    except SanyanError as error:
        reason = " ".join(part for part in (error.place, error.th, error.next_th) if part)
        actions.fail(job_id=run.id, attempt=run.attempt, error_th=reason, now=timezone.now())
    except Exception as error:
        logger.exception("job %s failed", run.id)
        reason = f"ระบบทำงานนี้ไม่สำเร็จ ({type(error).__name__}) ผู้ดูแลระบบดูรายละเอียดได้ในบันทึกการทำงานของเครื่อง"
        actions.fail(job_id=run.id, attempt=run.attempt, error_th=reason, now=timezone.now())
