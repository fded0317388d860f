"""Some months into a year: is the chance of missing its target better than what the year to date says by itself?

    python -m evals.year_end [--data FOLDER]

FOLDER (or SANYAN_EVAL_DATA) holds `th_dengue_monthly_1999_2009.csv` and `nhs_ae_fy2016_2017.csv`, or a folder `panels`
with them; a set that is not there is left out. Prints a table a set, with the year-to-date share rule (a plain yes or
no, and spread by the past's errors) and last year beside every figure. Ends with 1 where the plain rule is not beaten
in Brier score, log loss, area under precision and recall, and error of the yearly value.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml
from evals.data import asker, data_file

from sanyan.core.evaluating.year_end_run import run_year_end
from sanyan.core.evaluating.year_end_scores import HARD, METHOD, SMOOTH, YearEndScore, score_year_end
from sanyan.core.evaluating.year_end_spec import read_year_end_spec
from sanyan.core.evaluating.year_end_table import read_years
from sanyan.engines.documents.delimited import read_delimited

ROOT = Path(__file__).resolve().parents[1]
SPECS = ROOT / "src" / "sanyan" / "definitions" / "evaluations"
LOWER_IS_BETTER = ("brier", "log_loss", "mae")
FIGURES = ("brier", "log_loss", "pr_auc", "mae")


@dataclass(frozen=True)
class Task:
    """A set with a target: the shipped specification, changed where `changes` says so."""

    title: str
    file: str
    spec: str
    changes: Mapping[str, object]


DENGUE, NHS = "th_dengue_monthly_1999_2009.csv", "nhs_ae_fy2016_2017.csv"
TASKS = (
    Task("Dengue by province, not above the median of five years, 2004-09", DENGUE, "th_dengue_monthly", {}),
    Task("Emergency care within four hours, not below 95 %, 2017/18", NHS, "nhs_ae_monthly", {}),
    Task(
        "Emergency care, no more than 1 point worse than last year, 2017/18",
        NHS,
        "nhs_ae_monthly",
        {"target": {"no_worse_than_last_year": 1, "direction": "higher"}},
    ),
)


@dataclass(frozen=True)
class Row:
    """A method's figures of one set and month."""

    task: str
    score: YearEndScore


def rows(folder: str) -> Iterator[Row]:
    """Every figure of every set that is there."""
    for task in TASKS:
        path = data_file(task.file, folder)
        if path is None:
            print(f"{task.file} is not there, so it is left out: {task.title}", file=sys.stderr)
            continue
        document = yaml.safe_load((SPECS / f"{task.spec}.yaml").read_text(encoding="utf-8"))
        spec = read_year_end_spec({**document, **task.changes}, place=task.spec)
        table = read_years(read_delimited(path.read_bytes(), file_name=task.file), spec, place=task.file)
        for score in score_year_end(run_year_end(table, spec, place=task.file).cases, per=spec.per):
            yield Row(task.title, score)


def not_beaten(held: list[Row], rule: str) -> list[str]:
    """Where a rule is as good or better; nobody is better than an area of 1 or an error of 0."""
    by_key = {(row.task, row.score.month, row.score.method): row.score for row in held}
    missed = []
    for (task, month, method), ours in by_key.items():
        if method != METHOD:
            continue
        theirs = by_key[task, month, rule]
        for figure in FIGURES:
            mine, other = getattr(ours, figure), getattr(theirs, figure)
            better = mine < other if figure in LOWER_IS_BETTER else mine > other
            if not (better or mine == other == (0.0 if figure in LOWER_IS_BETTER else 1.0)):
                missed.append(f"{task}, month {month}: {figure} {mine:.4g} against {other:.4g}")
    return missed


def table(held: list[Row]) -> str:
    """The figures in Markdown, a table a set."""
    heads = ("month", "method", "units x years", "missed", "Brier", "log loss", "PR-AUC", "error", "within 80 %")
    parts = []
    for task in dict.fromkeys(row.task for row in held):
        lines = [f"### {task}", "", "| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
        for score in (row.score for row in held if row.task == task):
            within = f"{score.within_80:.2f}" if score.method == METHOD else ""
            figures = f"{score.brier:.4f} | {score.log_loss:.4f} | {score.pr_auc:.3f} | {score.mae:.4g}"
            lines.append(f"| {score.month} | {score.method} | {score.count} | {score.missed} | {figures} | {within} |")
        parts.append("\n".join(lines))
    return "\n\n".join(parts)


def main() -> None:
    held = list(rows(asker(__doc__).parse_args().data))
    print(table(held))
    for rule in (HARD, SMOOTH):
        missed = not_beaten(held, rule)
        print(f"\nNot better than the rule {rule!r}: {'; '.join(missed) or 'nowhere'}.")
    sys.exit(1 if not held or not_beaten(held, HARD) else 0)


if __name__ == "__main__":
    main()
