from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.collection import access
from sanyan.apps.collection.models import Answer, AnswerRevision, Evidence, Submission
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.organisations import queries as organisations
from sanyan.core.errors import Fault
from sanyan.core.forms.answer_validation import doubts_of
from sanyan.core.forms.answers import FilledAnswer, FilledEvidence, FilledReport
from sanyan.core.indicators.definitions import AnswerState


@dataclass(frozen=True, slots=True)
class AnswerRow:
    """One current answer as it is kept."""

    submission_id: int
    organisation_id: int
    indicator_code: str
    disaggregation: str
    state: str
    numerator: float | None
    denominator: float | None
    value: float | None
    text: dict[str, str]
    origin: str
    source: str
    note: str
    revision: int
    changed_at: datetime
    changed_by: str


@dataclass(frozen=True, slots=True)
class EvidenceRow:
    indicator_code: str
    kind: str
    title: str
    location: str


@dataclass(frozen=True, slots=True)
class RevisionRow:
    """What an answer was until it was changed."""

    indicator_code: str
    revision: int
    was: dict[str, object]
    changed_at: datetime
    changed_by: str


_FIELDS = (
    "submission_id",
    "submission__assignment__organisation_id",
    "indicator__code",
    "disaggregation",
    "state",
    "numerator",
    "denominator",
    "value",
    "text",
    "origin",
    "source",
    "note",
    "revision",
    "changed_at",
    "changed_by",
)


def _rows(answers: QuerySet[Answer]) -> tuple[AnswerRow, ...]:
    return tuple(AnswerRow(*values) for values in answers.values_list(*_FIELDS))


def answers_of_round(
    *, viewer: Viewer, round_id: int, organisation_ids: Collection[int] | None = None
) -> tuple[AnswerRow, ...]:
    """Every current answer of a round that the viewer may see, certified or not."""
    answers = Answer.objects.filter(submission__assignment__round_id=round_id)
    if organisation_ids is not None:
        answers = answers.filter(submission__assignment__organisation_id__in=organisation_ids)
    scope = visible_organisations(viewer=viewer)
    return _rows(scope.filter(answers, "submission__assignment__organisation_id").order_by("pk"))


def answers_of_organisations(
    *, viewer: Viewer, round_id: int, organisation_ids: Collection[int]
) -> dict[tuple[int, str], AnswerRow]:
    """Total answers (no disaggregation) of some organisations, by organisation and indicator."""
    rows = answers_of_round(viewer=viewer, round_id=round_id, organisation_ids=organisation_ids)
    return {(row.organisation_id, row.indicator_code): row for row in rows if not row.disaggregation}


def evidence_of_submission(*, viewer: Viewer, submission_id: int) -> tuple[EvidenceRow, ...]:
    submission = access.submission(viewer=viewer, id=submission_id)
    rows = Evidence.objects.filter(submission=submission).order_by("indicator__position", "pk")
    return tuple(EvidenceRow(*row) for row in rows.values_list("indicator__code", "kind", "title", "location"))


def revisions_of(*, viewer: Viewer, submission_id: int) -> tuple[RevisionRow, ...]:
    """How the answers of a submission came to be what they are, newest first."""
    submission = access.submission(viewer=viewer, id=submission_id)
    rows = AnswerRevision.objects.filter(answer__submission=submission).order_by("-changed_at", "-pk")
    fields = ("answer__indicator__code", "revision", "was", "changed_at", "changed_by")
    return tuple(RevisionRow(*row) for row in rows.values_list(*fields))


def report_of(*, viewer: Viewer, submission_id: int) -> FilledReport:
    """A submission as the report that a workbook holds."""
    submission = access.submission(viewer=viewer, id=submission_id)
    assignment = submission.assignment
    info = frameworks.round_info(viewer=viewer, round_id=assignment.round_id)
    organisation = organisations.organisation(organisation_id=assignment.organisation_id, on=info.data_until)
    return FilledReport(
        framework=info.framework_code,
        version=info.version_number,
        round=info.key,
        organisation=organisation.code,
        organisation_name=organisation.name_th,
        practice=info.is_practice,
        answers=filled_answers(submission),
        evidence=tuple(
            FilledEvidence(row.indicator_code, row.kind, row.title, row.location)
            for row in evidence_of_submission(viewer=viewer, submission_id=submission_id)
        ),
    )


def doubts_about(*, viewer: Viewer, submission_id: int) -> tuple[Fault, ...]:
    """What in a report should be looked at again before it is handed in or certified."""
    submission = access.submission(viewer=viewer, id=submission_id)
    version_id = submission.assignment.round.version_id
    definition = frameworks.framework_version(viewer=viewer, version_id=version_id).definition
    return tuple(
        doubt
        for answer in filled_answers(submission)
        for doubt in doubts_of(definition.indicator(answer.indicator), answer)
    )


def filled_answers(submission: Submission) -> tuple[FilledAnswer, ...]:
    rows = _rows(Answer.objects.filter(submission=submission).order_by("indicator__position", "disaggregation"))
    return tuple(
        FilledAnswer(
            indicator=row.indicator_code,
            state=AnswerState(row.state),
            numerator=row.numerator,
            denominator=row.denominator,
            value=row.value,
            text=row.text,
            note=row.note,
            disaggregation=row.disaggregation,
        )
        for row in rows
    )
