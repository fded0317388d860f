from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.errors import BadInputError
from sanyan.core.evaluating.topic_scores import split, topic_result
from sanyan.core.text.themes.features import bodies

ABOUT = {
    "ครู": "ครู อัตรากำลัง วิชาเอก บรรจุ เกษียณ ย้าย",
    "อาหาร": "อาหาร กลางวัน โภชนาการ วัตถุดิบ ครัว นม",
    "เดินทาง": "ถนน รถ น้ำท่วม เดินทาง ภูเขา สะพาน",
}


def texts() -> tuple[list[str], list[str]]:
    made, labels = [], []
    for label, words in ABOUT.items():
        parts = words.split()
        for number in range(15):
            own = [parts[(number * step + shift) % 6] for step, shift in ((1, 0), (2, 1), (3, 3), (1, 4))]
            made.append(f"วันที่ {number} มิถุนายน 2568\n" + " ".join(own))
            labels.append(label)
    return made, labels


def test_topics_that_differ_in_words_are_grouped_and_told() -> None:
    made, labels = texts()
    result = topic_result(made, labels)
    assert result.nmi > 0.8
    assert result.macro_f1 is not None
    assert result.macro_f1 > 0.9
    assert sum(topic is not None for topic in result.predicted) == 15
    assert result == topic_result(made, labels)


def test_labels_do_not_reach_the_grouping() -> None:
    made, labels = texts()
    turned = [*labels[::-1]]
    assert topic_result(made, labels).clusters == topic_result(made, turned).clusters


def test_one_label_or_a_share_of_all_cannot_be_evaluated() -> None:
    with pytest.raises(BadInputError, match="topics-one-label"):
        topic_result(["ก", "ข"], ["เดียว", "เดียว"])
    with pytest.raises(BadInputError, match="topics-train-share"):
        topic_result(*texts(), train_share=1.0)


def test_very_few_texts_still_get_an_answer() -> None:
    result = topic_result(["ครูขาด", "ถนนขาด"], ["ก", "ข"])
    assert result.macro_f1 is None
    assert result.predicted == (None, None)
    assert topic_result(["", "-", "ครู", "ครูขาด"], ["ก", "ข", "ก", "ข"]).accuracy is not None


@given(st.lists(st.sampled_from("กขค"), min_size=1, max_size=60), st.floats(0.05, 0.95), st.integers(0, 5))
def test_every_text_is_on_one_side_and_every_label_is_learnt(labels: list[str], share: float, seed: int) -> None:
    train, test = split(labels, share, seed)
    assert sorted([*train.tolist(), *test.tolist()]) == list(range(len(labels)))
    assert {labels[i] for i in train} == set(labels)
    assert {labels[i] for i in test} == {label for label in set(labels) if labels.count(label) > 1}


def test_lines_that_texts_share_are_dropped_but_a_text_is_never_emptied() -> None:
    made = bodies([f"วันที่ {n} มิถุนายน\nเรื่อง{word}\nเรื่อง{word}" for n, word in enumerate("กขคง")] + ["พิมพ์"] * 3)
    assert made == ["เรื่องก", "เรื่องข", "เรื่องค", "เรื่องง", "พิมพ์", "พิมพ์", "พิมพ์"]
