from dataclasses import replace

from sanyan.core.forms.answer_validation import doubts_of
from sanyan.core.forms.answers import FilledAnswer
from sanyan.core.indicators.definitions import AnswerState, Direction, Indicator, Kind, Rollup

PERCENT = Indicator(
    code="MGT-07",
    policy_area="MGT",
    name_th="ร้อยละ",
    name_en="Percent",
    kind=Kind.PERCENT,
    unit_th="ร้อยละ",
    unit_en="percent",
    direction=Direction.HIGHER,
    rollup=Rollup.RATIO,
    months=(9,),
    numerator_th="ที่ยืนยัน",
    denominator_th="ทั้งหมด",
    per=100,
    low=0,
    high=100,
)


def said(answer: FilledAnswer, indicator: Indicator = PERCENT) -> list[str]:
    return [doubt.code for doubt in doubts_of(indicator, answer)]


def test_a_part_above_its_whole_is_doubted_and_kept() -> None:
    (doubt,) = doubts_of(PERCENT, FilledAnswer("MGT-07", AnswerState.REPORTED, numerator=150, denominator=140))

    assert (doubt.code, doubt.is_error) == ("part-above-whole", False)


def test_a_value_outside_its_bounds_is_doubted() -> None:
    mean = replace(PERCENT, mean_of="students", rollup=Rollup.MEAN)

    assert said(FilledAnswer("MGT-07", AnswerState.REPORTED, value=120), mean) == ["value-outside-bounds"]
    assert said(FilledAnswer("MGT-07", AnswerState.REPORTED, value=-1), mean) == ["value-outside-bounds"]
    assert said(FilledAnswer("MGT-07", AnswerState.REPORTED, value=100), mean) == []


def test_what_is_possible_or_absent_is_not_doubted() -> None:
    assert said(FilledAnswer("MGT-07", AnswerState.REPORTED, numerator=140, denominator=140)) == []
    assert said(FilledAnswer("MGT-07", AnswerState.NOT_AVAILABLE)) == []
