"""Stacked bars: how many are met, near, missed or unknown; and how far a round has come."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from sanyan.interfaces.web import formats
from sanyan.interfaces.web.charts.base import Scale, drawing, element, fitted, glyph, hatch, line, text, width_of

WIDTH = 560.0


@dataclass(frozen=True)
class Part:
    """A part of a bar: its tone, its word and how many."""

    tone: str
    word: str
    count: int


@dataclass(frozen=True)
class BarRow:
    """One bar. `note` stands at its right end; `before` (0-100) marks where it stood a year ago."""

    label: str
    parts: tuple[Part, ...]
    note: str = ""
    href: str = ""
    before: float | None = None


def attainment_bars(rows: Sequence[BarRow], *, key: str, label: str, width: float = WIDTH) -> SafeString:
    """Each row one bar of 100 %, its label above it, met first; a tick marks the same share a year ago."""
    step, top = 37.0, 2.0
    parts: list[object] = [hatch(key)]
    for index, row in enumerate(rows):
        y = top + index * step
        room = width - width_of(row.note, 12) - 12
        name = element(
            "text", [element("title", row.label), fitted(row.label, room, 13)], x=0, y=y + 12, class_="c-text"
        )
        parts.append(element("a", [name], href=row.href) if row.href else name)
        parts.append(text(width, y + 12, row.note, "c-text-soft c-end"))
        parts.extend(_stack(row.parts, 0, y + 17, width, 13, key=key, numbers=False))
        if row.before is not None:
            x = width * row.before / 100
            parts.append(line(x, y + 14.5, x, y + 32.5, "c-before"))
    return drawing(parts, width=width, height=top + step * len(rows), label=label, group=True)


def stacked_bar(parts: Sequence[Part], *, key: str, label: str, width: float = WIDTH) -> SafeString:
    """One bar of all, with counts inside the parts that have room for them."""
    return drawing(
        [hatch(key), *_stack(parts, 0, 0, width, 24, key=key, numbers=True)],
        width=width,
        height=24,
        label=label,
        class_="svg-wide" if width >= WIDTH else None,
    )


def _stack(
    parts: Sequence[Part], x: float, y: float, width: float, height: float, *, key: str, numbers: bool
) -> list[SafeString]:
    total = sum(part.count for part in parts)
    if not total:
        return [element("rect", x=x, y=y, width=width, height=height, fill=f"url(#hatch-{key})", rx=2)]
    scale = Scale(0, total, x, x + width)
    drawn, before = [], 0
    for part in parts:
        if not part.count:
            continue
        left, right = scale(before), scale(before + part.count)
        drawn.extend(_part(part, left, y, right - left, height, key=key, numbers=numbers))
        before += part.count
    return drawn


def _part(
    part: Part, left: float, y: float, width: float, height: float, *, key: str, numbers: bool
) -> list[SafeString]:
    gap = 1.0 if width > 3 else 0.0
    look = {"fill": f"url(#hatch-{key})"} if part.tone == "none" else {"class_": f"c-{part.tone}"}
    said = element("title", f"{part.word} {formats.count(part.count)}")
    drawn = [element("rect", [said], x=left, y=y, width=max(width - gap, 0.4), height=height, rx=1.5, **look)]
    if numbers and width > 30:
        drawn.append(text(left + width / 2, y + height / 2 + 4.5, formats.count(part.count), f"c-on-{part.tone} c-mid"))
    elif not numbers and width > 22:
        drawn.append(glyph(part.tone, left + 9, y + height / 2, 12))
    return drawn
