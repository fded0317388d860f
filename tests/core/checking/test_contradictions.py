from __future__ import annotations

import pytest
from tests.core.checking.building import area, checked, found, given, indicator, only, parts, value

from sanyan.core.checking.values import CheckedAnswer
from sanyan.core.indicators.definitions import AnswerState, Kind

SHARE = indicator("S", parts=True)
BARE = indicator("B")


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (parts(120, 100), "มากกว่าตัวหาร"),
        (parts(-1, 100), "ติดลบ"),
        (parts(3, 0), "ตัวหารเป็น 0"),
        (parts(50, 100, given=55.0), "ไม่ตรงกับ"),
    ],
)
def test_parts_that_contradict_each_other_are_found_and_say_how(answer: CheckedAnswer, says: str) -> None:
    finding = only("parts-contradict", given(SHARE, answers={(area(1), "S"): answer}))
    assert says in finding.reason.th
    assert finding.severity == "high"


@pytest.mark.parametrize(
    "answer",
    [
        parts(100, 100),
        parts(0, 0),
        parts(1, 3, given=33.3),
        CheckedAnswer(AnswerState.NOT_AVAILABLE),
        CheckedAnswer(AnswerState.NOT_APPLICABLE),
    ],
)
def test_parts_that_fit_are_left_alone(answer: CheckedAnswer) -> None:
    assert found("parts-contradict", given(SHARE, answers={(area(1), "S"): answer})) == []


def test_a_percent_that_may_exceed_a_hundred_is_left_alone() -> None:
    gross = indicator("G", parts=True, high=150.0)
    assert found("parts-contradict", given(gross, answers={(area(1), "G"): parts(120, 100)})) == []
    assert found("out-of-range", given(gross, answers={(area(1), "G"): parts(160, 100)})) == [(area(1), "G")]


@pytest.mark.parametrize(("number", "is_found"), [(100.0, False), (0.0, False), (100.4, True), (-0.2, True)])
def test_only_percents_outside_zero_to_a_hundred_are_impossible(number: float, is_found: bool) -> None:
    assert bool(found("impossible-percent", given(BARE, answers={(area(1), "B"): value(number)}))) is is_found


def test_the_further_out_an_impossible_percent_lies_the_higher_it_stands() -> None:
    usual = {(area(n), "B"): value(70 + n % 7) for n in range(30)}
    data = given(BARE, answers={**usual, (area(50), "B"): value(2570.4), (area(51), "B"): value(100.3)})
    report = checked("impossible-percent", data)
    assert [item.organisation for item in report.findings] == [area(50), area(51)]
    assert report.findings[0].score > 0.9
    assert report.findings[1].score < 0.4
    assert "2,570.4" in report.findings[0].reason.th


def test_a_value_outside_the_range_of_its_framework_names_the_bound() -> None:
    budget = indicator("M", Kind.NUMBER, low=0.0, high=500.0)
    finding = only("out-of-range", given(budget, answers={(area(1), "M"): value(1_200_000)}))
    assert "1,200,000" in finding.reason.th
    assert "500" in finding.reason.th


def whole_and_parts(kind: Kind) -> list[object]:
    return [indicator("T", kind), indicator("X", kind, part_of="T"), indicator("Y", kind, part_of="T")]


def test_parts_that_add_up_to_more_than_the_whole_are_found() -> None:
    answers = {(area(1), "T"): value(10), (area(1), "X"): value(8), (area(1), "Y"): value(5)}
    finding = only("whole-contradicts-parts", given(*whole_and_parts(Kind.NUMBER), answers=answers))
    assert "13" in finding.reason.th
    assert "10" in finding.reason.th


def test_parts_that_leave_a_rest_are_normal_unless_everyone_elses_leave_none() -> None:
    def answers(rest_of_first: float, rest_of_others: float) -> dict[tuple[str, str], CheckedAnswer]:
        return {
            (area(n), code): value(number)
            for n in range(12)
            for code, number in (
                ("T", 10 + (rest_of_first if n == 0 else rest_of_others)),
                ("X", 6),
                ("Y", 4),
            )
        }

    data = given(*whole_and_parts(Kind.NUMBER), answers=answers(3, 5))
    assert found("whole-contradicts-parts", data) == []
    data = given(*whole_and_parts(Kind.NUMBER), answers=answers(3, 0))
    assert found("whole-contradicts-parts", data) == [(area(0), "T")]


def test_a_total_percent_below_all_its_parts_is_found() -> None:
    answers = {(area(1), "T"): value(80.16), (area(1), "X"): value(91.2), (area(1), "Y"): value(95.0)}
    finding = only("whole-contradicts-parts", given(*whole_and_parts(Kind.PERCENT), answers=answers))
    assert "80.16" in finding.reason.th


def test_a_whole_that_is_not_asked_is_reported_as_not_checked() -> None:
    data = given(indicator("X", part_of="T"), answers={(area(1), "X"): value(5)})
    (note,) = checked("whole-contradicts-parts", data).not_run
    assert note.indicators == ("X",)
