"""The province map: the shape people know, behind a switch, since big provinces would otherwise shout."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.safestring import SafeString

from sanyan.interfaces.web.charts.base import Legend, drawing, element, hatch, rect
from sanyan.interfaces.web.charts.outline import Outline, ProvinceShape

STEPS = 5


@dataclass(frozen=True)
class ProvinceValue:
    """One province. `share` is 0-100, or None for no data; `title` says it in words."""

    share: float | None
    title: str
    href: str


def province_map(
    shapes: Outline, values: Mapping[str, ProvinceValue], *, low: float, high: float, key: str, label: str
) -> SafeString:
    """Provinces by Thai name in five steps of one hue between `low` and `high`; hatched where nothing is known."""
    parts = [hatch(key), *(_province(shape, values.get(shape.name_th), low, high, key) for shape in shapes.shapes)]
    return drawing(parts, width=shapes.width, height=shapes.height, label=label, group=True, pixels=True)


def step_of(share: float, low: float, high: float) -> int:
    """Which of the five steps a share falls in, 1 to 5."""
    return min(STEPS, max(1, int((share - low) / ((high - low) or 1) * STEPS) + 1))


def step_legend(texts: tuple[str, ...]) -> tuple[Legend, ...]:
    """A legend of the steps that have a text."""
    return tuple(
        Legend(element("svg", [rect(0, 0, 14, 14, f"c-s{step}", 2)], viewBox="0 0 14 14", aria_hidden="true"), words)
        for step, words in enumerate(texts, start=1)
        if words
    )


def _province(shape: ProvinceShape, value: ProvinceValue | None, low: float, high: float, key: str) -> SafeString:
    if value is None:
        look = {"class_": "c-s0"} if not shape.name_th else {"fill": f"url(#hatch-{key})"}
        return element("path", d=shape.path, **look)
    look = {"fill": f"url(#hatch-{key})"}
    if value.share is not None:
        look = {"class_": f"c-s{step_of(value.share, low, high)}"}
    return element(
        "a",
        [element("title", value.title), element("path", d=shape.path, **look)],
        href=value.href,
        class_="province",
        aria_label=value.title,
        data_x=round(shape.x),
        data_y=round(shape.y),
    )
