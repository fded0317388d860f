from __future__ import annotations

from typing import Any

import pytest
from tests.factories import NOW, World, certify, small_world, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.audit import queries as audit
from sanyan.apps.collection import actions, queries
from sanyan.core.errors import BadInputError, NotAllowedError, NotFoundError, NothingToDoError
from sanyan.core.forms.answers import FilledEvidence

pytestmark = pytest.mark.django_db


@pytest.fixture
def world(settings: Any) -> World:
    settings.AFTER_CERTIFICATION = []
    return small_world()


def add(world: World, *, kind: str = "DOCUMENTARY", title: str = "คำสั่ง 12/2568", location: str = "") -> None:
    actions.add_evidence(
        by=world.officer("A1"),
        submission_id=world.submissions["A1"],
        item=FilledEvidence("SAF-01", kind, title, location),
        now=NOW,
    )


def held(world: World) -> list[tuple[str, str, str]]:
    rows = queries.evidence_of_submission(viewer=SYSTEM, submission_id=world.submissions["A1"])
    return [(row.indicator_code, row.title, row.location) for row in rows]


def traces(world: World) -> tuple[audit.EntryInfo, ...]:
    return audit.entries(object_type="submission", object_id=str(world.submissions["A1"]))


def test_evidence_is_added_begins_the_report_and_leaves_a_trace(world: World) -> None:
    add(world, title="  คำสั่ง 12/2568 ", location="https://files.example.go.th/12.pdf")

    assert held(world) == [("SAF-01", "คำสั่ง 12/2568", "https://files.example.go.th/12.pdf")]
    row = queries.submission_row(viewer=SYSTEM, submission_id=world.submissions["A1"])
    assert (row.state, row.saved_at) == ("in_progress", NOW)
    assert any(entry.detail.get("evidence") == 1 for entry in traces(world))


def test_what_no_database_can_hold_is_left_out_of_a_name(world: World) -> None:
    add(world, title="คำสั่ง\0 12/2568\x1b")
    assert held(world)[0][1] == "คำสั่ง 12/2568"
    remove(world, title="คำสั่ง\0 12/2568")
    assert held(world) == []


@pytest.mark.parametrize(
    "location",
    ["", "แฟ้ม 3 ห้องธุรการ", "Drive: โฟลเดอร์แผนความปลอดภัย", "D:\\รายงาน\\แผน.pdf", "http://example.go.th", "12:30 น."],
)
def test_a_plain_place_or_a_web_link_is_kept(world: World, location: str) -> None:
    add(world, location=location)
    assert held(world)[0][2] == location


@pytest.mark.parametrize(
    "location",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "file:///etc/passwd",
        "ftp://x",
        "https://",
        "http://[",
    ],
)
def test_any_other_link_is_refused_with_the_next_step(world: World, location: str) -> None:
    with pytest.raises(BadInputError, match="evidence-link") as error:
        add(world, location=location)
    assert "http" in error.value.th
    assert error.value.next_th
    assert held(world) == []


@pytest.mark.parametrize(
    ("kind", "title"), [("RUMOUR", "เล่าต่อกันมา"), ("DOCUMENTARY", "   "), ("DOCUMENTARY", "ก" * 301)]
)
def test_what_cannot_be_kept_is_refused(world: World, kind: str, title: str) -> None:
    with pytest.raises(BadInputError):
        add(world, kind=kind, title=title)
    assert held(world) == []


def test_the_same_evidence_twice_is_said_and_not_kept_twice(world: World) -> None:
    add(world)
    with pytest.raises(NothingToDoError, match="evidence-there-already"):
        add(world)
    assert len(held(world)) == 1


def test_evidence_for_what_is_not_asked_is_refused(world: World) -> None:
    item = FilledEvidence("NOT-99", "DOCUMENTARY", "คำสั่ง")
    with pytest.raises(BadInputError, match="indicator-unknown"):
        actions.add_evidence(by=world.officer("A1"), submission_id=world.submissions["A1"], item=item, now=NOW)


def remove(world: World, title: str = "คำสั่ง 12/2568") -> None:
    actions.remove_evidence(
        by=world.officer("A1"),
        submission_id=world.submissions["A1"],
        indicator="SAF-01",
        kind="DOCUMENTARY",
        title=title,
        now=NOW,
    )


def test_what_is_taken_away_stays_in_the_trace(world: World) -> None:
    add(world, location="แฟ้ม 3")
    remove(world)
    assert held(world) == []
    (entry,) = [each for each in traces(world) if each.action == "collection.remove_evidence"]
    assert entry.detail["location"] == "แฟ้ม 3"
    with pytest.raises(NotFoundError):
        remove(world)


def test_a_report_that_was_handed_in_keeps_its_evidence_as_it_is(world: World) -> None:
    add(world)
    certify(world, "A1")
    with pytest.raises(NotAllowedError, match="submission-closed"):
        add(world, title="อีกฉบับ")
    with pytest.raises(NotAllowedError, match="submission-closed"):
        remove(world)
    assert len(held(world)) == 1


def test_only_who_answers_for_the_area_may_add(world: World) -> None:
    item = FilledEvidence("SAF-01", "DOCUMENTARY", "คำสั่ง")
    for by, error in ((viewer("executive"), NotAllowedError), (world.officer("B1"), NotFoundError)):
        with pytest.raises(error):
            actions.add_evidence(by=by, submission_id=world.submissions["A1"], item=item, now=NOW)
