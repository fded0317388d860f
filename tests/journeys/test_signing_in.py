"""Coming in, being kept out, and reading in one's own language and digits."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import House, sign_in

Visit = Callable[..., Page]


def test_a_stranger_is_asked_to_sign_in_and_comes_to_the_page_they_wanted(house: House, visit: Visit) -> None:
    page = visit(path="/indicators/")
    expect(page).to_have_url(re.compile(r"/account/login/"))
    page.get_by_label("ชื่อผู้ใช้").fill("demo.officer")
    page.get_by_label("รหัสผ่าน", exact=True).fill(house.password("demo.officer"))
    page.get_by_role("button", name="เข้าสู่ระบบ").click()
    expect(page).to_have_url(re.compile(r"/indicators/$"))


def test_each_role_lands_on_its_own_first_page(visit: Visit) -> None:
    expect(visit("demo.executive")).to_have_url(re.compile(r"/overview/$"))
    area = visit("demo.area")
    expect(area).to_have_url(re.compile(r"/rounds/mine/$"))
    expect(area.get_by_role("heading", level=1)).to_contain_text("ขอนแก่น เขต 1")


def test_five_wrong_passwords_lock_one_account_and_no_other(house: House, visit: Visit) -> None:
    page = visit(path="/account/login/", allow=(403, 429))
    for _ in range(5):
        sign_in(page, "forgetful", "ผิดแน่นอน-ผิดแน่นอน")
    expect(page.get_by_role("heading", level=1)).to_have_text("พักการเข้าสู่ระบบชั่วคราว")
    expect(page.get_by_role("main")).to_contain_text("15 นาที")
    sign_in(page, "forgetful", house.password("forgetful"))
    expect(page.get_by_role("heading", level=1)).to_have_text("พักการเข้าสู่ระบบชั่วคราว")

    sign_in(page, "demo.region", house.password("demo.region"))
    expect(page).to_have_url(re.compile(r"/overview/$"))


def test_a_reader_changes_language_and_digits_and_back(visit: Visit) -> None:
    page = visit("reader", "/overview/")
    heading = page.get_by_role("heading", level=1)
    thai = heading.inner_text()
    choose(page, "English")
    expect(page.locator("html")).to_have_attribute("lang", "en")
    assert not re.search("[ก-๙]", heading.inner_text()), heading.inner_text()
    choose(page, "ไทย")
    expect(heading).to_have_text(thai)

    bar = page.locator("header.top .menu-framed summary")
    expect(bar).to_contain_text("2568")
    choose(page, "๑ ๒ ๓")
    expect(bar).to_contain_text("๒๕๖๘")
    assert arabic(page.locator("main").inner_text()) == []
    choose(page, "1 2 3")
    expect(bar).to_contain_text("2568")


def arabic(text: str) -> list[str]:
    """Lines that still hold an Arabic digit, codes such as SAF-01 aside."""
    return [line for line in text.splitlines() if re.search("[0-9]", re.sub(r"[A-Z][A-Z]+(-[A-Z0-9]+)+", "", line))]


PLACES = (
    "/overview/",
    "/areas/",
    "/indicators/",
    "/indicators/SAF-01/",
    "/rounds/progress/",
    "/findings/",
    "/reports/",
)


@pytest.mark.parametrize("path", PLACES)
def test_a_page_in_english_has_no_thai_sentence_of_its_own(visit: Visit, path: str) -> None:
    page = visit("reader", path)
    choose(page, "English")
    try:
        words = page.locator(
            "h1, h2, h3, nav, label, legend, button, th[scope=col], .chart-read, .answer"
        ).all_inner_texts()
        assert [text for text in words if re.search("[ก-๙]", text) and text.strip() != "ไทย"] == []
    finally:
        choose(page, "ไทย")


def choose(page: Page, name: str) -> None:
    page.locator("header.top details.menu", has=page.locator("form[action*=reader]")).locator("summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name=name).click()


def test_signing_out_shuts_the_door(visit: Visit) -> None:
    page = visit("demo.reviewer", "/overview/")
    page.locator("header.top details.menu").last.locator("summary").click()
    with page.expect_navigation():
        page.get_by_role("button", name="ออกจากระบบ").click()
    page.goto("/overview/")
    expect(page).to_have_url(re.compile(r"/account/login/"))
