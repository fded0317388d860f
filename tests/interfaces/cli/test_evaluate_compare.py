from __future__ import annotations

import csv
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

from sanyan.interfaces.cli.main import main

SPEC = "unit: school\noutcome: score\ncontext: [before]\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    rng = np.random.default_rng(1)
    lines = ["school,score,before"]
    for school in range(1, 9):
        for _ in range(3 if school == 8 else 15):
            before = rng.normal()
            lines.append(f"{school:03},{school + before + rng.normal():.4f},{before:.4f}")
    (tmp_path / "pupils.csv").write_text("\n".join([*lines, "001,absent,0.5"]), encoding="utf-8")
    (tmp_path / "spec.yaml").write_text(SPEC, encoding="utf-8")
    return tmp_path


def run(folder: Path, *more: str) -> tuple[int, str, str]:
    arguments = ["evaluate", "compare", str(folder / "pupils.csv"), "--spec", str(folder / "spec.yaml"), *more]
    done = CliRunner().invoke(main, arguments)
    return done.exit_code, done.stdout, done.stderr


def test_json_holds_components_effects_and_what_was_left_out(folder: Path) -> None:
    code, out, _ = run(folder, "--json", "--out", str(folder / "effects.csv"))
    told = json.loads(out)
    assert code == 0
    assert set(told["components"]) == {"tau2", "sigma2", "icc"}
    assert set(told["beta"]) == set(told["beta_se"]) == {"intercept", "before"}
    assert (told["rows"], told["rows_used"], told["units"]) == (109, 108, 8)
    assert [effect["unit"] for effect in told["effects"]] == [f"{number:03}" for number in range(1, 9)]
    assert [item["code"] for item in told["omissions"]] == ["text-in-numbers", "row-incomplete"]
    with (folder / "effects.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert float(rows[0]["effect"]) == pytest.approx(told["effects"][0]["effect"])
    assert rows[7]["state"] == "hidden"
    assert rows[7]["effect"]


def test_people_read_it_in_thai_and_english_with_what_was_left_out(folder: Path) -> None:
    code, out, err = run(folder)
    assert code == 0
    assert "ความต่างระหว่างหน่วย (between units)" in out
    assert "อันดับ/rank" in out
    assert "008" in out
    assert "Rows without a value in column score" in err


def test_results_of_few_rows_are_left_out_for_publishing(folder: Path) -> None:
    assert "008" not in run(folder, "--publish")[1]


@pytest.mark.parametrize("spec", ["unit: school\n", "unit: [", "unit: marks\noutcome: score\n"])
def test_what_is_wrong_is_told_with_a_next_step_and_exit_code_2(folder: Path, spec: str) -> None:
    (folder / "spec.yaml").write_text(spec, encoding="utf-8")
    code, out, err = run(folder, "--json")
    assert (code, out) == (2, "")
    assert "ขั้นต่อไป:" in err
    assert "Next:" in err
