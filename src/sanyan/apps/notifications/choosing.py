"""By which ways a notification reaches each person: what they chose, or the defaults."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings

from sanyan.apps.accounts.queries import Person
from sanyan.apps.notifications.models import Cadence, Severity, Subscription

RANKS = {Severity.LOW: 0, Severity.MEDIUM: 1, Severity.HIGH: 2}


@dataclass(frozen=True)
class Way:
    """Shown in the app, to be sent by mail, or both."""

    in_app: bool
    by_mail: bool


def default_for(topic: str) -> Subscription:
    """What holds until a person chooses: everything in the app, nothing by mail."""
    return Subscription(topic=topic, in_app=True, email=Cadence.NEVER, minimum=Severity.LOW)


def ways_to(*, people: Iterable[Person], topic: str, severity: str) -> dict[int, Way]:
    """The way to each person who wishes to hear of it; the others are left out.

    Mail is written down only where it can go. Who chose mail alone while it cannot is shown it in the app instead,
    so that nothing is lost.
    """
    persons = {person.user_id: person for person in people}
    chosen = {row.user_id: row for row in Subscription.objects.filter(topic=topic, user_id__in=persons)}
    ways = {}
    for user_id, person in persons.items():
        wish = chosen.get(user_id) or default_for(topic)
        if RANKS[Severity(severity)] < RANKS[Severity(wish.minimum)]:
            continue
        wants_mail = wish.email != Cadence.NEVER
        by_mail = wants_mail and settings.EMAIL_IS_ON and bool(person.email)
        in_app = wish.in_app or (wants_mail and not by_mail)
        if in_app or by_mail:
            ways[user_id] = Way(in_app, by_mail)
    return ways
