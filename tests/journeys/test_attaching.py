"""Attaching a file to evidence, on a desk and on a telephone, and getting it back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys import workbook_files
from tests.journeys.conftest import House

Visit = Callable[..., Page]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_file_is_attached_refused_mended_and_handed_out_again(
    house: House, visit: Visit, tmp_path: Path, width: int
) -> None:
    where = f"/entry/{house.areas['entry'].submission}/SAF/"
    page = visit("entry.area_officer", where, width=width, allow=(400,))
    title, given = f"คำสั่งแต่งตั้ง {width}", workbook_files.pdf(tmp_path / f"คำสั่ง {width}.pdf")
    evidence = page.locator("#e-SAF-01")
    if evidence.get_attribute("open") is None:
        evidence.locator("summary").first.click()
    evidence.get_by_label("ชื่อหลักฐาน").fill(title)
    evidence.get_by_label("แนบไฟล์ (ถ้ามี)").set_input_files(workbook_files.encrypted(tmp_path / "ลับ.xlsx"))
    evidence.get_by_role("button", name="เพิ่มหลักฐาน").click()
    expect(evidence.get_by_role("alert")).to_contain_text("ตั้งรหัสผ่าน")
    expect(evidence.get_by_role("alert")).to_be_in_viewport()

    expect(evidence.get_by_label("ชื่อหลักฐาน")).to_have_value(title)
    evidence.get_by_label("แนบไฟล์ (ถ้ามี)").set_input_files(given)
    evidence.get_by_role("button", name="เพิ่มหลักฐาน").click()
    link = evidence.get_by_role("link", name=given.name)
    expect(link).to_be_in_viewport()
    expect(page.get_by_role("status").filter(has_text=given.name)).to_contain_text("KB")
    assert page.evaluate("document.documentElement.scrollWidth") <= width

    with page.expect_download() as held:
        link.click()
    assert held.value.suggested_filename == given.name
    assert Path(held.value.path()).read_bytes() == given.read_bytes()
