"""Digests by the mail server's own language, caught on this machine."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from email import message_from_bytes
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import Envelope
from pytest_django.fixtures import Settings
from tests.apps.notifications.people_to_tell import Town, tell, town, wish
from tests.factories import NOW

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.notifications import actions
from sanyan.apps.notifications.models import Digest, Notification


@dataclass
class Catcher:
    """Takes mail for anybody but `unknown`."""

    unknown: frozenset[str] = frozenset()
    caught: list[Envelope] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802  (aiosmtpd's name)
        self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.unknown:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:  # noqa: N802
        self.caught.append(envelope)
        return "250 taken"


def free_port() -> int:
    with closing(socket.socket()) as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture
def catcher(settings: Settings) -> Iterator[Catcher]:
    made = Catcher()
    controller = Controller(made, hostname="127.0.0.1", port=free_port())
    controller.start()
    settings.EMAIL_IS_ON = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", controller.port
    settings.DEFAULT_FROM_EMAIL = "สัญญาณ <sanyan@obec.example>"
    yield made
    controller.stop()


@pytest.fixture
def place(db: None) -> Town:
    return town()


def told_at_once(place: Town, *names: str) -> None:
    people = [place.person(name, "area_officer", "A1", email=f"{name}@example.org") for name in names]
    for person in people:
        wish(person, email="at_once")
    tell(*people)


def test_a_digest_arrives_in_thai_with_its_message_id(place: Town, catcher: Catcher) -> None:
    told_at_once(place, "one", "two")
    assert actions.send_digests(by=SYSTEM, now=NOW).sent == 2
    assert [envelope.rcpt_tos for envelope in catcher.caught] == [["one@example.org"], ["two@example.org"]]
    assert isinstance(catcher.caught[0].content, bytes)
    message = message_from_bytes(catcher.caught[0].content)
    digest = Digest.objects.order_by("pk")[0]
    assert message["Message-ID"].startswith(f"<sanyan-digest-{digest.pk}-")
    texts = [part.get_payload(decode=True) for part in message.walk() if not part.is_multipart()]
    assert all("อ่านออกเขียนได้ลดลง".encode() in text for text in texts if isinstance(text, bytes))
    assert [part.get_content_type() for part in message.walk()][1:] == ["text/plain", "text/html"]


def test_an_address_the_server_does_not_know_is_written_down_with_its_answer(place: Town, catcher: Catcher) -> None:
    catcher.unknown = frozenset({"one@example.org"})
    told_at_once(place, "one", "two")
    outcome = actions.send_digests(by=SYSTEM, now=NOW)
    assert (outcome.sent, outcome.to_be_retried) == (1, 1)
    assert [envelope.rcpt_tos for envelope in catcher.caught] == [["two@example.org"]]
    assert "550 5.1.1 no such mailbox" in Digest.objects.get(state="waiting").error


def test_a_door_that_is_shut_loses_nothing(place: Town, catcher: Catcher, settings: Settings) -> None:
    open_port = settings.EMAIL_PORT
    settings.EMAIL_PORT = free_port()
    told_at_once(place, "one")
    assert actions.send_digests(by=SYSTEM, now=NOW).unreachable
    settings.EMAIL_PORT = open_port
    Digest.objects.update(next_try_at=NOW)
    assert actions.send_digests(by=SYSTEM, now=NOW).sent == 1
    assert len(catcher.caught) == 1
    assert Notification.objects.get().digest_at == NOW
