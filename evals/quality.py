"""Wrong figures put into real panels: does one method rank them first, and flag little else?

    python -m evals.quality [--data FOLDER] [--seeds N]

FOLDER (or SANYAN_EVAL_DATA) holds the panels, or a folder `panels` with them, with their specifications in `specs`
beside them. Two in a hundred figures of an indicator are changed, one kind of error at a time; all its figures are
ranked; told is the share of changed ones among as many of the first (precision at k). Stock methods rank the same
figures: each cell has the figure of the one that is best on average over all cells. Prints tables and a JSON line,
and ends with 1 where, for a kind with a bar, the bar or a stock method is not beaten, or where more than one in a
hundred right figures is flagged.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from evals.data import DEVELOPMENT, asker, panel
from evals.quality_slips import KINDS, Kind, spoiled
from evals.quality_stock import stock_scores

from sanyan.core.checking.suspicion import Limits, suspicions
from sanyan.core.checking.suspicion_ranking import RankedFigure, limits_of, rank_figures
from sanyan.core.evaluating.panels import read_panels
from sanyan.core.stats.panel import BoolArray, FloatArray, Panel

SEEDS = 3
MOST_FALSE_FLAGS = 0.01
PAGE = Path(__file__).resolve().parents[1] / "docs" / "reference" / "evaluation-wrong-figures.md"
_HEAD = """# How well wrong figures are found

Made by `python -m evals.quality`; do not edit. Two in a hundred figures of an indicator are changed, one kind of error
at a time, and all its figures are ranked by one method with one set of constants (`sanyan evaluate quality`). Told is
the share of changed figures among as many of the first; each cell has ours over the stock method that is best on
average for that kind. The constants were chosen on these panels.

"""
DIRT = (("grad", 2570.4), ("grad", 778.5), ("dropout", 100.0), ("math7", 0.0))


@dataclass(frozen=True)
class Cell:
    """One indicator of one panel, as it was typed."""

    panel: str
    indicator: str
    held: Panel
    limits: Limits
    others: tuple[FloatArray, ...]


@dataclass(frozen=True)
class Row:
    """What came of one kind of error in one cell, as means over seeds. `stock` is by method."""

    kind: str
    panel: str
    indicator: str
    precision: float
    false_flags: float
    stock: dict[str, float]


def cells(folder: str) -> Iterator[Cell]:
    """Every development cell that is there."""
    for name in DEVELOPMENT:
        found = panel(name, folder)
        if found is None:
            print(f"{name}.csv or its specification is not there, so it is left out", file=sys.stderr)
            continue
        sheet, spec = found
        panels = read_panels(sheet, spec, raw=True).panels
        for item in spec.indicators:
            held = panels[item.name]
            others = [other.values for column, other in panels.items() if column != item.name]
            yield Cell(name, item.name, held, limits_of(item), (*others, *held.context))


def rows(folder: str, *, seeds: int = SEEDS, kinds: Sequence[Kind] = KINDS) -> Iterator[Row]:
    """Every kind of error in every cell."""
    for cell in cells(folder):
        for kind in kinds:
            yield _row(cell, kind, seeds)


def _row(cell: Cell, kind: Kind, seeds: int) -> Row:
    ours, flags = [], []
    stock: dict[str, list[float]] = {}
    for seed in range(seeds):
        values, hit = spoiled(cell.held.values, kind, seed)
        held = Panel(
            cell.held.units, cell.held.times, values, cell.held.regions, cell.held.size, (), cell.held.context[:0]
        )
        found = suspicions(held, limits=cell.limits, others=cell.others)
        ours.append(precision(np.where(np.isfinite(values), found.score, -np.inf), hit))
        right = np.isfinite(values) & ~hit
        flags.append(float(found.flag[right].mean()))
        for name, score in stock_scores(values).items():
            stock.setdefault(name, []).append(precision(score, hit))
    means = {name: float(np.mean(each)) for name, each in stock.items()}
    return Row(kind.name, cell.panel, cell.indicator, float(np.mean(ours)), float(np.mean(flags)), means)


def precision(score: FloatArray, hit: BoolArray) -> float:
    """The share of changed figures among as many of the highest scores."""
    first = np.argsort(-score, axis=None, kind="stable")[: int(hit.sum())]
    return float(hit.ravel()[first].mean())


@dataclass(frozen=True)
class Outcome:
    """A kind of error over all cells, beside the stock method that is best on average."""

    kind: Kind
    precision: float
    best_stock: str
    stock: float
    false_flags: float

    @property
    def missed(self) -> list[str]:
        """What is not reached, in words."""
        told = []
        if self.kind.bar is not None and self.precision <= self.kind.bar:
            told.append(f"{self.kind.name}: {self.precision:.3f} does not beat the bar {self.kind.bar}")
        if self.kind.bar is not None and self.precision <= self.stock:
            told.append(f"{self.kind.name}: {self.precision:.3f} does not beat {self.best_stock} ({self.stock:.3f})")
        if self.false_flags > MOST_FALSE_FLAGS:
            told.append(f"{self.kind.name}: {self.false_flags:.2%} of right figures are flagged in some cell")
        return told


def outcomes(held: Sequence[Row]) -> list[Outcome]:
    """One a kind; false flags are those of the worst cell."""
    made = []
    for kind in KINDS:
        mine = [row for row in held if row.kind == kind.name]
        if not mine:
            continue
        stock = {name: float(np.mean([row.stock[name] for row in mine])) for name in mine[0].stock}
        best = max(stock, key=lambda name: stock[name])
        made.append(
            Outcome(
                kind,
                float(np.mean([row.precision for row in mine])),
                best,
                stock[best],
                max(row.false_flags for row in mine),
            )
        )
    return made


def dirt(folder: str) -> list[RankedFigure]:
    """Where known dirt of the districts stands among all figures of all columns."""
    found = panel("mi_districts", folder)
    if found is None:
        return []
    ranking = rank_figures(*found, all_columns=True)
    return [item for item in ranking.figures if (item.indicator, round(item.value, 1)) in DIRT]


def table(held: Sequence[Row]) -> str:
    """The figures in Markdown: a line a kind, ours over the best stock method in each cell."""
    places = list(dict.fromkeys((row.panel, row.indicator) for row in held))
    heads = [
        "kind",
        "bar",
        "mean",
        "best stock",
        *(f"{panel} {indicator}" for panel, indicator in places),
        "false flags",
    ]
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    for outcome in outcomes(held):
        by_place = {(row.panel, row.indicator): row for row in held if row.kind == outcome.kind.name}
        each = [f"{by_place[at].precision:.2f} / {by_place[at].stock[outcome.best_stock]:.2f}" for at in places]
        bar = "" if outcome.kind.bar is None else f"{outcome.kind.bar:.2f}"
        stock = f"{outcome.stock:.3f} ({outcome.best_stock})"
        parts = [outcome.kind.words, bar, f"{outcome.precision:.3f}", stock, *each, f"{outcome.false_flags:.2%}"]
        lines.append("| " + " | ".join(parts) + " |")
    return "\n".join(lines)


def page(held: Sequence[Row], stands: Sequence[RankedFigure]) -> str:
    """The figures as a page of the reference."""
    missed = [told for outcome in outcomes(held) for told in outcome.missed]
    verdict = f"**Missed: {'; '.join(missed)}.**" if missed else "**Every bar is reached.**"
    lines = ["| rank | indicator | figure | unit | year | probability |", "|" + " --- |" * 6]
    lines += [
        f"| {item.rank} | {item.indicator} | {item.value:g} | {item.unit} | {item.time} | {item.probability:.3f} |"
        for item in stands
    ]
    known = "## Known dirt among all figures of the districts\n\n" + "\n".join(lines)
    return f"{_HEAD}{verdict}\n\n{table(held)}\n\n{known}\n"


def main() -> None:
    parser = asker(__doc__)
    parser.add_argument("--seeds", type=int, default=SEEDS)
    asked = parser.parse_args()
    held = list(rows(asked.data, seeds=asked.seeds))
    if not held:
        sys.exit("no panel is there; name their folder with --data")
    print(table(held))
    stands = dirt(asked.data)
    PAGE.write_text(page(held, stands), encoding="utf-8")
    for item in stands:
        print(f"rank {item.rank}: {item.indicator} {item.value:g} ({item.unit}, {item.time}), {item.probability:.4f}")
    missed = [told for outcome in outcomes(held) for told in outcome.missed]
    print(
        json.dumps(
            {
                "precision": {outcome.kind.name: round(outcome.precision, 4) for outcome in outcomes(held)},
                "best_stock": {outcome.kind.name: round(outcome.stock, 4) for outcome in outcomes(held)},
                "false_flags": round(max(row.false_flags for row in held), 5),
                "dirt": [[item.indicator, round(item.value, 1), item.rank] for item in stands],
                "missed": missed,
            }
        )
    )
    sys.exit(1 if missed else 0)


if __name__ == "__main__":
    main()
