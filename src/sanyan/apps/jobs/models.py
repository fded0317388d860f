from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q


class Job(models.Model):
    """One long run: what it does, how far it is, who asked, how it ended."""

    class State(models.TextChoices):
        QUEUED = "queued"
        RUNNING = "running"
        SUCCEEDED = "succeeded"
        FAILED = "failed"
        CANCELLED = "cancelled"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    title = models.CharField(max_length=200)
    state = models.CharField(max_length=12, choices=State.choices, default=State.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(null=True)
    doing = models.CharField(max_length=200, blank=True)
    payload = models.JSONField(default=dict)
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=200)
    asked_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-asked_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(total__isnull=True) | Q(done__lte=F("total")), name="job_done_within_total"
            ),
            models.CheckConstraint(
                condition=Q(state__in=("queued", "running"), finished_at__isnull=True)
                | Q(state__in=("succeeded", "failed", "cancelled"), finished_at__isnull=False),
                name="job_finished_at_when_ended",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(started_at__isnull=False), name="job_running_started"
            ),
        )
