"""Long runs, read. Below accounts: whoever shows a job checks first that the reader may see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sanyan.apps.jobs.models import Job
from sanyan.core.errors import NotFoundError


@dataclass(frozen=True)
class JobInfo:
    """A long run as it stands. `result` is what the work handed back; `error` is Thai, for people."""

    id: UUID
    kind: str
    title: str
    state: str
    done: int
    total: int | None
    doing: str
    payload: dict[str, Any]
    result: dict[str, Any] | None
    error: str
    attempts: int
    cancel_requested: bool
    asked_by_id: int | None
    asked_by_name: str
    asked_at: datetime
    started_at: datetime | None
    heartbeat_at: datetime | None
    finished_at: datetime | None

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.finished_at is not None

    @property
    def share(self) -> float | None:
        """Part done, 0 to 1; None while the whole is not known."""
        return self.done / self.total if self.total else None


def job(*, job_id: UUID) -> JobInfo:
    """One job; raise NotFoundError where there is none."""
    row = Job.objects.filter(pk=job_id).first()
    if row is None:
        raise NotFoundError
    return described(row)


def jobs(*, limit: int = 50, asked_by_id: int | None = None) -> tuple[JobInfo, ...]:
    """The latest jobs, of everyone or of one who asked."""
    rows = Job.objects.order_by("-asked_at", "-pk")
    if asked_by_id is not None:
        rows = rows.filter(asked_by_id=asked_by_id)
    return tuple(described(row) for row in rows[:limit])


def waiting() -> int:
    """How many jobs wait or run."""
    return Job.objects.filter(finished_at__isnull=True).count()


def described(row: Job) -> JobInfo:
    """The value of a row."""
    return JobInfo(
        id=row.pk,
        kind=row.kind,
        title=row.title,
        state=row.state,
        done=row.done,
        total=row.total,
        doing=row.doing,
        payload=dict(row.payload),
        result=row.result,
        error=row.error,
        attempts=row.attempts,
        cancel_requested=row.cancel_requested,
        asked_by_id=row.asked_by_id,
        asked_by_name=row.asked_by_name,
        asked_at=row.asked_at,
        started_at=row.started_at,
        heartbeat_at=row.heartbeat_at,
        finished_at=row.finished_at,
    )
