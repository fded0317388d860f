from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.collection.models import Answer, Certification
from sanyan.apps.collection.queries.answers import AnswerRow, _rows


@dataclass(frozen=True)
class CertifiedReport:
    """What a certification carries into the facts."""

    certification_id: int
    submission_id: int
    sequence: int
    round_id: int
    organisation_id: int
    answers: tuple[AnswerRow, ...]


@dataclass(frozen=True, slots=True)
class LatestCertification:
    """The certification of a submission that counts."""

    certification_id: int
    submission_id: int
    sequence: int


def latest_certifications(*, viewer: Viewer) -> tuple[LatestCertification, ...]:
    """The certification that counts of every certified submission, without its answers."""
    rows = Certification.objects.filter(withdrawn_at__isnull=True)
    scope = visible_organisations(viewer=viewer)
    rows = scope.filter(rows, "submission__assignment__organisation_id").order_by("sequence")
    latest = {row[1]: row for row in rows.values_list("pk", "submission_id", "sequence")}
    return tuple(LatestCertification(*row) for row in latest.values())


def unappended(*, viewer: Viewer) -> tuple[int, ...]:
    """Certifications that the facts do not hold yet, oldest first. Cheap: it reads a partial index."""
    rows = Certification.objects.filter(appended_at__isnull=True)
    scope = visible_organisations(viewer=viewer)
    return tuple(
        scope.filter(rows, "submission__assignment__organisation_id").order_by("pk").values_list("pk", flat=True)
    )


def certified_reports(
    *, viewer: Viewer, certification_ids: Collection[int] | None = None
) -> tuple[CertifiedReport, ...]:
    """The latest certification of each submission among those named (or of all), with its answers."""
    rows = Certification.objects.filter(withdrawn_at__isnull=True)
    if certification_ids is not None:
        rows = rows.filter(pk__in=certification_ids)
    scope = visible_organisations(viewer=viewer)
    rows = scope.filter(rows, "submission__assignment__organisation_id").order_by("sequence")
    fields = (
        "submission_id",
        "pk",
        "sequence",
        "submission__assignment__round_id",
        "submission__assignment__organisation_id",
    )
    latest = {row[0]: row for row in rows.values_list(*fields)}
    answers: dict[int, list[AnswerRow]] = {submission: [] for submission in latest}
    for answer in _rows(Answer.objects.filter(submission_id__in=latest.keys()).order_by("pk")):
        answers[answer.submission_id].append(answer)
    return tuple(
        CertifiedReport(
            certification_id=row[1],
            submission_id=submission,
            sequence=row[2],
            round_id=row[3],
            organisation_id=row[4],
            answers=tuple(answers[submission]),
        )
        for submission, row in latest.items()
    )
