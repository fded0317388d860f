"""The library's tickets in the queue (rows of django-tasks-db), kept in step with the jobs they carry.

After kill -9 the library leaves a ticket "running" for ever, so every way a ticket and its job
can disagree is mended here. Only tickets of `tasks.run_job` are touched.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.module_loading import import_string
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

RUN_JOB = "sanyan.apps.jobs.tasks.run_job"  # by name: the task calls actions, and actions call this


def put(*, job_id: UUID) -> None:
    """Put a ticket for a job into the queue."""
    import_string(RUN_JOB).enqueue(job_id=str(job_id))


def drop(*, job_id: UUID) -> None:
    """Take away the ticket of a job that no one has started."""
    _tickets(job_id).filter(status=TaskResultStatus.READY).delete()


def give_back(*, job_id: UUID) -> None:
    """Make a job's ticket wait again, or write a new one when it is gone."""
    if not _tickets(job_id).update(status=TaskResultStatus.READY, started_at=None, finished_at=None):
        put(job_id=job_id)


def close(*, job_id: UUID, now: datetime) -> None:
    """End the ticket of a job that has ended without its worker."""
    _tickets(job_id).filter(status=TaskResultStatus.RUNNING).update(status=TaskResultStatus.FAILED, finished_at=now)


def has_running() -> bool:
    """Whether any ticket says that a worker has it."""
    return DBTaskResult.objects.filter(task_path=RUN_JOB, status=TaskResultStatus.RUNNING).exists()


def repair(*, waiting: frozenset[UUID], running: frozenset[UUID], claimed_before: datetime, now: datetime) -> None:
    """Mend tickets whose worker died outside the run: before it took the job, or after it ended it."""
    tickets = DBTaskResult.objects.filter(task_path=RUN_JOB)
    stuck = tickets.filter(status=TaskResultStatus.RUNNING, started_at__lt=claimed_before)
    for ticket in stuck:
        if _job_id(ticket) in waiting:
            give_back(job_id=_job_id(ticket))
        elif _job_id(ticket) not in running:
            close(job_id=_job_id(ticket), now=now)
    alive = tickets.filter(status__in=(TaskResultStatus.READY, TaskResultStatus.RUNNING))
    for job_id in waiting - {_job_id(ticket) for ticket in alive}:
        give_back(job_id=job_id)


def _job_id(ticket: DBTaskResult[Any, Any]) -> UUID:
    return UUID(ticket.args_kwargs["kwargs"]["job_id"])


def _tickets(job_id: UUID) -> QuerySet[DBTaskResult[Any, Any]]:
    return DBTaskResult.objects.filter(task_path=RUN_JOB, args_kwargs__kwargs__job_id=str(job_id))
