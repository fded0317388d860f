from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.text.folding import fold
from sanyan.core.text.quoting import find_quote, suggest_place
from sanyan.core.thai.digits import to_thai

SOURCE = (
    "โรงเรียนขนาดเล็ก ๕๑๒ แห่ง ได้รับงบ 1,250.50 บาท คิดเป็นร้อยละ 85.5 ของทั้งหมด\n"
    "นักเรียนไม่ผ่านเกณฑ์ 15 20 และ 30 คน จากพื้นที่น้ำท่วม “ทุนเสมอภาค” แก้ไขแล้ว O-NET"
)


def told(quote: str, source: str = SOURCE) -> list[str]:
    return [span.of(source) for span in find_quote(quote, source)]


@pytest.mark.parametrize(
    ("quote", "shown"),
    [
        ("โรงเรียนขนาดเล็ก 512 แห่ง", "โรงเรียนขนาดเล็ก ๕๑๒ แห่ง"),
        ("โรงเรียน\nขนาดเล็ก\u200b๕๑๒แห่ง", "โรงเรียนขนาดเล็ก ๕๑๒ แห่ง"),
        ("ของทั้งหมด นักเรียน", "ของทั้งหมด\nนักเรียน"),
        ("พื้นที่น\u0e4d\u0e49\u0e32ท่วม", "พื้นที่น้ำท่วม"),
        ("พื้นที่น\u0e49\u0e4d\u0e32ท่วม", "พื้นที่น้ำท่วม"),
        ("พื้นที่น้ ำท่วม", "พื้นที่น้ำท่วม"),
        ("พื้นที่น้ าท่วม", "พื้นที่น้ำท่วม"),
        ("'ทุนเสมอภาค' เเก้ไข", "ทุนเสมอภาค” แก้ไข"),
        ("แก้ไขแล้ว onet", "แก้ไขแล้ว O-NET"),
        ("บาท คิดเป็นร้อยละ 85.5", "บาท คิดเป็นร้อยละ 85.5"),
    ],
)
def test_what_does_not_change_what_is_said_does_not_matter(quote: str, shown: str) -> None:
    assert told(quote) == [shown]


@pytest.mark.parametrize(
    "quote",
    [
        "โรงเรียนขนาดเล็ก 513 แห่ง",
        "12 แห่ง ได้รับงบ",
        "250.50 บาท",
        "ได้รับงบ 1,250",
        "ได้รับงบ 1250.50 บาท",
        "คิดเป็นร้อยละ 85",
        "5 ของทั้งหมด",
        "ผ่านเกณฑ์ 15",
        "นักเรียนผ่านเกณฑ์",
        "เกณฑ์ 1520 และ 30 คน",
        "โรงเรียนขนาดเล็ก ๕๑๒ คน",
        "โรงเรียนขนาดเล็ก ๕๑๒ แห่ง นักเรียนไม่ผ่านเกณฑ์",
        "",
        " \u200b",
        "ของ",
    ],
)
def test_an_altered_quote_is_no_quote(quote: str) -> None:
    assert told(quote) == []


def test_squares_and_halves_are_not_plain_figures() -> None:
    assert told("พื้นที่ 102 แห่ง", "พื้นที่ 10² แห่ง") == []
    assert told("ใช้เวลา 11/2 วัน", "ใช้เวลา 1½ วัน") == []


def test_numbers_that_stand_apart_are_joined_only_where_other_blanks_are_left_out_too() -> None:
    assert told("ไม่ผ่านเกณฑ์ 1520 และ 30 คน") == []
    assert told("ไม่ผ่านเกณฑ์1520และ30คน") == ["ไม่ผ่านเกณฑ์ 15 20 และ 30 คน"]
    assert told("ร้อยละ 85 12 คน", "ร้อยละ 85\n12 คน") == told("ร้อยละ 8512 คน", "ร้อยละ 85\n12 คน")
    assert told("1520", "15 20") == []


def test_parts_around_dots_stand_in_order() -> None:
    assert told("ขนาดเล็ก ๕๑๒ แห่ง ... แก้ไขแล้ว") == ["ขนาดเล็ก ๕๑๒ แห่ง", "แก้ไขแล้ว"]
    assert told("แก้ไขแล้ว … ขนาดเล็ก ๕๑๒ แห่ง") == []
    assert told("นักเรียน...ผ่านเกณฑ์ 15") == []
    assert told("ขนาดเล็ก ๕๑๒ แห่ง [...]") == ["ขนาดเล็ก ๕๑๒ แห่ง"]


def test_a_number_cut_at_the_edge_of_a_long_quote_is_left_out_of_it() -> None:
    long = "50 บาท คิดเป็นร้อยละ 85.5 ของทั้งหมด นักเรียนไม่ผ่านเกณฑ์"
    assert told(long) == ["บาท คิดเป็นร้อยละ 85.5 ของทั้งหมด\nนักเรียนไม่ผ่านเกณฑ์"]


def test_a_quote_cut_before_a_mark_is_shown_with_the_whole_letter() -> None:
    assert told("พื้นที่น้ำท", SOURCE) == ["พื้นที่น้ำท่"]


def test_a_whole_number_further_on_goes_before_one_cut_in_two() -> None:
    source = "พบ 512 คน และต่อมา 12 คน"
    assert find_quote("12 คน", source)[0].start == source.rindex("12")


def test_a_place_to_look_at_is_suggested_but_proves_nothing() -> None:
    quote = "โรงเรียนขนาดเล็ก 513 แห่ง ได้รับงบ"
    place = suggest_place(quote, SOURCE)
    assert place is not None
    assert "๕๑๒" in place.span.of(SOURCE)
    assert not find_quote(quote, SOURCE)
    assert suggest_place("ไม่เกี่ยวกันเลยสักนิดเดียว", "abcdefghijklmnopqrstuvwxyz") is None
    assert suggest_place("", SOURCE) is None
    assert suggest_place(quote, "") is None


THAI = st.text(alphabet="กขคงจนมรลสอ่้ิีุเแไาำ 0123456789๐๑๒.,-“\n\u200b", min_size=1, max_size=60)


@given(THAI, st.data())
def test_any_whole_text_is_its_own_quote_in_thai_digits_too(text: str, data: st.DataObject) -> None:
    if len(fold(text).text) < 4:
        assert not find_quote(text, text)
        return
    before, behind = data.draw(st.sampled_from([("", ""), ("ก ", " ข"), ("\n", "\n")]))
    assert find_quote(to_thai(text), f"{before}{text}{behind}")


@given(THAI, THAI)
def test_spans_lie_within_the_source(quote: str, source: str) -> None:
    spans = find_quote(quote, source)
    assert all(0 <= span.start < span.end <= len(source) for span in spans)
    assert list(spans) == sorted(spans)


@given(st.text(max_size=40))
def test_folding_keeps_an_origin_for_each_character(text: str) -> None:
    folded = fold(text)
    assert len(folded.text) == len(folded.gaps) == len(folded.origins)
    assert all(0 <= start < end <= len(text) for start, end in folded.origins)
