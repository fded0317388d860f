import pytest
from tests.factories import NOW, TODAY, certify, number, percent, small_world, viewer

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.audit import queries as audit
from sanyan.apps.collection import actions, queries
from sanyan.core.errors import BadInputError, NotAllowedError, NotFoundError, NothingToDoError
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.indicators.definitions import AnswerState

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_follows(settings) -> None:  # type: ignore[no-untyped-def]
    settings.AFTER_CERTIFICATION = []


def state_of(world, code: str) -> str:  # type: ignore[no-untyped-def]
    return queries.submission_row(viewer=SYSTEM, submission_id=world.submissions[code]).state


def test_a_report_goes_from_first_answer_to_certified_and_locked() -> None:
    world = small_world()

    assert state_of(world, "A1") == "not_started"
    actions.save_answer(by=world.officer("A1"), submission_id=world.submissions["A1"], answer=percent(8, 10), now=NOW)
    assert state_of(world, "A1") == "in_progress"
    certify(world, "A1")
    assert state_of(world, "A1") == "certified"
    assert actions.lock_round(by=viewer("me_officer"), round_id=world.round.id, now=NOW) == 1
    assert state_of(world, "A1") == "locked"


def test_handing_in_names_what_is_unanswered() -> None:
    world = small_world()
    actions.save_answer(by=world.officer("A1"), submission_id=world.submissions["A1"], answer=percent(8, 10), now=NOW)

    with pytest.raises(BadInputError, match="submission-incomplete") as error:
        actions.submit(by=world.officer("A1"), submission_id=world.submissions["A1"], now=NOW)

    assert "ยังไม่ครบ 5 ข้อ" in error.value.th
    assert state_of(world, "A1") == "in_progress"


def test_what_is_left_unanswered_on_purpose_is_not_available_and_never_zero() -> None:
    world = small_world()
    actions.save_answer(by=world.officer("A1"), submission_id=world.submissions["A1"], answer=percent(8, 10), now=NOW)

    actions.submit(by=world.officer("A1"), submission_id=world.submissions["A1"], now=NOW, leave_unanswered=True)

    rows = queries.answers_of_round(viewer=SYSTEM, round_id=world.round.id)
    missing = [row for row in rows if row.indicator_code != "SAF-01"]
    assert len(missing) == 5
    assert all(row.state == "not_available" and row.value is None for row in missing)


def test_a_returned_report_carries_its_comment_and_can_be_handed_in_again() -> None:
    world = small_world()
    submission = world.submissions["A1"]
    actions.submit(by=world.officer("A1"), submission_id=submission, now=NOW, leave_unanswered=True)

    with pytest.raises(BadInputError, match="comment-missing"):
        actions.return_submission(by=world.director("A1"), submission_id=submission, comment=" ", now=NOW)
    actions.return_submission(by=viewer("me_officer"), submission_id=submission, comment="ขาดหลักฐาน", now=NOW)

    row = queries.submission_row(viewer=SYSTEM, submission_id=submission)
    assert (row.state, row.comment) == ("returned", "ขาดหลักฐาน")
    actions.submit(by=world.officer("A1"), submission_id=submission, now=NOW)
    assert state_of(world, "A1") == "submitted"


def test_re_certifying_makes_the_next_revision() -> None:
    world = small_world()
    certify(world, "A1", percent(8, 10))
    submission = world.submissions["A1"]
    actions.reopen(by=viewer("me_officer"), submission_id=submission, comment="แก้ตัวหาร", now=NOW)
    actions.save_answer(by=world.officer("A1"), submission_id=submission, answer=percent(8, 20), now=NOW)
    actions.submit(by=world.officer("A1"), submission_id=submission, now=NOW)
    actions.certify(by=world.director("A1"), submission_id=submission, now=NOW)

    (report,) = queries.certified_reports(viewer=SYSTEM)
    assert report.sequence == 2
    assert queries.submission_row(viewer=SYSTEM, submission_id=submission).revision == 2


def test_what_an_answer_was_is_kept() -> None:
    world = small_world()
    submission = world.submissions["A1"]
    for answer in (percent(8, 10), percent(9, 10), percent(9, 10)):
        actions.save_answer(by=world.officer("A1"), submission_id=submission, answer=answer, now=NOW)

    (revision,) = queries.revisions_of(viewer=SYSTEM, submission_id=submission)
    assert (revision.revision, revision.was["numerator"]) == (1, 8)


def test_a_certified_report_is_closed_for_change() -> None:
    world = small_world()
    certify(world, "A1", percent(8, 10))

    with pytest.raises(NotAllowedError, match="submission-closed"):
        actions.save_answer(
            by=world.officer("A1"), submission_id=world.submissions["A1"], answer=percent(9, 10), now=NOW
        )


def test_an_officer_may_not_certify_and_a_director_may() -> None:
    world = small_world()
    submission = world.submissions["A1"]
    actions.submit(by=world.officer("A1"), submission_id=submission, now=NOW, leave_unanswered=True)

    with pytest.raises(NotAllowedError):
        actions.certify(by=world.officer("A1"), submission_id=submission, now=NOW)
    actions.certify(by=world.director("A1"), submission_id=submission, now=NOW)
    with pytest.raises(NothingToDoError):
        actions.certify(by=world.director("A1"), submission_id=submission, now=NOW)


def test_another_areas_report_looks_like_one_that_does_not_exist() -> None:
    world = small_world()
    stranger = world.officer("A2")

    errors = []
    for submission in (world.submissions["A1"], 999_999):
        with pytest.raises(NotFoundError) as error:
            actions.save_answer(by=stranger, submission_id=submission, answer=percent(1, 2), now=NOW)
        errors.append((error.value.code, error.value.th))

    assert errors[0] == errors[1]


def test_the_people_who_see_a_round_see_only_their_own_areas() -> None:
    world = small_world()

    def seen(role: str, code: str | None) -> int:
        who = viewer(role, world.ids[code] if code else None)
        return len(queries.expected(viewer=who, round_id=world.round.id))

    assert (seen("executive", None), seen("region_director", "RA"), seen("area_officer", "B2")) == (6, 3, 1)


def test_an_answer_that_cannot_be_kept_says_why_and_leaves_the_last_one() -> None:
    world = small_world()
    officer, submission = world.officer("A1"), world.submissions["A1"]
    actions.save_answer(by=officer, submission_id=submission, answer=percent(8, 10), now=NOW)

    for bad in (percent(8, -1), percent(-1, 8), FilledAnswer("SAF-01", AnswerState.REPORTED, numerator=3)):
        with pytest.raises(BadInputError):
            actions.save_answer(by=officer, submission_id=submission, answer=bad, now=NOW)

    (row,) = queries.answers_of_round(viewer=SYSTEM, round_id=world.round.id)
    assert (row.numerator, row.denominator, row.value) == (8, 10, 80)


def test_every_step_leaves_a_trace() -> None:
    world = small_world()
    certify(world, "A1", percent(8, 10), number(3))

    steps = [entry.action for entry in audit.entries(object_type="submission", object_id=str(world.submissions["A1"]))]

    assert sorted(set(steps)) == ["collection.certify", "collection.store_answers", "collection.submit"]


def test_late_is_after_the_day_it_was_due() -> None:
    world = small_world()
    certify(world, "A1")

    progress = queries.round_progress(viewer=SYSTEM, round_id=world.round.id, today=TODAY)
    later = queries.round_progress(viewer=SYSTEM, round_id=world.round.id, today=TODAY.replace(day=16))

    assert (progress.expected, progress.certified, progress.late) == (6, 1, 0)
    assert later.late == 5
