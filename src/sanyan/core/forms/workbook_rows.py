"""Finds the tables of a workbook by what their headings mean, wherever people have moved them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from sanyan.core.errors import Fault
from sanyan.core.forms.sheets import CellValue, Sheet, cell_name
from sanyan.core.forms.workbook_words import CodeBook, Role, role_of

_ROWS_TO_SEARCH = 60
_PLAINLY_A_HEADING = 6
_FIGURES = frozenset({Role.NUMERATOR, Role.DENOMINATOR, Role.VALUE})
_EVIDENCE = frozenset({Role.TITLE, Role.LOCATION})
_NO_FORMULAS: frozenset[tuple[int, int]] = frozenset()


@dataclass(frozen=True)
class Table:
    """A table on a sheet: which column holds what, and where its rows begin."""

    sheet: Sheet
    columns: Mapping[Role, int]
    first_row: int

    @property
    def holds_figures(self) -> bool:
        return not _FIGURES.isdisjoint(self.columns)

    @property
    def holds_evidence(self) -> bool:
        return not self.holds_figures and not _EVIDENCE.isdisjoint(self.columns)


@dataclass(frozen=True, slots=True)
class RawRow:
    """One row of a table, asked by what its columns mean."""

    table: Table
    row: int
    formulas: frozenset[tuple[int, int]] = _NO_FORMULAS

    def cell(self, role: Role) -> CellValue:
        column = self.table.columns.get(role)
        return None if column is None else self.table.sheet.at(self.row, column)

    def place(self, role: Role) -> str:
        """The name of the cell, that of the code where the table has no such column."""
        columns = self.table.columns
        return cell_name(self.row, columns.get(role, columns.get(Role.CODE, 0)))

    def is_formula(self, role: Role) -> bool:
        return bool(self.formulas) and (self.row, self.table.columns.get(role, -1)) in self.formulas

    def is_blank(self, roles: frozenset[Role]) -> bool:
        """Whether nothing stands in any of these columns."""
        return all(_is_blank(self.cell(role)) for role in roles)

    def fault(
        self,
        code: str,
        th: str,
        en: str,
        *,
        role: Role = Role.CODE,
        subject: str = "",
        next_th: str = "",
        next_en: str = "",
        is_error: bool = True,
    ) -> Fault:
        """A fault at a cell of this row."""
        return Fault(
            code=code,
            th=th,
            en=en,
            next_th=next_th,
            next_en=next_en,
            sheet=self.table.sheet.name,
            cell=self.place(role),
            subject=subject,
            is_error=is_error,
        )


def find_table(sheet: Sheet) -> Table | None:
    """The table of a sheet, or None. A heading may take two rows; the lower, more exact one then decides."""
    best: Table | None = None
    for row in range(min(len(sheet.rows), _ROWS_TO_SEARCH)):
        columns = _roles(sheet, row)
        if not columns:
            continue
        below = _roles(sheet, row + 1)
        first = row + 1
        if below and sheet.at(row + 1, columns.get(Role.CODE, columns.get(Role.NAME, -1))) is None:
            columns = _merged(columns, below)
            first = row + 2
        table = Table(sheet, columns, first)
        if not _is_table(table):
            continue
        if best is None or len(columns) > len(best.columns):
            best = table
        if len(best.columns) >= _PLAINLY_A_HEADING:
            break
    return best


def rows_of(table: Table, codes: CodeBook, formulas: frozenset[tuple[int, int]]) -> Iterator[tuple[str | None, RawRow]]:
    """Each row that names something, with the code of its indicator, or None where it is not known.

    A row without a known code and with nothing filled in (a band, a note, a heading printed again) is left out.
    """
    filled = (_FIGURES if table.holds_figures else _EVIDENCE) & set(table.columns)
    for row in range(table.first_row, len(table.sheet.rows)):
        raw = RawRow(table, row, formulas)
        code = codes.leading(raw.cell(Role.CODE)) or codes.find_by_name(raw.cell(Role.NAME))
        if code is None and (raw.is_blank(filled) or _repeats_heading(raw, filled)):
            continue
        yield code, raw


def _roles(sheet: Sheet, row: int) -> dict[Role, int]:
    found: dict[Role, int] = {}
    if row >= len(sheet.rows):
        return found
    for column, value in enumerate(sheet.rows[row]):
        role = role_of(value) if value is not None else None
        if role is not None and role not in found:
            found[role] = column
    return found


def _merged(upper: dict[Role, int], lower: dict[Role, int]) -> dict[Role, int]:
    taken = set(lower.values())
    return {role: column for role, column in upper.items() if column not in taken} | lower


def _is_table(table: Table) -> bool:
    known = Role.CODE in table.columns or (Role.NAME in table.columns and table.holds_figures)
    return known and len(table.columns) >= 2 and (table.holds_figures or table.holds_evidence)


def _is_blank(value: CellValue) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _repeats_heading(raw: RawRow, filled: frozenset[Role]) -> bool:
    return sum(role_of(raw.cell(role)) is role for role in filled | {Role.CODE, Role.NAME}) >= 2
