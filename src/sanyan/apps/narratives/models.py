from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from sanyan.core.text.values import Stance

STANCES = [(stance.value, stance.value) for stance in Stance]


class SourceText(models.Model):
    """A text of a certified report as it came in: one field of a narrative, or one page of an evidence file.

    `original` is kept word for word beside `text`, its repaired form; `edits` maps one to the other. `gone_at` says
    since when another certification replaced it: a quote of it can still be opened.
    """

    class Kind(models.TextChoices):
        FIELD = "field"
        PAGE = "page"

    class How(models.TextChoices):
        TYPED = "typed"
        TEXT = "text"
        OCR = "ocr"

    submission = models.ForeignKey("collection.Submission", on_delete=models.CASCADE, related_name="+")
    round = models.ForeignKey("frameworks.Round", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    region = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, null=True, related_name="+")
    area_type = models.CharField(max_length=12, blank=True)
    indicator_code = models.CharField(max_length=40)
    policy_area = models.CharField(max_length=40)
    kind = models.CharField(max_length=5, choices=Kind.choices)
    field_key = models.CharField(max_length=40, blank=True)
    stance = models.CharField(max_length=10, choices=STANCES)
    evidence_file = models.ForeignKey("collection.EvidenceFile", on_delete=models.SET_NULL, null=True, related_name="+")
    file_name = models.CharField(max_length=255, blank=True)
    page = models.PositiveIntegerField(null=True)
    how = models.CharField(max_length=5, choices=How.choices, default=How.TYPED)
    original = models.TextField()
    text = models.TextField()
    edits = models.JSONField(default=list)
    hidden = models.JSONField(default=list)
    personal = models.JSONField(default=list)
    orders = models.JSONField(default=list)
    read_at = models.DateTimeField()
    gone_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("submission", "indicator_code", "field_key"),
                condition=Q(kind="field", gone_at__isnull=True),
                name="source_text_one_a_field",
            ),
            models.CheckConstraint(
                condition=(Q(kind="field", page__isnull=True, file_name="", how="typed") & ~Q(field_key=""))
                | (Q(kind="page", page__isnull=False, field_key="", how__in=("text", "ocr")) & ~Q(file_name="")),
                name="source_text_is_field_or_page",
            ),
            models.CheckConstraint(
                condition=Q(gone_at__isnull=True) | Q(gone_at__gte=F("read_at")), name="source_text_gone_after_read"
            ),
        )
        indexes = (
            models.Index(fields=("round", "indicator_code"), name="source_text_of_round"),
            models.Index(fields=("organisation", "round"), name="source_text_of_area"),
            models.Index(fields=("gone_at",), name="source_text_gone"),
        )


class Passage(models.Model):
    """A stretch of a source text that is found, grouped and quoted as one: characters `start` to `end` of its text.

    `terms` are its words as search knows them, cut once. `orders` marks what reads like an order to a machine: it is
    shown to a person and takes no part in themes. `copy_of` is the passage that it repeats nearly word for word: counts
    take both as one.
    """

    source = models.ForeignKey(SourceText, on_delete=models.CASCADE, related_name="passages")
    number = models.PositiveIntegerField()
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    text = models.TextField()
    terms = models.TextField()
    text_hash = models.CharField(max_length=64)
    says_something = models.BooleanField(default=True)
    orders = models.BooleanField(default=False)
    copy_of = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, related_name="copies")

    class Meta:
        ordering = ("source", "number")
        constraints = (
            models.UniqueConstraint(fields=("source", "number"), name="passage_number_once"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="passage_ends_after_start"),
        )
        indexes = (models.Index(fields=("text_hash",), name="passage_by_hash"),)


class Vector(models.Model):
    """The vector of a text by one model, kept by the hash of the text, so that nothing is embedded twice.

    `numbers` are half-precision floats in the machine's order.
    """

    model_id = models.CharField(max_length=120)
    text_hash = models.CharField(max_length=64)
    numbers = models.BinaryField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("model_id", "text_hash"), name="vector_once"),)


class Unread(models.Model):
    """What could not be read of an evidence file, and why: the whole file where `place` is empty."""

    submission = models.ForeignKey("collection.Submission", on_delete=models.CASCADE, related_name="+")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="+")
    round = models.ForeignKey("frameworks.Round", on_delete=models.CASCADE, related_name="+")
    evidence_file = models.ForeignKey("collection.EvidenceFile", on_delete=models.CASCADE, related_name="+")
    file_name = models.CharField(max_length=255)
    place = models.CharField(max_length=80, blank=True)
    place_en = models.CharField(max_length=80, blank=True)
    code = models.CharField(max_length=60)
    reason_th = models.TextField()
    reason_en = models.TextField()
    next_th = models.TextField(blank=True)
    next_en = models.TextField(blank=True)
    found_at = models.DateTimeField()

    class Meta:
        ordering = ("-found_at", "id")
        constraints = (
            models.UniqueConstraint(fields=("evidence_file", "place", "code"), name="unread_once"),
            models.CheckConstraint(condition=~Q(reason_th=""), name="unread_has_reason"),
        )


class FileReading(models.Model):
    """That an evidence file was read, so that no one reads it again: a file of the same bytes is the same file."""

    evidence_file = models.OneToOneField("collection.EvidenceFile", on_delete=models.CASCADE, related_name="+")
    sha256 = models.CharField(max_length=64)
    pages = models.PositiveIntegerField()
    read_at = models.DateTimeField()


class ThemeSet(models.Model):
    """Themes over the answers to one question (an indicator, a policy area, or all) of one stance, as one version.

    Proposed by method, worked on by an officer, then signed; a signed set is applied to every passage, and replaced
    by a later version. `basis` says what it was made from and how; `classifier` is what applies it.
    """

    class State(models.TextChoices):
        PROPOSED = "proposed"
        SIGNED = "signed"
        RETIRED = "retired"

    framework_code = models.CharField(max_length=60)
    is_practice = models.BooleanField(default=False)
    policy_area = models.CharField(max_length=40, blank=True)
    indicator_code = models.CharField(max_length=40, blank=True)
    stance = models.CharField(max_length=10, choices=STANCES)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.PROPOSED)
    basis = models.JSONField(default=dict)
    gates = models.JSONField(default=list)
    classifier = models.JSONField(null=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.CharField(max_length=200)
    signed_at = models.DateTimeField(null=True)
    signed_by = models.CharField(max_length=200, blank=True)
    retired_at = models.DateTimeField(null=True)
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("framework_code", "policy_area", "indicator_code", "stance", "-version")
        constraints = (
            models.UniqueConstraint(
                fields=("framework_code", "is_practice", "policy_area", "indicator_code", "stance", "version"),
                name="theme_set_version_once",
            ),
            models.UniqueConstraint(
                fields=("framework_code", "is_practice", "policy_area", "indicator_code", "stance"),
                condition=Q(state="signed"),
                name="theme_set_one_signed",
            ),
            models.UniqueConstraint(
                fields=("framework_code", "is_practice", "policy_area", "indicator_code", "stance"),
                condition=Q(state="proposed"),
                name="theme_set_one_proposed",
            ),
            models.CheckConstraint(
                condition=Q(signed_at__isnull=True, signed_by="") | (Q(signed_at__isnull=False) & ~Q(signed_by="")),
                name="theme_set_signed_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(state="proposed", signed_at__isnull=True, retired_at__isnull=True)
                | Q(state="signed", signed_at__isnull=False, classifier__isnull=False, retired_at__isnull=True)
                | Q(state="retired", retired_at__isnull=False),
                name="theme_set_state_has_its_dates",
            ),
        )


class Theme(models.Model):
    """One theme of a set. A merged one names the theme it went into; a dropped one stays, so that the set's past can
    be read."""

    class State(models.TextChoices):
        KEPT = "kept"
        DROPPED = "dropped"
        MERGED = "merged"

    class Origin(models.TextChoices):
        METHOD = "method"
        PERSON = "person"

    theme_set = models.ForeignKey(ThemeSet, on_delete=models.CASCADE, related_name="themes")
    number = models.PositiveIntegerField()
    label_th = models.CharField(max_length=120)
    label_en = models.CharField(max_length=120, blank=True)
    words = models.JSONField(default=list)
    stability = models.FloatField(null=True)
    state = models.CharField(max_length=7, choices=State.choices, default=State.KEPT)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, related_name="+")
    origin = models.CharField(max_length=6, choices=Origin.choices)

    class Meta:
        ordering = ("theme_set", "number")
        constraints = (
            models.UniqueConstraint(fields=("theme_set", "number"), name="theme_number_once"),
            models.UniqueConstraint(
                fields=("theme_set", "label_th"), condition=Q(state="kept"), name="theme_label_once"
            ),
            models.CheckConstraint(condition=~Q(label_th=""), name="theme_has_label"),
            models.CheckConstraint(
                condition=Q(state="merged", merged_into__isnull=False)
                | (~Q(state="merged") & Q(merged_into__isnull=True)),
                name="theme_merged_into_another",
            ),
            models.CheckConstraint(
                condition=Q(stability__isnull=True) | Q(stability__range=(0, 1)), name="theme_stability_is_a_share"
            ),
        )


class ThemeAssignment(models.Model):
    """That a passage speaks of a theme, or (`holds` false, by a person) that it does not, whatever the method says."""

    class Origin(models.TextChoices):
        METHOD = "method"
        PERSON = "person"

    theme = models.ForeignKey(Theme, on_delete=models.CASCADE, related_name="assignments")
    passage = models.ForeignKey(Passage, on_delete=models.CASCADE, related_name="assignments")
    holds = models.BooleanField(default=True)
    origin = models.CharField(max_length=6, choices=Origin.choices)
    probability = models.FloatField(null=True)
    assigned_at = models.DateTimeField()
    assigned_by = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("theme", "passage"), name="theme_assignment_once"),
            models.CheckConstraint(
                condition=Q(origin="person", probability__isnull=True)
                | Q(origin="method", holds=True, probability__isnull=False, probability__range=(0, 1)),
                name="theme_assignment_method_or_person",
            ),
            models.CheckConstraint(condition=~Q(assigned_by=""), name="theme_assignment_by"),
        )
        indexes = (models.Index(fields=("passage",), name="theme_assignment_of_passage"),)


class TextState(models.Model):
    """One row whose token changes whenever passages, vectors or assignments do, so that a process knows that what it
    holds in memory is old."""

    token = models.CharField(max_length=32)


class ModelCall(models.Model):
    """One question to a language model: what it was given (by hash), what became of the reply, and what it cost.

    `about` says which lesson it was; `sentences` are the accepted ones by theme, none unless all were accepted; `reply`
    is what the model said, for the record alone. `reasons` tell why an answer is not used, or a sentence was not sent.
    """

    class Outcome(models.TextChoices):
        ACCEPTED = "accepted"
        REJECTED = "rejected"
        UNPROCESSABLE = "unprocessable"

    model_id = models.CharField(max_length=120)
    prompt_version = models.CharField(max_length=60)
    round = models.ForeignKey("frameworks.Round", on_delete=models.SET_NULL, null=True, related_name="+")
    about = models.JSONField(default=dict)
    source_hash = models.CharField(max_length=64)
    outcome = models.CharField(max_length=13, choices=Outcome.choices)
    reply = models.TextField(blank=True)
    sentences = models.JSONField(default=dict)
    reasons = models.JSONField(default=list)
    tokens_in = models.PositiveIntegerField(null=True)
    tokens_out = models.PositiveIntegerField(null=True)
    seconds = models.FloatField()
    cost = models.FloatField(null=True)
    asked_at = models.DateTimeField()
    asked_by = models.CharField(max_length=200)

    class Meta:
        ordering = ("-asked_at", "-id")
        constraints = (
            models.CheckConstraint(
                condition=Q(outcome__in=("accepted", "rejected", "unprocessable")), name="model_call_outcome_known"
            ),
            models.CheckConstraint(
                condition=Q(seconds__gte=0) & (Q(cost__isnull=True) | Q(cost__gte=0)), name="model_call_took_something"
            ),
        )
        indexes = (models.Index(fields=("model_id", "prompt_version", "source_hash"), name="model_call_cache"),)
