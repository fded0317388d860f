from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from sanyan.core.errors import BadInputError
from sanyan.interfaces.cli.evaluate_forecast import COLUMNS, forecast

SPEC = (
    "unit: unit\ntime: year\nsize: pupils\ntests: [2565, 2561]\n"
    "indicators:\n  rate: {direction: higher, bounds: [0, 100]}\n  births: {direction: lower, log: true}\n"
)


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    chance = np.random.default_rng(2)
    lines = ["unit,year,pupils,rate,births"]
    for unit in range(40):
        for year in (2562, 2561, 2564, 2565, 2563):
            births = "" if unit == 4 and year == 2564 else f"{100 + 10 * unit + chance.integers(9)}"
            lines.append(f"เขต {unit},{year},{800 + 30 * unit},{40 + unit + chance.normal():.2f},{births}")
    path = tmp_path / "panel.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(forecast, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def test_the_forecasts_are_written_a_line_a_unit_and_on_the_log_where_asked(
    table: Path, spec: Path, tmp_path: Path
) -> None:
    out = tmp_path / "predictions.csv"
    run(table, "--spec", spec, "--out", out)
    with out.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(COLUMNS)
    assert len(rows) == 40 + 39
    births = [row for row in rows if row["indicator"] == "births"]
    assert all(4 < float(row["lo80"]) < float(row["mean"]) < float(row["hi80"]) < 7 for row in births)
    assert sum(row["p_breach"] == "" for row in rows if row["indicator"] == "rate") == 10


def test_json_tells_shift_scores_gaps_and_omissions(table: Path, spec: Path) -> None:
    told = json.loads(run(table, "--spec", spec, "--json"))
    first = told["tests"][0]
    assert (first["indicator"], first["test"], first["n"], first["rounds"]) == ("rate", 2565, 40, 4)
    assert first["shift"]["lo80"] < first["shift"]["mean"] < first["shift"]["hi80"]
    assert first["scores"]["mae"] > 0
    assert first["scores"]["breach_ap"] is None or 0 <= first["scores"]["breach_ap"] <= 1
    assert {(gap["indicator"], gap["test"], gap["unit"]) for gap in told["gaps"]} == {
        ("rate", 2561, ""),
        ("births", 2561, ""),
        ("births", 2565, "เขต 4"),
    }
    assert told["omissions"] == []


def test_people_read_it_in_thai_with_english_beside(table: Path, spec: Path) -> None:
    told = run(table, "--spec", spec)
    assert "ทั้งระบบน่าจะเปลี่ยน" in told
    assert "inside the 80 % interval" in told


def test_a_column_that_is_not_there_is_named(table: Path, tmp_path: Path) -> None:
    spec = tmp_path / "wrong.yaml"
    spec.write_text("unit: unit\ntime: year\nindicators: {nothing: {direction: higher}}\n", encoding="utf-8")
    with pytest.raises(BadInputError) as caught:
        run(table, "--spec", spec)
    assert "nothing" in caught.value.en
