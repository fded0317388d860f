"""A signal's way: told by the bell, acknowledged, acted on, and closed with its outcome."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.journeys.conftest import House

Visit = Callable[..., Page]
DONE = "ประชุมโรงเรียนที่เกี่ยวข้องแล้ว และตกลงแผนรายเดือน"


def test_a_director_answers_a_signal_from_the_bell_and_the_bureau_closes_it(house: House, visit: Visit) -> None:
    page = visit("signal.area_director")
    page.locator("a.bell").click()
    page.get_by_role("link", name="มีสัญญาณที่มอบให้ท่านดูแล").click()
    expect(page).to_have_url(re.compile(rf"/signals/{house.signal}/"))
    page.get_by_role("button", name="รับทราบ").click()
    expect(page.locator(".life")).to_contain_text("รับทราบ")
    page.get_by_label("สิ่งที่ทำหรือกำลังทำ").fill(DONE)
    page.get_by_role("button", name="บันทึกสิ่งที่ทำ").click()
    expect(page.locator(".life")).to_contain_text(DONE)

    officer = visit("demo.officer", f"/signals/{house.signal}/")
    expect(officer.locator(".life")).to_contain_text(DONE)
    officer.locator("summary", has_text="ปิดเรื่อง").click()
    officer.get_by_role("button", name="ปิดเรื่องพร้อมผล").click()
    expect(officer.locator(".error-text").first).to_contain_text("โปรดเลือกหนึ่งข้อ")
    officer.get_by_label(re.compile("^ช่วยได้")).check()
    officer.get_by_label("คำอธิบาย").fill("ตัวเลขรอบนี้กลับมาตามแผน")
    officer.get_by_role("button", name="ปิดเรื่องพร้อมผล").click()
    expect(officer.locator(".life")).to_contain_text("ปิดเรื่อง: ช่วยได้")
    officer.goto("/signals/?tab=closed")
    expect(officer.locator(f'a[href^="/signals/{house.signal}/"]')).to_be_visible()


def test_an_executive_goes_from_the_overview_to_the_first_signal(visit: Visit) -> None:
    page = visit("demo.executive", "/overview/")
    first = page.locator("section", has=page.get_by_role("heading", name="สัญญาณที่ต้องดูก่อน")).locator("li a").first
    first.click()
    expect(page).to_have_url(re.compile(r"/signals/\d+/"))
    expect(page.get_by_role("heading", name="ตัวเลขที่อยู่เบื้องหลัง")).to_be_visible()


def test_the_inbox_fits_a_phone(visit: Visit) -> None:
    page = visit("demo.officer", "/signals/", width=390)
    expect(page.locator(".signal").first).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
