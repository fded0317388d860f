"""Selection goes level by level with criteria, scores and a reason for every case; only people decide."""

from __future__ import annotations

import pytest
from tests.factories import NOW, TODAY, World, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.cases import actions, queries
from sanyan.apps.cases.catalogue import shipped_rule
from sanyan.apps.cases.models import SelectionEntry
from sanyan.core.errors import BadInputError, NotAllowedError, NotFoundError, NothingToDoError

pytestmark = pytest.mark.django_db
JUDGED = {"why": 3.0, "transfer": 2.0, "workload": 2.0}


def open_(world: World, level: str = "centre", place: str = "", seats: int = 1, **changes: object) -> int:
    given = {
        "by": SYSTEM,
        "name": "คัดเลือกรอบ 9 เดือน",
        "level": level,
        "round_id": world.round.id,
        "organisation_id": world.ids[place] if place else None,
        "seats": seats,
        "now": NOW,
    }
    return actions.open_selection(**{**given, **changes})  # type: ignore[arg-type]


def entries(selection_id: int) -> dict[str, int]:
    rows = SelectionEntry.objects.filter(selection_id=selection_id)
    return {row.case.origin: row.pk for row in rows.select_related("case")}


def test_what_needs_no_judge_is_scored_at_once_and_the_criteria_are_kept(library: dict[str, int], world: World) -> None:
    detail = queries.selection(viewer=SYSTEM, selection_id=open_(world), today=TODAY)
    assert detail.rule == shipped_rule()
    scores = {e.case.origin: {s.criterion: s.mean for s in e.scores} for e in detail.entries}
    assert scores["positive_outlier"]["evidence"] == 3
    assert scores["nomination"]["evidence"] == 1
    assert scores["nomination"]["why"] is None
    assert all(entry.total is None for entry in detail.entries)


def test_the_rules_suggest_and_people_decide_each_with_a_reason(library: dict[str, int], world: World) -> None:
    selection = open_(world)
    held = entries(selection)
    for entry in held.values():
        actions.score(by=SYSTEM, entry_id=entry, scores=JUDGED, now=NOW)
    assert actions.suggest(by=SYSTEM, selection_id=selection, now=NOW) == 1
    with pytest.raises(BadInputError):
        actions.close_selection(by=SYSTEM, selection_id=selection, now=NOW)
    actions.decide(by=SYSTEM, entry_id=held["nomination"], decision="chosen", reason="เล่าชัดกว่า", now=NOW)
    with pytest.raises(BadInputError):
        actions.decide(by=SYSTEM, entry_id=held["positive_outlier"], decision="chosen", reason="ดีทั้งคู่", now=NOW)
    with pytest.raises(BadInputError):
        actions.decide(by=SYSTEM, entry_id=held["positive_outlier"], decision="not_chosen", reason=" ", now=NOW)
    actions.decide(by=SYSTEM, entry_id=held["positive_outlier"], decision="not_chosen", reason="เรื่องเดียวกัน", now=NOW)
    assert actions.close_selection(by=SYSTEM, selection_id=selection, now=NOW) == 1
    with pytest.raises(NothingToDoError):
        actions.suggest(by=SYSTEM, selection_id=selection, now=NOW)
    detail = queries.selection(viewer=SYSTEM, selection_id=selection, today=TODAY)
    assert {e.case.origin: e.reason for e in detail.entries} == {
        "nomination": "เล่าชัดกว่า",
        "positive_outlier": "เรื่องเดียวกัน",
    }
    assert all(entry.suggested and entry.suggested_why.th for entry in detail.entries)
    (decided,) = queries.case(viewer=SYSTEM, case_id=library["nomination"], today=TODAY).decided
    assert (decided.decision, decided.reason) == ("chosen", "เล่าชัดกว่า")


def test_following_the_rules_keeps_their_reason_under_the_name_of_who_follows(
    library: dict[str, int], world: World
) -> None:
    selection = open_(world)
    for entry in entries(selection).values():
        actions.score(by=SYSTEM, entry_id=entry, scores=JUDGED, now=NOW)
    actions.suggest(by=SYSTEM, selection_id=selection, now=NOW)
    officer = viewer("me_officer")
    assert actions.follow(by=officer, selection_id=selection, now=NOW) == 2
    detail = queries.selection(viewer=SYSTEM, selection_id=selection, today=TODAY)
    assert {entry.decided_by for entry in detail.entries} == {officer.name}
    assert sorted(entry.decision for entry in detail.entries) == ["chosen", "not_chosen"]
    assert sum(row.chosen for row in detail.spread if row.dimension == "region") == 1


def test_what_an_area_did_not_choose_does_not_stand_above_it(library: dict[str, int], world: World) -> None:
    low = open_(world, "area", "A1", by=world.director("A1"))
    held = entries(low)
    director = world.director("A1")
    actions.decide(by=director, entry_id=held["nomination"], decision="chosen", reason="ใช่", now=NOW)
    actions.decide(by=director, entry_id=held["positive_outlier"], decision="not_chosen", reason="ยังไม่พร้อม", now=NOW)
    actions.close_selection(by=director, selection_id=low, now=NOW)
    region = viewer("region_director", world.ids["RA"])
    assert set(entries(open_(world, "region", "RA", by=region))) == {"nomination"}
    middle = open_(world)
    assert set(entries(middle)) == {"nomination"}
    actions.enter(by=SYSTEM, selection_id=middle, case_id=library["positive_outlier"], now=NOW)
    with pytest.raises(NothingToDoError):
        actions.enter(by=SYSTEM, selection_id=middle, case_id=library["positive_outlier"], now=NOW)


def test_each_level_belongs_to_its_own_people(library: dict[str, int], world: World) -> None:
    with pytest.raises(NotAllowedError):
        open_(world, "area", "A1", by=world.officer("A1"))
    with pytest.raises(NotAllowedError):
        open_(world, by=viewer("region_director", world.ids["RA"]))
    with pytest.raises(NotFoundError):
        open_(world, "region", "RA", by=viewer("region_director", world.ids["RB"]))
    selection = open_(world, "region", "RA")
    with pytest.raises(NotFoundError):
        queries.selection(viewer=world.officer("B1"), selection_id=selection, today=TODAY)
    with pytest.raises(NotAllowedError):
        actions.suggest(by=viewer("executive"), selection_id=selection, now=NOW)


def test_a_reader_of_the_centre_is_told_how_many_cases_are_out_of_sight(library: dict[str, int], world: World) -> None:
    detail = queries.selection(viewer=world.officer("B1"), selection_id=open_(world), today=TODAY)
    assert (detail.entries, detail.unseen, detail.may_select) == ((), 2, False)
    assert sum(row.standing for row in detail.spread if row.dimension == "region") == 2


def test_what_cannot_be_opened_or_scored_is_refused(library: dict[str, int], world: World) -> None:
    with pytest.raises(BadInputError):
        open_(world, "area")
    with pytest.raises(BadInputError):
        open_(world, seats=0)
    with pytest.raises(BadInputError):
        open_(world, "area", "B1")
    selection = open_(world)
    with pytest.raises(NothingToDoError):
        open_(world)
    entry = entries(selection)["nomination"]
    for scores in ({}, {"evidence": 3.0}, {"why": 4.0}, {"other": 1.0}):
        with pytest.raises(BadInputError):
            actions.score(by=SYSTEM, entry_id=entry, scores=scores, now=NOW)


def test_cases_are_held_against_my_area(library: dict[str, int], world: World) -> None:
    actions.verify(by=SYSTEM, case_id=library["nomination"], now=NOW)
    actions.publish(by=SYSTEM, case_id=library["nomination"], now=NOW)
    given = {"round_id": world.round.id, "today": TODAY}
    officer = world.officer("B1")
    (match,) = queries.similar_to_my_area(viewer=officer, organisation_id=world.ids["B1"], **given)  # type: ignore[arg-type]
    assert match.case.id == library["nomination"]
    one = queries.suits_my_area(
        viewer=officer,
        case_id=match.case.id,
        organisation_id=world.ids["B1"],
        **given,  # type: ignore[arg-type]
    )
    assert one.suits == match.suits
    assert queries.similar_to_my_area(viewer=SYSTEM, organisation_id=world.ids["A1"], **given) == ()  # type: ignore[arg-type]
    with pytest.raises(NotFoundError):
        queries.similar_to_my_area(viewer=officer, organisation_id=world.ids["A1"], **given)  # type: ignore[arg-type]
