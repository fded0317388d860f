from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from sanyan.engines.documents.sniffing import FileKind


class Assignment(models.Model):
    """An organisation is asked to answer in a round. Who is expected is known before anyone answers."""

    round = models.ForeignKey("frameworks.Round", on_delete=models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey("organisations.Organisation", on_delete=models.PROTECT, related_name="assignments")
    due_on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint(fields=("round", "organisation"), name="assignment_once"),)


class Submission(models.Model):
    """What an organisation hands in for an assignment, and where it stands on its way to being certified."""

    class State(models.TextChoices):
        NOT_STARTED = "not_started"
        IN_PROGRESS = "in_progress"
        SUBMITTED = "submitted"
        RETURNED = "returned"
        CERTIFIED = "certified"
        LOCKED = "locked"
        REOPENED = "reopened"

    assignment = models.OneToOneField(Assignment, on_delete=models.PROTECT, related_name="submission")
    state = models.CharField(max_length=12, choices=State.choices, default=State.NOT_STARTED)
    revision = models.PositiveIntegerField(default=0)
    started_at = models.DateTimeField(null=True)
    saved_at = models.DateTimeField(null=True)
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.CharField(max_length=200, blank=True)
    certified_at = models.DateTimeField(null=True)
    certified_by = models.CharField(max_length=200, blank=True)
    returned_at = models.DateTimeField(null=True)
    returned_by = models.CharField(max_length=200, blank=True)
    comment = models.TextField(blank=True)
    locked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(submitted_at__isnull=True, submitted_by="")
                | (Q(submitted_at__isnull=False) & ~Q(submitted_by="")),
                name="submission_submitted_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(certified_at__isnull=True, certified_by="")
                | (Q(certified_at__isnull=False) & ~Q(certified_by="")),
                name="submission_certified_at_and_by",
            ),
            models.CheckConstraint(
                condition=Q(returned_at__isnull=True, returned_by="")
                | (Q(returned_at__isnull=False) & ~Q(returned_by="")),
                name="submission_returned_at_and_by",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False),
                name="submission_submitted_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("certified", "locked")) | Q(certified_at__isnull=False, revision__gte=1),
                name="submission_certified_has_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | (Q(returned_at__isnull=False) & ~Q(comment="")),
                name="submission_returned_has_comment",
            ),
            models.CheckConstraint(
                condition=~Q(state="locked") | Q(locked_at__isnull=False), name="submission_locked_has_date"
            ),
        )


class Answer(models.Model):
    """The current answer to one indicator. Numbers keep numerator and denominator; text keeps its fields."""

    class State(models.TextChoices):
        REPORTED = "reported"
        NOT_APPLICABLE = "not_applicable"
        NOT_AVAILABLE = "not_available"
        NOT_YET_DUE = "not_yet_due"

    class Origin(models.TextChoices):
        WEB = "web"
        WORKBOOK = "workbook"
        PANEL = "panel"
        PREFILL = "prefill"
        API = "api"

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="answers")
    indicator = models.ForeignKey("frameworks.Indicator", on_delete=models.PROTECT, related_name="+")
    disaggregation = models.CharField(max_length=120, blank=True, default="")
    state = models.CharField(max_length=16, choices=State.choices)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    value = models.FloatField(null=True)
    level = models.PositiveSmallIntegerField(null=True)
    text = models.JSONField(default=dict)
    origin = models.CharField(max_length=8, choices=Origin.choices)
    source = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)
    revision = models.PositiveIntegerField(default=1)
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("submission", "indicator", "disaggregation"), name="answer_once"),
            models.CheckConstraint(
                condition=Q(state="reported")
                | Q(numerator__isnull=True, denominator__isnull=True, value__isnull=True, level__isnull=True),
                name="answer_missing_is_missing",
            ),
            models.CheckConstraint(
                condition=~Q(state="reported")
                | Q(numerator__isnull=False)
                | Q(value__isnull=False)
                | Q(level__isnull=False)
                | ~Q(text={}),
                name="answer_reported_holds_something",
            ),
            models.CheckConstraint(
                condition=Q(denominator__isnull=True) | Q(denominator__gte=0),
                name="answer_denominator_not_negative",
            ),
        )


class AnswerRevision(models.Model):
    """What an answer was before it was changed."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="revisions")
    revision = models.PositiveIntegerField()
    was = models.JSONField()
    changed_at = models.DateTimeField()
    changed_by = models.CharField(max_length=200)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("answer", "revision"), name="answer_revision_once"),)


class Evidence(models.Model):
    """What stands behind an answer: a note of it, where it is kept, or a link."""

    submission = models.ForeignKey(Submission, on_delete=models.CASCADE, related_name="evidence")
    indicator = models.ForeignKey("frameworks.Indicator", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=300)
    location = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("submission", "indicator", "kind", "title"), name="evidence_once"),
        )


class EvidenceFile(models.Model):
    """The file that is attached to a piece of evidence. Its name on disk is drawn by lot, never the user's."""

    evidence = models.OneToOneField(Evidence, on_delete=models.CASCADE, related_name="attached")
    file_name = models.CharField(max_length=255)
    kind = models.CharField(max_length=8)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    file = models.FileField(upload_to="evidence/%Y/%m/", max_length=300)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=200)

    class Meta:
        constraints = (
            models.CheckConstraint(
                condition=Q(kind__in=sorted(kind.value for kind in FileKind)), name="evidence_file_kind_known"
            ),
            models.CheckConstraint(condition=Q(size__gt=0), name="evidence_file_not_empty"),
            models.CheckConstraint(
                condition=~Q(file="") & ~Q(file_name="") & ~Q(sha256="") & ~Q(uploaded_by=""),
                name="evidence_file_is_whole",
            ),
        )


class WorkbookImport(models.Model):
    """One uploaded workbook: read first (dry run), then stored; its report accounts for every row."""

    class State(models.TextChoices):
        READ = "read"
        STORED = "stored"
        REFUSED = "refused"

    round = models.ForeignKey("frameworks.Round", on_delete=models.PROTECT, related_name="+", null=True)
    organisation = models.ForeignKey(
        "organisations.Organisation", on_delete=models.PROTECT, related_name="+", null=True
    )
    file_name = models.CharField(max_length=255)
    sha256 = models.CharField(max_length=64)
    size = models.PositiveBigIntegerField()
    file = models.FileField(upload_to="workbooks/%Y/%m/", max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State.choices)
    report = models.JSONField(default=dict)
    uploaded_at = models.DateTimeField()
    uploaded_by = models.CharField(max_length=200)
    stored_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ("-uploaded_at",)
        constraints = (
            models.CheckConstraint(
                condition=Q(state="stored", stored_at__isnull=False) | (~Q(state="stored") & Q(stored_at__isnull=True)),
                name="workbook_stored_has_date",
            ),
        )


class PanelMapping(models.Model):
    """How a panel file's columns become units, periods and indicators; remembered for the next file."""

    name = models.CharField(max_length=120, unique=True)
    mapping = models.JSONField()
    saved_at = models.DateTimeField()
    saved_by = models.CharField(max_length=200)


class Certification(models.Model):
    """A certification to be carried into the facts. `appended_at` stays empty until it is, so a crash is repaired."""

    submission = models.ForeignKey(Submission, on_delete=models.PROTECT, related_name="certifications")
    sequence = models.PositiveIntegerField()
    certified_at = models.DateTimeField()
    certified_by = models.CharField(max_length=200)
    withdrawn_at = models.DateTimeField(null=True)
    appended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("submission", "sequence"), name="certification_sequence_once"),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=F("certified_at")),
                name="certification_withdrawn_after",
            ),
        )
        indexes = (models.Index(fields=("id",), condition=Q(appended_at__isnull=True), name="certification_to_append"),)
