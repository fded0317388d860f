from __future__ import annotations

from django.db import models


class AuditEntry(models.Model):
    """Who did what to what. No foreign keys, so a row outlives what it speaks of; triggers refuse change."""

    at = models.DateTimeField()
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=200)
    action = models.CharField(max_length=80)
    object_type = models.CharField(max_length=80)
    object_id = models.CharField(max_length=80)
    organisation_id = models.BigIntegerField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        ordering = ("-id",)
        indexes = (
            models.Index(fields=("object_type", "object_id"), name="audit_object"),
            models.Index(fields=("organisation_id", "-at"), name="audit_organisation"),
        )
        constraints = (
            models.CheckConstraint(condition=~models.Q(action=""), name="audit_action_named"),
            models.CheckConstraint(condition=~models.Q(actor_name=""), name="audit_actor_named"),
        )
