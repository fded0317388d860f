from __future__ import annotations

from collections.abc import Callable

import numpy as np

from sanyan.apps.accounts.access import Capability, Viewer, require, visible_organisations
from sanyan.apps.analytics.queries.comparing import RoundComparisons, comparisons_of, is_compared, number
from sanyan.apps.analytics.queries.comparison_types import (
    ComparedArea,
    IndicatorComparison,
    PeerArea,
    PeerGroup,
    Span,
)
from sanyan.apps.analytics.queries.cube import round_cube
from sanyan.apps.analytics.queries.types import AreaRef
from sanyan.apps.frameworks import queries as frameworks
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.definitions import Indicator
from sanyan.core.indicators.values import target_value
from sanyan.core.signed_documents import Words
from sanyan.core.stats.comparison import Bounded, Comparison
from sanyan.core.stats.funnel import FunnelCurve, funnel_curve
from sanyan.core.stats.notes import Note
from sanyan.core.stats.ranks import RankIntervals
from sanyan.core.stats.sampling_noise import Noise, Scale
from sanyan.core.stats.suppression import Visibility

CURVE_POINTS = 60
NOISES = {
    Noise.BINOMIAL: Words("คำนวณจากตัวหารของแต่ละเขต", "from each area's denominator"),
    Noise.POISSON: Words("คำนวณจากจำนวนนับของแต่ละเขต", "from each area's counts"),
    Noise.GIVEN: Words("ให้มากับข้อมูล", "given with the figures"),
    Noise.NUMBER: Words("ประมาณจากจำนวนคนที่วัดในแต่ละเขต", "learnt from how the spread falls with the number measured"),
    Noise.ROUNDS: Words("ประมาณจากการแกว่งระหว่างรอบ", "learnt from changes between rounds"),
    Noise.UNKNOWN: Words("ยังประมาณไม่ได้", "not known yet"),
}


def indicator_comparison(*, viewer: Viewer, round_id: int, code: str) -> IndicatorComparison:
    """One indicator of a round compared fairly. Areas out of sight stand there without a name.

    NotFoundError for an indicator that is not asked in the round or has no good direction, and for a viewer without
    any sight.
    """
    scope = visible_organisations(viewer=viewer)
    held = comparisons_of(round_id)
    told = held.comparisons[held.info.key].get(code)
    if told is None or not (scope.everything or scope.ids):
        raise NotFoundError(code)
    left_out = [held.areas[name] for name in held.units if (name, code) in held.doubted]
    indicator = held.framework.indicator(code)
    areas = tuple(_compared_areas(held, told, indicator, scope.allows))
    return IndicatorComparison(
        indicator=indicator,
        round=held.info.key,
        round_id=round_id,
        areas=areas,
        target=target_value(indicator.target_in(held.info.key.month)),
        expectation=held.context.names(held.context.design.columns),
        notes=tuple(_named(held, note) for note in told.notes if note.code != "figure-missing"),
        by_place=told.observed.scale is Scale.RIDIT,
        noise=NOISES[told.observed.noise],
        curve=_curve(told),
        centre=number(told.observed.to_unit(np.array([told.pooled_funnel.centre])), 0),
        used=told.used,
        better=sum(area.standing == "strong" for area in areas),
        worse=sum(area.standing == "weak" for area in areas),
        doubted=tuple(area for area in left_out if scope.allows(area.id)),
        doubted_count=len(left_out),
        source=round_cube(round_id=round_id).source,
    )


def _named(held: RoundComparisons, note: Note) -> Words:
    """A note about context in the words that context goes by."""
    th, en = note.th, note.en
    for column, words in held.context.words.items():
        th, en = th.replace(column, words.th), en.replace(column, words.en)
    return Words(th, en)


def _compared_areas(
    held: RoundComparisons, told: Comparison, indicator: Indicator, allows: Callable[[int], bool]
) -> list[ComparedArea]:
    """Every area with a figure, by level, the worst first; those whose level is not told come last."""
    reported = held.grid.of(indicator)["value"][:, held.grid.rounds.index(held.info.key)]
    areas = [
        _area(held, told, unit, own=number(reported, unit), in_sight=allows(held.areas[name].id))
        for unit, name in enumerate(held.units)
        if np.isfinite(told.observed.values[unit])
    ]
    goodness = indicator.direction.sign
    return sorted(areas, key=lambda item: np.inf if item.level.middle is None else goodness * item.level.middle)


def compared_codes(*, viewer: Viewer, round_id: int) -> tuple[str, ...]:
    """Codes of the indicators of a round that areas are compared on, in the framework's order; none without sight."""
    scope = visible_organisations(viewer=viewer)
    if not scope.everything and not scope.ids:
        return ()
    info = frameworks.round_info(viewer=viewer, round_id=round_id)
    framework = frameworks.framework_version(viewer=viewer, version_id=info.version_id).definition
    return tuple(item.code for item in framework.asked(month=info.key.month) if is_compared(item))


def peer_group(*, viewer: Viewer, organisation_id: int, round_id: int) -> PeerGroup:
    """The areas most alike in context to one that the viewer may see; names only, no figures."""
    require(viewer=viewer, capability=Capability.SEE, organisation_id=organisation_id)
    held = comparisons_of(round_id)
    unit = unit_of(held, organisation_id)
    peers = held.context.peers
    near = zip(peers.units[unit], peers.distances[unit], peers.shared[unit], strict=True)
    return PeerGroup(
        peers=tuple(
            PeerArea(held.areas[held.units[int(peer)]], float(distance), int(shared))
            for peer, distance, shared in near
            if peer >= 0
        ),
        variables=held.context.names(peers.variables),
    )


def unit_of(held: RoundComparisons, organisation_id: int) -> int:
    """The place of an area in the arrays; NotFoundError for what is no area of the round."""
    for place, name in enumerate(held.units):
        if held.areas[name].id == organisation_id:
            return place
    raise NotFoundError(f"area {organisation_id}")


def span(bounds: Bounded, unit: int) -> Span:
    """One unit's bounds."""
    parts = (bounds.middle, bounds.low80, bounds.high80, bounds.low95, bounds.high95)
    return Span(*(number(part, unit) for part in parts))


def rank_span(ranks: RankIntervals, unit: int) -> Span:
    """One unit's rank with its intervals."""
    parts = (ranks.rank, ranks.low80, ranks.high80, ranks.low95, ranks.high95)
    return Span(*(number(part, unit) for part in parts))


NOTHING = Span(None, None, None, None, None)


def _area(held: RoundComparisons, told: Comparison, unit: int, *, own: float | None, in_sight: bool) -> ComparedArea:
    seen = told.visibility[unit]
    ref: AreaRef | None = held.areas[held.units[unit]] if in_sight else None
    hidden = seen is Visibility.HIDDEN
    return ComparedArea(
        area=ref,
        own=None if hidden else own,
        n=None if hidden else number(told.observed.n, unit),
        level=NOTHING if hidden else span(told.level, unit),
        expected=None if hidden else number(told.expected, unit),
        difference=NOTHING if hidden else span(told.difference, unit),
        p_better=None if hidden else number(told.p_better, unit),
        weight=None if hidden else number(told.weight, unit),
        rank=NOTHING if hidden else rank_span(told.ranks, unit),
        p_top=None if hidden else number(told.ranks.p_top, unit),
        funnel="unknown" if hidden else told.pooled_funnel.states[unit].value,
        visibility=seen.value,
    )


def _curve(told: Comparison) -> FunnelCurve | None:
    cases = told.observed.n[np.isfinite(told.observed.n) & np.isfinite(told.observed.values)]
    if not np.isfinite(told.observed.unit_noise) or len(cases) < 2 or cases.min() == cases.max():
        return None
    n = np.exp(np.linspace(np.log(cases.min()), np.log(cases.max()), CURVE_POINTS))
    return funnel_curve(told.pooled_funnel, told.observed, n)
