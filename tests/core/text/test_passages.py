import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.text.passages import Passage, split_passages
from sanyan.core.thai.words import segment

THAI = "การพัฒนาคุณภาพการศึกษาขั้นพื้นฐานให้ทั่วถึงและเท่าเทียม"
texts = st.text(st.sampled_from("กาศึษ้ำเแไน่ ab1.\n\t-•\u200b😀) "), max_size=400) | st.text(max_size=200)


def written(passages: tuple[Passage, ...]) -> list[str]:
    return [passage.text for passage in passages]


@given(texts, st.integers(1, 80), st.integers(0, 60))
@settings(deadline=None, max_examples=150)
def test_a_passage_is_the_text_at_its_place_and_only_blanks_are_left_out(text: str, most: int, least: int) -> None:
    passages = split_passages(text, most=most, least=least)
    place = 0
    for passage in passages:
        assert passage.span.of(text) == passage.text
        assert text[place : passage.span.start].strip() == ""
        assert 0 < len(passage.text) <= most
        assert passage.text == passage.text.strip()
        place = passage.span.end
    assert text[place:].strip() == ""


@given(st.lists(st.sampled_from(["โรงเรียน", "ครู", "นักเรียน", "การ", "พัฒนา", " ", "\n", "สพป."]), max_size=60))
@settings(deadline=None, max_examples=60)
def test_no_word_is_cut(words: list[str]) -> None:
    text = "".join(words)
    ends = {0}
    for word in segment(text):
        ends.add(max(ends) + len(word))
    spans = [passage.span for passage in split_passages(text, most=40, least=10)]
    assert {place for span in spans for place in (span.start, span.end)} <= ends


def test_paragraphs_and_items_of_a_list_are_passages() -> None:
    text = f"{THAI}\n\n1. {THAI}\n2. {THAI}\n• {THAI}\n(๓) {THAI}"
    assert [passage[:2] for passage in written(split_passages(text))] == ["กา", "1.", "2.", "• ", "(๓"]


def test_a_short_heading_goes_with_what_follows_it() -> None:
    assert written(split_passages(f"ปัญหา\n\n{THAI}")) == [f"ปัญหา\n\n{THAI}"]


def test_a_short_end_goes_with_what_precedes_it() -> None:
    assert written(split_passages(f"{THAI}\n\nขอบคุณ")) == [f"{THAI}\n\nขอบคุณ"]


def test_a_line_broken_by_the_width_of_its_page_goes_on() -> None:
    assert len(split_passages(f"{THAI}\n{THAI}\n{THAI}")) == 1


def test_a_long_paragraph_is_cut_between_clauses() -> None:
    text = " ".join([THAI] * 30)
    assert all(passage.endswith("เท่าเทียม") and passage.startswith("การ") for passage in written(split_passages(text)))


def test_twenty_thousand_characters_without_a_blank_are_cut_between_words() -> None:
    text = (THAI * 400)[:20_000]
    started = time.monotonic()
    passages = split_passages(text)
    assert "".join(written(passages)) == text
    assert time.monotonic() - started < 10
    assert all(len(passage.text) > 300 for passage in passages[:-1])
    ends = {0}
    for word in segment(text):
        ends.add(max(ends) + len(word))
    assert {passage.span.end for passage in passages} <= ends


@pytest.mark.parametrize(
    "flood", ["\u200b" * 5_000, "👨‍👩‍👧‍👦" * 1_500, "ก" + "\u0e49" * 5_000, "-" * 5_000, "1. " * 3_000]
)
def test_floods_are_cut_and_none_of_them_is_lost(flood: str) -> None:
    passages = split_passages(flood)
    assert "".join(written(passages)).replace(" ", "") == flood.replace(" ", "")
    assert all(len(passage.text) <= 600 for passage in passages)


def test_nothing_makes_no_passages() -> None:
    assert split_passages("") == split_passages(" \n\t ") == ()


def test_a_passage_of_no_characters_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        split_passages("ก", most=0)
