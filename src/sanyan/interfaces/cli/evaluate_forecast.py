"""`sanyan evaluate forecast`: the next round of anybody's panel, and how well it was foreseen where it is known."""

from __future__ import annotations

from dataclasses import astuple, fields
from pathlib import Path

import click
import numpy as np

from sanyan.core.evaluating.forecast_run import ForecastCase, ForecastRow, ForecastRun, run_forecasts
from sanyan.core.evaluating.forecast_scores import score
from sanyan.core.evaluating.specs import read_panel_spec
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

COLUMNS = tuple(held.name for held in fields(ForecastRow))
_GAPS_SHOWN = 10


@click.command()
@table_argument
@spec_option
@click.option("--out", type=click.Path(path_type=Path), help="ไฟล์ผล (CSV) / Where the forecasts go.")
@json_option
def forecast(table: Path, spec_path: Path, out: Path | None, as_json: bool) -> None:
    """พยากรณ์รอบถัดไปของทุกหน่วย / Forecast the next round of every unit.

    TABLE has a row a unit and time. Each test time is forecast from the rows before it; where the file holds the test
    time too, the forecasts are scored beside "same as last round". Without `tests`, the time after the last.
    """
    spec = read_panel_spec(read_spec(spec_path), place=spec_path.name)
    run = run_forecasts(read_table(table), spec, place=table.name)
    if out is not None:
        write_rows(out, COLUMNS, (astuple(row) for case in run.cases for row in case.rows()))
    if as_json:
        tell_json(_told(run))
    else:
        _tell(run, out)
        tell_omissions(run.omissions)


def _told(run: ForecastRun) -> dict[str, object]:
    return {
        "tests": [_case(case) for case in run.cases],
        "gaps": [gap.as_dict() for gap in run.gaps],
        "omissions": [item.as_dict() for item in run.omissions],
    }


def _case(case: ForecastCase) -> dict[str, object]:
    said = case.said
    known = np.isfinite(said.last)
    told: dict[str, object] = {
        "indicator": case.indicator,
        "test": case.test,
        "n": int(known.sum()),
        "rounds": said.rounds + 1,
        "shift": {
            "mean": said.shift.mean,
            "lo80": said.shift.low80,
            "hi80": said.shift.high80,
            "scale": said.shift.scale,
            "degrees": said.shift.degrees,
        },
        "sd": float(np.median(said.sd[known])),
        "own_scale": float(np.median(said.scale[known])),
        "target": case.target,
        "swing": case.swing,
    }
    if np.isfinite(case.truth[known]).any():
        told["scores"] = score(case).as_dict()
    return told


def _tell(run: ForecastRun, out: Path | None) -> None:
    count = sum(int(np.isfinite(case.said.last).sum()) for case in run.cases)
    where = f" → {out}" if out is not None else ""
    click.echo(f"พยากรณ์ {count:,} ค่า (forecasts){where}")
    for case in run.cases:
        click.echo(_line(case))
    for gap in run.gaps[:_GAPS_SHOWN]:
        unit = f" {gap.unit}" if gap.unit else ""
        click.echo(f"  {gap.indicator} {gap.test}{unit}: {gap.th}\n     {gap.en}", err=True)
    more = len(run.gaps) - _GAPS_SHOWN
    if more > 0:
        click.echo(f"และอีก {more:,} รายการ ดูทั้งหมดด้วย --json / and {more:,} more, all with --json", err=True)


def _line(case: ForecastCase) -> str:
    shift = case.said.shift
    said = (
        f"  {case.indicator} {case.test}: ทั้งระบบน่าจะเปลี่ยน {shift.mean:+.3g} "
        f"({shift.low80:+.3g} ถึง {shift.high80:+.3g}) (all together, 80 %)"
    )
    held = score(case)
    if not held.n:
        return said
    return (
        f"{said}\n     คลาดเคลื่อน {held.mae:.3g} เทียบกับค่าเดิม {held.mae_persistence:.3g} (error, beside last round's); "
        f"อยู่ในช่วง 80 % {held.cov80:.0%} (inside the 80 % interval)"
    )
