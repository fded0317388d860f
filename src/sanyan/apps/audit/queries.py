"""Who did what, read. Below accounts: callers ask `accounts.access` first which organisations the reader may see."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from sanyan.apps.audit.models import AuditEntry


@dataclass(frozen=True)
class EntryInfo:
    """One thing done, by whom, to what."""

    id: int
    at: datetime
    actor_id: int | None
    actor_name: str
    action: str
    object_type: str
    object_id: str
    organisation_id: int | None
    detail: dict[str, object]


@dataclass(frozen=True)
class Deed:
    """One step in the life of an object: when, who, what ("raise", "verify", "close"...), and its particulars."""

    at: datetime
    by: str
    what: str
    detail: Mapping[str, object]


def entries(*, object_type: str, object_id: str, limit: int = 200) -> tuple[EntryInfo, ...]:
    """What was done to one object, the latest first."""
    return _described(AuditEntry.objects.filter(object_type=object_type, object_id=object_id), limit)


def deeds(*, object_type: str, object_id: str) -> tuple[Deed, ...]:
    """The life of one object, the oldest step first."""
    return tuple(
        Deed(entry.at, entry.actor_name, entry.action.rpartition(".")[2], entry.detail)
        for entry in reversed(entries(object_type=object_type, object_id=object_id))
    )


def recent(
    *, organisation_ids: frozenset[int] | None, actions: frozenset[str] | None = None, limit: int = 50
) -> tuple[EntryInfo, ...]:
    """The latest deeds in these organisations; with None, everywhere and also those of no organisation."""
    rows = AuditEntry.objects.all()
    if organisation_ids is not None:
        rows = rows.filter(organisation_id__in=organisation_ids)
    if actions is not None:
        rows = rows.filter(action__in=actions)
    return _described(rows, limit)


def _described(rows: QuerySet[AuditEntry], limit: int) -> tuple[EntryInfo, ...]:
    return tuple(
        EntryInfo(
            id=row.pk,
            at=row.at,
            actor_id=row.actor_id,
            actor_name=row.actor_name,
            action=row.action,
            object_type=row.object_type,
            object_id=row.object_id,
            organisation_id=row.organisation_id,
            detail=dict(row.detail),
        )
        for row in rows.order_by("-id")[:limit]
    )
