from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.text.number_words import value_of_words
from sanyan.core.text.stated_numbers import NumberKind, stated_numbers
from sanyan.core.thai.digits import to_thai

NUMBER, PERCENT, DATE = NumberKind.NUMBER, NumberKind.PERCENT, NumberKind.DATE


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("พบใน 34 จาก 183 เขต (ร้อยละ 18.6)", [(NUMBER, "34"), (NUMBER, "183"), (PERCENT, "18.6")]),
        ("๑,๒๕๐.๕๐ บาท", [(NUMBER, "1250.50")]),
        ("ร้อยละ 80-90", [(PERCENT, "80"), (PERCENT, "90")]),
        ("80–90 %", [(PERCENT, "80"), (PERCENT, "90")]),
        ("1.2 ล้านบาท และ 3 หมื่นล้าน", [(NUMBER, "1200000"), (NUMBER, "30000000000")]),
        ("5 พันธุ์", [(NUMBER, "5")]),
        ("ลดลง -3.5", [(NUMBER, "-3.5")]),
        ("2 ก.ค. 68", [(DATE, "2025-07-02")]),
        ("วันที่ ๒ กรกฎาคม พ.ศ. ๒๕๖๘", [(DATE, "2025-07-02")]),
        ("21–24 กรกฎาคม 2568", [(DATE, "2025-07-21"), (DATE, "2025-07-24")]),
        ("14/07/2568 และ 2025-07-02", [(DATE, "2025-07-14"), (DATE, "2025-07-02")]),
        ("เดือนกรกฎาคม 2568", [(DATE, "2025-07")]),
        ("2 กรกฎาคม", [(DATE, "--07-02")]),
        ("ปีงบประมาณ 2568", [(NUMBER, "2568")]),
        ("สามสิบห้าเขต", [(NUMBER, "35")]),
        ("หนึ่งร้อยยี่สิบห้าคน", [(NUMBER, "125")]),
        ("ร้อยละสามสิบ", [(PERCENT, "30")]),
        ("ครูหนึ่งคน", [(NUMBER, "1")]),
        ("กว่าครึ่ง", [(PERCENT, "50")]),
        ("½ ของ ⅳ", [(NUMBER, "0.5"), (NUMBER, "4")]),
        ("9\u200b5 %", [(PERCENT, "95")]),
        ("ห้ามสูบบุหรี่ อย่างหนึ่ง ส่วนหนึ่ง หลายพัน", []),
    ],
)
def test_numbers_are_read_however_they_are_written(text: str, expected: list[tuple[NumberKind, str]]) -> None:
    read = [(n.kind, n.value if isinstance(n.value, str) else n.value.normalize()) for n in stated_numbers(text)]
    wanted = [(kind, value if kind is DATE else Decimal(value).normalize()) for kind, value in expected]
    assert sorted(map(str, read)) == sorted(map(str, wanted))


def test_a_number_knows_its_unit_and_the_size_of_its_last_place() -> None:
    (number,) = stated_numbers("1.2 ล้านบาท")
    assert (number.unit, number.step) == ("บาท", Decimal(100_000))


@given(st.integers(0, 10**9), st.booleans(), st.booleans())
def test_any_whole_number_is_read_with_commas_and_in_thai_digits(value: int, commas: bool, thai: bool) -> None:
    written = f"{value:,}" if commas else str(value)
    (number,) = stated_numbers(f"มี {to_thai(written) if thai else written} คน")
    assert (number.value, number.unit) == (Decimal(value), "คน")


@given(st.text(max_size=80))
def test_no_digit_goes_unread(text: str) -> None:
    has_digit = any(character.isascii() and character.isdigit() for character in text)
    assert bool(stated_numbers(text)) or not has_digit


@pytest.mark.parametrize(
    ("words", "value"),
    [("สิบเอ็ด", 11), ("ยี่สิบ", 20), ("สองแสนสามหมื่น", 230_000), ("สิบเอ็ดล้านสอง", 11_000_002), ("ล้าน", 1_000_000)],
)
def test_number_words_are_added_up(words: str, value: int) -> None:
    assert value_of_words(words) == value


@pytest.mark.parametrize("words", ["", "สองสาม", "ห้าม", "ศูนย์"])
def test_what_is_no_number_is_none(words: str) -> None:
    assert value_of_words(words) is None
