from __future__ import annotations

from collections.abc import Collection

from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.analytics import actions, queries
from sanyan.apps.analytics.access import fact_store
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.jobs.actions import JobRun
from sanyan.engines.stores.registry import warm_up


def append_certified(*, certification_ids: Collection[int]) -> None:
    """Follow a certification: its answers become facts at once."""
    actions.append_facts(by=SYSTEM, certification_ids=certification_ids, now=timezone.now())


def rebuild(run: JobRun) -> dict[str, object]:
    """The work of a job: make the facts anew from what is certified."""
    run.progress(0, None, "สร้างชุดข้อเท็จจริงใหม่จากรายงานที่รับรองแล้ว")
    return {"facts": actions.rebuild(by=SYSTEM, now=timezone.now())}


def warm() -> None:
    """Load the fact store's engine and work the current round out; a process does so once, when it starts."""
    warm_up(fact_store())
    today = timezone.localdate()
    current = frameworks.current_round(viewer=SYSTEM, today=today)
    if current is not None:
        queries.overview(viewer=SYSTEM, round_id=current.id, today=today)
