from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from tests import factories
from tests.factories import World
from tests.interfaces.web.people import SignIn

from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import AheadFigure, AreaIndicatorOutlook, HistoryPoint, SystemAhead
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Words
from sanyan.interfaces.web.figures.outlook import area_fan, most_missed
from sanyan.interfaces.web.figures.sentences import between, chance, signed

pytestmark = pytest.mark.django_db
NEXT, YEAR_END = RoundKey(2568, 12), RoundKey(2569, 6)
SYSTEM = Words("ทั้งระบบเพิ่มขึ้น 2.0 จุด", "the whole system rose by 2.0 points")
TREND = Words("ทั้งระบบลดลง 3.1 จุด เขตนี้ลดมากกว่าเพื่อน 4.0 จุด", "The whole system fell by 3.1 points")


@pytest.fixture
def world(certified_world: World) -> World:
    return certified_world


@pytest.fixture
def officer(world: World) -> Client:
    return SignIn(world)("me_officer")


def body(client: Client, path: str) -> str:
    response = client.get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def figure(key: RoundKey, p_miss: float | None) -> AheadFigure:
    return AheadFigure(key, 78.0, 74.0, 82.0, 71.0, 85.0, 80.0, p_miss, 0.2, SYSTEM, 3)


def point(year: int, month: int, value: float | None) -> HistoryPoint:
    return HistoryPoint(f"{year}-{month:02}", value, value, 100.0, 80.0, 6, 0)


PAST = (point(2567, 9, 70.0), point(2568, 6, None), point(2568, 9, 72.0))


def outlook(code: str, next_: AheadFigure | None, year_end: AheadFigure | None) -> AreaIndicatorOutlook:
    indicator = factories.small_framework().indicator(code)
    cannot = () if next_ else (Words("มีข้อมูลไม่ถึง 2 ปี", "There are not two years yet"),) * 2
    return AreaIndicatorOutlook(indicator, 72.0, 75.0, 80.0, TREND, -4.0, 0.9, next_, year_end, PAST, cannot)


@pytest.fixture
def forecast(monkeypatch: pytest.MonkeyPatch) -> None:
    """SAF-01 will probably miss its target; SAF-02 cannot be forecast."""
    ask = analytics.area_outlook

    def answered(**asked: Any) -> analytics.AreaOutlook:
        items = (outlook("SAF-02", None, None), outlook("SAF-01", figure(NEXT, 0.72), figure(NEXT, 0.72)))
        return replace(ask(**asked), indicators=items)

    monkeypatch.setattr(analytics, "area_outlook", answered)


def test_what_will_probably_miss_its_target_comes_first_with_its_fan(
    officer: Client, world: World, forecast: None
) -> None:
    page = body(officer, f"/areas/{world.ids['A1']}/?tab=outlook")
    assert "1 จาก 1 ตัวชี้วัดที่คาดการณ์ได้ มีโอกาสไม่ถึงเป้ามากกว่าถึง" in page
    assert page.index('id="ahead-SAF-01"') < page.index('id="ahead-SAF-02"')
    assert "โอกาสไม่ถึงเป้า 72\u00a0% ในรอบ 12 เดือน ปี 2568" in page
    assert "74.0–82.0" in page
    assert "71.0–85.0" in page
    assert "เรียนรู้จาก" in page


def test_what_cannot_be_forecast_says_why_once(officer: Client, world: World, forecast: None) -> None:
    page = body(officer, f"/areas/{world.ids['A1']}/?tab=outlook")
    part = page[page.index('id="ahead-SAF-02"') :]
    assert "ยังคาดไม่ได้" in part
    assert part.count("มีข้อมูลไม่ถึง 2 ปี") == 1


def test_the_first_page_of_an_area_tells_trends_and_what_comes_first(
    officer: Client, world: World, forecast: None
) -> None:
    page = body(officer, f"/areas/{world.ids['A1']}/")
    assert "เขตนี้ลดมากกว่าเพื่อน 4.0 จุด" in page
    assert "ดูแนวโน้มและคาดการณ์" in page
    assert "ไว้อ่านเทียบ ไม่ได้ใช้ให้คะแนน" in page


def test_the_table_behind_a_fan_can_be_downloaded(officer: Client, world: World, forecast: None) -> None:
    text = officer.get(f"/areas/{world.ids['A1']}/?tab=outlook&csv=fan-SAF-01").content.decode("utf-8-sig")
    lines = text.splitlines()
    assert lines[0] == "รอบ,ค่า,คาดว่า,ช่วง 80 %,ช่วง 95 %,เป้า"
    assert lines[-3] == "12 ด. 68,–,78.0,74.0–82.0,71.0–85.0,80"


def test_an_indicator_says_how_many_areas_will_miss_with_an_interval(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask = analytics.indicator_outlook
    ahead = SystemAhead(NEXT, 78.0, 75.0, 81.0, 80.0, 40.2, 30.1, 51.3, 178, 3)
    told = {"system": SYSTEM, "same_way": 120, "compared": 178, "next": ahead, "year_end": ahead}
    monkeypatch.setattr(analytics, "indicator_outlook", lambda **asked: replace(ask(**asked), **told))
    page = body(officer, "/indicators/SAF-01/")
    assert page.count("คาดว่า 40 (30–51) จาก 178 เขตจะไม่ถึงเป้าในรอบ 12 เดือน ปี 2568") == 1
    assert "120 จาก 178 เขตไปทางเดียวกัน" in page
    assert "คาดว่าทั้งระบบจะอยู่ที่ 78.0\u00a0% (75.0–81.0)" in page


def test_an_indicator_without_two_years_says_that_it_cannot_be_forecast(officer: Client) -> None:
    assert "ยังคาดไม่ได้" in body(officer, "/indicators/SAF-01/")


def test_texts_have_a_page_without_a_forecast(officer: Client) -> None:
    assert 'id="ahead"' not in body(officer, "/indicators/QUA-04/")


def test_one_forecast_for_both_rounds_is_drawn_once() -> None:
    chart = area_fan(outlook("SAF-01", figure(NEXT, 0.7), figure(NEXT, 0.7)), source="")
    assert chart is not None
    assert len(chart.rows) == len(PAST) + 1
    both = area_fan(outlook("SAF-01", figure(NEXT, 0.7), figure(YEAR_END, 0.4)), source="")
    assert both is not None
    assert len(both.rows) == len(PAST) + 2
    assert area_fan(outlook("SAF-01", None, None), source="") is None


def test_what_has_no_target_is_not_likely_to_miss_it() -> None:
    assert most_missed(figure(NEXT, None), None) == -1.0
    assert most_missed(figure(NEXT, 0.3), figure(NEXT, 0.6)) == 0.6


@given(st.floats(0, 1))
def test_a_chance_is_never_called_certain(probability: float) -> None:
    written = chance(probability)
    assert written not in ("0\u00a0%", "100\u00a0%")
    assert written.endswith("%")


def test_bounds_and_differences_are_written_with_their_signs() -> None:
    assert between(12, 47) == "12–47"
    assert between(12, 12) == "12"
    assert between(None, 3) == "–"
    assert signed(3.14) == "+3.1"
    assert signed(-3.14) == "\u22123.1"
    assert signed(0.01) == "0.0"
    assert signed(None) == "–"
    assert chance(None) == "–"
