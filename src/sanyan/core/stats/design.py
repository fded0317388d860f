"""The context that units are compared within, as the columns of a regression."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sanyan.core.stats.notes import Note
from sanyan.core.stats.panel import FloatArray

MOST_MISSING = 0.5
DEPENDENT = 1e-8


@dataclass(frozen=True)
class Design:
    """Units x columns. The first column is one everywhere; the others have mean 0 and standard deviation 1.

    `notes` tells which context was left out, and where missing values were filled in.
    """

    matrix: FloatArray
    columns: tuple[str, ...]
    notes: tuple[Note, ...] = ()


def context_design(context: FloatArray, names: Sequence[str]) -> Design:
    """Columns from context (units x names, NaN where missing).

    A column that is constant, or missing in more than half the units, or a sum of earlier ones is left out. Other
    missing values become the median, with a column beside that marks them (missing-indicator method: fit for
    adjustment, where the missing mark is a feature of the unit, not for reading its coefficient; Groenwold et al.,
    2012, CMAJ 184:1265-9). Raise ValueError where shapes do not agree.
    """
    values = np.asarray(context, dtype=float)
    if values.ndim != 2 or values.shape[1] != len(names):
        raise ValueError("context must be units x names")
    held: list[FloatArray] = [np.ones(len(values))]
    columns, notes = ["intercept"], []
    for name, column in zip(names, values.T, strict=True):
        candidates, note = _columns_of(name, column)
        if note:
            notes.append(note)
        for label, candidate in candidates:
            basis = np.column_stack(held)
            left = candidate - basis @ np.linalg.lstsq(basis, candidate, rcond=None)[0]
            if left @ left > DEPENDENT * len(left):
                held.append(candidate)
                columns.append(label)
            elif label == name:
                notes.append(_left_out(name, "ซ้ำกับบริบทอื่น", "it repeats other context"))
    return Design(np.column_stack(held), tuple(columns), tuple(notes))


def _columns_of(name: str, column: FloatArray) -> tuple[list[tuple[str, FloatArray]], Note | None]:
    """A column made ready, its mark of missing values where needed, and what is to be told."""
    known = np.isfinite(column)
    missing = int((~known).sum())
    if not known.any() or missing > MOST_MISSING * len(column):
        return [], _left_out(name, "ไม่มีข้อมูลเกินครึ่ง", "more than half of it is missing")
    filled = np.where(known, column, np.median(column[known]))
    spread = float(filled.std())
    if spread <= DEPENDENT * max(1.0, float(np.abs(filled).max())):
        return [], _left_out(name, "มีค่าเดียว", "it holds one value")
    made = [(name, (filled - filled.mean()) / spread)]
    if not missing:
        return made, None
    mark = (~known).astype(float)
    made.append((f"{name}: missing", (mark - mark.mean()) / mark.std()))
    return made, Note(
        "context-filled",
        missing,
        f"บริบท {name} ไม่มีข้อมูลบางหน่วยงาน ใช้ค่ากลางแทนและทำเครื่องหมายไว้",
        f"Context {name} is missing for some units; the median stands in, marked as such.",
    )


def _left_out(name: str, why_th: str, why_en: str) -> Note:
    return Note("context-left-out", 1, f"ไม่ใช้บริบท {name} เพราะ{why_th}", f"Context {name} is left out: {why_en}.")
