from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from sanyan.core.checking.suspicion_mechanisms import MECHANISMS
from sanyan.core.errors import BadInputError
from sanyan.interfaces.cli.evaluate_quality import COLUMNS, WORDS, quality

SPEC = "unit: unit\ntime: year\nindicators: {rate: {direction: higher, bounds: [0, 100]}}\n"


@pytest.fixture
def spec(tmp_path: Path) -> Path:
    path = tmp_path / "spec.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return path


@pytest.fixture
def table(tmp_path: Path) -> Path:
    rng = np.random.default_rng(1)
    lines = ["unit,year,rate,pupils"]
    for unit in range(40):
        for year in (2562, 2561):
            rate = 415.0 if (unit, year) == (9, 2561) else 40 + unit / 4 + rng.normal()
            lines.append(f"เขต {unit},{year},{rate:.1f},{800 + 30 * unit + rng.integers(20)}")
    path = tmp_path / "panel.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def run(*arguments: str | Path) -> str:
    done = CliRunner().invoke(quality, [str(argument) for argument in arguments], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def test_the_ranking_is_written_with_the_most_suspected_first(table: Path, spec: Path, tmp_path: Path) -> None:
    out = tmp_path / "ranked.csv"
    run(table, "--spec", spec, "--out", out)
    with out.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 80
    assert list(rows[0]) == list(COLUMNS)
    assert (rows[0]["unit"], rows[0]["time"], rows[0]["flag"], rows[0]["mechanism"]) == (
        "เขต 9",
        "2561",
        "1",
        "times_10",
    )
    assert float(rows[0]["lo"]) < 42 < float(rows[0]["hi"])


def test_the_result_can_be_json(table: Path, spec: Path) -> None:
    told = json.loads(run(table, "--spec", spec, "--all-columns", "--json"))
    assert told["ranked"] == 160
    assert told["indicators"]["rate"] == {"ranked": 80, "flagged": 1}
    assert told["top"][0]["value"] == 415.0
    assert told["omissions"] == []


def test_people_read_what_may_have_happened_in_both_languages(table: Path, spec: Path) -> None:
    told = run(table, "--spec", spec)
    assert "อาจเป็น 10 เท่าของค่าจริง" in told
    assert "looks like ten times the figure" in told


def test_every_mechanism_has_its_words() -> None:
    assert set(WORDS) == set(MECHANISMS)


def test_a_missing_column_is_named(table: Path, spec: Path) -> None:
    spec.write_text(SPEC.replace("rate", "rates"), encoding="utf-8")
    with pytest.raises(BadInputError, match="rates"):
        run(table, "--spec", spec)
