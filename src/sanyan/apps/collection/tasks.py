from __future__ import annotations

from django.utils import timezone

from sanyan.apps.accounts.access import viewer_by_id
from sanyan.apps.collection import actions
from sanyan.apps.jobs.actions import JobRun


def import_workbooks(run: JobRun) -> dict[str, object]:
    """The work of a job: import the workbooks it was given, in the name of who asked."""
    now = timezone.now()
    by = viewer_by_id(user_id=run.asked_by_id, on=timezone.localdate(now))
    return actions.import_queued(by=by, run=run, now=now)
