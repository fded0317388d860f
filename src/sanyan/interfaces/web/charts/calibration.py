"""Said against came: dots with their intervals beside the line where both are equal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from sanyan.interfaces.web.charts.base import Scale, drawing, element, line, text

SIDE, LEFT, FOOT, HEAD, RIGHT = 320.0, 46.0, 56.0, 12.0, 16.0


@dataclass(frozen=True)
class Said:
    """One level of probability: the mean that was said and the share that came true with its bounds, all 0-100.

    `few` greys what rests on little; `title` says it in words.
    """

    said: float
    came: float
    low: float
    high: float
    few: bool
    title: str


def calibration(points: Sequence[Said], *, label: str, across: str, up: str) -> SafeString:
    """A square from 0 to 100 % both ways. On the diagonal warnings are as sure as they ought to be."""
    x = Scale(0, 100, LEFT, LEFT + SIDE)
    y = Scale(0, 100, HEAD + SIDE, HEAD)
    parts: list[object] = []
    for tick in (0, 25, 50, 75, 100):
        parts.append(line(x(tick), y(0), x(tick), y(100), "c-grid"))
        parts.append(line(x(0), y(tick), x(100), y(tick), "c-grid"))
        parts.append(text(x(tick), y(0) + 18, tick, "c-text-faint c-mid"))
        parts.append(text(x(0) - 8, y(tick) + 4, tick, "c-text-faint c-end"))
    parts.append(line(x(0), y(0), x(100), y(100), "c-target"))
    parts.append(text(x(50), y(0) + 46, across, "c-text-soft c-mid"))
    parts.append(text(x(2), y(96), up, "c-text-soft c-halo"))
    for point in points:
        marks = [
            element("title", point.title),
            line(x(point.said), y(point.low), x(point.said), y(point.high), "c-line-soft" if point.few else "c-median"),
            element(
                "circle", cx=x(point.said), cy=y(point.came), r=6, class_="c-dot-soft" if point.few else "c-dot-own"
            ),
        ]
        parts.append(element("g", marks))
    return drawing(parts, width=LEFT + SIDE + RIGHT, height=HEAD + SIDE + FOOT, label=label, class_="svg-wide")
