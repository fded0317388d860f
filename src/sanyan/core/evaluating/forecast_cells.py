"""How well forecasts did over many panels: each indicator of each panel is a cell, with persistence beside it."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, fields

import numpy as np

from sanyan.core.evaluating.forecast_run import ForecastCase, run_forecasts
from sanyan.core.evaluating.forecast_scores import ForecastScores, breaches, drops, score
from sanyan.core.evaluating.scores import Bin, budget, calibration
from sanyan.core.evaluating.specs import PanelSpec
from sanyan.core.forms.sheets import Sheet
from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.warning.levels import LEVELS

BUDGET = 0.1
FIGURES = tuple(held.name for held in fields(ForecastScores))


@dataclass(frozen=True)
class Trial:
    """One indicator of one panel at one test time, and how it came out."""

    panel: str
    case: ForecastCase
    scores: ForecastScores


@dataclass(frozen=True)
class Cell:
    """One indicator of one panel: its tests, and the means of their figures over those tests that have them."""

    panel: str
    indicator: str
    tests: tuple[Trial, ...]

    def mean(self, figure: str) -> float:
        """A figure's mean over tests; NaN where no test has it."""
        held = [float(getattr(test.scores, figure)) for test in self.tests]
        known = [value for value in held if math.isfinite(value)]
        return sum(known) / len(known) if known else math.nan

    def ratio(self, figure: str, other: str) -> float:
        """One figure's mean beside another's."""
        return self.mean(figure) / self.mean(other)

    @property
    def repeated(self) -> float:
        """The share of alarms that stood there a round earlier too; NaN where no test follows another."""
        firsts = {test.case.test: alarms(test.case) for test in self.tests}
        shares = [
            len(first & firsts[time - 1]) / len(first) for time, first in firsts.items() if time - 1 in firsts and first
        ]
        return sum(shares) / len(shares) if shares else math.nan


@dataclass(frozen=True)
class Bar:
    """A figure to reach, ours and persistence's; `at_most` or at least."""

    name: str
    limit: float
    at_most: bool
    ours: float
    persistence: float

    @property
    def is_reached(self) -> bool:
        """Whether it is; a figure that could not be had is not."""
        return self.ours <= self.limit if self.at_most else self.ours >= self.limit


def cells_of(panel: str, sheet: Sheet, spec: PanelSpec) -> tuple[Cell, ...]:
    """The cells of one panel: every indicator forecast at each test from what came before, and scored."""
    run = run_forecasts(sheet, spec, place=panel)
    found = []
    for item in spec.indicators:
        scored = (Trial(panel, case, score(case)) for case in run.cases if case.indicator == item.name)
        tests = tuple(trial for trial in scored if trial.scores.n)
        if tests:
            found.append(Cell(panel, item.name, tests))
    return tuple(found)


def bars(held: Sequence[Cell]) -> tuple[Bar, ...]:
    """The bars over cells: errors as geometric means of ratios to persistence, the others as plain means."""
    errors = [cell.ratio("mae", "mae_persistence") for cell in held]
    return (
        Bar("error / persistence, geometric mean", 0.90, True, _geometric(errors), 1.0),
        Bar("error / persistence, worst cell", 1.05, True, max(errors, default=math.nan), 1.0),
        Bar(
            "80 % interval score / persistence, geometric mean",
            0.88,
            True,
            _geometric([cell.ratio("is80", "is80_persistence") for cell in held]),
            1.0,
        ),
        Bar("mean gap of 80 % coverage", 0.06, True, _gap(held, "cov80"), _gap(held, "cov80_persistence")),
        Bar("new breach, PR-AUC", 0.47, False, _mean(held, "breach_ap"), _mean(held, "breach_ap_persistence")),
        Bar(
            "new breach, precision at 10 %",
            0.48,
            False,
            _mean(held, "breach_p10"),
            _mean(held, "breach_p10_persistence"),
        ),
        Bar(
            "new breach, Brier / persistence, geometric mean",
            0.86,
            True,
            _geometric([cell.ratio("breach_brier", "breach_brier_persistence") for cell in held]),
            1.0,
        ),
    )


def chances(
    held: Sequence[Cell], event: str, edges: FloatArray | None = None, of: Callable[[Trial], bool] = lambda _: True
) -> tuple[Bin, ...]:
    """Told chances of `breach` or `reldrop` beside what happened, all cells' units together (ten bins, or `edges`)."""
    told: list[FloatArray] = []
    happened: list[BoolArray] = []
    for test in (test for cell in held for test in cell.tests if of(test)):
        case = test.case
        chance = case.p_breach if event == "breach" else case.p_reldrop
        known = np.isfinite(case.truth) & np.isfinite(chance)
        told.append(chance[known])
        happened.append((breaches(case) if event == "breach" else drops(case))[known])
    if not told:
        return ()
    return calibration(np.concatenate(told), np.concatenate(happened), edges)


def levels(held: Sequence[Cell], event: str) -> dict[str, Bin]:
    """How often `breach` or `reldrop` happened at each level of its told chance."""
    names = sorted(LEVELS, key=lambda name: LEVELS[name][0])
    edges = np.array([*(LEVELS[name][0] for name in names), 1.0])
    return dict(zip(names, chances(held, event, edges), strict=False))


def alarms(case: ForecastCase) -> frozenset[str]:
    """The units within the budget: the tenth with the highest chance of a new breach."""
    chance = case.p_breach
    among = np.flatnonzero(np.isfinite(chance))
    order = among[np.argsort(-chance[among], kind="stable")]
    return frozenset(case.said.units[at] for at in order[: budget(len(among), BUDGET)])


def by_cell(held: Sequence[Cell]) -> Iterator[dict[str, object]]:
    """Every figure of every cell, with the ratios that the bars are made of."""
    for cell in held:
        yield {
            "panel": cell.panel,
            "indicator": cell.indicator,
            "tests": len(cell.tests),
            **{figure: cell.mean(figure) for figure in FIGURES},
            "mae_ratio": cell.ratio("mae", "mae_persistence"),
            "is80_ratio": cell.ratio("is80", "is80_persistence"),
            "breach_brier_ratio": cell.ratio("breach_brier", "breach_brier_persistence"),
            "breach_brier_ratio_base": cell.ratio("breach_brier", "breach_brier_base"),
            "alarms_repeated": cell.repeated,
        }


def _mean(held: Sequence[Cell], figure: str) -> float:
    known = [value for value in (cell.mean(figure) for cell in held) if math.isfinite(value)]
    return sum(known) / len(known) if known else math.nan


def _gap(held: Sequence[Cell], figure: str) -> float:
    known = [abs(value - 0.8) for value in (cell.mean(figure) for cell in held) if math.isfinite(value)]
    return sum(known) / len(known) if known else math.nan


def _geometric(ratios: Sequence[float]) -> float:
    known = [math.log(value) for value in ratios if math.isfinite(value) and value > 0]
    return math.exp(sum(known) / len(known)) if known else math.nan
