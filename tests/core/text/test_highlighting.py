from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.text.highlighting import highlights, normal_text
from sanyan.core.thai.words import normal, terms

ODD = st.text(alphabet="กนเแำาํ้่ิ๒5Aａ \u200b\n.", max_size=40)


def marked(text: str, asked: str) -> list[str]:
    return [span.of(text) for span in highlights(text, terms(asked))]


@pytest.mark.parametrize(
    ("text", "asked", "found"),
    [
        ("ปี ๒๕๖๘ มีเด็ก", "2568", ["๒๕๖๘"]),
        ("ปี 2568 มีเด็ก", "๒๕๖๘", ["2568"]),
        ("น\u0e4d\u0e49าท่วม", "น้ำท่วม", ["น\u0e4d\u0e49าท่วม"]),
        ("การเเก้ปัญหา", "แก้ปัญหา", ["เเก้ปัญหา"]),
        ("ผล O-NET สูง", "o-net", ["O-NET"]),
        ("ครู\u200bใหม่", "ครู", ["ครู\u200b"]),
        ("วันหยุดมากมาย", "มา", []),
        ("ค่าอาหารกลางวันเด็ก", "อาหาร", ["อาหาร"]),
        ("อาหาร กลางวัน", "กลางวัน อาหาร", ["อาหาร กลางวัน"]),
        ("ไม่มีเลย", "ครู", []),
        ("", "ครู", []),
        ("ครู", "", []),
    ],
)
def test_hits_are_told_where_they_stand_as_written(text: str, asked: str, found: list[str]) -> None:
    assert marked(text, asked) == found


@given(ODD)
def test_every_normal_character_knows_where_it_came_from(text: str) -> None:
    held = normal_text(text)
    assert len(held.text) == len(held.starts) == len(held.ends)
    assert list(held.starts) == sorted(held.starts)
    assert all(0 <= start < end <= len(text) for start, end in zip(held.starts, held.ends, strict=True))


@given(st.text(alphabet="กขค ิี่้๒A", max_size=30))
def test_the_way_back_starts_from_the_normal_form(text: str) -> None:
    assert normal_text(text).text.strip() == normal(text)


@given(ODD, ODD)
def test_spans_are_in_order_and_apart(text: str, asked: str) -> None:
    spans = highlights(text, terms(asked))
    assert all(left.end < right.start for left, right in pairwise(spans))
    assert all(0 <= span.start < span.end <= len(text) for span in spans)
