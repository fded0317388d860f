"""An executive looks; someone of another area sees no more than they may."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import House

Visit = Callable[..., Page]
PHONE = 390


def test_an_executive_sees_the_round_at_a_glance(visit: Visit) -> None:
    page = visit("demo.executive")
    expect(page).to_have_url(re.compile(r"/overview/$"))
    expect(page.get_by_role("note")).to_contain_text("ข้อมูลฝึกหัด")
    expect(page.locator("p.answer")).not_to_be_empty()
    progress = page.locator("#chart-progress")
    expect(progress).to_contain_text("รับรองแล้ว")
    expect(page.locator("[data-roving] a")).to_have_count(14)
    expect(page.locator("#chart-policy .chart-source")).to_contain_text("ที่มา:")


def test_the_map_can_be_switched_and_a_link_keeps_the_choice(house: House, visit: Visit) -> None:
    page = visit("demo.executive", "/overview/")
    page.get_by_role("link", name="จังหวัด", exact=True).click()
    expect(page).to_have_url(re.compile(r"map=provinces"))
    expect(page.locator(".board-map svg path").first).to_be_visible()
    page.goto(page.url)
    expect(page.get_by_role("link", name="จังหวัด", exact=True)).to_have_attribute("aria-current", "true")
    page.get_by_role("link", name="ช่องละเขต").click()
    expect(page.locator("[data-roving] a")).to_have_count(14)


def test_every_chart_has_its_table_and_its_file(visit: Visit) -> None:
    page = visit("demo.executive", "/overview/")
    elsewhere = []
    for chart in page.locator("figure.chart").all():
        with page.expect_download() as held:
            chart.get_by_role("link", name=re.compile("ดาวน์โหลด")).click()
        text = held.value.path().read_text(encoding="utf-8-sig")
        assert text.count("\n") > 2
        assert "ที่มา:" in text
        if chart.locator("details").count():
            chart.locator("details summary").click()
            assert chart.locator("details tbody tr").count() > 0
        else:
            elsewhere.append(chart.get_by_role("link", name=re.compile("ดูตาราง")).get_attribute("href") or "")
    for address in elsewhere:
        page.goto(address)
        assert page.locator("main table tbody tr").count() > 0


def test_an_area_and_then_an_indicator_open_by_keyboard_alone(visit: Visit) -> None:
    page = visit("demo.executive", "/overview/")
    tab_to(page, "e => e.matches('[data-roving] a')")
    first = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("ArrowDown")
    second = page.evaluate("document.activeElement.getAttribute('href')")
    assert second != first, "an arrow walks to the next tile"
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(rf"{re.escape(second)}"))
    expect(page.get_by_role("heading", level=1)).to_contain_text("เมื่อเทียบเพื่อน")

    tab_to(page, "e => e.matches('main table a[href*=\"/indicators/\"]')")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/indicators/[A-Z]+-\d+/"))
    expect(page.locator("#chart-spread svg[role=group]")).to_be_visible()
    expect(page.locator(".chart-read").first).to_contain_text("อ่านอย่างไร")


def tab_to(page: Page, wanted: str, most: int = 80) -> None:
    """Press Tab until what has the focus is wanted, and see that the focus is shown on the way."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"({wanted})(document.activeElement)"):
            outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
            inside = page.evaluate("!!document.activeElement.closest('svg')")
            assert outline != "none" or inside, "the focus can be seen"
            return
    raise AssertionError(f"{most} presses of Tab did not come to {wanted}")


@pytest.mark.parametrize("tab", ["", "outlook", "history", "answers", "texts", "findings"])
def test_each_part_of_an_area_says_where_its_figures_come_from(house: House, visit: Visit, tab: str) -> None:
    page = visit("demo.executive", f"/areas/{house.areas['demo'].id}/?tab={tab}")
    expect(page.locator("nav.tabs a[aria-current]")).to_have_count(1)
    expect(page.locator(".chart-source").last).to_contain_text("ที่มา:")


@pytest.mark.parametrize(
    "path", ["/areas/{}/", "/rounds/submission/{}/", "/rounds/submission/{}/workbook.xlsx", "/entry/{}/SAF/"]
)
def test_what_is_hidden_looks_like_what_does_not_exist(house: House, visit: Visit, path: str) -> None:
    untouched = house.areas["untouched"]
    hidden = path.format(untouched.id if path.startswith("/areas/") else untouched.submission)
    page = visit("demo.area", hidden, allow=(404,))
    answered = page.locator("body").inner_text()
    assert "404" in answered
    page.goto(path.format(999999))
    assert without_time(answered) == without_time(page.locator("body").inner_text())


def without_time(text: str) -> str:
    return re.sub(r"เปิดข้อมูลเมื่อ.*", "", text)


def test_an_area_sees_only_itself_on_the_lists(house: House, visit: Visit) -> None:
    page = visit("demo.area", "/areas/")
    names = page.locator("#areas-table tbody th").all_inner_texts()
    assert names == [house.areas["demo"].short_th]


PAGES = {
    "overview": ("demo.executive", "/overview/"),
    "areas": ("demo.executive", "/areas/"),
    "area": ("demo.executive", "/areas/{demo.id}/"),
    "indicators": ("demo.executive", "/indicators/"),
    "outlook": ("demo.executive", "/areas/{demo.id}/?tab=outlook"),
    "indicator": ("demo.executive", "/indicators/SAF-01/"),
    "comparison": ("demo.executive", "/indicators/SAF-01/compare/"),
    "strengths": ("demo.executive", "/strengths/?policy=SAF"),
    "own strengths": ("demo.area", "/strengths/"),
    "how to read": ("demo.area", "/strengths/how-to-read/"),
    "progress": ("demo.executive", "/rounds/progress/"),
    "findings": ("demo.officer", "/findings/?state=all"),
    "frameworks": ("demo.officer", "/frameworks/"),
    "jobs": ("demo.officer", "/jobs/"),
    "my round": ("demo.area", "/rounds/mine/"),
    "entry": ("entry.area_officer", "/entry/{entry.submission}/SAF/"),
    "summary": ("demo.executive", "/reports/"),
}


@pytest.mark.parametrize("place", PAGES)
def test_no_page_scrolls_sideways_on_a_phone(house: House, visit: Visit, place: str) -> None:
    username, path = PAGES[place]
    page = visit(username, path.format(**house.areas), width=PHONE)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, widest(page)


def widest(page: Page) -> str:
    """What sticks out, for whoever must mend it."""
    return str(
        page.evaluate(
            "[...document.querySelectorAll('main *, header *')]"
            ".filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest('.table-wrap'))"
            ".slice(0, 5).map(e => e.outerHTML.slice(0, 120))"
        )
    )


@pytest.mark.parametrize("place", ["overview", "area", "comparison", "strengths", "summary"])
def test_pages_print_on_a4_without_menus_and_say_that_it_is_practice(house: House, visit: Visit, place: str) -> None:
    username, path = PAGES[place]
    page = visit(username, path.format(**house.areas))
    page.emulate_media(media="print")
    expect(page.locator("header.top")).to_be_hidden()
    expect(page.get_by_role("note")).to_contain_text("ข้อมูลฝึกหัด")
    expect(page.get_by_role("note")).to_be_visible()
    printed = page.pdf(format="A4")
    assert printed.startswith(b"%PDF")
    assert len(printed) > 10_000
