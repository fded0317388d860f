from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Framework(models.Model):
    """A named frame of monitoring; what it asks lives in its versions."""

    code = models.CharField(max_length=60, unique=True)
    name_th = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    is_example = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.code


class FrameworkVersion(models.Model):
    """One whole edition of a framework. `definition` is core's Framework as JSON; frozen once published."""

    class State(models.TextChoices):
        DRAFT = "draft"
        PUBLISHED = "published"
        RETIRED = "retired"

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    definition = models.JSONField()
    authored_by = models.CharField(max_length=200)
    checked_by = models.CharField(max_length=200, blank=True)
    next_review = models.DateField(null=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=200, blank=True)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("framework", "-number")
        constraints = (
            models.UniqueConstraint(fields=("framework", "number"), name="version_number_once"),
            models.UniqueConstraint(fields=("framework",), condition=Q(state="draft"), name="version_one_draft"),
            models.UniqueConstraint(
                fields=("framework",), condition=Q(state="published"), name="version_one_published"
            ),
            models.CheckConstraint(
                condition=Q(published_at__isnull=True, published_by="")
                | (Q(published_at__isnull=False) & ~Q(published_by="")),
                name="version_published_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True, retired_by="") | (Q(retired_at__isnull=False) & ~Q(retired_by="")),
                name="version_retired_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True)
                | (Q(state="published", published_at__isnull=False) & ~Q(checked_by=""))
                | Q(state="retired", published_at__isnull=False, retired_at__isnull=False),
                name="version_state_has_its_dates",
            ),
        )


class Indicator(models.Model):
    """An indicator of one version, so that answers point at exactly what was asked."""

    version = models.ForeignKey(FrameworkVersion, on_delete=models.CASCADE, related_name="indicators")
    code = models.CharField(max_length=40)
    policy_area = models.CharField(max_length=40)
    kind = models.CharField(max_length=10)
    position = models.PositiveIntegerField()

    class Meta:
        ordering = ("version", "position")
        constraints = (models.UniqueConstraint(fields=("version", "code"), name="indicator_code_once"),)


class Round(models.Model):
    """A round that was opened: a framework version, a fiscal year (B.E.) and a month, with its dates."""

    class State(models.TextChoices):
        PLANNED = "planned"
        OPEN = "open"
        CLOSED = "closed"
        LOCKED = "locked"

    framework = models.ForeignKey(Framework, on_delete=models.PROTECT, related_name="rounds")
    version = models.ForeignKey(FrameworkVersion, on_delete=models.PROTECT, related_name="rounds")
    fiscal_year = models.PositiveIntegerField()
    month = models.PositiveSmallIntegerField()
    name_th = models.CharField(max_length=120)
    name_en = models.CharField(max_length=120, blank=True)
    opens_on = models.DateField()
    data_until = models.DateField()
    due_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    is_practice = models.BooleanField(default=False)

    class Meta:
        ordering = ("-fiscal_year", "-month", "framework")
        constraints = (
            models.UniqueConstraint(fields=("framework", "fiscal_year", "month", "is_practice"), name="round_once"),
            models.CheckConstraint(condition=Q(month__range=(1, 12)), name="round_month_in_year"),
            models.CheckConstraint(condition=Q(opens_on__lte=F("due_on")), name="round_opens_before_due"),
        )
