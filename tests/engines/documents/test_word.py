"""A report becomes a Word file that opens, names its Thai font for every script, and carries the practice label."""

from __future__ import annotations

import io
import shutil
import subprocess
from pathlib import Path

import docx
import pytest
from docx.oxml.ns import qn

from sanyan.core.reporting.blocks import (
    Align,
    Bullets,
    Callout,
    Column,
    Document,
    Figure,
    Figures,
    Heading,
    Paragraph,
    Sentence,
    Source,
    SourceList,
    Table,
    Tone,
)
from sanyan.engines.documents.word import FONT, write_word

REPORT = Document(
    title="สรุปผลรอบ 9 เดือน ปีงบประมาณ 2568",
    subtitle="กรอบตัวอย่าง",
    lang="th",
    label="ข้อมูลฝึกหัด",
    footer="ข้อมูลถึงวันที่ 30 มิถุนายน 2568",
    blocks=(
        Callout("ข้อมูลฝึกหัด: ห้ามนำไปอ้างอิง", Tone.PRACTICE),
        Heading("ภาพรวม"),
        Heading("ย่อย", 2),
        Figures((Figure("รับรองแล้ว", "231/245", "94.3 %", sources=(1,)), Figure("ถึงเป้า", "5"))),
        Paragraph((Sentence("รับรองแล้ว 231 จาก 245 เขต", (1,)),)),
        Bullets((Sentence("ข้อหนึ่ง"), Sentence("ข้อสอง", (1,)))),
        Table(
            (Column("ตัวชี้วัด", width=3), Column("ค่า", Align.RIGHT)),
            tuple((f"SAF-{i:02d} ร้อยละของสถานศึกษา", f"{i}.5") for i in range(60)),
            "ตาราง",
            ("หมายเหตุ",),
            (1,),
        ),
        Heading("ที่มา"),
        SourceList((Source(1, "ทะเบียนการส่งรายงาน"),)),
    ),
)


def opened(**options: bool) -> docx.document.Document:
    return docx.Document(io.BytesIO(write_word(REPORT, **options)))


def everything(file: docx.document.Document) -> str:
    lines = [paragraph.text for paragraph in file.paragraphs]
    lines += [cell.text for table in file.tables for row in table.rows for cell in row.cells]
    return "\n".join(lines)


def test_all_blocks_are_written() -> None:
    said = everything(opened())
    for text in ("สรุปผลรอบ 9 เดือน", "ห้ามนำไปอ้างอิง", "231/245", "รับรองแล้ว 231 จาก 245 เขต [1]", "ข้อสอง [1]", "SAF-59"):
        assert text in said
    assert "[1]\tทะเบียนการส่งรายงาน" in said


def test_headings_and_captions_use_real_styles() -> None:
    styles = {paragraph.text: paragraph.style.name for paragraph in opened().paragraphs if paragraph.style}
    assert styles["ภาพรวม"] == "Heading 1"
    assert styles["ย่อย"] == "Heading 2"
    assert styles["ข้อหนึ่ง"] == "List Bullet"
    assert styles["ตาราง"] == "Caption"


def test_every_run_names_the_thai_font_for_all_scripts_and_its_size_twice() -> None:
    file = opened()
    runs = list(file.element.body.iter(qn("w:r")))
    assert runs
    for run in runs:
        fonts = run.rPr.find(qn("w:rFonts"))
        assert {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "cs", "eastAsia")} == {FONT}
        assert run.rPr.find(qn("w:lang")).get(qn("w:bidi")) == "th-TH"
        assert run.rPr.find(qn("w:cs")) is not None
    for style in ("Normal", "Heading 1", "Title"):
        properties = file.styles[style].element.rPr
        assert properties.find(qn("w:sz")).get(qn("w:val")) == properties.find(qn("w:szCs")).get(qn("w:val"))
        assert properties.find(qn("w:bCs")) is not None


def test_long_tables_repeat_their_head_and_keep_rows_whole() -> None:
    table = opened().tables[-1]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in table.rows)


def test_the_page_is_a4_with_the_label_and_a_page_number_in_the_header() -> None:
    section = opened().sections[0]
    assert (round(section.page_width.cm, 1), round(section.page_height.cm, 1)) == (21.0, 29.7)
    header = section.header.paragraphs[0]
    assert header.text.startswith("ข้อมูลฝึกหัด")
    assert [field.text for field in header._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert "30 มิถุนายน 2568" in section.footer.paragraphs[0].text


def test_thai_digits_are_a_switch_that_leaves_codes_alone() -> None:
    said = everything(opened(thai_digits=True))
    assert "๒๓๑ จาก ๒๔๕ เขต [๑]" in said
    assert "SAF-59 ร้อยละ" in said


def test_tables_fit_between_the_margins() -> None:
    file = opened()
    section = file.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in file.tables:
        assert sum(column.width for column in table.columns) <= room + 1000


@pytest.mark.slow
@pytest.mark.skipif(not (shutil.which("soffice") and shutil.which("pdftotext")), reason="needs LibreOffice and poppler")
def test_libreoffice_turns_it_into_a_pdf_with_the_same_thai(tmp_path: Path) -> None:
    (tmp_path / "report.docx").write_bytes(write_word(REPORT))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "report.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    told = subprocess.run(["pdftotext", str(tmp_path / "report.pdf"), "-"], check=True, capture_output=True, timeout=60)
    squeezed = "".join(told.stdout.decode().split())
    # Words without two marks on one letter: poppler may give stacked marks in another order, depending on the font.
    for word in ("ร้อยละของสถานศึกษา", "ข้อมูลฝึกหัด", "ปีงบประมาณ", "กรอบตัวอย่าง"):
        assert word in squeezed
