"""From a table to panels: one grid of units and times an indicator, and what was left out of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.specs import IndicatorSpec, PanelSpec
from sanyan.core.evaluating.tables import Columns, Omission
from sanyan.core.forms.sheets import Sheet
from sanyan.core.stats.panel import BoolArray, FloatArray, Panel

MOST_STEPS = 2_000

IndexArray = NDArray[np.intp]


@dataclass(frozen=True)
class PanelTable:
    """One panel an indicator, all over the same units and times, and what of the table could not be used."""

    panels: Mapping[str, Panel]
    omissions: tuple[Omission, ...]


@dataclass(frozen=True)
class _Grid:
    """Where each kept row of the table lies: its row there, its unit and its time."""

    units: tuple[str, ...]
    times: tuple[int, ...]
    rows: IndexArray
    unit_of: IndexArray
    time_of: IndexArray

    def spread(self, column: FloatArray) -> FloatArray:
        grid = np.full((len(self.units), len(self.times)), np.nan)
        grid[self.unit_of, self.time_of] = column[self.rows]
        return grid


def read_panels(sheet: Sheet, spec: PanelSpec, *, raw: bool = False, place: str = "") -> PanelTable:
    """The panels that a specification names in a table.

    Rows without a unit or a whole-numbered time, and all but the first row of a unit and time, are left out and told.
    With `raw` values stay as typed: no log, no `max_valid`. Raise BadInputError for a missing column, no usable row,
    times off the step, or fewer than two units.
    """
    table = Columns(sheet, place)
    table.tell_unread(spec.unread)
    grid = _grid(table, spec)
    size = grid.spread(table.numbers(spec.size)) if spec.size else None
    context = [grid.spread(_constant_told(table, name, grid)) for name in spec.context]
    stacked = np.stack(context) if context else np.empty((0, len(grid.units), len(grid.times)))
    regions = _regions(table, spec, grid)
    panels = {
        item.name: Panel(
            units=grid.units,
            times=grid.times,
            values=grid.spread(_values(table, item, raw=raw)),
            regions=regions,
            size=size,
            context_names=spec.context,
            context=stacked,
            step=spec.step,
        )
        for item in spec.indicators
    }
    return PanelTable(panels, tuple(table.omissions))


def _grid(table: Columns, spec: PanelSpec) -> _Grid:
    names, times = table.texts(spec.unit), table.numbers(spec.time)
    usable = np.array([bool(name) for name in names]) & np.isfinite(times)
    usable[usable] = times[usable] == np.floor(times[usable])
    bad = np.flatnonzero(~usable)
    table.omit(
        "row-without-place",
        len(bad),
        "แถวที่ไม่มีหน่วยงาน หรือเวลาไม่เป็นจำนวนเต็ม ไม่ได้ใช้",
        "Rows without a unit, or with a time that is no whole number, are not used.",
        table.row_name(int(bad[0])) if len(bad) else "",
    )
    kept, doubled = _first_of_each(names, times, np.flatnonzero(usable))
    table.omit(
        "row-repeated",
        len(doubled),
        "หน่วยงานและเวลาซ้ำ ใช้แถวแรก",
        "A unit and time stand there twice; the first row is used.",
        table.row_name(doubled[0]) if doubled else "",
    )
    if not len(kept):
        why_th, why_en = table.reasons
        raise _unusable(f"ไม่มีแถวที่ใช้ได้{why_th}", f"No row can be used.{why_en}", table.place)
    units = tuple(dict.fromkeys(names[row] for row in kept))
    if len(units) < 2:
        raise _unusable("มีหน่วยงานเดียว เทียบกันไม่ได้", "There is one unit only; nothing can be compared.", table.place)
    steps = _steps(times[kept], spec.step, table.place)
    unit_index = {name: index for index, name in enumerate(units)}
    return _Grid(
        units=units,
        times=steps,
        rows=kept,
        unit_of=np.array([unit_index[names[row]] for row in kept], dtype=np.intp),
        time_of=((times[kept] - steps[0]) // spec.step).astype(np.intp),
    )


def _first_of_each(names: list[str], times: FloatArray, rows: IndexArray) -> tuple[IndexArray, list[int]]:
    seen: set[tuple[str, float]] = set()
    kept: list[int] = []
    doubled: list[int] = []
    for row in rows.tolist():
        key = (names[row], float(times[row]))
        (doubled if key in seen else kept).append(row)
        seen.add(key)
    return np.array(kept, dtype=np.intp), doubled


def _steps(times: FloatArray, step: int, place: str) -> tuple[int, ...]:
    first, last = int(times.min()), int(times.max())
    if np.any((times - first) % step != 0):
        raise _unusable(f"เวลาไม่ห่างกันทีละ {step}", f"The times are not {step} apart.", place)
    if (last - first) // step >= MOST_STEPS:
        raise _unusable("ช่วงเวลายาวผิดปกติ", "The times span too long a range.", place)
    return tuple(range(first, last + 1, step))


def _values(table: Columns, item: IndicatorSpec, *, raw: bool) -> FloatArray:
    values = table.numbers(item.name)
    if raw:
        return values
    if item.max_valid is not None:
        values = _left_out(
            table,
            values,
            values > item.max_valid,
            "value-too-large",
            f"{item.name}: ค่าเกิน {item.max_valid:g} นับเป็นไม่มีข้อมูล",
            f"{item.name}: values over {item.max_valid:g} count as missing.",
        )
    if item.log:
        values = _left_out(
            table,
            values,
            values <= 0,
            "log-of-none",
            f"{item.name}: ค่าที่ไม่เกินศูนย์ไม่มีลอการิทึม นับเป็นไม่มีข้อมูล",
            f"{item.name}: values not above zero have no logarithm and count as missing.",
        )
        values = np.log(values)
    return values


def _left_out(table: Columns, values: FloatArray, which: BoolArray, code: str, th: str, en: str) -> FloatArray:
    found = np.flatnonzero(which)
    table.omit(code, len(found), th, en, table.row_name(int(found[0])) if len(found) else "")
    return np.where(which, np.nan, values)


def _constant_told(table: Columns, name: str, grid: _Grid) -> FloatArray:
    values = table.numbers(name)
    held = values[grid.rows]
    known = held[np.isfinite(held)]
    if not len(known) or known.min() == known.max():
        table.omit(
            "constant-column",
            1,
            f"คอลัมน์ {name} มีค่าเดียวหรือไม่มีค่า จึงไม่ช่วยอธิบาย",
            f"Column {name} holds one value or none, so it explains nothing.",
        )
    return values


def _regions(table: Columns, spec: PanelSpec, grid: _Grid) -> tuple[str, ...]:
    if not spec.region:
        return ("",) * len(grid.units)
    names = table.texts(spec.region)
    found = dict.fromkeys(grid.units, "")
    latest = dict.fromkeys(grid.units, -1)
    for row, unit, time in zip(grid.rows.tolist(), grid.unit_of.tolist(), grid.time_of.tolist(), strict=True):
        name = grid.units[unit]
        if names[row] and time > latest[name]:
            found[name], latest[name] = names[row], time
    return tuple(found.values())


def _unusable(th: str, en: str, place: str) -> BadInputError:
    return BadInputError(
        "panel-unusable",
        th,
        en,
        next_th="ตรวจคอลัมน์หน่วยงานและเวลาในไฟล์และไฟล์กำหนด แล้วลองใหม่",
        next_en="Check the unit and time columns of the file and the specification, and try again.",
        place=place,
    )
