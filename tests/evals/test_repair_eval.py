from __future__ import annotations

import json
import os
import random

import pytest
from evals.data import data_file
from evals.repair import FILE, LEAST_CUT, MOST_CLEAN_CHANGED, evaluate, passages, told
from evals.repair_damage import CLASSES, mixed
from evals.repair_page import page

LINES = [
    "สำนักงานเขตพื้นที่การศึกษาดำเนินงานตามแผนปี 2568 และรายงานผลต่อกระทรวงศึกษาธิการ",
    "ครูแนะนำให้นักเรียนทำแปลงผักที่โรงเรียนเพื่อเป็นอาหารกลางวัน 12 แห่ง",
]


def test_every_class_damages_and_the_same_seed_damages_alike() -> None:
    for name, damage in [*CLASSES.items(), ("mixed", mixed)]:
        made = [[damage(line, random.Random(7)) for line in LINES] for _ in range(2)]
        assert made[0] == made[1], name
        assert made[0] != LINES, name


def test_the_figures_and_the_page_name_every_class() -> None:
    result = evaluate(LINES, documents=2)
    assert set(told(result)["classes"]) == {*CLASSES, "several at once"}  # type: ignore[call-overload]
    made = page(result)
    assert all(name in made for name in CLASSES)
    assert (result.overall.cut or 0) > 0.5


def test_passages_are_long_lines_each_once() -> None:
    assert passages(["สั้น\n" + "ก" * 80 + "\n" + "ก" * 80, "ข" * 300 + " " + "ค" * 300]) == ["ก" * 80, "ข" * 300]


@pytest.mark.slow
def test_news_is_repaired_as_well_as_is_published() -> None:
    folder = os.environ.get("SANYAN_EVAL_DATA", "")
    path = data_file(FILE, folder) or data_file(f"texts/{FILE}", folder)
    if path is None:
        pytest.skip("the news is not here: name its folder in SANYAN_EVAL_DATA")
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    result = evaluate(passages(texts[1::2])[::12], documents=100)
    assert (result.overall.cut or 0) >= LEAST_CUT
    assert result.clean.share_of_characters <= MOST_CLEAN_CHANGED
