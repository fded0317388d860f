from __future__ import annotations

import csv
import json
from pathlib import Path

from click.testing import CliRunner

from sanyan.interfaces.cli.evaluate_quotes import COLUMNS, quotes

SOURCE = "โรงเรียน 512 แห่ง ได้รับงบประมาณแล้ว"


def pairs_file(folder: Path) -> Path:
    lines = [
        json.dumps({"quote": "โรงเรียน ๕๑๒ แห่ง", "source": SOURCE, "true": True}),
        json.dumps({"quote": "โรงเรียน 513 แห่ง", "source": SOURCE, "true": False}),
        json.dumps({"quote": "ได้รับงบประมาณ", "source": SOURCE, "true": False}),
        "{not json",
        json.dumps({"quote": "โรงเรียน", "true": True}),
    ]
    path = folder / "pairs.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    return path


def test_the_result_is_json_and_unusable_lines_are_listed(tmp_path: Path) -> None:
    done = CliRunner().invoke(quotes, [str(pairs_file(tmp_path))], catch_exceptions=False)
    told = json.loads(done.stdout)
    assert (told["pairs"], told["true_accepted"], told["false_accepted"]) == (3, 1.0, 0.5)
    assert told["accuracy"] == 2 / 3
    assert [item["pair"] for item in told["wrong"]] == [3]
    assert len(told["omissions"]) == 2


def test_a_row_is_written_for_each_pair(tmp_path: Path) -> None:
    out = tmp_path / "judged.csv"
    CliRunner().invoke(quotes, [str(pairs_file(tmp_path)), "--out", str(out), "--json"], catch_exceptions=False)
    with out.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert list(rows[0]) == list(COLUMNS)
    assert rows[0]["source_words"] == "โรงเรียน 512 แห่ง"
    assert (rows[1]["accepted"], rows[1]["right"]) == ("0", "1")
    assert "512" in rows[1]["look_at"]
