"""A signal's life: answered, acted on, closed with an outcome, passed on when nobody answers; with a trace each."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.factories import NOW, TODAY, World, viewer

from sanyan.apps.accounts.access import SYSTEM, HeldGrant, Viewer
from sanyan.apps.accounts.models import Grant, User
from sanyan.apps.notifications.models import Notification
from sanyan.apps.signals import actions, queries
from sanyan.apps.signals.models import Signal
from sanyan.apps.signals.queries import SignalDetail, SignalFilter
from sanyan.core.errors import BadInputError, NotAllowedError, NotFoundError, NothingToDoError

pytestmark = pytest.mark.django_db
LATER = NOW + timedelta(days=1)


@pytest.fixture
def people(two_years: World) -> dict[str, User]:
    """A director of B2, the director of its region, an officer of the bureau and an executive."""
    made = {}
    for role, code in (("area_director", "B2"), ("region_director", "RB"), ("me_officer", ""), ("executive", "")):
        user = User.objects.create(username=role, display_name=role)
        Grant.objects.create(
            user=user, role=role, organisation_id=two_years.ids[code] if code else None, valid_from=TODAY
        )
        made[role] = user
    return made


@pytest.fixture
def raised(two_years: World, people: dict[str, User]) -> int:
    actions.raise_signals(by=SYSTEM, round_id=two_years.round.id, now=NOW)
    (signal,) = queries.inbox(viewer=SYSTEM, today=TODAY, only=SignalFilter())
    return signal.id


def seen(signal_id: int, who: Viewer = SYSTEM) -> SignalDetail:
    return queries.signal(viewer=who, signal_id=signal_id, today=TODAY)


def told(user: User) -> list[str]:
    return list(Notification.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def person(user: User, role: str, organisation_id: int | None) -> Viewer:
    return Viewer(user_id=user.pk, name=user.display_name, grants=(HeldGrant(role, organisation_id),))


def test_the_nearest_person_owns_it_and_is_told(raised: int, people: dict[str, User]) -> None:
    assert seen(raised).signal.owner_id == people["area_director"].pk
    assert told(people["area_director"]) == ["signal-raised"]
    assert told(people["region_director"]) == []
    assert told(people["me_officer"]) == ["signals-raised"]
    assert told(people["executive"]) == ["signals-raised"]


def test_where_an_area_has_nobody_the_bureau_hears_of_it_once(two_years: World) -> None:
    officer = User.objects.create(username="only", display_name="only")
    Grant.objects.create(user=officer, role="me_officer", valid_from=TODAY)
    actions.raise_signals(by=SYSTEM, round_id=two_years.round.id, now=NOW)
    assert told(officer) == ["signals-raised"]


def test_from_raised_to_closed_every_step_leaves_a_trace(raised: int, two_years: World) -> None:
    director = two_years.director("B2")
    actions.acknowledge(by=director, signal_id=raised, now=NOW)
    actions.act(by=director, signal_id=raised, response="นัดโรงเรียน 12 แห่ง", due_on=TODAY + timedelta(9), now=LATER)
    actions.close(by=director, signal_id=raised, outcome="helped", explanation="รอบ 12 เดือนกลับมาถึงเป้า", now=LATER)
    found = seen(raised)
    assert [deed.what for deed in found.deeds] == ["raise", "acknowledge", "act", "close"]
    assert found.signal.state == "closed"
    assert (found.signal.outcome, found.signal.response) == ("helped", "นัดโรงเรียน 12 แห่ง")
    assert not found.signal.overdue


def test_acting_without_acknowledging_first_is_seeing_it_too(raised: int, two_years: World) -> None:
    actions.act(by=two_years.officer("B2"), signal_id=raised, response="ตรวจตัวหารแล้ว", now=NOW)
    row = Signal.objects.get(pk=raised)
    assert (row.state, row.acknowledged_at) == ("acting", NOW)


def test_whether_it_helped_cannot_be_said_before_anything_was_done(raised: int, two_years: World) -> None:
    with pytest.raises(BadInputError, match="Nothing is recorded"):
        actions.close(by=two_years.director("B2"), signal_id=raised, outcome="helped", explanation="ดี", now=NOW)
    actions.close(by=two_years.director("B2"), signal_id=raised, outcome="false_alarm", explanation="นับผิด", now=NOW)


@pytest.mark.parametrize(
    ("outcome", "explanation"), [("", "คำ"), ("won", "คำ"), ("explained", "  "), ("explained", "ก" * 4001)]
)
def test_closing_needs_an_outcome_and_a_few_words(
    raised: int, two_years: World, outcome: str, explanation: str
) -> None:
    with pytest.raises(BadInputError):
        actions.close(by=two_years.director("B2"), signal_id=raised, outcome=outcome, explanation=explanation, now=NOW)


def test_words_are_kept_as_any_file_can_hold_them_and_read_in_one_direction(raised: int, two_years: World) -> None:
    actions.act(by=two_years.director("B2"), signal_id=raised, response="นัด\x00โรงเรียน\u202eแห่ง", now=NOW)
    assert Signal.objects.get(pk=raised).response == "นัดโรงเรียนแห่ง"
    with pytest.raises(BadInputError):
        actions.act(by=two_years.director("B2"), signal_id=raised, response="\u202e \x00", now=NOW)


def test_what_has_moved_on_says_so(raised: int, two_years: World) -> None:
    director = two_years.director("B2")
    actions.acknowledge(by=director, signal_id=raised, now=NOW)
    with pytest.raises(NothingToDoError):
        actions.acknowledge(by=director, signal_id=raised, now=NOW)
    actions.act(by=director, signal_id=raised, response="ทำ", now=NOW)
    with pytest.raises(NothingToDoError):
        actions.act(by=director, signal_id=raised, response="ทำ", now=NOW)
    actions.close(by=director, signal_id=raised, outcome="explained", explanation="ครบ", now=NOW)
    for deed in (
        lambda: actions.act(by=director, signal_id=raised, response="อีก", now=NOW),
        lambda: actions.close(by=director, signal_id=raised, outcome="explained", explanation="อีก", now=NOW),
    ):
        with pytest.raises(NothingToDoError):
            deed()


def test_who_may_see_but_not_answer_is_told_so(raised: int) -> None:
    for who in (viewer("executive"), viewer("reviewer", Signal.objects.get(pk=raised).organisation_id)):
        with pytest.raises(NotAllowedError):
            actions.acknowledge(by=who, signal_id=raised, now=NOW)
        assert not seen(raised, who).may_answer


def test_who_may_not_see_it_finds_nothing(raised: int, two_years: World) -> None:
    with pytest.raises(NotFoundError):
        actions.close(by=two_years.director("A1"), signal_id=raised, outcome="explained", explanation="ก", now=NOW)


def test_an_owner_without_a_role_any_more_answers_nothing(raised: int, people: dict[str, User]) -> None:
    gone = Viewer(user_id=people["area_director"].pk, name="เดิม", grants=())
    with pytest.raises(NotFoundError):
        actions.acknowledge(by=gone, signal_id=raised, now=NOW)


def test_an_owner_who_may_only_look_by_now_is_offered_nothing(raised: int, people: dict[str, User]) -> None:
    owner = people["area_director"]
    reviewer = person(owner, "reviewer", Signal.objects.get(pk=raised).organisation_id)
    assert not seen(raised, reviewer).may_answer
    with pytest.raises(NotAllowedError):
        actions.acknowledge(by=reviewer, signal_id=raised, now=NOW)


def test_the_region_gives_it_to_somebody_who_answers_there(
    raised: int, two_years: World, people: dict[str, User]
) -> None:
    region = person(people["region_director"], "region_director", two_years.ids["RB"])
    names = {owner.user_id for owner in seen(raised, region).owners}
    assert names == {people[role].pk for role in ("area_director", "region_director", "me_officer")}
    actions.assign(by=region, signal_id=raised, owner_id=people["me_officer"].pk, now=NOW)
    assert "signal-assigned" in told(people["me_officer"])
    with pytest.raises(BadInputError):
        actions.assign(by=region, signal_id=raised, owner_id=people["executive"].pk, now=NOW)
    with pytest.raises(BadInputError):
        actions.assign(
            by=region, signal_id=raised, owner_id=people["me_officer"].pk, due_on=TODAY - timedelta(1), now=NOW
        )


def test_the_bureau_opens_a_closed_one_again(raised: int, two_years: World) -> None:
    director, bureau = two_years.director("B2"), viewer("me_officer")
    actions.act(by=director, signal_id=raised, response="ทำ", now=NOW)
    actions.close(by=director, signal_id=raised, outcome="helped", explanation="จบ", now=NOW)
    with pytest.raises(NotAllowedError):
        actions.reopen(by=viewer("executive"), signal_id=raised, reason="ยังไม่จบ", now=NOW)
    actions.reopen(by=bureau, signal_id=raised, reason="ยังไม่จบ", now=NOW)
    found = seen(raised)
    assert (found.signal.state, found.signal.outcome) == ("acting", "")
    assert found.deeds[-1].detail["reason"] == "ยังไม่จบ"


def test_unanswered_signals_are_passed_on_step_by_step(raised: int, people: dict[str, User]) -> None:
    assert actions.escalate_overdue(by=SYSTEM, now=NOW + timedelta(days=7)) == 0, "due that day, not overdue"
    first = NOW + timedelta(days=8)
    assert actions.escalate_overdue(by=SYSTEM, now=first) == 1
    assert actions.escalate_overdue(by=SYSTEM, now=first) == 0, "it has a new due date"
    assert "signal-overdue" in told(people["region_director"])
    assert "signal-overdue" not in told(people["executive"])
    for step in (2, 3):
        assert actions.escalate_overdue(by=SYSTEM, now=NOW + timedelta(days=8 * step)) == 1
    assert "signal-overdue" in told(people["executive"])
    assert Signal.objects.get(pk=raised).escalations == 3


def test_what_somebody_acts_on_only_reminds_its_owner(raised: int, two_years: World, people: dict[str, User]) -> None:
    actions.act(by=two_years.director("B2"), signal_id=raised, response="ทำ", now=NOW)
    assert actions.escalate_overdue(by=SYSTEM, now=NOW + timedelta(days=8)) == 1
    assert "signal-overdue" in told(people["area_director"])
    assert told(people["region_director"]) == []
