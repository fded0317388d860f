"""What a case, a card and a selection can never be, kept by the database."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.db.models import Model
from tests.factories import NOW, small_world

from sanyan.apps.cases.models import (
    Case,
    CaseField,
    CaseSource,
    Nomination,
    Pairing,
    SelectionEntry,
    SelectionRound,
    SelectionScore,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def made(settings: Any) -> dict[str, Any]:
    """One row of each sort."""
    settings.AFTER_CERTIFICATION = []
    world = small_world()
    case = Case.objects.create(
        subject="SMALL:real:outlier:A1:SAF",
        origin="positive_outlier",
        organisation_id=world.ids["A1"],
        round_id=world.round.id,
        policy_area="SAF",
        indicator_code="SAF-01",
        title="เรื่อง",
        state="drafted",
        proposed_at=NOW,
        proposed_by="ก",
        drafted_at=NOW,
        drafted_by="ก",
    )
    selection = SelectionRound.objects.create(
        name_th="รอบ", level="centre", round_id=world.round.id, seats=1, criteria={}, opened_at=NOW, opened_by="ก"
    )
    weak = {"organisation_id": world.ids["B2"], "distance": 0.4, "why_th": "ก", "why_en": "a"}
    return {
        "case": case,
        "selection": selection,
        "entry": SelectionEntry.objects.create(selection=selection, case=case),
        "field": CaseField.objects.create(case=case, field="what", value="ก", standing="stated", basis="text"),
        "source": CaseSource.objects.create(
            case=case, key="a", kind="told", round_name="2568-09", name_th="ก", stance="other", text="ก", taken_at=NOW
        ),
        "pair": Pairing.objects.create(case=case, **weak),
    }


def lets_pass(row: Model, changes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The changes that the database takes."""
    passed = []
    for change in changes:
        try:
            with transaction.atomic():
                type(row)._default_manager.filter(pk=row.pk).update(**change)
        except IntegrityError:
            continue
        passed.append(change)
    return passed


def test_a_case_has_its_days_names_and_reasons(made: dict[str, Any]) -> None:
    assert (
        lets_pass(
            made["case"],
            [
                {"title": ""},
                {"policy_area": ""},
                {"indicator_code": ""},
                {"proposed_by": ""},
                {"state": "verified"},
                {"state": "published"},
                {"state": "withdrawn"},
                {"state": "candidate"},
                {"drafted_by": ""},
                {"published_at": NOW},
                {"withdrawn_at": NOW, "withdrawn_by": "ก", "state": "withdrawn"},
                {"verified_at": NOW, "verified_by": "ก", "proposer_id": 7, "verifier_id": 7},
            ],
        )
        == []
    )


def test_a_part_of_a_card_is_missing_or_rests_on_something(made: dict[str, Any]) -> None:
    wrong = [{"standing": "missing"}, {"value": ""}, {"basis": ""}, {"basis": "person"}]
    assert lets_pass(made["field"], [*wrong, {"edited_at": NOW}, {"edited_by": "ก"}]) == []


def test_a_decision_comes_with_its_reason_day_and_name(made: dict[str, Any]) -> None:
    halves: list[dict[str, Any]] = [
        {"decision": "chosen"},
        {"decision": "chosen", "decided_at": NOW, "decided_by": "ก"},
        {"reason": "เพราะ"},
        {"suggested": "chosen"},
    ]
    assert lets_pass(made["entry"], halves) == []


def test_a_selection_has_its_place_and_its_seats(made: dict[str, Any]) -> None:
    assert lets_pass(made["selection"], [{"seats": 0}, {"level": "area"}, {"closed_at": NOW}, {"name_th": ""}]) == []


def test_a_source_has_its_text_and_a_pair_its_reason(made: dict[str, Any]) -> None:
    assert lets_pass(made["source"], [{"text": ""}]) == []
    assert lets_pass(made["pair"], [{"distance": -1}, {"why_th": ""}, {"why_en": ""}]) == []


def test_nothing_stands_twice_or_without_what_it_needs(made: dict[str, Any]) -> None:
    score = {"entry": made["entry"], "criterion": "why", "scored_at": NOW}
    others = [_another(made[name]) for name in ("case", "selection", "entry", "field", "source", "pair")]
    others += [
        Nomination(case=made["case"], via="page", why="", nominated_at=NOW, nominated_by="ก"),
        SelectionScore(**score, score=4, reviewer="ก"),
        SelectionScore(**score, score=3, reviewer=""),
    ]
    for another in others:
        with pytest.raises(IntegrityError), transaction.atomic():
            another.save()


def _another(row: Model) -> Model:
    """The same again."""
    held = {f.attname: getattr(row, f.attname) for f in row._meta.concrete_fields if not f.primary_key}
    return type(row)(**held)
