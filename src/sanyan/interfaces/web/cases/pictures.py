"""The outcome of a case round by round, beside the weak area of like context that it is paired with."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sanyan.apps.cases.queries import CaseDetail
from sanyan.core.rounds import RoundKey
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.cases.cards import moved_of, place_name
from sanyan.interfaces.web.charts.base import Chart, Legend, Scale, drawing, element, joined, line, nice_ticks, text

WIDTH, HEIGHT = 560.0, 250.0


@dataclass(frozen=True)
class _Series:
    name: str
    values: Mapping[RoundKey, float]
    soft: bool = False


def outcome_chart(detail: CaseDetail) -> Chart | None:
    """The chart, with the nearest pair; None with fewer than two values."""
    figures = detail.info.figures
    own = _Series(place_name(detail.info.place), _values(figures))
    if len(own.values) < 2:
        return None
    pair = next((item for item in detail.pairs if item.figures.get("points")), None)
    series = [own]
    if pair is not None:
        name = place_name(pair.place) if pair.place else _("เขตที่บริบทคล้ายกันแต่ยังได้น้อย")
        series.append(_Series(name, _values(pair.figures), soft=True))
    targets = {
        RoundKey.parse(str(p["round"])): float(p["target"]) for p in figures["points"] if p["target"] is not None
    }
    title, unit = _title(detail), figures["unit_th"] if formats.in_thai() else figures["unit_en"]
    return Chart(
        key="outcome",
        title=title,
        subtitle=_("%(unit)s ผลสะสมในปีงบประมาณ เส้นประคือเป้า") % {"unit": unit},
        svg=_picture(series, targets, title),
        how_to_read=_("เส้นเชื่อมเฉพาะรอบในปีเดียวกัน จุดใหญ่คือรอบเดียวกันของแต่ละปี จึงเทียบกันได้"),
        source=f"{detail.info.framework_code} · {formats.round_name(detail.info.round)}",
        header=(_("รอบ"), *(item.name for item in series), _("เป้า")),
        rows=tuple(_rows(series, targets, int(figures["decimals"]))),
        legend=tuple(Legend(_swatch(soft=item.soft), item.name) for item in series) if len(series) > 1 else (),
    )


def _title(detail: CaseDetail) -> str:
    moved, name = moved_of(detail.info.figures), place_name(detail.info.place)
    if moved is None or not moved.before:
        return _("ผลย้อนหลังตามรอบ")
    return _("%(area)s จาก %(before)s เป็น %(after)s") % {"area": name, "before": moved.before, "after": moved.after}


def _values(figures: Mapping[str, Any]) -> dict[RoundKey, float]:
    points = figures.get("points") or ()
    return {
        RoundKey.parse(str(point["round"])): float(point["value"]) for point in points if point["value"] is not None
    }


def _picture(series: Sequence[_Series], targets: Mapping[RoundKey, float], label: str) -> SafeString:
    rounds = sorted({key for item in series for key in item.values})
    held = [value for item in series for value in item.values.values()] + list(targets.values())
    ticks = nice_ticks(min(held), max(held), 4)
    across = Scale(0, max(len(rounds) - 1, 1), 64, WIDTH - 40)
    up = Scale(ticks[0], ticks[-1], HEIGHT - 34, 24)
    place = {key: across(index) for index, key in enumerate(rounds)}
    parts: list[object] = [_grid(ticks, up)]
    parts += [
        text(place[key], HEIGHT - 12, formats.round_short(key), "c-text-faint c-mid")
        for index, key in enumerate(rounds)
        if len(rounds) <= 7 or (len(rounds) - 1 - index) % 2 == 0
    ]
    parts += [
        line(place[key] - 14, up(goal), place[key] + 14, up(goal), "c-target")
        for key, goal in targets.items()
        if key in place
    ]
    for item in sorted(series, key=lambda held_: not held_.soft):
        parts += _line(item, place, up, month=rounds[-1].month)
    return drawing(parts, width=WIDTH, height=HEIGHT, label=label, class_="svg-wide")


def _grid(ticks: Sequence[float], up: Scale) -> SafeString:
    return joined(
        part
        for tick in ticks
        for part in (
            line(44, up(tick), WIDTH - 24, up(tick), "c-grid"),
            text(38, up(tick) + 4, formats.plain(tick), "c-text-faint c-end"),
        )
    )


def _line(item: _Series, place: Mapping[RoundKey, float], up: Scale, *, month: int) -> list[SafeString]:
    parts = []
    for _year, group in groupby(sorted(item.values), key=lambda key: key.fiscal_year):
        points = " L".join(f"{place[key]:.1f} {up(item.values[key]):.1f}" for key in group)
        parts.append(element("path", d=f"M{points}", class_="c-line-soft" if item.soft else "c-line"))
    for key, value in item.values.items():
        same = key.month == month
        look = "c-dot-soft" if item.soft or not same else "c-dot"
        parts.append(element("circle", cx=place[key], cy=up(value), r=5 if same else 3.5, class_=look))
        if same:
            below = 18 if item.soft else -10
            parts.append(
                text(
                    place[key],
                    up(value) + below,
                    formats.plain(value),
                    "c-text-soft c-mid c-halo" if item.soft else "c-text c-strong c-mid c-halo",
                )
            )
    return parts


def _swatch(*, soft: bool) -> SafeString:
    dot = element("circle", cx=7, cy=7, r=5, class_="c-dot-soft" if soft else "c-dot")
    return element("svg", [dot], viewBox="0 0 14 14", aria_hidden="true")


def _rows(series: Sequence[_Series], targets: Mapping[RoundKey, float], decimals: int) -> list[tuple[str, ...]]:
    rounds = sorted({key for item in series for key in item.values})
    return [
        (
            formats.round_short(key),
            *(formats.number(item.values.get(key), decimals) for item in series),
            formats.number(targets.get(key), decimals),
        )
        for key in rounds
    ]
