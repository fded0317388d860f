"""What changed and what is to come, for the pages of an area, of an indicator and of the whole system."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np

from sanyan.apps.accounts.access import Capability, Viewer, require, visible_organisations
from sanyan.apps.analytics.queries.comparing import number
from sanyan.apps.analytics.queries.cube import round_cube
from sanyan.apps.analytics.queries.history import history
from sanyan.apps.analytics.queries.outlook_types import (
    AheadFigure,
    AreaAhead,
    AreaIndicatorOutlook,
    AreaOutlook,
    IndicatorOutlook,
    SystemAhead,
    SystemMove,
)
from sanyan.apps.analytics.queries.outlooks import RoundOutlooks, outlooks_of
from sanyan.apps.analytics.queries.types import HistoryPoint
from sanyan.core.errors import NotFoundError
from sanyan.core.signed_documents import Words
from sanyan.core.warning.figures import ChangeScale
from sanyan.core.warning.outlook import Ahead, Outlook
from sanyan.core.warning.trend import Trend, robust_sd
from sanyan.core.warning.trend_words import Moved, system_sentence, trend_sentence

MOVES_SHOWN = 8
LEAST_MOVE = 0.15  # in spreads of areas; less is not worth a line


def area_outlook(*, viewer: Viewer, organisation_id: int, round_id: int) -> AreaOutlook:
    """What changed for one area, what of it is its own, what is to come. NotFoundError out of sight or not asked."""
    require(viewer=viewer, capability=Capability.SEE, organisation_id=organisation_id)
    held = outlooks_of(round_id)
    code = next((name for name, area in held.areas.items() if area.id == organisation_id), None)
    if code is None or code not in held.asked:
        raise NotFoundError(f"area {organisation_id}")
    cube = round_cube(round_id=round_id)
    past = history(cube, organisation=code)
    return AreaOutlook(
        area=held.areas[code],
        round=held.info.key,
        round_id=round_id,
        indicators=tuple(
            _of_area(outlook, held.index[code], past.get(name, ()))
            for name, outlook in held.outlooks.items()
            if outlook.is_judged
        ),
        source=cube.source,
    )


def indicator_outlook(*, viewer: Viewer, round_id: int, code: str) -> IndicatorOutlook:
    """What changed for the whole system in one indicator, and what is expected of it and of the areas in sight."""
    scope = visible_organisations(viewer=viewer)
    held = outlooks_of(round_id)
    outlook = held.outlooks.get(code)
    if outlook is None or not (scope.everything or scope.ids):
        raise NotFoundError(code)
    cube = round_cube(round_id=round_id)
    now = cube.system[code].value if code in cube.system else None
    moved = outlook.trend
    return IndicatorOutlook(
        indicator=outlook.indicator,
        round=held.info.key,
        round_id=round_id,
        system=_system(outlook, moved) if moved else None,
        same_way=round(moved.share_of_units(up=moved.shift > 0) * moved.compared) if moved else 0,
        compared=moved.compared if moved else 0,
        next=_system_ahead(outlook.next, now) if outlook.next else None,
        year_end=_system_ahead(outlook.year_end, now) if outlook.year_end else None,
        areas=tuple(_areas_ahead(held, outlook, scope.allows)) if outlook.is_judged else (),
        history=history(cube, indicator=code).get(code, ()),
        cannot=tuple(outlook.cannot.values()),
        source=cube.source,
    )


def system_moves(*, viewer: Viewer, round_id: int) -> tuple[SystemMove, ...]:
    """Indicators that moved most for the whole system since the same round last year, beside the spread of areas;
    nothing for a viewer without sight."""
    scope = visible_organisations(viewer=viewer)
    if not scope.everything and not scope.ids:
        return ()
    found = []
    for outlook in outlooks_of(round_id).outlooks.values():
        moved = outlook.trend
        spread = robust_sd(moved.scale.to(outlook.value)) if moved else 0.0
        if moved is None or not outlook.is_judged or spread <= 0 or abs(moved.shift) < LEAST_MOVE * spread:
            continue
        found.append(
            SystemMove(
                indicator=outlook.indicator,
                sentence=_system(outlook, moved),
                improved=outlook.sign * moved.shift > 0,
                size=abs(moved.shift) / spread,
                same_way=round(moved.share_of_units(up=moved.shift > 0) * moved.compared),
                compared=moved.compared,
            )
        )
    return tuple(sorted(found, key=lambda item: (-item.size, item.indicator.code))[:MOVES_SHOWN])


def _of_area(outlook: Outlook, unit: int, past: tuple[HistoryPoint, ...]) -> AreaIndicatorOutlook:
    moved = outlook.trend
    told = moved is not None and bool(np.isfinite(moved.own[unit]))
    worse = moved.probability_worse(outlook.indicator.direction, swings=1.0) if moved else None
    return AreaIndicatorOutlook(
        indicator=outlook.indicator,
        value=number(outlook.value, unit),
        before=number(outlook.before, unit),
        target=number(outlook.target, unit),
        trend=_sentence(outlook, moved, unit) if moved is not None and told else None,
        own_in_unit=number(moved.own_in_unit, unit) if moved is not None and told else None,
        p_worse=number(worse, unit) if worse is not None else None,
        next=ahead_figure(outlook, outlook.next, unit),
        year_end=ahead_figure(outlook, outlook.year_end, unit),
        history=past,
        cannot=tuple(outlook.cannot.values()),
    )


def _sentence(outlook: Outlook, moved: Trend, unit: int) -> Words:
    return trend_sentence(
        outlook.indicator,
        Moved(
            scale=moved.scale,
            shift=moved.shift,
            own=float(moved.own[unit]),
            own_in_unit=float(moved.own_in_unit[unit]),
            change_in_unit=float(moved.now[unit] - moved.before[unit]),
            usual=moved.usual,
        ),
    )


def _system(outlook: Outlook, moved: Trend) -> Words:
    return system_sentence(outlook.indicator, scale=moved.scale, shift=moved.shift, usual=moved.usual)


def ahead_figure(outlook: Outlook, ahead: Ahead | None, unit: int) -> AheadFigure | None:
    """One unit's forecast as a value; None where there is none."""
    if ahead is None or not np.isfinite(ahead.mean[unit]):
        return None
    return AheadFigure(
        round=ahead.round,
        mean=float(ahead.mean[unit]),
        low=float(ahead.low[unit]),
        high=float(ahead.high[unit]),
        low95=float(ahead.low95[unit]),
        high95=float(ahead.high95[unit]),
        target=number(ahead.target, unit),
        p_miss=number(ahead.p_miss, unit),
        p_drop=number(ahead.p_drop, unit),
        system=system_sentence(outlook.indicator, scale=ahead.scale, shift=ahead.shift, usual=ahead.swing),
        pasts=ahead.pasts,
    )


def _areas_ahead(held: RoundOutlooks, outlook: Outlook, allows: Callable[[int], bool]) -> list[AreaAhead]:
    found = []
    for code in sorted(held.asked, key=lambda name: (held.areas[name].region_code, name)):
        if allows(held.areas[code].id):
            unit = held.index[code]
            next_, year_end = (ahead_figure(outlook, ahead, unit) for ahead in (outlook.next, outlook.year_end))
            if next_ or year_end:
                found.append(AreaAhead(held.areas[code], number(outlook.value, unit), next_, year_end))
    return found


def _system_ahead(ahead: Ahead, now: float | None) -> SystemAhead:
    misses = ahead.misses
    targets = np.unique(ahead.target[np.isfinite(ahead.target)])
    return SystemAhead(
        round=ahead.round,
        middle=_moved_by(now, ahead.shift, ahead.scale),
        low=_moved_by(now, ahead.shift_low, ahead.scale),
        high=_moved_by(now, ahead.shift_high, ahead.scale),
        target=float(targets[0]) if len(targets) == 1 else None,
        missing=misses.mean if misses else 0.0,
        missing_low=misses.low if misses else 0.0,
        missing_high=misses.high if misses else 0.0,
        of=misses.of if misses else 0,
        pasts=ahead.pasts,
    )


def _moved_by(now: float | None, shift: float, scale: ChangeScale) -> float | None:
    if now is None:
        return None
    moved = float(scale.back(scale.to(np.array([now])) + shift)[0])
    return moved if math.isfinite(moved) else None
