from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from sanyan.core.signed_documents import Words
from sanyan.interfaces.cli import evaluate_retrieval
from sanyan.interfaces.cli.main import main

DOCUMENTS = [
    {"id": 1, "text": "ครูจำนวนมากเป็นหนี้สหกรณ์ออมทรัพย์"},
    {"id": "b", "text": "โรงเรียนปลูกผักเป็นอาหารกลางวัน"},
    {"id": "c", "text": "น้ำท่วมถนนหน้าโรงเรียนทุกปี"},
]
QUESTIONS = [
    {"id": "q1", "text": "ใครเป็นหนี้สหกรณ์", "relevant": [1]},
    {"id": "q2", "text": "อาหารกลางวันมาจากไหน", "relevant": ["b", "z"]},
    {"id": "q3", "text": "ไม่มีคำตอบ", "relevant": ["z"]},
]


def written(path: Path, rows: list[object]) -> Path:
    path.write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), encoding="utf-8")
    return path


def run(folder: Path, *more: str, questions: list[object] | None = None) -> tuple[int, str, str]:
    paths = (
        written(folder / "d.jsonl", [*DOCUMENTS, "bad"]),
        written(folder / "q.jsonl", [*QUESTIONS] if questions is None else questions),
    )
    asked = ["evaluate", "retrieval", "--documents", str(paths[0]), "--questions", str(paths[1]), *more]
    done = CliRunner().invoke(main, asked)
    return done.exit_code, done.stdout, done.stderr


@pytest.mark.parametrize(("more", "method"), [(["--lexical-only"], "lexical"), ([], "fused")])
def test_the_scores_come_as_json_with_everything_accounted_for(tmp_path: Path, more: list[str], method: str) -> None:
    code, out, _ = run(tmp_path, *more, "--out", str(tmp_path / "run.jsonl"))
    told = json.loads(out)
    assert code == 0
    assert (told["r1"], told["r5"], told["mrr10"]) == (1, 1, 1)
    assert (told["documents"], told["questions"]) == (3, 2)
    assert told["method"] == method or told["without_vectors"]
    assert {item["code"] for item in told["omissions"]} == {
        "line-not-object",
        "relevant-absent",
        "question-unanswerable",
    }
    lines = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (lines[0]["question"], lines[0]["rank"], lines[0]["document"]) == ("q1", 1, "1")


def test_a_machine_without_vectors_goes_by_words_and_tells_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(evaluate_retrieval, "embedder", lambda name: None)
    monkeypatch.setattr(evaluate_retrieval, "why_without", lambda name: Words("ไม่มี", "none"))
    told = json.loads(run(tmp_path)[1])
    assert told["method"] == "lexical"
    assert told["without_vectors"] == {"th": "ไม่มี", "en": "none"}


def test_questions_of_another_set_are_an_error(tmp_path: Path) -> None:
    code, _, err = run(tmp_path, "--lexical-only", questions=[QUESTIONS[2]])
    assert code == 2
    assert "evaluation-questions-none" in err or "No question" in err


def test_a_file_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    asked = ["evaluate", "retrieval", "--documents", str(tmp_path / "x"), "--questions", str(tmp_path / "y")]
    assert CliRunner().invoke(main, asked).exit_code == 2
