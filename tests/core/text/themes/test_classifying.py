from __future__ import annotations

import json

import numpy as np
import pytest

from sanyan.core.errors import BadInputError
from sanyan.core.text.themes.classifying import NO_CONTENT, OTHER, Labelled, ThemeClassifier, apply, fit

TEACHERS = ["ขาดแคลนครูวิชาเอกคณิตศาสตร์", "ครูไม่ครบชั้นเรียน", "อัตรากำลังครูไม่เพียงพอ", "ครูเกษียณไม่ได้อัตราคืน", "บรรจุครูทดแทนล่าช้า"]
ROADS = ["ถนนเข้าโรงเรียนถูกน้ำท่วม", "เส้นทางภูเขาเดินทางลำบาก", "น้ำท่วมถนนทุกฤดูฝน", "รถรับส่งเดินทางบนถนนลื่น", "ถนนชำรุดเดินทางยาก"]
MEALS = ["อาหารกลางวันไม่พอ", "งบอาหารกลางวันล่าช้า", "ราคาวัตถุดิบอาหารสูงขึ้น", "ครัวทำอาหารคับแคบ", "นมและอาหารเสริมมาไม่ทัน"]
TEXTS = [*TEACHERS, *ROADS, *MEALS, "ครูเดินทางไปสอนลำบากเพราะถนนน้ำท่วม"]
THEMES = ("ครู", "ถนน")
LABELS = [
    *(Labelled(row, frozenset({"ครู"})) for row in range(5)),
    *(Labelled(row, frozenset({"ถนน"})) for row in range(5, 10)),
    *(Labelled(row, frozenset[str]()) for row in range(10, 15)),
    Labelled(15, frozenset(THEMES), by_person=True),
]


@pytest.fixture(scope="module")
def classifier() -> ThemeClassifier:
    return fit(TEXTS, LABELS, THEMES)


def test_passages_get_the_themes_they_speak_of_one_or_several(classifier: ThemeClassifier) -> None:
    told = apply(classifier, ["ครูวิชาเอกภาษาไทยขาดแคลน", "ถนนชำรุดเพราะน้ำท่วม", TEXTS[15]])
    themes = [{item.theme for item in told if item.row == row} for row in range(3)]
    assert themes == [{"ครู"}, {"ถนน"}, {"ครู", "ถนน"}]
    assert all(0 <= item.probability <= 1 for item in told)


def test_another_matter_is_other_and_nothing_is_no_content(classifier: ThemeClassifier) -> None:
    told = apply(classifier, ["อาหารกลางวันราคาสูงขึ้น", "ไม่พบปัญหา", "-", ""])
    assert [item.theme for item in told] == [OTHER, NO_CONTENT, NO_CONTENT, NO_CONTENT]


def test_it_is_kept_as_json_and_decides_the_same_again(classifier: ThemeClassifier) -> None:
    again = ThemeClassifier.from_dict(json.loads(json.dumps(classifier.as_dict())))
    assert again.content_id == classifier.content_id
    assert apply(again, TEXTS) == apply(classifier, TEXTS)
    assert fit(TEXTS, LABELS, THEMES).content_id == classifier.content_id


def test_a_document_that_is_none_is_refused() -> None:
    with pytest.raises(BadInputError, match="theme-classifier"):
        ThemeClassifier.from_dict({"version": 99})


def test_a_person_outweighs_what_was_proposed(classifier: ThemeClassifier) -> None:
    text = "ขอจัดสรรอัตรากำลังธุรการโรงเรียน"
    texts = [*TEXTS, text]
    proposed = [Labelled(16, frozenset())]
    corrected = [*proposed, Labelled(16, frozenset({"ครู"}), by_person=True)]
    before = fit(texts, [*LABELS, *proposed], THEMES)
    after = fit(texts, [*LABELS, *corrected], THEMES)
    assert "ครู" not in {item.theme for item in apply(before, [text])}
    assert "ครู" in {item.theme for item in apply(after, [text])}
    assert after.content_id != before.content_id


def test_a_theme_with_too_few_examples_is_told_and_never_assigned() -> None:
    held = fit(TEXTS, [*LABELS[:10], Labelled(10, frozenset({"อาหาร"}))], (*THEMES, "อาหาร"))
    assert held.unlearnt == ("อาหาร",)
    assert "อาหาร" not in {item.theme for item in apply(held, MEALS)}
    nothing = fit(TEXTS, [], THEMES)
    assert nothing.unlearnt == THEMES
    assert {item.theme for item in apply(nothing, TEXTS)} == {OTHER}


def test_vectors_tell_meanings_and_belong_to_a_model() -> None:
    vectors = np.random.default_rng(2).normal(size=(16, 6)).astype(np.float32)
    vectors[:5, 0] += 20
    vectors[5:10, 1] += 20
    vectors[15, :2] += 20
    held = fit(["ข้อความยาวพอสมควร"] * 16, LABELS, THEMES, vectors=vectors, model_id="e5")
    assert held.model_id == "e5"
    told = apply(held, ["ข้อความยาวพอสมควร"], vectors=vectors[:1])
    assert [item.theme for item in told] == ["ครู"]
    with pytest.raises(ValueError, match="needs a vector"):
        apply(held, ["ข้อความ"])
    with pytest.raises(ValueError, match="id of the model"):
        fit(TEXTS, LABELS, THEMES, vectors=vectors)


def test_labels_must_name_what_is_there() -> None:
    with pytest.raises(ValueError, match="not in the set"):
        fit(TEXTS, [Labelled(0, frozenset({"อื่น"}))], THEMES)
    with pytest.raises(ValueError, match="not there"):
        fit(TEXTS, [Labelled(99, frozenset())], THEMES)
    with pytest.raises(ValueError, match="must differ"):
        fit(TEXTS, [], (OTHER,))
