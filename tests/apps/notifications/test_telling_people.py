from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings
from tests.apps.notifications.people_to_tell import Town, tell, town, wish
from tests.factories import NOW

from sanyan.apps.accounts import actions as accounts
from sanyan.apps.accounts import queries as account_queries
from sanyan.apps.accounts.access import SYSTEM, viewer_by_id
from sanyan.apps.audit.models import AuditEntry
from sanyan.apps.notifications import actions, queries
from sanyan.apps.notifications.models import Notification
from sanyan.core.errors import BadInputError, NotAllowedError, NotFoundError, NothingToDoError

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def place(db: None) -> Town:
    return town()


def test_people_are_told_once_however_often_it_is_said(place: Town) -> None:
    one, two = place.person("one", "area_officer", "A1"), place.person("two", "area_director", "A1")
    assert tell(one).new == (one.user_id,)
    again = tell(one, two, title_th="ถ้อยคำใหม่")
    assert (again.new, again.already) == ((two.user_id,), (one.user_id,))
    assert tell(one, two) == actions.Notified((), (one.user_id, two.user_id), (), ())  # type: ignore[arg-type]
    assert [item.title_th for item in queries.inbox(viewer=one)] == ["สัญญาณ 1"]


def test_another_key_or_kind_is_another_thing(place: Town) -> None:
    one = place.person("one", "area_officer", "A1")
    tell(one)
    tell(one, key="2")
    tell(one, kind="signals.escalated")
    assert queries.unread_count(viewer=one) == 3


def test_what_is_told_leaves_one_audit_row_and_repeating_it_none(place: Town) -> None:
    one = place.person("one", "area_officer", "A1")
    tell(one, organisation_id=place.ids["A1"])
    tell(one, organisation_id=place.ids["A1"])
    (row,) = AuditEntry.objects.filter(action="notifications.notify")
    assert row.organisation_id == place.ids["A1"]
    assert row.detail["users"] == [one.user_id]


@pytest.mark.django_db(transaction=True)
def test_telling_outside_the_deed_it_tells_of_is_refused() -> None:
    with pytest.raises(RuntimeError, match="transaction"):
        tell()


def test_what_was_told_is_undone_with_the_deed(place: Town) -> None:
    one = place.person("one", "area_officer", "A1")
    with transaction.atomic():
        tell(one)
        transaction.set_rollback(True)
    assert queries.unread_count(viewer=one) == 0


@pytest.mark.parametrize(
    ("wrong", "place_named"),
    [
        ({"topic": "gossip"}, "topic"),
        ({"severity": "urgent"}, "severity"),
        ({"title_th": " \n "}, "title_th"),
        ({"title_en": "x" * 301}, "title_en"),
        ({"kind": ""}, "kind"),
        ({"key": "k" * 121}, "key"),
        ({"link": "https://elsewhere.example/"}, "link"),
        ({"link": "//elsewhere.example/"}, "link"),
        ({"link": "/\\elsewhere.example/"}, "link"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "overview/"}, "link"),
    ],
)
def test_what_cannot_be_told_is_refused_by_the_name_of_its_part(
    place: Town, wrong: dict[str, Any], place_named: str
) -> None:
    with pytest.raises(BadInputError) as refused:
        tell(place.person("one", "area_officer", "A1"), **wrong)
    assert refused.value.place == place_named


def test_who_may_not_see_the_office_is_not_told_and_is_named(place: Town) -> None:
    own = place.person("own", "area_officer", "A1")
    neighbour = place.person("neighbour", "area_officer", "A2")
    above = place.person("above", "region_director", "RA")
    bureau = place.person("bureau", "me_officer")
    gone = place.person("gone", "area_officer", "A1")
    get_user_model().objects.filter(pk=gone.user_id).update(is_active=False)
    outcome = tell(own, neighbour, above, bureau, gone, organisation_id=place.ids["A1"])
    assert outcome.new == (own.user_id, above.user_id, bureau.user_id)
    assert outcome.out_of_sight == (neighbour.user_id, gone.user_id)


def test_each_person_sees_and_changes_only_their_own(place: Town) -> None:
    one, two, bureau = (
        place.person("one", "area_officer", "A1"),
        place.person("two", "area_officer", "A1"),
        place.person("bureau", "me_officer"),
    )
    tell(one)
    (mine,) = queries.inbox(viewer=one)
    for other in (two, bureau, SYSTEM):
        assert queries.inbox(viewer=other) == ()
        assert queries.unread_count(viewer=other) == 0
        with pytest.raises(NotFoundError):
            queries.notification(viewer=other, id=mine.id)
        with pytest.raises(NotFoundError):
            actions.mark_read(by=other, notification_id=mine.id, now=NOW)
        with pytest.raises(NothingToDoError):
            actions.mark_all_read(by=other, now=NOW)
    assert queries.unread_count(viewer=one) == 1


def test_what_is_about_an_office_out_of_sight_by_now_is_hidden(place: Town) -> None:
    one = place.person("one", "area_officer", "A1")
    tell(one, organisation_id=place.ids["A1"])
    tell(one, key="general")
    assert queries.unread_count(viewer=one) == 2
    grant = account_queries.user(viewer=SYSTEM, username="one", on=NOW.date()).grants[0]
    accounts.end_grant(by=SYSTEM, grant_id=grant.id, now=NOW)
    moved = viewer_by_id(user_id=one.user_id, on=NOW.date())
    assert [item.title_th for item in queries.inbox(viewer=moved)] == ["สัญญาณ general"]
    assert queries.unread_count(viewer=moved) == queries.inbox_size(viewer=moved) == 1


def test_the_inbox_shows_the_unread_first_and_then_the_latest(place: Town) -> None:
    one = place.person("one", "area_officer", "A1")
    for hours, key in enumerate("abcd"):
        tell(one, key=key, now=NOW + timedelta(hours=hours))
    newest = queries.inbox(viewer=one)[0]
    actions.mark_read(by=one, notification_id=newest.id, now=NOW + timedelta(days=1))
    assert [item.title_en[-1] for item in queries.inbox(viewer=one)] == ["c", "b", "a", "d"]
    assert [item.title_en[-1] for item in queries.inbox(viewer=one, unread_only=True)] == ["c", "b", "a"]
    assert [item.title_en[-1] for item in queries.inbox(viewer=one, limit=2, offset=2)] == ["a", "d"]
    assert queries.inbox_size(viewer=one) == 4
    assert queries.inbox_size(viewer=one, unread_only=True) == 3


def test_reading_twice_changes_nothing(place: Town) -> None:
    one = place.person("one", "area_officer", "A1")
    tell(one)
    (mine,) = queries.inbox(viewer=one)
    actions.mark_read(by=one, notification_id=mine.id, now=LATER)
    with pytest.raises(NothingToDoError):
        actions.mark_read(by=one, notification_id=mine.id, now=LATER + timedelta(hours=1))
    assert queries.notification(viewer=one, id=mine.id).read_at == LATER


def test_marking_all_leaves_what_came_after_the_page_was_opened(place: Town) -> None:
    one = place.person("one", "area_officer", "A1")
    tell(one, key="1")
    tell(one, key="2")
    seen = max(item.id for item in queries.inbox(viewer=one))
    tell(one, key="3")
    assert actions.mark_all_read(by=one, up_to=seen, now=LATER) == 2
    assert [item.title_en for item in queries.inbox(viewer=one, unread_only=True)] == ["Signal 3"]


def test_counting_costs_one_query_where_nothing_waits_or_everything_may_be_seen(place: Town) -> None:
    one, bureau = place.person("one", "area_officer", "A1"), place.person("bureau", "me_officer")
    with CaptureQueriesContext(
        connection,
    ) as nothing:
        assert queries.unread_count(viewer=one) == 0
    tell(bureau, organisation_id=place.ids["A1"])
    with CaptureQueriesContext(connection) as something:
        assert queries.unread_count(viewer=bureau) == 1
    assert (len(nothing), len(something)) == (1, 1)


def test_until_a_person_chooses_they_see_all_in_the_app_and_get_no_mail(place: Town, settings: Settings) -> None:
    settings.EMAIL_IS_ON = True
    one = place.person("one", "area_officer", "A1", email="one@example.org")
    held = queries.subscription(viewer=one, topic="signals")
    assert (held.in_app, held.email, held.minimum, held.changed_at) == (True, "never", "low", None)
    tell(one, severity="low")
    assert queries.unread_count(viewer=one) == 1
    assert not Notification.objects.filter(by_mail=True).exists()


def test_what_is_less_urgent_than_wished_is_not_told(place: Town) -> None:
    one = place.person("one", "area_officer", "A1")
    wish(one, minimum="medium")
    assert tell(one, key="low", severity="low").declined == (one.user_id,)
    assert tell(one, key="medium", severity="medium").new == (one.user_id,)
    assert tell(one, key="high", severity="high").new == (one.user_id,)


def test_who_wants_neither_way_is_left_alone(place: Town) -> None:
    one = place.person("one", "area_officer", "A1")
    wish(one, in_app=False)
    assert tell(one).declined == (one.user_id,)


def test_mail_alone_stays_out_of_the_app_where_mail_can_go(place: Town, settings: Settings) -> None:
    settings.EMAIL_IS_ON = True
    one = place.person("one", "area_officer", "A1", email="one@example.org")
    wish(one, in_app=False, email="daily")
    tell(one)
    assert queries.unread_count(viewer=one) == 0
    assert Notification.objects.get().by_mail


@pytest.mark.parametrize(("is_on", "email"), [(False, "one@example.org"), (True, "")])
def test_mail_alone_that_cannot_go_is_shown_in_the_app(
    place: Town, settings: Settings, is_on: bool, email: str
) -> None:
    settings.EMAIL_IS_ON = is_on
    one = place.person("one", "area_officer", "A1", email=email)
    wish(one, in_app=False, email="daily")
    tell(one)
    assert queries.unread_count(viewer=one) == 1
    assert not Notification.objects.get().by_mail


def test_a_choice_is_kept_traced_and_refused_when_it_is_none(place: Town) -> None:
    one = place.person("one", "area_officer", "A1")
    wish(one, email="weekly", minimum="high")
    held = queries.subscription(viewer=one, topic="signals")
    assert (held.email, held.minimum, held.changed_at) == ("weekly", "high", NOW)
    with pytest.raises(NothingToDoError):
        wish(one, email="weekly", minimum="high")
    wish(one, email="daily")
    traces = AuditEntry.objects.filter(action="notifications.subscribe").order_by("pk")
    assert [trace.detail["email"] for trace in traces] == ["weekly", "daily"]
    with pytest.raises(BadInputError):
        wish(one, email="hourly")
    with pytest.raises(NotFoundError):
        wish(SYSTEM, email="daily")
    with pytest.raises(NotFoundError):
        queries.subscription(viewer=one, topic="gossip")


def test_only_who_manages_the_system_sees_what_was_sent_or_sends(place: Town) -> None:
    one, bureau = place.person("one", "area_officer", "A1"), place.person("bureau", "me_officer")
    assert queries.deliveries(viewer=bureau) == ()
    with pytest.raises((NotAllowedError, NotFoundError)):
        queries.deliveries(viewer=one)
    with pytest.raises((NotAllowedError, NotFoundError)):
        actions.send_digests(by=one, now=NOW)
