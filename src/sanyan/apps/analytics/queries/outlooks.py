"""Every indicator's outlook in a round, worked out once and kept until the facts change."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from sanyan.apps.accounts.access import SYSTEM, Capability, Viewer, require
from sanyan.apps.analytics.access import fact_store
from sanyan.apps.analytics.queries.cube import area_refs
from sanyan.apps.analytics.queries.grids import grid_of
from sanyan.apps.analytics.queries.types import AreaRef
from sanyan.apps.collection import queries as collection
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.core.indicators.definitions import Framework
from sanyan.core.warning.figures import History
from sanyan.core.warning.outlook import Outlook
from sanyan.core.warning.outlooks import Reported, history_of, outlook_of


@dataclass(frozen=True)
class RoundOutlooks:
    """What a round looks like to the warning rules. `units` are the codes of all areas, `index` their places in every
    array, `asked` those that the round asked; outlooks and histories go by indicator code."""

    info: RoundInfo
    framework: Framework
    areas: Mapping[str, AreaRef]
    units: tuple[str, ...]
    index: Mapping[str, int]
    asked: frozenset[str]
    outlooks: Mapping[str, Outlook]
    histories: Mapping[str, History]


def round_outlooks(*, viewer: Viewer, round_id: int) -> RoundOutlooks:
    """All outlooks of a round, with every area by name: for those who may see everything."""
    require(viewer=viewer, capability=Capability.SEE)
    return outlooks_of(round_id)


def outlooks_of(round_id: int) -> RoundOutlooks:
    """The outlooks of a round from the facts as they are now; the caller sees to whom they are shown."""
    return _outlooks(round_id, fact_store().version(), _asked(round_id))


def _asked(round_id: int) -> frozenset[int]:
    return frozenset(row.organisation_id for row in collection.expected(viewer=SYSTEM, round_id=round_id))


@lru_cache(maxsize=8)
def _outlooks(round_id: int, facts_version: str, asked: frozenset[int]) -> RoundOutlooks:
    info = frameworks.round_info(viewer=SYSTEM, round_id=round_id)
    framework = frameworks.framework_version(viewer=SYSTEM, version_id=info.version_id).definition
    areas = area_refs(info)
    grid = grid_of(info, framework, sorted(areas))
    histories = {
        item.code: history_of(Reported(item, grid.units, grid.rounds, **grid.of(item)))
        for item in grid.indicators
        if info.key.month in item.months
    }
    return RoundOutlooks(
        info=info,
        framework=framework,
        areas=areas,
        units=grid.units,
        index={code: place for place, code in enumerate(grid.units)},
        asked=frozenset(code for code, area in areas.items() if area.id in asked),
        outlooks={code: outlook_of(history) for code, history in histories.items()},
        histories=histories,
    )
