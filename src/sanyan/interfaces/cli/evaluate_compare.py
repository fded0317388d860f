"""`sanyan evaluate compare`: units compared fairly on rows of pupils, or of anything within units."""

from __future__ import annotations

from pathlib import Path

import click
import numpy as np

from sanyan.core.evaluating.compare_spec import read_compare_spec
from sanyan.core.evaluating.comparing import EFFECT_COLUMNS, Compared, compare_rows
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

SHOWN = 10
_FEW = " (จำนวนน้อย/few)"


@click.command()
@table_argument
@spec_option
@click.option("--out", type=click.Path(path_type=Path), help="ไฟล์ผล (CSV) / Where the effects go.")
@json_option
@click.option(
    "--publish",
    is_flag=True,
    help="ซ่อนผลของหน่วยที่มีไม่ถึง 5 แถว เพื่อเผยแพร่ / Hide units of fewer than 5 rows, for publishing.",
)
def compare(table: Path, spec_path: Path, out: Path | None, as_json: bool, publish: bool) -> None:
    """เทียบหน่วยงานอย่างเป็นธรรมจากข้อมูลรายคน / Compare units fairly on rows of pupils.

    TABLE has a row a pupil. The specification names unit, outcome, and if wanted context (a list of columns),
    categories (those whose numbers are names), direction (higher, lower) and id. Effects are in the outcome's unit;
    rank 1 is the best.
    """
    spec = read_compare_spec(read_spec(spec_path), place=spec_path.name)
    compared = compare_rows(read_table(table), spec, place=table.name)
    rows = compared.effect_rows(publish=publish)
    if out is not None:
        write_rows(out, EFFECT_COLUMNS, ([row[name] for name in EFFECT_COLUMNS] for row in rows))
    if as_json:
        tell_json(
            {"unit": spec.unit, "outcome": spec.outcome, "direction": spec.direction.value}
            | compared.as_dict(publish=publish)
        )
        return
    _tell(compared, rows, out)
    tell_omissions(compared.told(publish=publish))


def _tell(compared: Compared, rows: list[dict[str, str | int | float | None]], out: Path | None) -> None:
    model = compared.model
    where = f" → {out}" if out is not None else ""
    click.echo(f"เทียบ {len(rows):,} หน่วย จาก {int(model.n.sum()):,} แถว (units, rows){where}")
    click.echo(f"  ความต่างระหว่างหน่วย (between units) tau2 {model.tau2:.5g}")
    click.echo(f"  ความต่างภายในหน่วย (within units) sigma2 {model.sigma2:.5g}")
    click.echo(f"  ส่วนของหน่วย (share between, ICC) {model.icc:.3f}")
    for name, beta, error in zip(compared.columns, model.beta.tolist(), model.beta_se.tolist(), strict=True):
        if np.isfinite(beta):
            click.echo(f"  {name} {beta:.5g} ± {error:.2g}")
    shown = sorted((row for row in rows if row["rank"] is not None), key=lambda row: float(row["rank"] or 0))
    click.echo("ผลของหน่วย ช่วง 80 % และอันดับที่น่าจะเป็น / Effects with 80 % intervals and likely ranks:")
    for row in shown[:SHOWN]:
        click.echo(
            f"  {row['unit']}: {row['effect']:+.4g} ({row['lo80']:+.4g} ถึง/to {row['hi80']:+.4g})  "
            f"อันดับ/rank {row['rank_lo80']}-{row['rank_hi80']}  "
            f"กลุ่มบน/top fifth {row['p_top_fifth']:.0%}  n {row['n']:,}{_FEW if row['state'] == 'greyed' else ''}"
        )
    more = len(rows) - min(len(shown), SHOWN)
    if more > 0:
        click.echo(f"  และอีก {more:,} หน่วย ดูทั้งหมดด้วย --json หรือ --out / and {more:,} more with --json or --out")
