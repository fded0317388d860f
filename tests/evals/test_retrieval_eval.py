from __future__ import annotations

import os
import random
from pathlib import Path

import numpy as np
import pytest
from evals.retrieval import (
    FILE,
    QUESTIONS,
    Asked,
    asked_sets,
    blurred,
    measured,
    page,
    scored,
    text_file,
    without_title,
)

from sanyan.core.evaluating.retrieval_scores import RetrievalScores
from sanyan.core.text.whole_documents import DocumentSearch
from sanyan.interfaces.cli.evaluate_lines import read_lines


def test_the_questions_written_by_hand_are_all_usable() -> None:
    lines = read_lines(QUESTIONS, {"id": str, "text": str, "relevant": list}, unique="id")
    assert len(lines.rows) >= 60
    assert not lines.omissions
    assert all(row["relevant"] for row in lines.rows)


def test_a_text_is_searched_without_its_title() -> None:
    assert without_title("วันจันทร์\nพิมพ์\nครูใหม่ \nเนื้อความ", "ครูใหม่") == "วันจันทร์\nเนื้อความ"


def test_half_remembered_words_are_of_the_text_and_the_same_every_time() -> None:
    text = "ครูในโรงเรียนขนาดเล็กต้องสอนหลายวิชาพร้อมกัน จึงขอให้จัดสรรอัตราเพิ่มในปีหน้า"
    made = blurred(text, random.Random(1))
    assert made == blurred(text, random.Random(1))
    assert made.split()
    assert all(word in text for word in made.split())


def test_scores_are_by_the_rows_that_answer() -> None:
    asked = Asked("x", ("q", "q"), (frozenset([1]), frozenset([0])))
    scores = scored([np.array([1, 2, 0], np.float32), np.array([1, 2, 0], np.float32)], asked)
    assert (scores.r1, scores.mrr10) == (0.5, 0.75)


def test_the_page_has_a_table_for_each_set() -> None:
    made = page({"by hand": {"words": RetrievalScores(3, 0.5, 0.75, 0.6)}}, 200, 1207, "model")
    assert "## Questions: by hand (3)" in made
    assert "| words | 0.500 | 0.750 | 0.600 |" in made


@pytest.mark.slow
def test_words_alone_find_what_they_found_before() -> None:
    path: Path | None = text_file(FILE, os.environ.get("SANYAN_EVAL_DATA", ""))
    if path is None:
        pytest.skip("the news texts are not here: name their folder in SANYAN_EVAL_DATA")
    rows = read_lines(path, {"url": str, "title": str, "text": str}).rows
    texts = [without_title(row["text"], row["title"]) for row in rows]
    by_hand, titles, _ = asked_sets(rows, texts)
    index = DocumentSearch.of(texts)
    assert measured(index, by_hand, None)["words"].mrr10 >= 0.75
    assert measured(index, titles, None)["words"].mrr10 >= 0.92
