from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.text.word_parts import word_parts


@pytest.mark.parametrize(
    ("word", "parts"),
    [("การศึกษา", ("ศึกษา",)), ("อาหารกลางวัน", ("อาหาร", "กลางวัน")), ("ครู", ()), ("", ()), ("school", ()), ("2568", ())],
)
def test_a_compound_is_taken_apart_into_words_that_mean_something(word: str, parts: tuple[str, ...]) -> None:
    assert word_parts(word) == parts


@given(st.text(alphabet="กาขเแ่้ำนรมยสอ", max_size=30))
def test_parts_stand_in_the_word_in_order(word: str) -> None:
    place = 0
    for part in word_parts(word):
        place = word.index(part, place) + len(part)
