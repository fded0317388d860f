from __future__ import annotations

from datetime import date

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.analytics.queries.cube import RoundCube, round_cube
from sanyan.apps.analytics.queries.standings import (
    common_shares,
    figures_by_area,
    judged_in_both,
    standing,
    tally,
    tally_of,
)
from sanyan.apps.analytics.queries.types import (
    AreaStanding,
    AreaStrength,
    Change,
    Figure,
    Overview,
    PolicyAreaResult,
)
from sanyan.apps.collection import queries as collection
from sanyan.core.indicators.definitions import Rollup
from sanyan.core.stats.intervals import wilson

CHANGES_SHOWN = 12
FEWEST_JUDGED = 3


def overview(*, viewer: Viewer, round_id: int, today: date) -> Overview:
    """The system in a round; areas are those the viewer may see and that were asked."""
    cube = round_cube(round_id=round_id)
    return Overview(
        round_id=round_id,
        standings=standings(viewer=viewer, round_id=round_id, cube=cube, today=today),
        policy_areas=policy_areas(cube),
        changes=changes(cube),
        areas=tally(cube.cells.values()),
        source=cube.source,
    )


def standings(*, viewer: Viewer, round_id: int, cube: RoundCube, today: date) -> tuple[AreaStanding, ...]:
    """Every asked area that the viewer may see, by region and code."""
    rows = {row.organisation_id: row for row in collection.expected(viewer=viewer, round_id=round_id)}
    figures = figures_by_area(cube)
    common = common_shares(cube, figures)
    found = [
        standing(
            area,
            figures.get(area.code, []),
            common.get(area.area_type),
            rows[area.id],
            late=rows[area.id].is_late(today=today),
        )
        for area in cube.areas.values()
        if area.id in rows
    ]
    return tuple(sorted(found, key=lambda item: (item.area.region_code, item.area.code)))


def policy_areas(cube: RoundCube) -> tuple[PolicyAreaResult, ...]:
    """Each policy area: its system figures, and the tally of all area figures now and last year."""
    by_area: dict[str, list[Figure]] = {}
    for figure in cube.cells.values():
        by_area.setdefault(figure.indicator.policy_area, []).append(figure)
    results = []
    for area in cube.framework.policy_areas:
        system = tuple(
            cube.system[item.code]
            for item in cube.framework.indicators
            if item.policy_area == area.code and item.code in cube.system
        )
        figures = by_area.get(area.code, [])
        both = [figure for figure in figures if judged_in_both(figure)]
        results.append(
            PolicyAreaResult(
                code=area.code,
                name_th=area.name_th,
                name_en=area.name_en,
                figures=system,
                system=tally(system),
                areas=tally(figures),
                compared=tally(both),
                areas_last_year=tally_of(figure.last_year_attainment for figure in both),
            )
        )
    return tuple(results)


def changes(cube: RoundCube) -> tuple[Change, ...]:
    """System figures that moved most since the same round last year, largest first.

    Units differ, so a change is held against the quartile range of areas of that indicator.
    """
    moved = []
    for code, figure in cube.system.items():
        spread = cube.spreads.get(("", code))
        if figure.change and figure.improved is not None and spread and spread.q3 > spread.q1:
            per_area = (
                figure.change / max(figure.matched, 1) if figure.indicator.rollup is Rollup.SUM else figure.change
            )
            moved.append(Change(figure, abs(per_area) / (spread.q3 - spread.q1)))
    return tuple(sorted(moved, key=lambda item: (-item.size, item.figure.indicator.code))[:CHANGES_SHOWN])


def area_strengths(*, viewer: Viewer, round_id: int) -> tuple[AreaStrength, ...]:
    """Areas within the viewer's scope that stand out in a policy area: the 80 % interval of their share at target lies
    wholly above the share of all areas of their type. At least three judged figures. Ordered by area, not by size."""
    cube = round_cube(round_id=round_id)
    scope = visible_organisations(viewer=viewer)
    groups: dict[tuple[str, str], list[Figure]] = {}
    for (code, _), figure in cube.cells.items():
        groups.setdefault((code, figure.indicator.policy_area), []).append(figure)
    common: dict[tuple[str, str], list[Figure]] = {}
    for (code, policy), figures in groups.items():
        if code in cube.areas:
            common.setdefault((cube.areas[code].area_type, policy), []).extend(figures)
    found = []
    for (code, policy), figures in sorted(groups.items(), key=lambda item: item[0]):
        area, counted = cube.areas.get(code), tally(figures)
        if area is None or not scope.allows(area.id) or counted.judged < FEWEST_JUDGED:
            continue
        share = wilson(counted.met, counted.judged)
        usual = tally(common[area.area_type, policy]).share_met
        if usual is not None and 100 * share.low > usual:
            found.append(AreaStrength(area, policy, counted.met, counted.judged, share))
    return tuple(found)
