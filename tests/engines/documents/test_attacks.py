"""Files made to hurt whoever opens them. Each is refused in words, quickly, in little memory."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

import pytest

from sanyan.core.errors import BadInputError
from sanyan.engines.documents.apart import lay_out_apart
from sanyan.engines.documents.excel import read_workbook

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
CORNER = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
SMALL = '<row r="1"><c r="A1"><v>7</v></c></row>'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
    'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)


def relations(kind: str, target: str) -> str:
    return (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="r1" Type="{LINKS}/{kind}" Target="{target}"/></Relationships>'
    )


def grid(rows: str) -> str:
    return f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData></worksheet>'


def book(rows: str, *, target: str = "worksheets/sheet1.xml", part: str = "", extra: bytes = b"") -> bytes:
    """A workbook of one sheet, which the relation `target` leads to and the zip calls `part`."""
    out = io.BytesIO()
    sheet = f'<sheet name="ก" sheetId="1" xmlns:r="{LINKS}" r:id="r1"/>'
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", relations("officeDocument", "xl/workbook.xml"))
        archive.writestr("xl/workbook.xml", f'<workbook xmlns="{MAIN}"><sheets>{sheet}</sheets></workbook>')
        archive.writestr("xl/_rels/workbook.xml.rels", relations("worksheet", target))
        info = zipfile.ZipInfo(part or f"xl/{target}")
        info.extra = extra
        archive.writestr(info, grid(rows), zipfile.ZIP_DEFLATED)
    return out.getvalue()


def code_of(data: bytes) -> str:
    with pytest.raises(BadInputError) as caught:
        read_workbook(data, file_name="สพป.xlsx")
    assert caught.value.place == "สพป.xlsx"
    assert caught.value.th
    assert caught.value.next_th
    return caught.value.code


def test_the_plain_workbook_of_these_tests_is_read() -> None:
    (sheet,) = read_workbook(book(SMALL), file_name="a")
    assert sheet.rows == ((7.0,),)


@pytest.mark.parametrize(
    "target", ["other/sheet1.xml", "worksheets/sheet1.bin", "worksheets/deep/sheet1.xml", "../elsewhere/sheet1.xml"]
)
def test_a_sheet_that_lies_where_none_should_be_is_not_opened_unseen(target: str) -> None:
    assert code_of(book(CORNER, target=target)) == "workbook-unsafe"


def second_name(name: bytes, real: bytes) -> bytes:
    return struct.pack("<HHBI", 0x7075, 5 + len(real), 1, zlib.crc32(name)) + real


def test_a_part_with_a_second_name_is_known_by_one_name_only() -> None:
    extra = second_name(b"xl/other/one.xml", b"xl/worksheets/sheet1.xml")
    assert code_of(book(CORNER, part="xl/other/one.xml", extra=extra)) == "workbook-unsafe"


def hidden_directory(bomb: bytes, shown: bytes) -> bytes:
    """Two zips in one file. Which of the two directories counts, is told differently by different readers."""
    first, last = bytearray(bomb), bytearray(shown)
    end = first.rfind(b"PK\x05\x06")
    first[end + 20 : end + 22] = struct.pack("<H", len(last))
    end = last.rfind(b"PK\x05\x06")
    last[end + 4 : end + 8] = struct.pack("<HH", 1, 1)
    return bytes(first + last)


def test_a_second_directory_in_the_file_is_not_opened_unseen() -> None:
    (sheet,) = read_workbook(hidden_directory(book(CORNER), book(SMALL)), file_name="a")
    assert sheet.rows == ((7.0,),)


def test_parts_that_overlap_cannot_add_up_to_more_than_is_allowed() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("k", bytes(8_000_000))
    raw = out.getvalue()
    start = raw.find(b"PK\x01\x02")
    entry = bytearray(raw[start : start + 46])
    entry[28:30] = struct.pack("<H", 5)
    listed = b"".join(bytes(entry) + b"%05d" % number for number in range(3900))
    tail = struct.pack("<HHHHIIH", 0, 0, 3900, 3900, len(listed), start, 0)
    assert code_of(raw[:start] + listed + b"PK\x05\x06" + tail) == "workbook-bomb"


def test_an_xls_that_is_a_zip_as_well_is_refused() -> None:
    assert code_of(OLE + "Workbook".encode("utf-16-le") + bytes(600) + book(CORNER)) == "workbook-unsafe"


def xls(*cells: tuple[int, int]) -> bytes:
    """A smallest .xls: one sheet with a 1 in each of these cells."""

    def records(*made: tuple[int, bytes]) -> bytes:
        return b"".join(struct.pack("<HH", kind, len(body)) + body for kind, body in made)

    def begin(kind: int) -> tuple[int, bytes]:
        return 0x809, struct.pack("<HHHHII", 0x600, kind, 0, 0, 0, 0)

    def names(offset: int) -> bytes:
        return records(begin(5), (0x85, struct.pack("<IBBBB", offset, 0, 0, 1, 0) + b"S"), (0x0A, b""))

    numbers = [(0x203, struct.pack("<HHHd", row, column, 0, 1.0)) for row, column in cells]
    return compound(names(len(names(0))) + records(begin(0x10), *numbers, (0x0A, b"")))


def compound(stream: bytes) -> bytes:
    """An OLE file of one stream "Workbook": a table of sectors, a directory, then the stream."""
    end, free = 0xFFFFFFFE, 0xFFFFFFFF
    sectors = max(8, -(-len(stream) // 512))
    table = [0xFFFFFFFD, end, *range(3, sectors + 2), end]
    table += [free] * (128 - len(table))
    head = OLE + bytes(16) + struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIIII", 0, 1, 1, 0, 4096, end, 0, end, 0, 0)

    def entry(name: str, kind: int, child: int, start: int, size: int) -> bytes:
        text = name.encode("utf-16-le")
        about = struct.pack("<HBBIII", len(text) + 2, kind, 1, free, free, child)
        return text.ljust(64, b"\0") + about + bytes(36) + struct.pack("<IQ", start, size)

    folder = entry("Root Entry", 5, 1, end, 0) + entry("Workbook", 2, free, 2, sectors * 512)
    body = b"".join(struct.pack("<I", each) for each in table) + folder.ljust(512, b"\0")
    return head.ljust(512, b"\xff") + body + stream.ljust(sectors * 512, b"\0")


def test_an_old_workbook_is_read() -> None:
    (sheet,) = read_workbook(xls((0, 0), (1, 1)), file_name="a.xls")
    assert sheet.rows == ((1.0, None), (None, 1.0))


def test_an_old_workbook_that_fills_the_memory_ends_its_own_process_only() -> None:
    code = code_of(xls((0, 0), (65535, 255)))
    assert code in ("workbook-bomb", "workbook-too-many-cells")


def test_a_reader_that_takes_too_long_is_stopped() -> None:
    assert lay_out_apart(xls((0, 0)), max_cells=10, seconds=0.001).refused == "bomb"


def open_document(rows: str) -> bytes:
    names = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f"<office:document-content {names}><office:body><office:spreadsheet>"
        f'<table:table table:name="ก">{rows}</table:table></office:spreadsheet></office:body></office:document-content>'
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return out.getvalue()


def test_a_long_text_repeated_over_a_million_cells_is_refused() -> None:
    cell = '<table:table-cell table:number-columns-repeated="15000" office:value-type="string"><text:p>{}</text:p>'
    row = '<table:table-row table:number-rows-repeated="100">' + cell.format("ab" * 50_000) + "</table:table-cell>"
    assert code_of(open_document(row + "</table:table-row>")) == "workbook-bomb"


@pytest.mark.parametrize(
    "rows",
    [
        lambda: '<row r="1">' + "".join(f'<c r="A{number}" t="n"/>' for number in range(2_600_000)) + "</row>",
        lambda: "".join(f'<row r="{number}" ht="{number % 977}"/><c  />' for number in range(1_400_000)),
    ],
    ids=["cells", "tags"],
)
def test_a_sheet_of_millions_of_tags_is_not_looked_through(rows: Callable[[], str]) -> None:
    assert code_of(book(rows())) == "workbook-bomb"


def test_many_styled_blank_rows_do_no_harm() -> None:
    blanks = "".join(f'<row r="{number}"><c r="A{number}" s="1"/></row>' for number in range(2, 400_000))
    (sheet,) = read_workbook(book(SMALL + blanks), file_name="a")
    assert sheet.rows == ((7.0,),)
