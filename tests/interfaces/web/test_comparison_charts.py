from __future__ import annotations

from xml.etree.ElementTree import Element

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.rounds import RoundKey
from sanyan.interfaces.web.charts.caterpillar import Stem, caterpillar
from sanyan.interfaces.web.charts.effect import Effect, effect_bar
from sanyan.interfaces.web.charts.fan import Expected, fan
from sanyan.interfaces.web.charts.funnel import FunnelDot, Limits, funnel_plot, log_ticks
from sanyan.interfaces.web.charts.history import Point
from sanyan.interfaces.web.charts.spread import axis_for
from sanyan.interfaces.web.components.samples import sample_charts

SVG = "{http://www.w3.org/2000/svg}"
NAMED = ("met", "soft", "help", "greyed")


def drawn(svg: str) -> Element:
    """The picture as XML, without anything a strict content-security policy refuses."""
    root = fromstring(svg)
    for each in root.iter():
        assert "style" not in each.attrib
        assert not any(name.startswith("on") for name in each.attrib)
    return root


def stem(level: float, *, tone: str = "soft", href: str = "/a/1", name: str = "") -> Stem:
    return Stem(level, level - 3, level + 3, level - 5, level + 5, 70.0, tone, f"เขต {level}", href, name)


def row_of(stems: list[Stem]) -> Element:
    axis = axis_for([value for item in stems for value in (item.low95, item.high95)], str, target=75)
    return drawn(caterpillar(stems, axis=axis, label="แถว", target=(75, "เป้า 75"), foot=("ต่ำสุด", "สูงสุด")))


def test_a_named_area_is_a_link_with_all_it_says_and_one_without_a_name_is_not() -> None:
    root = row_of([stem(60), stem(70, tone="faint", href=""), stem(80, tone="met", name="เขตเรา")])
    links = list(root.iter(f"{SVG}a"))
    assert [link.get("aria-label") for link in links] == ["เขต 60", "เขต 80"]
    assert all(link.find(f"{SVG}title") is not None for link in links)
    assert "เขตเรา" in "".join(root.itertext())


def test_shapes_tell_what_colours_tell() -> None:
    root = row_of([stem(60, tone="help"), stem(70), stem(80, tone="met")])
    held = [link.findall("*")[-1].tag.removeprefix(SVG) for link in root.iter(f"{SVG}a")]
    assert held == ["polygon", "circle", "rect"]


@pytest.mark.parametrize("count", [1, 2, 30, 245])
def test_a_row_is_as_wide_as_its_areas_ask(count: int) -> None:
    root = row_of([stem(40 + index / 10) for index in range(count)])
    width = float(root.get("width", "0"))
    assert 420 <= width <= 1200
    for thin in root.iter(f"{SVG}line"):
        assert 0 <= float(thin.get("x1", "0")) <= width


def funnel_of(dots: list[FunnelDot]) -> Element:
    limits = Limits((5, 500), 80, (50, 76), (110, 84), (30, 72), (130, 88))
    axis = axis_for([30.0, 130.0], str)
    return drawn(funnel_plot(dots, limits, axis=axis, write=str, label="กรวย", across="จำนวน", centre_word="กลาง"))


def test_every_dot_of_a_funnel_is_drawn_and_the_named_ones_lead_somewhere() -> None:
    dots = [FunnelDot(10 + i, 70 + i, tone, f"เขต {i}", f"/a/{i}") for i, tone in enumerate(NAMED)]
    root = funnel_of([*dots, FunnelDot(90, 50, "faint", "")])
    assert len(list(root.iter(f"{SVG}a"))) == len(NAMED)
    assert sum("point-" in (item.get("class") or "") for item in root.iter()) == 3


@given(st.floats(0.01, 1e6), st.floats(1, 1e5))
def test_ticks_of_a_logarithmic_axis_lie_within_it(low: float, factor: float) -> None:
    high = low * factor
    ticks = log_ticks(low, high)
    assert 1 <= len(ticks) <= 9
    assert list(ticks) == sorted(set(ticks))
    assert all(low <= tick <= high for tick in ticks)


def test_a_logarithmic_axis_needs_positive_figures() -> None:
    with pytest.raises(ValueError, match="positive"):
        log_ticks(0, 10)


PAST = [Point(RoundKey(2567, 12), 74.0, 75.0), Point(RoundKey(2568, 6), 59.0, 70.0)]


def expected(year: int, month: int, middle: float, *, outer: bool = True) -> Expected:
    low, high = (middle - 8, middle + 8) if outer else (None, None)
    return Expected(RoundKey(year, month), middle, middle - 4, middle + 4, low, high, 75.0)


def fan_of(ahead: list[Expected]) -> Element:
    return drawn(fan(PAST, ahead, write=str, name=str, label="พัด"))


def test_a_fan_starts_at_the_last_value_only_within_its_fiscal_year() -> None:
    same = fan_of([expected(2568, 9, 66), expected(2568, 12, 76)])
    assert [band.get("class") for band in same.iter(f"{SVG}polygon")] == ["fan-95", "fan-80"]
    later = fan_of([expected(2569, 6, 62)])
    assert not list(later.iter(f"{SVG}polygon"))
    assert [band.get("class") for band in later.iter(f"{SVG}rect")] == ["fan-95", "fan-80"]


def test_a_fan_without_outer_bounds_shows_the_inner_band_alone() -> None:
    root = fan_of([expected(2568, 9, 66, outer=False)])
    assert [band.get("class") for band in root.iter(f"{SVG}polygon")] == ["fan-80"]


def test_a_fan_with_no_past_and_one_with_nothing_ahead_are_pictures() -> None:
    assert drawn(fan([], [expected(2568, 9, 66)], write=str, name=str, label="พัด")).tag == f"{SVG}svg"
    assert fan_of([]).tag == f"{SVG}svg"


@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_an_effect_stays_within_its_bar_however_large(middle: float, wide: float) -> None:
    bounds = (middle, middle - wide, middle + wide, middle - 2 * wide, middle + 2 * wide)
    root = drawn(effect_bar(Effect(*bounds, tone="soft", title="ด้าน"), width=220))
    places = [float(item.get(name, "8")) for item in root.iter() for name in ("x1", "x2", "cx")]
    assert all(8 <= place <= 212 for place in places)


def test_every_sample_is_a_picture_of_its_own() -> None:
    samples = sample_charts()
    assert len({chart.key for chart in samples}) == len(samples)
    for chart in samples:
        drawn(chart.svg)
