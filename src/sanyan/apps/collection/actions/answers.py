"""Storing answers. Nothing is overwritten without its revision being kept; an equal answer changes nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from django.db import transaction

from sanyan.apps.accounts.access import SYSTEM, Capability, Viewer
from sanyan.apps.audit.actions import Trace, record_all
from sanyan.apps.collection import access
from sanyan.apps.collection.models import Answer, AnswerRevision, Evidence, Submission
from sanyan.apps.frameworks import queries as frameworks
from sanyan.core.errors import BadInputError, Fault, NotAllowedError
from sanyan.core.forms.answer_validation import doubts_of, faults_of
from sanyan.core.forms.answers import FilledAnswer, FilledEvidence
from sanyan.core.indicators.definitions import AnswerState, Framework, Indicator, Kind
from sanyan.core.indicators.values import answer_value

EDITABLE = frozenset({"not_started", "in_progress", "returned", "reopened"})
SUBMISSIONS_AT_ONCE = 500  # SQLite takes a limited number of values in one statement


@dataclass(frozen=True)
class StoredReport:
    """What storing did, answer by answer: every code is in exactly one of the three."""

    created: tuple[str, ...]
    changed: tuple[str, ...]
    unchanged: tuple[str, ...]


@dataclass(frozen=True)
class SavedAnswer:
    """A saved answer, with warnings that did not keep it out."""

    indicator: str
    saved_at: datetime
    warnings: tuple[Fault, ...]


@dataclass(frozen=True)
class Provenance:
    """Where answers came from."""

    origin: str
    source: str = ""


def save_answer(
    *, by: Viewer, submission_id: int, answer: FilledAnswer, now: datetime, origin: str = Answer.Origin.WEB
) -> SavedAnswer:
    """Save one answer from a page. Raise BadInputError with the first fault that keeps it out."""
    with transaction.atomic():
        row = access.submission_for_change(viewer=by, id=submission_id, capability=Capability.ANSWER)
        definition, ids = _definition(row)
        if answer.indicator not in ids:
            raise BadInputError(
                "indicator-unknown",
                f"ไม่มีตัวชี้วัด {answer.indicator} ในกรอบของรอบนี้",
                f"Indicator {answer.indicator} is not part of this round's framework.",
            )
        faults = faults_of(definition.indicator(answer.indicator), answer, scale=definition.scale)
        error = next((fault for fault in faults if fault.is_error), None)
        if error is not None:
            raise BadInputError(
                error.code,
                error.th,
                error.en,
                next_th=error.next_th,
                next_en=error.next_en,
                place=answer.indicator,
            )
        store_report(by=by, submission=row, answers=(answer,), provenance=Provenance(origin), now=now)
    doubts = doubts_of(definition.indicator(answer.indicator), answer)
    return SavedAnswer(answer.indicator, now, (*faults, *doubts))


@dataclass(frozen=True)
class GivenReport:
    """Checked answers and evidence for one submission, whose row the caller holds, and where they came from."""

    submission: Submission
    answers: Sequence[FilledAnswer]
    provenance: Provenance
    evidence: Sequence[FilledEvidence] = ()


def store_report(
    *,
    by: Viewer,
    submission: Submission,
    answers: Iterable[FilledAnswer],
    provenance: Provenance,
    now: datetime,
    evidence: Iterable[FilledEvidence] = (),
) -> StoredReport:
    """Store checked answers and evidence in the running transaction; the caller holds the submission's row.

    Raise NotAllowedError when the submission is no longer open for change.
    """
    given = GivenReport(submission, tuple(answers), provenance, tuple(evidence))
    (stored,) = store_reports(by=by, reports=[given], now=now)
    return stored


def store_reports(*, by: Viewer, reports: Sequence[GivenReport], now: datetime) -> tuple[StoredReport, ...]:
    """Store many reports, each of its own submission, in as few statements as one. Results in the same order.

    Raise NotAllowedError when a submission is no longer open for change; then nothing is stored.
    """
    for report in reports:
        require_editable(report.submission)
    held = _held([report.submission.pk for report in reports])
    changes = [_changes(by, report, held.get(report.submission.pk, {}), now) for report in reports]
    Answer.objects.bulk_create([row for change in changes for row in change.created], batch_size=500)
    AnswerRevision.objects.bulk_create([row for change in changes for row in change.revisions], batch_size=500)
    Answer.objects.bulk_update([row for change in changes for row in change.changed], _CHANGEABLE, batch_size=100)
    added = _add_evidence(reports)
    stored = [change.stored() for change in changes]
    traces = [
        (report.submission, _trace(report, result, added[report.submission.pk]))
        for report, result in zip(reports, stored, strict=True)
        if result.created or result.changed or added[report.submission.pk]
    ]
    if traces:
        _touch([submission for submission, _ in traces], now)
        record_all(by=by, traces=[trace for _, trace in traces], now=now)
    return tuple(stored)


@dataclass
class _Changes:
    """What storing a report comes to, before it is written. `codes` are of indicators, by their ids."""

    codes: Mapping[int, str]
    created: list[Answer] = field(default_factory=list)
    changed: list[Answer] = field(default_factory=list)
    revisions: list[AnswerRevision] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)

    def stored(self) -> StoredReport:
        return StoredReport(
            created=tuple(self.codes[row.indicator_id] for row in self.created),
            changed=tuple(self.codes[row.indicator_id] for row in self.changed),
            unchanged=tuple(self.unchanged),
        )


Held = dict[tuple[int, str], Answer]


def _held(submission_ids: Sequence[int]) -> dict[int, Held]:
    """The answers that submissions hold, by indicator and disaggregation."""
    held: dict[int, Held] = {}
    for start in range(0, len(submission_ids), SUBMISSIONS_AT_ONCE):
        some = submission_ids[start : start + SUBMISSIONS_AT_ONCE]
        for row in Answer.objects.filter(submission_id__in=some):
            held.setdefault(row.submission_id, {})[row.indicator_id, row.disaggregation] = row
    return held


def _changes(by: Viewer, report: GivenReport, held: Held, now: datetime) -> _Changes:
    definition, ids = _definition(report.submission)
    found = _Changes({id_: code for code, id_ in ids.items()})
    for answer in report.answers:
        fields = _fields(definition.indicator(answer.indicator), answer)
        row = held.get((ids[answer.indicator], answer.disaggregation))
        if row is None:
            found.created.append(_new(report, ids[answer.indicator], answer, fields, by, now))
        elif all(getattr(row, name) == value for name, value in fields.items()):
            found.unchanged.append(answer.indicator)
        else:
            found.revisions.append(_revision(row))
            _change(row, fields, report.provenance, by, now)
            found.changed.append(row)
    return found


_VALUES = ("state", "numerator", "denominator", "value", "level", "text", "note")
_CHANGEABLE = [*_VALUES, "origin", "source", "revision", "changed_at", "changed_by"]


def _definition(submission: Submission) -> tuple[Framework, Mapping[str, int]]:
    version = submission.assignment.round.version
    return _frozen(version.framework.code, version.pk, version.published_at)


@lru_cache(maxsize=16)
def _frozen(framework_code: str, version_id: int, published_at: datetime | None) -> tuple[Framework, Mapping[str, int]]:
    """A round's definition and the ids of its indicators: both are fixed once the version is published."""
    version = frameworks.framework_version(viewer=SYSTEM, version_id=version_id)
    return version.definition, frameworks.indicator_ids(viewer=SYSTEM, version_id=version_id)


def _fields(indicator: Indicator, answer: FilledAnswer) -> dict[str, object]:
    if answer.state is not AnswerState.REPORTED:
        empty: dict[str, object] = dict.fromkeys(("numerator", "denominator", "value", "level"))
        return {"state": answer.state.value, **empty, "text": {}, "note": answer.note}
    value = answer_value(indicator, numerator=answer.numerator, denominator=answer.denominator, value=answer.value)
    return {
        "state": answer.state.value,
        "numerator": answer.numerator,
        "denominator": answer.denominator,
        "value": value,
        "level": round(value) if indicator.kind is Kind.LEVEL and value is not None else None,
        "text": dict(answer.text),
        "note": answer.note,
    }


def _new(
    report: GivenReport,
    indicator_id: int,
    answer: FilledAnswer,
    fields: dict[str, object],
    by: Viewer,
    now: datetime,
) -> Answer:
    return Answer(
        submission_id=report.submission.pk,
        indicator_id=indicator_id,
        disaggregation=answer.disaggregation,
        origin=report.provenance.origin,
        source=report.provenance.source,
        changed_at=now,
        changed_by=by.name,
        **fields,
    )


def _revision(row: Answer) -> AnswerRevision:
    was = {name: getattr(row, name) for name in (*_VALUES, "origin", "source")}
    return AnswerRevision(
        answer=row, revision=row.revision, was=was, changed_at=row.changed_at, changed_by=row.changed_by
    )


def _change(row: Answer, fields: dict[str, object], provenance: Provenance, by: Viewer, now: datetime) -> None:
    for name, value in fields.items():
        setattr(row, name, value)
    row.origin, row.source = provenance.origin, provenance.source
    row.revision += 1
    row.changed_at, row.changed_by = now, by.name


def _add_evidence(reports: Sequence[GivenReport]) -> dict[int, int]:
    """Add the evidence that is not held yet; how many were new, by submission."""
    wanted: dict[tuple[int, int, str, str], FilledEvidence] = {}
    for report in reports:
        ids = _definition(report.submission)[1]
        for item in report.evidence:
            if item.indicator in ids:
                wanted[report.submission.pk, ids[item.indicator], item.kind, item.title] = item
    concerned = sorted({key[0] for key in wanted})
    for start in range(0, len(concerned), SUBMISSIONS_AT_ONCE):
        rows = Evidence.objects.filter(submission_id__in=concerned[start : start + SUBMISSIONS_AT_ONCE])
        for key in rows.values_list("submission_id", "indicator_id", "kind", "title"):
            wanted.pop(key, None)
    Evidence.objects.bulk_create(
        (
            Evidence(submission_id=key[0], indicator_id=key[1], kind=key[2], title=key[3], location=item.location)
            for key, item in wanted.items()
        ),
        batch_size=500,
    )
    counts = dict.fromkeys((report.submission.pk for report in reports), 0)
    for key in wanted:
        counts[key[0]] += 1
    return counts


def _touch(submissions: Sequence[Submission], now: datetime) -> None:
    starting = [row for row in submissions if row.state == Submission.State.NOT_STARTED]
    _update(starting, {"state": Submission.State.IN_PROGRESS, "started_at": now, "saved_at": now})
    begun = {row.pk for row in starting}
    _update([row for row in submissions if row.pk not in begun], {"saved_at": now})


def _update(submissions: Sequence[Submission], fields: Mapping[str, object]) -> None:
    """Give the same fields to every submission, in the database and in hand."""
    for start in range(0, len(submissions), SUBMISSIONS_AT_ONCE):
        some = submissions[start : start + SUBMISSIONS_AT_ONCE]
        Submission.objects.filter(pk__in=[row.pk for row in some]).update(**fields)
    for row in submissions:
        for name, value in fields.items():
            setattr(row, name, value)


def require_editable(submission: Submission) -> None:
    """Raise NotAllowedError where a submission is no longer open for change."""
    if submission.state in EDITABLE:
        return
    raise NotAllowedError(
        "submission-closed",
        "รายงานนี้ส่งหรือรับรองแล้ว จึงแก้ไขไม่ได้ในตอนนี้",
        "This report has been handed in or certified and cannot be changed now.",
        next_th="หากต้องแก้ไข ให้ดึงรายงานกลับ (ก่อนรับรอง) หรือขอให้ สตผ. เปิดแก้ไข",
        next_en="Withdraw it (before certification), or ask the M&E bureau to re-open it.",
    )


def _trace(report: GivenReport, stored: StoredReport, evidence: int) -> Trace:
    return Trace(
        action="collection.store_answers",
        object_type="submission",
        object_id=str(report.submission.pk),
        organisation_id=report.submission.assignment.organisation_id,
        detail={
            "created": len(stored.created),
            "changed": list(stored.changed),
            "unchanged": len(stored.unchanged),
            "evidence": evidence,
            "origin": report.provenance.origin,
            "source": report.provenance.source,
        },
    )
