"""`sanyan evaluate year-end`: where a year will end, after some of its months."""

from __future__ import annotations

from pathlib import Path

import click

from sanyan.core.evaluating.year_end_run import YearEndResult, run_year_end
from sanyan.core.evaluating.year_end_scores import score_year_end
from sanyan.core.evaluating.year_end_spec import YearEndSpec, read_year_end_spec
from sanyan.core.evaluating.year_end_table import YearTable, read_years
from sanyan.interfaces.cli.evaluate_files import (
    json_option,
    read_spec,
    read_table,
    spec_option,
    table_argument,
    tell_json,
    tell_omissions,
    write_rows,
)

COLUMNS = ("test", "month", "unit", "mean", "lo80", "hi80", "p_miss")
GAPS_SHOWN = 10


@click.command("year-end")
@table_argument
@spec_option
@click.option("--out", type=click.Path(path_type=Path), help="ไฟล์ผล (CSV) / Where the answers go.")
@json_option
def year_end(table: Path, spec_path: Path, out: Path | None, as_json: bool) -> None:
    """โอกาสพลาดเป้าหมายทั้งปี เมื่อรู้ข้อมูลบางเดือน / How likely a year's target is missed, some months in.

    TABLE has a row a unit and month. The specification names unit, period (YYYY-MM), numerator, denominator,
    year_starts, target, tests and months. Only what was known by then is used.
    """
    spec = read_year_end_spec(read_spec(spec_path), place=spec_path.name)
    years = read_years(read_table(table), spec, place=table.name)
    result = run_year_end(years, spec, place=table.name)
    if out is not None:
        write_rows(out, COLUMNS, ([getattr(row, name) for name in COLUMNS] for row in result.rows))
    if as_json:
        tell_json(_told(years, spec, result))
    else:
        _tell(years, result, out)


def _told(years: YearTable, spec: YearEndSpec, result: YearEndResult) -> dict[str, object]:
    return {
        "rows": len(result.rows),
        "units": len(years.units),
        "years": list(years.years),
        "tests": sorted({case.test for case in result.cases}),
        "months": list(spec.months),
        "per": result.per,
        "misses": "above" if result.misses_above else "below",
        "scores": [score.as_dict() for score in score_year_end(result.cases, per=result.per)],
        "statements": [item.as_dict() for item in result.statements],
        "omissions": [item.as_dict() for item in years.omissions],
        "not_forecast": [gap.as_dict() for gap in result.gaps],
    }


def _tell(years: YearTable, result: YearEndResult, out: Path | None) -> None:
    where = f" → {out}" if out is not None else ""
    click.echo(f"คาดการณ์ {len(result.rows):,} แถว จาก {len(years.units):,} หน่วย (rows, units){where}")
    for score in score_year_end(result.cases, per=result.per):
        click.echo(
            f"  เดือนที่ {score.month} (month) {score.method}: Brier {score.brier:.4f}  "
            f"log loss {score.log_loss:.4f}  PR-AUC {score.pr_auc:.3f}  MAE {score.mae:.5g}  n {score.count:,}"
        )
    for item in result.statements:
        click.echo(f"  {item.th}\n  {item.en}", err=True)
    tell_omissions(years.omissions)
    for gap in result.gaps[:GAPS_SHOWN]:
        click.echo(f"  {gap.test}/{gap.month} {gap.unit or '-'}: {gap.th}\n    {gap.en}", err=True)
    more = len(result.gaps) - GAPS_SHOWN
    if more > 0:
        click.echo(f"  และอีก {more:,} รายการ ดูทั้งหมดด้วย --json / and {more:,} more, all with --json", err=True)
