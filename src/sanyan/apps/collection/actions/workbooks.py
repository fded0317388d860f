"""Uploaded workbooks: read first, show what would happen, then store. Every row is accounted for."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.core.files.base import ContentFile
from django.db import transaction

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.collection import access
from sanyan.apps.collection.actions.answers import EDITABLE, GivenReport, Provenance, StoredReport, store_reports
from sanyan.apps.collection.models import Answer, Submission, WorkbookImport
from sanyan.apps.collection.queries.imports import ImportView, view_of
from sanyan.apps.collection.queries.workbooks import form_context
from sanyan.core.errors import BadInputError, NothingToDoError
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.forms.workbook_reading import WorkbookReading
from sanyan.core.indicators.values import answer_value
from sanyan.engines.documents.workbooks import FormContext, parse_workbook


@dataclass(frozen=True)
class UploadedFile:
    """A file as it came in: its name, and how to know it again."""

    name: str
    size: int
    sha256: str

    @classmethod
    def of(cls, name: str, data: bytes) -> UploadedFile:
        """Take the measure of a file's bytes."""
        return cls(name, len(data), hashlib.sha256(data).hexdigest())


def read_workbook(
    *, by: Viewer, round_id: int, organisation_id: int, file_name: str, data: bytes, now: datetime
) -> ImportView:
    """Dry run: read a workbook for an organisation's submission and keep what was found; store no answer.

    A file that cannot be used is kept as a refusal with its reason, without its content.
    """
    submission = access.submission_of(viewer=by, round_id=round_id, organisation_id=organisation_id)
    require(viewer=by, capability=Capability.ANSWER, organisation_id=organisation_id)
    context = form_context(viewer=by, submission=submission)
    file = UploadedFile.of(file_name, data)
    try:
        reading = parse_workbook(data, file_name=file_name, context=context)
    except BadInputError as error:
        return _refuse(by=by, submission=submission, file=file, error=error, now=now)
    with transaction.atomic():
        row = _row(by, submission, file, now)
        row.report = _report(reading, context, submission, file)
        row.state = WorkbookImport.State.READ
        row.file.save(f"{file.sha256[:16]}.xlsx", ContentFile(data), save=False)
        row.save()
        record(by=by, trace=_trace("read_workbook", row), now=now)
    return view_of(row)


def store_workbook(*, by: Viewer, import_id: int, now: datetime) -> ImportView:
    """Store the accepted rows of a workbook that was read before.

    Raise NothingToDoError when it is stored already or was refused.
    """
    row = access.workbook_import(viewer=by, id=import_id)
    if row.state != WorkbookImport.State.READ or row.round_id is None or row.organisation_id is None:
        raise _already_handled()
    submission = access.submission_of(viewer=by, round_id=row.round_id, organisation_id=row.organisation_id)
    with row.file.open("rb") as kept:
        data = kept.read()
    context = form_context(viewer=by, submission=submission)
    reading = parse_workbook(data, file_name=row.file_name, context=context)
    with transaction.atomic():
        if not WorkbookImport.objects.select_for_update().filter(pk=row.pk, state=WorkbookImport.State.READ):
            raise _already_handled()
        stored = _store(by, submission, reading, row, now)
        row.report = {**row.report, **_counts(stored)}
        row.save(update_fields=["state", "stored_at", "report"])
    return view_of(row)


def _already_handled() -> NothingToDoError:
    return NothingToDoError(
        "workbook-already-handled",
        "ไฟล์นี้บันทึกแล้ว หรือถูกปฏิเสธไปแล้ว จึงไม่มีอะไรให้บันทึกอีก",
        "This file has been stored or refused already.",
        next_th="อัปโหลดไฟล์ใหม่หากต้องการแก้ไข",
        next_en="Upload a new file to make a change.",
    )


def import_workbook(
    *, by: Viewer, round_id: int, organisation_id: int, file_name: str, data: bytes, now: datetime
) -> ImportView:
    """Read and store in one step, for files that come in by the hundred."""
    submission = access.submission_of(viewer=by, round_id=round_id, organisation_id=organisation_id)
    require(viewer=by, capability=Capability.ANSWER, organisation_id=organisation_id)
    context = form_context(viewer=by, submission=submission)
    file = UploadedFile.of(file_name, data)
    try:
        reading = parse_workbook(data, file_name=file_name, context=context)
    except BadInputError as error:
        return _refuse(by=by, submission=submission, file=file, error=error, now=now)
    return store_reading(by=by, submission_id=submission.pk, file=file, reading=reading, now=now)


@dataclass(frozen=True)
class ReadWorkbook:
    """A workbook that was read for a submission, here or in another process."""

    submission_id: int
    file: UploadedFile
    reading: WorkbookReading


def store_reading(
    *, by: Viewer, submission_id: int, file: UploadedFile, reading: WorkbookReading, now: datetime
) -> ImportView:
    """Store one reading with its import row, in one transaction."""
    (view,) = store_readings(by=by, readings=[ReadWorkbook(submission_id, file, reading)], now=now)
    return view


def store_readings(*, by: Viewer, readings: Sequence[ReadWorkbook], now: datetime) -> tuple[ImportView, ...]:
    """Store readings of different submissions with their import rows, all or none, in as few statements as one.

    Raise NotAllowedError when one of the submissions is no longer open for change.
    """
    with transaction.atomic():
        held = {
            row.pk: row
            for row in access.named_for_change(
                viewer=by, ids=[item.submission_id for item in readings], capability=Capability.ANSWER
            )
        }
        rows = [_row(by, held[item.submission_id], item.file, now) for item in readings]
        given = [_given(held[item.submission_id], item.reading, item.file.name) for item in readings]
        stored = store_reports(by=by, reports=given, now=now)
        for row, item, result in zip(rows, readings, stored, strict=True):
            row.state, row.stored_at = WorkbookImport.State.STORED, now
            row.report = {**_found(item.reading), **_counts(result)}
        WorkbookImport.objects.bulk_create(rows)
    return tuple(view_of(row) for row in rows)


def _store(
    by: Viewer, submission: Submission, reading: WorkbookReading, row: WorkbookImport, now: datetime
) -> StoredReport:
    held = access.submission_for_change(viewer=by, id=submission.pk, capability=Capability.ANSWER)
    row.state, row.stored_at = WorkbookImport.State.STORED, now
    (stored,) = store_reports(by=by, reports=[_given(held, reading, row.file_name)], now=now)
    return stored


def _given(submission: Submission, reading: WorkbookReading, file_name: str) -> GivenReport:
    provenance = Provenance(Answer.Origin.WORKBOOK, file_name[:200])
    return GivenReport(submission, reading.report.answers, provenance, reading.report.evidence)


def _row(by: Viewer, submission: Submission, file: UploadedFile, now: datetime) -> WorkbookImport:
    return WorkbookImport(
        round_id=submission.assignment.round_id,
        organisation_id=submission.assignment.organisation_id,
        file_name=file.name[:255],
        sha256=file.sha256,
        size=file.size,
        uploaded_at=now,
        uploaded_by=by.name,
    )


def _refuse(
    *, by: Viewer, submission: Submission, file: UploadedFile, error: BadInputError, now: datetime
) -> ImportView:
    with transaction.atomic():
        row = _row(by, submission, file, now)
        row.state = WorkbookImport.State.REFUSED
        row.report = {"refused": error.as_dict()}
        row.save()
        record(by=by, trace=_trace("refuse_workbook", row, code=error.code), now=now)
    return view_of(row)


def _found(reading: WorkbookReading) -> dict[str, object]:
    return {
        "rows_read": reading.rows_read,
        "accepted": reading.accepted,
        "unanswered": list(reading.unanswered),
        "faults": [fault.as_dict() for fault in reading.faults],
    }


def _report(
    reading: WorkbookReading, context: FormContext, submission: Submission, file: UploadedFile
) -> dict[str, object]:
    held = {
        (row.indicator.code, row.disaggregation): row
        for row in Answer.objects.filter(submission=submission).select_related("indicator")
    }
    changes = [_change(context, held, answer) for answer in reading.report.answers]
    return {
        **_found(reading),
        "is_open": submission.state in EDITABLE,
        "same_file_before": WorkbookImport.objects.filter(
            sha256=file.sha256, organisation_id=submission.assignment.organisation_id, state="stored"
        ).exists(),
        "changes": [change for change in changes if change["what"] != "unchanged"],
        "unchanged": sum(change["what"] == "unchanged" for change in changes),
    }


def _change(context: FormContext, held: Mapping[tuple[str, str], Answer], answer: FilledAnswer) -> dict[str, object]:
    row = held.get((answer.indicator, answer.disaggregation))
    indicator = context.framework.indicator(answer.indicator)
    value = answer_value(indicator, numerator=answer.numerator, denominator=answer.denominator, value=answer.value)
    before = None if row is None else row.value
    same = (
        row is not None
        and row.state == answer.state.value
        and (row.numerator, row.denominator, row.value, row.text, row.note)
        == (answer.numerator, answer.denominator, value, dict(answer.text), answer.note)
    )
    what = "new" if row is None else "unchanged" if same else "changed"
    return {
        "indicator": answer.indicator,
        "what": what,
        "before": before,
        "after": value,
        "state": answer.state.value,
        "has_text": bool(answer.text),
    }


def _counts(stored: StoredReport) -> dict[str, object]:
    return {
        "created": len(stored.created),
        "changed": list(stored.changed),
        "unchanged": len(stored.unchanged),
    }


def _trace(what: str, row: WorkbookImport, **detail: object) -> Trace:
    return Trace(
        action=f"collection.{what}",
        object_type="workbook_import",
        object_id=row.sha256[:16],
        organisation_id=row.organisation_id,
        detail={"file": row.file_name, "size": row.size, **detail},
    )
