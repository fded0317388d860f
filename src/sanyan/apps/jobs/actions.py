"""A job's life: queued, running, ended. Every step names the state it starts from, so no two workers take it.

The job row is the truth for people; the task row is the library's ticket, kept in step by `queue.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any, Protocol
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.db.models import F, QuerySet

from sanyan.apps.jobs import queries, queue
from sanyan.apps.jobs.models import Job
from sanyan.core.errors import NotFoundError, NothingToDoError

MAX_ATTEMPTS = 3
SILENCE_BEFORE_REAPING = timedelta(seconds=60)
LONGEST_STRETCH = timedelta(seconds=15)  # of a run of hours at once
PROGRESS_EVERY = timedelta(seconds=0.5)

Progress = Callable[[int, int, str], None]
"""Told how many are done, of how many, and what is being done; `JobRun.progress` is one."""


class Asker(Protocol):
    """Whoever asks for a job."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def name(self) -> str: ...


class Cancelled(Exception):  # noqa: N818  (a wish, not an error)
    """Somebody asked the job to stop, or it was handed to another worker."""


class GivesWay(Exception):  # noqa: N818  (no error either)
    """A long run that can stop anywhere lets what waits go first; it goes on where it was afterwards."""


class JobRun:
    """What a work function holds while it runs: its payload, and a way to tell how far it is.

    A work function takes one of these and returns a JSON-ready mapping or None. It is repeated when a worker
    dies, so it must be harmless to run twice.
    """

    def __init__(self, job: queries.JobInfo, *, clock: Callable[[], datetime]) -> None:
        self.id = job.id
        self.payload = job.payload
        self.asked_by_id = job.asked_by_id
        self.asked_by_name = job.asked_by_name
        self.attempt = job.attempts
        self._clock = clock
        self._begun = clock()
        self._told_at: datetime | None = None
        self._told_doing = ""

    def progress(self, done: int, total: int | None, doing: str = "") -> None:
        """Tell how far it is. Cheap to call for every row: it writes twice a second at most."""
        now = self._clock()
        recent = self._told_at is not None and now - self._told_at < PROGRESS_EVERY
        if recent and done != total and doing == self._told_doing:
            return
        self._told_at, self._told_doing = now, doing
        progress(job_id=self.id, attempt=self.attempt, done=done, total=total, doing=doing, now=now)

    def check_cancelled(self) -> None:
        """Raise Cancelled when the job was asked to stop or is no longer this worker's."""
        row = Job.objects.filter(pk=self.id).values("state", "attempts", "cancel_requested").first()
        if row is None or row["cancel_requested"]:
            raise Cancelled
        if row["state"] != Job.State.RUNNING or row["attempts"] != self.attempt:
            raise Cancelled

    def let_others_first(self) -> None:
        """Raise GivesWay when another job waits, or after a while, so that a worker that is asked to stop can.

        Only for work that keeps what it has done and goes on from there.
        """
        if self._clock() - self._begun > LONGEST_STRETCH or Job.objects.filter(state=Job.State.QUEUED).exists():
            raise GivesWay


def enqueue(*, kind: str, title: str, payload: Mapping[str, Any], asked_by: Asker, now: datetime) -> queries.JobInfo:
    """Queue a job of a kind that settings.JOB_KINDS knows. It waits for the transaction to commit."""
    if kind not in settings.JOB_KINDS:
        known = ", ".join(sorted(settings.JOB_KINDS)) or "none"
        raise ImproperlyConfigured(f"JOB_KINDS has no {kind!r}. Name its work function there. Known: {known}.")
    with transaction.atomic():
        job = Job.objects.create(
            kind=kind,
            title=title,
            payload=dict(payload),
            asked_by_id=asked_by.user_id,
            asked_by_name=asked_by.name,
            asked_at=now,
        )
        queue.put(job_id=job.pk)
    return queries.described(job)


def start(*, job_id: UUID, now: datetime) -> queries.JobInfo:
    """Take a queued job; raise NothingToDoError when it no longer waits (cancelled, or already taken)."""
    taken = Job.objects.filter(pk=job_id, state=Job.State.QUEUED).update(
        state=Job.State.RUNNING,
        attempts=F("attempts") + 1,
        started_at=now,
        heartbeat_at=now,
        done=0,
        total=None,
        doing="",
        error="",
    )
    if not taken:
        raise _not_in_time("job-not-waiting")
    return queries.job(job_id=job_id)


def beat(*, job_ids: Iterable[UUID], now: datetime) -> None:
    """Say that these running jobs are alive."""
    Job.objects.filter(pk__in=list(job_ids), state=Job.State.RUNNING).update(heartbeat_at=now)


def progress(*, job_id: UUID, attempt: int, done: int, total: int | None, doing: str, now: datetime) -> None:
    """Note how far a run is, which also counts as a beat. A run that lost its job changes nothing."""
    _running(job_id, attempt).update(done=done, total=total, doing=doing[:200], heartbeat_at=now)


def finish(*, job_id: UUID, attempt: int, result: Mapping[str, Any] | None, now: datetime) -> None:
    """End a run well; raise NothingToDoError when the job is no longer this run's."""
    stored = None if result is None else dict(result)
    with transaction.atomic():  # a result that is no JSON must not spoil the transaction it is refused in
        ended = _running(job_id, attempt).update(state=Job.State.SUCCEEDED, result=stored, finished_at=now, doing="")
    if not ended:
        raise _not_in_time("job-not-running")


def fail(*, job_id: UUID, attempt: int, error_th: str, now: datetime) -> None:
    """End a run badly, with the reason for people; raise NothingToDoError when it is no longer this run's."""
    if not _running(job_id, attempt).update(state=Job.State.FAILED, error=error_th, finished_at=now):
        raise _not_in_time("job-not-running")


def give_way(*, job_id: UUID, attempt: int) -> None:
    """Put a running job behind those that wait, as if it had not been tried; what it has done stays done."""
    with transaction.atomic():
        put_back = _running(job_id, attempt).update(
            state=Job.State.QUEUED, attempts=F("attempts") - 1, heartbeat_at=None
        )
        if not put_back:
            raise _not_in_time("job-not-running")
        queue.put(job_id=job_id)


def cancel(*, job_id: UUID, attempt: int, now: datetime) -> None:
    """End a run that heard the request to stop; raise NothingToDoError when it is no longer this run's."""
    if not _running(job_id, attempt).update(state=Job.State.CANCELLED, finished_at=now, doing=""):
        raise _not_in_time("job-not-running")


def request_cancel(*, job_id: UUID, now: datetime) -> queries.JobInfo:
    """Ask a job to stop: at once while it waits, at its next step while it runs; raise when it has ended."""
    with transaction.atomic():
        waiting = Job.objects.filter(pk=job_id, state=Job.State.QUEUED)
        if waiting.update(state=Job.State.CANCELLED, cancel_requested=True, finished_at=now):
            queue.drop(job_id=job_id)
        elif not Job.objects.filter(pk=job_id, state=Job.State.RUNNING).update(cancel_requested=True):
            if not Job.objects.filter(pk=job_id).exists():
                raise NotFoundError
            raise _not_in_time("job-ended")
    return queries.job(job_id=job_id)


def reap(*, now: datetime) -> tuple[UUID, ...]:
    """Return to the queue what dead workers left behind; give up after three attempts. Ids of both."""
    if not Job.objects.filter(finished_at__isnull=True).exists() and not queue.has_running():
        return ()  # an idle worker must not hold SQLite's one write lock every few seconds
    with transaction.atomic():
        silent = Job.objects.select_for_update(skip_locked=True).filter(
            state=Job.State.RUNNING, heartbeat_at__lt=now - SILENCE_BEFORE_REAPING
        )
        touched = []
        for job in silent:
            _give_back_or_up(job, now=now)
            touched.append(job.pk)
        queue.repair(
            waiting=_ids_in(Job.State.QUEUED),
            running=_ids_in(Job.State.RUNNING),
            claimed_before=now - SILENCE_BEFORE_REAPING,
            now=now,
        )
    return tuple(touched)


def _give_back_or_up(job: Job, *, now: datetime) -> None:
    if job.cancel_requested:
        job.state, job.finished_at = Job.State.CANCELLED, now
    elif job.attempts >= MAX_ATTEMPTS:
        job.state, job.finished_at = Job.State.FAILED, now
        job.error = f"งานหยุดกลางคัน {job.attempts} ครั้ง จึงไม่ลองต่อ ข้อมูลที่บันทึกแล้วยังอยู่ครบ โปรดสั่งงานใหม่หรือแจ้งผู้ดูแลระบบ"
    else:
        job.state, job.heartbeat_at = Job.State.QUEUED, None
        job.doing = "รอทำต่อ หลังเครื่องหยุดกลางคัน"
    job.save()
    if job.state == Job.State.QUEUED:
        queue.give_back(job_id=job.pk)
    else:
        queue.close(job_id=job.pk, now=now)


def _ids_in(state: str) -> frozenset[UUID]:
    return frozenset(Job.objects.filter(state=state).values_list("pk", flat=True))


def _running(job_id: UUID, attempt: int) -> QuerySet[Job]:
    return Job.objects.filter(pk=job_id, state=Job.State.RUNNING, attempts=attempt)


def _not_in_time(code: str) -> NothingToDoError:
    return NothingToDoError(
        code,
        "งานนี้สิ้นสุดหรือเปลี่ยนสถานะไปแล้ว",
        "The job has ended or moved on.",
        next_th="เปิดหน้างานอีกครั้งเพื่อดูสถานะล่าสุด",
        next_en="Open the job again to see its state.",
    )
