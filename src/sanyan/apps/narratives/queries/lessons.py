"""Lessons of a round: what worked, what must improve and what areas suggest, drafted from counts and quotes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.narratives.models import Passage, SourceText, Theme, ThemeAssignment, ThemeSet
from sanyan.apps.narratives.queries.describing import described
from sanyan.apps.narratives.queries.types import PassageInfo
from sanyan.core.indicators.definitions import PolicyArea
from sanyan.core.signed_documents import Words
from sanyan.core.text.drafting import Lesson, ThemeEvidence, draft_lessons
from sanyan.core.text.excerpts import QuoteCandidate
from sanyan.core.text.values import Stance
from sanyan.core.thai.personal_data import find_personal_data

CANDIDATES = 40  # passages a theme, from which its quotes are chosen


@dataclass(frozen=True)
class Lessons:
    """The lessons of a round, the passages that they quote by id, and the sets of themes that they rest on."""

    lessons: tuple[Lesson, ...]
    passages: dict[str, PassageInfo]
    theme_sets: tuple[int, ...]
    stances: frozenset[str]


@dataclass
class _Held:
    theme: Theme
    areas: set[int]
    regions: set[int]
    passages: list[int]


def lessons(*, viewer: Viewer, round_id: int, policy_area: str = "") -> Lessons:
    """Drafted lessons by policy area. Counts are of all areas; quotes are of texts that the viewer may see."""
    info = frameworks.round_info(viewer=viewer, round_id=round_id)
    sets = list(
        ThemeSet.objects.filter(
            framework_code=info.framework_code, is_practice=info.is_practice, state=ThemeSet.State.SIGNED
        )
    )
    held = _held(sets, round_id, policy_area)
    reporting = _reporting(round_id)
    chosen = {id: item.passages[:CANDIDATES] for id, item in held.items()}
    infos = _in_sight(viewer, {passage for ids in chosen.values() for passage in ids})
    evidence = [
        _evidence(item, policy, reporting, [infos[id] for id in chosen[theme_id, policy] if id in infos])
        for (theme_id, policy), item in held.items()
    ]
    drafted = draft_lessons(evidence, is_private=lambda text: bool(find_personal_data(text)))
    order = {area.code: place for place, area in enumerate(_policies(viewer, info.version_id))}
    quoted = {quote.passage_id for lesson in drafted for sentence in lesson.sentences for quote in sentence.quotes}
    return Lessons(
        lessons=tuple(sorted(drafted, key=lambda lesson: order.get(lesson.policy_area, len(order)))),
        passages={id: infos[int(id)] for id in quoted},
        theme_sets=tuple(row.pk for row in sets),
        stances=frozenset(row.stance for row in sets),
    )


def _held(sets: Iterable[ThemeSet], round_id: int, policy_area: str) -> dict[tuple[int, str], _Held]:
    rows = ThemeAssignment.objects.filter(
        theme__theme_set__in=list(sets),
        theme__state=Theme.State.KEPT,
        holds=True,
        passage__copy_of__isnull=True,
        passage__source__gone_at__isnull=True,
        passage__source__round_id=round_id,
    )
    if policy_area:
        rows = rows.filter(passage__source__policy_area=policy_area)
    fields = ("theme_id", "source__policy_area", "source__organisation_id", "source__region_id", "pk")
    names = (fields[0], *(f"passage__{field}" for field in fields[1:]))
    found: dict[tuple[int, str], _Held] = {}
    themes = {theme.pk: theme for theme in Theme.objects.filter(theme_set__in=list(sets)).select_related("theme_set")}
    for theme, policy, organisation, region, passage in rows.order_by("-probability", "pk").values_list(*names):
        item = found.setdefault((theme, policy), _Held(themes[theme], set(), set(), []))
        item.areas.add(organisation)
        item.regions.update({region} - {None})
        item.passages.append(passage)
    return found


def _reporting(round_id: int) -> dict[tuple[str, str], int]:
    """How many areas wrote something, by policy area and stance."""
    wrote: dict[tuple[str, str], set[int]] = defaultdict(set)
    rows = SourceText.objects.filter(round_id=round_id, gone_at__isnull=True)
    for policy, stance, organisation in rows.values_list("policy_area", "stance", "organisation_id").distinct():
        wrote[policy, stance].add(organisation)
    return {key: len(areas) for key, areas in wrote.items()}


def _in_sight(viewer: Viewer, ids: set[int]) -> dict[int, PassageInfo]:
    rows = Passage.objects.select_related("source").filter(pk__in=ids)
    seen = visible_organisations(viewer=viewer).filter(rows, "source__organisation_id")
    return {info.id: info for info in described(viewer, seen)}


def _evidence(
    item: _Held, policy: str, reporting: dict[tuple[str, str], int], passages: list[PassageInfo]
) -> ThemeEvidence:
    stance = Stance(item.theme.theme_set.stance)
    return ThemeEvidence(
        theme_id=str(item.theme.pk),
        label=Words(item.theme.label_th, item.theme.label_en),
        stance=stance,
        policy_area=policy,
        passages=len(item.passages),
        areas=len(item.areas),
        areas_reporting=reporting.get((policy, stance.value), len(item.areas)),
        regions=len(item.regions),
        source_id=f"theme:{item.theme.pk}",
        candidates=tuple(
            QuoteCandidate(
                passage_id=str(passage.id),
                area_id=str(passage.organisation_id),
                area_name=passage.organisation_th,
                region=passage.region_th,
                text=passage.text,
                centrality=float(len(passages) - place),
            )
            for place, passage in enumerate(passages)
        ),
    )


def _policies(viewer: Viewer, version_id: int) -> tuple[PolicyArea, ...]:
    return frameworks.framework_version(viewer=viewer, version_id=version_id).definition.policy_areas
