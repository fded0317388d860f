"""Digests: gathered into a row first, sent, and only then marked as sent, so that a crash between loses nothing."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from smtplib import SMTPException, SMTPRecipientsRefused, SMTPResponseException

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.db.models import F, Q
from django.utils import timezone

from sanyan.apps.accounts.access import SYSTEM, viewer_by_id
from sanyan.apps.accounts.queries import Person, people
from sanyan.apps.notifications import access, composing
from sanyan.apps.notifications.cadence import due_until
from sanyan.apps.notifications.models import Digest, Notification, Subscription

logger = logging.getLogger(__name__)

PAUSES = (timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2), timedelta(hours=8), timedelta(hours=24))
MAX_ATTEMPTS = len(PAUSES)
LONGEST_ERROR = 500

# Reasons of the house, which pages put into words; others are what the mail server said.
MALFORMED_ADDRESS = "malformed-address"
NO_ADDRESS = "no-address"
OUT_OF_SIGHT = "out-of-sight"
STOPPED_MIDWAY = "stopped-midway"


@dataclass(frozen=True)
class DigestRun:
    """What became of the digests that were due. `held` is people to whom nothing can be sent as things stand;
    `unreachable` is what the mail server's door said, "" where it opened."""

    mail_is_on: bool
    sent: int = 0
    to_be_retried: int = 0
    given_up: int = 0
    held: int = 0
    unreachable: str = ""


def run(*, now: datetime) -> DigestRun:
    """Gather what is due and send what waits. One person's trouble is written down and does not touch the others."""
    if not settings.EMAIL_IS_ON:
        return DigestRun(mail_is_on=False)
    held = _gather(now)
    due = list(Digest.objects.filter(state=Digest.State.WAITING, next_try_at__lte=now).order_by("pk"))
    if not due:
        return DigestRun(mail_is_on=True, held=held)
    ended = dict.fromkeys(Digest.State.values, 0)
    unreachable = ""
    connection = get_connection()
    try:
        for digest in due:
            unreachable = _unreachable(connection)
            if unreachable:
                _put_off([row for row in due if row.pk >= digest.pk], unreachable, now)
                break
            state = _try(digest, connection, now)
            if state is not None:
                ended[state] += 1
    finally:
        connection.close()
    return DigestRun(
        mail_is_on=True,
        sent=ended[Digest.State.SENT],
        to_be_retried=ended[Digest.State.WAITING],
        given_up=ended[Digest.State.FAILED],
        held=held,
        unreachable=unreachable,
    )


def _gather(now: datetime) -> int:
    """Put what is due into one waiting digest a person; how many people have no way to be reached."""
    unsent = Notification.objects.filter(by_mail=True, digest__isnull=True, read_at__isnull=True)
    asking = unsent.values_list("user_id", flat=True).distinct()
    wishes: dict[int, Q] = {}
    for wish in Subscription.objects.filter(user_id__in=asking):
        until = due_until(cadence=wish.email, now=now)
        if until is not None:
            wishes[wish.user_id] = wishes.get(wish.user_id, Q()) | Q(topic=wish.topic, created_at__lte=until)
    busy = set(Digest.objects.filter(state=Digest.State.WAITING, user_id__in=wishes).values_list("user_id", flat=True))
    persons = people(viewer=SYSTEM, user_ids=set(wishes) - busy)
    for user_id, person in sorted(persons.items()):
        if person.email:
            viewer = viewer_by_id(user_id=user_id, on=timezone.localdate(now))
            rows = access.within_sight(unsent.filter(wishes[user_id], user_id=user_id), viewer=viewer)
            if rows.exists():  # asked first without a lock: SQLite has only one for all who write
                _form(person, [row.pk for row in rows], now)
    return len(set(wishes) - busy - {user_id for user_id, person in persons.items() if person.email})


def _form(person: Person, notification_ids: Iterable[int], now: datetime) -> None:
    try:
        with transaction.atomic():
            rows = Notification.objects.select_for_update().filter(pk__in=notification_ids, digest__isnull=True)
            ids = [row.pk for row in rows]
            if ids:
                digest = Digest.objects.create(
                    user_id=person.user_id, address=person.email, count=len(ids), created_at=now, next_try_at=now
                )
                Notification.objects.filter(pk__in=ids).update(digest=digest)
    except IntegrityError:
        logger.info("another worker gathers for user %s", person.user_id)


def _try(digest: Digest, connection: BaseEmailBackend, now: datetime) -> str | None:
    """Send one digest; the state it is in then, or None where another worker has it in hand."""
    if digest.attempts >= MAX_ATTEMPTS:  # the last attempt never came back to tell
        return _fail(digest, digest.error or STOPPED_MIDWAY, now)
    claimed = Digest.objects.filter(pk=digest.pk, state=Digest.State.WAITING, attempts=digest.attempts)
    if not claimed.update(attempts=F("attempts") + 1, next_try_at=now + PAUSES[digest.attempts]):
        return None
    digest.attempts += 1
    person = people(viewer=SYSTEM, user_ids={digest.user_id}).get(digest.user_id)
    if person is None or not person.email:
        digest.attempts = MAX_ATTEMPTS
        return _fail(digest, NO_ADDRESS, now)
    viewer = viewer_by_id(user_id=digest.user_id, on=timezone.localdate(now))
    told = list(access.within_sight(digest.notifications.all(), viewer=viewer))
    if not told:  # a digest may wait for days, and grants end
        digest.attempts = MAX_ATTEMPTS
        return _fail(digest, OUT_OF_SIGHT, now)
    try:
        validate_email(person.email)
        Digest.objects.filter(pk=digest.pk).update(address=person.email)
        message = composing.message_of(digest, person, told, connection=connection)
        message.send()
    except Exception as error:  # whatever one message stumbles over, the others are sent
        logger.warning("digest %s was not sent: %s", digest.pk, error)
        connection.close()
        return _fail(digest, _said(error), now)
    _mark_sent(digest, now)
    return Digest.State.SENT


def _mark_sent(digest: Digest, now: datetime) -> None:
    with transaction.atomic():
        Digest.objects.filter(pk=digest.pk).update(
            state=Digest.State.SENT, sent_at=now, next_try_at=None, error="", attempts=digest.attempts
        )
        Notification.objects.filter(digest=digest).update(digest_at=now)


def _fail(digest: Digest, error: str, now: datetime) -> str:
    """Write down why; tried again after a pause, or given up after the last attempt."""
    again = digest.attempts < MAX_ATTEMPTS
    state = Digest.State.WAITING if again else Digest.State.FAILED
    pause = now + PAUSES[digest.attempts - 1] if again else None
    Digest.objects.filter(pk=digest.pk, state=Digest.State.WAITING).update(state=state, error=error, next_try_at=pause)
    return state


def _unreachable(connection: BaseEmailBackend) -> str:
    """What keeps the mail server's door shut; "" where it is open, or opens now."""
    try:
        connection.open()
    except (OSError, SMTPException) as error:
        logger.warning("the mail server cannot be reached: %s", error)
        return _said(error)
    return ""


def _put_off(digests: Iterable[Digest], error: str, now: datetime) -> None:
    """The server's trouble is no address's fault: no attempt is counted."""
    waiting = Digest.objects.filter(pk__in=[digest.pk for digest in digests], state=Digest.State.WAITING)
    waiting.filter(next_try_at__lte=now).update(error=error, next_try_at=now + PAUSES[0])


def _said(error: Exception) -> str:
    """An error in one line, as the mail server put it."""
    if isinstance(error, ValidationError):
        text = MALFORMED_ADDRESS
    elif isinstance(error, SMTPRecipientsRefused):
        text = "; ".join(f"{code} {_plain(said)}" for code, said in error.recipients.values())
    elif isinstance(error, SMTPResponseException):
        text = f"{error.smtp_code} {_plain(error.smtp_error)}"
    else:
        text = str(error)
    return " ".join(text.split())[:LONGEST_ERROR] or type(error).__name__


def _plain(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
