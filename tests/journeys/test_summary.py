"""The summary of a round, on the page and as a Word file."""

from __future__ import annotations

import re
from collections.abc import Callable

import docx
from playwright.sync_api import Page, expect

Visit = Callable[..., Page]


def test_every_figure_of_the_summary_leads_to_its_source(visit: Visit) -> None:
    page = visit("demo.executive", "/reports/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("9 เดือน")
    marks = page.locator("a.source-mark")
    assert marks.count() > 10
    for shown in page.locator(".report-body .number, .report-body caption").all():
        assert shown.locator("a.source-mark").count() > 0, shown.inner_text()
    targets = {mark.get_attribute("href") or "" for mark in marks.all()}
    sources = {f"#{id_}" for id_ in page.locator("ol.sources li").evaluate_all("list => list.map(one => one.id)")}
    assert targets <= sources
    marks.first.click()
    expect(page).to_have_url(re.compile(r"#source-\d+$"))
    page.locator("ol.sources a").first.click()
    expect(page).to_have_url(re.compile(r"/indicators/[A-Z]+-\d+/"))


def test_the_contents_lead_to_every_part(visit: Visit) -> None:
    page = visit("demo.executive", "/reports/")
    links = page.locator("nav.report-contents a")
    assert links.count() >= 4
    for href in links.evaluate_all("list => list.map(one => one.getAttribute('href'))"):
        expect(page.locator(href)).to_have_count(1)


def test_the_word_file_says_what_the_page_says(visit: Visit) -> None:
    page = visit("demo.executive", "/reports/")
    title = page.get_by_role("heading", level=1).inner_text()
    with page.expect_download() as held:
        page.get_by_role("link", name="ดาวน์โหลด Word").click()
    assert held.value.suggested_filename.endswith(".docx")
    document = docx.Document(str(held.value.path()))
    text = "\n".join(paragraph.text for paragraph in document.paragraphs)
    assert title in text
    assert "ข้อมูลฝึกหัด" in document.sections[0].header.paragraphs[0].text, "on every page"
    for part in page.locator("nav.report-contents a").all_inner_texts():
        assert part in text
    assert len(document.tables) >= page.locator(".report-body table").count()
