"""What a signal can never be, kept by the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from tests.factories import NOW, TODAY, World, small_world

from sanyan.apps.signals.models import Signal, SignalMember

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any) -> World:
    settings.AFTER_CERTIFICATION = []
    return small_world()


def a_signal(world: World, **changes: Any) -> Signal:
    fields: dict[str, Any] = {
        "subject": "SMALL:real:late::unit:A1:",
        "rule_code": "late",
        "variant": "late",
        "scope": "unit",
        "organisation_id": world.ids["A1"],
        "round_id": world.round.id,
        "seen_round_id": world.round.id,
        "probability": 1.0,
        "severity": "low",
        "rank": 1,
        "reason_th": "ก",
        "reason_en": "a",
        "raised_at": NOW,
        "seen_at": NOW,
        "due_on": TODAY,
    }
    return Signal.objects.create(**{**fields, **changes})


CLOSED = {"state": "closed", "closed_at": NOW, "closed_by": "ก", "outcome": "explained", "explanation": "ข"}


@pytest.mark.parametrize(
    "changes",
    [
        {"probability": 1.5},
        {"scope": "system"},
        {"organisation_id": None},
        {"acknowledged_at": NOW},
        {"acting_at": NOW, "acting_by": "ก"},
        {"state": "closed"},
        {**CLOSED, "outcome": ""},
        {**CLOSED, "explanation": ""},
        {**CLOSED, "state": "raised"},
        {"state": "acknowledged"},
        {"state": "acting"},
        {"escalations": 1},
        {"escalated_at": NOW},
    ],
)
def test_half_told_signals_are_refused(world: World, changes: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        a_signal(world, **changes)


def test_one_matter_is_open_once(world: World) -> None:
    a_signal(world, **CLOSED)
    a_signal(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        a_signal(world)


@pytest.mark.parametrize(
    "changes", [{"probability": -0.1}, {"came_true": True}, {"checked_at": NOW, "came_true": True}]
)
def test_half_checked_members_are_refused(world: World, changes: dict[str, Any]) -> None:
    fields: dict[str, Any] = {"probability": 0.5, "severity": "low", "variant": "late"}
    with pytest.raises(IntegrityError), transaction.atomic():
        SignalMember.objects.create(signal=a_signal(world), organisation_id=world.ids["A1"], **{**fields, **changes})
