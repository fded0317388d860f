"""Files attached to evidence: taken in by what they hold, kept under a name drawn by lot, and put away again."""

from __future__ import annotations

import hashlib
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction

from sanyan.apps.accounts.access import Capability, Viewer
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.collection import access
from sanyan.apps.collection.actions.answers import Provenance, require_editable, store_report
from sanyan.apps.collection.actions.evidence_checks import (
    asked_indicator,
    held_evidence,
    require_fit,
    there_already,
    trimmed,
)
from sanyan.apps.collection.models import Answer, Evidence, EvidenceFile, Submission
from sanyan.core.errors import BadInputError
from sanyan.core.forms.answers import FilledEvidence
from sanyan.core.thai.characters import one_line, writable
from sanyan.engines.documents.sniffing import FileKind, sniff

LONGEST_NAME = 200
_MEGABYTE = 1024 * 1024


@dataclass(frozen=True)
class _Sent:
    """A file that may be kept: the name to show, what it is, and how to know it again."""

    name: str
    kind: FileKind
    size: int
    sha256: str


def add_evidence_file(
    *, by: Viewer, submission_id: int, item: FilledEvidence, data: bytes, file_name: str, now: datetime
) -> None:
    """Add evidence with its file, or the file to evidence of that name that has none yet.

    Raise BadInputError for evidence or a file that cannot be kept, NothingToDoError where it is there already.
    """
    require_editable(access.submission(viewer=by, id=submission_id, capability=Capability.ANSWER))
    item, sent = trimmed(item), _taken(data, file_name)
    attached = _unattached(by, sent, now)
    try:
        with transaction.atomic():
            row = access.submission_for_change(viewer=by, id=submission_id, capability=Capability.ANSWER)
            require_editable(row)
            require_fit(asked_indicator(by, row, item.indicator), item)
            attached.evidence = _evidence(by, row, item, now)
            lot = f"{secrets.token_hex(16)}.{sent.kind.suffixes[0]}"
            attached.file.save(lot, ContentFile(data), save=False)
            attached.save()
            record(by=by, trace=_trace(row, item, attached), now=now)
    except BaseException:
        if attached.file.name:  # the row is undone, so nothing would ever lead to the file
            default_storage.delete(attached.file.name)
        raise


def put_away(evidence: Evidence) -> dict[str, object]:
    """Take the file of evidence away, from the disk once the transaction is committed; what it was, for the trace."""
    attached = EvidenceFile.objects.filter(evidence=evidence).first()
    if attached is None:
        return {}
    detail, path = _detail(attached), attached.file.name or ""
    attached.delete()
    transaction.on_commit(lambda: _off_the_disk(path))
    return detail


def _off_the_disk(path: str) -> None:
    if EvidenceFile.objects.filter(file=path).exists():
        return
    with suppress(OSError):  # the row is gone already; a file that is held open elsewhere harms nobody
        default_storage.delete(path)


def _taken(data: bytes, file_name: str) -> _Sent:
    name = _shown_name(file_name)
    if len(data) > settings.EVIDENCE_LIMIT_BYTES:
        limit = f"{settings.EVIDENCE_LIMIT_BYTES / _MEGABYTE:g}"
        raise BadInputError(
            "file-too-large",
            f"ไฟล์ใหญ่เกินไป ระบบรับได้ไม่เกิน {limit} MB",
            f"The file is too large; the limit is {limit} MB.",
            next_th="ลดขนาดภาพหรือแบ่งไฟล์ แล้วแนบใหม่ หรือใส่ลิงก์ของไฟล์แทน",
            next_en="Make its pictures smaller or split it and attach that, or give a link to it instead.",
            place=name,
        )
    kind = sniff(data, name)
    whole_name = name if PurePath(name).suffix else f"{name}.{kind.suffixes[0]}"
    return _Sent(whole_name, kind, len(data), hashlib.sha256(data).hexdigest())


def _shown_name(file_name: str) -> str:
    """The name without folders, line breaks and what cannot be seen, its end kept where it is too long."""
    name = one_line(writable(file_name.replace("\\", "/").rpartition("/")[2])).strip(". ") or "file"
    end = PurePath(name).suffix[-12:]
    return name if len(name) <= LONGEST_NAME else name[: LONGEST_NAME - len(end)] + end


def _evidence(by: Viewer, row: Submission, item: FilledEvidence, now: datetime) -> Evidence:
    """The evidence to attach to: what is held without a file and kept in the same place, else new."""
    held = held_evidence(row, item.indicator, item.kind, item.title)
    if held is None:
        given = Provenance(Answer.Origin.WEB)
        store_report(by=by, submission=row, answers=(), provenance=given, now=now, evidence=(item,))
        return Evidence.objects.get(submission=row, indicator__code=item.indicator, kind=item.kind, title=item.title)
    if item.location not in ("", held.location) or EvidenceFile.objects.filter(evidence=held).exists():
        raise there_already(item)
    row.saved_at = now
    row.save(update_fields=["saved_at"])
    return held


def _unattached(by: Viewer, sent: _Sent, now: datetime) -> EvidenceFile:
    return EvidenceFile(
        file_name=sent.name,
        kind=sent.kind.value,
        sha256=sent.sha256,
        size=sent.size,
        uploaded_at=now,
        uploaded_by=by.name,
    )


def _detail(attached: EvidenceFile) -> dict[str, object]:
    return {
        "file": attached.file_name,
        "file_kind": attached.kind,
        "size": attached.size,
        "sha256": attached.sha256,
    }


def _trace(row: Submission, item: FilledEvidence, attached: EvidenceFile) -> Trace:
    return Trace(
        "collection.add_evidence_file",
        "submission",
        str(row.pk),
        organisation_id=row.assignment.organisation_id,
        detail={"indicator": item.indicator, "kind": item.kind, "title": item.title, **_detail(attached)},
    )
