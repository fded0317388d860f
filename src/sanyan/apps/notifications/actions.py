"""Telling people, hearing what they wish to be told, and sending it. What a person has read, only they say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme

from sanyan.apps.accounts.access import (
    SYSTEM,
    Capability,
    Viewer,
    require,
    viewer_by_id,
    visible_organisations,
)
from sanyan.apps.accounts.queries import Person, people
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.notifications import access, choosing, sending
from sanyan.apps.notifications.models import Cadence, Notification, Severity, Subscription
from sanyan.apps.notifications.topics import TOPICS
from sanyan.core.errors import BadInputError, NotFoundError, NothingToDoError
from sanyan.core.thai.characters import writable

DigestRun = sending.DigestRun


@dataclass(frozen=True)
class Notified:
    """Everyone who was to be told, by what became of it.

    `already` have this key; `declined` chose not to hear of it; `out_of_sight` have no active account, or may not see
    the organisation.
    """

    new: tuple[int, ...]
    already: tuple[int, ...]
    declined: tuple[int, ...]
    out_of_sight: tuple[int, ...]


def notify(
    *,
    by: Viewer,
    user_ids: Collection[int],
    kind: str,
    topic: str,
    key: str,
    title_th: str,
    title_en: str,
    body_th: str = "",
    body_en: str = "",
    link: str,
    severity: str,
    organisation_id: int | None = None,
    now: datetime,
) -> Notified:
    """Tell people once a `key`, as far as they wish, within the transaction of the deed that it tells of.

    Raise RuntimeError outside a transaction, BadInputError for an unknown topic or severity, a key, kind or title
    that is empty or too long, or a link that leads elsewhere.
    """
    if not connection.in_atomic_block:
        raise RuntimeError("people are told within the transaction of what they are told of")
    titles = {"title_th": _in_one_line(title_th), "title_en": _in_one_line(title_en)}
    bodies = {"body_th": writable(body_th).strip(), "body_en": writable(body_en).strip()}
    about = {"topic": topic, "kind": kind, "key": key, "severity": severity, "link": link}
    told = Notification(**titles, **bodies, **about, organisation_id=organisation_id, created_at=now)
    _require_whole(told)
    outcome, ways = _sorted_out(told, tuple(dict.fromkeys(user_ids)))
    if outcome.new:
        _keep(by, told, ways)
    return outcome


def mark_read(*, by: Viewer, notification_id: int, now: datetime) -> None:
    """Say that one of one's own was read; raise NothingToDoError when it was already. The row is its own trace."""
    with transaction.atomic():
        found = access.notification(viewer=by, id=notification_id, for_change=True)
        if found.read_at is not None:
            raise _nothing_unread()
        found.read_at = max(now, found.created_at)
        found.save(update_fields=["read_at"])


def mark_all_read(*, by: Viewer, up_to: int | None = None, now: datetime) -> int:
    """Say that all of one's own were read, up to the id `up_to` (what came after the page was opened stays unread).

    How many there were; raise NothingToDoError where there were none.
    """
    rows = access.own_notifications(viewer=by).filter(in_app=True, read_at__isnull=True, created_at__lte=now)
    if up_to is not None:
        rows = rows.filter(pk__lte=up_to)
    changed = rows.update(read_at=now)
    if not changed:
        raise _nothing_unread()
    return changed


def subscribe(*, by: Viewer, topic: str, in_app: bool, email: str, minimum: str, now: datetime) -> None:
    """Keep what the viewer wishes to hear of a topic, and how.

    Raise BadInputError for a choice that is not offered, NothingToDoError when it was chosen already.
    """
    if by.user_id is None:
        raise NotFoundError
    if topic not in TOPICS or email not in Cadence.values or minimum not in Severity.values:
        raise BadInputError(
            "subscription-unknown",
            "ตัวเลือกการรับข่าวนี้ไม่มีในระบบ",
            "There is no such choice of notifications.",
            next_th="เปิดหน้าตั้งค่าการแจ้งเตือนอีกครั้งแล้วเลือกใหม่",
            next_en="Open the notification settings again and choose from what is offered.",
            place=topic,
        )
    wish: dict[str, object] = {"in_app": in_app, "email": email, "minimum": minimum}
    with transaction.atomic():
        held = Subscription.objects.select_for_update().filter(user_id=by.user_id, topic=topic)
        if held.filter(in_app=in_app, email=email, minimum=minimum).exists():
            raise NothingToDoError(
                "subscription-held",
                "เลือกไว้เช่นนี้แล้ว",
                "This is chosen already.",
                next_th="ไม่ต้องบันทึกอีก หรือเปลี่ยนตัวเลือกก่อนบันทึก",
                next_en="Nothing to save; or change a choice first.",
            )
        Subscription.objects.update_or_create(user_id=by.user_id, topic=topic, defaults={**wish, "changed_at": now})
        trace = Trace("notifications.subscribe", "user", str(by.user_id), detail={"topic": topic, **wish})
        record(by=by, trace=trace, now=now)


def send_digests(*, by: Viewer, now: datetime) -> DigestRun:
    """Send every digest that is due, and try again what failed; nothing where mail is off.

    A message may come twice, never not at all: it counts as sent only after the mail server took it, and both copies
    bear one Message-ID. Not for use within a transaction: each step is kept as soon as it is done.
    """
    require(viewer=by, capability=Capability.MANAGE)
    return sending.run(now=now)


def _in_one_line(text: str) -> str:
    return " ".join(writable(text).split())


def _keep(by: Viewer, told: Notification, ways: Mapping[int, choosing.Way]) -> None:
    # Another process may be telling the same at this moment: the key decides, and both have told it.
    copies = [_copy(told, user_id, way) for user_id, way in ways.items()]
    Notification.objects.bulk_create(copies, ignore_conflicts=True)
    detail = {"kind": told.kind, "topic": told.topic, "key": told.key, "severity": told.severity, "users": list(ways)}
    trace = Trace("notifications.notify", "notification", told.key[:80], told.organisation_id, detail)
    record(by=by, trace=trace, now=told.created_at)


def _sorted_out(told: Notification, wanted: tuple[int, ...]) -> tuple[Notified, dict[int, choosing.Way]]:
    """What will become of each person, and the ways to those who are new."""
    seeing = _who_may_see(wanted, told.organisation_id, told.created_at)
    held = Notification.objects.filter(user_id__in=seeing, kind=told.kind, key=told.key)
    already = frozenset(held.values_list("user_id", flat=True))
    asked = [person for user_id, person in seeing.items() if user_id not in already]
    ways = choosing.ways_to(people=asked, topic=told.topic, severity=told.severity)
    outcome = Notified(
        new=tuple(user_id for user_id in wanted if user_id in ways),
        already=tuple(user_id for user_id in wanted if user_id in already),
        declined=tuple(person.user_id for person in asked if person.user_id not in ways),
        out_of_sight=tuple(user_id for user_id in wanted if user_id not in seeing),
    )
    return outcome, ways


def _who_may_see(user_ids: Collection[int], organisation_id: int | None, now: datetime) -> dict[int, Person]:
    """Those with an active account whose grants of today cover the organisation."""
    active = people(viewer=SYSTEM, user_ids=user_ids)
    if organisation_id is None:
        return active
    day = timezone.localdate(now)
    return {
        user_id: person
        for user_id, person in active.items()
        if visible_organisations(viewer=viewer_by_id(user_id=user_id, on=day)).allows(organisation_id)
    }


def _copy(told: Notification, user_id: int, way: choosing.Way) -> Notification:
    fields = {field.attname: getattr(told, field.attname) for field in Notification._meta.concrete_fields}
    return Notification(**{**fields, "user_id": user_id, "in_app": way.in_app, "by_mail": way.by_mail})


def _require_whole(told: Notification) -> None:
    texts = {"kind": 60, "key": 120, "title_th": 300, "title_en": 300, "link": 500}
    wrong = [name for name, longest in texts.items() if not 0 < len(getattr(told, name)) <= longest]
    if told.topic not in TOPICS:
        wrong.append("topic")
    if told.severity not in Severity.values:
        wrong.append("severity")
    if not told.link.startswith("/") or not url_has_allowed_host_and_scheme(told.link, allowed_hosts=None):
        wrong.append("link")
    if wrong:
        raise BadInputError(
            "notification-malformed",
            "ข้อความแจ้งเตือนนี้ยังใช้ไม่ได้",
            "This notification cannot be used.",
            next_th="ตรวจหัวข้อ ความเร่งด่วน รหัส ชื่อเรื่อง และลิงก์ ซึ่งต้องเป็นที่อยู่ภายในระบบ เช่น /overview/",
            next_en="Check topic, severity, key, titles, and the link: a path of this site such as /overview/.",
            place=", ".join(dict.fromkeys(wrong)),
        )


def _nothing_unread() -> NothingToDoError:
    return NothingToDoError(
        "notification-read",
        "อ่านแล้วทั้งหมด",
        "Everything is read already.",
        next_th="ไม่ต้องทำอะไรอีก",
        next_en="Nothing more to do.",
    )
