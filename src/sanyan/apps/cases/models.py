from __future__ import annotations

from django.db import models
from django.db.models import F, Q


def _paired(at: str, by: str) -> Q:
    """A day and a name come together or not at all."""
    return Q(**{f"{at}__isnull": True, by: ""}) | (Q(**{f"{at}__isnull": False}) & ~Q(**{by: ""}))


class Case(models.Model):
    """A case study: an area (or a school of it) that did well, from candidate to published model.

    `origin` keeps apart what figures found and what people put forward. `subject` says what it is about; of one subject
    there is one case. `figures` holds the outcome as it stood when it was proposed, with `evidence` of an outlier;
    `is_tied` says whether the texts speak of that very indicator, or only of its policy area.
    """

    class Origin(models.TextChoices):
        POSITIVE_OUTLIER = "positive_outlier"
        NOMINATION = "nomination"

    class State(models.TextChoices):
        CANDIDATE = "candidate"
        DRAFTED = "drafted"
        VERIFIED = "verified"
        PUBLISHED = "published"
        WITHDRAWN = "withdrawn"

    subject = models.CharField(max_length=200, unique=True)
    origin = models.CharField(max_length=16, choices=Origin.choices)
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="cases")
    school_name = models.CharField(max_length=200, blank=True)
    round = models.ForeignKey("frameworks.Round", on_delete=models.CASCADE, related_name="cases")
    policy_area = models.CharField(max_length=40)
    indicator_code = models.CharField(max_length=40, blank=True)
    also = models.JSONField(default=list)
    title = models.CharField(max_length=300)
    is_tied = models.BooleanField(default=True)
    figures = models.JSONField(default=dict)
    evidence = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CANDIDATE)
    reviewer = models.ForeignKey("accounts.User", on_delete=models.SET_NULL, null=True, related_name="+")
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=200)
    proposer_id = models.BigIntegerField(null=True)
    drafted_at = models.DateTimeField(null=True)
    drafted_by = models.CharField(max_length=200, blank=True)
    verified_at = models.DateTimeField(null=True)
    verified_by = models.CharField(max_length=200, blank=True)
    verifier_id = models.BigIntegerField(null=True)
    published_at = models.DateTimeField(null=True)
    published_by = models.CharField(max_length=200, blank=True)
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_by = models.CharField(max_length=200, blank=True)
    withdrawn_because = models.TextField(blank=True)

    class Meta:
        ordering = ("-published_at", "-proposed_at", "id")
        constraints = (
            models.CheckConstraint(condition=~Q(title="") & ~Q(policy_area=""), name="case_titled"),
            models.CheckConstraint(condition=~Q(proposed_by=""), name="case_proposed_by"),
            models.CheckConstraint(
                condition=Q(origin="nomination") | ~Q(indicator_code=""), name="case_outlier_has_indicator"
            ),
            models.CheckConstraint(condition=_paired("drafted_at", "drafted_by"), name="case_drafted_at_and_by"),
            models.CheckConstraint(condition=_paired("verified_at", "verified_by"), name="case_verified_at_and_by"),
            models.CheckConstraint(condition=_paired("published_at", "published_by"), name="case_published_at_and_by"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, withdrawn_by="", withdrawn_because="")
                | (Q(withdrawn_at__isnull=False) & ~Q(withdrawn_by="") & ~Q(withdrawn_because="")),
                name="case_withdrawn_whole",
            ),
            models.CheckConstraint(
                condition=Q(state="candidate", drafted_at__isnull=True)
                | Q(state="drafted", drafted_at__isnull=False)
                | Q(state="verified", verified_at__isnull=False)
                | Q(state="published", published_at__isnull=False, verified_at__isnull=False)
                | Q(state="withdrawn", withdrawn_at__isnull=False),
                name="case_state_has_its_day",
            ),
            models.CheckConstraint(
                condition=Q(verifier_id__isnull=True) | Q(proposer_id__isnull=True) | ~Q(verifier_id=F("proposer_id")),
                name="case_verified_by_another",
            ),
        )
        indexes = (
            models.Index(fields=("state", "policy_area"), name="case_library"),
            models.Index(fields=("organisation", "state"), name="case_of_organisation"),
            models.Index(fields=("indicator_code", "state"), name="case_of_indicator"),
        )


class Nomination(models.Model):
    """How a case was put forward by people: on the page, or in the form's own question for models, and why."""

    class Via(models.TextChoices):
        PAGE = "page"
        REPORT = "report"

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="nomination")
    via = models.CharField(max_length=6, choices=Via.choices)
    why = models.TextField()
    nominated_at = models.DateTimeField()
    nominated_by = models.CharField(max_length=200)

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(why="") & ~Q(nominated_by=""), name="nomination_says_why"),)


class CaseSource(models.Model):
    """A text that a card was filled from, kept as it was read: a quote stays true when the report is changed later.
    `cites` says whether its answer quotes the figures of the case's indicator."""

    class Kind(models.TextChoices):
        ANSWER = "answer"
        NOMINATION = "nomination"
        TOLD = "told"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="sources")
    key = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    round_name = models.CharField(max_length=10)
    indicator_code = models.CharField(max_length=40, blank=True)
    field_key = models.CharField(max_length=60, blank=True)
    name_th = models.CharField(max_length=300)
    name_en = models.CharField(max_length=300, blank=True)
    stance = models.CharField(max_length=10)
    text = models.TextField()
    cites = models.BooleanField(default=False)
    unused = models.CharField(max_length=40, blank=True)
    taken_at = models.DateTimeField()

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "key"), name="case_source_once"),
            models.CheckConstraint(condition=~Q(text=""), name="case_source_has_text"),
        )


class CaseField(models.Model):
    """One part of a card. `quotes` are [{source, start, end, text}], each an exact part of a source's text."""

    class Standing(models.TextChoices):
        STATED = "stated"
        INFERRED = "inferred"
        MISSING = "missing"

    class Basis(models.TextChoices):
        TEXT = "text"
        FIGURES = "figures"
        PERSON = "person"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="fields")
    field = models.CharField(max_length=20)
    value = models.TextField(blank=True)
    standing = models.CharField(max_length=8, choices=Standing.choices)
    basis = models.CharField(max_length=7, choices=Basis.choices, blank=True)
    quotes = models.JSONField(default=list)
    edited_at = models.DateTimeField(null=True)
    edited_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("case", "field"), name="case_field_once"),
            models.CheckConstraint(
                condition=Q(standing="missing", value="") | (~Q(standing="missing") & ~Q(value="")),
                name="case_field_missing_is_empty",
            ),
            models.CheckConstraint(
                condition=Q(standing="missing", basis="") | (~Q(standing="missing") & ~Q(basis="")),
                name="case_field_rests_on_something",
            ),
            models.CheckConstraint(condition=_paired("edited_at", "edited_by"), name="case_field_edited_at_and_by"),
            models.CheckConstraint(
                condition=~Q(basis="person") | Q(edited_at__isnull=False), name="case_field_person_is_named"
            ),
        )


class Pairing(models.Model):
    """A weak area of like context beside a case, and why it stands there (Success Case Method)."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="pairings")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    distance = models.FloatField()
    indicators = models.JSONField(default=list)
    figures = models.JSONField(default=dict)
    why_th = models.TextField()
    why_en = models.TextField()

    class Meta:
        ordering = ("distance", "id")
        constraints = (
            models.UniqueConstraint(fields=("case", "organisation"), name="pairing_once"),
            models.CheckConstraint(
                condition=Q(distance__gte=0) & ~Q(why_th="") & ~Q(why_en=""), name="pairing_says_why"
            ),
        )


class SelectionRound(models.Model):
    """A round of selection at one level: its seats, and the signed criteria as they were when it was opened."""

    class Level(models.TextChoices):
        AREA = "area"
        REGION = "region"
        CENTRE = "centre"

    name_th = models.CharField(max_length=200)
    level = models.CharField(max_length=6, choices=Level.choices)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="+"
    )
    round = models.ForeignKey("frameworks.Round", on_delete=models.CASCADE, related_name="selections")
    target_group = models.ForeignKey("organisations.TargetGroup", on_delete=models.PROTECT, null=True, related_name="+")
    seats = models.PositiveSmallIntegerField()
    criteria = models.JSONField()
    opened_at = models.DateTimeField()
    opened_by = models.CharField(max_length=200)
    closed_at = models.DateTimeField(null=True)
    closed_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("-opened_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=~Q(name_th="") & ~Q(opened_by="") & Q(seats__gt=0), name="selection_whole"
            ),
            models.CheckConstraint(
                condition=Q(level="centre", organisation__isnull=True)
                | (~Q(level="centre") & Q(organisation__isnull=False)),
                name="selection_level_has_its_place",
            ),
            models.CheckConstraint(condition=_paired("closed_at", "closed_by"), name="selection_closed_at_and_by"),
            models.UniqueConstraint(
                fields=("round", "organisation"),
                condition=Q(closed_at__isnull=True, organisation__isnull=False),
                name="selection_one_open_a_place",
            ),
            models.UniqueConstraint(
                fields=("round",), condition=Q(closed_at__isnull=True, level="centre"), name="selection_one_open_centre"
            ),
        )


class SelectionEntry(models.Model):
    """A case that stands for selection; what the rules suggest of it, and what people decided, each with its reason."""

    class Decision(models.TextChoices):
        CHOSEN = "chosen"
        NOT_CHOSEN = "not_chosen"

    selection = models.ForeignKey(SelectionRound, on_delete=models.CASCADE, related_name="entries")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="entries")
    suggested = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    total = models.FloatField(null=True)
    suggested_th = models.TextField(blank=True)
    suggested_en = models.TextField(blank=True)
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    reason = models.TextField(blank=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("id",)
        constraints = (
            models.UniqueConstraint(fields=("selection", "case"), name="selection_entry_once"),
            models.CheckConstraint(
                condition=Q(decision="", reason="", decided_at__isnull=True, decided_by="")
                | (Q(decided_at__isnull=False) & ~Q(decision="") & ~Q(reason="") & ~Q(decided_by="")),
                name="selection_entry_decided_with_reason",
            ),
            models.CheckConstraint(
                condition=Q(suggested="", suggested_th="", suggested_en="")
                | (~Q(suggested="") & ~Q(suggested_th="") & ~Q(suggested_en="")),
                name="selection_entry_suggested_with_reason",
            ),
        )


class SelectionScore(models.Model):
    """What one reviewer gave a case on one criterion, 0-3; without a reviewer it was worked out by the rules."""

    entry = models.ForeignKey(SelectionEntry, on_delete=models.CASCADE, related_name="scores")
    criterion = models.CharField(max_length=40)
    score = models.FloatField()
    reviewer_id = models.BigIntegerField(null=True)
    reviewer = models.CharField(max_length=200)
    scored_at = models.DateTimeField()

    class Meta:
        ordering = ("criterion", "id")
        constraints = (
            models.UniqueConstraint(fields=("entry", "criterion", "reviewer"), name="selection_score_once"),
            models.CheckConstraint(condition=Q(score__range=(0, 3)), name="selection_score_in_range"),
            models.CheckConstraint(condition=~Q(reviewer=""), name="selection_score_named"),
        )
