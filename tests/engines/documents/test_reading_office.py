import io
import zipfile
from typing import Any

import docx
import pptx
import pytest
import xlsxwriter
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor
from pptx.util import Inches
from pptx.util import Pt as SlidePt

from sanyan.core.errors import BadInputError
from sanyan.engines.documents.reading import DocumentKind, Hiding, ReadDocument, ReadingLimits, read_document


def saved(document: Any) -> bytes:
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def read_word(document: Any) -> ReadDocument:
    return read_document(saved(document), file_name="รายงาน.docx")


def hidden(document: ReadDocument) -> list[tuple[str, Hiding]]:
    return [(each.text, each.why) for each in document.hidden]


def test_paragraphs_lists_tables_headers_and_pages_of_a_word_file_are_read() -> None:
    document: Any = docx.Document()
    document.sections[0].header.paragraphs[0].text = "สพป.ตาก เขต 2"
    document.add_paragraph("ผลการดำเนินงาน")
    document.add_paragraph("ครูไม่ครบชั้น", style="List Bullet")
    table = document.add_table(rows=2, cols=2)
    for cell, text in zip(
        [cell for row in table.rows for cell in row.cells], ["โรงเรียน", "จำนวน", "บ้านนา", "12"], strict=True
    ):
        cell.text = text
    document.add_page_break()
    document.add_paragraph("หน้าถัดไป")
    read = read_word(document)
    assert read.kind is DocumentKind.DOCX
    assert [page.number for page in read.pages] == [1, 2]
    assert read.pages[0].text == "สพป.ตาก เขต 2\n\nผลการดำเนินงาน\n\n• ครูไม่ครบชั้น\n\nโรงเรียน | จำนวน\nบ้านนา | 12"
    assert read.pages[1].text == "หน้าถัดไป"
    assert read.hidden == ()


def test_words_that_a_reader_of_a_word_file_does_not_see_are_kept_apart() -> None:
    document: Any = docx.Document()
    paragraph = document.add_paragraph("เห็น")
    vanished = paragraph.add_run("ซ่อนไว้")
    vanished.font.hidden = True
    white = paragraph.add_run("สีขาว")
    white.font.color.rgb = RGBColor(255, 255, 255)
    tiny = paragraph.add_run("จิ๋ว")
    tiny.font.size = Pt(1)
    style = document.styles.add_style("Secret", 1)
    style.font.hidden = True
    document.add_paragraph("ตามแบบ", style="Secret")
    read = read_word(document)
    assert read.pages[0].text == "เห็น"
    assert hidden(read) == [
        ("ซ่อนไว้", Hiding.MARKED),
        ("สีขาว", Hiding.COLOUR),
        ("จิ๋ว", Hiding.TINY),
        ("ตามแบบ", Hiding.MARKED),
    ]
    assert "4 แห่ง" in read.notes[0].th


def test_white_words_on_a_dark_cell_are_seen() -> None:
    document: Any = docx.Document()
    cell = document.add_table(rows=1, cols=1).cell(0, 0)
    run = cell.paragraphs[0].add_run("หัวตาราง")
    run.font.color.rgb = RGBColor(255, 255, 255)
    shade = OxmlElement("w:shd")
    shade.set(qn("w:fill"), "2B2F77")
    cell._tc.get_or_add_tcPr().append(shade)
    read = read_word(document)
    assert (read.pages[0].text, read.hidden) == ("หัวตาราง", ())


def test_deleted_words_are_no_part_of_the_text() -> None:
    document: Any = docx.Document()
    paragraph = document.add_paragraph("คงไว้")
    deleted = OxmlElement("w:del")
    deleted.append(paragraph.add_run("ลบแล้ว")._r)
    paragraph._p.append(deleted)
    assert read_word(document).pages[0].text == "คงไว้"


def slides() -> Any:
    deck = pptx.Presentation()
    first = deck.slides.add_slide(deck.slide_layouts[5])
    first.shapes.title.text = "ผลงานเด่น"
    table = first.shapes.add_table(1, 2, Inches(1), Inches(2), Inches(4), Inches(1)).table
    table.cell(0, 0).text, table.cell(0, 1).text = "อ่านออก", "ร้อยละ 87"
    box = first.shapes.add_textbox(Inches(1), Inches(4), Inches(4), Inches(1)).text_frame
    box.text = "เห็น"
    run = box.paragraphs[0].add_run()
    run.text, run.font.size = "จิ๋ว", SlidePt(1)
    first.shapes.add_textbox(Inches(-9), Inches(1), Inches(2), Inches(1)).text_frame.text = "นอกจอ"
    first.notes_slide.notes_text_frame.text = "บันทึกผู้พูด"
    second = deck.slides.add_slide(deck.slide_layouts[6])
    second.shapes.add_textbox(0, 0, Inches(2), Inches(1)).text_frame.text = "สไลด์ลับ"
    second._element.set("show", "0")
    return deck


def test_slides_are_pages_with_their_notes_and_without_what_is_not_shown() -> None:
    read = read_document(saved(slides()), file_name="a.pptx")
    assert read.kind is DocumentKind.PPTX
    assert (read.pages[0].name, read.pages[0].text) == (
        "ผลงานเด่น",
        "ผลงานเด่น\n\nอ่านออก | ร้อยละ 87\n\nเห็น\n\nบันทึกผู้พูด",
    )
    assert read.pages[1].text == ""
    assert sorted(hidden(read)) == sorted([("นอกจอ", Hiding.OFF_PAGE), ("จิ๋ว", Hiding.TINY), ("สไลด์ลับ", Hiding.SLIDE)])


def test_sheets_are_pages_without_hidden_rows_columns_and_sheets() -> None:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        sheet = book.add_worksheet("ผล")
        sheet.write_row(0, 0, ["โรงเรียน", "ลับ", "จำนวน"])
        sheet.write_row(1, 0, ["บ้านนา", "x", 12])
        sheet.write_row(2, 0, ["แถวลับ"])
        sheet.set_row(2, None, None, {"hidden": True})
        sheet.set_column(1, 1, None, None, {"hidden": True})
        book.add_worksheet("ซ่อน").write(0, 0, "แผ่นลับ")
        book.worksheets()[1].hide()
    read = read_document(out.getvalue(), file_name="a.xlsx")
    assert [(page.name, page.text) for page in read.pages] == [("ผล", "โรงเรียน | จำนวน\nบ้านนา | 12"), ("ซ่อน", "")]
    assert hidden(read) == [
        ("ลับ", Hiding.COLUMN),
        ("x", Hiding.COLUMN),
        ("แถวลับ", Hiding.ROW),
        ("แผ่นลับ", Hiding.SHEET),
    ]


def test_pages_beyond_the_limit_are_listed() -> None:
    document: Any = docx.Document()
    for number in range(5):
        document.add_paragraph(f"หน้า {number}")
        document.add_page_break()
    read = read_document(saved(document), file_name="a.docx", limits=ReadingLimits(pages=2))
    assert len(read.pages) == 2
    assert [(part.code, part.place.th) for part in read.unread] == [("page-beyond-limit", "หน้า 3-5")]


@pytest.mark.slow
def test_a_large_file_is_read_in_a_process_of_its_own() -> None:
    document: Any = docx.Document()
    document.add_paragraph("การศึกษา" * 200_000)
    read = read_document(saved(document), file_name="a.docx")
    assert len(read.pages[0].text) == 1_600_000


def repacked(data: bytes, part: str, body: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(name, body if name == part else old.read(name))
    return out.getvalue()


ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><x>&a;</x>'


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (ENTITY, "document-unsafe"),
        (b" " * 40_000_000, "document-bomb"),
        (b"<w:broken", "document-half-written"),
        (b"<x/>", "document-half-written"),
    ],
)
def test_harmful_and_broken_insides_are_refused(body: bytes, code: str) -> None:
    data = repacked(saved(docx.Document()), "word/document.xml", body)
    with pytest.raises(BadInputError) as caught:
        read_document(data, file_name="a.docx")
    assert caught.value.code == code
    assert caught.value.th
    assert caught.value.next_th
