"""Amounts are found where they stand: a share is no change, money and time keep their units."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.cases.amounts import AmountKind, amounts, moved, numbers
from sanyan.core.thai.digits import to_thai


def found(text: str) -> list[tuple[str, float, str]]:
    return [(item.kind.value, item.value, item.span.of(text)) for item in amounts(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ใช้งบ 12,500 บาท", ("baht", 12_500, "12,500 บาท")),
        ("งบประมาณ 1.2 ล้านบาท", ("baht", 1_200_000, "1.2 ล้านบาท")),
        ("ครู ๒๔ คน", ("people", 24, "๒๔ คน")),
        ("ใน 20 โรงเรียน", ("schools", 20, "20 โรงเรียน")),
        ("ใช้เวลา 90 นาที", ("hours", 1.5, "90 นาที")),
        ("สัปดาห์ละ 2 ชั่วโมง", ("dose", 2, "สัปดาห์ละ 2 ชั่วโมง")),
        ("ดำเนินการรวม 33 วัน", ("dose", 33, "รวม 33 วัน")),
    ],
)
def test_an_amount_is_told_with_its_unit_and_place(text: str, expected: tuple[str, float, str]) -> None:
    assert found(text) == [expected]


def test_a_list_of_items_is_no_number_of_people() -> None:
    assert found("รายงาน 14 รายการ") == []


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("จากร้อยละ 12 เหลือร้อยละ 7", (12, 7)),
        ("จากเดิม 40 ระบบ ลดลงเหลือเพียง 9 ระบบ", (40, 9)),
        ("เพิ่มขึ้นจาก ๕๕.๒ เป็น ๖๙.๖", (55.2, 69.6)),
    ],
)
def test_from_how_much_to_how_much(text: str, pair: tuple[float, float]) -> None:
    (only,) = moved(text)
    assert (only.before, only.after) == pair


@pytest.mark.parametrize(
    "text",
    [
        "34 แห่ง จาก 40 แห่ง คิดเป็นร้อยละ 85.0",
        "แห่ง จากทั้งหมด 40 แห่ง เป็นไปตามเป้าหมาย",
        "จาก 70 แห่ง คิดเป็นร้อยละ 94.3",
    ],
)
def test_a_share_is_no_change(text: str) -> None:
    assert moved(text) == ()


@given(st.integers(0, 9_999_999), st.text("กขค .,:\n", max_size=20))
def test_a_number_reads_the_same_in_thai_digits_and_with_separators(value: int, around: str) -> None:
    written = f"{around} {value:,} บาท"
    for text in (written, to_thai(written)):
        (only,) = [item for item in amounts(text) if item.kind is AmountKind.BAHT]
        assert only.value == value
        assert numbers(only.span.of(text)) == (value,)
