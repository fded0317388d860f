from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.asking.asked_words import words

from sanyan.core.asking.times import Time, time_of
from sanyan.core.thai.digits import to_thai
from sanyan.core.thai.words import normal


def told(question: str) -> Time:
    return replace(time_of(normal(question), words()), spans=())


@pytest.mark.parametrize(
    ("question", "year", "month"),
    [
        ("ปี 68", 2568, None),
        ("ปีงบประมาณ ๒๕๖๗ รอบ ๙ เดือน", 2567, 9),
        ("ปีงบ 2568 รอบ 6", 2568, 6),
        ("รอบหกเดือน", None, 6),
        ("FY2025", 2568, None),
        ("in 2024", 2567, None),
        ("ปีที่แล้ว", 2567, None),
        ("สองปีก่อน", 2566, None),
        ("ปีนี้", 2568, None),
        ("ไตรมาส 2", None, 6),
        ("รอบก่อน", 2568, 6),
        ("เขต 2 ปีที่แล้ว", 2567, None),
        ("10 เขต", None, None),
        ("ไม่ต่ำกว่า 68 %", None, None),
    ],
)
def test_rounds_are_known_by_how_people_name_them(question: str, year: int | None, month: int | None) -> None:
    found = told(question)
    assert (found.fiscal_year, found.month) == (year, month)


def test_a_span_of_years_is_no_round() -> None:
    found = told("ตั้งแต่ปี 66")
    assert (found.since, found.fiscal_year) == (2566, None)


def test_what_lies_beyond_the_coming_year_is_said_to() -> None:
    assert told("ปี 2580").ahead
    assert told("อีกสิบปีข้างหน้า").ahead
    assert not told("ปีหน้า").ahead


@given(st.integers(2560, 2569), st.sampled_from([6, 9, 12]))
def test_a_round_is_the_same_in_either_digits_and_either_era(year: int, month: int) -> None:
    thai = to_thai(f"รอบ {month} เดือน ปีงบประมาณ {year}")
    assert told(thai) == told(f"รอบ {month} เดือน ปีงบประมาณ {year - 543}")
    assert (told(thai).fiscal_year, told(thai).month) == (year, month)
