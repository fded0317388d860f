"""How areas are spread: dots on a strip, and one area beside the middle half of its peers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from sanyan.interfaces.web.charts.base import Scale, drawing, element, line, nice_ticks, rect, text

WIDTH = 680.0


@dataclass(frozen=True)
class Dot:
    """One area's value on the strip. `tone` is met, watch, help or soft."""

    value: float
    tone: str
    title: str
    href: str


@dataclass(frozen=True)
class Middle:
    """The middle half of a group."""

    q1: float
    median: float
    q3: float


@dataclass(frozen=True)
class Axis:
    """What the figures are called on an axis: how to write one, and the words at the marked lines."""

    write: tuple[str, ...]
    ticks: tuple[float, ...]


def axis_for(values: Sequence[float], write: object, *, target: float | None = None) -> Axis:
    """Round ticks over all values and the target; `write` makes the text of one."""
    held = [*values, *([target] if target is not None else [])] or [0.0, 1.0]
    ticks = nice_ticks(min(held), max(held))
    return Axis(tuple(write(tick) for tick in ticks), ticks)  # type: ignore[operator]


def strip(
    dots: Sequence[Dot],
    middle: Middle | None,
    *,
    axis: Axis,
    label: str,
    target: tuple[float, str] | None = None,
    median_word: str = "",
) -> SafeString:
    """Dots piled where areas are many, over the band of the middle half, with the target as a dashed line."""
    scale = Scale(axis.ticks[0], axis.ticks[-1], 16, WIDTH - 16)
    size = 4.4 if len(dots) <= 140 else 3.6
    piles: dict[int, list[Dot]] = defaultdict(list)
    for dot in sorted(dots, key=lambda item: (item.value, item.title)):
        piles[round(scale(dot.value) / (2 * size + 0.6))].append(dot)
    tallest = max((len(pile) for pile in piles.values()), default=1)
    head = 46.0
    floor = head + max(60.0, min(tallest * (2 * size + 0.4) + 6, 190.0))
    lift = min(2 * size + 0.4, (floor - head - size) / tallest)
    parts: list[object] = []
    if middle is not None:
        parts.append(rect(scale(middle.q1), head - 6, scale(middle.q3) - scale(middle.q1), floor - head + 6, "c-band"))
        parts.append(line(scale(middle.median), head - 6, scale(middle.median), floor, "c-median"))
        parts.append(text(_inside(scale(middle.median)), 36, median_word, "c-text-soft c-mid"))
    for column, pile in sorted(piles.items()):
        x = min(max(column * (2 * size + 0.6), 8), WIDTH - 8)
        parts.extend(_dot(dot, x, floor - size - 1 - index * lift, size) for index, dot in enumerate(pile))
    parts.extend(_bottom(axis, scale, floor))
    if target is not None:
        x = scale(target[0])
        parts.append(line(x, 20, x, floor + 4, "c-target"))
        parts.append(_beside(x, 14, target[1]))
    return drawing(
        [element("g", parts, data_roving="", role="group")],
        width=WIDTH,
        height=floor + 26,
        label=label,
        group=True,
        class_="svg-wide",
    )


def _beside(x: float, y: float, content: str) -> SafeString:
    """A text at a line: centred on it, or kept within the picture at either end."""
    if x > WIDTH - 60:
        return text(x + 6, y, content, "c-target-text c-end")
    return text(x, y, content, "c-target-text c-mid" if x > 60 else "c-target-text")


def _inside(x: float) -> float:
    return min(max(x, 62), WIDTH - 62)


def _dot(dot: Dot, x: float, y: float, size: float) -> SafeString:
    mark = _mark(dot.tone, x, y, size)
    return element(
        "a",
        [element("title", dot.title), mark],
        href=dot.href,
        class_="dot",
        aria_label=dot.title,
        data_x=round(x),
        data_y=round(y),
    )


def _mark(tone: str, x: float, y: float, size: float) -> SafeString:
    """A shape for each tone, so that colour is never alone: a triangle asks for help, a diamond for watching."""
    if tone == "help":
        points = f"{x:.1f},{y - size:.1f} {x + size:.1f},{y + size:.1f} {x - size:.1f},{y + size:.1f}"
    elif tone == "watch":
        points = f"{x:.1f},{y - size:.1f} {x + size:.1f},{y:.1f} {x:.1f},{y + size:.1f} {x - size:.1f},{y:.1f}"
    else:
        return element("circle", cx=x, cy=y, r=size, class_=f"c-{tone}")
    return element("polygon", points=points, class_=f"c-{tone}")


def _bottom(axis: Axis, scale: Scale, floor: float) -> list[SafeString]:
    drawn = [line(scale(axis.ticks[0]), floor, scale(axis.ticks[-1]), floor, "c-axis")]
    for tick, words in zip(axis.ticks, axis.write, strict=True):
        drawn.append(line(scale(tick), floor, scale(tick), floor + 4, "c-axis"))
        drawn.append(text(scale(tick), floor + 18, words, "c-text-faint c-mid"))
    return drawn


@dataclass(frozen=True)
class PeerRow:
    """One figure of an area beside its peers, all as 0-100 of the row's own range (see `peer_bar`)."""

    value: float | None
    tone: str
    lowest: float
    q1: float
    median: float
    q3: float
    highest: float
    target: float | None
    title: str


def peer_bar(row: PeerRow, *, width: float = 240.0) -> SafeString:
    """A thin range from lowest to highest peer, the middle half as a band, the median as a tick, the area as a dot."""
    held = [row.lowest, row.highest, *(v for v in (row.value, row.target) if v is not None)]
    scale = Scale(min(held), max(held), 8, width - 8)
    parts: list[object] = [
        line(scale(row.lowest), 12, scale(row.highest), 12, "c-band-line"),
        rect(scale(row.q1), 6, scale(row.q3) - scale(row.q1), 12, "c-band", 2),
        line(scale(row.median), 5, scale(row.median), 19, "c-median"),
    ]
    if row.target is not None:
        parts.append(line(scale(row.target), 0, scale(row.target), 24, "c-target"))
    if row.value is not None:
        parts.append(element("circle", cx=scale(row.value), cy=12, r=5.5, class_=f"c-own c-{row.tone}"))
    return drawing(parts, width=width, height=24, label=row.title, pixels=True)
