"""Read the Excel form of a framework: what each cell says, and what could not be read, by sheet and cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sanyan.core.errors import Fault
from sanyan.core.forms.framework_cells import plain_label, read_cell
from sanyan.core.forms.framework_codec import from_dict
from sanyan.core.forms.framework_faults import FrameworkFaultsError
from sanyan.core.forms.framework_layout import (
    FRAMEWORK,
    GUIDE_SHEET,
    INDICATORS,
    LABEL_COLUMN,
    RUBRIC,
    TABLES,
    TARGETS,
    VALUE_COLUMN,
    Column,
    Form,
    Locate,
    SheetForm,
    written_place,
)
from sanyan.core.forms.sheets import CellValue, Sheet, cell_name
from sanyan.core.indicators.definitions import Framework

HEADER_WITHIN = 15


@dataclass(frozen=True)
class FrameworkReading:
    """What was read. `framework` is None when an error stands among `faults`; `locate` finds cells again."""

    framework: Framework | None
    faults: tuple[Fault, ...]
    locate: Locate = field(default=written_place)


@dataclass(frozen=True)
class _Item:
    """One row: its values in the dict form, and the cell each came from."""

    values: dict[str, Any]
    row: int
    cells: Mapping[str, str]


def framework_from_sheets(sheets: Sequence[Sheet]) -> tuple[Framework | None, tuple[Fault, ...]]:
    """The framework that the sheets hold, or None, with every fault by sheet and cell.

    Blank rows, extra blanks around text, Thai digits, "-" for nothing and Buddhist-era dates are read. What
    is left unread (an unknown sheet or column) is listed as a warning.
    """
    reading = read_framework(sheets)
    return reading.framework, reading.faults


def read_framework(sheets: Sequence[Sheet]) -> FrameworkReading:
    """As `framework_from_sheets`, with a way back from a value to the cell it was read from."""
    reader = _Reader(sheets)
    held = reader.framework()
    tables = {form.part: reader.table(form) for form in TABLES}
    reader.note_unread_sheets()
    _nest(tables, reader)
    raw = {**held.values, **{part: [item.values for item in items] for part, items in tables.items()}}
    raw = {key: value for key, value in raw.items() if key not in (TARGETS.part, RUBRIC.part)}
    framework = None
    if not any(fault.is_error for fault in reader.faults):
        try:
            framework = from_dict(raw)
        except FrameworkFaultsError as error:
            reader.faults += error.faults
    return FrameworkReading(framework, tuple(reader.faults), _locator(held, tables))


def _nest(tables: dict[str, list[_Item]], reader: _Reader) -> None:
    """Put targets and level criteria into their indicators; order both as the indicators stand."""
    by_code: dict[str, dict[str, Any]] = {}
    for item in tables[INDICATORS.part]:
        by_code.setdefault(item.values["code"], item.values)
    order = {code: place for place, code in enumerate(by_code)}
    for form in (TARGETS, RUBRIC):
        for item in tables[form.part]:
            code = item.values.pop("indicator")
            if code not in by_code:
                reader.fault(
                    "unknown-indicator",
                    f"ไม่พบตัวชี้วัดรหัส {code} ในแผ่น {INDICATORS.name}",
                    f"There is no indicator {code} in the sheet of indicators.",
                    form.name,
                    item.cells["indicator"],
                )
                continue
            by_code[code].setdefault(form.part, []).append(item.values)
            item.values["_order"] = order[code]
        tables[form.part].sort(key=lambda item: item.values.pop("_order", -1))


def _locator(held: _Item, tables: Mapping[str, list[_Item]]) -> Locate:
    names = {form.part: form.name for form in (FRAMEWORK, *TABLES)}

    def locate(part: str, row: int, key: str) -> tuple[str, str]:
        items = [held] if part == FRAMEWORK.part else tables[part]
        key = "submit_month" if key == "submit_by" else key
        if row >= len(items):
            return names[part], ""
        return names[part], items[row].cells.get(key) or cell_name(items[row].row, 0)

    return locate


class _Reader:
    """Walks the sheets once and gathers faults as it goes."""

    def __init__(self, sheets: Sequence[Sheet]) -> None:
        self.faults: list[Fault] = []
        self._sheets: dict[str, Sheet] = {}
        for sheet in sheets:
            self._sheets.setdefault(plain_label(sheet.name), sheet)
        self._read: set[str] = {plain_label(GUIDE_SHEET)}

    def fault(self, code: str, th: str, en: str, sheet: str = "", cell: str = "", *, is_error: bool = True) -> None:
        self.faults.append(
            Fault(
                code=code,
                th=th,
                en=en,
                next_th="แก้ในแผ่นและช่องนี้ แล้วนำเข้าอีกครั้ง" if is_error else "ตรวจว่าตั้งใจเช่นนี้หรือไม่",
                next_en="Correct it in this sheet and cell, then import again." if is_error else "Check this is meant.",
                sheet=sheet,
                cell=cell,
                is_error=is_error,
            )
        )

    def sheet(self, form: SheetForm) -> Sheet | None:
        for name in (form.name, form.name_en):
            if (found := self._sheets.get(plain_label(name))) is not None:
                self._read.add(plain_label(name))
                return found
        self.fault(
            "sheet-missing",
            f"ไม่พบแผ่น {form.name}" + ("" if form.required else " จึงถือว่าไม่มีรายการ"),
            f"The sheet {form.name} ({form.name_en}) is missing"
            + ("." if form.required else " and is taken as empty."),
            form.name,
            is_error=form.required,
        )
        return None

    def note_unread_sheets(self) -> None:
        for plain, sheet in self._sheets.items():
            if plain not in self._read:
                self.fault(
                    "sheet-unread",
                    f"ไม่ได้อ่านแผ่น {sheet.name} เพราะไม่ใช่ส่วนของแบบ",
                    f"The sheet {sheet.name} is not part of the form and was not read.",
                    sheet.name,
                    is_error=False,
                )

    def framework(self) -> _Item:
        """The first sheet: a label in one column, its value in the next."""
        sheet = self.sheet(FRAMEWORK)
        labels = _labels(FRAMEWORK.columns)
        values: dict[str, Any] = {}
        cells: dict[str, str] = {}
        for row in range(len(sheet.rows) if sheet else 0):
            assert sheet is not None
            column = labels.get(plain_label(sheet.at(row, LABEL_COLUMN)))
            if column is not None and column.key not in cells:
                cells[column.key] = cell_name(row, VALUE_COLUMN)
                self._take(values, column, sheet.at(row, VALUE_COLUMN), sheet.name, cells[column.key])
        if sheet is not None:
            self._missing(FRAMEWORK, [c for c in FRAMEWORK.columns if c.required and c.key not in cells])
        return _Item(values, 0, cells)

    def table(self, form: SheetForm) -> list[_Item]:
        """A sheet of rows under a header, wherever in its first rows the header stands."""
        sheet = self.sheet(form)
        if sheet is None:
            return []
        labels = _labels(form.columns)
        header = max(
            range(min(HEADER_WITHIN, len(sheet.rows))),
            key=lambda row: (len(_known(sheet.rows[row], labels)), -row),
            default=0,
        )
        columns = self._columns(form, sheet, header, labels)
        rows = range(header + 1, len(sheet.rows))
        found = (self._item(form, sheet, row, columns, labels) for row in rows)
        return [item for item in found if item is not None]

    def _columns(self, form: SheetForm, sheet: Sheet, header: int, labels: Mapping[str, Column]) -> dict[int, Column]:
        columns: dict[int, Column] = {}
        for place, value in enumerate(sheet.rows[header] if sheet.rows else ()):
            column = labels.get(plain_label(value))
            if column is not None and column.key not in {held.key for held in columns.values()}:
                columns[place] = column
            elif plain_label(value):
                self.fault(
                    "column-unread",
                    f"ไม่ได้อ่านคอลัมน์ {value} เพราะไม่ใช่ส่วนของแบบหรือซ้ำ",
                    f"The column {value} is not part of the form, or is given twice, and was not read.",
                    sheet.name,
                    cell_name(header, place),
                    is_error=False,
                )
        held = {column.key for column in columns.values()}
        self._missing(form, [column for column in form.columns if column.required and column.key not in held])
        return columns

    def _missing(self, form: SheetForm, columns: Iterable[Column]) -> None:
        for column in columns:
            self.fault(
                "column-missing",
                f"แผ่น {form.name} ไม่มีช่อง {column.header_th}",
                f"The sheet {form.name} has no {column.header_en}.",
                form.name,
            )

    def _item(
        self,
        form: SheetForm,
        sheet: Sheet,
        row: int,
        columns: Mapping[int, Column],
        labels: Mapping[str, Column],
    ) -> _Item | None:
        filled = [value for value in sheet.rows[row] if plain_label(value)]
        if not filled or all(plain_label(value) in labels for value in filled):
            return None
        values: dict[str, Any] = {}
        cells = {column.key: cell_name(row, place) for place, column in columns.items()}
        for place, column in columns.items():
            self._take(values, column, sheet.at(row, place), sheet.name, cells[column.key])
        if values.get(form.identity) in (None, ""):
            self.fault(
                "row-without-name",
                "แถวนี้มีข้อมูลแต่ยังไม่มีรหัสหรือลำดับ",
                "This row holds data but does not say what it is.",
                sheet.name,
                cells.get(form.identity, cell_name(row, 0)),
            )
            return None
        self._join_submit_by(values, sheet.name, cells)
        return _Item(values, row, cells)

    def _join_submit_by(self, values: dict[str, Any], sheet: str, cells: Mapping[str, str]) -> None:
        """Month and day stand in two columns, so that Excel does not make a date of this year out of them."""
        month, day = values.pop("submit_month", None), values.pop("submit_day", None)
        if month is None or day is None:
            return
        if 1 <= month <= 12 and 1 <= day <= 31:
            values["submit_by"] = f"{month:02d}-{day:02d}"
            return
        self.fault(
            "submit-by-unknown",
            "เดือนต้องอยู่ระหว่าง 1-12 และวันที่ระหว่าง 1-31",
            "The month must be 1-12 and the day 1-31.",
            sheet,
            cells["submit_month"],
        )

    def _take(self, values: dict[str, Any], column: Column, value: CellValue, sheet: str, cell: str) -> None:
        """Put a cell's value under its key; blank leaves the default, or no text where text is required."""
        try:
            read = read_cell(value, column)
        except ValueError as error:
            self.fault(
                "cell-unreadable",
                f"อ่านช่อง {column.header_th} ไม่ได้: {value} ({error})",
                f"{column.header_en}: {value!r} cannot be read.",
                sheet,
                cell,
            )
            return
        if read is None and column.required and column.form is Form.TEXT and not column.words:
            read = ""
        if read is None and column.required and column.form is Form.WHOLES:
            read = []
        if read is None and column.required:
            self.fault(
                "cell-empty",
                f"ยังไม่ได้กรอกช่อง {column.header_th}",
                f"{column.header_en} is empty.",
                sheet,
                cell,
            )
        elif read is not None:
            values[column.key] = read


def _labels(columns: Iterable[Column]) -> dict[str, Column]:
    return {plain_label(label): c for c in columns for label in (c.header_th, c.header_en, c.key)}


def _known(row: Sequence[CellValue], labels: Mapping[str, Column]) -> set[str]:
    return {labels[plain_label(value)].key for value in row if plain_label(value) in labels}
