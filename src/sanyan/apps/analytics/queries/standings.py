from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from sanyan.apps.analytics.queries.cube import SMALLEST_GROUP, RoundCube
from sanyan.apps.analytics.queries.types import AreaRef, AreaStanding, Figure, Tally
from sanyan.apps.collection.queries import ExpectedRow
from sanyan.core.indicators.values import Attainment
from sanyan.core.stats.intervals import Interval, wilson


def tally(figures: Iterable[Figure]) -> Tally:
    """Count figures by how they stand to their targets."""
    return tally_of(figure.attainment for figure in figures)


def tally_of(standings: Iterable[Attainment]) -> Tally:
    """Count attainments."""
    counts = Counter(item.value for item in standings)
    return Tally(counts["met"], counts["near"], counts["missed"], counts["unknown"])


def judged_in_both(figure: Figure) -> bool:
    """Whether this year's value and last year's can both be held against the target."""
    return Attainment.UNKNOWN not in (figure.attainment, figure.last_year_attainment)


def figures_by_area(cube: RoundCube) -> dict[str, list[Figure]]:
    """Every figure of each area."""
    figures: dict[str, list[Figure]] = {}
    for (area, _), figure in cube.cells.items():
        figures.setdefault(area, []).append(figure)
    return figures


def standing(
    area: AreaRef, figures: list[Figure], common: float | None, row: ExpectedRow | None, *, late: bool
) -> AreaStanding:
    """Where an area stands beside the share at target that is common to its type."""
    counted = tally(figures)
    share = None
    if counted.judged >= SMALLEST_GROUP:
        share = wilson(counted.met, counted.judged)
    return AreaStanding(
        area=area,
        tally=counted,
        share=share,
        group=_group(share, common),
        state=row.state if row else "",
        late=late,
        missed=tuple(figure.indicator.code for figure in figures if figure.attainment.value == "missed"),
    )


def common_shares(cube: RoundCube, figures: dict[str, list[Figure]]) -> dict[str, float]:
    """Share of judged figures at target, by area type."""
    met: Counter[str] = Counter()
    judged: Counter[str] = Counter()
    for code, group in figures.items():
        area = cube.areas.get(code)
        if area is not None:
            counted = tally(group)
            met[area.area_type] += counted.met
            judged[area.area_type] += counted.judged
    return {kind: met[kind] / count for kind, count in judged.items() if count}


def _group(share: Interval | None, common: float | None) -> str:
    if share is None or common is None:
        return "unknown"
    if share.high < common:
        return "help"
    return "strong" if share.low > common else "usual"
