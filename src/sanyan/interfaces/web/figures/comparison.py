"""One indicator compared fairly: areas by level with their intervals, and over how many cases they stand on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sanyan.apps.analytics.queries import AreaRef, ComparedArea, IndicatorComparison, Span
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.charts.base import Chart, Legend, element
from sanyan.interfaces.web.charts.caterpillar import Stem, caterpillar
from sanyan.interfaces.web.charts.funnel import FunnelDot, Limits, funnel_plot
from sanyan.interfaces.web.charts.spread import axis_for
from sanyan.interfaces.web.figures.indicator import name_of, unit_of
from sanyan.interfaces.web.figures.maps import Link, area_name, region_name
from sanyan.interfaces.web.figures.sentences import between, chance, places_of


@dataclass(frozen=True)
class Drawn:
    """How a comparison is drawn: which areas stand out, where their pages and the table are, the source."""

    keeps: Callable[[AreaRef], bool]
    link: Link
    source: str
    table: str


def comparison_answer(held: IndicatorComparison) -> str:
    """The finding in one sentence."""
    if not held.used:
        return _("รอบนี้ยังไม่มีเขตที่เทียบกันได้")
    return _(
        "%(better)s เขตดีกว่าที่บริบทของตนทำให้คาดอย่างชัดเจน %(worse)s เขตควรพัฒนา อีก %(rest)s จาก %(all)s เขตยังบอกไม่ได้ว่าต่าง"
    ) % {
        "better": formats.count(held.better),
        "worse": formats.count(held.worse),
        "rest": formats.count(held.used - held.better - held.worse),
        "all": formats.count(held.used),
    }


def level_written(value: float | None, held: IndicatorComparison, *, unit: bool = True) -> str:
    """A level in the indicator's unit; of levels of quality its place among all, 0 the lowest and 100 the highest."""
    if held.by_place:
        return formats.MISSING if value is None else formats.number(100 * _placed(value), 0)
    return formats.measured(value, formats.short_unit(unit_of(held.indicator)) if unit else "", _decimals(held))


def own_written(item: ComparedArea, held: IndicatorComparison, *, unit: bool = True) -> str:
    """The figure as the area reported it."""
    shown = formats.short_unit(unit_of(held.indicator)) if unit else ""
    return formats.measured(item.own, shown, held.indicator.decimals)


def level_between(span: Span, held: IndicatorComparison) -> str:
    """The 80 % interval of a level."""
    if span.low80 is None or span.high80 is None:
        return formats.MISSING
    if held.by_place:
        return between(100 * _placed(span.low80), 100 * _placed(span.high80))
    return between(span.low80, span.high80, _decimals(held))


def caterpillar_chart(held: IndicatorComparison, drawn: Drawn) -> Chart | None:
    """All areas by level; those that `keeps` lets through stand out. None where no level is told."""
    told = [item for item in held.areas if item.level.middle is not None and item.level.low95 is not None]
    if len(told) < 2:
        return None
    few = sum(item.area is not None and drawn.keeps(item.area) for item in told) <= 3
    stems = [_stem(item, held, drawn, named=few) for item in told]
    target = None if held.target is None or held.by_place else held.target
    values = [value for stem in stems for value in (stem.low95, stem.high95)]
    lowest, highest = _("ต่ำสุด"), _("สูงสุด")
    worst_is_low = held.indicator.direction.value != "lower"
    return Chart(
        key="caterpillar",
        title=_caterpillar_title(held),
        subtitle=_subtitle(held),
        svg=caterpillar(
            stems,
            axis=axis_for(values, _placed_written if held.by_place else formats.plain, target=target),
            label=name_of(held.indicator),
            target=(target, f"{_('เป้า')} {formats.plain(target)}") if target is not None else None,
            foot=(lowest, highest) if worst_is_low else (highest, lowest),
        ),
        how_to_read=_(
            "แต่ละก้านคือหนึ่งเขต ก้านหนาคือช่วงที่น่าจะเป็น 80 % ก้านบาง 95 % ขีดดำคือค่าที่คาดตามบริบท ก้านที่ซ้อนกันยังบอกไม่ได้ว่าเขตใดสูงกว่า"
        ),
        source=drawn.source,
        header=_header(),
        rows=tuple(_row(item, item.area, held) for item in held.areas if item.area and drawn.keeps(item.area)),
        legend=_legend({stem.tone for stem in stems}),
        table_href=drawn.table,
    )


def funnel_chart(held: IndicatorComparison, drawn: Drawn) -> Chart | None:
    """Own figures over numbers of cases within the limits of chance; None where noise does not depend on them."""
    shown = [item for item in held.areas if item.own is not None and item.n is not None and item.n > 0]
    if held.curve is None or held.centre is None or len(shown) < 2:
        return None
    curve = held.curve
    limits = Limits(
        tuple(map(float, curve.n)),
        curve.centre,
        *(tuple(map(float, line)) for line in (curve.low95, curve.high95, curve.low998, curve.high998)),
    )
    dots = [_funnel_dot(item, held, drawn) for item in shown]
    outside = sum(item.funnel not in ("inside", "unknown") for item in shown)
    values = [*(dot.value for dot in dots), *limits.low95, *limits.high95]
    return Chart(
        key="funnel",
        title=_("%(inside)s จาก %(all)s เขตแกว่งไม่เกินที่ความบังเอิญและความต่างปกติอธิบายได้")
        % {"inside": formats.count(len(shown) - outside), "all": formats.count(len(shown))},
        subtitle=_("%(unit)s ค่าที่รายงาน ตามจำนวนที่อยู่เบื้องหลังของแต่ละเขต") % {"unit": unit_of(held.indicator)},
        svg=funnel_plot(
            dots,
            limits,
            axis=axis_for(values, formats.plain),
            write=formats.count,
            label=name_of(held.indicator),
            across=_("จำนวนที่ใช้คิด (ตัวหาร)"),
            centre_word=f"{_('ค่ากลางของทุกเขต')} {formats.number(held.centre, _decimals(held))}",
        ),
        how_to_read=_(
            "แถบเข้มคือที่ที่ 95 % ของเขตควรอยู่ แถบอ่อน 99.8 % "
            "เขตที่มีจำนวนน้อยแกว่งได้มากจึงอยู่ตรงที่กรวยกว้าง จุดนอกกรวยควรถามหาเหตุก่อนตัดสิน"
        ),
        source=drawn.source,
        header=(_("เขต"), _("เขตตรวจราชการ"), _("จำนวน"), _("ค่าที่รายงาน"), _("ในกรวย")),
        rows=tuple(
            _funnel_row(item, item.area, held) for item in shown if item.area is not None and drawn.keeps(item.area)
        ),
        legend=_legend({dot.tone for dot in dots}, of_funnel=True),
        table_href=drawn.table,
    )


def _caterpillar_title(held: IndicatorComparison) -> str:
    apart = held.better + held.worse
    if not apart:
        return _("ยังไม่มีเขตใดต่างจากที่คาดอย่างชัดเจน")
    return _("%(apart)s จาก %(all)s เขตต่างจากที่คาดอย่างชัดเจน") % {
        "apart": formats.count(apart),
        "all": formats.count(held.used),
    }


def _subtitle(held: IndicatorComparison) -> str:
    if held.by_place:
        return _("ตำแหน่งของเขตเมื่อวางทุกเขตเรียงกันตามระดับ: 0 คือต่ำสุด 100 คือสูงสุด 50 คือกลาง")
    return _("%(unit)s หลังตัดความแกว่งจากความบังเอิญออก (ดึงเข้าหาค่าที่คาด)") % {"unit": unit_of(held.indicator)}


def _stem(item: ComparedArea, held: IndicatorComparison, drawn: Drawn, *, named: bool) -> Stem:
    low80, high80, low95, high95 = (
        _placed(value) if held.by_place else value
        for value in (
            item.level.low80 or 0.0,
            item.level.high80 or 0.0,
            item.level.low95 or 0.0,
            item.level.high95 or 0.0,
        )
    )
    area = item.area
    chosen = area is not None and drawn.keeps(area)
    return Stem(
        level=item.level.middle or 0.0,
        low80=low80,
        high80=high80,
        low95=low95,
        high95=high95,
        expected=item.expected,
        tone=_tone(item) if chosen else "faint",
        title="" if area is None else stem_title(item, area, held),
        href="" if area is None else drawn.link(area.id),
        name=area_name(area) if area is not None and chosen and named else "",
    )


def stem_title(item: ComparedArea, area: AreaRef, held: IndicatorComparison) -> str:
    """All that a stem says, in words."""
    told = _("%(name)s: %(level)s (80 %%: %(between)s) คาดตามบริบท %(expected)s · %(word)s") % {
        "name": area_name(area),
        "level": level_written(item.level.middle, held),
        "between": level_between(item.level, held),
        "expected": level_written(item.expected, held),
        "word": words.word("strength", item.standing).text,
    }
    few = item.visibility == "greyed"
    return f"{told} · {_('มีไม่ถึง 10 โปรดอ่านด้วยความระวัง')}" if few else told


def _funnel_dot(item: ComparedArea, held: IndicatorComparison, drawn: Drawn) -> FunnelDot:
    area = item.area
    chosen = area is not None and drawn.keeps(area)
    good_high = held.indicator.direction.value != "lower"
    outside = item.funnel.partition("-")[0]
    tone = "soft" if outside in ("inside", "unknown") else "met" if (outside == "high") == good_high else "help"
    if item.visibility == "greyed":
        tone = "greyed"
    title = ""
    if area is not None:
        title = f"{area_name(area)}: {own_written(item, held)} · n = {formats.count(item.n)} · {_funnel_word(item)}"
    return FunnelDot(
        n=item.n or 1.0,
        value=item.own or 0.0,
        tone=tone if chosen else "faint",
        title=title,
        href="" if area is None else drawn.link(area.id),
        own=chosen and any(other.area is None for other in held.areas),
    )


def _funnel_word(item: ComparedArea) -> str:
    return str(words.word("funnel", item.funnel).text)


def _tone(item: ComparedArea) -> str:
    if item.visibility == "greyed":
        return "greyed"
    return {"strong": "met", "weak": "help"}.get(item.standing, "soft")


def _legend(tones: set[str], *, of_funnel: bool = False) -> tuple[Legend, ...]:
    """What the marks mean. A funnel tells only how far chance reaches: it does not yet allow for context."""
    names = (
        ("met", _("ดีกว่าที่กรวยอธิบายได้") if of_funnel else _("ดีกว่าที่คาดชัดเจน")),
        ("soft", _("อยู่ในกรวย") if of_funnel else _("ยังบอกไม่ได้ว่าต่าง")),
        ("help", _("อ่อนกว่าที่กรวยอธิบายได้") if of_funnel else _("ควรพัฒนา ต่ำกว่าที่คาดชัดเจน")),
        ("greyed", _("มีไม่ถึง 10")),
        ("faint", _("เขตอื่น")),
    )
    return tuple(Legend(_mark(tone), text) for tone, text in names if tone in tones)


def _mark(tone: str) -> SafeString:
    if tone == "met":
        inner = element("rect", x=3, y=3, width=8, height=8, class_="c-met")
    elif tone == "help":
        inner = element("polygon", points="7,12 12,3 2,3", class_="c-help")
    else:
        inner = element("circle", cx=7, cy=7, r=4.4, class_=f"point-{tone}")
    return element("svg", inner, viewBox="0 0 14 14", aria_hidden="true")


def _header() -> tuple[str, ...]:
    return (
        _("เขต"),
        _("เขตตรวจราชการ"),
        _("จำนวน"),
        _("ค่าที่รายงาน"),
        _("ระดับ"),
        _("ระดับ ต่ำ (80 %)"),
        _("ระดับ สูง (80 %)"),
        _("ระดับ ต่ำ (95 %)"),
        _("ระดับ สูง (95 %)"),
        _("คาดตามบริบท"),
        _("ต่างจากที่คาด"),
        _("ต่าง ต่ำ (80 %)"),
        _("ต่าง สูง (80 %)"),
        _("โอกาสดีกว่าที่คาด"),
        _("อันดับ ต่ำ (80 %)"),
        _("อันดับ สูง (80 %)"),
        _("โอกาสอยู่ในห้าส่วนบน"),
        _("สรุป"),
    )


def _row(item: ComparedArea, area: AreaRef, held: IndicatorComparison) -> tuple[str, ...]:
    """One area with every bound in a cell of its own, so that a spreadsheet reads figures."""
    level, apart = item.level, item.difference
    unknown = (formats.MISSING,) * 3
    places = _decimals(held)
    return (
        area_name(area),
        region_name(area),
        formats.count(item.n),
        own_written(item, held, unit=False),
        *(
            level_written(value, held, unit=False)
            for value in (level.middle, level.low80, level.high80, level.low95, level.high95, item.expected)
        ),
        *(
            unknown
            if held.by_place
            else (formats.number(value, places) for value in (apart.middle, apart.low80, apart.high80))
        ),
        chance(item.p_better),
        formats.count(item.rank.low80),
        formats.count(item.rank.high80),
        chance(item.p_top),
        str(words.word("strength" if item.visibility != "hidden" else "visibility", _summary(item)).text),
    )


def _summary(item: ComparedArea) -> str:
    return "hidden" if item.visibility == "hidden" else item.standing


def _funnel_row(item: ComparedArea, area: AreaRef, held: IndicatorComparison) -> tuple[str, ...]:
    return (
        area_name(area),
        region_name(area),
        formats.count(item.n),
        own_written(item, held, unit=False),
        _funnel_word(item),
    )


def _decimals(held: IndicatorComparison) -> int:
    return places_of(held.indicator)


def _placed(value: float) -> float:
    return min(max(value, 0.0), 1.0)


def _placed_written(value: float) -> str:
    return formats.number(100 * value, 0)


def anonymous_count(areas: Sequence[ComparedArea]) -> int:
    """How many areas stand there without a name."""
    return sum(item.area is None for item in areas)
