from collections.abc import Mapping
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.forms.answers import FilledAnswer, FilledEvidence, FilledReport
from sanyan.core.forms.workbook_layout import workbook_layout
from sanyan.core.forms.workbook_reading import WorkbookReading, read_report
from sanyan.core.indicators.definitions import (
    AnswerState,
    Direction,
    Framework,
    Indicator,
    Kind,
    NarrativeField,
    PolicyArea,
    Rollup,
    RoundPlan,
    ScaleLevel,
)
from sanyan.core.indicators.values import answer_value
from sanyan.core.rounds import RoundKey
from sanyan.core.thai.characters import one_line
from sanyan.engines.documents.excel import open_workbook, write_workbook

ROUND = RoundKey(2568, 9)


def indicator(code: str, kind: Kind, **more: object) -> Indicator:
    base = Indicator(
        code=code,
        policy_area=code[:3],
        name_th=f"ชื่อของ {code}",
        name_en=code,
        kind=kind,
        unit_th="ร้อยละ" if kind is Kind.PERCENT else "แห่ง",
        unit_en="",
        direction=Direction.HIGHER,
        rollup=Rollup.RATIO,
        months=(6, 9, 12),
    )
    return replace(base, **more)  # type: ignore[arg-type]


FRAMEWORK = Framework(
    code="TEST",
    name_th="กรอบทดสอบ",
    name_en="Test",
    owner="สตผ.",
    fiscal_years=(2568,),
    rounds=(RoundPlan(9, "รอบ 9 เดือน", "Month 9", (7, 15)),),
    policy_areas=(PolicyArea("SAF", "ความปลอดภัย", "Safety", "กลุ่มส่งเสริม"), PolicyArea("QUA", "คุณภาพ", "Quality")),
    indicators=(
        indicator("SAF-01", Kind.PERCENT, numerator_th="ที่ทำครบ", denominator_th="ทั้งหมด", per=100.0),
        indicator("SAF-02", Kind.RATIO, numerator_th="เหตุ", denominator_th="นักเรียน", per=10000.0),
        indicator("SAF-03", Kind.YES_NO),
        indicator("QUA-01", Kind.PERCENT, mean_of="students"),
        indicator("QUA-02", Kind.NUMBER),
        indicator("QUA-03", Kind.LEVEL),
        indicator("QUA-04", Kind.NARRATIVE),
        indicator("QUA-05", Kind.NARRATIVE),
    ),
    scale=tuple(ScaleLevel(n, name, "") for n, name in enumerate(("ปรับปรุง", "พอใช้", "ดี", "ดีมาก", "ดีเยี่ยม"), 1)),
    narrative_fields=(
        NarrativeField("title", "ชื่อกิจกรรม", "Title", required=True, max_length=300),
        NarrativeField("problem", "ปัญหาอุปสรรค", "Problem"),
        NarrativeField("result", "ผลการดำเนินงาน", "Result"),
    ),
)

WORDS = st.text("กขคงจฉชซabc123 .,/-:=+@ุำ่้\n", min_size=1, max_size=60).map(str.strip).filter(bool)
LINES = st.text("กขคงจฉabc123 ุำ่้", min_size=1, max_size=40).map(one_line).filter(bool)
FIGURES = st.integers(0, 10**7).map(float) | st.integers(0, 10**9).map(lambda n: n / 1000)
ABSENT = st.sampled_from([AnswerState.NOT_APPLICABLE, AnswerState.NOT_AVAILABLE, AnswerState.NOT_YET_DUE])


@st.composite
def answers_to(draw: st.DrawFn, item: Indicator) -> FilledAnswer | None:  # noqa: PLR0911
    note = draw(st.just("") | WORDS)
    choice = draw(st.sampled_from(["none", "absent", "reported", "reported"]))
    if choice == "none":
        return None
    if choice == "absent":
        return FilledAnswer(item.code, draw(ABSENT), note=note)
    made = FilledAnswer(item.code, AnswerState.REPORTED, note=note)
    if item.kind is Kind.NARRATIVE:
        texts = draw(st.dictionaries(st.sampled_from(["title", "problem", "result"]), WORDS, min_size=1))
        return replace(made, text=texts)
    if item.has_parts:
        part, whole = draw(FIGURES), draw(FIGURES)
        value = answer_value(item, numerator=part, denominator=whole, value=None)
        return replace(made, numerator=part, denominator=whole, value=value)
    if item.kind is Kind.LEVEL:
        return replace(made, value=float(draw(st.integers(1, 5))))
    if item.kind is Kind.YES_NO:
        return replace(made, value=float(draw(st.integers(0, 1))))
    whole_or_none = draw(st.none() | FIGURES) if item.mean_of else None
    return replace(made, value=draw(FIGURES), denominator=whole_or_none)


@st.composite
def reports(draw: st.DrawFn) -> FilledReport:
    answers = [draw(answers_to(item)) for item in FRAMEWORK.indicators]
    kinds = st.sampled_from(["DERIVED", "DOCUMENTARY", "IMAGE", "ATTESTED"])
    codes = st.sampled_from([item.code for item in FRAMEWORK.indicators])
    evidence = draw(
        st.lists(
            st.builds(FilledEvidence, indicator=codes, kind=kinds, title=LINES, location=st.just("") | LINES),
            max_size=5,
            unique_by=lambda each: (each.indicator, each.kind, each.title),
        )
    )
    return FilledReport(
        framework="TEST",
        version=3,
        round=ROUND,
        organisation="0021",
        organisation_name="สพป.ทดสอบ เขต 1",
        practice=draw(st.booleans()),
        answers=tuple(answer for answer in answers if answer is not None),
        evidence=tuple(evidence),
    )


def written(report: FilledReport | None, last: Mapping[str, FilledAnswer] | None = None) -> bytes:
    layout = workbook_layout(
        FRAMEWORK,
        version=3,
        round_key=ROUND,
        organisation_code="0021",
        organisation_name="สพป.ทดสอบ เขต 1",
        area_type="primary",
        report=report,
        last=last or {},
        practice=report.practice if report else False,
    )
    return write_workbook(layout)


def read(data: bytes) -> WorkbookReading:
    opened = open_workbook(data, file_name="a.xlsx")
    return read_report(
        opened.sheets,
        framework=FRAMEWORK,
        version=3,
        round_key=ROUND,
        organisation_code="0021",
        area_type="primary",
        formulas=opened.formulas,
    )


@settings(deadline=None, max_examples=60)
@given(reports())
def test_what_is_written_is_read_back(report: FilledReport) -> None:
    reading = read(written(report))
    assert reading.report == report
    assert not [fault for fault in reading.faults if fault.is_error]
    assert reading.accepted == reading.rows_read == len(report.answers) + len(report.evidence)
    answered = {answer.indicator for answer in report.answers}
    assert set(reading.unanswered) == {item.code for item in FRAMEWORK.indicators} - answered


def test_an_untouched_form_answers_nothing_though_denominators_are_prefilled() -> None:
    last = {
        "SAF-01": FilledAnswer("SAF-01", AnswerState.REPORTED, 80.0, 100.0, 80.0),
        "SAF-03": FilledAnswer("SAF-03", AnswerState.REPORTED, value=1.0),
        "QUA-01": FilledAnswer("QUA-01", AnswerState.NOT_AVAILABLE),
    }
    data = written(None, last)
    opened = open_workbook(data, file_name="a").sheets
    sheet = next(each for each in opened if each.name == "ตัวชี้วัด")
    row = next(row for row in sheet.rows if row[0] == "SAF-01")
    assert row[3] == 80.0
    assert row[5] == 100.0
    reading = read(data)
    assert reading.report.answers == ()
    assert reading.faults == ()
    assert len(reading.unanswered) == len(FRAMEWORK.indicators)


def test_a_disaggregated_answer_has_a_row_of_its_own() -> None:
    answers = tuple(
        FilledAnswer("QUA-02", AnswerState.REPORTED, value=value, disaggregation=group)
        for group, value in (("", 30.0), ("ป.1", 10.0), ("ป.2", 20.0))
    )
    report = FilledReport("TEST", 3, ROUND, "0021", "สพป.ทดสอบ เขต 1", answers=answers)
    assert read(written(report)).report.answers == answers


def test_a_percent_of_less_than_one_stays_what_it_is() -> None:
    answers = (FilledAnswer("QUA-01", AnswerState.REPORTED, value=0.4),)
    report = FilledReport("TEST", 3, ROUND, "0021", "สพป.ทดสอบ เขต 1", answers=answers)
    assert read(written(report)).report.answers == answers


def test_a_text_longer_than_a_cell_is_kept_whole() -> None:
    text = "ก" * 70_000
    answers = (FilledAnswer("QUA-04", AnswerState.REPORTED, text={"title": "ชื่อ", "result": text}),)
    report = FilledReport("TEST", 3, ROUND, "0021", "สพป.ทดสอบ เขต 1", answers=answers)
    assert read(written(report)).report.answers[0].text["result"] == text


def test_a_practice_workbook_says_so_on_each_page() -> None:
    report = FilledReport("TEST", 3, ROUND, "0021", "สพป.ทดสอบ เขต 1", practice=True)
    for sheet in open_workbook(written(report), file_name="a").sheets:
        seen = any("ข้อมูลฝึกหัด" in str(value) for row in sheet.rows for value in row)
        assert seen or sheet.hidden
