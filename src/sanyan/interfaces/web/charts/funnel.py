"""Areas over how many cases stand behind each: the fewer, the further chance alone may carry a figure."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from sanyan.interfaces.web.charts.base import Scale, drawing, element, line, text
from sanyan.interfaces.web.charts.spread import Axis

WIDTH, HEIGHT = 680.0, 370.0
LEFT, RIGHT, HEAD, FOOT = 52.0, 20.0, 18.0, 62.0


@dataclass(frozen=True)
class FunnelDot:
    """One area: `n` cases, its figure, a tone (met, help, soft, greyed, faint), a size, and its page if it has one."""

    n: float
    value: float
    tone: str
    title: str
    href: str = ""
    own: bool = False


@dataclass(frozen=True)
class Limits:
    """The centre and the limits over numbers of cases."""

    n: tuple[float, ...]
    centre: float
    low95: tuple[float, ...]
    high95: tuple[float, ...]
    low998: tuple[float, ...]
    high998: tuple[float, ...]


def funnel_plot(
    dots: Sequence[FunnelDot],
    limits: Limits,
    *,
    axis: Axis,
    write: Callable[[float], str],
    label: str,
    across: str,
    centre_word: str,
) -> SafeString:
    """Dots over limits; x is the number of cases by its logarithm, named `across`."""
    held = [*limits.n, *(dot.n for dot in dots)]
    right = Scale(math.log(min(held)), math.log(max(held)), LEFT + 8, WIDTH - RIGHT - 8)
    up = Scale(axis.ticks[0], axis.ticks[-1], HEIGHT - FOOT, HEAD)
    parts: list[object] = [_area(limits.n, limits.low998, limits.high998, right, up, "funnel-wide")]
    parts.append(_area(limits.n, limits.low95, limits.high95, right, up, "funnel-narrow"))
    for tick, words in zip(axis.ticks, axis.write, strict=True):
        parts.append(line(LEFT, up(tick), WIDTH - RIGHT, up(tick), "c-grid"))
        parts.append(text(LEFT - 6, up(tick) + 4, words, "c-text-faint c-end"))
    for tick in log_ticks(min(held), max(held)):
        x = right(math.log(tick))
        parts.append(line(x, HEIGHT - FOOT, x, HEIGHT - FOOT + 4, "c-axis"))
        parts.append(text(x, HEIGHT - FOOT + 22, write(tick), "c-text-faint c-mid"))
    parts.append(text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 8, across, "c-text-soft c-mid"))
    parts.append(line(LEFT, up(limits.centre), WIDTH - RIGHT, up(limits.centre), "c-median"))
    shown = sorted(dots, key=lambda dot: (dot.own, dot.tone in ("met", "help")))
    parts.extend(_dot(dot, right(math.log(dot.n)), _inside(up(dot.value)), right) for dot in shown)
    parts.append(text(LEFT + 6, up(limits.centre) - 6, centre_word, "c-text-soft c-halo"))
    group = element("g", parts, data_roving="", role="group")
    return drawing([group], width=WIDTH, height=HEIGHT, label=label, group=True, class_="svg-wide")


def log_ticks(low: float, high: float) -> tuple[float, ...]:
    """1, 2 and 5 times powers of ten within a positive range; powers alone where those are many."""
    if not 0 < low <= high:
        raise ValueError("a positive range is needed")
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    for factors in ((1, 2, 5), (1, 3), (1,)):
        ticks = tuple(float(f"{factor}e{power}") for power in powers for factor in factors)
        within = tuple(tick for tick in ticks if low <= tick <= high)
        if len(within) <= 8:
            return within or (low,)
    return within


def _inside(y: float) -> float:
    return min(max(y, HEAD), HEIGHT - FOOT)


def _area(
    n: Sequence[float], low: Sequence[float], high: Sequence[float], right: Scale, up: Scale, class_: str
) -> SafeString:
    there = [(right(math.log(x)), _inside(up(y))) for x, y in zip(n, high, strict=True)]
    back = [(right(math.log(x)), _inside(up(y))) for x, y in zip(n, low, strict=True)]
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in (*there, *reversed(back)))
    return element("polygon", points=points, class_=class_)


def _dot(dot: FunnelDot, x: float, y: float, right: Scale) -> SafeString:
    size = 6.0 if dot.own else 4.2
    if dot.tone == "help":
        points = f"{x:.1f},{y + size:.1f} {x + size:.1f},{y - size:.1f} {x - size:.1f},{y - size:.1f}"
        mark = element("polygon", points=points, class_="c-help")
    elif dot.tone == "met":
        mark = element("rect", x=x - size + 0.6, y=y - size + 0.6, width=2 * size - 1.2, height=2 * size - 1.2)
        mark = element("g", mark, class_="c-met")
    else:
        mark = element("circle", cx=x, cy=y, r=size, class_=f"point-{'own' if dot.own else dot.tone}")
    if not dot.href:
        return mark
    return element(
        "a",
        [element("title", dot.title), mark],
        href=dot.href,
        class_="dot",
        aria_label=dot.title,
        data_x=round(x),
        data_y=round(y),
    )
