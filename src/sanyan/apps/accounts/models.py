from __future__ import annotations

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import F, Q


class User(AbstractUser):
    """A person who signs in. What they may see or do comes from their grants alone."""

    display_name = models.CharField(max_length=200, blank=True)
    position_th = models.CharField(max_length=200, blank=True)
    language = models.CharField(max_length=5, default="th")
    thai_digits = models.BooleanField(default=False)
    is_demo = models.BooleanField(default=False)


class Role(models.TextChoices):
    EXECUTIVE = "executive"
    ME_OFFICER = "me_officer"
    REGION_DIRECTOR = "region_director"
    AREA_OFFICER = "area_officer"
    AREA_DIRECTOR = "area_director"
    SCHOOL_STAFF = "school_staff"
    REVIEWER = "reviewer"
    PARTICIPANT = "participant"


class Grant(models.Model):
    """A role over one organisation and all below it, or over everything where no organisation is named."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=Role.choices)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    valid_from = models.DateField()
    valid_to = models.DateField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(role__in=("executive", "me_officer"), organisation__isnull=True)
                | (~Q(role__in=("executive", "me_officer")) & Q(organisation__isnull=False)),
                name="grant_scope_fits_role",
            ),
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_from__lt=F("valid_to")), name="grant_dates_ordered"
            ),
            models.UniqueConstraint(
                fields=("user", "role", "organisation"), condition=Q(valid_to__isnull=True), name="grant_once"
            ),
            models.UniqueConstraint(
                fields=("user", "role"),
                condition=Q(valid_to__isnull=True, organisation__isnull=True),
                name="grant_over_everything_once",
            ),
        )
