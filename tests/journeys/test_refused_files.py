"""Files that cannot be used: each is told in Thai with the next step, and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect
from tests.journeys import workbook_files
from tests.journeys.conftest import House
from tests.journeys.test_reporting import upload

Visit = Callable[..., Page]
OFFICER = "files.area_officer"


def another_areas(folder: Path, visit: Visit, house: House) -> Path:
    return kept(visit("demo.officer", f"/rounds/submission/{house.areas['untouched'].submission}/"), folder)


def kept(page: Page, folder: Path) -> Path:
    with page.expect_download() as held:
        page.get_by_role("link", name="ดาวน์โหลดแบบที่เติมแล้ว").click()
    path = folder / held.value.suggested_filename
    held.value.save_as(path)
    return path


FILES: dict[str, tuple[Callable[[Path, Visit, House], Path], str, str]] = {
    "a PDF": (lambda folder, *_: workbook_files.pdf(folder / "รายงาน.pdf"), "PDF", "บันทึกเป็น"),
    "an encrypted workbook": (
        lambda folder, *_: workbook_files.encrypted(folder / "ลับ.xlsx"),
        "ตั้งรหัสผ่าน",
        "เอารหัสผ่านออก",
    ),
    "another area's workbook": (another_areas, "สมุดงานนี้เป็นของ", "เลือกไฟล์ของหน่วยงานนี้"),
    "a pupil list": (lambda folder, *_: workbook_files.pupil_list(folder / "นักเรียน.xlsx"), "ประชาชน", ""),
    "half a workbook": (
        lambda folder, visit, house: workbook_files.half(
            folder / "ครึ่ง.xlsx", another_areas(folder, visit, house).read_bytes()
        ),
        "ไม่สมบูรณ์",
        "บันทึกอีกครั้ง",
    ),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_file_that_cannot_be_used_is_told_with_its_next_step(
    house: House, visit: Visit, tmp_path: Path, kind: str
) -> None:
    make, reason, next_step = FILES[kind]
    page = visit(OFFICER)
    before = standing(page)
    upload(page, make(tmp_path, visit, house))
    expect(page.get_by_role("heading", level=1)).to_contain_text("ไฟล์นี้ใช้ไม่ได้")
    notice = page.get_by_role("alert")
    expect(notice).to_contain_text(reason)
    expect(notice).to_contain_text(next_step)
    assert len(notice.locator("p").nth(1).inner_text()) > 15, "a next step is given"
    assert not re.search(r"\d{13}", page.locator("body").inner_text()), "no citizen id is repeated"
    expect(page.get_by_role("button", name=re.compile("^บันทึก"))).to_have_count(0)
    page.goto("/rounds/mine/")
    assert standing(page) == before


def standing(page: Page) -> list[str]:
    """How many questions are answered, in all and by policy area."""
    card = page.locator("section.card", has_text="คำตอบตามด้าน")
    return card.inner_text().splitlines()


def test_good_rows_are_kept_when_others_cannot_be_read(house: House, visit: Visit, tmp_path: Path) -> None:
    page = visit(OFFICER)
    path = kept(page, tmp_path)
    data = workbook_files.with_figure(path.read_bytes(), code="SAF-01", heading="ตัวตั้ง", value=-5)
    path.write_bytes(workbook_files.with_figure(data, code="OPP-01", heading="ค่า", value=77))
    upload(page, path)
    errors = page.locator("section", has_text="ต้องแก้ก่อนจึงรับ").locator("tbody tr")
    expect(errors.first).to_contain_text("SAF-01")
    expect(errors.first.locator("code")).to_have_text(re.compile(r"^E\d+$"))
    page.get_by_role("button", name=re.compile("^บันทึก")).click()
    page.goto(f"/entry/{house.areas['files'].submission}/OPP/")
    expect(page.locator("#OPP-01-value")).to_have_value("77")
    page.goto(f"/entry/{house.areas['files'].submission}/SAF/")
    assert page.locator("#SAF-01-numerator").input_value() != "-5"


def test_an_upload_without_a_file_says_to_choose_one(visit: Visit) -> None:
    page = visit(OFFICER, allow=(400,))
    page.locator("form[action$='upload/']").evaluate("form => form.noValidate = true")
    page.get_by_role("button", name="ตรวจอ่านไฟล์").click()
    expect(page.locator(".error-text")).to_contain_text("โปรดเลือกไฟล์ก่อน")


def test_a_file_that_is_too_large_is_told_its_limit(house: House, visit: Visit, tmp_path: Path) -> None:
    large = tmp_path / "ใหญ่.xlsx"
    with large.open("wb") as file:
        file.write(b"PK\x03\x04")
        file.truncate(21 * 1024 * 1024)
    page = visit(OFFICER, allow=(400,))
    page.get_by_label("ไฟล์ Excel ของรอบนี้").set_input_files(large)
    page.get_by_role("button", name="ตรวจอ่านไฟล์").click()
    expect(page.locator(".error-text")).to_contain_text("20")
