from __future__ import annotations

import pytest
from hypothesis import given as each
from hypothesis import settings
from hypothesis import strategies as st
from tests.core.checking.building import (
    area,
    checked,
    found,
    given,
    indicator,
    noise,
    parts,
    shipped,
    value,
)

from sanyan.core.checking.changes import scale_for
from sanyan.core.checking.robust import spread_of, standing
from sanyan.core.checking.run import run_checks
from sanyan.core.checking.values import Answers, CheckedAnswer
from sanyan.core.indicators.definitions import Indicator, Kind

SHARE = indicator("S", parts=True)
BARE = indicator("B")
COUNT = indicator("N", Kind.NUMBER)
AREAS = 60


def shares(rate: float, *, seed: int, size: int = 2000) -> dict[tuple[str, str], CheckedAnswer]:
    draw = noise(seed)
    return {(area(n), "S"): parts(sum(draw.random() < rate for _ in range(size)), size) for n in range(AREAS)}


def test_a_national_shift_flags_nobody() -> None:
    data = given(SHARE, answers=shares(0.6, seed=1), previous=shares(0.8, seed=2))
    assert found("jump-since-last-round", data) == []


def test_one_area_that_falls_while_others_hold_is_found_with_what_was_to_be_expected() -> None:
    answers = {**shares(0.8, seed=1), (area(7), "S"): parts(800, 2000)}
    (finding,) = checked("jump-since-last-round", given(SHARE, answers=answers, previous=shares(0.8, seed=2))).findings
    assert finding.organisation == area(7)
    assert "40 %" in finding.reason.th
    assert "รอบที่แล้ว" in finding.reason.th
    assert finding.numbers["usual"] == pytest.approx(80, abs=4)


def test_the_same_change_weighs_less_in_a_small_area() -> None:
    def changed(size: int) -> Answers:
        answers = {**shares(0.8, seed=1), (area(7), "S"): parts(size * 4 // 10, size)}
        previous = {**shares(0.8, seed=2), (area(7), "S"): parts(size * 8 // 10, size)}
        return given(SHARE, answers=answers, previous=previous)

    assert found("jump-since-last-round", changed(2000)) == [(area(7), "S")]
    assert found("jump-since-last-round", changed(10)) == []


def test_a_comparison_with_last_year_names_the_year() -> None:
    answers = {(area(n), "B"): value(40.0 + n % 5) for n in range(30)}
    data = given(BARE, answers={**answers, (area(3), "B"): value(0.0)}, last_year=answers)
    (finding,) = checked("jump-since-last-year", data).findings
    assert "2567" in finding.reason.th


def test_a_count_that_loses_a_digit_is_found() -> None:
    draw = noise(3)
    before = {(area(n), "N"): value(round(1000 * draw.lognormvariate(0, 0.8))) for n in range(40)}
    after = {key: value(round((answer.value or 0) * draw.uniform(0.95, 1.1))) for key, answer in before.items()}
    after[area(5), "N"] = value(round((before[area(5), "N"].value or 0) / 10))
    assert found("jump-since-last-year", given(COUNT, answers=after, last_year=before)) == [(area(5), "N")]


def test_an_impossible_value_is_left_to_its_own_check() -> None:
    answers = {(area(n), "B"): value(70.0 + n % 5) for n in range(30)}
    data = given(BARE, answers={**answers, (area(3), "B"): value(2570.4)}, last_year=answers)
    assert found("jump-since-last-year", data) == []
    assert found("impossible-percent", data) == [(area(3), "B")]


def test_without_history_the_check_says_that_it_did_not_run() -> None:
    report = checked("jump-since-last-year", given(SHARE, answers=shares(0.8, seed=1)))
    assert report.findings == ()
    assert "ปีก่อน" in report.not_run[0].reason.th


def test_with_too_few_areas_the_indicator_is_named_as_not_checked() -> None:
    answers = {(area(n), "B"): value(50.0) for n in range(4)}
    report = checked("jump-since-last-year", given(BARE, answers=answers, last_year=answers))
    assert report.not_run[0].indicators == ("B",)
    assert checked("far-from-others", given(BARE, answers=answers)).not_run[0].indicators == ("B",)


def test_a_lone_hundred_among_low_values_stands_far_from_others() -> None:
    draw = noise(4)
    answers = {(area(n), "B"): value(round(draw.uniform(1, 8), 1)) for n in range(AREAS)}
    data = given(BARE, answers={**answers, (area(9), "B"): value(100.0)})
    assert found("far-from-others", data) == [(area(9), "B")]


def test_a_value_that_jumped_and_stands_far_out_is_raised_above_either() -> None:
    draw = noise(5)
    last = {(area(n), "B"): value(round(draw.uniform(1, 8), 1)) for n in range(AREAS)}
    data = given(BARE, answers={**last, (area(9), "B"): value(100.0)}, last_year=last)
    codes = ("far-from-others", "jump-since-last-year")
    alone = max(item.score for code in codes for item in checked(code, data).findings)
    both = run_checks([shipped()[code] for code in codes], data)
    assert both.findings[0].score > alone
    assert len(both.findings) == 2


def test_a_running_total_that_falls_is_found_when_all_others_grow() -> None:
    before = {(area(n), "N"): value(100 + n) for n in range(40)}
    after = {key: value((answer.value or 0) + 20) for key, answer in before.items()}
    after[area(2), "N"] = value(60)
    assert found("fall-since-last-round", given(COUNT, answers=after, previous=before)) == [(area(2), "N")]


def test_a_count_that_falls_in_many_areas_is_no_running_total() -> None:
    before = {(area(n), "N"): value(100 + n) for n in range(40)}
    after = {key: value((answer.value or 0) + (-30 if n % 3 else 20)) for n, (key, answer) in enumerate(before.items())}
    assert found("fall-since-last-round", given(COUNT, answers=after, previous=before)) == []


def test_a_small_correction_of_a_running_total_is_left_alone() -> None:
    before = {(area(n), "N"): value(100 + n) for n in range(40)}
    after = {key: value((answer.value or 0) + 20) for key, answer in before.items()}
    after[area(2), "N"] = value(101)
    assert found("fall-since-last-round", given(COUNT, answers=after, previous=before)) == []


@settings(deadline=None)
@each(st.floats(0, 100), st.booleans())
def test_a_percent_laid_on_its_scale_comes_back(number: float, with_parts: bool) -> None:
    item = SHARE if with_parts else BARE
    answer = parts(number * 100, 10_000) if with_parts else value(number)
    scale = scale_for(item, [answer])
    assert scale is not None
    laid = scale.lay(answer)
    assert laid is not None
    assert scale.value_at(laid.place, answer) == pytest.approx(number, abs=0.02)


@settings(deadline=None)
@each(st.floats(-1e9, 1e9), st.sampled_from([Kind.NUMBER, Kind.RATIO]))
def test_a_number_laid_on_its_scale_comes_back(number: float, kind: Kind) -> None:
    item: Indicator = indicator("N", kind)
    scale = scale_for(item, [value(number)])
    assert scale is not None
    laid = scale.lay(value(number))
    assert laid is not None
    assert scale.value_at(laid.place, value(number)) == pytest.approx(number, rel=1e-6, abs=1e-6)


@settings(deadline=None)
@each(st.lists(st.floats(-10, 10), min_size=20, max_size=60), st.floats(50, 1e6))
def test_a_twentieth_of_wild_values_moves_the_width_little(values: list[float], wild: float) -> None:
    few = len(values) // 20
    sound = spread_of(values, floor=0.5)
    spoilt = spread_of([*values, *[wild] * few], floor=0.5)
    assert spoilt.width <= 25
    assert abs(spoilt.centre - sound.centre) <= 20


def test_a_score_grows_with_distance_and_stays_below_one() -> None:
    scores = [standing(distance) for distance in (0, 1, 5, 50, 1e6)]
    assert scores == sorted(scores)
    assert scores[0] == 0
    assert scores[-1] < 1


def test_a_spread_needs_values() -> None:
    with pytest.raises(ValueError, match="needs values"):
        spread_of([])
