"""Charts of answers, drawn by the same figures as the pages that the answers lead to."""

from __future__ import annotations

from typing import cast

from django.utils.translation import gettext as _

from sanyan.apps.analytics.queries import (
    AreaIndicatorOutlook,
    HistoryPoint,
    IndicatorComparison,
    IndicatorOutlook,
    Tally,
)
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.synthesis.queries import Picture
from sanyan.core.indicators.definitions import Indicator
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.charts.bars import stacked_bar
from sanyan.interfaces.web.charts.base import Chart, attainment_word, tone_legend
from sanyan.interfaces.web.figures.comparison import Drawn, caterpillar_chart
from sanyan.interfaces.web.figures.indicator import history_chart, history_finding
from sanyan.interfaces.web.figures.maps import Link
from sanyan.interfaces.web.figures.outlook import area_fan, system_fan
from sanyan.interfaces.web.figures.policy import TONES, tally_parts


def picture_chart(picture: Picture, info: RoundInfo, link: Link, table_href: str) -> Chart | None:
    """The chart of a picture; None where there is too little to draw."""
    source = _source(info)
    if picture.kind == "history":
        indicator, points = cast("tuple[Indicator, tuple[HistoryPoint, ...]]", picture.data)
        title = history_finding(indicator, points)
        return history_chart(indicator, points, key="history", title=title, source=source)
    if picture.kind == "comparison":
        held, keep = cast("tuple[IndicatorComparison, frozenset[str]]", picture.data)
        drawn = Drawn(keeps=lambda area: area.code in keep, link=link, source=source, table=table_href)
        return caterpillar_chart(held, drawn)
    if picture.kind == "fan":
        return system_fan(cast("IndicatorOutlook", picture.data), source=source)
    if picture.kind == "area_fan":
        return area_fan(cast("AreaIndicatorOutlook", picture.data), source=source)
    return _tally(cast("Tally", picture.data), source)


def _tally(tally: Tally, source: str) -> Chart:
    parts = tally_parts(tally, judged_only=True)
    title = _("ถึงเป้า %(met)s จาก %(all)s ค่าที่มีเป้า") % {
        "met": formats.count(tally.met),
        "all": formats.count(tally.judged),
    }
    return Chart(
        key="tally",
        title=title,
        svg=stacked_bar(parts, key="tally", label=title),
        source=source,
        header=(_("เทียบเป้า"), _("จำนวน")),
        rows=tuple((part.word, formats.count(part.count)) for part in parts),
        legend=tone_legend([(tone, attainment_word(code)) for code, tone in TONES[:3]], "tally"),
    )


def _source(info: RoundInfo) -> str:
    practice = f"{_('ข้อมูลฝึกหัด')} · " if info.is_practice else ""
    as_of = _("ข้อมูลถึง %(day)s") % {"day": formats.day_short(info.data_until)}
    return f"{practice}{info.framework_code} · {formats.round_name(info.key)} · {as_of}"
