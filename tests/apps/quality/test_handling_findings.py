from __future__ import annotations

import pytest
from tests.factories import NOW, World, number, small_world, viewer

from sanyan.apps.accounts.access import SYSTEM, Viewer
from sanyan.apps.audit.models import AuditEntry
from sanyan.apps.collection import actions as collection
from sanyan.apps.quality import access, actions, queries
from sanyan.core.errors import BadInputError, NotAllowedError, NotFoundError, NothingToDoError

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    made = small_world()
    for code, value in (("A1", 120.0), ("B1", -4.0)):
        submission = made.submissions[code]
        collection.save_answer(by=made.officer(code), submission_id=submission, answer=number(value, "QUA-01"), now=NOW)
        collection.submit(by=made.officer(code), submission_id=submission, now=NOW, leave_unanswered=True)
    actions.check_round(by=SYSTEM, round_id=made.round.id, now=NOW)
    return made


def finding_of(world: World, code: str) -> int:
    (found,) = queries.findings(
        viewer=SYSTEM,
        round_id=world.round.id,
        organisation_id=world.ids[code],
        check_code="impossible-percent",
    )
    return found.id


def say(by: Viewer, finding_id: int, state: str = "explained", explanation: str = "ตรวจกับเอกสารแล้ว") -> None:
    actions.handle(by=by, finding_id=finding_id, state=state, explanation=explanation, now=NOW)


@pytest.mark.parametrize("state", ["explained", "fixed"])
def test_an_area_officer_answers_for_the_own_area(world: World, state: str) -> None:
    say(world.officer("A1"), finding_of(world, "A1"), state)
    found = queries.finding(viewer=world.officer("A1"), id=finding_of(world, "A1")).finding
    assert (found.state, found.handled_by, found.handled_at) == (state, world.officer("A1").name, NOW)
    assert AuditEntry.objects.filter(action=f"quality.{state}", organisation_id=world.ids["A1"]).count() == 1


def test_another_areas_finding_looks_like_none_at_all(world: World) -> None:
    other, missing = finding_of(world, "B1"), 999_999
    messages = []
    for id_ in (other, missing):
        for attempt in (
            lambda id_=id_: queries.finding(viewer=world.officer("A1"), id=id_),
            lambda id_=id_: access.finding(viewer=world.officer("A1"), id=id_),
            lambda id_=id_: say(world.officer("A1"), id_),
        ):
            with pytest.raises(NotFoundError) as refused:
                attempt()
            messages.append((refused.value.code, refused.value.th))
    assert len(set(messages)) == 1


def test_dismissing_is_for_the_bureau(world: World) -> None:
    with pytest.raises(NotAllowedError):
        say(world.officer("A1"), finding_of(world, "A1"), "dismissed")
    say(viewer("me_officer"), finding_of(world, "A1"), "dismissed")
    assert queries.finding_count(viewer=SYSTEM, round_id=world.round.id, state="dismissed") == 1


@pytest.mark.parametrize("role", ["executive", "reviewer"])
def test_those_who_only_look_cannot_answer(world: World, role: str) -> None:
    only_looks = viewer(role, None if role == "executive" else world.ids["A1"])
    with pytest.raises(NotAllowedError):
        say(only_looks, finding_of(world, "A1"))


@pytest.mark.parametrize(("state", "explanation"), [("explained", "  "), ("open", "ก"), ("cleared", "ก"), ("", "ก")])
def test_an_answer_needs_an_outcome_and_words(world: World, state: str, explanation: str) -> None:
    with pytest.raises(BadInputError):
        say(world.officer("A1"), finding_of(world, "A1"), state, explanation)


def test_saying_the_same_twice_is_refused(world: World) -> None:
    say(world.officer("A1"), finding_of(world, "A1"))
    with pytest.raises(NothingToDoError):
        say(world.officer("A1"), finding_of(world, "A1"))
    say(world.officer("A1"), finding_of(world, "A1"), "fixed")


def test_lists_counts_and_summary_stay_within_the_viewers_scope(world: World) -> None:
    everything = queries.summary(viewer=viewer("executive"), round_id=world.round.id)
    own = queries.summary(viewer=world.officer("A1"), round_id=world.round.id)
    listed = queries.findings(viewer=world.officer("A1"), round_id=world.round.id)
    assert {found.organisation_id for found in listed} == {world.ids["A1"]}
    assert own.total == len(listed) == queries.finding_count(viewer=world.officer("A1"), round_id=world.round.id)
    assert everything.total == queries.finding_count(viewer=SYSTEM) > own.total


def test_the_summary_adds_up(world: World) -> None:
    say(world.officer("A1"), finding_of(world, "A1"))
    held = queries.summary(viewer=SYSTEM, round_id=world.round.id)
    assert held.handled == 1
    assert held.open == held.open_high + held.open_medium + held.open_low
    assert held.total == held.open + held.handled == sum(check.total for check in held.checks)
    assert held.organisations_with_open == 2


def test_findings_are_listed_by_score_a_page_at_a_time(world: World) -> None:
    whole = queries.findings(viewer=SYSTEM, round_id=world.round.id)
    pages = [queries.findings(viewer=SYSTEM, round_id=world.round.id, limit=1, offset=n) for n in range(len(whole))]
    assert tuple(found for page in pages for found in page) == whole
    assert [found.score for found in whole] == sorted((found.score for found in whole), reverse=True)


def test_filters_narrow_the_list(world: World) -> None:
    high = queries.findings(viewer=SYSTEM, round_id=world.round.id, severity="high", indicator_code="QUA-01")
    assert {found.organisation_id for found in high} == {world.ids["A1"], world.ids["B1"]}
    some = queries.findings(viewer=SYSTEM, round_id=world.round.id, organisation_ids=[world.ids["B1"]])
    assert {found.organisation_id for found in some} == {world.ids["B1"]}


def test_the_detail_names_the_round_and_the_check_behind_it(world: World) -> None:
    detail = queries.finding(viewer=SYSTEM, id=finding_of(world, "A1"))
    assert detail.round.id == world.round.id
    assert detail.check is not None
    assert detail.check.why_it_matters.th
    assert queries.checks(viewer=SYSTEM)
    assert queries.checks(viewer=Viewer(user_id=None, name="-")) == ()
