"""Areas in a row by level, each with its interval: what may be told apart, and what may not."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from sanyan.interfaces.web.charts.base import Scale, drawing, element, line, text
from sanyan.interfaces.web.charts.spread import Axis

HEIGHT = 330.0
LEFT, RIGHT, HEAD, FOOT = 52.0, 84.0, 30.0, 28.0
LEAST_STEP, MOST_STEP, ROOM = 4.2, 22.0, 1010.0


@dataclass(frozen=True)
class Stem:
    """One area: its level with bounds of 80 and 95 %, and what its context leads one to expect.

    `tone` is met (surely better than expected), help (surely below), soft (cannot be told apart), greyed (few cases)
    or faint (another area than those looked at, or one without a name). `href` is empty for an area without a name;
    `name` stands beside a highlighted one.
    """

    level: float
    low80: float
    high80: float
    low95: float
    high95: float
    expected: float | None
    tone: str
    title: str
    href: str = ""
    name: str = ""


def caterpillar(
    stems: Sequence[Stem], *, axis: Axis, label: str, target: tuple[float, str] | None = None, foot: tuple[str, str]
) -> SafeString:
    """Stems in the order given, left to right, as wide as their number asks; `foot` names both ends of the row."""
    step = min(max(ROOM / max(len(stems), 1), LEAST_STEP), MOST_STEP)
    width = max(LEFT + RIGHT + step * len(stems), 420.0)
    up = Scale(axis.ticks[0], axis.ticks[-1], HEIGHT - FOOT, HEAD)
    parts: list[object] = []
    for tick, words in zip(axis.ticks, axis.write, strict=True):
        parts.append(line(LEFT - 6, up(tick), width - RIGHT, up(tick), "c-grid"))
        parts.append(text(LEFT - 12, up(tick) + 4, words, "c-text-faint c-end"))
    parts.extend(_stem(stem, LEFT + step * (index + 0.5), up, step) for index, stem in enumerate(stems))
    if target is not None:
        parts.append(line(LEFT - 6, up(target[0]), width - RIGHT, up(target[0]), "c-target"))
        parts.append(text(width - RIGHT + 6, up(target[0]) + 4, target[1], "c-target-text"))
    parts.extend(_names(stems, up, step, width))
    parts.append(text(LEFT, HEIGHT - 8, foot[0], "c-text-faint"))
    parts.append(text(width - RIGHT, HEIGHT - 8, foot[1], "c-text-faint c-end"))
    group = element("g", parts, data_roving="", role="group")
    return drawing([group], width=width, height=HEIGHT, label=label, pixels=True, group=True)


def _stem(stem: Stem, x: float, up: Scale, step: float) -> SafeString:
    wide = min(max(step * 0.55, 2.2), 7.0)
    marks: list[object] = [
        line(x, up(stem.low95), x, up(stem.high95), f"stem-thin stem-{stem.tone}"),
        element(
            "line",
            x1=x,
            y1=up(stem.low80),
            x2=x,
            y2=up(stem.high80),
            class_=f"stem-thick stem-{stem.tone}",
            stroke_width=wide,
        ),
    ]
    if stem.expected is not None:
        half = min(max(step * 0.48, 2.4), 7.0)
        marks.append(line(x - half, up(stem.expected), x + half, up(stem.expected), "stem-expected"))
    marks.append(_point(stem, x, up(stem.level), min(max(step * 0.5, 2.4), 4.6)))
    if not stem.href:
        return element("g", marks)
    return element(
        "a",
        [element("title", stem.title), *marks],
        href=stem.href,
        class_="stem",
        aria_label=stem.title,
        data_x=round(x),
        data_y=round(up(stem.level)),
    )


def _point(stem: Stem, x: float, y: float, size: float) -> SafeString:
    """A shape for each tone, so that colour is never alone: a triangle below, a square above, a dot between."""
    if stem.tone == "help":
        points = f"{x:.1f},{y + size:.1f} {x + size:.1f},{y - size:.1f} {x - size:.1f},{y - size:.1f}"
        return element("polygon", points=points, class_="stem-point c-help")
    if stem.tone == "met":
        return element("rect", x=x - size, y=y - size, width=2 * size, height=2 * size, class_="stem-point c-met")
    return element("circle", cx=x, cy=y, r=size, class_=f"stem-point point-{stem.tone}")


def _names(stems: Sequence[Stem], up: Scale, step: float, width: float) -> list[SafeString]:
    drawn = []
    for index, stem in enumerate(stems):
        if stem.name:
            x = LEFT + step * (index + 0.5)
            side = "c-end" if x > width - 140 else "" if x < 140 else "c-mid"
            drawn.append(line(x, HEAD - 8, x, up(stem.high95) - 3, "stem-lead"))
            drawn.append(text(x, HEAD - 12, stem.name, f"c-text c-strong c-halo {side}".strip()))
    return drawn
