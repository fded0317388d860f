from __future__ import annotations

import io
import zipfile

import docx
import pptx
import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sanyan.core.errors import BadInputError
from sanyan.engines.documents.archives import packed
from sanyan.engines.documents.sniffing import FileKind, sniff

PDF = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj <<>> endobj\n%%EOF\n"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
MAIN = '<Override PartName="/{part}" ContentType="application/vnd.{type}.main+xml"/>'


def word() -> bytes:
    out = io.BytesIO()
    docx.Document().save(out)
    return out.getvalue()


def slides() -> bytes:
    out = io.BytesIO()
    pptx.Presentation().save(out)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        book.add_worksheet()
    return out.getvalue()


def picture(form: str) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (2, 2)).save(out, form)
    return out.getvalue()


def office(part: str, type_: str, *more: str) -> bytes:
    types = "<Types>" + MAIN.format(part=part, type=type_) + "</Types>"
    return packed({"[Content_Types].xml": types.encode(), part: b"<x/>", **dict.fromkeys(more, b"x")})


def with_parts(data: bytes, **parts: bytes) -> bytes:
    out = io.BytesIO(data)
    with zipfile.ZipFile(out, "a") as archive:
        for name, body in parts.items():
            archive.writestr(name, body)
    return out.getvalue()


def refused(data: bytes, name: str) -> BadInputError:
    with pytest.raises(BadInputError) as error:
        sniff(data, name)
    assert error.value.th
    assert error.value.next_th
    assert error.value.next_en
    assert error.value.place == name
    return error.value


@pytest.mark.parametrize(
    ("make", "name", "kind"),
    [
        (lambda: PDF, "คำสั่ง 12.pdf", FileKind.PDF),
        (lambda: b"\xef\xbb\xbf\r\n" + PDF, "scan.PDF", FileKind.PDF),
        (word, "รายงาน.docx", FileKind.DOCX),
        (slides, "นำเสนอ.pptx", FileKind.PPTX),
        (workbook, "ตาราง.xlsx", FileKind.XLSX),
        (lambda: picture("PNG"), "ภาพ.png", FileKind.PNG),
        (lambda: picture("JPEG"), "ภาพ.JPG", FileKind.JPEG),
        (lambda: picture("JPEG"), "ภาพ.jpeg", FileKind.JPEG),
        (lambda: picture("TIFF"), "ภาพ.tif", FileKind.TIFF),
        (lambda: b"MM\0*" + bytes(20), "ภาพ.tiff", FileKind.TIFF),
        (word, "ไม่มีนามสกุล", FileKind.DOCX),
    ],
)
def test_a_file_is_known_by_what_it_holds(make: object, name: str, kind: FileKind) -> None:
    assert callable(make)
    assert sniff(make(), name) is kind


@pytest.mark.parametrize(
    ("data", "name", "code"),
    [
        (b"", "ว่าง.pdf", "file-empty"),
        (b"hello", "จดหมาย.pdf", "file-unknown"),
        (b"<html><script>alert(1)</script></html>", "หน้า.html", "file-unknown"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "ภาพ.svg", "file-unknown"),
        (b"GIF89a", "ภาพ.gif", "file-unknown"),
        (b"MZ\x90", "โปรแกรม.exe", "file-unknown"),
        (b"<html/>" + PDF, "ซ้อน.pdf", "file-unknown"),
        (OLE, "เก่า.doc", "file-old-office"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "ลับ.docx", "file-encrypted"),
        (b"PK\x03\x04" + bytes(30), "ขาด.docx", "file-half-written"),
        (packed({"a.txt": b"x"}), "รวม.zip", "file-unknown"),
        (packed({"word/document.xml": b"<x/>"}), "ปลอม.docx", "file-unknown"),
        (packed({"../up.txt": b"x"}), "ปีน.docx", "file-unsafe"),
        (PDF, "ใบ.docx", "file-name-disagrees"),
        (PDF, "ใบ.pdf.exe", "file-name-disagrees"),
        (PDF, "ใบ.html", "file-name-disagrees"),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_next_step(data: bytes, name: str, code: str) -> None:
    assert refused(data, name).code == code


def test_a_name_that_disagrees_is_told_how_it_should_end() -> None:
    error = refused(word(), "รายงาน.pdf")
    assert error.code == "file-name-disagrees"
    assert "DOCX" in error.th
    assert ".docx" in error.next_th


@pytest.mark.parametrize(
    "data",
    [
        office("word/document.xml", "ms-word.document.macroEnabled"),
        office("word/document.xml", "openxmlformats-officedocument.wordprocessingml.document", "word/vbaProject.bin"),
        office("xl/workbook.xml", "openxmlformats-officedocument.spreadsheetml.sheet", "xl/macrosheets/sheet1.xml"),
        office("ppt/presentation.xml", "ms-powerpoint.presentation.macroEnabled"),
    ],
)
def test_macros_are_found_under_any_name(data: bytes) -> None:
    for name in ("รายงาน.docx", "รายงาน.docm", "รายงาน.xlsm"):
        assert refused(data, name).code == "file-macros"


def test_a_word_file_that_carries_a_table_within_is_still_a_word_file() -> None:
    carrying = with_parts(word(), **{"word/embeddings/table.xlsx": workbook()})
    assert sniff(carrying, "รายงาน.docx") is FileKind.DOCX


def test_a_zip_that_says_it_grows_without_measure_is_not_taken() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", MAIN)
        archive.writestr("word/document.xml", bytes(40 * 1024 * 1024))
    assert refused(out.getvalue(), "ระเบิด.docx").code == "file-unsafe"


def told(data: bytes, name: str) -> str:
    """The kind of a file, or the code of what keeps it out."""
    try:
        return sniff(data, name)
    except BadInputError as error:
        return error.code


@given(st.binary(max_size=200), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-", b"II*\0", OLE]), st.text(max_size=20))
def test_any_bytes_under_any_name_are_a_kind_or_refused(rest: bytes, head: bytes, name: str) -> None:
    assert told(head + rest, name) in set(FileKind) or told(head + rest, name).startswith("file-")


@given(st.integers(min_value=0, max_value=10_000))
def test_a_workbook_cut_anywhere_is_never_taken(length: int) -> None:
    whole = workbook()
    assert told(whole[: length % len(whole)], "x.xlsx") in {"file-empty", "file-half-written", "file-unknown"}
