"""Values and workbooks that nobody means well with, and those that people make without meaning harm."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.errors import BadInputError
from sanyan.core.forms.answer_validation import faults_of
from sanyan.core.forms.answers import FilledAnswer, FilledEvidence
from sanyan.core.forms.framework_yaml import load_yaml
from sanyan.core.forms.sheets import CellValue, Sheet
from sanyan.core.forms.workbook_reading import MOST_FAULTS, WorkbookReading, read_report
from sanyan.core.indicators.definitions import (
    AnswerState,
    Direction,
    Framework,
    Indicator,
    Kind,
    NarrativeField,
    PolicyArea,
    Rollup,
    ScaleLevel,
)
from sanyan.core.rounds import RoundKey
from sanyan.core.thai.characters import one_line, tidy, writable
from sanyan.core.thai.citizen_id import find_citizen_ids, is_citizen_id

BASE = Indicator("SAF-01", "SAF", "ร้อยละที่ทำ", "", Kind.PERCENT, "ร้อยละ", "", Direction.HIGHER, Rollup.RATIO, (9,))
PARTS = replace(BASE, numerator_th="ที่ทำ", denominator_th="ทั้งหมด", per=100.0)
NUMBER = replace(BASE, code="SAF-02", name_th="จำนวน", kind=Kind.NUMBER, unit_th="ครั้ง")
STORY = replace(BASE, code="SAF-03", name_th="เรื่องเล่า", kind=Kind.NARRATIVE, unit_th="")
FRAMEWORK = Framework(
    code="TEST",
    name_th="กรอบ",
    name_en="Test",
    owner="สตผ.",
    fiscal_years=(2568,),
    rounds=(),
    policy_areas=(PolicyArea("SAF", "ความปลอดภัย", "Safety"),),
    indicators=(PARTS, NUMBER, STORY),
    scale=(ScaleLevel(1, "ปรับปรุง", ""),),
    narrative_fields=(NarrativeField("title", "ชื่อกิจกรรม", "Title"),),
)
HEAD = ("รหัส", "ตัวชี้วัด", "จำแนกตาม", "ตัวตั้ง", "ตัวหาร", "ค่า", "สถานะ", "หมายเหตุ")
EVIDENCE = ("รหัส", "ประเภท", "ชื่อหรือคำอธิบาย", "ที่เก็บหรือลิงก์")
GOOD: tuple[CellValue, ...] = ("SAF-02", "จำนวน", None, None, None, 5.0, None, None)


def read(*sheets: Sheet) -> WorkbookReading:
    return read_report(
        sheets,
        framework=FRAMEWORK,
        version=1,
        round_key=RoundKey(2568, 9),
        organisation_code="0021",
        area_type="primary",
    )


def table(*rows: tuple[CellValue, ...], head: tuple[str, ...] = HEAD) -> Sheet:
    return Sheet("ตัวชี้วัด", (head, *rows))


CELLS = st.one_of(
    st.none(),
    st.booleans(),
    st.floats(),
    st.integers(-(10**20), 10**20).map(float),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.text(max_size=30),
    st.sampled_from(["SAF-01", "SAF-02", "=1+1", "#REF!", "ก" * 32_767, "9" * 32_767, "1-" * 9_000, *HEAD, *EVIDENCE]),
)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(*[CELLS] * 8), max_size=8), st.sampled_from([HEAD, (*EVIDENCE, "", "", "", "")]))
def test_whatever_stands_in_the_cells_good_rows_survive(
    rows: list[tuple[CellValue, ...]], head: tuple[str, ...]
) -> None:
    reading = read(table(*rows, head=head), Sheet("อีกแผ่น", (HEAD, GOOD)))
    assert any(answer.indicator == "SAF-02" for answer in reading.report.answers)
    assert all(fault.th and fault.en for fault in reading.faults)


@pytest.mark.parametrize(
    ("part", "whole", "value"),
    [(1e308, 1e-300, None), (1e16, 1.0, None), (5.0, 1e-300, None), (None, None, 1e308), (None, None, -1e16)],
)
def test_a_figure_larger_than_any_real_one_is_turned_away(
    part: float | None, whole: float | None, value: float | None
) -> None:
    indicator = PARTS if part else NUMBER
    answer = FilledAnswer(indicator.code, AnswerState.REPORTED, numerator=part, denominator=whole, value=value)
    assert [fault.code for fault in faults_of(indicator, answer, scale=())] == ["number-too-large"]


def test_there_is_no_minus_zero() -> None:
    answer = FilledAnswer("SAF-02", AnswerState.REPORTED, value=-0.0)
    assert str(answer.value) == "0.0"


def test_texts_are_kept_as_any_file_or_database_can_hold_them() -> None:
    answer = FilledAnswer("SAF-03", AnswerState.REPORTED, text={"title": "ก\0ข\x0bค\r\nง\u202eจ"}, note="\x07ดี")
    assert answer.text == {"title": "กข\nค\nงจ"}
    assert answer.note == "ดี"
    assert FilledEvidence("SAF-03", "IMAGE", "ภาพ\0", "http://a\x01").location == "http://a"


@settings(deadline=None)
@given(st.text(st.characters(codec=None), max_size=60))
def test_writable_text_loses_nothing_that_can_be_read(text: str) -> None:
    made = writable(text)
    assert writable(made) == made
    assert "\0" not in made
    made.encode("utf-8")
    assert [c for c in text if c.isprintable()] == [c for c in made if c.isprintable()]


def test_a_tone_mark_before_its_vowel_is_the_same_word() -> None:
    assert tidy("ท\u0e48\u0e35") == tidy("ท\u0e35\u0e48") == "ที่"
    assert tidy("พ\u0e49\u0e37น") == "พื้น"


def test_characters_that_turn_the_direction_do_not_hide_a_code() -> None:
    assert one_line("\u202eSAF\u2066-01\u2069") == "SAF-01"


def test_a_name_of_a_group_that_the_database_cannot_hold_is_a_fault() -> None:
    long: tuple[CellValue, ...] = ("SAF-02", "จำนวน", "ก" * 121, None, None, 5.0, None, None)
    absent: tuple[CellValue, ...] = ("SAF-01", "ร้อยละ", "ก" * 121, None, None, None, "ยังไม่มีข้อมูล", None)
    reading = read(table(long, absent, GOOD))
    assert [(fault.code, fault.cell) for fault in reading.faults] == [("group-long", "F2"), ("group-long", "C3")]
    assert len(reading.report.answers) == 1


def test_a_kind_of_evidence_that_is_a_story_is_a_fault() -> None:
    reading = read(
        table(("SAF-02", "ก" * 21, "ชื่อ", ""), ("SAF-02", "ภาพถ่าย", "ชื่อ", ""), head=EVIDENCE),
        Sheet("อีกแผ่น", (HEAD, GOOD)),
    )
    assert [fault.code for fault in reading.faults] == ["evidence-kind-unknown"]
    assert [item.kind for item in reading.report.evidence] == ["IMAGE"]


def test_many_faults_are_counted_when_they_are_too_many_to_list() -> None:
    rows = [(f"ZZ-{number}", "", None, None, None, 1.0, None, None) for number in range(MOST_FAULTS + 50)]
    reading = read(table(*rows, GOOD))
    assert len(reading.faults) == MOST_FAULTS + 1
    assert reading.faults[-1].code == "faults-many"
    assert "50" in reading.faults[-1].th
    assert reading.accepted == 1


def test_twenty_thousand_rows_of_evidence_are_read_in_time_that_grows_with_them() -> None:
    rows: list[tuple[CellValue, ...]] = [("SAF-02", "ภาพถ่าย", f"ภาพ {number}", "") for number in range(20_000)]
    reading = read(table(*rows, *rows, head=EVIDENCE))
    assert len(reading.report.evidence) == 20_000
    assert len(reading.faults) == MOST_FAULTS + 1


def test_a_long_run_of_digits_is_no_list_of_persons() -> None:
    assert find_citizen_ids([Sheet("ก", (("1" * 200_000,), ("0-" * 90_000,)))]) == ()


@pytest.mark.parametrize("value", [date(2025, 1, 1), True, "#REF!", "=1+1", float("nan"), float("inf"), "๑.๒.๓"])
def test_what_is_no_figure_is_a_fault_in_its_cell(value: CellValue) -> None:
    row: tuple[CellValue, ...] = ("SAF-02", "จำนวน", None, None, None, value, None, None)
    (fault,) = read(table(row)).faults
    assert (fault.code, fault.cell, bool(fault.next_th)) == ("number-unreadable", "F2", True)


def test_a_yaml_file_too_long_for_a_framework_is_refused_before_it_is_parsed() -> None:
    with pytest.raises(BadInputError, match="framework-yaml-too-long"):
        load_yaml("a: [" + "1," * 400_000 + "]")


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [x,x]\nb: &b [*a,*a]\ncode: *b\nindicators: *b\n",
        '!!python/object/apply:os.system ["true"]',
        "[" * 20_000,
        "&a [*a]",
        "? {a: 1}\n: 1",
        'code: "\\0"',
        "version: " + "9" * 5_000,
        "",
    ],
    ids=["aliases", "python", "deep", "itself", "key", "nul", "digits", "empty"],
)
def test_yaml_that_is_no_framework_is_refused_in_words(text: str) -> None:
    with pytest.raises(BadInputError) as caught:
        load_yaml(text)
    assert caught.value.th
    assert caught.value.next_th


STEMS = ("110170020345", "310020045678", "150990001234")


@pytest.mark.parametrize(
    "written",
    [
        "{}",
        "{0[0]}-{0[1]}{0[2]}{0[3]}{0[4]}-{0[5]}{0[6]}{0[7]}{0[8]}{0[9]}-{0[10]}{0[11]}-{0[12]}",
        "{0[0]}–{0[1]}{0[2]}{0[3]}{0[4]}–{0[5]}{0[6]}{0[7]}{0[8]}{0[9]}–{0[10]}{0[11]}–{0[12]}",
        "{0[0]}.{0[1]}{0[2]}{0[3]}{0[4]}.{0[5]}{0[6]}{0[7]}{0[8]}{0[9]}.{0[10]}{0[11]}.{0[12]}",
        "ก,{},ข",
        "{0[0]}\u200b{0[1]}{0[2]}{0[3]}{0[4]}\u2011{0[5]}{0[6]}{0[7]}{0[8]}{0[9]} {0[10]}{0[11]} {0[12]}",
    ],
)
def test_a_list_of_persons_is_refused_however_its_ids_are_written(written: str) -> None:
    valid = [made for made in (f"{stem}{digit}" for stem in STEMS for digit in range(10)) if is_citizen_id(made)]
    assert len(valid) == len(STEMS)
    rows = tuple((*("ก",) * 90, written.format(each)) for each in valid)
    with pytest.raises(BadInputError, match="pupil-list-refused") as caught:
        read(Sheet("รายชื่อ", rows))
    assert caught.value.place == "รายชื่อ!CM1"
    assert not any(each in str(caught.value) for each in valid)


def test_ids_that_excel_has_shortened_are_known_by_their_heading() -> None:
    rows = (("เลขประจำตัวประชาชน",), *(("1.10170E+12",),) * 5)
    with pytest.raises(BadInputError, match="pupil-list-refused"):
        read(Sheet("รายชื่อ", rows))
