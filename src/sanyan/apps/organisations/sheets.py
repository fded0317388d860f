"""A site's file of organisations, as rows: CSV, or the first sheet of a workbook that has the headings."""

from __future__ import annotations

from collections.abc import Callable

from sanyan.apps.organisations.registry import OrganisationRow
from sanyan.core.errors import BadInputError, Fault
from sanyan.core.forms.sheets import CellValue, Sheet, cell_name
from sanyan.engines.documents.delimited import read_delimited
from sanyan.engines.documents.excel import read_workbook

HEADINGS = {
    "code": ("รหัส", "รหัสหน่วยงาน", "รหัสเขต"),
    "kind": ("ชนิด", "ประเภท", "ประเภทหน่วยงาน"),
    "area_type": ("ประเภทเขต",),
    "name_th": ("ชื่อ", "ชื่อหน่วยงาน", "name"),
    "short_th": ("ชื่อย่อ",),
    "name_en": ("ชื่อภาษาอังกฤษ",),
    "provinces": ("จังหวัด", "province"),
    "latitude": ("ละติจูด", "lat"),
    "longitude": ("ลองจิจูด", "lon"),
    "schools": ("จำนวนโรงเรียน",),
    "note": ("หมายเหตุ",),
    "parent_code": ("รหัสต้นสังกัด", "parent"),
    "region_code": ("เขตตรวจราชการ", "region"),
    "other_names": ("ชื่ออื่น",),
    "other_codes": ("รหัสอื่น",),
}
NUMBERS: dict[str, Callable[[str], float | int]] = {"latitude": float, "longitude": float, "schools": int}
LISTS = ("provinces", "other_names", "other_codes")
ROWS_TO_LOOK_FOR_HEADINGS = 10
LARGEST_NUMBER = 1e9
KIND_WHERE_NONE_IS_GIVEN = "area"


def read_rows(data: bytes, *, file_name: str) -> tuple[list[OrganisationRow], list[Fault]]:
    """Rows of a file, and a fault for each row with a number that is none; raise BadInputError for another file."""
    if file_name.lower().endswith((".csv", ".tsv", ".txt")):
        sheets: tuple[Sheet, ...] = (read_delimited(data, file_name=file_name),)
    else:
        sheets = read_workbook(data, file_name=file_name)
    for sheet in sheets:
        for top in range(min(ROWS_TO_LOOK_FOR_HEADINGS, len(sheet.rows))):
            columns = _columns(sheet.rows[top])
            if "code" in columns and "name_th" in columns:
                return _read(sheet, top, columns)
    raise BadInputError(
        "headings-not-found",
        "ไม่พบหัวคอลัมน์รหัสและชื่อหน่วยงาน",
        "No headings for code and name were found.",
        next_th="ตั้งหัวคอลัมน์อย่างน้อย “รหัส” และ “ชื่อ” ไว้ใน 10 แถวแรก แล้วลองอีกครั้ง",
        next_en="Put at least the headings “code” and “name_th” into the first ten rows.",
        place=file_name,
    )


def _columns(row: tuple[CellValue, ...]) -> dict[str, int]:
    known = {name: key for key, names in HEADINGS.items() for name in (key, *names)}
    found: dict[str, int] = {}
    for column, value in enumerate(row):
        key = known.get(_text(value).lower())
        if key is not None:
            found.setdefault(key, column)
    return found


def _read(sheet: Sheet, top: int, columns: dict[str, int]) -> tuple[list[OrganisationRow], list[Fault]]:
    rows: list[OrganisationRow] = []
    faults: list[Fault] = []
    for number in range(top + 1, len(sheet.rows)):
        texts = {key: _text(sheet.at(number, column)) for key, column in columns.items()}
        if not any(texts.values()):
            continue
        wrong = [key for key in NUMBERS if texts.get(key) and _number(key, texts[key]) is None]
        faults += [_not_a_number(sheet, cell_name(number, columns[key]), texts["code"], texts[key]) for key in wrong]
        if not wrong:
            rows.append(_row(texts, place=f"{sheet.name}!{cell_name(number, columns['code'])}"))
    return rows, faults


def _row(texts: dict[str, str], *, place: str) -> OrganisationRow:
    lists = {key: tuple(filter(None, map(str.strip, texts.get(key, "").split("|")))) for key in LISTS}
    latitude, longitude, schools = (_number(key, texts.get(key, "")) for key in NUMBERS)
    return OrganisationRow(
        code=texts["code"],
        kind=texts.get("kind") or KIND_WHERE_NONE_IS_GIVEN,
        name_th=texts["name_th"],
        short_th=texts.get("short_th", ""),
        name_en=texts.get("name_en", ""),
        area_type=texts.get("area_type", ""),
        note=texts.get("note", ""),
        parent_code=texts.get("parent_code", ""),
        region_code=texts.get("region_code", ""),
        latitude=latitude,
        longitude=longitude,
        schools=None if schools is None else int(schools),
        place=place,
        **lists,
    )


def _text(value: CellValue) -> str:
    """A cell as text with single spaces; 4001.0, as Excel keeps a code typed as a number, is 4001."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else " ".join(str(value).split())


def _number(key: str, text: str) -> float | int | None:
    try:
        number = NUMBERS[key](text.replace(",", ""))
    except ValueError:
        return None
    usable = abs(number) < LARGEST_NUMBER and (key != "schools" or number >= 0)  # NaN is below nothing
    return number if usable else None


def _not_a_number(sheet: Sheet, cell: str, code: str, text: str) -> Fault:
    return Fault(
        code="number-unreadable",
        th=f"“{text}” ไม่ใช่จำนวนที่ใช้ได้",
        en=f"“{text}” is not a number that can be used.",
        next_th="แก้เป็นตัวเลข หรือเว้นว่างหากไม่ทราบ",
        next_en="Write a number, or leave it empty where not known.",
        sheet=sheet.name,
        cell=cell,
        subject=code,
    )
