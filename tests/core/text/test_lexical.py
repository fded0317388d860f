from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.text.lexical import Bm25, LexicalIndex
from sanyan.core.text.word_parts import word_parts

DOCUMENTS = st.lists(st.lists(st.sampled_from("กขคงจฉชซ"), max_size=12), min_size=1, max_size=25)


def naive(documents: list[list[str]], asked: list[str], settings: Bm25) -> list[float]:
    """BM25 as the formula is written, without parts and phrases."""
    mean = sum(map(len, documents)) / len(documents) or 1.0
    scores = []
    for document in documents:
        norm = settings.k1 * (1 - settings.b + settings.b * len(document) / mean)
        score = 0.0
        for term in dict.fromkeys(asked):
            held = sum(term in other for other in documents)
            count = document.count(term)
            rarity = np.log(1 + (len(documents) - held + 0.5) / (held + 0.5))
            score += rarity * count * (settings.k1 + 1) / (count + norm) if count else 0.0
        scores.append(score)
    return scores


@given(DOCUMENTS, st.lists(st.sampled_from("กขคงจฉชซฮ"), max_size=5))
def test_scores_are_those_of_the_formula(documents: list[list[str]], asked: list[str]) -> None:
    plain = Bm25(parts=0, phrase=0)
    scores = LexicalIndex.of(documents, settings=plain).scores(asked)
    assert scores.dtype == np.float32
    np.testing.assert_allclose(scores, naive(documents, asked, plain), rtol=1e-4, atol=1e-6)


@given(st.lists(DOCUMENTS, min_size=1, max_size=6), st.lists(st.sampled_from("กขคง"), max_size=4))
def test_growing_an_index_gives_what_one_made_at_once_gives(batches: list[list[list[str]]], asked: list[str]) -> None:
    grown = LexicalIndex.of([])
    for batch in batches:
        grown = grown.extended(batch)
    whole = LexicalIndex.of([document for batch in batches for document in batch])
    assert len(grown) == len(whole)
    np.testing.assert_allclose(grown.scores(asked), whole.scores(asked), rtol=1e-5, atol=1e-6)


def test_an_index_stays_as_it_is_when_another_grows_from_it() -> None:
    small = LexicalIndex.of([["ครู"], ["เงิน"]])
    before = small.scores(["ครู"])
    assert len(small.extended([["ครู", "ใหม่"]] * 3)) == 5
    assert np.array_equal(small.scores(["ครู"]), before)
    assert not small.scores(["ใหม่"]).any()


def test_rows_that_are_not_kept_score_nothing() -> None:
    index = LexicalIndex.of([["ครู", "หนี้"], ["ครู", "หนี้"], ["อื่น"]])
    scores = index.scores(["ครู", "หนี้"], np.array([False, True, True]))
    assert scores[0] == 0 < scores[1]
    assert scores[2] == 0


def test_words_in_the_order_of_the_question_count_more_than_the_same_apart() -> None:
    index = LexicalIndex.of([["อาหาร", "ก", "กลางวัน"], ["อาหาร", "กลางวัน", "ก"], ["ข", "ค", "ง"]])
    apart, beside, neither = index.scores(["อาหาร", "กลางวัน"])
    assert beside > apart > neither == 0


def test_a_phrase_does_not_reach_from_one_row_into_the_next() -> None:
    index = LexicalIndex.of([["ข", "ก"], ["ค", "ข"], ["ก", "ข"]])
    scores = index.scores(["ก", "ค"])
    assert scores[0] == pytest.approx(LexicalIndex.of([["ข", "ก"], ["ค", "ข"], ["ก", "ข"]]).scores(["ก"])[0])


def test_a_word_is_found_weakly_within_a_compound_and_a_compound_by_its_part() -> None:
    index = LexicalIndex.of([["อาหารกลางวัน"], ["อาหาร"], ["ถนน"]], parts_of=word_parts)
    inside, exact, other = index.scores(["อาหาร"])
    assert exact > inside > other == 0
    exact, part, other = index.scores(["อาหารกลางวัน"])
    assert exact > part > other == 0


def test_telling_terms_are_those_that_others_lack() -> None:
    index = LexicalIndex.of([["ครู", "ผัก", "ผัก"], ["ครู", "ถนน"], ["ครู"]])
    assert index.telling_terms(0) == ["ผัก", "ครู"]


@pytest.mark.parametrize("documents", [[], [[]], [[], ["ก"]]])
def test_nothing_asked_and_nothing_held_score_nothing(documents: list[list[str]]) -> None:
    index = LexicalIndex.of(documents)
    assert len(index.scores([])) == len(documents)
    assert not index.scores(["ฮ", "ฮ"]).any()
