"""Answering on the web, explaining findings, watching a long job."""

from __future__ import annotations

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect
from tests.journeys.conftest import House

Visit = Callable[..., Page]


def test_an_answer_is_saved_as_it_is_typed_and_is_there_again(house: House, visit: Visit) -> None:
    page = visit("entry.area_officer", f"/entry/{house.areas['entry'].submission}/SAF/")
    part, whole = page.locator("#SAF-01-numerator"), page.locator("#SAF-01-denominator")
    part.fill("๑๒")
    whole.fill("1,000")
    whole.press("Tab")
    saved = page.locator("#saved-SAF-01")
    expect(saved).to_have_text(re.compile(r"^\s*บันทึกแล้ว \d\d:\d\d"))
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(part).to_have_value("12")
    expect(whole).to_have_value(re.compile("^1,?000$"))


def test_an_answer_that_cannot_be_read_keeps_what_was_there_and_says_why(house: House, visit: Visit) -> None:
    page = visit("entry.area_officer", f"/entry/{house.areas['entry'].submission}/OPP/")
    box = page.locator("#OPP-01-value")
    before = box.input_value()
    box.fill("ประมาณ 50")
    box.press("Tab")
    saved = page.locator("#saved-OPP-01")
    expect(saved.locator(".saved-error")).to_be_visible()
    assert re.search("[ก-๙]{10}", saved.inner_text()), "in Thai words"
    page.reload()
    expect(box).to_have_value(before)


def test_a_state_with_a_reason_is_an_answer_too(house: House, visit: Visit) -> None:
    page = visit("entry.area_officer", f"/entry/{house.areas['entry'].submission}/OPP/")
    page.locator("#OPP-02-state").select_option("not_available")
    page.locator("#q-OPP-02 details.note summary").click()
    page.locator("#OPP-02-note").fill("รอผลสำรวจ")
    page.locator("#OPP-02-note").press("Tab")
    expect(page.locator("#saved-OPP-02")).to_have_text(re.compile(r"^\s*บันทึกแล้ว \d\d:\d\d"))
    page.wait_for_load_state("networkidle")
    page.reload()
    expect(page.locator("#OPP-02-state")).to_have_value("not_available")
    expect(page.locator("#OPP-02-note")).to_have_value("รอผลสำรวจ")


def test_what_was_handed_in_can_be_read_and_not_typed_in(house: House, visit: Visit) -> None:
    page = visit("demo.executive", f"/entry/{house.areas['untouched'].submission}/SAF/")
    expect(page.locator("p.answer")).to_contain_text("ดูได้อย่างเดียว")
    expect(page.locator("#SAF-01-numerator")).to_be_disabled()


def test_an_officer_explains_a_finding_and_it_leaves_the_inbox(house: House, visit: Visit) -> None:
    page = visit("demo.officer", "/findings/")
    links = page.locator("tbody th a[href*='/findings/']")
    first = links.first
    address, reason = first.get_attribute("href"), first.inner_text()
    assert address
    first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(reason)
    page.get_by_role("button", name="บันทึกผลการตรวจดู").click()
    expect(page.locator(".error-text").last).to_contain_text("โปรดเขียนคำอธิบาย")

    page.get_by_label("ข้อมูลถูกต้อง อธิบายเหตุผล").check()
    page.get_by_label("คำอธิบาย").fill("ตรวจกับทะเบียนแล้ว ตัวเลขถูกต้อง")
    page.get_by_role("button", name="บันทึกผลการตรวจดู").click()
    expect(page.get_by_role("status")).to_contain_text("บันทึกผลการตรวจดูแล้ว")
    expect(page.locator(".notice-met").last).to_contain_text("ตรวจกับทะเบียนแล้ว")
    page.goto("/findings/")
    expect(page.locator(f"a[href='{address}']")).to_have_count(0)
    page.goto("/findings/?state=explained")
    expect(page.locator(f"a[href='{address}']")).to_have_count(1)


def test_findings_can_be_narrowed_and_the_address_keeps_it(visit: Visit) -> None:
    page = visit("demo.officer", "/findings/")
    page.get_by_label("การตรวจ").select_option(index=1)
    expect(page).to_have_url(re.compile(r"check=[a-z-]+"))
    kinds = {text.strip() for text in page.locator("tbody td[data-label='การตรวจ']").all_inner_texts()}
    assert len(kinds) == 1


def test_a_long_job_is_watched_and_stopped(house: House, visit: Visit) -> None:
    page = visit("demo.officer", "/jobs/")
    page.get_by_role("link", name="นับช้า").click()
    expect(page).to_have_url(re.compile(house.job))
    bar = page.get_by_role("progressbar")
    expect(bar).to_have_attribute("aria-valuemax", "900")
    first = int(bar.get_attribute("aria-valuenow") or 0)
    expect(bar).not_to_have_attribute("aria-valuenow", str(first))
    expect(page.locator("main")).to_contain_text("นับถึง")
    page.get_by_role("button", name="หยุดงานนี้").click()
    expect(page.get_by_role("status").first).to_contain_text("รับคำขอหยุดแล้ว")
    expect(page.locator("main")).to_contain_text("หยุดแล้ว", timeout=10_000)
    expect(page.locator("main .badge").first).not_to_contain_text("กำลัง")
    counted = visit("demo.area", f"/jobs/{house.job}/", allow=(404,))
    expect(counted.locator("main")).to_contain_text("404")
