from __future__ import annotations

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.analytics.access import fact_store
from sanyan.apps.analytics.queries.cube import RoundCube
from sanyan.apps.analytics.queries.types import HistoryPoint
from sanyan.core.indicators.definitions import Indicator
from sanyan.core.indicators.values import target_value
from sanyan.core.rounds import RoundKey
from sanyan.engines.stores.base import CubeQuery, Measure

_MEASURES = (Measure.VALUE, Measure.NUMERATOR, Measure.DENOMINATOR, Measure.REPORTED, Measure.MISSING)


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
    table = fact_store().query(CubeQuery(_MEASURES, ("indicator", "round"), tuple(filters)))
    known = {item.code: item for item in cube.framework.indicators}
    points: dict[str, dict[RoundKey, HistoryPoint]] = {}
    for row in table.records():
        code = str(row["indicator"])
        key = RoundKey.parse(str(row["round"]))
        if code in known and key <= cube.info.key:
            points.setdefault(code, {})[key] = _point(row)
    return {code: _with_targets(known[code], found) for code, found in points.items()}


def fact_count(*, viewer: Viewer) -> int:
    """How many facts count, for those who may see everything."""
    require(viewer=viewer, capability=Capability.SEE)
    return len(fact_store().facts())


def _point(row: dict[str, object]) -> HistoryPoint:
    return HistoryPoint(
        round=str(row["round"]),
        value=_number(row["value"]),
        numerator=_number(row["numerator"]),
        denominator=_number(row["denominator"]),
        target=None,
        reported=int(_number(row["reported"]) or 0),
        missing=int(_number(row["missing"]) or 0),
    )


def _with_targets(indicator: Indicator, points: dict[RoundKey, HistoryPoint]) -> tuple[HistoryPoint, ...]:
    """The framework's targets, set against each point; last year's value where the target asks for better."""
    result = []
    for key in sorted(points):
        point = points[key]
        before = points.get(key.same_last_year)
        goal = target_value(indicator.target_in(key.month), last_year=before.value if before else None)
        result.append(
            HistoryPoint(
                point.round,
                point.value,
                point.numerator,
                point.denominator,
                goal,
                point.reported,
                point.missing,
            )
        )
    return tuple(result)


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None
