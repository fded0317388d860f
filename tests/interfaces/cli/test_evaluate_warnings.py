"""The page of measured hit rates, from a folder of anybody's panels."""

from __future__ import annotations

import json
import re
from pathlib import Path
from xml.etree import ElementTree

import numpy as np
import pytest
from click.testing import CliRunner

from sanyan.interfaces.cli.evaluate_warnings import PICTURE, warnings

PANEL = """unit: unit
time: year
tests: [2008, 2009]
indicators:
  passed: {direction: higher, bounds: [0, 100]}
"""
MONTHLY = """title: cases of made-up towns
file: towns.csv
unit: town
period: month
numerator: cases
year_starts: 1
target: {not_above: 120}
tests: [2003]
months: [3, 6, 9]
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    chance = np.random.default_rng(1)
    (tmp_path / "specs").mkdir()
    (tmp_path / "specs" / "schools.yaml").write_text(PANEL)
    level = chance.normal(70, 8, 80)
    lines = ["unit,year,passed"]
    for year in range(2003, 2010):
        moved = level + chance.normal(0, 2) + chance.normal(0, 4, 80)
        lines += [f"u{unit},{year},{value:.1f}" for unit, value in enumerate(np.clip(moved, 0, 100))]
    (tmp_path / "schools.csv").write_text("\n".join(lines))
    (tmp_path / "specs" / "towns.yaml").write_text(MONTHLY)
    usual = chance.uniform(4, 18, 40)
    rows = [
        f"t{town},{year}-{month:02d},{chance.poisson(usual[town])}"
        for town in range(40)
        for year in range(2000, 2004)
        for month in range(1, 13)
    ]
    (tmp_path / "towns.csv").write_text("\n".join(["town,month,cases", *rows]))
    return tmp_path


def test_a_page_with_persistence_beside_every_figure(folder: Path) -> None:
    out = folder / "pages" / "warnings.md"
    done = CliRunner().invoke(warnings, ["--data", str(folder), "--out", str(out), "--json"])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert 0 < told["bars"]["error / persistence, geometric mean"] < 1.2
    page = out.read_text("utf-8")
    for part in ("Bars over all cells", "Rounds", "Hit rates by level", "Calibration", "Alert burden", "made-up towns"):
        assert part in page
    assert "persistence" in page
    assert re.search(r"\| sanyan \| \d+ \| 3: \d+, 6: \d+, 9: \d+ \|", page), "how early misses were foretold"
    assert f"({PICTURE})" in page


def test_the_picture_is_whole_and_asks_nothing_of_the_network(folder: Path) -> None:
    out = folder / "warnings.md"
    CliRunner().invoke(warnings, ["--data", str(folder), "--out", str(out)], catch_exceptions=False)
    text = out.with_name(PICTURE).read_text("utf-8")
    root = ElementTree.fromstring(text)
    assert root.tag.endswith("svg")
    assert "href" not in text
    assert len(root.findall(".//{http://www.w3.org/2000/svg}circle")) >= 2


def test_a_missing_table_is_told_and_a_folder_of_none_is_refused(folder: Path) -> None:
    (folder / "towns.csv").unlink()
    done = CliRunner().invoke(warnings, ["--data", str(folder), "--out", str(folder / "w.md")])
    assert done.exit_code == 0
    assert "towns.csv" in done.stderr
    (folder / "schools.csv").unlink()
    refused = CliRunner().invoke(warnings, ["--data", str(folder), "--out", str(folder / "w.md")])
    assert refused.exception is not None
    assert getattr(refused.exception, "code", "") == "no-panels"
