"""The picture of a signal: an area's past with what is expected, or how sure it is of each area that it gathers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import HistoryPoint, Source
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.signals.queries import SignalInfo
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.definitions import Indicator
from sanyan.core.rounds import RoundKey
from sanyan.core.warning.candidates import percent
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.addresses import AreaLinks
from sanyan.interfaces.web.charts.base import Chart, tone_legend
from sanyan.interfaces.web.charts.fan import Expected, fan
from sanyan.interfaces.web.charts.history import Point
from sanyan.interfaces.web.charts.spread import Dot, axis_for, strip
from sanyan.interfaces.web.figures.indicator import history_chart, history_finding, unit_of
from sanyan.interfaces.web.figures.source import source_line

FEWEST_DOTS = 5
TONES = {"high": "help", "medium": "watch", "low": "soft"}


@dataclass(frozen=True)
class Behind:
    """What the figures say behind a signal: the indicator, its past, and how many areas could be compared."""

    indicator: Indicator
    history: tuple[HistoryPoint, ...]
    compared: int
    system: str
    source: Source


def behind(viewer: Viewer, signal: SignalInfo, info: RoundInfo) -> Behind | None:
    """The indicator behind a signal with its past up to the round where it was last found; None where it has none."""
    if not signal.indicator_code:
        return None
    try:
        whole = analytics.indicator_outlook(viewer=viewer, round_id=info.id, code=signal.indicator_code)
        past = whole.history
        if signal.scope == "unit" and signal.organisation_id is not None:
            area = analytics.area_outlook(viewer=viewer, organisation_id=signal.organisation_id, round_id=info.id)
            past = next((i.history for i in area.indicators if i.indicator.code == signal.indicator_code), ())
    except NotFoundError:  # the framework no longer asks it, or not this area
        return None
    kept = tuple(point for point in past if RoundKey.parse(point.round) <= signal.seen_round)
    system = formats.told(whole.system) if whole.system else ""
    return Behind(whole.indicator, kept, whole.compared, system[:1].upper() + system[1:], whole.source)


def picture(request: HttpRequest, signal: SignalInfo, held: Behind | None, info: RoundInfo) -> Chart | None:
    """The chart of a signal; None where there is too little to draw."""
    if signal.scope != "unit" and len(signal.members) >= FEWEST_DOTS and _differs(signal):
        return _members(request, signal, info)
    if held is None:
        return None
    source = source_line(info, held.source)
    if signal.scope == "unit" and isinstance(signal.numbers.get("expected"), int | float):
        return _fan(signal, held, source)
    return history_chart(
        held.indicator,
        held.history,
        key="history",
        title=history_finding(held.indicator, held.history),
        source=source,
    )


def _differs(signal: SignalInfo) -> bool:
    return len({round(member.probability, 2) for member in signal.members}) > 1


def _fan(signal: SignalInfo, held: Behind, source: str) -> Chart:
    number = {name: float(value) for name, value in signal.numbers.items() if isinstance(value, int | float)}
    ahead = RoundKey.parse(str(signal.numbers["ahead"]))
    expected = Expected(
        ahead, number["expected"], number["low"], number["high"], None, None, target=number.get("target")
    )
    unit = unit_of(held.indicator)
    decimals = 1 if formats.is_percent_unit(unit) else held.indicator.decimals
    title = _("คาดว่า%(round)sจะอยู่ราว %(value)s (ช่วงที่น่าจะเป็น 80 %%: %(low)s–%(high)s)") % {
        "round": f" {formats.round_short(ahead)} ",
        "value": formats.measured(number["expected"], unit, decimals),
        "low": formats.number(number["low"], decimals),
        "high": formats.number(number["high"], decimals),
    }
    past = [Point(RoundKey.parse(point.round), point.value, point.target) for point in held.history]
    return Chart(
        key="history",
        title=title,
        subtitle=_("%(unit)s ผลสะสมในปีงบประมาณ เส้นประคือเป้า") % {"unit": unit},
        svg=fan(
            past,
            [expected],
            write=formats.plain,
            name=formats.round_short,
            label=title,
            from_zero=held.indicator.kind.value == "number",
        ),
        how_to_read=_("แถบสีอ่อนคือช่วงที่ค่าจริงจะอยู่แปดในสิบครั้ง ยิ่งกว้างยิ่งไม่แน่ใจ"),
        source=source,
        header=(_("รอบ"), _("ค่า"), _("ต่ำสุดที่น่าจะเป็น (80 %)"), _("สูงสุดที่น่าจะเป็น (80 %)"), _("เป้า")),
        rows=(*(_past_row(point, decimals) for point in past), _ahead_row(expected, decimals)),
    )


def _past_row(point: Point, decimals: int) -> tuple[str, ...]:
    return (
        formats.round_short(point.round),
        formats.number(point.value, decimals),
        "",
        "",
        formats.number(point.target, decimals),
    )


def _ahead_row(item: Expected, decimals: int) -> tuple[str, ...]:
    figures = (item.middle, item.low80, item.high80, item.target)
    return (f"{formats.round_short(item.round)} ({_('คาด')})", *(formats.number(value, decimals) for value in figures))


def _members(request: HttpRequest, signal: SignalInfo, info: RoundInfo) -> Chart:
    links = AreaLinks(request)
    chance = _("โอกาส")
    dots = [
        Dot(
            100 * member.probability,
            TONES[member.severity],
            f"{_name(member.name_th, member.name_en)}: {chance} {percent(member.probability)} %",
            links(member.organisation_id),
        )
        for member in signal.members
    ]
    sure = sum(member.probability >= 0.9 for member in signal.members)
    title = _("%(sure)s จาก %(all)s เขตมีโอกาสตั้งแต่ 90 %%") % {
        "sure": formats.count(sure),
        "all": formats.count(len(dots)),
    }
    return Chart(
        key="members",
        title=title,
        subtitle=_("โอกาสของแต่ละเขต (%) จุดละหนึ่งเขต"),
        svg=strip(dots, None, axis=axis_for([dot.value for dot in dots], formats.plain), label=title),
        how_to_read=_("จุดยิ่งอยู่ทางขวา ยิ่งน่าจะเป็นจริง เลือกจุดเพื่อเปิดหน้าของเขต"),
        source=f"{info.framework_code} · {formats.round_name(signal.seen_round)}",
        header=(_("เขต"), _("โอกาส (%)"), _("ความเร่งด่วน")),
        rows=_member_rows(signal),
        legend=tone_legend(((TONES[code], str(word.text)) for code, word in words.SEVERITY.items()), "members"),
    )


def _member_rows(signal: SignalInfo) -> tuple[tuple[str, ...], ...]:
    return tuple(
        (
            _name(member.name_th, member.name_en),
            percent(member.probability),
            str(words.word("severity", member.severity).text),
        )
        for member in signal.members
    )


def _name(thai: str, english: str) -> str:
    return formats.digits(thai) if formats.in_thai() else formats.short_office(english)


def seen_round(signal: SignalInfo, raised: RoundInfo, rounds: Sequence[RoundInfo]) -> RoundInfo:
    """The round where a signal was last found, of the kind it was raised in."""
    kin = (raised.framework_code, raised.is_practice)
    found = (i for i in rounds if i.key == signal.seen_round and (i.framework_code, i.is_practice) == kin)
    return next(found, raised)
