from __future__ import annotations

from django.db import models
from django.db.models import Q


class Signal(models.Model):
    """A warning as an owned case: what was seen or expected of whom, how sure, who answers, and how it ended.

    `subject` says what it is about, whatever the round; of one subject only one signal is open at a time. `round` is
    where it was raised, `seen_round` where it was last found; `gone_at` says since when the data no longer shows it.
    `repeats` is the closed signal that it follows. One of the whole system names no organisation.
    """

    class Scope(models.TextChoices):
        UNIT = "unit"
        REGION = "region"
        SYSTEM = "system"

    class Severity(models.TextChoices):
        HIGH = "high"
        MEDIUM = "medium"
        LOW = "low"

    class State(models.TextChoices):
        RAISED = "raised"
        ACKNOWLEDGED = "acknowledged"
        ACTING = "acting"
        CLOSED = "closed"

    class Outcome(models.TextChoices):
        HELPED = "helped"
        DID_NOT_HELP = "did_not_help"
        FALSE_ALARM = "false_alarm"
        EXPLAINED = "explained"

    subject = models.CharField(max_length=200)
    rule_code = models.CharField(max_length=60)
    variant = models.CharField(max_length=20)
    scope = models.CharField(max_length=6, choices=Scope.choices)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="signals"
    )
    round = models.ForeignKey("frameworks.Round", on_delete=models.CASCADE, related_name="signals")
    seen_round = models.ForeignKey("frameworks.Round", on_delete=models.CASCADE, related_name="+")
    indicator_code = models.CharField(max_length=40, blank=True)
    probability = models.FloatField()
    severity = models.CharField(max_length=6, choices=Severity.choices)
    rank = models.PositiveIntegerField()
    reason_th = models.TextField()
    reason_en = models.TextField()
    numbers = models.JSONField(default=dict)
    doubts = models.JSONField(default=list)
    also = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=State.choices, default=State.RAISED)
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)
    due_on = models.DateField()
    owner = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    acknowledged_at = models.DateTimeField(null=True)
    acknowledged_by = models.CharField(max_length=200, blank=True)
    acting_at = models.DateTimeField(null=True)
    acting_by = models.CharField(max_length=200, blank=True)
    response = models.TextField(blank=True)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=200, blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    explanation = models.TextField(blank=True)
    escalated_at = models.DateTimeField(null=True)
    escalations = models.PositiveSmallIntegerField(default=0)
    repeats = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="+")

    class Meta:
        ordering = ("rank", "id")
        constraints = (
            models.UniqueConstraint(
                fields=("subject",), condition=~Q(state="closed"), name="signal_one_open_a_subject"
            ),
            models.CheckConstraint(condition=Q(probability__range=(0, 1)), name="signal_probability_is_one"),
            models.CheckConstraint(
                condition=Q(scope="system", organisation__isnull=True)
                | (~Q(scope="system") & Q(organisation__isnull=False)),
                name="signal_scope_has_its_place",
            ),
            models.CheckConstraint(
                condition=Q(acknowledged_at__isnull=True, acknowledged_by="")
                | (Q(acknowledged_at__isnull=False) & ~Q(acknowledged_by="")),
                name="signal_acknowledged_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(acting_at__isnull=True, acting_by="", response="")
                | (Q(acting_at__isnull=False) & ~Q(acting_by="") & ~Q(response="")),
                name="signal_acting_at_by_and_how",
            ),
            models.CheckConstraint(
                condition=(Q(closed_at__isnull=True, closed_by="", outcome="", explanation="") & ~Q(state="closed"))
                | (Q(state="closed", closed_at__isnull=False) & ~Q(closed_by="") & ~Q(outcome="") & ~Q(explanation="")),
                name="signal_closed_whole",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("raised", "closed"))
                | Q(state="acknowledged", acknowledged_at__isnull=False)
                | Q(state="acting", acting_at__isnull=False),
                name="signal_state_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(escalations=0, escalated_at__isnull=True)
                | Q(escalations__gt=0, escalated_at__isnull=False),
                name="signal_escalated_at_and_times",
            ),
        )
        indexes = (
            models.Index(fields=("state", "rank"), name="signal_inbox"),
            models.Index(fields=("organisation", "state"), name="signal_of_organisation"),
        )


class SignalMember(models.Model):
    """One unit that a signal is about, with its own figures. `came_true` says whether what was expected of it
    happened, once the round that it was expected of (`expected_of`, such as "2568-12") is in."""

    signal = models.ForeignKey(Signal, on_delete=models.CASCADE, related_name="members")
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="signal_memberships"
    )
    variant = models.CharField(max_length=20)
    probability = models.FloatField()
    severity = models.CharField(max_length=6, choices=Signal.Severity.choices)
    reason_th = models.TextField()
    reason_en = models.TextField()
    numbers = models.JSONField(default=dict)
    is_tainted = models.BooleanField(default=False)
    expected_of = models.CharField(max_length=7, blank=True)
    came_true = models.BooleanField(null=True)
    checked_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-probability", "organisation")
        constraints = (
            models.UniqueConstraint(fields=("signal", "organisation"), name="signal_member_once"),
            models.CheckConstraint(condition=Q(probability__range=(0, 1)), name="signal_member_probability_is_one"),
            models.CheckConstraint(
                condition=Q(came_true__isnull=True, checked_at__isnull=True)
                | (Q(came_true__isnull=False, checked_at__isnull=False) & ~Q(expected_of="")),
                name="signal_member_checked_whole",
            ),
        )
        indexes = (models.Index(fields=("organisation", "signal"), name="signal_member_of"),)


class Watch(models.Model):
    """The latest look over a round: when, and what was found, raised and left out, so that nothing is silent.

    `counts` holds numbers by name; `cannot` what could not be worked out, with the reason in both languages.
    """

    round = models.OneToOneField("frameworks.Round", on_delete=models.CASCADE, related_name="watch")
    looked_at = models.DateTimeField()
    counts = models.JSONField(default=dict)
    cannot = models.JSONField(default=list)
