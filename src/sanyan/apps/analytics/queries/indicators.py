from __future__ import annotations

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.analytics.queries.cube import RoundCube, round_cube
from sanyan.apps.analytics.queries.figures import empty_figure
from sanyan.apps.analytics.queries.history import history
from sanyan.apps.analytics.queries.types import AreaFigure, Figure, GroupFigure, IndicatorProfile
from sanyan.apps.organisations.queries import AREA_TYPE_NAMES
from sanyan.core.errors import NotFoundError


def indicator_profile(*, viewer: Viewer, round_id: int, code: str) -> IndicatorProfile:
    """One indicator in a round. Areas are those the viewer may see; the spread is of all areas."""
    cube = round_cube(round_id=round_id)
    known = {item.code: item for item in cube.framework.indicators}
    if code not in known:
        raise NotFoundError(f"indicator {code}")
    scope = visible_organisations(viewer=viewer)
    areas = [
        AreaFigure(cube.areas[area], figure)
        for (area, indicator), figure in cube.cells.items()
        if indicator == code and area in cube.areas and scope.allows(cube.areas[area].id)
    ]
    areas.sort(key=lambda item: (item.area.region_code, item.area.code))
    return IndicatorProfile(
        indicator=known[code],
        round_id=round_id,
        system=cube.system.get(code) or empty_figure(known[code], cube.info.key.month),
        spread=cube.spreads.get(("", code)),
        areas=tuple(item for item in areas if item.figure.state == "reported"),
        regions=_groups(cube, cube.regions, code, _region_names(cube)),
        types=_groups(cube, cube.types, code, AREA_TYPE_NAMES),
        history=history(cube, indicator=code).get(code, ()),
        source=cube.source,
        missing=tuple(item for item in areas if item.figure.state != "reported"),
    )


def region_figures(*, viewer: Viewer, round_id: int) -> dict[str, tuple[GroupFigure, ...]]:
    """Every indicator's figures by region, by code: the same that `indicator_profile` gives, for all at once."""
    cube = round_cube(round_id=round_id)
    names = _region_names(cube)
    return {item.code: _groups(cube, cube.regions, item.code, names) for item in cube.framework.indicators}


def _region_names(cube: RoundCube) -> dict[str, tuple[str, str]]:
    return {area.region_code: (area.region_th, area.region_en) for area in cube.areas.values()}


def _groups(
    cube: RoundCube,
    figures: dict[tuple[str, str], Figure],
    code: str,
    names: dict[str, tuple[str, str]],
) -> tuple[GroupFigure, ...]:
    groups = [
        GroupFigure(key, *names.get(key, (key, key)), figure, figure.reported)
        for (key, indicator), figure in figures.items()
        if indicator == code and key
    ]
    return tuple(sorted(groups, key=lambda item: item.code))
