from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sanyan.core.errors import BadInputError
from sanyan.interfaces.cli.text import text

BROKEN, RIGHT = "ส านักงานเขต\n", "สำนักงานเขต\n"


def run(*arguments: str | Path, given: str | bytes | None = None) -> str:
    done = CliRunner().invoke(text, ["repair", *map(str, arguments)], input=given, catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp874"])
def test_a_file_in_any_usual_encoding_is_printed_repaired(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(BROKEN.encode(encoding))
    assert run(path) == RIGHT


def test_standard_input_is_read_for_a_dash() -> None:
    assert run("-", given=BROKEN.encode()) == RIGHT


def test_json_tells_the_text_its_edits_and_its_quality(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(BROKEN, encoding="utf-8")
    told = json.loads(run(path, "--json"))
    assert told["text"] == RIGHT
    assert told["edits"] == [
        {
            "original": {"start": 1, "end": 3, "text": " า"},
            "repaired": {"start": 1, "end": 2, "text": "ำ"},
            "kind": "split-sara-am",
        }
    ]
    assert told["quality"]["verdict"] == "repairable"
    assert {"th", "en"} <= set(told["quality"]["reasons"][0])


def test_a_file_that_is_not_there_is_told_with_a_next_step(tmp_path: Path) -> None:
    with pytest.raises(BadInputError) as told:
        run(tmp_path / "none.txt")
    assert told.value.code == "text-file"
    assert told.value.next_th


def test_a_file_that_is_no_text_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.bin"
    path.write_bytes(b"\xff\xfc\xdd\xff")
    with pytest.raises(BadInputError) as told:
        run(path)
    assert told.value.code == "text-encoding"
