from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import IntegrityError, transaction
from django_tasks_db.models import DBTaskResult

from sanyan.apps.jobs import actions, queries, queue
from sanyan.apps.jobs.actions import Cancelled, JobRun
from sanyan.apps.jobs.models import Job
from sanyan.apps.jobs.queries import JobInfo
from sanyan.apps.jobs.tasks import run_job
from sanyan.core.errors import NotFoundError, NothingToDoError

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 2, 3, 0, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


@dataclass(frozen=True)
class Asker:
    user_id: int | None = 7
    name: str = "สมหญิง"


def queued(kind: str = "adds", **payload: Any) -> JobInfo:
    return actions.enqueue(kind=kind, title="งานทดสอบ", payload=payload, asked_by=Asker(), now=NOW)


def ran(kind: str, **payload: Any) -> JobInfo:
    job = queued(kind, **payload)
    run_job.call(job_id=str(job.id))
    return queries.job(job_id=job.id)


def ticket(job_id: UUID) -> DBTaskResult[Any, Any]:
    return DBTaskResult.objects.get(task_path=queue.RUN_JOB, args_kwargs__kwargs__job_id=str(job_id))


def set_ticket(job_id: UUID, status: str) -> None:
    DBTaskResult.objects.filter(pk=ticket(job_id).pk).update(status=status, started_at=NOW)


def test_a_queued_job_waits_with_one_ticket_and_remembers_who_asked() -> None:
    job = queued(numbers=[1])
    assert (job.state, job.asked_by_id, job.asked_by_name, job.ended) == ("queued", 7, "สมหญิง", False)
    assert ticket(job.id).status == "READY"
    assert queries.waiting() == 1


def test_a_job_runs_to_its_result_and_shows_how_far_it_came() -> None:
    job = ran("adds", numbers=[1, 2, 3])
    assert (job.state, job.result, job.attempts) == ("succeeded", {"sum": 6}, 1)
    assert (job.done, job.total, job.share) == (3, 3, 1.0)


def test_an_error_written_for_people_is_kept_with_its_place_and_next_step() -> None:
    assert ran("refuses").error == "แผ่น 1 ไฟล์ว่าง เลือกไฟล์ใหม่"


@pytest.mark.parametrize("kind", ["breaks", "hands_back_the_unstorable"])
def test_an_unforeseen_error_names_its_kind_but_not_its_detail(kind: str, caplog: pytest.LogCaptureFixture) -> None:
    job = ran(kind)
    assert job.state == "failed"
    assert "Error)" in job.error
    assert "secret" not in job.error
    assert caplog.records


def test_a_running_job_stops_at_its_next_step_when_asked() -> None:
    assert ran("hears").state == "cancelled"


def test_a_waiting_job_is_cancelled_at_once_and_leaves_the_queue() -> None:
    job = queued()
    assert actions.request_cancel(job_id=job.id, now=LATER).state == "cancelled"
    assert not DBTaskResult.objects.exists()
    run_job.call(job_id=str(job.id))
    assert queries.job(job_id=job.id).attempts == 0


def test_a_job_that_has_ended_or_never_was_cannot_be_cancelled() -> None:
    job = ran("adds", numbers=[])
    with pytest.raises(NothingToDoError):
        actions.request_cancel(job_id=job.id, now=LATER)
    with pytest.raises(NotFoundError):
        actions.request_cancel(job_id=uuid4(), now=LATER)


def test_two_workers_cannot_take_one_job() -> None:
    job = queued()
    actions.start(job_id=job.id, now=NOW)
    with pytest.raises(NothingToDoError):
        actions.start(job_id=job.id, now=NOW)


def test_a_kind_without_a_work_function_is_refused_with_the_known_ones_named() -> None:
    with pytest.raises(ImproperlyConfigured, match="adds"):
        queued("unheard of")


def test_progress_is_written_twice_a_second_at_most_but_always_at_the_end() -> None:
    times = iter(NOW + timedelta(milliseconds=100 * step) for step in range(100))
    run = JobRun(actions.start(job_id=queued().id, now=NOW), clock=lambda: next(times))
    seen = []
    for done in range(1, 9):
        run.progress(done, 8, "นับ")
        seen.append(queries.job(job_id=run.id).done)
    assert seen == [1, 1, 1, 1, 1, 6, 6, 8]


def test_a_silent_running_job_goes_back_to_the_queue_with_its_ticket() -> None:
    job = queued(numbers=[2])
    actions.start(job_id=job.id, now=NOW)
    set_ticket(job.id, "RUNNING")
    assert actions.reap(now=NOW + timedelta(seconds=59)) == ()
    assert actions.reap(now=NOW + timedelta(seconds=61)) == (job.id,)
    assert (queries.job(job_id=job.id).state, ticket(job.id).status) == ("queued", "READY")
    run_job.call(job_id=str(job.id))
    again = queries.job(job_id=job.id)
    assert (again.state, again.attempts, again.result) == ("succeeded", 2, {"sum": 2})


def test_a_beat_keeps_a_job_from_being_reaped() -> None:
    job = queued()
    actions.start(job_id=job.id, now=NOW)
    actions.beat(job_ids=[job.id], now=LATER - timedelta(seconds=5))
    assert actions.reap(now=LATER) == ()


def test_after_three_attempts_a_job_fails_with_a_reason_and_its_ticket_is_closed() -> None:
    job = queued()
    for attempt in range(3):
        actions.start(job_id=job.id, now=NOW + attempt * timedelta(minutes=2))
        set_ticket(job.id, "RUNNING")
        actions.reap(now=NOW + (attempt + 1) * timedelta(minutes=2))
    ended = queries.job(job_id=job.id)
    assert (ended.state, ended.attempts, ticket(job.id).status) == ("failed", 3, "FAILED")
    assert "3 ครั้ง" in ended.error


def test_a_silent_job_that_was_asked_to_stop_is_cancelled_rather_than_repeated() -> None:
    job = queued()
    actions.start(job_id=job.id, now=NOW)
    actions.request_cancel(job_id=job.id, now=NOW)
    actions.reap(now=LATER)
    assert queries.job(job_id=job.id).state == "cancelled"


def test_a_ticket_whose_worker_died_before_taking_the_job_waits_again() -> None:
    job = queued()
    set_ticket(job.id, "RUNNING")
    actions.reap(now=LATER)
    assert ticket(job.id).status == "READY"


def test_a_ticket_whose_worker_died_after_ending_the_job_is_closed() -> None:
    job = ran("adds", numbers=[])
    set_ticket(job.id, "RUNNING")
    actions.reap(now=LATER)
    assert ticket(job.id).status == "FAILED"


def test_a_waiting_job_that_lost_its_ticket_gets_a_new_one() -> None:
    job = queued()
    DBTaskResult.objects.all().delete()
    actions.reap(now=LATER)
    assert ticket(job.id).status == "READY"


def test_a_run_that_lost_its_job_to_another_worker_hears_it_and_changes_nothing() -> None:
    job = queued()
    lost = JobRun(actions.start(job_id=job.id, now=NOW), clock=lambda: LATER)
    actions.reap(now=LATER)
    actions.start(job_id=job.id, now=LATER)
    lost.progress(1, 2)
    assert queries.job(job_id=job.id).done == 0
    with pytest.raises(Cancelled):
        lost.check_cancelled()
    with pytest.raises(NothingToDoError):
        actions.finish(job_id=job.id, attempt=lost.attempt, result=None, now=LATER)


def test_a_long_run_goes_behind_what_waits_and_is_not_counted_as_tried() -> None:
    long_run, other = queued("gives_way"), queued("adds")
    run_job.call(job_id=str(long_run.id))
    held = queries.job(job_id=long_run.id)
    assert (held.state, held.attempts, held.done) == ("queued", 0, 1)
    run_job.call(job_id=str(other.id))
    run_job.call(job_id=str(long_run.id))
    assert queries.job(job_id=long_run.id).state == "succeeded"


def test_the_list_shows_the_latest_first_and_can_be_of_one_person() -> None:
    first = queued()
    Job.objects.filter(pk=first.id).update(asked_at=NOW - timedelta(days=1), asked_by_id=8)
    second = queued()
    assert [job.id for job in queries.jobs()] == [second.id, first.id]
    assert [job.id for job in queries.jobs(asked_by_id=8)] == [first.id]
    assert len(queries.jobs(limit=1)) == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"done": 3, "total": 2},
        {"state": "succeeded", "finished_at": None},
        {"state": "queued", "finished_at": NOW},
        {"state": "running", "started_at": None},
        {"state": "dreaming"},
    ],
)
def test_the_database_refuses_a_job_that_contradicts_itself(wrong: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(kind="adds", title="x", asked_by_name="x", asked_at=NOW, **wrong)
