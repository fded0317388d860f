"""What is to come as a fan on what has been: the further ahead, the wider.

Figures are cumulative within a fiscal year, so a fan starts at the last value only within that value's year; a later
year's stands alone.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from sanyan.core.rounds import RoundKey
from sanyan.interfaces.web.charts.base import Scale, drawing, element, line, nice_ticks, rect, text
from sanyan.interfaces.web.charts.history import Point, value_line

LEFT, RIGHT, HEAD, FOOT = 58.0, 54.0, 22.0, 34.0


@dataclass(frozen=True)
class Expected:
    """What is expected in a later round, with bounds of 80 and 95 % (None where only 80 % is told)."""

    round: RoundKey
    middle: float
    low80: float
    high80: float
    low95: float | None
    high95: float | None
    target: float | None = None


def fan(
    past: Sequence[Point],
    ahead: Sequence[Expected],
    *,
    write: Callable[[float], str],
    name: Callable[[RoundKey], str],
    label: str,
    width: float = 520.0,
    height: float = 240.0,
    from_zero: bool = False,
) -> SafeString:
    """The past as a line and what is ahead as a fan, both in order of time; targets as dashes at their rounds."""
    points = [*past, *(Point(item.round, None, item.target) for item in ahead)]
    bounds = [v for item in ahead for v in (item.low80, item.high80, item.low95, item.high95, item.middle)]
    held = [v for v in (*bounds, *(v for p in points for v in (p.value, p.target))) if v is not None] or [0.0, 1.0]
    ticks = nice_ticks(0.0 if from_zero else min(held), max(held), 4)
    across = Scale(0, max(len(points) - 1, 1), LEFT + 18, width - RIGHT)
    up = Scale(ticks[0], ticks[-1], height - FOOT, HEAD)
    places = [(across(index), point) for index, point in enumerate(points)]
    parts: list[object] = []
    for tick in ticks:
        parts.append(line(LEFT - 10, up(tick), width - RIGHT + 18, up(tick), "c-grid"))
        parts.append(text(LEFT - 16, up(tick) + 4, write(tick), "c-text-faint c-end"))
    if ahead:
        parts.append(_now(across(len(past) - 0.5), height))
    parts.extend(_wings(past, ahead, across, up))
    parts.extend(value_line(places[: len(past)], up, write=write))
    parts.extend(_middles(ahead, [x for x, _ in places[len(past) :]], up, write))
    parts.extend(
        line(x - 14, up(point.target), x + 14, up(point.target), "c-target")
        for x, point in places
        if point.target is not None
    )
    parts.extend(_names(places, name, height))
    return drawing(parts, width=width, height=height, label=label, class_="svg-wide")


def _now(x: float, height: float) -> SafeString:
    return line(x, HEAD - 8, x, height - FOOT, "fan-now")


def _wings(past: Sequence[Point], ahead: Sequence[Expected], across: Scale, up: Scale) -> list[SafeString]:
    """The two bands of each fiscal year; a year that the last value belongs to starts there."""
    drawn = []
    years = sorted({item.round.fiscal_year for item in ahead})
    for outer in (True, False):
        for year in years:
            told = [(across(len(past) + i), item) for i, item in enumerate(ahead) if item.round.fiscal_year == year]
            band = [(x, *bounds) for x, item in told if (bounds := _bounds(item, outer=outer)) is not None]
            last = past[-1] if past else None
            if last is not None and last.value is not None and last.round.fiscal_year == year:
                band.insert(0, (across(len(past) - 1), last.value, last.value))
            class_ = "fan-95" if outer else "fan-80"
            if len(band) == 1:
                x, low, high = band[0]
                drawn.append(rect(x - 9, up(high), 18, up(low) - up(high), class_, 2))
            elif band:
                points = [(x, up(high)) for x, _, high in band] + [(x, up(low)) for x, low, _ in reversed(band)]
                drawn.append(element("polygon", points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points), class_=class_))
    return drawn


def _bounds(item: Expected, *, outer: bool) -> tuple[float, float] | None:
    if not outer:
        return item.low80, item.high80
    return None if item.low95 is None or item.high95 is None else (item.low95, item.high95)


def _middles(
    ahead: Sequence[Expected], places: Sequence[float], up: Scale, write: Callable[[float], str]
) -> list[SafeString]:
    drawn = []
    for x, item in zip(places, ahead, strict=True):
        y = up(item.middle)
        drawn.append(element("circle", cx=x, cy=y, r=4.5, class_="fan-dot"))
        drawn.append(text(x, y - 10, write(item.middle), "c-text c-strong c-mid c-halo"))
    return drawn


def _names(places: Sequence[tuple[float, Point]], name: Callable[[RoundKey], str], height: float) -> list[SafeString]:
    crowded = len(places) > 7
    return [
        text(x, height - 12, name(point.round), "c-text-faint c-mid")
        for index, (x, point) in enumerate(places)
        if not crowded or (len(places) - 1 - index) % 2 == 0
    ]
