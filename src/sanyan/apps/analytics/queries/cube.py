"""A round worked out once and kept until the facts change. Everything the pages show is read from here."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.analytics.access import fact_store
from sanyan.apps.analytics.queries.figures import Roller, cell_figure
from sanyan.apps.analytics.queries.types import AreaRef, Figure, Source, Spread
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.core.indicators.definitions import Framework
from sanyan.core.stats.spread import five_numbers
from sanyan.engines.stores.base import Fact

SMALLEST_GROUP = 5


@dataclass(frozen=True)
class RoundCube:
    """All figures of a round: by area and indicator, and rolled up for the system, the regions and the types."""

    info: RoundInfo
    framework: Framework
    areas: dict[str, AreaRef]
    cells: dict[tuple[str, str], Figure]
    system: dict[str, Figure]
    regions: dict[tuple[str, str], Figure]
    types: dict[tuple[str, str], Figure]
    spreads: dict[tuple[str, str], Spread]
    source: Source


def round_cube(*, round_id: int) -> RoundCube:
    """The cube of a round, from the facts as they are now."""
    return _cube(round_id, fact_store().version())


def area_refs(info: RoundInfo, *, kind: str = "area") -> dict[str, AreaRef]:
    """Organisations that can be areas (or schools) of a round, by code, as they were on its last day."""
    listed = organisations.schools if kind == "school" else organisations.areas
    return {
        area.code: AreaRef(
            id=area.id,
            code=area.code,
            short_th=area.short_th,
            name_en=area.name_en,
            area_type=area.area_type,
            region_code=area.region_code,
            region_th=area.region_th,
            region_en=area.region_en,
            provinces=area.provinces,
            latitude=area.latitude,
            longitude=area.longitude,
        )
        for area in listed(on=info.data_until)
    }


@lru_cache(maxsize=24)
def _cube(round_id: int, facts_version: str) -> RoundCube:
    info = frameworks.round_info(viewer=SYSTEM, round_id=round_id)
    framework = frameworks.framework_version(viewer=SYSTEM, version_id=info.version_id).definition
    facts = _facts_of(info, str(info.key))
    before = {(fact.organisation, fact.indicator): fact for fact in _facts_of(info, str(info.key.same_last_year))}
    known = {item.code: item for item in framework.indicators}
    facts = [fact for fact in facts if fact.indicator in known]
    cells = {
        (fact.organisation, fact.indicator): cell_figure(
            known[fact.indicator], fact, before.get((fact.organisation, fact.indicator)), info.key.month
        )
        for fact in facts
    }
    roll = Roller(known, facts, list(before.values()), info.key.month)
    return RoundCube(
        info=info,
        framework=framework,
        areas=area_refs(info),
        cells=cells,
        system={code: figure for (_, code), figure in roll.by(lambda _: "").items()},
        regions=roll.by(lambda fact: fact.region),
        types=roll.by(lambda fact: fact.area_type),
        spreads=_spreads(facts),
        source=Source(
            framework=info.framework_code,
            round=str(info.key),
            reports=len({fact.organisation for fact in facts}),
            facts_version=sha256(facts_version.encode()).hexdigest()[:8],
        ),
    )


def _facts_of(info: RoundInfo, round_name: str) -> list[Fact]:
    filters: tuple[tuple[str, tuple[str | bool, ...]], ...] = (
        ("framework", (info.framework_code,)),
        ("round", (round_name,)),
        ("practice", (info.is_practice,)),
        ("disaggregation", ("",)),
    )
    return fact_store().facts(filters)


def _spreads(facts: list[Fact]) -> dict[tuple[str, str], Spread]:
    """Spread of areas by (area type, indicator); "" stands for all types."""
    values: dict[tuple[str, str], list[float]] = defaultdict(list)
    for fact in facts:
        if fact.value is not None:
            values[fact.area_type, fact.indicator].append(fact.value)
            if fact.area_type:
                values["", fact.indicator].append(fact.value)
    return {
        key: Spread(len(group), *five_numbers(group)) for key, group in values.items() if len(group) >= SMALLEST_GROUP
    }
