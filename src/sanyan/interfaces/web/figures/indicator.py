"""One indicator: where areas lie, how regions differ, how it went."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from django.utils.translation import gettext as _

from sanyan.apps.analytics.queries import AreaFigure, Figure, HistoryPoint, IndicatorProfile
from sanyan.core.indicators.definitions import Indicator, Rollup
from sanyan.core.rounds import RoundKey
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.charts.base import Chart
from sanyan.interfaces.web.charts.history import Point, history_line
from sanyan.interfaces.web.charts.spread import Dot, Middle, axis_for, strip
from sanyan.interfaces.web.figures.maps import ATTAINMENT_TONES, Link, area_name, attainment_legend, region_name


def unit_of(indicator: Indicator) -> str:
    """The unit in the reader's language; of a level only that it is one."""
    if indicator.kind.value == "level":
        return "ระดับ" if formats.in_thai() else "level"
    return indicator.unit_th if formats.in_thai() or not indicator.unit_en else indicator.unit_en


def name_of(indicator: Indicator) -> str:
    return formats.digits(indicator.name_th if formats.in_thai() or not indicator.name_en else indicator.name_en)


def written(figure: Figure) -> str:
    """A figure with its unit."""
    return formats.measured(figure.value, unit_of(figure.indicator), figure.indicator.decimals)


def parts_written(numerator: float | None, denominator: float | None) -> str:
    """Numerator and denominator, where they are held."""
    if numerator is None and denominator is None:
        return formats.MISSING
    return f"{formats.plain(numerator)} / {formats.plain(denominator)}"


def distribution(profile: IndicatorProfile, *, link: Link, source: str) -> Chart | None:
    """Every area as a dot over the band of the middle half; None where fewer than two areas have a value."""
    indicator = profile.indicator
    held = [item for item in profile.areas if item.figure.value is not None]
    if len(held) < 2:
        return None
    dots = tuple(_dot(item, link) for item in held)
    # "Better than last year" gives each area a target of its own, and a total's target is for the whole.
    own_targets = len({item.figure.target for item in held}) > 1
    target = None if own_targets or indicator.rollup.value == "sum" else profile.system.target
    values = [dot.value for dot in dots]
    spread = profile.spread
    return Chart(
        key="spread",
        title=_spread_finding(profile),
        subtitle=_("%(unit)s จุดละหนึ่งเขต แถบสีอ่อนคือช่วงที่ครึ่งหนึ่งของเขตอยู่") % {"unit": unit_of(indicator)},
        svg=strip(
            dots,
            Middle(spread.q1, spread.median, spread.q3) if spread else None,
            axis=axis_for(values, formats.plain, target=target),
            label=name_of(indicator),
            target=(target, f"{_('เป้า')} {formats.plain(target)}") if target is not None else None,
            median_word=f"{_('ค่ากลาง')} {formats.plain(spread.median)}" if spread else "",
        ),
        how_to_read=_("เป้าของแต่ละเขตคือผลรอบเดียวกันของปีก่อนของเขตนั้นเอง จึงไม่มีเส้นเป้าเส้นเดียว")
        if own_targets
        else _("จุดยิ่งซ้อนสูง ยิ่งมีหลายเขตได้ค่านั้น เลือกจุดเพื่อเปิดหน้าของเขต"),
        source=source,
        header=(_("เขต"), _("เขตตรวจราชการ"), _("ค่า"), _("ตัวตั้ง / ตัวหาร"), _("เทียบเป้า"), _("ปีก่อน")),
        rows=tuple(_area_row(item) for item in held),
        legend=attainment_legend({dot.tone for dot in dots}, "spread"),
    )


def _dot(item: AreaFigure, link: Link) -> Dot:
    said = f"{area_name(item.area)}: {written(item.figure)}"
    return Dot(item.figure.value or 0.0, _dot_tone(item.figure), said, link(item.area.id))


def _area_row(item: AreaFigure) -> tuple[str, ...]:
    figure = item.figure
    return (
        area_name(item.area),
        region_name(item.area),
        written(figure),
        parts_written(figure.numerator, figure.denominator),
        str(words.word("attainment", figure.attainment.value).text),
        formats.number(figure.last_year, figure.indicator.decimals),
    )


def _history_row(point: HistoryPoint, decimals: int) -> tuple[str, ...]:
    return (
        formats.round_short(RoundKey.parse(point.round)),
        formats.number(point.value, decimals),
        formats.plain(point.numerator),
        formats.plain(point.denominator),
        formats.plain(point.target),
        formats.count(point.reported),
    )


def _dot_tone(figure: Figure) -> str:
    tone = ATTAINMENT_TONES[figure.attainment.value]
    return "soft" if tone == "none" else tone


def _spread_finding(profile: IndicatorProfile) -> str:
    judged = [item for item in profile.areas if item.figure.attainment.value != "unknown"]
    if judged:
        met = sum(item.figure.attainment.value == "met" for item in judged)
        return _("%(met)s จาก %(all)s เขตถึงเป้า") % {"met": formats.count(met), "all": formats.count(len(judged))}
    if profile.spread is None:
        return _("ยังมีเขตไม่พอให้เทียบ")
    return _("ครึ่งหนึ่งของเขตอยู่ระหว่าง %(q1)s ถึง %(q3)s") % {
        "q1": formats.plain(profile.spread.q1),
        "q3": formats.plain(profile.spread.q3),
    }


def history_chart(
    indicator: Indicator,
    points: Sequence[HistoryPoint],
    *,
    key: str,
    title: str,
    source: str = "",
    write: Callable[[float], str] | None = None,
    small: bool = False,
) -> Chart | None:
    """A value round by round, with numerator and denominator in the table; None with fewer than two values."""
    held = [point for point in points if point.value is not None]
    if len(held) < 2:
        return None
    drawn = tuple(Point(RoundKey.parse(point.round), point.value, point.target) for point in points)
    return Chart(
        key=key,
        title=title,
        subtitle=_("%(unit)s ผลสะสมในปีงบประมาณ เส้นประคือเป้า") % {"unit": unit_of(indicator)},
        svg=history_line(
            drawn,
            write=write or formats.plain,
            name=formats.round_short,
            label=title,
            width=400 if small else 560,
            height=190 if small else 236,
            from_zero=indicator.kind.value == "number",
        ),
        how_to_read="" if small else _("เส้นเชื่อมเฉพาะรอบในปีเดียวกัน จุดใหญ่คือรอบเดียวกันของแต่ละปี จึงเทียบกันได้"),
        source=source,
        header=(_("รอบ"), _("ค่า"), _("ตัวตั้ง"), _("ตัวหาร"), _("เป้า"), _("จำนวนที่รายงาน")),
        rows=tuple(_history_row(point, indicator.decimals) for point in points),
    )


def history_finding(indicator: Indicator, points: Sequence[HistoryPoint]) -> str:
    """What the history says: the change between the last two of the same round."""
    held = [point for point in points if point.value is not None]
    if not held:
        return _("ยังไม่มีผลย้อนหลัง")
    last = held[-1]
    before_key = str(RoundKey.parse(last.round).same_last_year)
    before = next((point for point in held if point.round == before_key), None)
    if before is None or last.value is None or before.value is None:
        return _("ผลย้อนหลังตามรอบ")
    if indicator.rollup is Rollup.SUM and last.reported != before.reported:
        return _("รอบนี้รวมจาก %(now)s แห่ง รอบเดียวกันปีก่อน %(before)s แห่ง จึงยังเทียบยอดรวมกันไม่ได้") % {
            "now": formats.count(last.reported),
            "before": formats.count(before.reported),
        }
    change = last.value - before.value
    direction = indicator.direction.value
    improved = None if direction == "none" else (change > 0) == (direction == "higher")
    return _("%(change)sจากรอบเดียวกันของปีก่อน") % {
        "change": formats.change_words(change, improved, unit_of(indicator), indicator.decimals)
    }
