from __future__ import annotations

from django.db import models
from django.db.models import F, Q


class Organisation(models.Model):
    """A unit that asks, answers or is compared. Other codes and names live as aliases."""

    class Kind(models.TextChoices):
        OFFICE = "office"
        REGION = "region"
        AREA = "area"
        SCHOOL = "school"

    kind = models.CharField(max_length=8, choices=Kind.choices)
    area_type = models.CharField(max_length=12, blank=True)
    code = models.CharField(max_length=40, unique=True)
    name_th = models.CharField(max_length=250)
    name_en = models.CharField(max_length=250, blank=True)
    short_th = models.CharField(max_length=120)
    provinces = models.JSONField(default=list)
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    schools = models.PositiveIntegerField(null=True)
    note = models.TextField(blank=True)
    opened_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)

    class Meta:
        ordering = ("kind", "code")
        indexes = (models.Index(fields=("kind", "code"), name="organisation_kind_code"),)
        constraints = (
            models.CheckConstraint(
                # both halves are named as there: a CHECK lets pass what compares with NULL
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
                name="organisation_point_whole",
            ),
            models.CheckConstraint(
                condition=Q(opened_on__isnull=True) | Q(closed_on__isnull=True) | Q(opened_on__lte=F("closed_on")),
                name="organisation_opened_before_closed",
            ),
            models.CheckConstraint(condition=~Q(code="") & ~Q(name_th="") & ~Q(short_th=""), name="organisation_named"),
        )

    def __str__(self) -> str:
        return self.short_th


class Tie(models.Model):
    """`child` belongs to `parent` from a day until (and without) another."""

    class Scheme(models.TextChoices):
        ADMINISTRATIVE = "administrative"
        INSPECTION = "inspection"

    child = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ties_up")
    parent = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="ties_down")
    scheme = models.CharField(max_length=16, choices=Scheme.choices)
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(condition=~Q(child=F("parent")), name="tie_not_to_self"),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="tie_dates_ordered"
            ),
            models.UniqueConstraint(
                fields=("child", "scheme"), condition=Q(valid_to__isnull=True), name="tie_one_open_parent"
            ),
            models.UniqueConstraint(fields=("child", "scheme", "valid_from"), name="tie_one_start"),
        )


class Alias(models.Model):
    """Another name or code by which an organisation is known, for a time."""

    class Kind(models.TextChoices):
        NAME = "name"
        CODE = "code"

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="aliases")
    kind = models.CharField(max_length=4, choices=Kind.choices)
    text = models.CharField(max_length=250)
    normalised = models.CharField(max_length=250, db_index=True)
    valid_from = models.DateField(null=True)
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("organisation", "kind", "text"), name="alias_once"),
            models.CheckConstraint(
                condition=Q(valid_from__isnull=True) | Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")),
                name="alias_dates_ordered",
            ),
        )


class TargetGroup(models.Model):
    """Organisations drawn for a purpose, with the draw kept so that it can be repeated."""

    name_th = models.CharField(max_length=200, unique=True)
    purpose_th = models.TextField(blank=True)
    size = models.PositiveIntegerField()
    seed = models.BigIntegerField()
    method = models.JSONField(default=dict)
    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=200)


class TargetGroupMember(models.Model):
    group = models.ForeignKey(TargetGroup, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="target_groups")
    stratum = models.CharField(max_length=120)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("group", "organisation"), name="target_group_member_once"),)
