from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.cases.actions.drafting import draft_candidates
from sanyan.apps.cases.actions.nominating import propose_from_reports
from sanyan.apps.cases.actions.proposing import propose_from_outliers
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.jobs import actions as jobs

KIND = "cases.look"
TITLE = "ค้นหาผู้สมัครเป็นแบบอย่างและร่างบัตร"


def ask_to_look(*, by: Viewer, round_id: int, now: datetime) -> bool:
    """Look over a round for candidates and draft their cards. Returns whether it is left to the worker, as it is where
    settings.JOB_KINDS names the work."""
    require(viewer=by, capability=Capability.MANAGE)
    info = frameworks.round_info(viewer=by, round_id=round_id)
    if KIND in settings.JOB_KINDS:
        jobs.enqueue(kind=KIND, title=TITLE, payload={"round_id": info.id}, asked_by=by, now=now)
        return True
    look_over(by=by, round_id=info.id, now=now)
    return False


def look_over(
    *, by: Viewer, round_id: int, now: datetime, progress: Callable[[int, int, str], None] | None = None
) -> dict[str, object]:
    """Propose by figures and from reports, then draft, with what came of each. Harmless to repeat."""
    outliers = propose_from_outliers(by=by, round_id=round_id, now=now)
    reports = propose_from_reports(by=by, round_id=round_id, now=now)
    drafted = draft_candidates(by=by, round_id=round_id, now=now, progress=progress)
    return {
        "new": outliers.new + reports.new,
        "known": outliers.known + reports.known,
        "too_few": outliers.too_few + reports.too_few,
        "drafted": drafted,
    }
