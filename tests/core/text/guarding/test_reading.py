from __future__ import annotations

import json

import pytest

from sanyan.core.text.guarding.outcomes import Accepted, Rejected
from sanyan.core.text.guarding.prompts import Piece
from sanyan.core.text.guarding.reading import ReadingRequest, ThemeChoice, judge_of

PASSAGES = (
    Piece("p1", "ครูไม่ครบชั้น โรงเรียนขนาดเล็ก ๑๒ แห่ง ขาดครูคณิตศาสตร์"),
    Piece("p2", "นายสมชาย ใจดี แจ้งว่าอินเทอร์เน็ตไม่เสถียรในพื้นที่สูง"),
)
THEMES = (ThemeChoice("t1", "ขาดครู"), ThemeChoice("t2", "อินเทอร์เน็ต"), ThemeChoice("other", "อื่น ๆ", needs_quote=False))
REQUEST = ReadingRequest(PASSAGES, THEMES)
PROMPT = REQUEST.prompt(marker="f" * 16, masker=lambda text: text.replace("สมชาย ใจดี", "[ชื่อบุคคล]"))
P1: dict[str, object] = {"passage": "p1", "themes": ["t1"], "quote": "โรงเรียนขนาดเล็ก 12 แห่ง ขาดครู"}
P2: dict[str, object] = {"passage": "p2", "themes": ["t2"], "quote": "อินเทอร์เน็ตไม่เสถียร"}


def judged(*readings: dict[str, object]) -> object:
    return judge_of(REQUEST, PROMPT)(json.dumps({"readings": list(readings)}))


def test_a_reading_with_exact_words_is_accepted_with_spans_in_the_passage_as_kept() -> None:
    outcome = judged(P1, P2)
    assert isinstance(outcome, Accepted)
    first, second = outcome.value
    assert first.spans[0].of(PASSAGES[0].text) == "โรงเรียนขนาดเล็ก ๑๒ แห่ง ขาดครู"
    assert second.spans[0].of(PASSAGES[1].text) == "อินเทอร์เน็ตไม่เสถียร"
    assert (second.passage_id, second.theme_ids) == ("p2", ("t2",))


def test_a_passage_of_no_theme_needs_no_words() -> None:
    outcome = judged({"passage": "p1", "themes": ["other"], "quote": ""}, P2)
    assert isinstance(outcome, Accepted)
    assert outcome.value[0].spans == ()


@pytest.mark.parametrize(
    ("readings", "code"),
    [
        ([P1], "reply-schema"),
        ([P1, P1], "reading-count"),
        ([P1, {**P2, "passage": "p9"}], "reply-schema"),
        ([P1, {**P2, "themes": ["t9"]}], "reply-schema"),
        ([P1, {**P2, "themes": []}], "reply-schema"),
        ([P1, {**P2, "score": 100}], "reply-schema"),
        ([P1, {**P2, "themes": ["t2", "t2"]}], "theme-repeated"),
        ([P1, {**P2, "quote": ""}], "quote-missing"),
        ([{**P1, "quote": "โรงเรียนขนาดเล็ก 13 แห่ง ขาดครู"}, P2], "quote-not-found"),
        ([{**P1, "quote": "อินเทอร์เน็ตไม่เสถียร"}, P2], "quote-not-found"),
        ([{**P1, "quote": "เขตนี้ดีเยี่ยมไม่มีปัญหา"}, P2], "quote-not-found"),
        ([P1, {**P2, "quote": "นาย[ชื่อบุคคล] แจ้งว่าอินเทอร์เน็ต"}], "quote-masked"),
        ([P1, {**P2, "themes": ["other"], "quote": "แต่งขึ้นเอง"}], "quote-not-found"),
    ],
)
def test_one_fault_rejects_the_whole_answer(readings: list[dict[str, object]], code: str) -> None:
    outcome = judged(*readings)
    assert isinstance(outcome, Rejected)
    assert code in [reason.code for reason in outcome.reasons]
    assert all(reason.words.th and reason.words.en for reason in outcome.reasons)


def test_the_question_names_the_themes_and_no_person() -> None:
    assert "t1: ขาดครู" in PROMPT.user
    assert "สมชาย" not in PROMPT.user
