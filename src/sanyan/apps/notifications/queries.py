"""What a person was told, what they chose to hear, and (for those who manage the system) what was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Case, Count, QuerySet, When

from sanyan.apps.accounts.access import SYSTEM, Capability, Viewer, require, visible_organisations
from sanyan.apps.accounts.queries import people
from sanyan.apps.notifications import access, choosing
from sanyan.apps.notifications.models import Digest, Notification, Subscription
from sanyan.apps.notifications.topics import TOPICS
from sanyan.core.errors import NotFoundError


@dataclass(frozen=True, slots=True)
class NotificationInfo:
    """One thing told. `link` is a path of this site."""

    id: int
    topic: str
    topic_th: str
    topic_en: str
    kind: str
    severity: str
    organisation_id: int | None
    title_th: str
    title_en: str
    body_th: str
    body_en: str
    link: str
    created_at: datetime
    read_at: datetime | None


@dataclass(frozen=True)
class SubscriptionInfo:
    """What holds for a topic; `changed_at` is None until the person chooses."""

    topic: str
    topic_th: str
    topic_en: str
    about_th: str
    about_en: str
    in_app: bool
    email: str
    minimum: str
    changed_at: datetime | None


@dataclass(frozen=True)
class Mailing:
    """Whether mail goes out at all, and where it would go to for the viewer ("" where no address is known)."""

    is_on: bool
    address: str


@dataclass(frozen=True)
class DeliveryInfo:
    """One message to one person: how many things it told, whether it arrived at the mail server, and else why not:
    a code of `sending.py`, or what the mail server said."""

    id: int
    name: str
    address: str
    channel: str
    count: int
    state: str
    attempts: int
    error: str
    created_at: datetime
    next_try_at: datetime | None
    sent_at: datetime | None


_UNREAD_FIRST = Case(When(read_at__isnull=True, then=0), default=1)


def inbox(
    *, viewer: Viewer, unread_only: bool = False, limit: int | None = 50, offset: int = 0
) -> tuple[NotificationInfo, ...]:
    """The viewer's own, unread first and then the latest first."""
    rows = _shown(viewer, unread_only).order_by(_UNREAD_FIRST, "-created_at", "-pk")
    return tuple(_described(row) for row in rows[offset : None if limit is None else offset + limit])


def inbox_size(*, viewer: Viewer, unread_only: bool = False) -> int:
    """How many `inbox` holds in all."""
    return _shown(viewer, unread_only).count()


def unread_count(*, viewer: Viewer) -> int:
    """How many wait to be read. One query of an index, and the rule of sight only where there is something."""
    if viewer.user_id is None:
        return 0
    unread = Notification.objects.filter(user_id=viewer.user_id, in_app=True, read_at__isnull=True)
    counts = dict(unread.order_by().values_list("organisation_id").annotate(Count("pk")))
    if not any(organisation_id is not None for organisation_id in counts):
        return sum(counts.values())
    scope = visible_organisations(viewer=viewer)
    return sum(count for key, count in counts.items() if key is None or scope.allows(key))


def notification(*, viewer: Viewer, id: int) -> NotificationInfo:
    """One of the viewer's own; raise NotFoundError for anybody else's."""
    return _described(access.notification(viewer=viewer, id=id))


def subscription(*, viewer: Viewer, topic: str) -> SubscriptionInfo:
    """What the viewer hears of a topic; raise NotFoundError for an unknown one."""
    for found in subscriptions(viewer=viewer):
        if found.topic == topic:
            return found
    raise NotFoundError(topic)


def subscriptions(*, viewer: Viewer) -> tuple[SubscriptionInfo, ...]:
    """What the viewer hears of every topic there is, chosen or by default."""
    chosen = {row.topic: row for row in Subscription.objects.filter(user_id=viewer.user_id or 0)}
    return tuple(_subscription(chosen.get(code) or choosing.default_for(code)) for code in TOPICS)


def mailing(*, viewer: Viewer) -> Mailing:
    """Whether the viewer can be reached by mail."""
    own = people(viewer=viewer, user_ids={viewer.user_id}) if viewer.user_id is not None else {}
    return Mailing(settings.EMAIL_IS_ON, "".join(person.email for person in own.values()))


def deliveries(*, viewer: Viewer, limit: int = 100) -> tuple[DeliveryInfo, ...]:
    """The latest digests with their failures, for those who manage the system."""
    require(viewer=viewer, capability=Capability.MANAGE)
    rows = list(Digest.objects.order_by("-created_at", "-pk")[:limit])
    names = {key: person.name for key, person in people(viewer=SYSTEM, user_ids={row.user_id for row in rows}).items()}
    return tuple(
        DeliveryInfo(
            id=row.pk,
            name=names.get(row.user_id, "–"),
            address=row.address,
            channel=row.channel,
            count=row.count,
            state=row.state,
            attempts=row.attempts,
            error=row.error,
            created_at=row.created_at,
            next_try_at=row.next_try_at,
            sent_at=row.sent_at,
        )
        for row in rows
    )


def _shown(viewer: Viewer, unread_only: bool) -> QuerySet[Notification]:
    rows = access.own_notifications(viewer=viewer).filter(in_app=True)
    return rows.filter(read_at__isnull=True) if unread_only else rows


def _described(row: Notification) -> NotificationInfo:
    topic = TOPICS.get(row.topic)  # what was told stays, even where a topic is no longer offered
    return NotificationInfo(
        id=row.pk,
        topic=row.topic,
        topic_th=topic.name_th if topic else row.topic,
        topic_en=topic.name_en if topic else row.topic,
        kind=row.kind,
        severity=row.severity,
        organisation_id=row.organisation_id,
        title_th=row.title_th,
        title_en=row.title_en,
        body_th=row.body_th,
        body_en=row.body_en,
        link=row.link,
        created_at=row.created_at,
        read_at=row.read_at,
    )


def _subscription(row: Subscription) -> SubscriptionInfo:
    topic = TOPICS[row.topic]
    return SubscriptionInfo(
        topic=row.topic,
        topic_th=topic.name_th,
        topic_en=topic.name_en,
        about_th=topic.about_th,
        about_en=topic.about_en,
        in_app=row.in_app,
        email=row.email,
        minimum=row.minimum,
        changed_at=row.changed_at,
    )
