"""Which areas speak of which theme in which round, out of those that wrote anything of the kind.

Counts are of areas, of everything that was written: they are no one's own text. Quotes are of what the viewer may see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.narratives import access
from sanyan.apps.narratives.models import SourceText, Theme, ThemeAssignment, ThemeSet
from sanyan.apps.narratives.queries.themes import quotes_of
from sanyan.apps.narratives.queries.types import PassageFilters, PassageInfo, ThemeCount
from sanyan.core.stats.intervals import wilson

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Writer:
    """An area as it stood in a round."""

    organisation_id: int
    region_id: int
    area_type: str


@dataclass(frozen=True)
class Mentions:
    """For one set: who wrote in each round, and which of them spoke of each theme (`spoke[theme][round]`)."""

    theme_set_id: int
    labels: dict[int, tuple[str, str]]
    wrote: dict[int, frozenset[Writer]]
    spoke: dict[int, dict[int, frozenset[Writer]]]


def mentions(*, viewer: Viewer, theme_set_id: int, round_ids: Collection[int] | None = None) -> Mentions:
    """Who spoke of the themes of a set, by round. Passages that copy another area's are not counted."""
    row = access.theme_set(viewer=viewer, id=theme_set_id)
    themes = {theme.pk: theme for theme in row.themes.filter(state=Theme.State.KEPT)}
    rounds = Q() if round_ids is None else Q(round_id__in=list(round_ids))
    sources = SourceText.objects.filter(rounds, _question(row), gone_at__isnull=True)
    wrote: dict[int, set[Writer]] = defaultdict(set)
    fields = ("round_id", "organisation_id", "region_id", "area_type")
    for round_id, organisation, region, area_type in sources.values_list(*fields).distinct():
        wrote[round_id].add(Writer(organisation, region or 0, area_type))
    spoke: dict[int, dict[int, set[Writer]]] = {theme: defaultdict(set) for theme in themes}
    held = ThemeAssignment.objects.filter(
        theme__in=themes, holds=True, passage__copy_of__isnull=True, passage__source__gone_at__isnull=True
    )
    if round_ids is not None:
        held = held.filter(passage__source__round_id__in=list(round_ids))
    names = ("theme_id", *(f"passage__source__{field}" for field in fields))
    for theme, round_id, organisation, region, area_type in held.values_list(*names).distinct():
        spoke[theme][round_id].add(Writer(organisation, region or 0, area_type))
    return Mentions(
        theme_set_id=row.pk,
        labels={theme.pk: (theme.label_th, theme.label_en) for theme in themes.values()},
        wrote={round_id: frozenset(writers) for round_id, writers in wrote.items()},
        spoke={
            theme: {round_id: frozenset(writers) for round_id, writers in rounds_of.items()}
            for theme, rounds_of in spoke.items()
        },
    )


def theme_counts(*, viewer: Viewer, filters: PassageFilters, quotes: int = 3) -> tuple[ThemeCount, ...]:
    """The signed themes of a round within the filters, the most areas first. Empty where no set is signed."""
    sets = ThemeSet.objects.filter(state=ThemeSet.State.SIGNED)
    if filters.stance:
        sets = sets.filter(stance=filters.stance)
    if filters.policy_area:
        sets = sets.filter(policy_area__in=("", filters.policy_area))
    if filters.round_id is not None:
        sets = sets.filter(
            framework_code__in=SourceText.objects.filter(round_id=filters.round_id).values("round__framework__code")
        )
    counts = [count for row in sets for count in _of_set(viewer, row, filters, quotes)]
    return tuple(sorted(counts, key=lambda count: (-count.share, count.label_th)))


def _of_set(viewer: Viewer, row: ThemeSet, filters: PassageFilters, quotes: int) -> list[ThemeCount]:
    where = _within(filters)
    wrote = SourceText.objects.filter(_question(row), gone_at__isnull=True).filter(**where)
    reporting = set(wrote.values_list("organisation_id", flat=True).distinct())
    held = ThemeAssignment.objects.filter(
        theme__theme_set=row,
        theme__state=Theme.State.KEPT,
        holds=True,
        passage__source__gone_at__isnull=True,
        passage__copy_of__isnull=True,
        **{f"passage__source__{name}": value for name, value in where.items()},
    )
    if filters.theme_id is not None:
        held = held.filter(theme_id=filters.theme_id)
    found: dict[int, list[tuple[int, int]]] = defaultdict(list)
    fields = ("theme_id", "passage__source__organisation_id", "passage__source__region_id")
    for theme, organisation, region in held.values_list(*fields):
        found[theme].append((organisation, region or 0))
    labels = {theme.pk: theme for theme in Theme.objects.filter(pk__in=found)}
    told = quotes_of(
        viewer, list(found), each=quotes, where=Q(**{f"passage__source__{name}": v for name, v in where.items()})
    )
    return [_count(labels[theme], row, rows, len(reporting), told.get(theme, ())) for theme, rows in found.items()]


def _count(
    theme: Theme, row: ThemeSet, rows: list[tuple[int, int]], reporting: int, quotes: tuple[PassageInfo, ...]
) -> ThemeCount:
    areas = {organisation for organisation, _ in rows}
    low, high = _bounds(len(areas), reporting)
    return ThemeCount(
        theme_id=theme.pk,
        theme_set_id=row.pk,
        label_th=theme.label_th,
        label_en=theme.label_en,
        stance=row.stance,
        passages=len(rows),
        areas=len(areas),
        areas_reporting=reporting,
        low=low,
        high=high,
        regions=len({region for _, region in rows if region}),
        signed=True,
        quotes=quotes,
    )


def _bounds(areas: int, reporting: int) -> tuple[float, float]:
    found = wilson(areas, reporting, confidence=CONFIDENCE) if reporting else None
    return (found.low, found.high) if found is not None else (0.0, 1.0)


def _question(row: ThemeSet) -> Q:
    where = Q(round__framework__code=row.framework_code, round__is_practice=row.is_practice, stance=row.stance)
    if row.policy_area:
        where &= Q(policy_area=row.policy_area)
    if row.indicator_code:
        where &= Q(indicator_code=row.indicator_code)
    return where


def _within(filters: PassageFilters) -> dict[str, object]:
    given: dict[str, object] = {}
    if filters.round_id is not None:
        given["round_id"] = filters.round_id
    if filters.region_id is not None:
        given["region_id"] = filters.region_id
    if filters.organisation_ids is not None:
        given["organisation_id__in"] = sorted(filters.organisation_ids)
    for name, value in (
        ("area_type", filters.area_type),
        ("policy_area", filters.policy_area),
        ("indicator_code", filters.indicator),
        ("field_key", filters.field),
    ):
        if value:
            given[name] = value
    return given
