"""`sanyan evaluate warnings`: the reference page of measured hit rates, from a folder of panels."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib.resources import files
from pathlib import Path

import click
import yaml

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.calibration_picture import calibration_svg
from sanyan.core.evaluating.forecast_cells import Cell, bars, cells_of, chances
from sanyan.core.evaluating.lead_times import lead_times
from sanyan.core.evaluating.specs import read_panel_spec
from sanyan.core.evaluating.warning_paper import EVENT_WORDS, YearEndSet, paper
from sanyan.core.evaluating.year_end_run import run_year_end
from sanyan.core.evaluating.year_end_scores import score_year_end
from sanyan.core.evaluating.year_end_spec import read_year_end_spec
from sanyan.core.evaluating.year_end_table import read_years
from sanyan.interfaces.cli.evaluate_files import read_spec, read_table, tell_json, writing

PICTURE = "warning-calibration.svg"


@click.command()
@click.option(
    "--data",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    required=True,
    help="โฟลเดอร์ชุดข้อมูล / A folder of panels, with their specifications in `specs`.",
)
@click.option(
    "--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="ไฟล์ผล / The page to write."
)
@click.option("--json", "as_json", is_flag=True, help="ผลเป็น JSON / Tell the bars as JSON.")
def warnings(data: Path, out: Path, as_json: bool) -> None:
    """เขียนหน้าผลการทดสอบการเตือน / Write the page of how often warnings come true.

    Every specification in DATA/specs is taken: one with `indicators` is forecast round by round, one with a `target`
    month by month. The table has the specification's name, or the one that its `file` gives.
    """
    held = [cell for path in sorted((data / "specs").glob("*.yaml")) for cell in _cells(data, path)]
    year_ends = list(_year_ends(data))
    if not held:
        raise BadInputError(
            "no-panels",
            "ไม่พบชุดข้อมูลที่มีไฟล์กำหนดในโฟลเดอร์นี้",
            "The folder holds no panel with a specification.",
            next_th="วางไฟล์กำหนด (YAML) ใน specs และตารางชื่อเดียวกันในโฟลเดอร์",
            next_en="Put specifications (YAML) in `specs` and tables of the same name in the folder.",
            place=str(data),
        )
    told = {name: chances(held, event) for event, name in EVENT_WORDS.items()}
    with writing(out.with_name(PICTURE)) as file:
        file.write(calibration_svg(told))
    with writing(out) as file:
        file.write(paper(held, year_ends, picture=PICTURE))
    reached = bars(held)
    if as_json:
        missed = [bar.name for bar in reached if not bar.is_reached]
        tell_json({"bars": {bar.name: bar.ours for bar in reached}, "missed": missed})
    else:
        click.echo(f"เขียน {out} แล้ว / Written: {len(held)} cells, {len(year_ends)} within-year tasks")


def _cells(data: Path, path: Path) -> tuple[Cell, ...]:
    document = read_spec(path)
    if not isinstance(document, Mapping) or "indicators" not in document:
        return ()
    table = data / str(document.get("file") or f"{path.stem}.csv")
    if not table.is_file():
        click.echo(f"  ไม่พบ {table.name} จึงข้าม / {table.name} is not there and is left out", err=True)
        return ()
    return cells_of(path.stem, read_table(table), read_panel_spec(document, place=path.name))


def _year_ends(data: Path) -> Iterator[YearEndSet]:
    """The within-year tasks of the folder, and those that ship, as far as their tables are there."""
    shipped = (files("sanyan.definitions") / "evaluations").iterdir()
    for path in (*sorted((data / "specs").glob("*.yaml")), *sorted(shipped, key=lambda entry: entry.name)):
        if not path.name.endswith(".yaml"):
            continue
        document = yaml.safe_load(path.read_text(encoding="utf-8"))
        if not isinstance(document, Mapping) or "target" not in document:
            continue
        table = data / str(document.get("file") or path.name.replace(".yaml", ".csv"))
        if not table.is_file():
            click.echo(f"  ไม่พบ {table.name} จึงข้าม / {table.name} is not there and is left out", err=True)
            continue
        spec = read_year_end_spec(
            {name: held for name, held in document.items() if name not in ("file", "title")}, place=path.name
        )
        run = run_year_end(read_years(read_table(table), spec, place=table.name), spec, place=table.name)
        title = str(document.get("title") or path.name.removesuffix(".yaml"))
        yield YearEndSet(title, score_year_end(run.cases, per=spec.per), lead_times(run.cases))
