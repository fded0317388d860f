from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Severity(models.TextChoices):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Cadence(models.TextChoices):
    NEVER = "never"
    DAILY = "daily"
    WEEKLY = "weekly"
    AT_ONCE = "at_once"


class Subscription(models.Model):
    """What a person chose to hear of a topic, and how. Where there is no row, the defaults hold."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="subscriptions")
    topic = models.CharField(max_length=40)
    in_app = models.BooleanField(default=True)
    email = models.CharField(max_length=8, choices=Cadence.choices, default=Cadence.NEVER)
    minimum = models.CharField(max_length=6, choices=Severity.choices, default=Severity.LOW)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("user", "topic"), name="subscription_once"),
            models.CheckConstraint(condition=~Q(topic=""), name="subscription_has_topic"),
            models.CheckConstraint(condition=Q(email__in=Cadence.values), name="subscription_cadence_known"),
            models.CheckConstraint(condition=Q(minimum__in=Severity.values), name="subscription_minimum_known"),
        )


class Digest(models.Model):
    """One message to one person: waiting to be tried (again), sent, or given up."""

    class Channel(models.TextChoices):
        EMAIL = "email"

    class State(models.TextChoices):
        WAITING = "waiting"
        SENT = "sent"
        FAILED = "failed"

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="digests")
    address = models.CharField(max_length=254)
    channel = models.CharField(max_length=8, choices=Channel.choices, default=Channel.EMAIL)
    count = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.TextField(blank=True)
    created_at = models.DateTimeField()
    next_try_at = models.DateTimeField(null=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(state="waiting", next_try_at__isnull=False, sent_at__isnull=True)
                | Q(state="sent", next_try_at__isnull=True, sent_at__isnull=False, error="")
                | (Q(state="failed", next_try_at__isnull=True, sent_at__isnull=True) & ~Q(error="")),
                name="digest_state_whole",
            ),
            models.CheckConstraint(condition=Q(channel__in=("email",)), name="digest_channel_known"),
            models.CheckConstraint(condition=~Q(address=""), name="digest_goes_somewhere"),
            models.CheckConstraint(condition=Q(count__gt=0), name="digest_says_something"),
            models.UniqueConstraint(fields=("user",), condition=Q(state="waiting"), name="digest_one_waiting"),
        )
        indexes = (models.Index(fields=("next_try_at",), condition=Q(state="waiting"), name="digest_due"),)


class Notification(models.Model):
    """Something told to one person: what, why, and where to look. One key of a kind is told once."""

    user = models.ForeignKey("accounts.User", on_delete=models.CASCADE, related_name="notifications")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    topic = models.CharField(max_length=40)
    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=120)
    severity = models.CharField(max_length=6, choices=Severity.choices)
    title_th = models.CharField(max_length=300)
    title_en = models.CharField(max_length=300)
    body_th = models.TextField(blank=True)
    body_en = models.TextField(blank=True)
    link = models.CharField(max_length=500)
    in_app = models.BooleanField(default=True)
    by_mail = models.BooleanField(default=False)
    created_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True)
    digest = models.ForeignKey(Digest, on_delete=models.RESTRICT, null=True, related_name="notifications")
    digest_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-created_at", "-id")
        constraints = (
            models.UniqueConstraint(fields=("user", "kind", "key"), name="notification_once"),
            models.CheckConstraint(
                condition=~Q(topic="") & ~Q(kind="") & ~Q(key="") & ~Q(title_th="") & ~Q(title_en=""),
                name="notification_named",
            ),
            models.CheckConstraint(condition=Q(severity__in=Severity.values), name="notification_severity_known"),
            models.CheckConstraint(
                # "//elsewhere" and "/\elsewhere" start with a slash too, and lead browsers to another site.
                condition=Q(link__startswith="/") & ~Q(link__startswith="//") & ~Q(link__startswith="/\\"),
                name="notification_link_stays_here",
            ),
            models.CheckConstraint(condition=Q(in_app=True) | Q(by_mail=True), name="notification_goes_somewhere"),
            models.CheckConstraint(condition=Q(digest__isnull=True) | Q(by_mail=True), name="notification_mail_chosen"),
            models.CheckConstraint(
                condition=Q(digest_at__isnull=True) | Q(digest__isnull=False), name="notification_sent_in_a_digest"
            ),
            models.CheckConstraint(
                condition=Q(read_at__isnull=True) | Q(read_at__gte=F("created_at")), name="notification_read_after"
            ),
        )
        indexes = (
            models.Index(fields=("user", "-created_at"), name="notification_inbox"),
            models.Index(
                fields=("user", "organisation"), condition=Q(in_app=True, read_at=None), name="notification_unread"
            ),
            models.Index(
                fields=("user", "topic"),
                condition=Q(by_mail=True, digest=None, read_at=None),
                name="notification_unsent",
            ),
        )
