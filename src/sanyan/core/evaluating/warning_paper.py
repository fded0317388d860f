"""The page of measured hit rates, in Markdown: what was foretold on real panels, and what came."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sanyan.core.evaluating.forecast_cells import Bar, Cell, bars, chances, levels
from sanyan.core.evaluating.lead_times import LeadTimes
from sanyan.core.evaluating.scores import Bin
from sanyan.core.evaluating.year_end_scores import HARD, METHOD, YearEndScore
from sanyan.core.stats.intervals import wilson
from sanyan.core.warning.levels import LEVELS

EVENT_WORDS = {
    "breach": "new breach (met the target last round, misses it now)",
    "reldrop": "relative drop (one usual swing or more below the median change)",
}
_HEAD = """# How often warnings come true

Made by `sanyan evaluate warnings`; do not edit. Public panels (school districts, schools, teacher turnover, provinces)
are forecast round by round, each from the rounds before it alone, by one method with one set of constants.
*Persistence* is "same as last round", with the band of last round's changes. The target of a new breach is last round's
adverse quartile. The constants were chosen on these panels, so a panel never seen may do somewhat worse.
"""
_CELLS = "Means over each cell's rounds; persistence in brackets. *Small* is the fifth with the smallest size."
_ROUNDS = "The shared shock of a year is the largest uncertainty: it shows where one round's coverage is low."
_LEVELS = "The interval (80 %) is Wilson's and takes units as independent, so it is too narrow."
_LEADS = "How early a miss was foretold (a probability of a half or more, never withdrawn later):"


@dataclass(frozen=True)
class YearEndSet:
    """One within-year task: its scores by month and method, and how early misses were foretold."""

    title: str
    scores: tuple[YearEndScore, ...]
    leads: tuple[LeadTimes, LeadTimes]


def paper(held: Sequence[Cell], year_ends: Sequence[YearEndSet], *, picture: str) -> str:
    """The whole page. `picture` is the file name of the calibration picture beside it."""
    parts = [
        _HEAD,
        _verdict(bars(held)),
        "## Bars over all cells\n",
        bars_table(bars(held)),
        f"## Cells\n\n{_CELLS}\n",
        cells_table(held),
        f"## Rounds\n\n{_ROUNDS}\n",
        rounds_table(held),
        f"## Hit rates by level\n\n{_LEVELS}\n",
        levels_table(held),
        f"## Calibration\n\n![What was told, and how often it happened]({picture})\n",
        calibration_table(held),
        "## Alert burden\n\nWithin a budget of 10 % of the units that met the target.\n",
        burden_table(held),
        *(section for item in year_ends for section in _year_end(item)),
    ]
    return "\n".join(part.rstrip("\n") + "\n" for part in parts)


def bars_table(held: Sequence[Bar]) -> str:
    """The bars, ours beside persistence's."""
    return _table(
        ("over all cells", "persistence", "ours", "to reach", "reached"),
        (
            (
                bar.name,
                _figure(bar.persistence),
                _figure(bar.ours, 4),
                f"{'<=' if bar.at_most else '>='} {bar.limit:.2f}",
                "yes" if bar.is_reached else "**no**",
            )
            for bar in held
        ),
    )


def cells_table(held: Sequence[Cell]) -> str:
    """Every cell, persistence in brackets."""
    figures = ("error ratio", "IS80 ratio", "80 %", "95 %", "80 % small", "PR-AUC", "at 10 %", "Brier ratio", "ECE")
    return _table(
        ("cell", *figures),
        (
            (
                f"{cell.panel} {cell.indicator}",
                _figure(cell.ratio("mae", "mae_persistence")),
                _figure(cell.ratio("is80", "is80_persistence")),
                f"{_figure(cell.mean('cov80'))} ({_figure(cell.mean('cov80_persistence'))})",
                _figure(cell.mean("cov95")),
                _figure(cell.mean("cov80_small")),
                f"{_figure(cell.mean('breach_ap'))} ({_figure(cell.mean('breach_ap_persistence'))})",
                f"{_figure(cell.mean('breach_p10'))} ({_figure(cell.mean('breach_p10_persistence'))})",
                _figure(cell.ratio("breach_brier", "breach_brier_persistence")),
                _figure(cell.mean("breach_ece")),
            )
            for cell in held
        ),
    )


def rounds_table(held: Sequence[Cell]) -> str:
    """Every round of every cell."""
    return _table(
        ("cell", "round", "units", "error (persistence)", "80 % (persistence)", "95 %", "80 % small"),
        (
            (
                f"{cell.panel} {cell.indicator}",
                str(test.case.test),
                f"{test.scores.n:,}",
                f"{_figure(test.scores.mae)} ({_figure(test.scores.mae_persistence)})",
                f"{_figure(test.scores.cov80)} ({_figure(test.scores.cov80_persistence)})",
                _figure(test.scores.cov95),
                _figure(test.scores.cov80_small),
            )
            for cell in held
            for test in cell.tests
        ),
    )


def levels_table(held: Sequence[Cell]) -> str:
    """How often each event happened at each level of its told probability."""
    rows = [
        (EVENT_WORDS[event], LEVELS[name][1].en, *_bin(found))
        for event in EVENT_WORDS
        for name, found in reversed(levels(held, event).items())
    ]
    return _table(("event", "level", "units", "told", "happened", "80 % interval"), rows)


def calibration_table(held: Sequence[Cell]) -> str:
    """The same in tenths."""
    rows = [
        (event, f"{found.low:.1f}–{found.high:.1f}", *_bin(found))
        for event in EVENT_WORDS
        for found in chances(held, event)
    ]
    return _table(("event", "probability", "units", "told", "happened", "80 % interval"), rows)


def burden_table(held: Sequence[Cell]) -> str:
    """Alarms within the budget: how many were right, how much of what happened they caught, how many were repeats."""
    return _table(
        ("cell", "right (persistence)", "caught (persistence)", "happens to", "repeated from last round"),
        (
            (
                f"{cell.panel} {cell.indicator}",
                f"{_figure(cell.mean('breach_p10'))} ({_figure(cell.mean('breach_p10_persistence'))})",
                f"{_figure(cell.mean('breach_recall10'))} ({_figure(cell.mean('breach_recall10_persistence'))})",
                _figure(cell.mean("breach_rate")),
                _figure(cell.repeated),
            )
            for cell in held
        ),
    )


def _verdict(held: Sequence[Bar]) -> str:
    missed = [bar.name for bar in held if not bar.is_reached]
    said = f"Not reached: {'; '.join(missed)}." if missed else "All bars are reached."
    return f"**{said}**\n"


def _year_end(item: YearEndSet) -> tuple[str, ...]:
    scores = _table(
        ("month", "method", "units x years", "missed", "Brier", "log loss", "PR-AUC", "error", "within 80 %"),
        (
            (
                str(score.month),
                score.method,
                f"{score.count:,}",
                f"{score.missed:,}",
                _figure(score.brier, 4),
                _figure(score.log_loss),
                _figure(score.pr_auc),
                f"{score.mae:.4g}",
                _figure(score.within_80) if score.method == METHOD else "",
            )
            for score in item.scores
        ),
    )
    beaten = all(_beats(item.scores, month) for month in {score.month for score in item.scores})
    said = "better than" if beaten else "not everywhere better than"
    leads = _table(
        ("method", "missed", "warned for good from month", "never", "median lead", "alarms by month"),
        (
            (
                lead.method,
                f"{lead.missed:,}",
                ", ".join(f"{month}: {count:,}" for month, count in sorted(lead.first.items())),
                f"{lead.silent:,}",
                "–" if lead.median is None else f"{lead.median:g} months",
                ", ".join(f"{m}: {count:,} of {lead.units[m]:,}" for m, count in sorted(lead.alarms.items())),
            )
            for lead in item.leads
        ),
    )
    verdict = f"The Brier score is {said} that of the year-to-date rule at every month."
    return f"## Within the year: {item.title}\n\n{verdict}\n", scores, f"{_LEADS}\n", leads


def _beats(scores: Iterable[YearEndScore], month: int) -> bool:
    by_method = {score.method: score for score in scores if score.month == month}
    return METHOD in by_method and HARD in by_method and by_method[METHOD].brier < by_method[HARD].brier


def _bin(found: Bin) -> tuple[str, str, str, str]:
    if not found.count:
        return "0", "", "", ""
    bounds = wilson(found.happened, found.count)
    return f"{found.count:,}", _figure(found.told), _figure(found.rate), f"{bounds.low:.3f}–{bounds.high:.3f}"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
    return "\n".join([*lines, *("| " + " | ".join(row) + " |" for row in rows)]) + "\n"


def _figure(value: float, digits: int = 3) -> str:
    return f"{value:.{digits}f}" if math.isfinite(value) else ""
