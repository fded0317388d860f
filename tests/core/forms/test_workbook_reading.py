from collections.abc import Sequence
from dataclasses import replace

import pytest

from sanyan.core.errors import BadInputError, Fault
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.forms.sheets import CellValue, Sheet
from sanyan.core.forms.workbook_reading import FormulaPlaces, WorkbookReading, read_report
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

BASE = Indicator(
    "SAF-01", "SAF", "ร้อยละของโรงเรียนปลอดภัย", "", Kind.PERCENT, "ร้อยละ", "", Direction.HIGHER, Rollup.RATIO, (9,)
)
FRAMEWORK = Framework(
    code="TEST",
    name_th="กรอบทดสอบ",
    name_en="Test",
    owner="สตผ.",
    fiscal_years=(2568,),
    rounds=(),
    policy_areas=(PolicyArea("SAF", "ความปลอดภัย", "Safety"),),
    indicators=(
        replace(BASE, numerator_th="ที่ทำครบ", denominator_th="ทั้งหมด", per=100.0),
        replace(BASE, code="SAF-02", name_th="คะแนนเฉลี่ย", mean_of="students"),
        replace(BASE, code="SAF-03", name_th="จำนวนกิจกรรม", kind=Kind.NUMBER, unit_th="ครั้ง"),
        replace(BASE, code="SAF-04", name_th="ระดับคุณภาพ", kind=Kind.LEVEL, unit_th="ระดับ"),
        replace(BASE, code="SAF-05", name_th="มีแผนหรือไม่", kind=Kind.YES_NO, unit_th=""),
        replace(BASE, code="SAF-06", name_th="เรื่องเล่า", kind=Kind.NARRATIVE, unit_th=""),
        replace(BASE, code="SAF-07", name_th="ถามเฉพาะรอบ 12", kind=Kind.NUMBER, months=(12,)),
    ),
    scale=(ScaleLevel(1, "ปรับปรุง", ""), ScaleLevel(2, "พอใช้", ""), ScaleLevel(3, "ดี", "")),
    narrative_fields=(
        NarrativeField("title", "ชื่อกิจกรรม", "Title", required=True, max_length=20),
        NarrativeField("problem", "ปัญหาอุปสรรค", "Problem"),
    ),
)
HEAD = ("รหัส", "ตัวชี้วัด", "หน่วย", "รอบก่อน", "ตัวตั้ง", "ตัวหาร", "ค่า", "สถานะ", "หมายเหตุ")
Cells = Sequence[CellValue]


def row(
    code: CellValue, *, n: CellValue = None, d: CellValue = None, v: CellValue = None, s: CellValue = None
) -> Cells:
    return (code, "ชื่อ", "หน่วย", 1.0, n, d, v, s, None)


def sheet(*rows: Cells, name: str = "ตัวชี้วัด", head: Cells = HEAD) -> Sheet:
    return Sheet(name, (tuple(head), *(tuple(each) for each in rows)))


def meta(**changes: CellValue) -> Sheet:
    pairs: dict[str, CellValue] = {
        "sanyan-workbook": 1.0,
        "framework": "TEST",
        "version": 3.0,
        "round": "2568-09",
        "organisation": "0021",
        "organisation_name": "สพป.ทดสอบ เขต 1",
        "practice": 0.0,
    }
    return Sheet("_sanyan", tuple((pairs | changes).items()), hidden=True)


def read(*sheets: Sheet, formulas: FormulaPlaces | None = None) -> WorkbookReading:
    return read_report(
        sheets,
        framework=FRAMEWORK,
        version=3,
        round_key=RoundKey(2568, 9),
        organisation_code="0021",
        area_type="primary",
        formulas=formulas,
    )


def only(reading: WorkbookReading) -> FilledAnswer:
    (answer,) = reading.report.answers
    return answer


def fault(reading: WorkbookReading, code: str) -> Fault:
    (found,) = [each for each in reading.faults if each.code == code]
    assert found.th
    return found


def refused(*sheets: Sheet) -> BadInputError:
    with pytest.raises(BadInputError) as caught:
        read(*sheets)
    assert caught.value.th
    assert caught.value.next_th
    return caught.value


@pytest.mark.parametrize(
    "code", ["SAF-01", "saf-1", "SAF 01", "SAF–๐๑", "SAF01", "saf_1", " SAF-01\u200b", "SAF-01 ร้อยละของ"]
)
def test_a_code_is_known_however_it_was_typed(code: str) -> None:
    answer = only(read(sheet(row(code, n=8.0, d=10.0))))
    assert (answer.indicator, answer.numerator, answer.denominator, answer.value) == ("SAF-01", 8.0, 10.0, 80.0)


def test_a_row_whose_code_was_lost_is_known_by_its_name() -> None:
    assert only(read(sheet((None, "จำนวนกิจกรรม", None, None, None, None, 5.0)))).indicator == "SAF-03"


@pytest.mark.parametrize(
    ("code", "cells", "value"),
    [
        ("SAF-01", {"n": "๘", "d": "1,000"}, 0.8),
        ("SAF-01", {"n": "๘ แห่ง", "d": 10.0}, 80),
        ("SAF-02", {"v": 85.0}, 85),
        ("SAF-02", {"v": 0.85}, 85),
        ("SAF-02", {"v": "85 %"}, 85),
        ("SAF-02", {"v": "ร้อยละ ๘๕"}, 85),
        ("SAF-02", {"v": "0.85 %"}, 0.85),
        ("SAF-03", {"v": "1,234 ครั้ง"}, 1234),
        ("SAF-03", {"n": 7.0}, 7),
        ("SAF-03", {"v": 0.0}, 0),
        ("SAF-04", {"v": 3.0}, 3),
        ("SAF-04", {"v": "ระดับ ๒"}, 2),
        ("SAF-04", {"v": "พอใช้"}, 2),
        ("SAF-05", {"v": "/"}, 1),
        ("SAF-05", {"v": "ไม่มี"}, 0),
        ("SAF-05", {"v": True}, 1),
    ],
)
def test_values_are_read_as_offices_write_them(code: str, cells: dict[str, CellValue], value: float) -> None:
    answer = only(read(sheet(row(code, **cells))))
    assert answer.state is AnswerState.REPORTED
    assert answer.value == pytest.approx(value)


def test_a_share_read_as_percent_says_so() -> None:
    found = fault(read(sheet(row("SAF-02", v=0.85))), "percent-scaled")
    assert not found.is_error
    assert found.cell == "G2"


@pytest.mark.parametrize(
    ("code", "cells", "cell"), [("SAF-01", {"n": "-", "d": 10.0}, "E2"), ("SAF-03", {"v": "–"}, "G2")]
)
def test_a_dash_is_no_value_and_not_zero(code: str, cells: dict[str, CellValue], cell: str) -> None:
    reading = read(sheet(row(code, **cells)))
    answer = only(reading)
    assert answer.state is AnswerState.NOT_AVAILABLE
    assert (answer.numerator, answer.denominator, answer.value) == (None, None, None)
    assert fault(reading, "dash-is-no-value").cell == cell


def test_the_state_column_says_why_there_is_no_value() -> None:
    reading = read(sheet(row("SAF-01", d=10.0, s="ไม่เกี่ยวข้อง"), row("SAF-03", v="-", s="ยังไม่ถึงกำหนด")))
    assert [each.state for each in reading.report.answers] == [AnswerState.NOT_APPLICABLE, AnswerState.NOT_YET_DUE]
    assert reading.faults == ()


@pytest.mark.parametrize(
    ("code", "cells", "fault_code", "cell"),
    [
        ("SAF-03", {"v": "ประมาณ 12"}, "number-unreadable", "G2"),
        ("SAF-03", {"v": "1.234,5"}, "number-unreadable", "G2"),
        ("SAF-01", {"n": "สิบ", "d": 10.0}, "number-unreadable", "E2"),
        ("SAF-01", {"n": "/", "d": 10.0}, "number-unreadable", "E2"),
        ("SAF-01", {"n": -1.0, "d": 10.0}, "numerator-negative", "E2"),
        ("SAF-01", {"n": 5.0}, "part-missing", "E2"),
        ("SAF-03", {"v": -4.0}, "value-negative", "G2"),
        ("SAF-04", {"v": 9.0}, "level-outside-scale", "G2"),
        ("SAF-04", {"v": 2.5}, "level-outside-scale", "G2"),
        ("SAF-05", {"v": "อาจจะ"}, "number-unreadable", "G2"),
        ("SAF-03", {"v": 5.0, "s": "ยังไม่มีข้อมูล"}, "state-conflicts", "H2"),
        ("SAF-03", {"v": 5.0, "s": "แล้วแต่"}, "state-unknown", "H2"),
        ("XYZ-99", {"v": 5.0}, "indicator-unknown", "A2"),
        ("SAF-07", {"v": 5.0}, "indicator-not-asked", "A2"),
    ],
)
def test_a_bad_row_is_kept_out_with_its_cell_and_good_rows_stay(
    code: str, cells: dict[str, CellValue], fault_code: str, cell: str
) -> None:
    other = "SAF-02" if code != "SAF-02" else "SAF-03"
    reading = read(sheet(row(code, **cells), row(other, v=50.0)))
    assert only(reading).indicator == other
    found = fault(reading, fault_code)
    assert found.is_error
    assert (found.sheet, found.cell) == ("ตัวชี้วัด", cell)
    assert found.next_th
    assert (reading.rows_read, reading.accepted) == (2, 1)


def test_a_part_over_its_whole_is_let_in_with_a_warning() -> None:
    reading = read(sheet(row("SAF-01", n=12.0, d=10.0)))
    assert only(reading).value == 120
    assert not fault(reading, "part-over-whole").is_error


def test_a_percent_without_its_parts_is_kept_with_a_warning() -> None:
    reading = read(sheet(row("SAF-01", d=10.0, v="85 %")))
    answer = only(reading)
    assert (answer.numerator, answer.denominator, answer.value) == (None, None, 85.0)
    assert not fault(reading, "parts-missing").is_error


@pytest.mark.parametrize(("typed", "warns"), [(80.0, False), (0.8, False), ("80 %", False), (75.0, True)])
def test_a_typed_percent_is_checked_against_its_parts(typed: CellValue, warns: bool) -> None:
    reading = read(sheet(row("SAF-01", n=8.0, d=10.0, v=typed)))
    assert only(reading).value == 80
    assert [each.code for each in reading.faults] == (["value-differs"] if warns else [])


def test_a_formula_is_used_when_it_has_a_result_and_refused_when_it_has_none() -> None:
    places = {"ตัวชี้วัด": frozenset({(1, 6), (2, 4)})}
    reading = read(sheet(row("SAF-03", v=5.0), row("SAF-01", d=10.0)), formulas=places)
    assert only(reading).value == 5
    assert not fault(reading, "formula-used").is_error
    assert fault(reading, "formula-without-value").cell == "E3"


def test_the_same_row_twice_is_read_once_and_a_contradiction_is_named() -> None:
    reading = read(sheet(row("SAF-03", v=5.0), row("SAF-03", v=5.0), row("saf3", v=6.0)))
    assert only(reading).value == 5
    assert not fault(reading, "row-repeated").is_error
    found = fault(reading, "row-contradicts")
    assert found.is_error
    assert found.cell == "A4"


def test_blank_rows_are_simply_not_answered() -> None:
    reading = read(sheet(row("SAF-01", d=10.0), row("SAF-03")))
    assert reading.report.answers == ()
    assert reading.faults == ()
    assert reading.unanswered == ("SAF-01", "SAF-02", "SAF-03", "SAF-04", "SAF-05", "SAF-06")


def test_moved_columns_extra_titles_bands_and_sheets_do_no_harm() -> None:
    title: Cells = ("แบบรายงานผล", None, None)
    head: Cells = ("ลำดับ", "หมายเหตุ", "ผลการดำเนินงาน", "รหัสตัวชี้วัด", "ชื่อตัวชี้วัด")
    band: Cells = ("ด้านความปลอดภัย",)
    data: Cells = (1.0, "ครบแล้ว", 5.0, "SAF-03", "จำนวนกิจกรรม")
    moved = Sheet("Sheet1 (2)", tuple(map(tuple, (title, (), head, band, data, (), ("ผู้รายงาน", "นาย ก")))))
    reading = read(Sheet("บันทึก", (("คุย", 5.0),)), moved, Sheet("ว่าง", ()))
    assert only(reading) == FilledAnswer("SAF-03", AnswerState.REPORTED, value=5.0, note="ครบแล้ว")
    assert reading.faults == ()


def test_a_heading_over_two_merged_rows_is_understood() -> None:
    upper: Cells = ("รหัส", "ตัวชี้วัด", "ผลการดำเนินงาน", None, None, "หมายเหตุ")
    lower: Cells = (None, None, "ตัวตั้ง", "ตัวหาร", "ค่า", None)
    data: Cells = ("SAF-01", "ชื่อ", 8.0, 10.0, None, "ดี")
    answer = only(read(Sheet("x", (tuple(upper), tuple(lower), tuple(data)))))
    assert (answer.numerator, answer.denominator, answer.note) == (8.0, 10.0, "ดี")


def test_codes_without_any_heading_are_named_as_such() -> None:
    reading = read(sheet(row("SAF-03", v=5.0)), Sheet("ไม่มีหัว", (("SAF-01", 8.0, 10.0),)))
    assert fault(reading, "heading-missing").cell == "A1"


def test_a_hidden_table_is_not_read_but_mentioned() -> None:
    hidden = replace(sheet(row("SAF-03", v=9.0), name="สำเนา"), hidden=True)
    reading = read(sheet(row("SAF-03", v=5.0)), hidden)
    assert only(reading).value == 5
    assert not fault(reading, "sheet-hidden").is_error


def narrative(*rows: Cells) -> Sheet:
    return Sheet("เรื่องเล่า", (("รหัส", "หัวข้อ", "ข้อความ"), *map(tuple, rows)))


def test_a_narrative_is_read_with_or_without_its_code_on_each_row() -> None:
    reading = read(
        narrative(
            ("SAF-06", "เรื่องเล่า"), (None, "สถานะ", None), (None, "ชื่อกิจกรรม:", "ค่าย"), (None, "ปัญหาอุปสรรค", "ฝน\nตก")
        )
    )
    assert dict(only(reading).text) == {"title": "ค่าย", "problem": "ฝน\nตก"}
    assert reading.faults == ()


def test_a_long_text_is_kept_whole_with_a_warning() -> None:
    reading = read(narrative(("SAF-06", "ชื่อกิจกรรม", "ก" * 50)))
    assert only(reading).text["title"] == "ก" * 50
    assert not fault(reading, "text-long").is_error


def test_a_required_field_left_empty_is_a_warning() -> None:
    reading = read(narrative(("SAF-06", "ปัญหาอุปสรรค", "ฝนตก")))
    assert only(reading).text == {"problem": "ฝนตก"}
    assert not fault(reading, "field-missing").is_error


def test_text_under_an_unknown_heading_is_kept_in_the_note() -> None:
    reading = read(narrative(("SAF-06", "ชื่อกิจกรรม", "ค่าย"), ("SAF-06", "งบประมาณ", 5000.0)))
    assert only(reading).note == "งบประมาณ: 5000"
    assert not fault(reading, "label-unknown").is_error


def test_evidence_is_read_once_and_faults_are_named() -> None:
    head = ("รหัส", "ประเภท", "ชื่อ/คำอธิบาย", "ลิงก์")
    rows: tuple[Cells, ...] = (
        ("saf1", "เอกสาร", "คำสั่ง", "https://a.b"),
        ("SAF-01", "เอกสาร", "คำสั่ง", "https://a.b"),
        ("SAF-03", "ภาพ", None, "แฟ้ม 3"),
        ("QQQ-1", "ภาพ", "ภาพ", None),
        (None, None, None, None),
        ("SAF-01", "เอกสาร", "ก" * 400, None),
    )
    reading = read(sheet(row("SAF-03", v=5.0)), Sheet("หลักฐาน", (head, *map(tuple, rows))))
    assert [(e.indicator, e.kind, e.title) for e in reading.report.evidence] == [
        ("SAF-01", "DOCUMENTARY", "คำสั่ง"),
        ("SAF-03", "IMAGE", "แฟ้ม 3"),
    ]
    assert [each.code for each in reading.faults] == ["evidence-repeated", "indicator-unknown", "evidence-long"]
    assert (reading.rows_read, reading.accepted) == (6, 3)


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"organisation": "0099", "organisation_name": "สพป.อื่น"}, "workbook-other-organisation"),
        ({"framework": "OLD"}, "workbook-other-framework"),
        ({"version": 2.0}, "workbook-other-version"),
        ({"round": "2567-09"}, "workbook-other-round"),
    ],
)
def test_another_workbook_is_refused_whole(changes: dict[str, CellValue], code: str) -> None:
    assert refused(sheet(row("SAF-03", v=5.0)), meta(**changes)).code == code


def test_without_the_hidden_sheet_the_first_page_still_tells_whose_it_is() -> None:
    start = Sheet("อ่านก่อน", (("กรอบทดสอบ",), ("หน่วยงาน", "สพป.อื่น"), ("รหัสหน่วยงาน", "0099"), ("รหัสรอบ", "2568-09")))
    assert refused(start, sheet(row("SAF-03", v=5.0))).code == "workbook-other-organisation"
    reading = read(sheet(row("SAF-03", v=5.0)))
    assert not reading.meta.is_original
    assert reading.report.organisation == "0021"


def test_its_own_workbook_is_taken() -> None:
    reading = read(sheet(row("SAF-03", v=5.0)), meta(practice=1.0))
    assert reading.meta.is_original
    assert reading.report.practice
    assert reading.report.organisation_name == "สพป.ทดสอบ เขต 1"


def test_a_workbook_without_any_table_is_refused() -> None:
    assert refused(Sheet("Sheet1", (("สวัสดี",),))).code == "workbook-no-table"
    assert refused().code == "workbook-no-table"


def citizen_id(first: int) -> str:
    twelve = f"{first:012d}"
    total = sum(int(digit) * (13 - place) for place, digit in enumerate(twelve))
    return f"{twelve}{(11 - total % 11) % 10}"


def test_a_list_of_pupils_is_refused_and_no_id_is_repeated() -> None:
    ids = [citizen_id(110170023000 + n) for n in range(5)]
    pupils = Sheet("นักเรียน", tuple((each, *([None] * 90)) for each in ids))
    error = refused(sheet(row("SAF-03", v=5.0)), pupils)
    assert error.code == "pupil-list-refused"
    assert error.place == "นักเรียน!A1"
    assert not any(each in str(error.as_dict()) for each in ids)
