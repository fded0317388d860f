from __future__ import annotations

from hypothesis import given as each
from hypothesis import settings
from hypothesis import strategies as st
from tests.core.checking.building import area, checked, found, given, indicator, noise, parts, value

from sanyan.core.checking.coincidences import weight_of_evidence
from sanyan.core.checking.values import CheckedAnswer
from sanyan.core.indicators.definitions import Kind

FINE = [indicator(f"F{n}", Kind.NUMBER) for n in range(12)]
COARSE = [indicator(f"C{n}", Kind.LEVEL) for n in range(12)]
SHARES = [indicator(f"S{n}", parts=True) for n in range(12)]
Round = dict[tuple[str, str], CheckedAnswer]


def fine_round(seed: int) -> Round:
    draw = noise(seed)
    return {(area(n), item.code): value(draw.randrange(500, 5000)) for n in range(40) for item in FINE}


def coarse_round(seed: int) -> Round:
    draw = noise(seed)
    return {(area(n), item.code): value(draw.choice([4, 5, 5, 5])) for n in range(40) for item in COARSE}


def test_a_report_copied_whole_from_the_last_round_is_found() -> None:
    before, after = fine_round(1), fine_round(2)
    after.update({key: answer for key, answer in before.items() if key[0] == area(3)})
    (finding,) = checked("stale-since-last-round", given(*FINE, answers=after, previous=before)).findings
    assert finding.organisation == area(3)
    assert finding.indicator == ""
    assert "12 จาก 12" in finding.reason.th


def test_a_report_copied_by_half_is_found() -> None:
    before, after = fine_round(1), fine_round(2)
    half = {item.code for item in FINE[:6]}
    after.update({key: a for key, a in before.items() if key[0] == area(3) and key[1] in half})
    assert found("stale-since-last-year", given(*FINE, answers=after, last_year=before)) == [(area(3), "")]


def test_repeats_of_coarse_indicators_are_normal() -> None:
    data = given(*COARSE, answers=coarse_round(2), previous=coarse_round(1))
    assert found("stale-since-last-round", data) == []


def test_counts_that_never_change_anywhere_are_normal() -> None:
    before = fine_round(1)
    assert found("stale-since-last-round", given(*FINE, answers=before, previous=before)) == []


def test_a_few_repeats_are_never_reported() -> None:
    before, after = fine_round(1), fine_round(2)
    few = {item.code for item in FINE[:4]}
    after.update({key: a for key, a in before.items() if key[0] == area(3) and key[1] in few})
    assert found("stale-since-last-round", given(*FINE, answers=after, previous=before)) == []


def test_zeros_that_stay_zero_are_judged_by_other_zeros() -> None:
    before, after = fine_round(1), fine_round(2)
    for n in range(20):
        for item in FINE:
            before[area(n), item.code] = after[area(n), item.code] = value(0)
    assert found("stale-since-last-round", given(*FINE, answers=after, previous=before)) == []


def test_full_marks_everywhere_are_found_when_others_have_few() -> None:
    draw = noise(6)
    answers = {
        (area(n), item.code): parts(100 if draw.random() < 0.1 else draw.randrange(60, 100), 100)
        for n in range(40)
        for item in SHARES
    }
    answers.update({(area(8), item.code): parts(100, 100) for item in SHARES})
    (finding,) = checked("all-full", given(*SHARES, answers=answers)).findings
    assert finding.organisation == area(8)
    assert "12 จาก 12" in finding.reason.th


def test_full_marks_everywhere_are_normal_when_everyone_has_them() -> None:
    answers = {(area(n), item.code): parts(100, 100) for n in range(40) for item in SHARES}
    assert found("all-full", given(*SHARES, answers=answers)) == []


def test_too_few_areas_to_know_what_is_usual_are_named() -> None:
    answers = {(area(n), "S0"): parts(100, 100) for n in range(5)}
    assert checked("all-full", given(*SHARES, answers=answers)).not_run[0].indicators == ("S0",)


@settings(deadline=None)
@each(st.lists(st.tuples(st.booleans(), st.floats(0.001, 0.999)), max_size=40), st.floats(0.001, 0.999))
def test_a_hit_more_never_weakens_the_evidence(trials: list[tuple[bool, float]], usual: float) -> None:
    assert weight_of_evidence([*trials, (True, usual)]) >= weight_of_evidence(trials) >= 0
