"""A submission's way: in progress -> submitted -> certified -> locked, with returns and re-openings."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.module_loading import import_string

from sanyan.apps.accounts.access import Capability, Viewer, organisations_where, require
from sanyan.apps.audit.actions import Trace, record, record_all
from sanyan.apps.collection import access
from sanyan.apps.collection.actions.answers import EDITABLE, SUBMISSIONS_AT_ONCE
from sanyan.apps.collection.models import Answer, Certification, Submission
from sanyan.apps.collection.queries.asked import unanswered
from sanyan.apps.frameworks import queries as frameworks
from sanyan.core.errors import BadInputError, NotFoundError, NothingToDoError


def submit(*, by: Viewer, submission_id: int, now: datetime, leave_unanswered: bool = False) -> None:
    """Hand a submission in for the director to certify.

    Raise BadInputError naming what is unanswered, unless `leave_unanswered`, which marks it "not available".
    """
    submit_many(by=by, submitted_at={submission_id: now}, leave_unanswered=leave_unanswered)


def submit_many(
    *,
    by: Viewer,
    submitted_at: Mapping[int, datetime],
    leave_unanswered: bool = False,
    origin: str = Answer.Origin.WEB,
) -> None:
    """Hand several in, each at its own time, all or none. `origin` is where what is left unanswered was left so."""
    with transaction.atomic():
        rows = access.named_for_change(viewer=by, ids=submitted_at.keys(), capability=Capability.ANSWER)
        for row in rows:
            if row.state not in EDITABLE:
                raise _moved_on(row)
        missing = unanswered(viewer=by, submission_ids=[row.pk for row in rows])
        lacking = {row.pk: missing[row.pk] for row in rows if missing.get(row.pk)}
        if lacking and not leave_unanswered:
            codes = next(iter(lacking.values()))
            raise BadInputError(
                "submission-incomplete",
                f"ยังไม่ครบ {len(codes)} ข้อ: {', '.join(codes[:8])}{' …' if len(codes) > 8 else ''}",
                f"{len(codes)} questions are still unanswered: {', '.join(codes[:8])}",
                next_th="กรอกให้ครบ หรือเลือก “ส่งโดยระบุว่าไม่มีข้อมูล” สำหรับข้อที่เหลือ",
                next_en="Answer them, or choose to submit with the rest marked as not available.",
            )
        _mark_not_available(by=by, lacking=lacking, rows=rows, submitted_at=submitted_at, origin=origin)
        together: dict[datetime, list[int]] = {}
        for row in rows:
            together.setdefault(submitted_at[row.pk], []).append(row.pk)
        for at, ids in together.items():
            _update(ids, state=Submission.State.SUBMITTED, submitted_at=at, submitted_by=by.name)
        record_all(by=by, traces=[_trace("submit", row) for row in rows], now=max(submitted_at.values()))


def certify(*, by: Viewer, submission_id: int, now: datetime) -> None:
    """Certify a submission; its answers become facts as soon as the transaction is committed."""
    certify_many(by=by, submission_ids=[submission_id], now=now)


def certify_many(*, by: Viewer, submission_ids: Collection[int], now: datetime) -> tuple[int, ...]:
    """Certify several, all or none. Returns the certifications' ids."""
    with transaction.atomic():
        rows = access.named_for_change(viewer=by, ids=submission_ids, capability=Capability.CERTIFY)
        for row in rows:
            if row.state != Submission.State.SUBMITTED:
                raise _moved_on(row)
            row.revision += 1
        _update(
            [row.pk for row in rows],
            state=Submission.State.CERTIFIED,
            revision=F("revision") + 1,
            certified_at=now,
            certified_by=by.name,
        )
        made = Certification.objects.bulk_create(
            Certification(submission=row, sequence=row.revision, certified_at=now, certified_by=by.name) for row in rows
        )
        record_all(by=by, traces=[_trace("certify", row) for row in rows], now=now)
        ids = tuple(certification.pk for certification in made)
        transaction.on_commit(lambda: _after_certification(ids), robust=True)
    return ids


def return_submission(*, by: Viewer, submission_id: int, comment: str, now: datetime) -> None:
    """Send a submitted report back with a comment: the director may, and so may a reviewer of the bureau."""
    _need_comment(comment)
    with transaction.atomic():
        row = access.submission_for_change(viewer=by, id=submission_id, capability=Capability.SEE)
        _require_any(by, row, (Capability.CERTIFY, Capability.REVIEW))
        if row.state != Submission.State.SUBMITTED:
            raise _moved_on(row)
        row.state = Submission.State.RETURNED
        row.returned_at, row.returned_by, row.comment = now, by.name, comment.strip()
        row.save(update_fields=["state", "returned_at", "returned_by", "comment"])
        record(by=by, trace=_trace("return", row, comment=row.comment), now=now)


def reopen(*, by: Viewer, submission_id: int, comment: str, now: datetime) -> None:
    """Open a certified or locked report again. What was certified stays in the facts until it is re-certified."""
    _need_comment(comment)
    with transaction.atomic():
        row = access.submission_for_change(viewer=by, id=submission_id, capability=Capability.REVIEW)
        if row.state not in (Submission.State.CERTIFIED, Submission.State.LOCKED):
            raise _moved_on(row)
        row.state = Submission.State.REOPENED
        row.returned_at, row.returned_by, row.comment = now, by.name, comment.strip()
        row.save(update_fields=["state", "returned_at", "returned_by", "comment"])
        record(by=by, trace=_trace("reopen", row, comment=row.comment), now=now)


def reopen_many(*, by: Viewer, rows: Sequence[Submission], comment: str, now: datetime) -> None:
    """Open several certified or locked reports again, in the running transaction that holds their rows."""
    require(viewer=by, capability=Capability.REVIEW)
    fields = {"state": Submission.State.REOPENED, "returned_at": now, "returned_by": by.name, "comment": comment}
    _update([row.pk for row in rows], **fields)
    for row in rows:
        for name, value in fields.items():
            setattr(row, name, value)
    record_all(by=by, traces=[_trace("reopen", row, comment=comment) for row in rows], now=now)


def withdraw(*, by: Viewer, submission_id: int, now: datetime) -> None:
    """Take a submitted report back to correct it before it is certified."""
    with transaction.atomic():
        row = access.submission_for_change(viewer=by, id=submission_id, capability=Capability.ANSWER)
        if row.state != Submission.State.SUBMITTED:
            raise _moved_on(row)
        row.state = Submission.State.IN_PROGRESS
        row.submitted_at, row.submitted_by = None, ""
        row.save(update_fields=["state", "submitted_at", "submitted_by"])
        record(by=by, trace=_trace("withdraw", row), now=now)


def lock_round(*, by: Viewer, round_id: int, now: datetime) -> int:
    """Lock every certified report of a round. Returns how many."""
    require(viewer=by, capability=Capability.MANAGE)
    with transaction.atomic():
        count = Submission.objects.filter(assignment__round_id=round_id, state=Submission.State.CERTIFIED).update(
            state=Submission.State.LOCKED, locked_at=now
        )
        if not count:
            raise NothingToDoError(
                "nothing-to-lock",
                "ไม่มีรายงานที่รับรองแล้วให้ล็อก",
                "No certified report is left to lock.",
                next_th="ดูในหน้าความก้าวหน้าของรอบว่ารายงานใดรอรับรอง",
                next_en="See on the round's page which reports wait to be certified.",
            )
        record(
            by=by,
            trace=Trace("collection.lock_round", "round", str(round_id), detail={"locked": count}),
            now=now,
        )
    return count


def mark_appended(*, by: Viewer, certification_ids: Collection[int], now: datetime) -> None:
    """Note that the facts hold these certifications. Only the product itself may say so."""
    if not by.system:
        raise NotFoundError
    Certification.objects.filter(pk__in=certification_ids, appended_at__isnull=True).update(appended_at=now)


def _after_certification(certification_ids: tuple[int, ...]) -> None:
    for path in settings.AFTER_CERTIFICATION:
        import_string(path)(certification_ids=certification_ids)


def _require_any(by: Viewer, row: Submission, capabilities: Sequence[Capability]) -> None:
    held = (
        organisations_where(viewer=by, capability=capability).allows(row.assignment.organisation_id)
        for capability in capabilities
    )
    if not any(held):
        require(viewer=by, capability=capabilities[0], organisation_id=row.assignment.organisation_id)


def _mark_not_available(
    *,
    by: Viewer,
    lacking: Mapping[int, tuple[str, ...]],
    rows: Sequence[Submission],
    submitted_at: Mapping[int, datetime],
    origin: str,
) -> None:
    rounds = {row.pk: row.assignment.round_id for row in rows if row.pk in lacking}
    ids = {round_id: _indicator_ids(by, round_id) for round_id in set(rounds.values())}
    fresh = []
    for submission, codes in lacking.items():
        fresh += [
            Answer(
                submission_id=submission,
                indicator_id=ids[rounds[submission]][code],
                state=Answer.State.NOT_AVAILABLE,
                origin=origin,
                note="ไม่ได้ตอบก่อนส่ง",
                changed_at=submitted_at[submission],
                changed_by=by.name,
            )
            for code in codes
        ]
    Answer.objects.bulk_create(fresh, batch_size=500)


def _indicator_ids(by: Viewer, round_id: int) -> Mapping[str, int]:
    info = frameworks.round_info(viewer=by, round_id=round_id)
    return frameworks.indicator_ids(viewer=by, version_id=info.version_id)


def _update(submission_ids: Sequence[int], **fields: object) -> None:
    """The same for every one of these, which the running transaction holds."""
    for start in range(0, len(submission_ids), SUBMISSIONS_AT_ONCE):
        Submission.objects.filter(pk__in=submission_ids[start : start + SUBMISSIONS_AT_ONCE]).update(**fields)


def _need_comment(comment: str) -> None:
    if not comment.strip():
        raise BadInputError(
            "comment-missing",
            "กรุณาเขียนข้อความบอกว่าต้องแก้ไขอะไร",
            "Please say what needs to be corrected.",
            next_th="พิมพ์ข้อความในช่องความเห็น แล้วกดอีกครั้ง",
            next_en="Write it in the comment box and try again.",
        )


def _moved_on(row: Submission) -> NothingToDoError:
    return NothingToDoError(
        "submission-moved-on",
        f"รายงานนี้อยู่ในสถานะ “{Submission.State(row.state).value}” จึงทำขั้นตอนนี้ไม่ได้",
        f"The report is in state {row.state!r}, so this step is not open.",
        next_th="เปิดหน้ารอบใหม่อีกครั้งเพื่อดูสถานะล่าสุด",
        next_en="Open the round again to see its latest state.",
    )


def _trace(what: str, row: Submission, **detail: object) -> Trace:
    return Trace(
        action=f"collection.{what}",
        object_type="submission",
        object_id=str(row.pk),
        organisation_id=row.assignment.organisation_id,
        detail={"revision": row.revision, **detail},
    )
