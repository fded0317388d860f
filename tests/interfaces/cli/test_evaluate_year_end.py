from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sanyan.core.errors import BadInputError
from sanyan.interfaces.cli.evaluate_year_end import COLUMNS, year_end

SPEC = """
unit: area
period: month
numerator: late
denominator: all
year_starts: 10
target: {not_above: 20%}
tests: [2567]
months: [6]
"""


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    rows = ["area,month,late,all"]
    for area in range(6):
        for number in range(24):
            year, month = divmod(9 + number, 12)
            rows.append(f"{area:03d},{2566 + year}-{month + 1:02d},{area * 7 + number % 5},100")
    table, spec = tmp_path / "รายเดือน.csv", tmp_path / "spec.yaml"
    table.write_text("\n".join([*rows, "009,2567-10,x,100"]), encoding="utf-8")
    spec.write_text(SPEC, encoding="utf-8")
    return table, spec


def test_answers_go_to_a_file_and_the_rest_is_told_as_json(files: tuple[Path, Path], tmp_path: Path) -> None:
    out = tmp_path / "deep" / "predictions.csv"
    done = CliRunner().invoke(
        year_end, [str(files[0]), "--spec", str(files[1]), "--out", str(out), "--json"], catch_exceptions=False
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["rows"] == 6
    assert [item["code"] for item in told["omissions"]] == ["text-in-numbers", "value-missing"]
    assert {score["method"] for score in told["scores"]} >= {"sanyan", "year-to-date", "same as last year"}
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert tuple(rows[0]) == COLUMNS
    assert [row["unit"] for row in rows] == ["000", "001", "002", "003", "004", "005"]
    chances = [float(row["p_miss"]) for row in rows]
    assert chances == sorted(chances)
    assert chances[0] < 0.01
    assert chances[-1] > 0.99
    assert 0 < float(rows[0]["mean"]) < 10


def test_people_read_both_languages(files: tuple[Path, Path]) -> None:
    done = CliRunner().invoke(year_end, [str(files[0]), "--spec", str(files[1])], catch_exceptions=False)
    assert "คาดการณ์ 6 แถว" in done.stdout
    assert "Values are percent" in done.stderr


def test_a_specification_that_cannot_be_read_is_told(files: tuple[Path, Path]) -> None:
    files[1].write_text("unit: area\nperiod: month\n", encoding="utf-8")
    with pytest.raises(BadInputError, match="target"):
        CliRunner().invoke(year_end, [str(files[0]), "--spec", str(files[1])], catch_exceptions=False)
