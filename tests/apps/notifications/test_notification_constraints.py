"""The database refuses notifications, choices and digests that contradict themselves."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.db import IntegrityError, transaction
from tests.factories import NOW

from sanyan.apps.notifications.models import Digest, Notification, Subscription

pytestmark = pytest.mark.django_db


@pytest.fixture
def user_id() -> int:
    return get_user_model().objects.create(username="somchai").pk


def told(user_id: int, **more: object) -> Notification:
    return Notification.objects.create(
        **{
            "user_id": user_id,
            "topic": "signals",
            "kind": "signals.new",
            "key": "1",
            "severity": "high",
            "title_th": "ก",
            "title_en": "a",
            "link": "/overview/",
            "created_at": NOW,
            **more,
        }
    )


def digest(user_id: int, **more: object) -> Digest:
    return Digest.objects.create(
        **{
            "user_id": user_id,
            "address": "a@example.org",
            "count": 1,
            "created_at": NOW,
            "next_try_at": NOW,
            **more,
        }
    )


def chosen(user_id: int, **more: object) -> Subscription:
    return Subscription.objects.create(**{"user_id": user_id, "topic": "signals", "changed_at": NOW, **more})


@pytest.mark.parametrize(
    "contradiction",
    [
        {"topic": ""},
        {"kind": ""},
        {"key": ""},
        {"title_th": ""},
        {"title_en": ""},
        {"severity": "urgent"},
        {"link": ""},
        {"link": "https://elsewhere.example"},
        {"link": "//elsewhere.example"},
        {"link": "/\\elsewhere.example"},
        {"link": "overview/"},
        {"in_app": False, "by_mail": False},
        {"read_at": NOW - timedelta(seconds=1)},
        {"by_mail": True, "digest_at": NOW},
    ],
)
def test_a_notification_that_contradicts_itself_is_refused(user_id: int, contradiction: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        told(user_id, **contradiction)


def test_what_is_not_for_mail_is_in_no_digest(user_id: int) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        told(user_id, by_mail=False, digest=digest(user_id))
    told(user_id, by_mail=True, digest=digest(user_id), digest_at=NOW)


def test_a_key_of_a_kind_is_told_to_a_person_once(user_id: int) -> None:
    other = get_user_model().objects.create(username="malee").pk
    told(user_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        told(user_id)
    told(user_id, kind="signals.escalated")
    told(user_id, key="2")
    told(other)


@pytest.mark.parametrize(
    "contradiction",
    [
        {"state": "waiting", "next_try_at": None},
        {"state": "waiting", "sent_at": NOW},
        {"state": "sent"},
        {"state": "sent", "next_try_at": None},
        {"state": "sent", "next_try_at": None, "sent_at": NOW, "error": "x"},
        {"state": "failed", "next_try_at": None},
        {"state": "failed", "error": "x"},
        {"state": "failed", "next_try_at": None, "error": "x", "sent_at": NOW},
        {"state": "lost"},
        {"channel": "pigeon"},
        {"address": ""},
        {"count": 0},
    ],
)
def test_a_digest_that_contradicts_itself_is_refused(user_id: int, contradiction: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        digest(user_id, **contradiction)


def test_one_digest_of_a_person_waits_at_a_time(user_id: int) -> None:
    digest(user_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        digest(user_id)
    digest(user_id, state="sent", next_try_at=None, sent_at=NOW)
    digest(user_id, state="failed", next_try_at=None, error="550")


@pytest.mark.parametrize("contradiction", [{"topic": ""}, {"email": "hourly"}, {"minimum": "urgent"}])
def test_a_choice_that_is_not_offered_is_refused(user_id: int, contradiction: dict[str, object]) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        chosen(user_id, **contradiction)


def test_a_person_chooses_once_for_a_topic(user_id: int) -> None:
    chosen(user_id)
    with pytest.raises(IntegrityError), transaction.atomic():
        chosen(user_id)
    chosen(user_id, topic="other")


def test_an_account_takes_its_notifications_and_digests_with_it(user_id: int) -> None:
    told(user_id, by_mail=True, digest=digest(user_id))
    get_user_model().objects.get(pk=user_id).delete()
    assert not Notification.objects.exists()
    assert not Digest.objects.exists()
