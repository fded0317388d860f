from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from django.db.models import Count, Q

from sanyan.apps.accounts.access import SYSTEM, Viewer
from sanyan.apps.cases import access
from sanyan.apps.cases.models import Case, SelectionEntry, SelectionRound
from sanyan.apps.cases.queries.library import described
from sanyan.apps.cases.queries.types import (
    CaseInfo,
    EntryView,
    ScoreView,
    SelectionDetail,
    SelectionInfo,
    SpreadRow,
)
from sanyan.apps.cases.standing import mean_scores, rule_of
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.organisations import queries as organisations
from sanyan.core.cases.criteria import SelectionRule
from sanyan.core.cases.selection import DIMENSIONS, places_for, total
from sanyan.core.signed_documents import Words

CENTRE = Words("ส่วนกลาง", "The centre")


def selections(*, viewer: Viewer, today: date, is_practice: bool | None = None) -> tuple[SelectionInfo, ...]:
    """Rounds of selection in the viewer's sight, the latest first."""
    rows = access.visible_selections(viewer=viewer)
    if is_practice is not None:
        rows = rows.filter(round__is_practice=is_practice)
    decided = Count("entries", filter=~Q(entries__decision=""))
    chosen = Count("entries", filter=Q(entries__decision="chosen"))
    counted = rows.annotate(all_entries=Count("entries"), decided_entries=decided, chosen_entries=chosen)
    held = list(counted.select_related("target_group"))
    places = organisations.by_id(ids={row.organisation_id for row in held if row.organisation_id}, on=today)
    names = {key: Words(place.short_th, place.name_en or place.short_th) for key, place in places.items()}
    return tuple(_info(row, names.get(row.organisation_id or 0, CENTRE)) for row in held)


def selection(*, viewer: Viewer, selection_id: int, today: date) -> SelectionDetail:
    """One round of selection whole; NotFoundError alike for none and not in sight."""
    row = access.selection(viewer=viewer, id=selection_id)
    info = next(item for item in selections(viewer=viewer, today=today) if item.id == row.pk)
    rule = rule_of(row)
    entries = list(row.entries.select_related("case").prefetch_related("scores"))
    seen = access.visible_cases(viewer=viewer).filter(pk__in=[entry.case_id for entry in entries])
    cases = {case.id: case for case in described(viewer, seen, today)}
    selects = access.may_select(viewer=viewer, level=row.level, organisation_id=row.organisation_id)
    open_ = row.closed_at is None
    views = [
        _entry(viewer, entry, cases[entry.case_id], rule, open_, selects) for entry in entries if entry.case_id in cases
    ]
    views.sort(key=lambda item: (item.total is None, -(item.total or 0.0), item.id))
    return SelectionDetail(
        info=info,
        rule=rule,
        next_review=rule.next_review,
        entries=tuple(views),
        unseen=len(entries) - len(views),
        spread=_spread(entries, rule, row.seats, today),
        may_select=selects and open_,
    )


def may_open(*, viewer: Viewer, level: str, organisation_id: int | None = None) -> bool:
    """Whether the viewer may open a selection at a place."""
    return access.may_select(viewer=viewer, level=level, organisation_id=organisation_id)


def _info(row: SelectionRound, place: Words) -> SelectionInfo:
    info = frameworks.round_info(viewer=SYSTEM, round_id=row.round_id)
    return SelectionInfo(
        id=row.pk,
        name=row.name_th,
        level=row.level,
        place=place,
        round=info.key,
        round_id=row.round_id,
        is_practice=info.is_practice,
        target_group=row.target_group.name_th if row.target_group else "",
        seats=row.seats,
        entries=int(getattr(row, "all_entries", 0)),
        decided=int(getattr(row, "decided_entries", 0)),
        chosen=int(getattr(row, "chosen_entries", 0)),
        opened_at=row.opened_at,
        opened_by=row.opened_by,
        closed_at=row.closed_at,
        closed_by=row.closed_by,
    )


def _entry(
    viewer: Viewer, row: SelectionEntry, case: CaseInfo, rule: SelectionRule, open_: bool, selects: bool
) -> EntryView:
    given = list(row.scores.all())
    means = mean_scores((score.criterion, score.score) for score in given)
    scores = tuple(
        ScoreView(
            item.code,
            means.get(item.code),
            tuple((score.reviewer, score.score) for score in given if score.criterion == item.code),
        )
        for item in rule.criteria
    )
    return EntryView(
        id=row.pk,
        case=case,
        scores=scores,
        total=total(means, rule),
        suggested=row.suggested,
        suggested_why=Words(row.suggested_th, row.suggested_en),
        decision=row.decision,
        reason=row.reason,
        decided_at=row.decided_at,
        decided_by=row.decided_by,
        may_score=open_ and (selects or access.may_edit(viewer=viewer, held=row.case)),
    )


def _spread(entries: Sequence[SelectionEntry], rule: SelectionRule, seats: int, today: date) -> tuple[SpreadRow, ...]:
    """Of what is decided the chosen, and before anything is decided what is suggested; of all cases, seen or not, since
    only counts are told."""
    decided = any(item.decision for item in entries)
    rows = Case.objects.filter(pk__in=[item.case_id for item in entries])
    cases = {case.id: case for case in described(SYSTEM, rows, today)}
    chosen = [item.case_id for item in entries if (item.decision if decided else item.suggested) == "chosen"]
    names = {case.place.region_code: Words(case.place.region_th, case.place.region_en) for case in cases.values()}
    found = []
    for dimension, share in rule.spread.items():
        if dimension in DIMENSIONS:
            kinds = Counter(_kind(case, dimension) for case in cases.values())
            taken = Counter(_kind(cases[case_id], dimension) for case_id in chosen)
            room = places_for(seats, share)
            found += [
                SpreadRow(dimension, kind, names.get(kind, Words(kind, kind)), taken[kind], count, room)
                for kind, count in sorted(kinds.items())
            ]
    return tuple(found)


def _kind(case: CaseInfo, dimension: str) -> str:
    return {
        "region": case.place.region_code,
        "area_type": case.place.area_type,
        "size_band": case.place.size_band,
    }[dimension]
