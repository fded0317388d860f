"""Sets of themes and what stands in them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Q

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.narratives import access
from sanyan.apps.narratives.models import Passage, Theme, ThemeAssignment, ThemeSet
from sanyan.apps.narratives.queries.describing import described
from sanyan.apps.narratives.queries.types import PassageInfo

A_THEME = 3  # quotes that stand for a theme in a list


@dataclass(frozen=True)
class ThemeSetInfo:
    """A version of themes over one question and stance."""

    id: int
    framework_code: str
    is_practice: bool
    policy_area: str
    indicator_code: str
    stance: str
    version: int
    state: str
    basis: dict[str, object]
    failed_gates: tuple[dict[str, str], ...]
    proposed_at: datetime
    proposed_by: str
    signed_at: datetime | None
    signed_by: str
    themes: int
    may_change: bool


@dataclass(frozen=True)
class ThemeInfo:
    """A theme of a set with what stands behind it, near-copies once. `by_person` counts what people assigned."""

    id: int
    number: int
    label_th: str
    label_en: str
    words: tuple[str, ...]
    stability: float | None
    state: str
    origin: str
    merged_into_th: str
    passages: int
    copies: int
    areas: int
    regions: int
    by_person: int
    quotes: tuple[PassageInfo, ...] = ()


@dataclass(frozen=True)
class ThemeSetView:
    """A set with its themes: those kept first, the most areas first."""

    info: ThemeSetInfo
    themes: tuple[ThemeInfo, ...]
    set_aside: tuple[ThemeInfo, ...]


@dataclass(frozen=True)
class AssignedPassage:
    """A passage of a theme and who put it there."""

    passage: PassageInfo
    origin: str
    probability: float | None
    assigned_by: str
    copy: bool


def theme_sets(*, viewer: Viewer, framework_code: str, is_practice: bool) -> tuple[ThemeSetInfo, ...]:
    """The sets that there are, signed ones first; proposals only for who works on themes."""
    rows = ThemeSet.objects.filter(framework_code=framework_code, is_practice=is_practice)
    manages = access.manages(viewer=viewer)
    if not manages:
        rows = rows.filter(state=ThemeSet.State.SIGNED)
    counted = rows.annotate(kept=Count("themes", filter=Q(themes__state=Theme.State.KEPT)))
    order = {ThemeSet.State.SIGNED: 0, ThemeSet.State.PROPOSED: 1, ThemeSet.State.RETIRED: 2}
    found = sorted(counted, key=lambda row: (order[ThemeSet.State(row.state)], row.policy_area, row.stance))
    return tuple(_set_info(row, row.kept, manages) for row in found)


def theme_set(*, viewer: Viewer, id: int) -> ThemeSetView:
    """One set with its themes, each with a few quotes that the viewer may see."""
    row = access.theme_set(viewer=viewer, id=id)
    themes = list(row.themes.select_related("merged_into"))
    counts = _counts(themes)
    quotes = quotes_of(viewer, [theme.pk for theme in themes if theme.state == Theme.State.KEPT])
    infos = [_theme_info(theme, counts, quotes.get(theme.pk, ())) for theme in themes]
    kept = sorted((info for info in infos if info.state == Theme.State.KEPT), key=lambda info: -info.areas)
    return ThemeSetView(
        info=_set_info(row, len(kept), access.manages(viewer=viewer)),
        themes=tuple(kept),
        set_aside=tuple(info for info in infos if info.state != Theme.State.KEPT),
    )


def theme(*, viewer: Viewer, id: int) -> tuple[ThemeSetInfo, ThemeInfo]:
    """One theme and its set."""
    found = Theme.objects.select_related("theme_set", "merged_into").filter(pk=id).first()
    row = access.theme_set(viewer=viewer, id=found.theme_set_id if found else 0)
    assert found is not None
    counts = _counts([found])
    kept = row.themes.filter(state=Theme.State.KEPT).count()
    return _set_info(row, kept, access.manages(viewer=viewer)), _theme_info(found, counts, ())


def passages_of_theme(*, viewer: Viewer, theme_id: int, most: int = 200) -> tuple[AssignedPassage, ...]:
    """The passages of a theme that the viewer may see: those that people put there first, then the surest."""
    theme(viewer=viewer, id=theme_id)
    rows = ThemeAssignment.objects.filter(theme_id=theme_id, holds=True, passage__source__gone_at__isnull=True)
    rows = visible_organisations(viewer=viewer).filter(rows, "passage__source__organisation_id")
    chosen = list(rows.select_related("passage__source").order_by("-origin", "-probability", "pk")[:most])
    infos = described(viewer, [row.passage for row in chosen])
    return tuple(
        AssignedPassage(info, row.origin, row.probability, row.assigned_by, row.passage.copy_of_id is not None)
        for row, info in zip(chosen, infos, strict=True)
    )


def themes_of_passage(*, viewer: Viewer, passage_id: int) -> tuple[tuple[ThemeInfo, AssignedPassage], ...]:
    """The signed themes that a passage speaks of, and who said so."""
    row = access.passage(viewer=viewer, id=passage_id)
    info = described(viewer, [row])[0]
    held = ThemeAssignment.objects.filter(
        passage=row, holds=True, theme__state=Theme.State.KEPT, theme__theme_set__state=ThemeSet.State.SIGNED
    ).select_related("theme__merged_into")
    return tuple(
        (
            _theme_info(item.theme, {}, ()),
            AssignedPassage(info, item.origin, item.probability, item.assigned_by, row.copy_of_id is not None),
        )
        for item in held
    )


def quotes_of(
    viewer: Viewer, theme_ids: Sequence[int], *, each: int = A_THEME, where: Q | None = None
) -> dict[int, tuple[PassageInfo, ...]]:
    """A few passages for each theme, of different areas, the surest first, of what the viewer may see."""
    rows = ThemeAssignment.objects.filter(
        theme_id__in=theme_ids, holds=True, passage__source__gone_at__isnull=True, passage__copy_of__isnull=True
    )
    if where is not None:
        rows = rows.filter(where)
    rows = visible_organisations(viewer=viewer).filter(rows, "passage__source__organisation_id")
    chosen: dict[int, dict[int, int]] = {}
    fields = ("theme_id", "passage__source__organisation_id", "passage_id")
    for theme_id, organisation, passage in rows.order_by("-origin", "-probability", "pk").values_list(*fields):
        held = chosen.setdefault(theme_id, {})
        if len(held) < each:
            held.setdefault(organisation, passage)
    ids = [passage for held in chosen.values() for passage in held.values()]
    infos = {info.id: info for info in described(viewer, Passage.objects.select_related("source").filter(pk__in=ids))}
    return {theme_id: tuple(infos[passage] for passage in held.values()) for theme_id, held in chosen.items()}


def _counts(themes: Iterable[Theme]) -> dict[int, dict[str, int]]:
    rows = ThemeAssignment.objects.filter(theme__in=list(themes), holds=True, passage__source__gone_at__isnull=True)
    own = Q(passage__copy_of__isnull=True)
    counted = rows.values("theme_id").annotate(
        passages=Count("pk", filter=own),
        copies=Count("pk", filter=~own),
        areas=Count("passage__source__organisation_id", distinct=True, filter=own),
        regions=Count("passage__source__region_id", distinct=True, filter=own),
        by_person=Count("pk", filter=Q(origin=ThemeAssignment.Origin.PERSON)),
    )
    names = ("passages", "copies", "areas", "regions", "by_person")
    return {row[0]: dict(zip(names, row[1:], strict=True)) for row in counted.values_list("theme_id", *names)}


def _set_info(row: ThemeSet, kept: int, manages: bool) -> ThemeSetInfo:
    return ThemeSetInfo(
        id=row.pk,
        framework_code=row.framework_code,
        is_practice=row.is_practice,
        policy_area=row.policy_area,
        indicator_code=row.indicator_code,
        stance=row.stance,
        version=row.version,
        state=row.state,
        basis=dict(row.basis),
        failed_gates=tuple(dict(item) for item in row.gates),
        proposed_at=row.proposed_at,
        proposed_by=row.proposed_by,
        signed_at=row.signed_at,
        signed_by=row.signed_by,
        themes=kept,
        may_change=manages and row.state == ThemeSet.State.PROPOSED,
    )


def _theme_info(theme: Theme, counts: dict[int, dict[str, int]], quotes: tuple[PassageInfo, ...]) -> ThemeInfo:
    held = counts.get(theme.pk, {})
    return ThemeInfo(
        id=theme.pk,
        number=theme.number,
        label_th=theme.label_th,
        label_en=theme.label_en,
        words=tuple(theme.words),
        stability=theme.stability,
        state=theme.state,
        origin=theme.origin,
        merged_into_th=theme.merged_into.label_th if theme.merged_into else "",
        passages=held.get("passages", 0),
        copies=held.get("copies", 0),
        areas=held.get("areas", 0),
        regions=held.get("regions", 0),
        by_person=held.get("by_person", 0),
        quotes=quotes,
    )
