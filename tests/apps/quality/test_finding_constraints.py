"""The database refuses a finding that contradicts itself."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.factories import NOW, World, small_world

from sanyan.apps.quality.models import Finding

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return small_world()


def make(world: World, **more: object) -> Finding:
    return Finding.objects.create(
        **{
            "check_code": "late",
            "severity": "low",
            "round_id": world.round.id,
            "organisation_id": world.ids["A1"],
            "reason_th": "ก",
            "reason_en": "a",
            "next_step_th": "ข",
            "next_step_en": "b",
            "found_at": NOW,
            "seen_at": NOW,
            **more,
        }
    )


@pytest.mark.parametrize(
    "contradiction",
    [
        {"handled_at": NOW},
        {"handled_by": "ผู้ใช้"},
        {"state": "explained", "handled_at": NOW, "handled_by": "ผู้ใช้"},
        {"state": "fixed", "explanation": "แก้แล้ว"},
    ],
)
def test_a_finding_handled_by_halves_is_refused(world: World, contradiction: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        make(world, **contradiction)


def test_one_thing_is_found_once(world: World) -> None:
    make(world)
    with pytest.raises(IntegrityError), transaction.atomic():
        make(world)
    make(world, indicator_code="SAF-01")
