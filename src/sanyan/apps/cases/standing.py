"""Which cases stand for a selection, and as what the rules see them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from django.db.models import Q

from sanyan.apps.cases.models import Case, SelectionEntry, SelectionRound
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.core.cases.cards import CardField, Standing
from sanyan.core.cases.criteria import SelectionRule, read_selection_rule
from sanyan.core.cases.scoring import Firmness
from sanyan.core.cases.selection import Candidate
from sanyan.core.stats.sampling import Unit, size_classes

READY = (Case.State.DRAFTED, Case.State.VERIFIED, Case.State.PUBLISHED)


def rule_of(selection: SelectionRound) -> SelectionRule:
    """The criteria as they were when the selection was opened."""
    return read_selection_rule(selection.criteria, place=f"selection {selection.pk}")


def eligible(selection: SelectionRound, info: RoundInfo, *, chosen_below: bool = True) -> list[Case]:
    """Cases of the selection's round, place and group; with `chosen_below` those that a closed selection of the level
    below did not choose are left out, where there was one at their place."""
    kin = {"round__framework__code": info.framework_code, "round__is_practice": info.is_practice}
    until = Q(round__fiscal_year__lt=info.key.fiscal_year) | Q(
        round__fiscal_year=info.key.fiscal_year, round__month__lte=info.key.month
    )
    rows = Case.objects.filter(until, state__in=READY, **kin).order_by("pk")
    if selection.organisation_id is not None:
        within = organisations.with_descendants(organisation_ids=frozenset({selection.organisation_id}))
        rows = rows.filter(organisation_id__in=within)
    if selection.target_group_id is not None:
        members = organisations.target_group(group_id=selection.target_group_id).members
        rows = rows.filter(organisation_id__in=list(members))
    cases = list(rows)
    return [case for case in cases if case.pk not in _left_out(selection, cases)] if chosen_below else cases


def _left_out(selection: SelectionRound, cases: Collection[Case]) -> set[int]:
    below = {"region": ("area",), "centre": ("region", "area")}.get(selection.level, ())
    entries = SelectionEntry.objects.filter(
        case__in=cases,
        selection__level__in=below,
        selection__round_id=selection.round_id,
        selection__closed_at__isnull=False,
    )
    return {
        case_id
        for case_id, decision in entries.values_list("case_id", "decision")
        if decision == SelectionEntry.Decision.NOT_CHOSEN
    }


def firmness(case: Case) -> Firmness:
    """What is known of a case's figures."""
    return Firmness(
        rounds_above=len(case.evidence),
        has_before_and_after=case.figures.get("before") is not None and case.figures.get("after") is not None,
        is_paired=case.pairings.exists(),
    )


def standings_of(case: Case) -> dict[CardField, Standing]:
    """How each part of a card stands."""
    return {CardField(row.field): Standing(row.standing) for row in case.fields.all()}


def size_bands(info: RoundInfo) -> dict[int, str]:
    """Small, medium or large by number of schools, within each type of area, by id."""
    by_type: dict[str, list[Unit]] = defaultdict(list)
    for area in organisations.areas(on=info.data_until):
        by_type[area.area_type].append(Unit(area.id, area.region_code, area.area_type, area.schools))
    return {key: band for units in by_type.values() for key, band in size_classes(units).items()}


def candidates_of(selection: SelectionRound, info: RoundInfo) -> list[Candidate]:
    """The entries of a selection as the rules see them: scores averaged over reviewers, and where each comes from."""
    entries = list(selection.entries.select_related("case").prefetch_related("scores"))
    ids = {row.case.organisation_id for row in entries}
    places = organisations.by_id(ids=ids, on=info.data_until)
    bands = size_bands(info)
    return [
        Candidate(
            id=str(row.pk),
            scores=mean_scores((score.criterion, score.score) for score in row.scores.all()),
            region=places[row.case.organisation_id].region_code,
            area_type=places[row.case.organisation_id].area_type,
            size_band=bands.get(row.case.organisation_id, ""),
        )
        for row in entries
    ]


def mean_scores(scores: Iterable[tuple[str, float]]) -> dict[str, float | None]:
    """The mean of what reviewers gave, by criterion."""
    held: dict[str, list[float]] = defaultdict(list)
    for criterion, score in scores:
        held[criterion].append(score)
    return {criterion: sum(values) / len(values) for criterion, values in held.items()}
