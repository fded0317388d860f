"""Work functions for the tests of jobs."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from sanyan.apps.jobs import actions
from sanyan.apps.jobs.actions import JobRun
from sanyan.core.errors import BadInputError


def adds(run: JobRun) -> dict[str, Any]:
    numbers = run.payload["numbers"]
    for done, _ in enumerate(numbers, start=1):
        run.progress(done, len(numbers), "กำลังบวก")
    return {"sum": sum(numbers)}


def refuses(run: JobRun) -> None:
    raise BadInputError("x", "ไฟล์ว่าง", "Empty.", next_th="เลือกไฟล์ใหม่", place="แผ่น 1")


def breaks(run: JobRun) -> None:
    raise ValueError("secret detail")


def hears(run: JobRun) -> None:
    actions.request_cancel(job_id=run.id, now=timezone.now())
    run.check_cancelled()


def hands_back_the_unstorable(run: JobRun) -> Any:
    return {"not json": object()}


def gives_way(run: JobRun) -> dict[str, Any]:
    run.progress(1, 2, "ทำไปครึ่งหนึ่ง")
    run.let_others_first()
    return {"done": True}
