"""A value round by round: rounds are cumulative within a fiscal year, so lines join only rounds of one year, and the
same round of each year is told apart from the rest."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.utils.safestring import SafeString

from sanyan.core.rounds import RoundKey
from sanyan.interfaces.web.charts.base import Scale, drawing, element, joined, line, nice_ticks, text


@dataclass(frozen=True)
class Point:
    """A value in a round; None leaves a gap."""

    round: RoundKey
    value: float | None
    target: float | None = None


def history_line(
    points: Sequence[Point],
    *,
    write: Callable[[float], str],
    name: Callable[[RoundKey], str],
    label: str,
    width: float = 520.0,
    height: float = 220.0,
    from_zero: bool = False,
) -> SafeString:
    """Points in order of time. The last point's round is the one that is compared: its month is drawn strong."""
    if not any(point.value is not None for point in points):
        return drawing([text(0, 20, "–", "c-text-soft")], width=width, height=40, label=label)
    held = [value for point in points for value in (point.value, point.target) if value is not None]
    ticks = nice_ticks(0.0 if from_zero else min(held), max(held), 4)
    across = Scale(0, max(len(points) - 1, 1), 70, width - 46)
    up = Scale(ticks[0], ticks[-1], height - 34, 22)
    places = [(across(index), point) for index, point in enumerate(points)]
    month = points[-1].round.month
    parts = [*_grid(ticks, up, write, width), *_names(places, name, height)]
    parts += [*_targets(places, up), *_lines(places, up), *_dots(places, up, month, write)]
    return drawing(parts, width=width, height=height, label=label, class_="svg-wide")


def value_line(places: Sequence[tuple[float, Point]], up: Scale, *, write: Callable[[float], str]) -> list[SafeString]:
    """The line and dots alone, for charts that put more beside them; the last point's month is drawn strong."""
    if not places:
        return []
    return [*_lines(places, up), *_dots(places, up, places[-1][1].round.month, write)]


def _grid(ticks: Sequence[float], up: Scale, write: Callable[[float], str], width: float) -> list[SafeString]:
    return [
        joined(
            [
                line(44, up(tick), width - 30, up(tick), "c-grid"),
                text(38, up(tick) + 4, write(tick), "c-text-faint c-end"),
            ]
        )
        for tick in ticks
    ]


def _names(places: Sequence[tuple[float, Point]], name: Callable[[RoundKey], str], height: float) -> list[SafeString]:
    crowded = len(places) > 7
    return [
        text(x, height - 12, name(point.round), "c-text-faint c-mid")
        for index, (x, point) in enumerate(places)
        if not crowded or (len(places) - 1 - index) % 2 == 0
    ]


def _lines(places: Sequence[tuple[float, Point]], up: Scale) -> list[SafeString]:
    lines = []
    for _, group in groupby(places, key=lambda place: place[1].round.fiscal_year):
        path, started = "", False
        for x, point in group:
            if point.value is None:
                started = False
                continue
            path += f"{'L' if started else 'M'}{x:.1f} {up(point.value):.1f}"
            started = True
        if path:
            lines.append(element("path", d=path, class_="c-line"))
    return lines


def _targets(places: Sequence[tuple[float, Point]], up: Scale) -> list[SafeString]:
    return [
        line(x - 16, up(point.target), x + 16, up(point.target), "c-target")
        for x, point in places
        if point.target is not None
    ]


def _dots(
    places: Sequence[tuple[float, Point]], up: Scale, month: int, write: Callable[[float], str]
) -> list[SafeString]:
    dots = []
    for x, point in places:
        if point.value is None:
            dots.append(text(x, up.start - 6, "–", "c-text-soft c-mid"))
            continue
        y, same = up(point.value), point.round.month == month
        dots.append(element("circle", cx=x, cy=y, r=5 if same else 3.5, class_="c-dot" if same else "c-dot-soft"))
        if same:
            dots.append(text(x, y - 10, write(point.value), "c-text c-strong c-mid c-halo"))
    return dots
