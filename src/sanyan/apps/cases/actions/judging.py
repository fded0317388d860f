from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sanyan.apps.accounts import queries as accounts
from sanyan.apps.accounts.access import SYSTEM, Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.cases import access
from sanyan.apps.cases.faults import moved_on, not_offered, words_of
from sanyan.apps.cases.models import Case, CaseField
from sanyan.core.cases.cards import CardField
from sanyan.core.errors import BadInputError
from sanyan.core.thai.characters import one_line

NEEDED = (CardField.WHAT, CardField.OUTCOME)  # without these it is no case


def verify(*, by: Viewer, case_id: int, now: datetime) -> None:
    """Say that the card was read against its sources and holds; not by the one who put it forward.

    Raise BadInputError where what was done, or what came of it, is missing.
    """
    with transaction.atomic():
        case = access.case(viewer=by, id=case_id, for_change=True)
        access.require_verify(viewer=by, held=case)
        if case.state != Case.State.DRAFTED:
            raise moved_on()
        missing = set(case.fields.filter(standing=CaseField.Standing.MISSING).values_list("field", flat=True))
        if missing & set(NEEDED):
            raise BadInputError(
                "case-unfinished",
                "ยังตรวจไม่ได้ เพราะยังไม่มีสิ่งที่ทำหรือผลที่เกิด",
                "It cannot be verified yet: what was done, or what came of it, is missing.",
                next_th="ขอให้เขตเติมเรื่องราว หรือเติมในบัตรพร้อมอ้างที่มา",
                next_en="Ask the area to add to the story, or fill the card with its source.",
            )
        case.state, case.verified_at, case.verified_by, case.verifier_id = (
            Case.State.VERIFIED,
            now,
            by.name,
            by.user_id,
        )
        case.save(update_fields=["state", "verified_at", "verified_by", "verifier_id"])
        _record(by, case, "verify", {}, now)


def publish(*, by: Viewer, case_id: int, now: datetime) -> None:
    """Put a verified case into the library, for everyone."""
    require(viewer=by, capability=Capability.MANAGE)
    with transaction.atomic():
        case = access.case(viewer=by, id=case_id, for_change=True)
        if case.state != Case.State.VERIFIED:
            raise moved_on()
        case.state, case.published_at, case.published_by = Case.State.PUBLISHED, now, by.name
        case.save(update_fields=["state", "published_at", "published_by"])
        _record(by, case, "publish", {}, now)


def withdraw(*, by: Viewer, case_id: int, because: str, now: datetime) -> None:
    """Take a case out, with the reason; an area may take back what it put forward as long as it is not published."""
    words = words_of(because, "because")
    with transaction.atomic():
        case = access.case(viewer=by, id=case_id, for_change=True)
        own = case.origin == Case.Origin.NOMINATION and case.state != Case.State.PUBLISHED
        if own and access.may_tell(viewer=by, held=case):
            pass
        else:
            access.require_edit(viewer=by, held=case)
        if case.state == Case.State.WITHDRAWN:
            raise moved_on()
        was, case.state = case.state, Case.State.WITHDRAWN
        case.withdrawn_at, case.withdrawn_by, case.withdrawn_because = now, by.name, words
        case.save(update_fields=["state", "withdrawn_at", "withdrawn_by", "withdrawn_because"])
        _record(by, case, "withdraw", {"because": words, "was": was}, now)


def retitle(*, by: Viewer, case_id: int, title: str, now: datetime) -> None:
    """Give a case a title that says what was found."""
    name = one_line(words_of(title, "title", longest=300))
    with transaction.atomic():
        case = access.case(viewer=by, id=case_id, for_change=True)
        access.require_edit(viewer=by, held=case)
        if case.title == name:
            raise moved_on()
        was, case.title = case.title, name
        case.save(update_fields=["title"])
        _record(by, case, "retitle", {"title": name, "was": was}, now)


def assign_reviewer(*, by: Viewer, case_id: int, reviewer_id: int, now: datetime) -> None:
    """Give a case to a reviewer, who may then edit and verify it."""
    require(viewer=by, capability=Capability.MANAGE)
    with transaction.atomic():
        case = access.case(viewer=by, id=case_id, for_change=True)
        over = accounts.people_over(
            viewer=SYSTEM,
            organisation_id=case.organisation_id,
            roles=("reviewer",),
            on=timezone.localdate(now),
        )
        people = {person.user_id: person.name for person in over}
        if reviewer_id not in people:
            raise not_offered("reviewer")
        if case.reviewer_id == reviewer_id:
            raise moved_on()
        case.reviewer_id = reviewer_id
        case.save(update_fields=["reviewer"])
        _record(by, case, "assign", {"reviewer": people[reviewer_id]}, now)


def _record(by: Viewer, case: Case, what: str, detail: Mapping[str, object], now: datetime) -> None:
    trace = Trace(f"cases.{what}", "case", str(case.pk), case.organisation_id, {"title": case.title, **detail})
    record(by=by, trace=trace, now=now)
