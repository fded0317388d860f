"""The one way to leave a trace. Called inside the transaction of the action it records."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from django.db import connection
from django.utils import timezone

from sanyan.apps.audit.models import AuditEntry


class Actor(Protocol):
    """Whoever acts: a person, or the system under its own name."""

    @property
    def user_id(self) -> int | None: ...

    @property
    def name(self) -> str: ...


@dataclass(frozen=True)
class Trace:
    """One thing done to one object."""

    action: str
    object_type: str
    object_id: str
    organisation_id: int | None = None
    detail: Mapping[str, object] | None = None


def record(*, by: Actor, trace: Trace, now: datetime | None = None) -> None:
    """Write one audit row. Raise RuntimeError outside a transaction: it stands or falls with the deed."""
    record_all(by=by, traces=[trace], now=now)


def record_all(*, by: Actor, traces: Iterable[Trace], now: datetime | None = None) -> None:
    """Write many audit rows at once, under the same rule as `record`."""
    if not connection.in_atomic_block:
        raise RuntimeError("an audit row is written in the transaction of the action it records")
    at = now or timezone.now()
    AuditEntry.objects.bulk_create(
        [
            AuditEntry(
                at=at,
                actor_id=by.user_id,
                actor_name=by.name,
                action=trace.action,
                object_type=trace.object_type,
                object_id=trace.object_id,
                organisation_id=trace.organisation_id,
                detail=dict(trace.detail or {}),
            )
            for trace in traces
        ],
        batch_size=500,
    )
