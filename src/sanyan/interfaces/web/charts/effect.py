"""A dot with its interval around zero: how far from what was expected, and how surely."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from sanyan.interfaces.web.charts.base import Scale, drawing, element, line

REACH = 2.5
"""Effects are drawn within this many spreads of zero, so that bars of a page may be held against each other."""


@dataclass(frozen=True)
class Effect:
    """An effect with its bounds; `tone` is met, help or soft; `title` says it in words."""

    middle: float
    low80: float
    high80: float
    low95: float
    high95: float
    tone: str
    title: str


def effect_bar(effect: Effect, *, width: float = 220.0) -> SafeString:
    """The zero line, a thin bar of 95 %, a thick one of 80 %, and the dot; what reaches further ends at the edge."""
    scale = Scale(-REACH, REACH, 8, width - 8)

    def at(value: float) -> float:
        return scale(min(max(value, -REACH), REACH))

    x = at(effect.middle)
    if effect.tone == "help":
        dot = element("polygon", points=f"{x:.1f},17 {x + 6:.1f},7 {x - 6:.1f},7", class_="c-own c-help")
    elif effect.tone == "met":
        dot = element("rect", x=x - 5, y=7, width=10, height=10, class_="c-own c-met")
    else:
        dot = element("circle", cx=x, cy=12, r=5, class_="c-own point-soft")
    parts = [
        line(8, 12, width - 8, 12, "c-grid"),
        line(scale(0), 1, scale(0), 23, "effect-zero"),
        line(at(effect.low95), 12, at(effect.high95), 12, f"effect-thin stem-{effect.tone}"),
        line(at(effect.low80), 12, at(effect.high80), 12, f"effect-thick stem-{effect.tone}"),
        dot,
    ]
    return drawing(parts, width=width, height=24, label=effect.title, pixels=True)
