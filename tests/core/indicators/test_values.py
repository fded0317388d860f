from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sanyan.core.indicators.definitions import AnswerState, Direction, Indicator, Kind, Rollup, Target
from sanyan.core.indicators.values import (
    AnswerValue,
    Attainment,
    answer_value,
    attainment,
    default_rollup,
    is_improvement,
    roll_up,
    target_value,
)

PERCENT = Indicator(
    code="SAF-01",
    policy_area="SAF",
    name_th="ร้อยละของโรงเรียน",
    name_en="Schools",
    kind=Kind.PERCENT,
    unit_th="ร้อยละ",
    unit_en="percent",
    direction=Direction.HIGHER,
    rollup=Rollup.RATIO,
    months=(9,),
    numerator_th="โรงเรียนที่ครบ",
    denominator_th="โรงเรียนทั้งหมด",
    per=100,
    targets=(Target(9, 80),),
)
MEAN = replace(PERCENT, rollup=Rollup.MEAN, mean_of="students")
LEVEL = replace(PERCENT, kind=Kind.LEVEL, rollup=Rollup.DISTRIBUTION)


def reported(
    numerator: float | None = None, denominator: float | None = None, value: float | None = None
) -> AnswerValue:
    return AnswerValue(AnswerState.REPORTED, numerator, denominator, value)


def test_percentages_roll_up_by_sums_and_not_by_their_mean() -> None:
    rolled = roll_up(PERCENT, [reported(9, 10, 90), reported(10, 100, 10)])

    assert rolled.value == pytest.approx(100 * 19 / 110)
    assert (rolled.numerator, rolled.denominator) == (19, 110)


def test_a_missing_answer_is_counted_and_never_zero() -> None:
    rolled = roll_up(PERCENT, [reported(9, 10), AnswerValue(AnswerState.NOT_AVAILABLE)])

    assert (rolled.value, rolled.reported, rolled.missing) == (90, 1, 1)


def test_not_applicable_is_neither_reported_nor_missing() -> None:
    rolled = roll_up(PERCENT, [AnswerValue(AnswerState.NOT_APPLICABLE), AnswerValue(AnswerState.NOT_YET_DUE)])

    assert (rolled.value, rolled.reported, rolled.missing) == (None, 0, 0)


def test_a_percent_without_its_parts_cannot_be_summed() -> None:
    rolled = roll_up(PERCENT, [reported(value=90)])

    assert (rolled.value, rolled.missing) == (None, 1)


def test_a_mean_is_weighted_by_its_denominators_when_all_are_known() -> None:
    assert roll_up(MEAN, [reported(None, 10, 40), reported(None, 30, 60)]).value == pytest.approx(55)
    assert roll_up(MEAN, [reported(None, None, 40), reported(None, 30, 60)]).value == pytest.approx(50)


def test_levels_roll_up_to_counts_and_the_lower_median() -> None:
    rolled = roll_up(LEVEL, [reported(value=level) for level in (1, 3, 4, 4)])

    assert rolled.levels == ((1, 1), (3, 1), (4, 2))
    assert rolled.value == 3


def test_sums_add_and_shares_count_yes() -> None:
    total = roll_up(replace(PERCENT, rollup=Rollup.SUM), [reported(value=3), reported(value=4)])
    share = roll_up(replace(PERCENT, rollup=Rollup.SHARE), [reported(value=1), reported(value=0)])

    assert total.value == 7
    assert (share.value, share.numerator, share.denominator) == (50, 1, 2)


parts = st.tuples(st.integers(0, 10_000), st.integers(1, 10_000)).map(lambda pair: (min(pair), max(pair)))


@given(st.lists(parts, min_size=1, max_size=40))
def test_a_rolled_up_percent_lies_between_its_parts(pairs: list[tuple[int, int]]) -> None:
    values = [100 * numerator / denominator for numerator, denominator in pairs]

    rolled = roll_up(PERCENT, [reported(numerator, denominator) for numerator, denominator in pairs])

    assert rolled.value is not None
    assert min(values) - 1e-9 <= rolled.value <= max(values) + 1e-9


@given(st.lists(parts, min_size=2, max_size=40), st.integers(1, 39))
def test_rolling_up_groups_and_then_groups_of_groups_changes_nothing(pairs: list[tuple[int, int]], cut: int) -> None:
    answers = [reported(numerator, denominator) for numerator, denominator in pairs]
    whole = roll_up(PERCENT, answers)
    halves = [roll_up(PERCENT, half) for half in (answers[:cut], answers[cut:]) if half]

    again = roll_up(PERCENT, [reported(half.numerator, half.denominator) for half in halves])

    assert again.value == pytest.approx(whole.value)


def test_an_answer_with_a_zero_denominator_has_no_value() -> None:
    assert answer_value(PERCENT, numerator=0, denominator=0, value=None) is None
    assert answer_value(PERCENT, numerator=17, denominator=20, value=None) == 85
    assert answer_value(MEAN, numerator=None, denominator=12, value=41.5) == 41.5
    assert answer_value(MEAN, numerator=None, denominator=None, value=float("nan")) is None


@pytest.mark.parametrize(
    ("value", "expected"),
    [(80, Attainment.MET), (76, Attainment.NEAR), (75.9, Attainment.MISSED), (None, Attainment.UNKNOWN)],
)
def test_near_is_within_a_twentieth_of_the_target(value: float | None, expected: Attainment) -> None:
    assert attainment(PERCENT, value=value, target=Target(9, 80)) is expected


def test_lower_is_better_turns_the_judgement_round() -> None:
    lower = replace(PERCENT, direction=Direction.LOWER)

    assert attainment(lower, value=4, target=Target(9, 5)) is Attainment.MET
    assert attainment(lower, value=5.2, target=Target(9, 5)) is Attainment.NEAR
    assert attainment(lower, value=9, target=Target(9, 5)) is Attainment.MISSED


def test_better_than_last_year_needs_last_year_and_more_than_it() -> None:
    target = Target(9, better_than_last_year=True)

    assert attainment(PERCENT, value=50, target=target, last_year=49) is Attainment.MET
    assert attainment(PERCENT, value=50, target=target, last_year=50) is Attainment.NEAR
    assert attainment(PERCENT, value=50, target=target) is Attainment.UNKNOWN
    assert target_value(target, last_year=49) == 49
    assert target_value(None) is None


def test_context_is_never_judged() -> None:
    context = replace(PERCENT, direction=Direction.NONE)

    assert attainment(context, value=1, target=Target(9, 2)) is Attainment.UNKNOWN
    assert is_improvement(Direction.NONE, 3) is None
    assert is_improvement(Direction.LOWER, -3) is True
    assert is_improvement(Direction.HIGHER, 0) is None


def test_every_kind_has_a_roll_up() -> None:
    assert default_rollup(Kind.PERCENT, has_parts=True, mean_of="") is Rollup.RATIO
    assert default_rollup(Kind.PERCENT, has_parts=True, mean_of="students") is Rollup.MEAN
    assert {kind: default_rollup(kind, has_parts=False, mean_of="") for kind in Kind}[Kind.NUMBER] is Rollup.SUM
