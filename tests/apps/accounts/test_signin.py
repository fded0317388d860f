from __future__ import annotations

from datetime import UTC, datetime

import pytest
from axes.models import AccessAttempt
from django.core.cache import cache
from django.test import Client

from sanyan.apps.accounts import actions
from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.audit import queries as audit

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 7, 2, 3, 0, tzinfo=UTC)
RIGHT, WRONG = "ดีพอสำหรับทดสอบ", "ผิดแน่นอน-ไม่ใช่"


@pytest.fixture(autouse=True)
def somying() -> None:
    cache.clear()  # allauth counts requests by address there, whichever test made them
    actions.create_user(by=SYSTEM, username="somying", display_name="สมหญิง", password=RIGHT, now=NOW)


def tried(client: Client, password: str, username: str = "somying") -> int:
    answer = client.post("/account/login/", {"login": username, "password": password})
    return answer.status_code


def deeds() -> list[str]:
    return [
        entry.action
        for entry in reversed(audit.recent(organisation_ids=None))
        if "sign" in entry.action or "lock" in entry.action
    ]


def test_signing_in_and_out_leaves_traces(client: Client) -> None:
    assert tried(client, RIGHT) == 302
    client.post("/account/logout/")
    assert deeds() == ["accounts.signed_in", "accounts.signed_out"]


def test_the_fifth_failure_locks_the_account_here_even_for_the_right_password(client: Client) -> None:
    assert [tried(client, WRONG) for _ in range(5)] == [200, 200, 200, 200, 429]
    assert tried(client, RIGHT) == 429
    assert deeds().count("accounts.sign_in_failed") >= 5
    assert "accounts.locked_out" in deeds()
    assert "accounts.signed_in" not in deeds()


def test_four_failures_do_not_lock_and_success_starts_the_count_anew(client: Client) -> None:
    for _ in range(2):
        assert [tried(client, WRONG) for _ in range(4)] == [200] * 4
        assert tried(client, RIGHT) == 302
        client.post("/account/logout/")


def test_one_account_locked_leaves_others_at_the_same_address_alone(client: Client) -> None:
    actions.create_user(by=SYSTEM, username="other", display_name="อื่น", password=RIGHT, now=NOW)
    for _ in range(5):
        tried(client, WRONG)
    assert tried(client, RIGHT, "other") == 302


def test_a_name_no_account_bears_is_not_kept_in_the_trace(client: Client) -> None:
    tried(client, WRONG, "my-password-in-the-wrong-box")
    (entry,) = audit.recent(organisation_ids=None, actions=frozenset({"accounts.sign_in_failed"}))
    assert "wrong-box" not in repr(entry)
    assert entry.actor_id is None


def test_the_lock_is_lifted_after_a_quarter_of_an_hour(client: Client) -> None:
    for _ in range(5):
        tried(client, WRONG)
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time = datetime(2020, 1, 1, tzinfo=UTC)
        attempt.save()
    assert tried(client, RIGHT) == 302


def test_nobody_signs_up_alone(client: Client) -> None:
    answer = client.post("/account/signup/", {"username": "x", "password1": RIGHT, "password2": RIGHT})
    assert answer.status_code in (200, 403)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("spelling", ["SOMYING", "Somying", " somying", "somying\t"])
def test_another_spelling_of_the_name_does_not_open_a_locked_account(client: Client, spelling: str) -> None:
    for _ in range(5):
        tried(client, WRONG)

    assert tried(client, RIGHT, username=spelling) == 429


def test_pages_that_need_an_address_to_write_to_are_not_there(client: Client) -> None:
    for page in ("password/reset/", "email/", "confirm-email/"):
        assert client.get(f"/account/{page}").status_code == 404
