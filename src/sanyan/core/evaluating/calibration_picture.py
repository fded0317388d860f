"""What was told beside what happened, drawn as SVG for a paper."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape

from sanyan.core.evaluating.scores import Bin
from sanyan.core.stats.intervals import wilson

SIDE, EDGE, GAP = 300, 44, 40
_FRAME = 'fill="none" stroke="#767676"'


def calibration_svg(events: Mapping[str, Sequence[Bin]]) -> str:
    """One square an event: each tenth's mean told probability against how often it happened, with Wilson's 80 %
    interval; on the diagonal a probability is what it says."""
    width = EDGE + len(events) * (SIDE + GAP)
    height = SIDE + 2 * EDGE
    parts = [_panel(EDGE + place * (SIDE + GAP), title, held) for place, (title, held) in enumerate(events.items())]
    style = 'font-family="Sarabun, sans-serif" font-size="12" fill="#1a1a1a"'
    size = f'viewBox="0 0 {width} {height}" width="{width}" height="{height}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {style}>'
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>{"".join(parts)}</svg>\n'
    )


def _panel(left: float, title: str, held: Sequence[Bin]) -> str:
    def at(told: float, rate: float) -> tuple[float, float]:
        return left + told * SIDE, EDGE + (1 - rate) * SIDE

    first, last = at(0, 0), at(1, 1)
    parts = [
        f'<text x="{left}" y="{EDGE - 14}" font-weight="600">{escape(title)}</text>',
        f'<rect x="{left}" y="{EDGE}" width="{SIDE}" height="{SIDE}" {_FRAME}/>',
        _line(*first, *last, 'stroke="#9a9a9a" stroke-dasharray="4 4"'),
        f'<text x="{left + SIDE / 2}" y="{EDGE + SIDE + 32}" text-anchor="middle">told</text>',
        *(_tick(left, share) for share in (0.0, 0.5, 1.0)),
    ]
    for found in held:
        if found.count:
            bounds = wilson(found.happened, found.count)
            (x, low), (_, high) = at(found.told, bounds.low), at(found.told, bounds.high)
            y = at(found.told, found.rate)[1]
            parts.append(_line(x, low, x, high, 'stroke="#3b3b98" stroke-width="2"'))
            parts.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4" fill="#3b3b98"/>')
    return "".join(parts)


def _line(x1: float, y1: float, x2: float, y2: float, style: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" {style}/>'


def _tick(left: float, share: float) -> str:
    x, y = left + share * SIDE, EDGE + (1 - share) * SIDE
    shown = f"{share:g}"
    return (
        f'<text x="{x}" y="{EDGE + SIDE + 16}" text-anchor="middle">{shown}</text>'
        f'<text x="{left - 6}" y="{y + 4}" text-anchor="end">{shown}</text>'
    )
