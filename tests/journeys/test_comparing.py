"""An executive goes from the whole to one indicator, to areas compared fairly, to one of them; an area sees itself."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.journeys.conftest import House

Visit = Callable[..., Page]


def test_from_the_overview_to_an_indicator_to_a_fair_comparison_to_an_area(visit: Visit) -> None:
    page = visit("demo.executive", "/overview/")
    page.locator("main a[href*='/indicators/']:not([href*='policy='])").first.click()
    expect(page).to_have_url(re.compile(r"/indicators/[A-Z]+-\d+/"))
    page.get_by_role("link", name="ตัวชี้วัด", exact=True).first.click()
    page.locator("main a[href*='/compare/']").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("เขตใดต่างจากที่คาดตามบริบท")
    expect(page.locator("#compare-table")).to_contain_text("ลำดับในตารางไม่ใช่การจัดอันดับ")

    page.get_by_text("อ่านอย่างไร: สถิติที่ใช้ในส่วนนี้").first.click()
    expect(page.locator("details.explain[open]").first).to_contain_text("ช่วงที่น่าจะเป็น")

    page.locator("#compare-table tbody th a").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("เมื่อเทียบเพื่อน")
    page.get_by_role("link", name="แนวโน้มและคาดการณ์", exact=True).click()
    expect(page).to_have_url(re.compile("tab=outlook"))
    expect(page.locator("details.fold").first).to_be_visible()


def test_the_filter_of_a_comparison_stays_in_the_link(visit: Visit) -> None:
    page = visit("demo.executive", "/indicators/SAF-01/compare/")
    every = page.locator("#compare-table tbody tr").count()
    page.get_by_label("ประเภท").select_option("secondary")
    expect(page).to_have_url(re.compile("type=secondary"))
    assert page.locator("#compare-table tbody tr").count() < every
    page.goto(page.url)
    expect(page.get_by_label("ประเภท")).to_have_value("secondary")


def test_the_comparison_is_walked_by_arrows(visit: Visit) -> None:
    page = visit("demo.executive", "/indicators/SAF-01/compare/")
    stems = page.locator("#chart-caterpillar a.stem")
    stems.first.focus()
    page.keyboard.press("ArrowRight")
    here = page.evaluate("document.activeElement.getAttribute('aria-label')")
    assert here != stems.first.get_attribute("aria-label")


def test_an_area_reads_its_own_strengths_and_how_they_are_told(house: House, visit: Visit) -> None:
    page = visit("demo.area", "/strengths/")
    expect(page.get_by_role("heading", level=1)).to_contain_text(house.areas["demo"].short_th)
    page.get_by_text("อ่านอย่างไร: สถิติที่ใช้ในส่วนนี้").click()
    page.get_by_role("link", name="สถิติทั้งหมดที่ใช้ อ่านอย่างไร").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("สถิติที่ใช้ อ่านอย่างไร")
    expect(page.locator("#shrinkage")).to_contain_text("shrinkage")
