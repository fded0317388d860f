from __future__ import annotations

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.analytics.access import fact_store
from sanyan.apps.analytics.queries.cube import RoundCube
from sanyan.apps.analytics.queries.types import HistoryPoint
from sanyan.core.indicators.definitions import Indicator
from sanyan.core.rounds import RoundKey
from sanyan.engines.stores.base import CubeQuery


def history(
    cube: RoundCube, *, indicator: str | None = None, organisation: str | None = None
) -> dict[str, tuple[HistoryPoint, ...]]:
    """Values round by round, oldest first, by indicator: of the system, or of one organisation."""
    filters: list[tuple[str, tuple[str | bool, ...]]] = [
        ("framework", (cube.info.framework_code,)),
        ("practice", (cube.info.is_practice,)),
        ("disaggregation", ("",)),
    ]
    if indicator is not None:
        filters.append(("indicator", (indicator,)))
    if organisation is not None:
        filters.append(("organisation", (organisation,)))
    table = fact_store().query(CubeQuery(HistoryPoint.MEASURES, ("indicator", "round"), tuple(filters)))
    known = {item.code: item for item in cube.framework.indicators}
    points: dict[str, dict[RoundKey, HistoryPoint]] = {}
    for row in table.records():
        code = str(row["indicator"])
        key = RoundKey.parse(str(row["round"]))
        if code in known and key <= cube.info.key:
            points.setdefault(code, {})[key] = HistoryPoint.of(row)
    return {code: _with_targets(known[code], found) for code, found in points.items()}


def fact_count(*, viewer: Viewer) -> int:
    """How many facts count, for those who may see everything."""
    require(viewer=viewer, capability=Capability.SEE)
    return len(fact_store().facts())


def _with_targets(indicator: Indicator, points: dict[RoundKey, HistoryPoint]) -> tuple[HistoryPoint, ...]:
    return tuple(points[key].with_target(indicator, points.get(key.same_last_year)) for key in sorted(points))
