from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from sanyan.core.errors import BadInputError
from sanyan.interfaces.cli.evaluate_repair import repair

PAIRS = [
    {"id": 1, "broken": "ส านักงานเขต", "right": "สำนักงานเขต"},
    {"id": 2, "broken": "โรงเรียน", "right": "โรงเรียน"},
]


def run(path: Path, *more: str) -> dict[str, Any]:
    done = CliRunner().invoke(repair, [str(path), *more], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.fixture
def pairs(tmp_path: Path) -> Path:
    path = tmp_path / "pairs.jsonl"
    lines = [json.dumps(pair, ensure_ascii=False) for pair in PAIRS]
    path.write_text("\n".join([*lines, "{not json", '{"broken": "ก"}']) + "\n", encoding="utf-8")
    return path


def test_errors_before_and_after_are_told_with_what_was_left_out(pairs: Path) -> None:
    told = run(pairs)
    assert told["pairs"] == 2
    assert told["cer_before"] == pytest.approx(2 / 19)
    assert told["cer_after"] == 0
    assert told["worse_share"] == 0
    assert (told["clean_pairs"], told["clean_changed"]) == (1, 0)
    assert "nothing is normalised" in told["compared"]
    assert len(told["omissions"]) == 2


def test_the_repaired_texts_are_written_line_by_line(pairs: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    run(pairs, "--out", str(out), "--json")
    written = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [row["repaired"] for row in written] == ["สำนักงานเขต", "โรงเรียน"]
    assert [row["id"] for row in written] == [1, 2]
    assert written[0]["edits"] == [{"original": [1, 3], "repaired": [1, 2], "kind": "split-sara-am"}]


def test_a_file_without_a_usable_line_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "none.jsonl"
    path.write_text("[]\n", encoding="utf-8")
    with pytest.raises(BadInputError):
        run(path)
