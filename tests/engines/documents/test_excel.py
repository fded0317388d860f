import contextlib
import io
import struct
import zipfile
import zlib
from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType

import pytest
import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.errors import BadInputError
from sanyan.core.forms.workbook_grid import CellStyle, DropDown, PlacedCell, SheetLayout, WorkbookLayout
from sanyan.engines.documents.excel import formula_cells, open_workbook, read_workbook, write_workbook


def made(fill: Callable[[xlsxwriter.Workbook], None]) -> bytes:
    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        fill(book)
    return out.getvalue()


def plain(book: xlsxwriter.Workbook) -> None:
    sheet = book.add_worksheet("ข้อมูล")
    sheet.write(1, 1, "รหัส")
    sheet.write(1, 2, 12.5)
    sheet.write_boolean(2, 1, True)
    sheet.write_datetime(2, 2, date(2025, 7, 2), book.add_format({"num_format": "yyyy-mm-dd"}))


def repacked(
    data: bytes, change: Callable[[str, bytes], bytes | None], extra: Mapping[str, bytes] = MappingProxyType({})
) -> bytes:
    out = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(data)) as old,
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            body = change(name, old.read(name))
            if body is not None:
                new.writestr(name, body)
        for name, body in extra.items():
            new.writestr(name, body)
    return out.getvalue()


def sheet_replaced(xml: bytes) -> bytes:
    return repacked(made(plain), lambda name, body: xml if name == "xl/worksheets/sheet1.xml" else body)


def sheet_xml(rows: bytes) -> bytes:
    head = b'<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    return head + b"<sheetData>" + rows + b"</sheetData></worksheet>"


def code_of(data: bytes, **limits: int) -> str:
    with pytest.raises(BadInputError) as caught:
        read_workbook(data, file_name="สพป.xlsx", **limits)
    error = caught.value
    assert error.place == "สพป.xlsx"
    assert error.th
    assert error.next_th
    return error.code


def ole(stream: str) -> bytes:
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(600)


def test_cells_come_with_their_types_and_empty_ones_as_none() -> None:
    (sheet,) = read_workbook(made(plain), file_name="a.xlsx")
    assert sheet.name == "ข้อมูล"
    assert sheet.at(0, 0) is None
    assert sheet.at(1, 1) == "รหัส"
    assert sheet.at(1, 2) == 12.5
    assert sheet.at(2, 1) is True
    assert sheet.at(2, 2) == date(2025, 7, 2)


def test_hidden_sheets_are_read_and_said_to_be_hidden() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("เห็น")
        book.add_worksheet("_ซ่อน").hide()

    assert [(s.name, s.hidden) for s in read_workbook(made(fill), file_name="a")] == [
        ("เห็น", False),
        ("_ซ่อน", True),
    ]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "workbook-empty"),
        (b"code,value\nA,1\n", "workbook-not"),
        (b"%PDF-1.7 ...", "workbook-not"),
        (b"<html><table><tr><td>1</td></tr></table></html>", "workbook-not"),
        (bytes(range(256)) * 9, "workbook-not"),
        (ole("EncryptedPackage"), "workbook-encrypted"),
        (ole("WordDocument"), "workbook-not"),
        (ole("Workbook"), "workbook-half-written"),
    ],
)
def test_what_is_not_a_workbook_is_refused_whatever_its_name(data: bytes, code: str) -> None:
    assert code_of(data) == code


def test_a_word_file_is_named_as_one() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    with pytest.raises(BadInputError, match="Word document"):
        read_workbook(out.getvalue(), file_name="a.xlsx")


def test_a_file_over_the_limit_is_refused_before_it_is_opened() -> None:
    assert code_of(b"PK\x03\x04" + bytes(2000), max_bytes=1000) == "workbook-too-large"


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_half_written_file_is_refused(share: float) -> None:
    data = made(plain)
    assert code_of(data[: int(len(data) * share)]) == "workbook-half-written"


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300), st.integers(0, 6000), st.booleans())
def test_damaged_bytes_are_either_read_or_refused_and_nothing_else(noise: bytes, place: int, with_start: bool) -> None:
    data = made(plain)
    at = place % len(data)
    damaged = data[:at] + noise + data[at + len(noise) :] if with_start else b"PK\x03\x04" + noise
    with contextlib.suppress(BadInputError):
        read_workbook(damaged, file_name="a.xlsx")


def test_a_bomb_that_declares_its_size_is_refused() -> None:
    data = repacked(made(plain), lambda _, body: body, {"xl/media/a.bin": bytes(30_000_000)})
    assert code_of(data) == "workbook-bomb"


def test_a_bomb_that_lies_about_its_size_is_refused() -> None:
    out = io.BytesIO()
    hidden = bytes(30_000_000)
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", hidden)
    data = out.getvalue()
    told, lie = struct.pack("<I", len(hidden)), struct.pack("<I", 10)
    true_sum, false_sum = (struct.pack("<I", zlib.crc32(body)) for body in (hidden, hidden[:10]))
    assert code_of(data.replace(told, lie).replace(true_sum, false_sum)) == "workbook-bomb"


@pytest.mark.parametrize("declaration", [b'<!DOCTYPE a [<!ENTITY b "c">]>', b"<!DOCTYPE a>"])
def test_xml_with_a_document_type_is_refused(declaration: bytes) -> None:
    assert code_of(sheet_replaced(b'<?xml version="1.0"?>' + declaration + b"<worksheet/>")) == "workbook-unsafe"


def test_xml_that_hides_in_utf_16_is_refused() -> None:
    assert code_of(sheet_replaced("<worksheet/>".encode("utf-16"))) == "workbook-unsafe"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "c:/x", "xl/../../x"])
def test_names_that_lead_outside_are_refused(name: str) -> None:
    assert code_of(repacked(made(plain), lambda _, body: body, {name: b"x"})) == "workbook-unsafe"


def test_two_parts_of_one_name_are_refused() -> None:
    data = repacked(made(plain), lambda _, body: body, {"XL/workbook.xml": b"<x/>"})
    assert code_of(data) == "workbook-unsafe"


@pytest.mark.parametrize(
    "cell",
    [
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        b"<row r='1048576'><c   t='n' r='XFD1048576'><v>1</v></c></row>",
        b"<row r='1048576'><c r=\"xfd1048576\"><v>1</v></c></row>",
        b'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048570"><c><v>1</v></c><c r="ZZ9999999"><v>1</v></c></row>',
    ],
)
def test_one_cell_in_the_last_corner_is_refused_before_a_grid_is_laid_out(cell: bytes) -> None:
    assert code_of(sheet_replaced(sheet_xml(cell))) == "workbook-too-many-cells"


def test_styled_empty_cells_far_away_do_no_harm() -> None:
    rows = b'<row r="1"><c r="A1"><v>7</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'
    (sheet,) = read_workbook(sheet_replaced(sheet_xml(rows)), file_name="a")
    assert sheet.rows == ((7.0,),)


def test_one_long_text_used_by_many_cells_is_refused() -> None:
    strings = b"<sst><si><t>" + bytes([97]) * 3_000_000 + b"</t></si></sst>"
    rows = b"".join(b'<row r="%d"><c r="A%d" t="s"><v>0</v></c></row>' % (n, n) for n in range(1, 200))

    def change(name: str, body: bytes) -> bytes:
        return sheet_xml(rows) if name == "xl/worksheets/sheet1.xml" else strings if "shared" in name else body

    assert code_of(repacked(made(plain), change)) == "workbook-bomb"


def test_too_many_cells_are_refused() -> None:
    assert code_of(made(plain), max_cells=5) == "workbook-too-many-cells"


def content(rows: str) -> bytes:
    return (
        '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
        'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet>'
        f'<table:table table:name="ก">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    ).encode()


def ods(rows: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content(rows))
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


CELL = '<table:table-cell office:value-type="float" office:value="5"><text:p>5</text:p></table:table-cell>'


def test_an_open_document_is_read_and_its_empty_tail_ignored() -> None:
    tail = (
        '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    )
    (sheet,) = read_workbook(ods(f"<table:table-row>{CELL}</table:table-row>{tail}"), file_name="a.ods")
    assert sheet.rows == ((5.0,),)


def test_an_open_document_with_endless_repeats_is_refused() -> None:
    cell = CELL.replace("<table:table-cell", '<table:table-cell table:number-columns-repeated="900000000"')
    assert code_of(ods(f"<table:table-row>{cell}</table:table-row>")) == "workbook-too-many-cells"


def test_formula_cells_are_named_with_their_sheet() -> None:
    def fill(book: xlsxwriter.Workbook) -> None:
        book.add_worksheet("ไม่มีสูตร").write(0, 0, 1)
        sheet = book.add_worksheet("มี & สูตร")
        sheet.write_formula(2, 3, "=1+1", None, 2)
        sheet.write_formula(4, 27, "=1/0", None, "#DIV/0!")

    data = made(fill)
    assert formula_cells(data) == {"มี & สูตร": frozenset({(2, 3), (4, 27)})}
    opened = open_workbook(data, file_name="a")
    assert opened.formulas == formula_cells(data)
    assert opened.sheets[1].at(2, 3) == 2.0
    assert opened.sheets[1].at(4, 27) is None


TEXTS = st.one_of(
    st.sampled_from(["=1+1", "http://a.b", "+66", "-1", "@a", "1", "{=1}", "mailto:a@b", " ก ", "บรรทัด\nใหม่"]),
    st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), min_size=1, max_size=40),
)


@settings(deadline=None, max_examples=50)
@given(st.lists(TEXTS, min_size=1, max_size=6))
def test_text_is_written_as_text_and_read_back_the_same(texts: list[str]) -> None:
    cells = tuple(PlacedCell(row, 0, text, "s") for row, text in enumerate(texts))
    data = write_workbook(WorkbookLayout((SheetLayout("ก", cells),), {"s": CellStyle()}))
    (sheet,) = read_workbook(data, file_name="a")
    assert [row[0] for row in sheet.rows] == texts
    assert formula_cells(data) == {}


def test_a_layout_gives_the_same_bytes_each_time() -> None:
    cells = (
        PlacedCell(0, 0, "หัว", "head", last_column=2),
        PlacedCell(1, 0, 1.5),
        PlacedCell(1, 1, date(2025, 7, 2)),
        PlacedCell(1, 2, True),
    )
    sheet = SheetLayout(
        "ก",
        cells,
        widths=(5, 30),
        drop_downs=(DropDown(1, 0, 5, 0, ("มี", "ไม่มี"), "เลือก", "เลือกคำ"),),
        frozen_rows=1,
        repeat_rows=(0, 0),
        protected=True,
    )
    layout = WorkbookLayout((sheet, SheetLayout("ซ่อน", (), hidden=True)), {"head": CellStyle(bold=True)})
    data = write_workbook(layout)
    assert data == write_workbook(layout)
    first, second = read_workbook(data, file_name="a")
    assert first.rows == (("หัว", None, None), (1.5, date(2025, 7, 2), True))
    assert second.hidden
