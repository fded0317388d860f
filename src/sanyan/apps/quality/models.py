from __future__ import annotations

from django.db import models
from django.db.models import Q


class Finding(models.Model):
    """Something in the data that a person should look at: what, how bad, why, what next, and how it ended."""

    class Severity(models.TextChoices):
        HIGH = "high"
        MEDIUM = "medium"
        LOW = "low"

    class State(models.TextChoices):
        OPEN = "open"
        EXPLAINED = "explained"
        FIXED = "fixed"
        DISMISSED = "dismissed"
        CLEARED = "cleared"

    check_code = models.CharField(max_length=60)
    severity = models.CharField(max_length=6, choices=Severity.choices)
    round = models.ForeignKey("frameworks.Round", on_delete=models.CASCADE, related_name="findings")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="findings")
    indicator_code = models.CharField(max_length=40, blank=True)
    score = models.FloatField(default=0)
    reason_th = models.TextField()
    reason_en = models.TextField()
    next_step_th = models.TextField()
    next_step_en = models.TextField()
    numbers = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    found_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    handled_at = models.DateTimeField(null=True)
    handled_by = models.CharField(max_length=200, blank=True)
    explanation = models.TextField(blank=True)

    class Meta:
        ordering = ("-score", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("check_code", "round", "organisation", "indicator_code"), name="finding_once"
            ),
            models.CheckConstraint(
                condition=Q(handled_at__isnull=True, handled_by="") | (Q(handled_at__isnull=False) & ~Q(handled_by="")),
                name="finding_handled_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("open", "cleared")) | (Q(handled_at__isnull=False) & ~Q(explanation="")),
                name="finding_handled_is_explained",
            ),
        )
        indexes = (models.Index(fields=("round", "state", "-score"), name="finding_inbox"),)
