"""The next round of real panels: is it foreseen better than by saying "same as last round", and are the chances true?

    python -m evals.forecast [--data FOLDER]

FOLDER (or SANYAN_EVAL_DATA) holds the panels, or a folder `panels` with them, with their specifications in `specs`
beside them. Every test of every specification is forecast from the rows before it by one method with one set of
constants. A cell is an indicator of a panel; its figures are means over its tests, and the bars are over cells.
Prints every bar with persistence beside it, the cells, how often events happened at each told chance, and a JSON line.
Ends with 1 where a bar is missed or nothing was measured.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Sequence

from evals.data import DEVELOPMENT, asker, panel

from sanyan.core.evaluating.forecast_cells import Cell, bars, by_cell, cells_of
from sanyan.core.evaluating.warning_paper import bars_table, calibration_table, cells_table, levels_table


def cells(folder: str, panels: Sequence[str] = DEVELOPMENT) -> tuple[Cell, ...]:
    """Every cell of every panel that is there; one that is not is told."""
    found: list[Cell] = []
    for name in panels:
        held = panel(name, folder)
        if held is None:
            print(f"{name}.csv or its specification is not there, so it is left out", file=sys.stderr)
            continue
        found += cells_of(name, *held)
    return tuple(found)


def main() -> None:
    held = cells(asker(__doc__).parse_args().data)
    reached = bars(held)
    print("\n".join((bars_table(reached), cells_table(held), levels_table(held), calibration_table(held))))
    told = {"bars": {bar.name: _number(bar.ours) for bar in reached}, "cells": list(by_cell(held))}
    print(json.dumps(told, default=str).replace("NaN", "null"))
    sys.exit(0 if held and all(bar.is_reached for bar in reached) else 1)


def _number(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None


if __name__ == "__main__":
    main()
