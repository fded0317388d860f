"""Units compared on rows of anybody's table: the rows that can be used, the fitted model, and what is told of each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.compare_spec import CompareSpec
from sanyan.core.evaluating.tables import Columns, Omission
from sanyan.core.forms.sheets import Sheet
from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.stats.posteriors import Posterior
from sanyan.core.stats.ranks import RankIntervals, rank_intervals
from sanyan.core.stats.reml import RandomIntercept, fit_random_intercept
from sanyan.core.stats.suppression import Visibility, visibilities

INTERCEPT = "intercept"
MOST_CATEGORIES = 50
EFFECT_COLUMNS = (
    "unit", "n", "state", "effect", "se", "lo80", "hi80", "lo95", "hi95", "p_better",
    "rank", "rank_lo80", "rank_hi80", "rank_lo95", "rank_hi95", "p_top_fifth",
)  # fmt: skip

Row = dict[str, str | int | float | None]


@dataclass(frozen=True)
class Compared:
    """A fitted comparison of `rows` rows as they came.

    `effects` and `ranks` are in the order of `units`; effects are in the outcome's unit, whichever way is good, and
    rank 1 is the best. `columns` names the coefficients.
    """

    units: tuple[str, ...]
    columns: tuple[str, ...]
    rows: int
    model: RandomIntercept
    p_better: FloatArray
    ranks: RankIntervals
    states: tuple[Visibility, ...]
    omissions: tuple[Omission, ...]

    @property
    def effects(self) -> Posterior:
        """The units' effects, in the outcome's unit."""
        return self.model.effects

    def effect_rows(self, *, publish: bool = False) -> list[Row]:
        """What is told of each unit, by EFFECT_COLUMNS; of units with few cases only their number and state."""
        low80, high80 = self.effects.interval(0.8)
        low95, high95 = self.effects.interval(0.95)
        ranks = self.ranks
        told = (
            self.effects.mean, self.effects.sd, low80, high80, low95, high95, self.p_better, ranks.rank,
            ranks.low80, ranks.high80, ranks.low95, ranks.high95, ranks.p_top,
        )  # fmt: skip
        rows: list[Row] = []
        for number, unit in enumerate(self.units):
            row: Row = {"unit": unit, "n": int(self.model.n[number]), "state": self.states[number].value}
            hidden = self.states[number] is Visibility.HIDDEN and publish
            for name, values in zip(EFFECT_COLUMNS[3:], told, strict=True):
                value = float(values[number])
                row[name] = None if hidden else int(value) if name.startswith("rank_") else value
            rows.append(row)
        return rows

    def told(self, *, publish: bool = False) -> tuple[Omission, ...]:
        """What was left out of the input, and of the result."""
        hidden = sum(state is Visibility.HIDDEN for state in self.states) if publish else 0
        if not hidden:
            return self.omissions
        th = "หน่วยที่มีไม่ถึง 5 แถว ใช้คำนวณแต่ไม่แสดงผล"
        en = "Units of fewer than 5 rows take part, but their results are not shown."
        return (*self.omissions, Omission("unit-hidden", hidden, th, en))

    def as_dict(self, *, publish: bool = False) -> dict[str, object]:
        """The whole result by name, for JSON."""
        model = self.model
        return {
            "components": {"tau2": model.tau2, "sigma2": model.sigma2, "icc": model.icc},
            "beta": dict(zip(self.columns, model.beta.tolist(), strict=True)),
            "beta_se": dict(zip(self.columns, model.beta_se.tolist(), strict=True)),
            "rows": self.rows,
            "rows_used": int(model.n.sum()),
            "units": len(self.units),
            "top_fifth": self.ranks.top,
            "effects": self.effect_rows(publish=publish),
            "omissions": [item.as_dict() for item in self.told(publish=publish)],
        }


def compare_rows(sheet: Sheet, spec: CompareSpec, *, place: str = "") -> Compared:
    """Fit a random intercept for each unit on the rows that have everything; the others are counted by their reason.

    Units come in the order in which the table first names them, as text exactly as it stands there. Raise
    BadInputError for a missing column, fewer than two usable units, or an outcome without variation.
    """
    table = Columns(sheet, place)
    table.tell_unread(spec.unread)
    names = table.texts(spec.unit)
    outcome = table.numbers(spec.outcome)
    columns = [part for name in spec.context for part in _context(table, name, spec)]
    rows = np.flatnonzero(_usable(table, spec, names, outcome, columns))
    held = [names[row] for row in rows.tolist()]
    index = {name: number for number, name in enumerate(dict.fromkeys(held))}
    if not index:
        raise _no_rows(place, table.reasons)
    x = np.column_stack([np.ones(len(rows)), *[values[rows] for _, values in columns]])
    labels = (INTERCEPT, *[label for label, _ in columns])
    model = fit_random_intercept(outcome[rows], x, np.array([index[name] for name in held]))
    for label in [labels[dropped] for dropped in model.dropped]:
        th = f"ไม่ใช้คอลัมน์ {label} เพราะมีค่าเดียวหรือซ้ำกับคอลัมน์อื่น"
        table.omit("column-dropped", 1, th, f"Column {label} is not used: it holds one value or repeats others.")
    return _compared(tuple(index), labels, len(names), model, spec.direction, tuple(table.omissions))


def _compared(
    units: tuple[str, ...],
    columns: tuple[str, ...],
    rows: int,
    model: RandomIntercept,
    direction: Direction,
    omissions: tuple[Omission, ...],
) -> Compared:
    sign = direction.sign
    return Compared(
        units=units,
        columns=columns,
        rows=rows,
        model=model,
        p_better=Posterior(sign * model.effects.mean, model.effects.sd).p_above(),
        ranks=rank_intervals(Posterior(sign * model.apart.mean, model.apart.sd)),
        states=visibilities(model.n.astype(float)),
        omissions=omissions,
    )


def _context(table: Columns, name: str, spec: CompareSpec) -> Iterator[tuple[str, FloatArray]]:
    """A column of numbers as it is; one of words as a mark (0, 1) for each but the first in the alphabet."""
    texts = table.texts(name)
    filled = [text for text in texts if text]
    if name not in spec.categories:
        told = len(table.omissions)
        values = table.numbers(name)
        if not filled or np.isfinite(values).any():
            yield name, values
            return
        del table.omissions[told:]  # a column of words is no column of bad numbers
    found = sorted(set(filled))
    if len(found) > MOST_CATEGORIES:
        raise BadInputError(
            "compare-categories",
            f"คอลัมน์ {name} มีคำต่างกัน {len(found)} คำ มากเกินกว่าจะใช้เป็นบริบท",
            f"Column {name} holds {len(found)} different words, too many for context.",
            next_th=f"ใช้คอลัมน์ที่มีไม่เกิน {MOST_CATEGORIES} คำ หรือเอาออกจากบริบท",
            next_en=f"Use a column of at most {MOST_CATEGORIES} words, or leave it out of the context.",
            place=table.place,
        )
    blank = np.array([not text for text in texts], dtype=bool)
    if not found[1:]:
        yield name, np.where(blank, np.nan, 1.0)
    for word in found[1:]:
        yield f"{name}={word}", np.where(blank, np.nan, np.array([float(text == word) for text in texts]))


def _usable(
    table: Columns, spec: CompareSpec, names: list[str], outcome: FloatArray, columns: Sequence[tuple[str, FloatArray]]
) -> BoolArray:
    """Rows that have a unit, an outcome and all context; each of the others is told once, by the first it lacks."""
    kept = np.ones(len(names), dtype=bool)
    kept = _less(table, kept, np.array([not name for name in names]), spec.unit)
    kept = _less(table, kept, ~np.isfinite(outcome), spec.outcome)
    for label, values in columns:
        kept = _less(table, kept, ~np.isfinite(values), label)
    return kept & ~_repeated(table, spec, names, kept)


def _less(table: Columns, kept: BoolArray, lacking: BoolArray, column: str) -> BoolArray:
    rows = np.flatnonzero(kept & lacking)
    th, en = f"แถวที่ไม่มีค่าในคอลัมน์ {column} ไม่ได้ใช้", f"Rows without a value in column {column} are not used."
    table.omit("row-incomplete", len(rows), th, en, table.row_name(int(rows[0])) if len(rows) else "")
    return kept & ~lacking


def _repeated(table: Columns, spec: CompareSpec, names: list[str], kept: BoolArray) -> BoolArray:
    """Rows whose id stands in the unit already, to be left out; without an id, rows wholly alike are only told."""
    columns = [table.texts(spec.id)] if spec.id else [table.texts(name) for name in table.names]
    seen: set[tuple[str, ...]] = set()
    again = np.zeros(len(names), dtype=bool)
    for row in np.flatnonzero(kept).tolist():
        key = (names[row], *[column[row] for column in columns])
        again[row] = key in seen and bool(not spec.id or columns[0][row])
        seen.add(key)
    rows = np.flatnonzero(again)
    example = table.row_name(int(rows[0])) if len(rows) else ""
    if spec.id:
        th, en = (
            f"แถวที่ {spec.id} ซ้ำในหน่วยเดียวกัน ใช้แถวแรก",
            f"{spec.id} stands in its unit twice; the first row is used.",
        )
        table.omit("row-repeated", len(rows), th, en, example)
        return again
    table.omit(
        "row-alike",
        len(rows),
        "แถวที่เหมือนแถวก่อนหน้าทุกคอลัมน์ ยังใช้อยู่ หากเป็นแถวซ้ำให้ระบุ id ในไฟล์กำหนด",
        "Rows alike to an earlier one in every column are used; name an id in the specification to leave repeats out.",
        example,
    )
    return np.zeros(len(names), dtype=bool)


def _no_rows(place: str, why: tuple[str, str]) -> BadInputError:
    return BadInputError(
        "compare-no-rows",
        f"ไม่มีแถวที่มีค่าครบทั้งหน่วย ผลลัพธ์ และบริบท{why[0]}",
        f"No row has a unit, an outcome and all of the context.{why[1]}",
        next_th="ตรวจชื่อคอลัมน์ในไฟล์กำหนด หรือลดบริบทที่ขาดข้อมูลมาก",
        next_en="Check the columns in the specification, or leave out context that is mostly missing.",
        place=place,
    )
