"""From what an area wrote to a lesson: search, the source, themes that a person names and signs, trends."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import House

Visit = Callable[..., Page]
NAME = "ครูและคนทำงานไม่พอ"


def test_a_quote_opens_in_its_source_where_it_is_marked(visit: Visit) -> None:
    page = visit("demo.officer", "/overview/")
    page.keyboard.press("/")
    expect(page.locator("#top-q")).to_be_focused()
    page.keyboard.type("ครู")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/listen/\?.*q="), timeout=30_000)  # the first search fills the shelf
    found = page.locator("ol.quotes .quote").first
    expect(found.locator("mark").first).to_be_visible()
    found.get_by_role("link", name="เปิดต้นฉบับ").click()
    marked = page.locator(".original .mark-passage").first
    expect(marked).to_be_visible()
    assert marked.evaluate("part => getComputedStyle(part).backgroundColor") != "rgba(0, 0, 0, 0)"


def test_an_officer_names_and_signs_proposed_themes_and_trends_show_them(house: House, visit: Visit) -> None:
    page = visit("demo.officer", "/listen/themes/")
    page.get_by_label("จำนวนกลุ่ม").select_option("5")
    page.get_by_role("button", name="ให้ระบบเสนอประเด็น").click()
    expect(page.get_by_text("กำลังจัดกลุ่มข้อความเป็นประเด็น")).to_be_visible()
    waiting = page.locator("section", has=page.get_by_role("heading", name="รอคนตรวจและรับรอง"))
    again(page, waiting.is_visible)
    waiting.get_by_role("link").first.click()

    card = page.locator(".theme").first
    card.locator("summary", has_text="แก้ประเด็นนี้").click()
    card.get_by_label("ชื่อประเด็น").fill(NAME)
    card.get_by_role("button", name="เปลี่ยนชื่อ").click()
    expect(page.get_by_role("link", name=NAME)).to_be_visible()
    page.get_by_role("button", name="รับรองชุดประเด็นนี้").click()
    expect(page.get_by_text("รับรองชุดประเด็นแล้ว")).to_be_visible()

    page.get_by_role("link", name="ดูแนวโน้ม", exact=True).click()
    row = page.get_by_role("row", name=re.compile(NAME)).first
    again(page, lambda: bool(re.search(r"[1-9]\d* / \d+", row.inner_text())))
    page.goto("/listen/lessons/")
    expect(page.locator(".lesson-count").first).to_be_visible()


@pytest.mark.parametrize("path", ["/listen/?q=ครู", "/listen/themes/", "/listen/trends/", "/listen/lessons/"])
def test_what_areas_wrote_fits_a_phone(visit: Visit, path: str) -> None:
    page = visit("demo.area", path, width=390)
    expect(page.locator(".answer")).not_to_be_empty()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def again(page: Page, holds: Callable[[], bool], times: int = 60) -> None:
    """Open the page again until the worker has done what it was asked for."""
    for _ in range(times):
        if holds():
            return
        page.wait_for_timeout(500)
        page.reload()
    raise AssertionError(f"{page.url} did not show it in time")
