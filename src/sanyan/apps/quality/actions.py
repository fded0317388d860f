"""Findings are written by checking a round, and handled by people; a later check never undoes what a person said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from sanyan.apps.accounts.access import Capability, Viewer, may, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.quality import access
from sanyan.apps.quality.catalogue import shipped_checks
from sanyan.apps.quality.loading import round_as_input
from sanyan.apps.quality.models import Finding
from sanyan.core.checking.run import run_checks
from sanyan.core.checking.values import FindingDraft, NotRun
from sanyan.core.errors import BadInputError, NotAllowedError, NothingToDoError

# These move when other areas report or a day passes, without anything new from the area itself.
OTHERS_FIGURES = frozenset({"usual", "distance", "weight", "days", "other"})
WRITTEN = (
    "severity",
    "score",
    "reason_th",
    "reason_en",
    "next_step_th",
    "next_step_en",
    "numbers",
    "state",
    "found_at",
    "seen_at",
    "handled_at",
    "handled_by",
)

Key = tuple[str, int, str]


@dataclass(frozen=True)
class CheckedRound:
    """What a check of a round changed, and which checks could not be made."""

    round_id: int
    found: int
    new: int
    reopened: int
    cleared: int
    not_run: tuple[NotRun, ...]


def check_round(*, by: Viewer, round_id: int, now: datetime) -> CheckedRound:
    """Run every check over a round and bring its findings up to date. Doing it again changes nothing more."""
    require(viewer=by, capability=Capability.REVIEW)
    info = frameworks.round_info(viewer=by, round_id=round_id)
    report = run_checks(shipped_checks(), round_as_input(viewer=by, info=info, now=now))
    with transaction.atomic():
        outcome = _bring_up_to_date(round_id, report.findings, report.not_run, now=now)
        detail = {
            "found": outcome.found,
            "new": outcome.new,
            "reopened": outcome.reopened,
            "cleared": outcome.cleared,
            "not_run": [{"check": note.check_code, "reason": note.reason.th} for note in report.not_run],
        }
        record(by=by, trace=Trace("quality.check_round", "round", str(round_id), detail=detail), now=now)
    return outcome


def handle(*, by: Viewer, finding_id: int, state: str, explanation: str, now: datetime) -> None:
    """Say how a finding ended: explained or fixed by the area itself, or dismissed by the bureau.

    Raise NotFoundError out of scope, NotAllowedError without the right, BadInputError without an explanation, and
    NothingToDoError when the finding has cleared or says so already.
    """
    words = explanation.strip()
    if state not in (Finding.State.EXPLAINED, Finding.State.FIXED, Finding.State.DISMISSED) or not words:
        raise BadInputError(
            "finding-explanation",
            "โปรดเลือกผลการตรวจสอบและเขียนคำอธิบายสั้น ๆ",
            "Choose how it ended and write a short explanation.",
            next_th="เขียนว่าตรวจกับเอกสารใด และพบว่าอย่างไร",
            next_en="Say which document you checked and what you found.",
            place="explanation",
        )
    with transaction.atomic():
        found = access.finding(viewer=by, id=finding_id, for_change=True)
        _require_handling(by, found, state)
        if found.state == Finding.State.CLEARED or (found.state, found.explanation) == (state, words):
            raise NothingToDoError(
                "finding-moved-on",
                "ข้อค้นพบนี้หายไปแล้ว หรือบันทึกไว้เช่นนี้แล้ว",
                "This finding has cleared, or says so already.",
                next_th="เปิดหน้านี้ใหม่เพื่อดูสถานะล่าสุด",
                next_en="Open the page again to see how it stands.",
            )
        was = found.state
        found.state, found.explanation = state, words
        found.handled_at, found.handled_by = now, by.name
        found.save(update_fields=["state", "explanation", "handled_at", "handled_by"])
        trace = Trace(
            f"quality.{state}",
            "finding",
            str(found.pk),
            organisation_id=found.organisation_id,
            detail={"was": was, "explanation": words, "check": found.check_code, "indicator": found.indicator_code},
        )
        record(by=by, trace=trace, now=now)


def _require_handling(by: Viewer, found: Finding, state: str) -> None:
    own = Capability.ANSWER if state != Finding.State.DISMISSED else Capability.REVIEW
    if any(
        may(viewer=by, capability=capability, organisation_id=found.organisation_id)
        for capability in (own, Capability.REVIEW)
    ):
        return
    raise NotAllowedError(
        "finding-not-yours",
        "ท่านดูข้อค้นพบนี้ได้ แต่ผู้บันทึกผลคือเขตเจ้าของข้อมูลหรือ สตผ.",
        "You may see this finding; the area itself or the bureau handles it.",
        next_th="แจ้งผู้รับผิดชอบของเขต หรือ สตผ. ให้บันทึกผล",
        next_en="Ask the area or the bureau to say how it ended.",
    )


def _bring_up_to_date(
    round_id: int, drafts: Iterable[FindingDraft], not_run: tuple[NotRun, ...], *, now: datetime
) -> CheckedRound:
    held: dict[Key, Finding] = {
        (row.check_code, row.organisation_id, row.indicator_code): row
        for row in Finding.objects.select_for_update().filter(round_id=round_id)
    }
    new: list[Finding] = []
    changed: list[Finding] = []
    reopened = cleared = 0
    for draft in drafts:
        row = held.pop((draft.check_code, int(draft.organisation), draft.indicator), None)
        if row is None:
            new.append(_write(Finding(round_id=round_id, state=Finding.State.OPEN, found_at=now), draft, now))
            continue
        if _speaks_of_something_new(row, draft):
            reopened += 1
            row.state, row.handled_at, row.handled_by = Finding.State.OPEN, None, ""
            row.found_at = now
        changed.append(_write(row, draft, now))
    for row in held.values():
        if row.state != Finding.State.CLEARED:
            cleared += 1
            row.state, row.seen_at = Finding.State.CLEARED, now
            changed.append(row)
    # A check of the same round that ran meanwhile has written the same findings from the same answers.
    Finding.objects.bulk_create(new, batch_size=200, ignore_conflicts=True)
    Finding.objects.bulk_update(changed, WRITTEN, batch_size=100)
    found = len(new) + len(changed) - cleared
    return CheckedRound(round_id, found, len(new), reopened, cleared, not_run)


def _speaks_of_something_new(row: Finding, draft: FindingDraft) -> bool:
    """Whether a finding that had ended is to be looked at again: it came back, or its own figures are others now."""
    if row.state == Finding.State.OPEN:
        return False
    return row.state == Finding.State.CLEARED or _own(row.numbers) != _own(draft.numbers)


def _own(numbers: Mapping[str, object]) -> dict[str, object]:
    return {name: value for name, value in numbers.items() if name not in OTHERS_FIGURES}


def _write(row: Finding, draft: FindingDraft, now: datetime) -> Finding:
    row.check_code, row.indicator_code = draft.check_code, draft.indicator
    row.organisation_id = int(draft.organisation)
    row.severity, row.score = draft.severity.value, draft.score
    row.reason_th, row.reason_en = draft.reason.th, draft.reason.en
    row.next_step_th, row.next_step_en = draft.next_step.th, draft.next_step.en
    row.numbers, row.seen_at = dict(draft.numbers), now
    return row
