"""What changed and what is to come, in words, as fans and as rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from sanyan.apps.analytics.queries import (
    AheadFigure,
    AreaAhead,
    AreaIndicatorOutlook,
    AreaOutlook,
    HistoryPoint,
    IndicatorOutlook,
    SystemAhead,
)
from sanyan.core.indicators.definitions import Indicator, Kind
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Words
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.charts.base import Chart
from sanyan.interfaces.web.charts.fan import Expected, fan
from sanyan.interfaces.web.charts.history import Point
from sanyan.interfaces.web.figures.indicator import name_of, unit_of
from sanyan.interfaces.web.figures.sentences import between, chance, places_of, said

PAST_SHOWN = 7
LIKELY_MISS = 0.5


@dataclass(frozen=True)
class AheadRow:
    """One forecast of one area, written out."""

    round: RoundKey
    middle: str
    between: str
    between95: str
    miss: str
    likely: bool
    target: str
    system: str
    pasts: int


@dataclass(frozen=True)
class OutlookRow:
    """One indicator of an area: what it is now, the trend in words, what is to come or why that cannot be told."""

    item: AreaIndicatorOutlook
    name: str
    now: str
    trend: str
    ahead: tuple[AheadRow, ...]
    cannot: tuple[str, ...]
    chart: Chart | None

    @property
    def miss(self) -> float:
        """The highest probability of missing a target; -1 where none is told."""
        return most_missed(self.item.next, self.item.year_end)


@dataclass(frozen=True)
class AreaAheadRow:
    """One area of an indicator with its forecasts, written out; one place for each round ahead."""

    item: AreaAhead
    now: str
    ahead: tuple[AheadRow | None, ...]


def most_missed(*ahead: AheadFigure | None) -> float:
    return max((item.p_miss for item in ahead if item is not None and item.p_miss is not None), default=-1.0)


def outlook_rows(held: AreaOutlook, *, source: str) -> tuple[OutlookRow, ...]:
    """An area's indicators: those most likely to miss a target first, then those that fell furthest behind."""
    rows = [_row(item, source) for item in held.indicators if item.value is not None or item.next or item.year_end]
    return tuple(sorted(rows, key=lambda row: (-row.miss, -(row.item.p_worse or 0.0), row.item.indicator.code)))


def trends(held: AreaOutlook) -> dict[str, str]:
    """The trend sentence of each indicator that has one, by code."""
    return {item.indicator.code: said(item.trend) for item in held.indicators if item.trend is not None}


def outlook_answer(rows: Sequence[OutlookRow]) -> str:
    """How many indicators will more likely than not miss their targets."""
    told = [row for row in rows if row.miss >= 0]
    if not told:
        return _("ยังไม่มีตัวชี้วัดที่คาดการณ์ได้ในรอบนี้")
    likely = sum(row.miss >= LIKELY_MISS for row in told)
    if not likely:
        return _("จาก %(all)s ตัวชี้วัดที่คาดการณ์ได้ ทุกตัวมีโอกาสถึงเป้ามากกว่าไม่ถึง") % {"all": formats.count(len(told))}
    return _("%(likely)s จาก %(all)s ตัวชี้วัดที่คาดการณ์ได้ มีโอกาสไม่ถึงเป้ามากกว่าถึง") % {
        "likely": formats.count(likely),
        "all": formats.count(len(told)),
    }


def reasons(sentences: Sequence[Words]) -> tuple[str, ...]:
    """Why something cannot be told, each reason once."""
    return tuple(dict.fromkeys(said(sentence) for sentence in sentences))


def ahead_rows(indicator: Indicator, *ahead: AheadFigure | None) -> tuple[AheadRow, ...]:
    """Forecasts in order of time, one a round."""
    held = {item.round: item for item in ahead if item is not None}
    places = places_of(indicator)
    unit = formats.short_unit(unit_of(indicator))
    return tuple(
        AheadRow(
            round=key,
            middle=formats.measured(item.mean, unit, places),
            between=between(item.low, item.high, places),
            between95=between(item.low95, item.high95, places),
            miss=chance(item.p_miss),
            likely=item.p_miss is not None and item.p_miss >= LIKELY_MISS,
            target=formats.MISSING if item.target is None else formats.measured(item.target, unit, places),
            system=said(item.system),
            pasts=item.pasts,
        )
        for key, item in sorted(held.items())
    )


def area_fan(item: AreaIndicatorOutlook, *, source: str) -> Chart | None:
    """The past of one indicator of an area with its forecasts; None where there are none."""
    ahead = [
        Expected(a.round, a.mean, a.low, a.high, a.low95, a.high95, a.target)
        for a in {a.round: a for a in (item.next, item.year_end) if a is not None}.values()
    ]
    return fan_chart(
        item.indicator, item.history, ahead, key=f"fan-{item.indicator.code}", title=_fan_finding(item), source=source
    )


def system_fan(held: IndicatorOutlook, *, source: str) -> Chart | None:
    """The past of the whole system with its forecasts (80 %); None where there are none."""
    ahead = [
        Expected(a.round, a.middle, a.low, a.high, None, None, a.target)
        for a in {a.round: a for a in (held.next, held.year_end) if a is not None}.values()
        if a.middle is not None and a.low is not None and a.high is not None
    ]
    last = max((a for a in (held.next, held.year_end) if a is not None), key=lambda a: a.round, default=None)
    title = system_words(held.indicator, last) if last is not None else ""
    return fan_chart(held.indicator, held.history, ahead, key="fan", title=title, source=source)


def fan_chart(
    indicator: Indicator,
    history: Sequence[HistoryPoint],
    ahead: Sequence[Expected],
    *,
    key: str,
    title: str,
    source: str,
) -> Chart | None:
    """A fan on what has been; None where nothing is ahead."""
    if not ahead:
        return None
    past = [Point(RoundKey.parse(point.round), point.value, point.target) for point in history][-PAST_SHOWN:]
    held = sorted(ahead, key=lambda item: item.round)
    whole = indicator.kind is Kind.NUMBER
    outer = any(item.low95 is not None for item in held)
    return Chart(
        key=key,
        title=title,
        subtitle=_("%(unit)s ผลสะสมในปีงบประมาณ เส้นประคือเป้า") % {"unit": unit_of(indicator)},
        svg=fan(
            past,
            held,
            write=formats.count if whole else formats.plain,
            name=formats.round_short,
            label=f"{name_of(indicator)}: {title}",
            from_zero=whole,
        ),
        how_to_read=_("จุดกลวงคือค่าที่คาด แถบเข้มคือช่วงที่น่าจะเป็น 80 % แถบอ่อน 95 % ยิ่งไกลยิ่งกว้าง")
        if outer
        else _("จุดกลวงคือค่าที่คาด แถบคือช่วงที่น่าจะเป็น 80 %"),
        source=source,
        header=(_("รอบ"), _("ค่า"), _("คาดว่า"), _("ช่วง 80 %"), _("ช่วง 95 %"), _("เป้า")),
        rows=(
            *(_past_row(point, indicator) for point in past),
            *(_ahead_row(item, indicator) for item in held),
        ),
    )


def missing_words(ahead: SystemAhead) -> str:
    """How many areas are expected to miss the target, with the interval."""
    return _("คาดว่า %(missing)s (%(between)s) จาก %(of)s เขตจะไม่ถึงเป้าใน%(round)s") % {
        "missing": formats.count(round(ahead.missing)),
        "between": between(ahead.missing_low, ahead.missing_high),
        "of": formats.count(ahead.of),
        "round": round_words(ahead.round),
    }


def system_words(indicator: Indicator, ahead: SystemAhead) -> str:
    """What the whole system is expected to be."""
    places = places_of(indicator)
    return _("คาดว่าทั้งระบบจะอยู่ที่ %(middle)s (%(between)s) ใน%(round)s") % {
        "middle": formats.measured(ahead.middle, formats.short_unit(unit_of(indicator)), places),
        "between": between(ahead.low, ahead.high, places),
        "round": round_words(ahead.round),
    }


def round_words(key: RoundKey) -> str:
    """ "รอบ 12 เดือน ปี 2568"."""
    return _("รอบ %(month)s เดือน ปี %(year)s") % {
        "month": formats.count(key.month),
        "year": formats.fiscal_year(key.fiscal_year),
    }


def rounds_ahead(held: IndicatorOutlook) -> tuple[RoundKey, ...]:
    """The rounds that anything is forecast for, in order of time."""
    return tuple(sorted({a.round for area in held.areas for a in (area.next, area.year_end) if a is not None}))


def area_rows(held: IndicatorOutlook) -> tuple[AreaAheadRow, ...]:
    """The areas in sight, those most likely to miss the target first, with one place for each of `rounds_ahead`."""
    indicator = held.indicator
    unit, places = formats.short_unit(unit_of(indicator)), places_of(indicator)
    keys = rounds_ahead(held)
    rows = []
    for item in sorted(held.areas, key=lambda item: (-most_missed(item.next, item.year_end), item.area.code)):
        told = {row.round: row for row in ahead_rows(indicator, item.next, item.year_end)}
        now = formats.measured(item.value, unit, places)
        rows.append(AreaAheadRow(item, now, tuple(told.get(key) for key in keys)))
    return tuple(rows)


def same_way_words(held: IndicatorOutlook) -> str:
    """How many areas moved the way the system did."""
    if held.system is None or not held.compared:
        return ""
    return _("%(same)s จาก %(all)s เขตไปทางเดียวกัน") % {
        "same": formats.count(held.same_way),
        "all": formats.count(held.compared),
    }


def _row(item: AreaIndicatorOutlook, source: str) -> OutlookRow:
    indicator = item.indicator
    unit = formats.short_unit(unit_of(indicator))
    return OutlookRow(
        item=item,
        name=name_of(indicator),
        now=formats.measured(item.value, unit, places_of(indicator)),
        trend=said(item.trend) if item.trend is not None else "",
        ahead=ahead_rows(indicator, item.next, item.year_end),
        cannot=reasons(item.cannot),
        chart=area_fan(item, source=source),
    )


def _fan_finding(item: AreaIndicatorOutlook) -> str:
    told = [a for a in (item.next, item.year_end) if a is not None and a.p_miss is not None]
    if told:
        most = max(told, key=lambda a: (a.p_miss or 0.0, a.round))
        return _("%(name)s: โอกาสไม่ถึงเป้า %(miss)s ใน%(round)s") % {
            "name": name_of(item.indicator),
            "miss": chance(most.p_miss),
            "round": round_words(most.round),
        }
    return name_of(item.indicator)


def _past_row(point: Point, indicator: Indicator) -> tuple[str, ...]:
    places = places_of(indicator)
    nothing = (formats.MISSING,) * 3
    value = formats.number(point.value, places)
    return (formats.round_short(point.round), value, *nothing, formats.plain(point.target))


def _ahead_row(item: Expected, indicator: Indicator) -> tuple[str, ...]:
    places = places_of(indicator)
    return (
        formats.round_short(item.round),
        formats.MISSING,
        formats.number(item.middle, places),
        between(item.low80, item.high80, places),
        between(item.low95, item.high95, places),
        formats.plain(item.target),
    )
