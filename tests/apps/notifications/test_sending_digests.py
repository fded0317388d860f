from __future__ import annotations

from datetime import datetime, timedelta
from smtplib import SMTPRecipientsRefused, SMTPServerDisconnected
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import mail
from django.core.mail import EmailMessage
from django.core.mail.backends.locmem import EmailBackend
from pytest_django.fixtures import Settings
from tests.apps.notifications.people_to_tell import Town, tell, town, wish
from tests.factories import NOW

from sanyan.apps.accounts import actions as accounts
from sanyan.apps.accounts import queries as account_queries
from sanyan.apps.accounts.access import SYSTEM, Viewer
from sanyan.apps.accounts.models import Grant
from sanyan.apps.notifications import actions, queries, sending
from sanyan.apps.notifications.cadence import THAILAND
from sanyan.apps.notifications.models import Digest, Notification

NEXT_SEVEN = datetime(2025, 7, 11, 7, 0, tzinfo=THAILAND)  # NOW is a Thursday, 10 in the morning
NEXT_MONDAY = datetime(2025, 7, 14, 7, 0, tzinfo=THAILAND)


class Postman(EmailBackend):
    """Keeps what it is given; refuses the addresses in `refused`, and opens no door while `shut`."""

    refused: frozenset[str] = frozenset()
    shut = False

    def open(self) -> bool:
        if self.shut:
            raise ConnectionRefusedError("nobody listens")
        return True

    def send_messages(self, messages: list[EmailMessage]) -> int:
        for message in messages:
            if message.to[0] in self.refused:
                raise SMTPRecipientsRefused({message.to[0]: (550, b"no such\r\nmailbox")})
        return super().send_messages(messages)


@pytest.fixture
def postman(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> type[Postman]:
    monkeypatch.setattr(Postman, "refused", frozenset())
    monkeypatch.setattr(Postman, "shut", False)
    monkeypatch.setattr(sending, "get_connection", Postman)
    settings.EMAIL_IS_ON = True
    settings.DEFAULT_FROM_EMAIL = "Sanyan <sanyan@obec.example>"
    return Postman


@pytest.fixture
def place(db: None, postman: type[Postman]) -> Town:
    return town()


def reader(place: Town, username: str = "one", email: str = "daily", **more: Any) -> Viewer:
    made = place.person(username, "area_officer", "A1", email=f"{username}@example.org", **more)
    wish(made, email=email)
    return made


def send(now: datetime = NOW) -> actions.DigestRun:
    return actions.send_digests(by=SYSTEM, now=now)


def test_where_mail_is_off_nothing_is_tried(place: Town, settings: Settings) -> None:
    tell(reader(place, email="at_once"))
    settings.EMAIL_IS_ON = False
    assert send() == actions.DigestRun(mail_is_on=False)
    assert not Digest.objects.exists()


def test_at_once_goes_at_the_next_turn_and_once_only(place: Town) -> None:
    tell(reader(place, email="at_once"))
    assert send().sent == 1
    assert send(NOW + timedelta(minutes=1)).sent == 0
    (message,) = mail.outbox
    assert message.to == ["one@example.org"]
    assert Notification.objects.get().digest_at == NOW


@pytest.mark.parametrize(("cadence", "due"), [("daily", NEXT_SEVEN), ("weekly", NEXT_MONDAY)])
def test_a_digest_waits_for_its_hour_and_holds_all_that_came_before(place: Town, cadence: str, due: datetime) -> None:
    one = reader(place, email=cadence)
    tell(one, key="1")
    tell(one, key="2", severity="high")
    assert send(due - timedelta(seconds=1)).sent == 0
    tell(one, key="3", now=due + timedelta(seconds=1))
    assert send(due + timedelta(minutes=5)).sent == 1
    (message,) = mail.outbox
    assert message.subject == "สัญญาณ: แจ้งเตือน 2 เรื่อง เร่งดู 1 เรื่อง"
    assert str(message.body).index("สัญญาณ 2") < str(message.body).index("สัญญาณ 1")
    assert "สัญญาณ 3" not in message.body


def test_what_was_read_in_the_app_meanwhile_is_not_mailed(place: Town) -> None:
    one = reader(place)
    tell(one)
    actions.mark_all_read(by=one, now=NOW)
    assert send(NEXT_SEVEN).sent == 0


def test_who_gave_up_mail_before_it_was_due_gets_none(place: Town) -> None:
    one = reader(place)
    tell(one)
    wish(one, email="never")
    assert send(NEXT_MONDAY).sent == 0


def test_choosing_mail_does_not_send_what_is_past(place: Town) -> None:
    one = place.person("one", "area_officer", "A1", email="one@example.org")
    tell(one)
    wish(one, email="at_once")
    assert send(NEXT_MONDAY).sent == 0


def test_who_has_no_address_any_more_is_counted_and_kept_waiting(place: Town) -> None:
    one = reader(place)
    tell(one)
    users = get_user_model().objects.filter(pk=one.user_id)
    users.update(email="")
    assert send(NEXT_SEVEN) == actions.DigestRun(mail_is_on=True, held=1)
    users.update(email="new@example.org")
    assert send(NEXT_SEVEN).sent == 1
    assert mail.outbox[0].to == ["new@example.org"]


def test_what_is_about_an_office_out_of_sight_by_now_is_not_mailed(place: Town) -> None:
    one = reader(place)
    tell(one, organisation_id=place.ids["A1"])
    grant = account_queries.user(viewer=SYSTEM, username="one", on=NOW.date()).grants[0]
    accounts.end_grant(by=SYSTEM, grant_id=grant.id, now=NOW)
    assert send(NEXT_SEVEN).sent == 0


def test_one_bad_address_does_not_stop_the_rest(place: Town, postman: type[Postman]) -> None:
    postman.refused = frozenset({"one@example.org"})
    people = [reader(place, name, "at_once") for name in ("one", "two", "three")]
    get_user_model().objects.filter(username="three").update(email="no address\r\nBcc: all@example.org")
    tell(*people)
    outcome = send()
    assert (outcome.sent, outcome.to_be_retried) == (1, 2)
    assert [message.to for message in mail.outbox] == [["two@example.org"]]
    by_user = {row.user_id: row for row in Digest.objects.all()}
    assert by_user[people[0].user_id].error == "550 no such mailbox"
    assert by_user[people[2].user_id].error == "malformed-address"


def test_a_digest_that_is_tried_again_leaves_out_what_has_left_sight_meanwhile(
    place: Town, postman: type[Postman], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = reader(place, email="at_once")
    tell(one, key="ours", organisation_id=place.ids["A1"])
    tell(one, key="anybody's")
    monkeypatch.setattr(postman, "refused", frozenset({"one@example.org"}))
    send()
    Grant.objects.filter(user_id=one.user_id).delete()
    monkeypatch.setattr(postman, "refused", frozenset())
    assert send(NOW + timedelta(hours=1)).sent == 1
    assert "สัญญาณ ours" not in str(mail.outbox[0].body)
    assert "สัญญาณ anybody's" in str(mail.outbox[0].body)


def test_a_digest_of_which_nothing_is_left_in_sight_is_not_sent(
    place: Town, postman: type[Postman], monkeypatch: pytest.MonkeyPatch
) -> None:
    one = reader(place, email="at_once")
    tell(one, organisation_id=place.ids["A1"])
    monkeypatch.setattr(postman, "refused", frozenset({"one@example.org"}))
    send()
    Grant.objects.filter(user_id=one.user_id).delete()
    monkeypatch.setattr(postman, "refused", frozenset())
    assert send(NOW + timedelta(hours=1)).given_up == 1
    assert mail.outbox == []


def test_a_refused_digest_is_tried_again_after_growing_pauses_and_then_given_up(
    place: Town, postman: type[Postman]
) -> None:
    postman.refused = frozenset({"one@example.org"})
    tell(reader(place, email="at_once"))
    moment = NOW
    for attempt, pause in enumerate(sending.PAUSES, start=1):
        outcome = send(moment)
        assert (outcome.to_be_retried, outcome.given_up) == ((0, 1) if attempt == sending.MAX_ATTEMPTS else (1, 0))
        assert send(moment + pause - timedelta(seconds=1)) == actions.DigestRun(mail_is_on=True)
        moment += pause
    held = Digest.objects.get()
    assert (held.state, held.attempts, held.next_try_at) == ("failed", sending.MAX_ATTEMPTS, None)
    assert Notification.objects.get().digest_at is None


def test_a_corrected_address_is_used_at_the_next_attempt(place: Town, postman: type[Postman]) -> None:
    postman.refused = frozenset({"one@example.org"})
    tell(reader(place, email="at_once"))
    send()
    get_user_model().objects.filter(username="one").update(email="right@example.org")
    assert send(NOW + sending.PAUSES[0]).sent == 1
    held = Digest.objects.get()
    assert (held.state, held.address, held.error) == ("sent", "right@example.org", "")


def test_a_closed_account_gets_nothing_more(place: Town, postman: type[Postman]) -> None:
    postman.refused = frozenset({"one@example.org"})
    tell(reader(place, email="at_once"))
    send()
    get_user_model().objects.filter(username="one").update(is_active=False)
    assert send(NOW + sending.PAUSES[0]).given_up == 1
    assert mail.outbox == []


def test_a_server_that_cannot_be_reached_costs_no_attempt(place: Town, postman: type[Postman]) -> None:
    postman.shut = True
    tell(reader(place, "one", "at_once"), reader(place, "two", "at_once"))
    assert "nobody listens" in send().unreachable
    assert {row.attempts for row in Digest.objects.all()} == {0}
    assert all("nobody listens" in row.error for row in Digest.objects.all())
    postman.shut = False
    assert send(NOW + timedelta(minutes=1)).sent == 0
    assert send(NOW + sending.PAUSES[0]).sent == 2


def test_a_crash_after_sending_sends_once_more_under_the_same_message_id(
    place: Town, monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(reader(place, email="at_once"))
    with monkeypatch.context() as power_cut:
        power_cut.setattr(sending, "_mark_sent", lambda *_: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            send()
    assert Notification.objects.get().digest_at is None
    assert send(NOW + timedelta(seconds=1)).sent == 0, "another worker may still have it in hand"
    assert send(NOW + sending.PAUSES[0]).sent == 1
    first, second = mail.outbox
    assert first.message()["Message-ID"] == second.message()["Message-ID"]
    assert first.message()["Message-ID"].endswith("@obec.example>")


def test_a_worker_that_dies_at_every_attempt_does_not_try_forever(place: Town) -> None:
    tell(reader(place, email="at_once"))
    sending._gather(NOW)
    Digest.objects.update(attempts=sending.MAX_ATTEMPTS)
    assert send().given_up == 1
    assert mail.outbox == []


def test_what_another_worker_has_in_hand_is_left_to_it(place: Town) -> None:
    tell(reader(place, email="at_once"))
    sending._gather(NOW)
    stale = Digest.objects.get()
    Digest.objects.update(attempts=1, next_try_at=NOW + sending.PAUSES[0])
    assert sending._try(stale, Postman(), NOW) is None
    assert mail.outbox == []


def test_a_line_that_breaks_in_the_middle_is_an_attempt_of_that_digest_alone(
    place: Town, postman: type[Postman], monkeypatch: pytest.MonkeyPatch
) -> None:
    tell(reader(place, "one", "at_once"), reader(place, "two", "at_once"))
    usual = Postman.send_messages

    def cut_off(self: Postman, messages: list[EmailMessage]) -> int:
        if messages[0].to == ["one@example.org"]:
            raise SMTPServerDisconnected("cut off")
        return usual(self, messages)

    monkeypatch.setattr(Postman, "send_messages", cut_off)
    outcome = send()
    assert (outcome.sent, outcome.to_be_retried, outcome.unreachable) == (1, 1, "")


def test_deliveries_tell_who_was_reached_and_why_not(place: Town, postman: type[Postman]) -> None:
    postman.refused = frozenset({"two@example.org"})
    bureau = place.person("bureau", "me_officer")
    tell(reader(place, "one", "at_once"), reader(place, "two", "at_once"))
    send()
    refused, reached = queries.deliveries(viewer=bureau)
    assert (reached.name, reached.state, reached.count, reached.sent_at) == ("คุณone", "sent", 1, NOW)
    assert (refused.name, refused.state, refused.attempts) == ("คุณtwo", "waiting", 1)
    assert refused.next_try_at == NOW + sending.PAUSES[0]
