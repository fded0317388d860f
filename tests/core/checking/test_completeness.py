from __future__ import annotations

from datetime import date, timedelta

import pytest
from tests.core.checking.building import DUE, TODAY, area, checked, found, given, indicator, only, parts, text, value

from sanyan.core.checking.values import CheckedAnswer, CheckInput, ExpectedReport
from sanyan.core.indicators.definitions import AnswerState, Kind

ASKED = [
    indicator("A", parts=True),
    indicator("B", Kind.NUMBER),
    indicator("C", Kind.NARRATIVE),
    indicator("D", Kind.NUMBER, applies=("secondary",)),
    indicator("E", Kind.NUMBER, months=(12,)),
]


def handed_in(on: date | None = DUE, area_type: str = "primary") -> dict[str, ExpectedReport]:
    return {area(1): ExpectedReport(DUE, on, area_type)}


def test_a_report_with_blanks_says_how_many_and_which() -> None:
    data = given(*ASKED, answers={(area(1), "A"): parts(1, 2), (area(1), "C"): text(" ")}, expected=handed_in())
    finding = only("missing-answers", data)
    assert finding.reason.th == "ยังไม่ครบ 2 จาก 3 ข้อ (B, C)"


def test_what_does_not_apply_or_is_not_yet_asked_is_not_missing() -> None:
    answers = {(area(1), "A"): parts(1, 2), (area(1), "B"): value(0), (area(1), "C"): text("เล่าเรื่อง")}
    assert found("missing-answers", given(*ASKED, answers=answers, expected=handed_in())) == []
    answers[area(1), "B"] = CheckedAnswer(AnswerState.NOT_APPLICABLE)
    assert found("missing-answers", given(*ASKED, answers=answers, expected=handed_in())) == []
    assert found("missing-answers", given(*ASKED, answers=answers, expected=handed_in(area_type="secondary")))


def test_a_stated_absence_is_told_apart_from_a_blank() -> None:
    answers = {
        (area(1), "A"): CheckedAnswer(AnswerState.NOT_AVAILABLE),
        (area(1), "B"): value(2),
        (area(1), "C"): text("เล่าเรื่อง"),
    }
    finding = only("missing-answers", given(*ASKED, answers=answers, expected=handed_in()))
    assert "ระบุว่ายังไม่มีข้อมูล 1" in finding.reason.th
    del answers[area(1), "B"]
    finding = only("missing-answers", given(*ASKED, answers=answers, expected=handed_in()))
    assert "ยังไม่ครบ 1" in finding.reason.th
    assert "ยังไม่มีข้อมูล 1" in finding.reason.th


def test_a_report_that_is_still_being_filled_in_is_not_asked_about_blanks() -> None:
    assert found("missing-answers", given(*ASKED, answers={}, expected=handed_in(None))) == []


def many_reports(number: int, **others: CheckedAnswer) -> CheckInput:
    """Reports that answer A and C; `others` are answers of the first one."""
    answers = {(area(n), "A"): parts(1, 2) for n in range(number)} | {(area(n), "C"): text("x") for n in range(number)}
    answers |= {(area(0), code): answer for code, answer in others.items()}
    return given(
        *ASKED, answers=answers, expected={area(n): ExpectedReport(DUE, DUE, "primary") for n in range(number)}
    )


@pytest.mark.parametrize("absent", [None, CheckedAnswer(AnswerState.NOT_AVAILABLE)])
def test_a_question_that_nobody_answered_is_told_once_of_the_round(absent: CheckedAnswer | None) -> None:
    report = checked("missing-answers", many_reports(10, **({"B": absent} if absent else {})))
    assert report.findings == ()
    assert [note.indicators for note in report.not_run] == [("B",)]


def test_a_question_that_one_of_many_answered_is_missing_in_the_others() -> None:
    report = checked("missing-answers", many_reports(10, B=value(0)))
    assert len(report.findings) == 9
    assert report.not_run == ()


def test_a_few_reports_do_not_show_that_a_question_was_not_put() -> None:
    assert len(checked("missing-answers", many_reports(9)).findings) == 9


@pytest.mark.parametrize(
    ("on", "says"),
    [
        (DUE, None),
        (DUE - timedelta(days=3), None),
        (DUE + timedelta(days=2), "ส่งหลังวันครบกำหนด 2 วัน"),
        (None, f"เลยวันครบกำหนดมาแล้ว {(TODAY - DUE).days} วัน"),
    ],
)
def test_late_and_waiting_reports_are_counted_in_days(on: date | None, says: str | None) -> None:
    data = given(*ASKED, answers={}, expected=handed_in(on))
    if says is None:
        assert found("late", data) == []
    else:
        assert says in only("late", data).reason.th
