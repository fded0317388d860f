"""Invented figures for the charts of comparison and forecast. Nothing here is data of any area."""

from __future__ import annotations

import math

from django.utils.translation import gettext as _

from sanyan.core.rounds import RoundKey
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.charts.base import Chart
from sanyan.interfaces.web.charts.caterpillar import Stem, caterpillar
from sanyan.interfaces.web.charts.effect import Effect, effect_bar
from sanyan.interfaces.web.charts.fan import Expected, fan
from sanyan.interfaces.web.charts.funnel import FunnelDot, Limits, funnel_plot
from sanyan.interfaces.web.charts.history import Point
from sanyan.interfaces.web.charts.spread import axis_for

AREAS = 26


def comparison_samples() -> tuple[Chart, ...]:
    """Every chart of comparison and forecast, in every tone."""
    return (_caterpillar(), _funnel(), _fan(), _fan_of_next_year(), _effect())


def _caterpillar() -> Chart:
    stems = [_stem(index) for index in range(AREAS)]
    values = [value for stem in stems for value in (stem.low95, stem.high95)]
    return Chart(
        key="caterpillar",
        title=_("เรียงตามระดับพร้อมช่วงที่น่าจะเป็น"),
        svg=caterpillar(
            stems,
            axis=axis_for(values, formats.plain, target=85),
            label=_("เรียงตามระดับพร้อมช่วงที่น่าจะเป็น"),
            target=(85, _("เป้า 85")),
            foot=(_("ต่ำสุด"), _("สูงสุด")),
        ),
        source=_("ตัวเลขสมมติ"),
    )


def _stem(index: int) -> Stem:
    level = 62 + 28 * index / AREAS + 3 * math.sin(index)
    wide = 3 + 6 * (index * 37 % 10) / 10
    tones = {0: "help", 1: "help", 2: "help", 9: "faint", 14: "greyed", 17: "faint", AREAS - 2: "met", AREAS - 1: "met"}
    tone = tones.get(index, "soft")
    return Stem(
        level=level,
        low80=level - wide,
        high80=level + wide,
        low95=level - 1.5 * wide,
        high95=level + 1.5 * wide,
        expected=76 + 4 * math.cos(index / 3),
        tone=tone,
        title=f"{_('เขตตัวอย่าง')} {index}",
        href="" if tone == "faint" else f"#s{index}",
        name=f"{_('เขตตัวอย่าง')} {index}" if index == AREAS - 2 else "",
    )


def _funnel() -> Chart:
    n = [8 * 1.12**index for index in range(40)]
    limits = [tuple(80 + sign * size / math.sqrt(cases) for cases in n) for size in (80, 125) for sign in (-1, 1)]
    dots = [
        FunnelDot(
            n=8 * 1.1 ** (index * 29 % 40),
            value=80 + 70 * math.sin(index * 7) / math.sqrt(8 * 1.1 ** (index * 29 % 40)),
            tone=("soft", "soft", "soft", "faint", "greyed")[index % 5],
            title=f"{_('เขตตัวอย่าง')} {index}",
            href=f"#f{index}",
        )
        for index in range(50)
    ]
    dots += [FunnelDot(90, 58, "help", _("เขตตัวอย่าง"), "#low"), FunnelDot(200, 95, "met", _("เขตตัวอย่าง"), "#high")]
    return Chart(
        key="funnel",
        title=_("กรวยตามจำนวน"),
        svg=funnel_plot(
            dots,
            Limits(tuple(n), 80, *limits),
            axis=axis_for([35.0, 125.0], formats.plain),
            write=formats.count,
            label=_("กรวยตามจำนวน"),
            across=_("จำนวนที่ใช้คิด (ตัวหาร)"),
            centre_word=f"{_('ค่ากลางของทุกเขต')} 80",
        ),
        source=_("ตัวเลขสมมติ"),
    )


def _past(values: tuple[float | None, ...]) -> list[Point]:
    rounds = [RoundKey(year, month) for year in (2566, 2567, 2568) for month in (6, 9, 12)][: len(values)]
    return [Point(key, value, 75.0) for key, value in zip(rounds, values, strict=True)]


def _fan() -> Chart:
    ahead = (
        Expected(RoundKey(2568, 9), 68.0, 64.5, 71.0, 61.0, 73.5, 75.0),
        Expected(RoundKey(2568, 12), 76.5, 71.0, 81.5, 66.5, 85.0, 75.0),
    )
    past = _past((58.0, 66.0, 74.0, 60.5, None, 77.0, 59.0))
    return Chart(
        key="fan",
        title=_("พัดคาดการณ์"),
        svg=fan(past, ahead, write=formats.plain, name=formats.round_short, label=_("พัดคาดการณ์")),
        source=_("ตัวเลขสมมติ"),
    )


def _fan_of_next_year() -> Chart:
    ahead = (Expected(RoundKey(2569, 6), 62.0, 57.5, 66.0, None, None, 75.0),)
    past = _past((58.0, 66.0, 74.0, 60.5, 70.0, 77.0, 59.0, 67.0, 79.0))
    return Chart(
        key="fan-next",
        title=_("พัดคาดการณ์"),
        svg=fan(past, ahead, write=formats.plain, name=formats.round_short, label=_("พัดคาดการณ์")),
        source=_("ตัวเลขสมมติ"),
    )


def _effect() -> Chart:
    return Chart(
        key="effect",
        title=_("ต่างจากที่คาด"),
        svg=effect_bar(Effect(1.1, 0.5, 1.7, 0.2, 2.9, "met", _("เด่นกว่าที่คาด"))),
        source=_("ตัวเลขสมมติ"),
    )
