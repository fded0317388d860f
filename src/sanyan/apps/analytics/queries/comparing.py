"""Every indicator of a round compared fairly, worked out once and kept until the facts change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.analytics.access import fact_store
from sanyan.apps.analytics.queries.context import Context, context_of
from sanyan.apps.analytics.queries.cube import area_refs
from sanyan.apps.analytics.queries.grids import Grid, grid_of
from sanyan.apps.analytics.queries.types import AreaRef
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.quality import queries as quality
from sanyan.core.indicators.definitions import Direction, Framework, Indicator, Kind
from sanyan.core.rounds import RoundKey
from sanyan.core.stats.comparison import Comparison, compare
from sanyan.core.stats.observing import observe, swing_of
from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.stats.profiles import Profile, profile
from sanyan.core.stats.sampling_noise import Observations

YEARS = 3  # of the same month that a strength is followed over


@dataclass(frozen=True)
class RoundComparisons:
    """The comparisons of a round and of the same month of earlier years, by round and indicator code; the profile of
    each policy area by round. `units` are area codes in the order of every array. `doubted` figures of the round (area,
    indicator) have an open finding and are not compared: one wild value would widen the spread of all."""

    info: RoundInfo
    framework: Framework
    areas: Mapping[str, AreaRef]
    units: tuple[str, ...]
    grid: Grid
    context: Context
    keys: tuple[RoundKey, ...]
    doubted: frozenset[tuple[str, str]]
    comparisons: Mapping[RoundKey, Mapping[str, Comparison]]
    profiles: Mapping[RoundKey, Mapping[str, Profile]]


def comparisons_of(round_id: int, kind: str = "area") -> RoundComparisons:
    """The comparisons of a round's areas (or schools) from the facts as they are now; the caller sees to whom they are
    shown."""
    return _comparisons(round_id, kind, fact_store().version(), doubted_cells(round_id, kind))


def doubted_cells(round_id: int, kind: str = "area") -> frozenset[tuple[str, str]]:
    """(Code, indicator) of every figure of a round with an open finding of high or medium severity."""
    info = frameworks.round_info(viewer=SYSTEM, round_id=round_id)
    codes = {area.id: code for code, area in area_refs(info, kind=kind).items()}
    findings = quality.findings(viewer=SYSTEM, round_id=round_id, state="open")
    return frozenset(
        (codes[item.organisation_id], item.indicator_code)
        for item in findings
        if item.severity != "low" and item.indicator_code and item.organisation_id in codes
    )


@lru_cache(maxsize=8)
def _comparisons(round_id: int, kind: str, facts_version: str, doubted: frozenset[tuple[str, str]]) -> RoundComparisons:
    info = frameworks.round_info(viewer=SYSTEM, round_id=round_id)
    framework = frameworks.framework_version(viewer=SYSTEM, version_id=info.version_id).definition
    areas = area_refs(info, kind=kind)
    units = sorted(areas)
    listed = organisations.schools if kind == "school" else organisations.areas
    known = {area.code: area for area in listed(on=info.data_until)}
    grid = grid_of(info, framework, units)
    context = context_of(grid, [known[code] for code in units])
    keys = tuple(key for key in grid.rounds if key.month == info.key.month)[-YEARS:]
    nothing: frozenset[tuple[str, str]] = frozenset()
    comparisons = {key: _compared(grid, key, context, doubted if key == info.key else nothing) for key in keys}
    return RoundComparisons(
        info=info,
        framework=framework,
        areas=areas,
        units=tuple(units),
        grid=grid,
        context=context,
        keys=keys,
        doubted=doubted,
        comparisons=comparisons,
        profiles={key: _profiles(framework, compared) for key, compared in comparisons.items()},
    )


def _compared(
    grid: Grid, key: RoundKey, context: Context, doubted: frozenset[tuple[str, str]]
) -> dict[str, Comparison]:
    judged = [item for item in grid.indicators if is_compared(item) and key.month in item.months] if grid.units else []
    observed = [
        _observed(grid, item, key, np.array([(unit, item.code) in doubted for unit in grid.units])) for item in judged
    ]
    return {item.code: told for item, told in zip(judged, compare(observed, context.design), strict=True)}


def is_compared(indicator: Indicator) -> bool:
    """Whether areas can be compared on it: figures with a good direction. A single yes or no says too little."""
    return indicator.direction is not Direction.NONE and indicator.kind not in (Kind.NARRATIVE, Kind.YES_NO)


def _observed(grid: Grid, indicator: Indicator, key: RoundKey, doubted: BoolArray) -> Observations:
    """One round of an indicator, without the figures that are doubted; how far it swings is learnt from like rounds."""
    fields = grid.of(indicator)
    place = grid.rounds.index(key)
    like = [index for index in range(place + 1) if grid.rounds[index].month == key.month]
    now = {name: np.where(doubted, np.nan, values[:, place]) for name, values in fields.items()}
    return observe(
        indicator,
        **now,
        earlier=fields["value"][:, like[:-1]].T if like[:-1] else None,
        swing=swing_of(
            indicator,
            values=fields["value"][:, like].T,
            numerators=fields["numerator"][:, like].T,
            denominators=fields["denominator"][:, like].T,
        ),
    )


def _profiles(framework: Framework, compared: Mapping[str, Comparison]) -> dict[str, Profile]:
    groups: dict[str, list[Comparison]] = {}
    for code, told in compared.items():
        groups.setdefault(framework.indicator(code).policy_area, []).append(told)
    return {policy: profile(group) for policy, group in groups.items()}


def number(values: FloatArray | Sequence[float], unit: int) -> float | None:
    """One value of an array, None where it is not known."""
    value = float(values[unit])
    return value if np.isfinite(value) else None
