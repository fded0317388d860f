"""The look for candidates as a job: it reads every area's figures and texts, too long for a click."""

from __future__ import annotations

from django.utils import timezone

from sanyan.apps.accounts.access import viewer_by_id
from sanyan.apps.cases import actions
from sanyan.apps.jobs import actions as jobs


def look(run: jobs.JobRun) -> dict[str, object]:
    """The work of a job, in the name of who asked."""
    now = timezone.now()

    def tell(done: int, total: int, doing: str) -> None:
        run.progress(done, total, doing)
        run.check_cancelled()

    run.progress(0, None, "ค้นหาจากตัวเลขและแบบรายงาน")
    by = viewer_by_id(user_id=run.asked_by_id, on=timezone.localdate(now))
    return actions.look_over(by=by, round_id=int(run.payload["round_id"]), now=now, progress=tell)
