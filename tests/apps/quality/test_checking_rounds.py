from __future__ import annotations

from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Protocol

import pytest
from django.utils import timezone
from pytest_django.fixtures import Settings
from tests.factories import AREAS, NOW, World, certify, number, percent, small_world, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.audit.models import AuditEntry
from sanyan.apps.collection import actions as collection
from sanyan.apps.jobs import queries as jobs
from sanyan.apps.jobs.actions import JobRun
from sanyan.apps.quality import actions, queries, tasks
from sanyan.apps.quality.models import Finding
from sanyan.core.errors import NotAllowedError, NotFoundError
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.indicators.definitions import AnswerState
from sanyan.core.rounds import RoundKey

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def world() -> World:
    return small_world()


def impossible(world: World) -> queries.FindingInfo:
    (found,) = queries.findings(viewer=SYSTEM, round_id=world.round.id, check_code="impossible-percent")
    return found


def hand_in(world: World, code: str, *answers: object) -> None:
    for answer in answers:
        collection.save_answer(by=world.officer(code), submission_id=world.submissions[code], answer=answer, now=NOW)
    collection.submit(by=world.officer(code), submission_id=world.submissions[code], now=NOW, leave_unanswered=True)


def correct(world: World, code: str, answer: object) -> None:
    collection.withdraw(by=world.officer(code), submission_id=world.submissions[code], now=LATER)
    hand_in(world, code, answer)


def test_a_finding_says_whose_it_is_why_and_what_next(world: World) -> None:
    hand_in(world, "A1", number(120.0, "QUA-01"))
    actions.check_round(by=SYSTEM, round_id=world.round.id, now=NOW)
    found = impossible(world)
    assert found.organisation_id == world.ids["A1"]
    assert found.indicator_code == "QUA-01"
    assert found.severity == "high"
    assert "120" in found.reason_th
    assert "120" in found.reason_en
    assert found.next_step_th
    assert found.check_th == "ร้อยละที่เป็นไปไม่ได้"


def test_checking_again_changes_nothing_more(world: World) -> None:
    hand_in(world, "A1", number(120.0, "QUA-01"))
    first = actions.check_round(by=SYSTEM, round_id=world.round.id, now=NOW)
    before = queries.findings(viewer=SYSTEM, round_id=world.round.id)
    second = actions.check_round(by=SYSTEM, round_id=world.round.id, now=NOW)
    assert (first.new, second.new, second.cleared, second.reopened) == (first.found, 0, 0, 0)
    assert queries.findings(viewer=SYSTEM, round_id=world.round.id) == before


def test_a_corrected_answer_clears_its_finding_and_a_relapse_opens_it_again(world: World) -> None:
    hand_in(world, "A1", number(120.0, "QUA-01"))
    actions.check_round(by=SYSTEM, round_id=world.round.id, now=NOW)
    correct(world, "A1", number(20.0, "QUA-01"))
    assert actions.check_round(by=SYSTEM, round_id=world.round.id, now=LATER).cleared == 1
    assert queries.findings(viewer=SYSTEM, round_id=world.round.id, check_code="impossible-percent") == ()
    correct(world, "A1", number(120.0, "QUA-01"))
    assert actions.check_round(by=SYSTEM, round_id=world.round.id, now=LATER).reopened == 1
    assert impossible(world).state == "open"


def test_an_explanation_holds_until_the_areas_own_figure_changes(world: World) -> None:
    hand_in(world, "A1", number(120.0, "QUA-01"))
    actions.check_round(by=SYSTEM, round_id=world.round.id, now=NOW)
    actions.handle(
        by=world.officer("A1"), finding_id=impossible(world).id, state="explained", explanation="ตรวจแล้ว", now=NOW
    )
    hand_in(world, "A2", number(50.0, "QUA-01"))
    actions.check_round(by=SYSTEM, round_id=world.round.id, now=LATER)
    assert (impossible(world).state, impossible(world).handled_by) == ("explained", world.officer("A1").name)
    correct(world, "A1", number(130.0, "QUA-01"))
    actions.check_round(by=SYSTEM, round_id=world.round.id, now=LATER)
    again = impossible(world)
    assert (again.state, again.handled_by, again.explanation) == ("open", "", "ตรวจแล้ว")


def test_a_report_still_being_filled_in_is_left_in_peace(world: World) -> None:
    collection.save_answer(
        by=world.officer("A1"),
        submission_id=world.submissions["A1"],
        answer=number(120.0, "QUA-01"),
        now=NOW,
    )
    actions.check_round(by=SYSTEM, round_id=world.round.id, now=NOW)
    assert queries.findings(viewer=SYSTEM, round_id=world.round.id) == ()


def test_areas_that_have_not_handed_in_are_found_once_the_day_has_passed(world: World) -> None:
    hand_in(world, "A1", number(20.0, "QUA-01"))
    actions.check_round(by=SYSTEM, round_id=world.round.id, now=NOW + timedelta(days=10))
    late = queries.findings(viewer=SYSTEM, round_id=world.round.id, check_code="late")
    assert {found.organisation_id for found in late} == {world.ids[code] for code in AREAS[1:]}


def test_the_audit_row_of_a_check_says_what_could_not_be_made(world: World) -> None:
    outcome = actions.check_round(by=SYSTEM, round_id=world.round.id, now=NOW)
    entry = AuditEntry.objects.get(action="quality.check_round")
    assert {note["check"] for note in entry.detail["not_run"]} == {note.check_code for note in outcome.not_run}
    assert "jump-since-last-year" in {note.check_code for note in outcome.not_run}


def test_an_earlier_round_of_another_fiscal_year_is_no_last_round(world: World) -> None:
    small_world(key=RoundKey(2567, 9))
    outcome = actions.check_round(by=SYSTEM, round_id=world.round.id, now=NOW)
    reasons = {note.check_code: note.reason.th for note in outcome.not_run}
    assert "ยังไม่มีรอบก่อนหน้า" in reasons["jump-since-last-round"]


def test_only_the_bureau_and_the_product_run_checks(world: World) -> None:
    actions.check_round(by=viewer("me_officer"), round_id=world.round.id, now=NOW)
    with pytest.raises(NotAllowedError):
        actions.check_round(by=viewer("executive"), round_id=world.round.id, now=NOW)
    with pytest.raises((NotFoundError, NotAllowedError)):
        actions.check_round(by=world.officer("A1"), round_id=world.round.id, now=NOW)


class Callbacks(Protocol):
    def __call__(self, *, execute: bool) -> AbstractContextManager[list[object]]: ...


def test_certifying_checks_the_round_at_once_where_no_worker_is_named(
    world: World, settings: Settings, django_capture_on_commit_callbacks: Callbacks
) -> None:
    settings.AFTER_CERTIFICATION = ["sanyan.apps.quality.tasks.check_certified"]
    settings.JOB_KINDS = {}
    with django_capture_on_commit_callbacks(execute=True):
        certify(world, "A1", percent(3, 4), number(120.0, "QUA-01"))
    assert impossible(world).state == "open"


def test_certifying_leaves_one_waiting_check_to_the_worker(
    world: World, settings: Settings, django_capture_on_commit_callbacks: Callbacks
) -> None:
    settings.AFTER_CERTIFICATION = ["sanyan.apps.quality.tasks.check_certified"]
    settings.JOB_KINDS = {tasks.KIND: "sanyan.apps.quality.tasks.check_round"}
    with django_capture_on_commit_callbacks(execute=True):
        certify(world, "A1", number(120.0, "QUA-01"))
    with django_capture_on_commit_callbacks(execute=True):
        certify(world, "A2", number(20.0, "QUA-01"))
    (waiting,) = jobs.jobs()
    assert (waiting.kind, waiting.payload) == (tasks.KIND, {"round_id": world.round.id})
    assert Finding.objects.count() == 0
    done = tasks.check_round(JobRun(waiting, clock=timezone.now))
    assert done["new"] == Finding.objects.count() > 0


def test_a_narrative_is_compared_with_the_last_one_of_whatever_year(world: World) -> None:
    story = "โรงเรียนจัดทีมพี่เลี้ยงลงพื้นที่ทุกสองสัปดาห์ พบว่านักเรียนอ่านคล่องขึ้นเมื่อครูได้ฝึกร่วมกันเป็นกลุ่มเล็ก"
    told = FilledAnswer("QUA-04", AnswerState.REPORTED, text={"title": story, "problem": story})
    last_year = small_world(key=RoundKey(2567, 9))
    hand_in(last_year, "A1", told)
    hand_in(world, "A1", told)
    actions.check_round(by=SYSTEM, round_id=world.round.id, now=NOW)
    (found,) = queries.findings(viewer=SYSTEM, round_id=world.round.id, check_code="copied-text")
    assert found.organisation_id == world.ids["A1"]
    assert "100 %" in found.reason_th
