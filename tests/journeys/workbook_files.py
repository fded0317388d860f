"""Files as offices send them: a downloaded workbook with one cell changed, and files that must be turned away."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from python_calamine import CalamineWorkbook

LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
CITIZEN_ID = 13
OLE_MAGIC = bytes.fromhex("d0cf11e0a1b11ae1")


def with_figure(data: bytes, *, code: str, heading: str, value: float) -> bytes:
    """The workbook with one number typed into the row of `code` under `heading`, and nothing else touched."""
    number, row, column = _find(data, code, heading)
    name, reference = f"xl/worksheets/sheet{number}.xml", f"{LETTERS[column]}{row}"
    found = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(found, "w", zipfile.ZIP_DEFLATED) as new:
        for part in old.infolist():
            content = old.read(part.filename)
            if part.filename == name:
                content = _typed(content.decode("utf-8"), reference, value).encode("utf-8")
            new.writestr(part.filename, content)
    return found.getvalue()


def figure(data: bytes, *, code: str, heading: str) -> object:
    """What stands in the row of `code` under `heading`."""
    number, row, column = _find(data, code, heading)
    return _rows(data, number - 1)[row - 1][column]


def _rows(data: bytes, sheet: int) -> list[list[object]]:
    book = CalamineWorkbook.from_filelike(io.BytesIO(data))
    return [list(row) for row in book.get_sheet_by_index(sheet).to_python(skip_empty_area=False)]


def _find(data: bytes, code: str, heading: str) -> tuple[int, int, int]:
    """Sheet number and row, counted from 1, and column, counted from 0."""
    for index in range(len(CalamineWorkbook.from_filelike(io.BytesIO(data)).sheet_names)):
        column = None
        for row, cells in enumerate(_rows(data, index), start=1):
            column = cells.index(heading) if heading in cells else column
            if column is not None and cells[0] == code:
                return index + 1, row, column
    raise AssertionError(f"no {heading} of {code}")


def _typed(sheet: str, reference: str, value: float) -> str:
    cell = re.compile(rf'<c r="{reference}"((?: s="\d+")?)(?: t="\w+")?(?:/>|>.*?</c>)')
    changed, count = cell.subn(rf'<c r="{reference}"\1><v>{value:g}</v></c>', sheet)
    assert count == 1, f"{reference} stands {count} times"
    return changed


def pdf(path: Path) -> Path:
    path.write_bytes(b"%PDF-1.7\n1 0 obj\n<< >>\nendobj\ntrailer\n<< >>\n%%EOF\n")
    return path


def encrypted(path: Path) -> Path:
    """An OLE file with the stream names that Excel gives a workbook under a password."""
    names = "EncryptedPackage", "EncryptionInfo"
    header = OLE_MAGIC + bytes(504)
    path.write_bytes(header + b"".join(name.encode("utf-16-le").ljust(128, b"\0") for name in names) + bytes(4096))
    return path


def half(path: Path, data: bytes) -> Path:
    path.write_bytes(data[: len(data) // 2])
    return path


def pupil_list(path: Path, *, pupils: int = 40) -> Path:
    """A school's pupil export: 91 columns, citizen ids (made up, their check digits right) and names."""
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("นักเรียน")
        sheet.write_row(0, 0, ["เลขประจำตัวประชาชน", "ชื่อ", "สกุล", *(f"ข้อมูล {n}" for n in range(88))])
        for row in range(1, pupils + 1):
            sheet.write_row(row, 0, [citizen_id(row), f"เด็กชาย{row}", "ตัวอย่าง", *range(88)])
    return path


def citizen_id(number: int) -> str:
    digits = [int(digit) for digit in f"1{number:011d}"]
    return "".join(map(str, digits)) + str(check_digit(digits))


def check_digit(digits: Sequence[int]) -> int:
    weighted = sum(digit * weight for digit, weight in zip(digits, range(CITIZEN_ID, 1, -1), strict=True))
    return (11 - weighted % 11) % 10
