from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction

from sanyan.apps.accounts.access import SYSTEM, Viewer
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.cases import access
from sanyan.apps.cases.catalogue import shipped_rule
from sanyan.apps.cases.faults import moved_on, not_offered, words_of
from sanyan.apps.cases.models import Case, SelectionEntry, SelectionRound, SelectionScore
from sanyan.apps.cases.standing import candidates_of, eligible, firmness, rule_of, standings_of
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.organisations import queries as organisations
from sanyan.core.cases.criteria import MOST, as_document
from sanyan.core.cases.scoring import WORKED_OUT
from sanyan.core.cases.selection import select
from sanyan.core.errors import BadInputError
from sanyan.core.thai.characters import one_line

BY_RULES = SYSTEM.name
MOST_SEATS = 100


def open_selection(
    *,
    by: Viewer,
    name: str,
    level: str,
    round_id: int,
    seats: int,
    now: datetime,
    organisation_id: int | None = None,
    target_group_id: int | None = None,
) -> int:
    """Open a round of selection with every case that stands for it, and score what needs no judge. Returns its id.

    At an area these are its own drafted cases; above it what was chosen below, or where nobody has chosen, what was
    drafted. `target_group_id` keeps it to the areas of a group. Raise BadInputError where no case stands for it.
    """
    _require_place(by, level, organisation_id)
    if not 0 < seats <= MOST_SEATS:
        raise not_offered("seats")
    if target_group_id is not None:
        organisations.target_group(group_id=target_group_id)
    info = frameworks.round_info(viewer=by, round_id=round_id)
    with transaction.atomic():
        _require_none_open(level, round_id, organisation_id)
        selection = SelectionRound.objects.create(
            name_th=one_line(words_of(name, "name", longest=200)),
            level=level,
            organisation_id=organisation_id,
            round_id=round_id,
            target_group_id=target_group_id,
            seats=seats,
            criteria=as_document(shipped_rule()),
            opened_at=now,
            opened_by=by.name,
        )
        if not (cases := eligible(selection, info)):
            raise _nobody_stands()
        _enter(selection, cases, now)
        _record(by, selection, "open", {"level": level, "seats": seats, "cases": [case.pk for case in cases]}, now)
    return selection.pk


def _require_place(by: Viewer, level: str, organisation_id: int | None) -> None:
    """Raise BadInputError for a level without its place, and what access raises for one where `by` does not select."""
    if level not in SelectionRound.Level.values or (organisation_id is None) != (level == SelectionRound.Level.CENTRE):
        raise not_offered("level")
    access.require_select(viewer=by, level=level, organisation_id=organisation_id)


def enter(*, by: Viewer, selection_id: int, case_id: int, now: datetime) -> None:
    """Let one more case stand for an open selection, such as one that was drafted since."""
    with transaction.atomic():
        selection = _open(by, selection_id)
        case = access.case(viewer=by, id=case_id)
        info = frameworks.round_info(viewer=SYSTEM, round_id=selection.round_id)
        if case.pk not in {item.pk for item in eligible(selection, info, chosen_below=False)}:
            raise not_offered("case")
        if selection.entries.filter(case=case).exists():
            raise moved_on()
        _enter(selection, [case], now)
        _record(by, selection, "enter", {"case": case.pk}, now)


def score(*, by: Viewer, entry_id: int, scores: Mapping[str, float], now: datetime) -> None:
    """Give a case scores of 0-3 on the criteria that people judge, under the reviewer's own name.

    For who selects at this level, and the reviewer that the case was given to.
    """
    with transaction.atomic():
        entry = _entry(by, entry_id, may_review=True)
        judged = {item.code for item in rule_of(entry.selection).criteria if not item.worked_out}
        wrong = [code for code, points in scores.items() if code not in judged or not 0 <= points <= MOST]
        if wrong or not scores:
            raise not_offered(wrong[0] if wrong else "score")
        for code, points in scores.items():
            SelectionScore.objects.update_or_create(
                entry=entry,
                criterion=code,
                reviewer=by.name,
                defaults={"score": points, "reviewer_id": by.user_id, "scored_at": now},
            )
        _record(by, entry.selection, "score", {"case": entry.case_id, "scores": dict(scores)}, now)


def suggest(*, by: Viewer, selection_id: int, now: datetime) -> int:
    """Work out by the rules who would be chosen, with the reason for each case; people decide after it.

    Returns how many are suggested.
    """
    with transaction.atomic():
        selection = _open(by, selection_id)
        entries = {str(row.pk): row for row in selection.entries.select_related("case")}
        info = frameworks.round_info(viewer=SYSTEM, round_id=selection.round_id)
        told = select(candidates_of(selection, info), seats=selection.seats, rule=rule_of(selection))
        for judged in (*told.chosen, *told.not_chosen):
            row = entries[judged.id]
            kind = SelectionEntry.Decision
            row.suggested = kind.CHOSEN if judged.chosen else kind.NOT_CHOSEN
            row.total, row.suggested_th, row.suggested_en = judged.total, judged.reason.th, judged.reason.en
            row.save(update_fields=["suggested", "total", "suggested_th", "suggested_en"])
        detail = {"chosen": [entries[item.id].case_id for item in told.chosen]}
        _record(by, selection, "suggest", detail, now)
    return len(told.chosen)


def decide(*, by: Viewer, entry_id: int, decision: str, reason: str, now: datetime) -> None:
    """Choose a case or not, with the reason; saying it again otherwise replaces it, and the trace keeps what was."""
    words = words_of(reason, "reason", longest=2_000)
    if decision not in SelectionEntry.Decision.values:
        raise not_offered("decision")
    with transaction.atomic():
        entry = _entry(by, entry_id)
        if (entry.decision, entry.reason) == (decision, words):
            raise moved_on()
        chosen = entry.selection.entries.filter(decision=SelectionEntry.Decision.CHOSEN).exclude(pk=entry.pk).count()
        if decision == SelectionEntry.Decision.CHOSEN and chosen >= entry.selection.seats:
            raise _seats_full(entry.selection.seats)
        was = {"decision": entry.decision, "reason": entry.reason}
        entry.decision, entry.reason, entry.decided_at, entry.decided_by = decision, words, now, by.name
        entry.save(update_fields=["decision", "reason", "decided_at", "decided_by"])
        detail = {"case": entry.case_id, "decision": decision, "reason": words, "was": was}
        _record(by, entry.selection, "decide", detail, now)


def follow(*, by: Viewer, selection_id: int, now: datetime) -> int:
    """Decide what is not decided yet as the rules suggest, each with the rules' own reason, under the name of who
    follows them. Returns how many were decided; raise NothingToDoError for none."""
    with transaction.atomic():
        selection = _open(by, selection_id)
        waiting = list(selection.entries.filter(decision="").exclude(suggested=""))
        chosen = selection.entries.filter(decision=SelectionEntry.Decision.CHOSEN).count()
        chosen += sum(row.suggested == SelectionEntry.Decision.CHOSEN for row in waiting)
        if not waiting:
            raise moved_on()
        if chosen > selection.seats:
            raise _seats_full(selection.seats)
        for row in waiting:
            row.decision, row.reason = row.suggested, f"ตามเกณฑ์: {row.suggested_th}"
            row.decided_at, row.decided_by = now, by.name
        SelectionEntry.objects.bulk_update(waiting, ["decision", "reason", "decided_at", "decided_by"])
        _record(by, selection, "follow", {"cases": {str(row.case_id): row.decision for row in waiting}}, now)
    return len(waiting)


def close_selection(*, by: Viewer, selection_id: int, now: datetime) -> int:
    """Close a selection in which every case was decided, chosen or not. Returns how many were chosen."""
    with transaction.atomic():
        selection = _open(by, selection_id)
        waiting = selection.entries.filter(decision="").count()
        if waiting:
            raise BadInputError(
                "selection-undecided",
                f"ยังไม่ได้ตัดสิน {waiting:,} เรื่อง",
                f"{waiting:,} cases are not decided yet.",
                next_th="เลือกหรือไม่เลือกทุกเรื่องพร้อมเหตุผล แล้วปิดการคัดเลือก",
                next_en="Choose or do not choose each, with the reason, then close.",
            )
        selection.closed_at, selection.closed_by = now, by.name
        selection.save(update_fields=["closed_at", "closed_by"])
        chosen = list(
            selection.entries.filter(decision=SelectionEntry.Decision.CHOSEN).values_list("case_id", flat=True)
        )
        _record(by, selection, "close", {"chosen": chosen}, now)
    return len(chosen)


def _enter(selection: SelectionRound, cases: Iterable[Case], now: datetime) -> None:
    rule = rule_of(selection)
    for case in cases:
        entry = SelectionEntry.objects.create(selection=selection, case=case)
        firm, card = firmness(case), standings_of(case)
        SelectionScore.objects.bulk_create(
            SelectionScore(
                entry=entry,
                criterion=item.code,
                score=WORKED_OUT[item.worked_out](firm, card),
                reviewer=BY_RULES,
                scored_at=now,
            )
            for item in rule.criteria
            if item.worked_out in WORKED_OUT
        )


def _open(by: Viewer, selection_id: int) -> SelectionRound:
    """An open selection whose row is locked, for one who selects at its level."""
    selection = access.selection(viewer=by, id=selection_id, for_change=True)
    access.require_select(viewer=by, level=selection.level, organisation_id=selection.organisation_id)
    if selection.closed_at is not None:
        raise moved_on()
    return selection


def _entry(by: Viewer, entry_id: int, *, may_review: bool = False) -> SelectionEntry:
    entry = access.entry(viewer=by, id=entry_id)
    if may_review and access.may_edit(viewer=by, held=entry.case):
        selection = access.selection(viewer=by, id=entry.selection_id, for_change=True)
        if selection.closed_at is not None:
            raise moved_on()
    else:
        selection = _open(by, entry.selection_id)
    entry.selection = selection
    return entry


def _require_none_open(level: str, round_id: int, organisation_id: int | None) -> None:
    open_ = SelectionRound.objects.filter(level=level, round_id=round_id, closed_at__isnull=True)
    if organisation_id is not None:
        open_ = open_.filter(organisation_id=organisation_id)
    if open_.exists():
        raise moved_on()


def _nobody_stands() -> BadInputError:
    return BadInputError(
        "selection-empty",
        "ยังไม่มีกรณีศึกษาที่ร่างบัตรแล้วให้คัดเลือก",
        "No drafted case stands for this selection.",
        next_th="ร่างบัตรของผู้สมัครก่อน แล้วเปิดการคัดเลือกอีกครั้ง",
        next_en="Draft the candidates' cards, then open it again.",
    )


def _seats_full(seats: int) -> BadInputError:
    return BadInputError(
        "selection-seats",
        f"เลือกครบ {seats:,} เรื่องแล้ว",
        f"All {seats:,} places are taken.",
        next_th="เปลี่ยนเรื่องอื่นเป็นไม่เลือกก่อน",
        next_en="Set another to not chosen first.",
        place="decision",
    )


def _record(by: Viewer, selection: SelectionRound, what: str, detail: Mapping[str, object], now: datetime) -> None:
    trace = Trace(
        f"cases.selection_{what}", "case_selection", str(selection.pk), selection.organisation_id, dict(detail)
    )
    record(by=by, trace=trace, now=now)
