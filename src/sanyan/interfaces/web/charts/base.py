"""What every chart is: a finding in words, a picture drawn here as SVG, the table behind it, and its source.

Geometry is written as attributes and colour as classes, so a strict content-security policy holds, it prints, it is
reached by keyboard and needs no script.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from django.utils.safestring import SafeString

from sanyan.interfaces.web import words


@dataclass(frozen=True)
class Legend:
    """One entry of a legend: its mark and its word."""

    mark: SafeString
    text: str


@dataclass(frozen=True)
class Chart:
    """A figure ready to be shown. `key` names it within its page (and its download). `table_href` is the page that
    is its table already, where there is one."""

    key: str
    title: str
    svg: SafeString
    subtitle: str = ""
    how_to_read: str = ""
    source: str = ""
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    legend: tuple[Legend, ...] = ()
    table_href: str = ""


@dataclass(frozen=True)
class Scale:
    """A straight line from figures to pixels."""

    low: float
    high: float
    start: float
    end: float

    def __call__(self, value: float) -> float:
        span = self.high - self.low or 1.0
        return self.start + (value - self.low) / span * (self.end - self.start)


def element(tag: str, content: object = "", /, **attributes: object) -> SafeString:
    """One SVG element. `class_` is class, `_` in a name is `-`; None leaves an attribute out; numbers are rounded."""
    written = "".join(
        f' {name.rstrip("_").replace("_", "-")}="{escape(_attribute(value))}"'
        for name, value in attributes.items()
        if value is not None
    )
    inner = joined(content) if isinstance(content, list | tuple) else _safe(content)
    return SafeString(f"<{tag}{written}>{inner}</{tag}>" if inner else f"<{tag}{written}/>")


def joined(parts: Iterable[object]) -> SafeString:
    return SafeString("".join(_safe(part) for part in parts))


def drawing(
    parts: Sequence[object],
    *,
    width: float,
    height: float,
    label: str,
    pixels: bool = False,
    group: bool = False,
    class_: str | None = None,
) -> SafeString:
    """A whole picture with a name for those who do not see it. `pixels` fixes its size; `group` keeps links inside
    reachable (an img role would hide them); `class_` "svg-wide" lets a phone write its text larger."""
    box = f"0 0 {_attribute(width)} {_attribute(height)}"
    return element(
        "svg",
        [element("title", label), *parts],
        xmlns="http://www.w3.org/2000/svg",
        viewBox=box,
        role="group" if group else "img",
        aria_label=label,
        class_=class_,
        width=width if pixels else "100%",
        height=height if pixels else None,
    )


def text(x: float, y: float, content: object, class_: str = "c-text") -> SafeString:
    return element("text", content, x=x, y=y, class_=class_)


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> SafeString:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def rect(x: float, y: float, width: float, height: float, class_: str, radius: float | None = None) -> SafeString:
    return element("rect", x=x, y=y, width=max(width, 0), height=max(height, 0), rx=radius, class_=class_)


def hatch(key: str) -> SafeString:
    """The pattern that stands for no data. `key` keeps its name apart from other pictures' on the page."""
    return element(
        "defs",
        [
            element(
                "pattern",
                [rect(0, 0, 5, 5, "c-hatch-back"), line(0, 0, 0, 5, "c-hatch-line")],
                id=f"hatch-{key}",
                width=5,
                height=5,
                patternUnits="userSpaceOnUse",
                patternTransform="rotate(45)",
            )
        ],
    )


def swatch(tone: str, key: str = "") -> SafeString:
    """The mark of a tone in a legend, with the glyph that tells it apart without colour."""
    fill = {"fill": f"url(#hatch-{key})"} if tone == "none" and key else {"class_": f"c-{tone}"}
    parts = [element("rect", x=0, y=0, width=14, height=14, rx=2, **fill), glyph(tone, 7, 7, 14)]
    return element("svg", parts, viewBox="0 0 14 14", aria_hidden="true")


def glyph(tone: str, x: float, y: float, size: float) -> SafeString:
    """What stands on a coloured tile so that it is not told by colour alone: a triangle asks for help, a bar for
    watching; met and no data are told apart by fill and hatch."""
    if tone == "help":
        half, rise = size * 0.27, size * 0.24
        points = f"{x:.1f},{y - rise:.1f} {x + half:.1f},{y + rise:.1f} {x - half:.1f},{y + rise:.1f}"
        return element("polygon", points=points, class_="c-glyph-help")
    if tone == "watch":
        return line(x - size * 0.22, y, x + size * 0.22, y, "c-glyph-watch")
    if tone == "met":
        return element("circle", cx=x, cy=y, r=size * 0.14, class_="c-glyph-dot")
    return SafeString("")


def tone_legend(tones: Iterable[tuple[str, str]], key: str) -> tuple[Legend, ...]:
    return tuple(Legend(swatch(tone, key), label) for tone, label in tones)


def attainment_word(code: str) -> str:
    return str(words.word("attainment", code).text)


def nice_ticks(low: float, high: float, count: int = 5) -> tuple[float, ...]:
    """Round figures that span a range; at least two."""
    span = high - low if high > low else abs(high) or 1.0
    step = 10.0 ** int(f"{span / count:e}".split("e")[1])
    step = next(step * factor for factor in (1, 2, 2.5, 5, 10) if step * factor >= span / count)
    first = int(low // step)
    last = int(-(-high // step))
    return tuple(round(index * step, 10) for index in range(first, max(last, first + 1) + 1))


def _attribute(value: object) -> str:
    if isinstance(value, float):
        return f"{value:.2f}".rstrip("0").rstrip(".")
    return str(value)


def _safe(content: object) -> str:
    """The content escaped, unless it is markup of ours already."""
    return content if isinstance(content, SafeString) else escape(str(content))


def width_of(content: str, size: float) -> float:
    """About how wide a text is in pixels. Thai marks above and below take no width of their own."""
    return sum(_width_of_sign(sign) for sign in content) * size


def _width_of_sign(sign: str) -> float:
    if unicodedata.category(sign) == "Mn":
        return 0.0
    if sign in " .,:·|()\u00a0":
        return 0.27
    return 0.58 if sign >= "\u0e00" else 0.53


def fitted(content: str, width: float, size: float) -> str:
    """The text, cut with an ellipsis at a space or before a letter where it would not fit."""
    if width_of(content, size) <= width:
        return content
    kept = content
    while kept and width_of(kept + "…", size) > width:
        kept = kept[:-1]
    at_space = kept.rfind(" ")
    kept = kept[:at_space] if at_space > len(kept) * 0.6 else kept
    return kept.rstrip() + "…"
