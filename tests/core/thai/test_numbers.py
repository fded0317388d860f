import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.thai.digits import to_arabic, to_thai
from sanyan.core.thai.marks import Mark
from sanyan.core.thai.numbers import parse_number


@pytest.mark.parametrize(
    ("text", "value", "percent"),
    [
        ("๘๕", 85, False),
        ("๘๕.๕๐", 85.5, False),
        ("1,234", 1234, False),
        ("๑,๒๓๔,๕๖๗.๘", 1234567.8, False),
        ("85 %", 85, True),
        ("85%", 85, True),
        ("0.5 %", 0.5, True),
        ("85 เปอร์เซ็นต์", 85, True),
        ("ร้อยละ 85", 85, True),
        ("ร้อยละ๘๕.๒๕", 85.25, True),
        ("0.85", 0.85, False),
        (".5", 0.5, False),
        (" 12 คน", 12, False),
        ("จำนวน 12 แห่ง", 12, False),
        ("ระดับ 4", 4, False),
        ("4 ดีมาก", 4, False),
        ("\u200b１２\u00a0", 12, False),
        ("-5", -5, False),
        ("−5", -5, False),
        ("+66", 66, False),
        ("1.2E+05", 120000, False),
        ("1.2 ล้านบาท", 1_200_000, False),
        ("3 พัน", 3000, False),
        (7, 7, False),
        (7.25, 7.25, False),
    ],
)
def test_numbers_are_read_as_they_were_meant(text: str | float, value: float, percent: bool) -> None:
    parsed = parse_number(text)
    assert parsed.mark is None
    assert parsed.value == pytest.approx(value)
    assert parsed.was_percent is percent


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        (None, Mark.BLANK),
        ("", Mark.BLANK),
        (" \u200b\u00a0", Mark.BLANK),
        ("-", Mark.NO_VALUE),
        (" – ", Mark.NO_VALUE),
        ("--", Mark.NO_VALUE),
        ("- -", Mark.NO_VALUE),
        ("ไม่มี", Mark.NO_VALUE),
        ("ไม่มีข้อมูล", Mark.NO_VALUE),
        ("N/A", Mark.NO_VALUE),
        ("ไม่เกี่ยวข้อง", Mark.NOT_APPLICABLE),
        ("ยังไม่ถึงกำหนด", Mark.NOT_YET_DUE),
        ("/", Mark.YES),
        ("✓", Mark.YES),
        (True, Mark.YES),
    ],
)
def test_marks_are_not_numbers_and_never_zero(text: str | bool | None, mark: Mark) -> None:
    parsed = parse_number(text)
    assert parsed.mark is mark
    assert parsed.value is None


@pytest.mark.parametrize(
    "text",
    [
        "1.234,5",
        "12,5",
        "1,23",
        "1.234.567",
        "(5)",
        "1-2",
        "10 ถึง 20",
        "45/50",
        "> 5",
        "<5",
        "ประมาณ 12",
        "85 % (17/20)",
        "12 พันธุ์",
        "ดี",
        "1 234",
        "ป.6",
        "x" * 500,
        "1e5",
        "5 คน 3 แห่ง",
        math.nan,
        math.inf,
    ],
)
def test_what_can_mean_two_things_is_not_guessed(text: str | float) -> None:
    parsed = parse_number(text)
    assert parsed.mark is Mark.UNREADABLE
    assert parsed.value is None
    assert parsed.reason


@settings(deadline=None)
@given(st.floats(-1e12, 1e12).map(lambda x: round(x, 4)))
def test_a_number_is_read_back_from_each_way_of_writing_it(number: float) -> None:
    for text in (f"{number:.4f}", f"{number:,.4f}", to_thai(f"{number:,.4f}"), f"{number:.4f} คน"):
        assert parse_number(text).value == pytest.approx(number, abs=1e-4)
    assert parse_number(f"{number:.4f} %").was_percent


@settings(deadline=None)
@given(st.text(max_size=200))
def test_no_text_makes_the_reader_fail(text: str) -> None:
    parsed = parse_number(text)
    assert (parsed.value is None) == (parsed.mark is not None)


@given(st.text(alphabet="0123456789ก-/", max_size=20))
def test_digits_go_there_and_back(text: str) -> None:
    assert to_arabic(to_thai(text)) == text
