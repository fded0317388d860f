from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from sanyan.apps.audit import actions, queries
from sanyan.apps.audit.actions import Trace
from sanyan.apps.audit.models import AuditEntry

NOW = datetime(2026, 7, 2, 3, 0, tzinfo=UTC)


@dataclass(frozen=True)
class Somebody:
    user_id: int | None = 3
    name: str = "สมชาย"


def left(action: str = "x.y", object_id: str = "1", organisation_id: int | None = None) -> None:
    trace = Trace(action, "thing", object_id, organisation_id, {"why": "ลอง"})
    with transaction.atomic():
        actions.record(by=Somebody(), trace=trace, now=NOW)


@pytest.mark.django_db
def test_a_trace_tells_who_did_what_to_what_and_when() -> None:
    left("round.open", "9", 5)
    (entry,) = queries.entries(object_type="thing", object_id="9")
    assert (entry.actor_id, entry.actor_name, entry.action, entry.at) == (3, "สมชาย", "round.open", NOW)
    assert (entry.organisation_id, entry.detail) == (5, {"why": "ลอง"})
    assert queries.entries(object_type="thing", object_id="8") == ()


@pytest.mark.django_db
def test_recent_traces_come_latest_first_within_the_organisations_asked_for() -> None:
    left(object_id="1", organisation_id=1)
    left(object_id="2", organisation_id=2)
    left("other", object_id="3")

    def ids(**asked: Any) -> list[str]:
        return [entry.object_id for entry in queries.recent(**asked)]

    assert ids(organisation_ids=None) == ["3", "2", "1"]
    assert ids(organisation_ids=frozenset({1})) == ["1"]
    assert ids(organisation_ids=frozenset()) == []
    assert ids(organisation_ids=None, actions=frozenset({"other"})) == ["3"]
    assert ids(organisation_ids=None, limit=1) == ["3"]


@pytest.mark.django_db(transaction=True)
def test_a_trace_outside_a_transaction_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        actions.record(by=Somebody(), trace=Trace("x.y", "thing", "1"), now=NOW)


@pytest.mark.django_db
def test_a_trace_is_undone_with_the_deed() -> None:
    with transaction.atomic():
        left()
        transaction.set_rollback(True)
    assert not AuditEntry.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "change",
    [
        lambda: AuditEntry.objects.update(actor_name="ผู้อื่น"),
        lambda: AuditEntry.objects.all().delete(),
        lambda: connection.cursor().execute("UPDATE audit_auditentry SET action = 'z'"),
        lambda: connection.cursor().execute("DELETE FROM audit_auditentry"),
    ],
)
def test_the_database_refuses_to_change_or_delete_a_trace(change: Any) -> None:
    left()
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        change()
    assert AuditEntry.objects.get().actor_name == "สมชาย"


@pytest.mark.django_db
@pytest.mark.parametrize("wrong", [{"action": ""}, {"actor_name": ""}])
def test_the_database_refuses_a_trace_without_an_action_or_an_actor(wrong: dict[str, str]) -> None:
    whole = {"action": "x.y", "actor_name": "ก", "object_type": "thing", "object_id": "1"}
    with pytest.raises(IntegrityError), transaction.atomic():
        AuditEntry.objects.create(at=NOW, **(whole | wrong))
