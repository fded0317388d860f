from __future__ import annotations

from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.jobs.actions import JobRun
from sanyan.apps.practice import actions


def listen(run: JobRun) -> dict[str, object]:
    """The work of a job: practice people read what the practice year says. Harmless to repeat."""
    info = frameworks.round_info(viewer=SYSTEM, round_id=int(run.payload["round_id"]))
    done = actions.read_what_was_written(by=SYSTEM, info=info, now=timezone.now(), progress=run.progress)
    return dict(done)
