from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from sanyan.interfaces.cli.evaluate_duplicates import duplicates
from sanyan.interfaces.cli.evaluate_topics import topics

STORY = "โรงเรียนเปิดครัวกลางให้แม่บ้านผลัดกันปรุงอาหารกลางวันจากผักที่เด็กปลูกเอง ทำให้เด็กทุกคนได้กินอิ่ม"


def written(path: Path, rows: list[dict[str, object]]) -> str:
    lines = [json.dumps(row, ensure_ascii=False) for row in rows]
    path.write_text("\n".join([*lines, "ไม่ใช่ JSON"]), encoding="utf-8")
    return str(path)


def test_topics_are_told_as_json_with_a_file_of_each_text(tmp_path: Path) -> None:
    words = {"ครู": "ครู บรรจุ อัตรากำลัง", "ถนน": "ถนน น้ำท่วม เดินทาง"}
    rows: list[dict[str, object]] = [
        {"id": f"{label}{n}", "text": f"{own} {own.split()[n % 3]}", "label": label}
        for label, own in words.items()
        for n in range(6)
    ]
    out = tmp_path / "out.jsonl"
    done = CliRunner().invoke(topics, [written(tmp_path / "in.jsonl", rows), "--train-share", "0.5", "--out", str(out)])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert told["nmi"] == told["ari"] == told["accuracy"] == told["macro_f1"] == 1
    assert (told["documents"], told["tested"], told["labels"]) == (12, 6, ["ครู", "ถนน"])
    assert [item["code"] for item in told["omissions"]] == ["line-not-json"]
    items = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [item["id"] for item in items] == [row["id"] for row in rows]
    assert all((item["predicted"] is None) == (item["set"] == "train") for item in items)


def test_pairs_are_told_as_json_and_written(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [
        {"id": "ก", "text": STORY},
        {"id": "ข", "text": "ถนนเข้าหมู่บ้านถูกน้ำท่วมทุกปี"},
        {"id": "ค", "text": f"รายงานของเขต {STORY} 25 แห่ง"},
    ]
    out = tmp_path / "out.jsonl"
    done = CliRunner().invoke(duplicates, [written(tmp_path / "in.jsonl", rows), "--out", str(out)])
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert [(pair["a"], pair["b"], pair["kind"]) for pair in told["pairs"]] == [("ก", "ค", "near-copy")]
    assert (told["count"], told["documents"], len(told["omissions"])) == (1, 3, 1)
    assert json.loads(out.read_text(encoding="utf-8")) == told["pairs"][0]


def test_texts_without_a_word_are_grouped_as_one(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"id": f"{n}", "text": "-- " * n, "label": "ab"[n % 2]} for n in range(1, 7)]
    done = CliRunner().invoke(topics, [written(tmp_path / "a.jsonl", rows)])
    assert done.exit_code == 0
    assert json.loads(done.stdout)["nmi"] == 0


def test_a_seed_that_no_generator_takes_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "a.jsonl", [{"id": "1", "text": "ครู", "label": "a"}])
    assert CliRunner().invoke(topics, [file, "--seed", str(2**32)]).exit_code == 2
