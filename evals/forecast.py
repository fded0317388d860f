"""The next round of real panels: is it foreseen better than by saying "same as last round", and are the chances true?

    python -m evals.forecast [--data FOLDER]

FOLDER (or SANYAN_EVAL_DATA) holds the panels, or a folder `panels` with them, with their specifications in `specs`
beside them. Every test of every specification is forecast from the rows before it by one method with one set of
constants. A cell is an indicator of a panel; its figures are means over its tests, and the bars are over cells.
Prints every bar with persistence beside it, the cells, how often events happened at each told chance, and a JSON line.
Ends with 1 where a bar is missed or nothing was measured.
"""

from __future__ import annotations

import argparse
import json
import math
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import yaml

from sanyan.core.evaluating.forecast_cells import Cell, bars, by_cell, cells_of
from sanyan.core.evaluating.specs import read_panel_spec
from sanyan.core.evaluating.warning_paper import bars_table, calibration_table, cells_table, levels_table
from sanyan.engines.documents.delimited import read_delimited

PANELS = ("mi_districts", "mi_schools", "tx_turnover_2013_2018", "th_provinces_to_2559", "th_dengue_annual_1999_2009")


def cells(folder: str, panels: Sequence[str] = PANELS) -> tuple[Cell, ...]:
    """Every cell of every panel that is there; one that is not is told."""
    found: list[Cell] = []
    for name in panels:
        path = _path(folder, f"{name}.csv")
        if path is None:
            print(f"{name}.csv is not there, so it is left out.", file=sys.stderr)
            continue
        document = yaml.safe_load((path.parent / "specs" / f"{name}.yaml").read_text(encoding="utf-8"))
        spec = read_panel_spec(document, place=name)
        found += cells_of(name, read_delimited(path.read_bytes(), file_name=path.name), spec)
    return tuple(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data", default=os.environ.get("SANYAN_EVAL_DATA", ""))
    held = cells(parser.parse_args().data)
    reached = bars(held)
    print("\n".join((bars_table(reached), cells_table(held), levels_table(held), calibration_table(held))))
    told = {"bars": {bar.name: _number(bar.ours) for bar in reached}, "cells": list(by_cell(held))}
    print(json.dumps(told, default=str).replace("NaN", "null"))
    sys.exit(0 if held and all(bar.is_reached for bar in reached) else 1)


def _number(value: float) -> float | None:
    return round(value, 4) if math.isfinite(value) else None


def _path(folder: str, name: str) -> Path | None:
    places = (Path(folder) / name, Path(folder) / "panels" / name) if folder else ()
    return next((path for path in places if path.is_file()), None)


if __name__ == "__main__":
    main()
