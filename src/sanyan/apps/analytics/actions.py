"""Carrying certified answers into the facts. Appending twice changes nothing, so a crash is repaired by doing it
again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sanyan.apps.accounts.access import SYSTEM, Viewer
from sanyan.apps.analytics.access import fact_store
from sanyan.apps.analytics.facts import facts_of, source_of
from sanyan.apps.collection import actions as collection_actions
from sanyan.apps.collection import queries as collection
from sanyan.core.errors import NotFoundError

BATCH = 300


def append_facts(*, by: Viewer, certification_ids: Collection[int], now: datetime) -> int:
    """Append what these certifications carry. Returns how many facts."""
    _only_system(by)
    facts = facts_of(collection.certified_reports(viewer=SYSTEM, certification_ids=certification_ids))
    fact_store().append(facts)
    collection_actions.mark_appended(by=by, certification_ids=certification_ids, now=now)
    return len(facts)


def repair(*, by: Viewer, now: datetime) -> int:
    """Append whatever was certified but is not in the facts: a crash came between, or a segment was lost.

    Returns how many certifications were appended.
    """
    _only_system(by)
    held = fact_store().latest()
    waiting = [
        item.certification_id
        for item in collection.latest_certifications(viewer=SYSTEM)
        if held.get(source_of(item.submission_id), 0) < item.sequence
    ]
    for start in range(0, len(waiting), BATCH):
        append_facts(by=by, certification_ids=waiting[start : start + BATCH], now=now)
    return len(waiting)


def rebuild(*, by: Viewer, now: datetime) -> int:
    """Make the facts anew from the certified answers. Returns how many facts."""
    _only_system(by)
    reports = collection.certified_reports(viewer=SYSTEM)
    store = fact_store()
    store.clear()
    total = 0
    for start in range(0, len(reports), BATCH):
        batch = reports[start : start + BATCH]
        facts = facts_of(batch)
        store.append(facts)
        collection_actions.mark_appended(
            by=by, certification_ids=[report.certification_id for report in batch], now=now
        )
        total += len(facts)
    return total


def _only_system(by: Viewer) -> None:
    """Facts follow certification by themselves; no person writes them."""
    if not by.system:
        raise NotFoundError
