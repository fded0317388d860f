from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.collection import access
from sanyan.apps.collection.models import Certification, EvidenceFile
from sanyan.core.errors import SanyanError
from sanyan.engines.documents.sniffing import FileKind

_AT_ONCE = 500  # SQLite takes a limited number of values in one statement


@dataclass(frozen=True, slots=True)
class EvidenceFileRow:
    """A file behind an answer, by the evidence that it is attached to."""

    id: int
    indicator_code: str
    evidence_kind: str
    title: str
    file_name: str
    kind: str
    size: int
    uploaded_at: datetime
    uploaded_by: str


@dataclass(frozen=True, slots=True)
class EvidenceContent:
    """A file to hand over: the name to keep it under, what it is, and where it lies."""

    file_name: str
    kind: str
    media_type: str
    path: Path


@dataclass(frozen=True, slots=True)
class CertifiedFile:
    """A file behind an answer of a certified report."""

    evidence_file_id: int
    submission_id: int
    round_id: int
    organisation_id: int
    indicator_code: str
    title: str
    file_name: str
    kind: str
    sha256: str
    path: Path


def evidence_files(*, viewer: Viewer, submission_id: int) -> tuple[EvidenceFileRow, ...]:
    """The files attached to the evidence of a submission."""
    submission = access.submission(viewer=viewer, id=submission_id)
    rows = EvidenceFile.objects.filter(evidence__submission=submission)
    rows = rows.order_by("evidence__indicator__position", "evidence_id")
    fields = ("pk", "evidence__indicator__code", "evidence__kind", "evidence__title", "file_name", "kind", "size")
    return tuple(EvidenceFileRow(*row) for row in rows.values_list(*fields, "uploaded_at", "uploaded_by"))


def evidence_file_content(*, viewer: Viewer, id: int) -> EvidenceContent:
    """A file for whoever may see its report. Raise SanyanError where it is no longer on the disk."""
    found = access.evidence_file(viewer=viewer, id=id)
    path = Path(found.file.path)
    if not path.is_file():
        raise SanyanError(
            "evidence-file-lost",
            "ไม่พบไฟล์นี้ในที่เก็บของระบบ",
            "The file is no longer where the system keeps it.",
            next_th="แจ้งผู้ดูแลระบบให้คืนไฟล์จากชุดสำรอง",
            next_en="Ask the administrator to restore it from a backup.",
            place=found.file_name,
        )
    return EvidenceContent(found.file_name, found.kind, FileKind(found.kind).media_type, path)


def files_of_certified(*, viewer: Viewer, certification_ids: Collection[int]) -> tuple[CertifiedFile, ...]:
    """The files behind the reports that these certifications certify, as they are now; each file once."""
    scope = visible_organisations(viewer=viewer)
    named = sorted(set(certification_ids))
    submissions: set[int] = set()
    for start in range(0, len(named), _AT_ONCE):
        rows = Certification.objects.filter(pk__in=named[start : start + _AT_ONCE], withdrawn_at__isnull=True)
        rows = scope.filter(rows, "submission__assignment__organisation_id")
        submissions.update(rows.values_list("submission_id", flat=True))
    concerned = sorted(submissions)
    return tuple(
        _certified(row)
        for start in range(0, len(concerned), _AT_ONCE)
        for row in EvidenceFile.objects.filter(evidence__submission_id__in=concerned[start : start + _AT_ONCE])
        .select_related("evidence__indicator", "evidence__submission__assignment")
        .order_by("pk")
    )


def _certified(row: EvidenceFile) -> CertifiedFile:
    evidence, assignment = row.evidence, row.evidence.submission.assignment
    return CertifiedFile(
        evidence_file_id=row.pk,
        submission_id=evidence.submission_id,
        round_id=assignment.round_id,
        organisation_id=assignment.organisation_id,
        indicator_code=evidence.indicator.code,
        title=evidence.title,
        file_name=row.file_name,
        kind=row.kind,
        sha256=row.sha256,
        path=Path(row.file.path),
    )
