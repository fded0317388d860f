from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.forms.sheets import Sheet
from sanyan.core.thai.characters import tidy
from sanyan.core.thai.citizen_id import find_citizen_ids, is_citizen_id
from sanyan.core.thai.dates import format_date, parse_date
from sanyan.core.thai.marks import Mark, parse_mark
from sanyan.core.thai.names import name_key, normalise_name

JULY = date(2025, 7, 2)


@pytest.mark.parametrize(
    "text",
    [
        "2 กรกฎาคม 2568",
        "๒ กรกฎาคม ๒๕๖๘",
        "2 ก.ค. 68",
        "2 ก.ค. 2568",
        "2ก.ค.68",
        "วันที่ 2 กรกฎาคม พ.ศ. 2568",
        "วันพุธที่ 2 กรกฎาคม พ.ศ. 2568",
        "2 กรกฎาคม ค.ศ. 2025",
        "2 July 2025",
        "02/07/2568",
        "2/7/68",
        "2-7-2025",
        "2.7.2568",
        "2025-07-02",
        "2568-07-02",
        "2025-07-02T00:00:00",
        date(2568, 7, 2),
        datetime(2568, 7, 2, 8, 30),  # noqa: DTZ001
    ],
)
def test_dates_are_read_in_either_era(text: str | date) -> None:
    assert parse_date(text) == JULY


@pytest.mark.parametrize("text", ["2/7/25", "31 กุมภาพันธ์ 2568", "7/25/2568", "2568", "ไม่ทราบ", "2 กรก 2568", 45840.0])
def test_what_is_no_date_or_could_be_two_is_refused(text: str | float) -> None:
    with pytest.raises(ValueError):
        parse_date(text)


def test_an_empty_cell_is_no_date() -> None:
    assert parse_date(None) is None
    assert parse_date(" ") is None


def test_dates_are_written_long_short_and_in_thai_digits() -> None:
    assert format_date(JULY) == "2 กรกฎาคม 2568"
    assert format_date(JULY, "short") == "2 ก.ค. 68"
    assert format_date(JULY, thai_digits=True) == "๒ กรกฎาคม ๒๕๖๘"


@settings(deadline=None)
@given(st.dates(date(1998, 1, 1), date(2055, 12, 31)), st.booleans())
def test_a_date_is_read_back_from_both_forms(day: date, thai: bool) -> None:
    assert parse_date(format_date(day, thai_digits=thai)) == day
    assert parse_date(format_date(day, "short", thai_digits=thai)) == day


@pytest.mark.parametrize("value", ["/", "✓", "ใช่", "มี", " มี ", "( / )", "(/)", "Yes", True, 1, "1", "ผ่าน"])
def test_marks_for_yes(value: str | int) -> None:
    assert parse_mark(value) is Mark.YES


@pytest.mark.parametrize("value", ["x", "X", "ไม่ใช่", "ไม่มี", "✗", "no", False, 0, "ยังไม่ดำเนินการ"])
def test_marks_for_no(value: str | int) -> None:
    assert parse_mark(value) is Mark.NO


@pytest.mark.parametrize(
    ("value", "mark"),
    [("-", Mark.NO_VALUE), (None, Mark.BLANK), (" ", Mark.BLANK), ("อาจจะ", Mark.UNREADABLE), (5, Mark.UNREADABLE)],
)
def test_other_marks_are_neither_yes_nor_no(value: str | int | None, mark: Mark) -> None:
    assert parse_mark(value) is mark


def test_the_same_word_is_the_same_characters() -> None:
    assert tidy("น้ํา") == tidy("นํ้า") == "น้ำ"
    assert tidy("เเม่\u200b") == "แม่"
    assert tidy("ทํา") == "ทำ"


@pytest.mark.parametrize(
    "text",
    [
        "สพป.ชลบุรี เขต 1",
        "สพป. ชลบุรี  เขต ๑",
        "สพป ชลบุรี เขต1",
        "สพป.ชลบุรี เขต 01",
        "สำนักงานเขตพื้นที่การศึกษาประถมศึกษาชลบุรี เขต 1",
        "สํานักงานเขตพื้นที่การศึกษาประถมศึกษาจังหวัดชลบุรี เขต ๑",
        "สนง.เขตพื้นที่การศึกษาประถมศึกษาชลบุรี เขต 1",
        " สพป.\u200bจังหวัดชลบุรี\u00a0เขตที่ 1",
    ],
)
def test_spellings_of_one_office_share_a_key(text: str) -> None:
    assert name_key(text) == "สพปชลบุรีเขต1"


def test_different_offices_have_different_keys() -> None:
    names = ["สพป.ชลบุรี เขต 1", "สพป.ชลบุรี เขต 2", "สพป.ชลบุรี เขต 11", "สพม.ชลบุรี เขต 1", "สพม.ชลบุรี ระยอง"]
    assert len({name_key(name) for name in names}) == len(names)
    assert name_key("สพม.กทม. เขต 2") == name_key("สพม.กรุงเทพมหานคร เขต 2")


def test_a_tidy_name_is_fit_to_show() -> None:
    assert normalise_name(" สพป.  ชลบุรี เขต๑ ") == "สพป.ชลบุรี เขต 1"


@settings(deadline=None)
@given(st.text(max_size=60) | st.text(alphabet="กเแาำํัุิ็่้์ ", max_size=12))
def test_tidying_twice_changes_nothing(text: str) -> None:
    assert tidy(tidy(text)) == tidy(text)


def with_check_digit(first: int) -> str:
    twelve = f"{first:012d}"
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(twelve))
    return f"{twelve}{(11 - total % 11) % 10}"


@given(st.integers(100_000_000_000, 899_999_999_999), st.integers(1, 9))
def test_the_check_digit_tells_an_id_from_another_number(first: int, off: int) -> None:
    valid = with_check_digit(first)
    assert is_citizen_id(valid)
    assert not is_citizen_id(valid[:12] + str((int(valid[12]) + off) % 10))


def test_ids_are_found_as_text_as_numbers_and_inside_sentences() -> None:
    valid = with_check_digit(110170023070)
    dashed = f"{valid[0]}-{valid[1:5]}-{valid[5:10]}-{valid[10:12]}-{valid[12]}"
    sheet = Sheet("นักเรียน", ((valid, float(valid), f"ด.ช. ก เลข {dashed} ป.1", 1234567890123.5, "12345"),))
    assert [(p.sheet, p.row, p.column) for p in find_citizen_ids([sheet])] == [
        ("นักเรียน", 0, column) for column in range(3)
    ]


def test_masked_ids_under_their_heading_are_found() -> None:
    sheet = Sheet("ก", (("เลขประจำตัวประชาชน", "จำนวน"), ("1-1017-xxxxx-xx-x", 5.0), ("x-xxxx-xxxxx-70-8", 6.0)))
    assert [p.cell for p in find_citizen_ids([sheet])] == ["A2", "A3"]


def test_budgets_and_counts_are_no_ids() -> None:
    sheet = Sheet("งบ", ((1234567.0, 9999999999999.0, "1,234,567,890,123", "0812345678", 1e12),))
    assert find_citizen_ids([sheet]) == ()
