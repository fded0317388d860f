from __future__ import annotations

import json

import pytest

from sanyan.core.text.claims import CitedFigure, CitedQuote, CitedSentence
from sanyan.core.text.guarding.outcomes import Accepted, Rejected
from sanyan.core.text.guarding.rewriting import RewriteRequest, judge_of, rewrite_faults

QUOTE = CitedQuote("p1", "ครูไม่ครบชั้น", "โรงเรียนของเราครูไม่ครบชั้นมานาน")
DRAFT = CitedSentence(
    "ปัญหาที่พบมากที่สุดคือ ขาดแคลนครู พบใน 34 จาก 183 เขต (ร้อยละ 18.6) เช่น “ครูไม่ครบชั้น”",
    (QUOTE,),
    (CitedFigure("f", 34, unit=""), CitedFigure("f", 183, unit="เขต"), CitedFigure("f", 18.579, is_percent=True)),
)
GOOD = "ขาดแคลนครูเป็นปัญหาที่พบมากที่สุด พบใน 34 จาก 183 เขต (ร้อยละ 18.6) เช่น “ครูไม่ครบชั้น”"
NAMES = ("สพป.สมมุติ เขต 1", "สพม.ตัวอย่าง")
REQUEST = RewriteRequest({"s1": DRAFT}, NAMES)
PROMPT = REQUEST.prompt(marker="f" * 16, masker=lambda text: text)


def codes(text: str) -> set[str]:
    return {reason.code for reason in rewrite_faults(text, DRAFT, names=NAMES)}


def test_a_sentence_worded_better_that_says_the_same_is_accepted() -> None:
    outcome = judge_of(REQUEST, PROMPT)(json.dumps({"sentences": [{"id": "s1", "text": GOOD}]}))
    assert isinstance(outcome, Accepted)
    assert outcome.value == {"s1": GOOD}
    assert codes(DRAFT.text) == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (GOOD.replace("34", "35"), "rewrite-numbers"),
        (GOOD.replace("18.6", "81.6"), "rewrite-numbers"),
        (GOOD.replace("(ร้อยละ 18.6)", ""), "rewrite-numbers"),
        (GOOD.replace("34 จาก 183", "สามสิบห้า จาก 183"), "rewrite-numbers"),
        (GOOD.replace("“ครูไม่ครบชั้น”", "“ครูครบชั้น”"), "rewrite-quotes"),
        (GOOD.replace("“ครูไม่ครบชั้น”", ""), "rewrite-quotes"),
        (GOOD.replace("ขาดแคลนครู", "มีครูเพียงพอ"), "rewrite-negation"),
        (GOOD + " สพม.ตัวอย่าง", "rewrite-names"),
        (GOOD + " สพป.สมมุติ เขต 1", "rewrite-names"),
        (GOOD + " ทุกแห่งดำเนินงานดีเยี่ยม สมควรได้รับรางวัลชนะเลิศ", "rewrite-new-words"),
        ("พบใน 34 จาก 183 เขต (ร้อยละ 18.6) “ครูไม่ครบชั้น”", "rewrite-lost-words"),
        ("The most common problem: 34 of 183 (18.6 %)", "rewrite-language"),
        (GOOD + " https://example.org", "rewrite-language"),
        (GOOD + " <b>", "rewrite-language"),
        (GOOD.replace("ครู", "\u200bครู", 1), "rewrite-language"),
        (GOOD * 3, "rewrite-length"),
        ("", "rewrite-length"),
    ],
)
def test_what_the_draft_does_not_say_is_not_shown(text: str, code: str) -> None:
    assert code in codes(text)


@pytest.mark.parametrize("rows", [[], [{"id": "s2", "text": GOOD}], [{"id": "s1", "text": GOOD}] * 2])
def test_each_sentence_is_answered_once(rows: list[dict[str, str]]) -> None:
    outcome = judge_of(REQUEST, PROMPT)(json.dumps({"sentences": rows}))
    assert isinstance(outcome, Rejected)
