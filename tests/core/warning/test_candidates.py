"""What each rule finds in an indicator, and what it leaves alone."""

from __future__ import annotations

import numpy as np
import pytest
from tests.core.warning.outlooks import ahead, outlook, rule

from sanyan.core.indicators.definitions import Direction
from sanyan.core.signed_documents import Severity, Words
from sanyan.core.warning.candidates import SYSTEM, Candidate, candidates_of, percent
from sanyan.core.warning.outlook import Outlook
from sanyan.core.warning.report_candidates import (
    DoubtedReport,
    LateReport,
    doubted_candidates,
    late_candidates,
)

COUNT = 30
BEFORE = np.linspace(60, 100, COUNT)


def found(code: str, looked_at: Outlook) -> list[Candidate]:
    return list(candidates_of(rule(code), looked_at))


def test_an_area_likely_to_miss_the_year_is_told_with_its_interval() -> None:
    p_miss = np.full(COUNT, 0.1)
    p_miss[3] = 0.82
    expected = ahead(np.full(COUNT, 88.0), target=90.0, p_miss=p_miss)
    only = found("will-miss-target", outlook(BEFORE, BEFORE, target=50, year_end=expected))
    assert [item.unit for item in only] == ["u003"]
    assert only[0].variant == "turning"
    assert only[0].probability == pytest.approx(0.82)
    assert "โอกาสไม่ถึงเป้า 82 %" in only[0].reason.th
    assert "83–93" in only[0].reason.th
    assert "82 %" in only[0].reason.en


def test_an_area_already_behind_is_said_to_be_behind() -> None:
    expected = ahead(np.full(COUNT, 60.0), target=90.0, p_miss=np.full(COUNT, 0.9))
    kinds = {item.variant for item in found("will-miss-target", outlook(BEFORE, BEFORE, target=80, year_end=expected))}
    assert kinds == {"behind", "turning"}


def test_a_new_breach_needs_a_met_target_before() -> None:
    now = BEFORE.copy()
    now[20], now[0] = 55, 55
    only = found("new-breach", outlook(now, BEFORE, target=70))
    assert [item.unit for item in only] == ["u020"], "the first missed the target last year too"
    assert only[0].variant == "seen"
    assert "ทั้งระบบแทบไม่เปลี่ยน" in only[0].reason.th


def test_a_breach_that_may_be_chance_is_not_told() -> None:
    now = BEFORE.copy()
    now[20] = 69.5
    assert found("new-breach", outlook(now, BEFORE, target=70, p_off=np.full(COUNT, 0.6))) == []


def test_few_cases_are_not_told_of_and_somewhat_more_with_reserve() -> None:
    now = BEFORE.copy()
    now[[20, 21, 22]] = 40
    cases = np.full(COUNT, 500.0)
    cases[20], cases[21] = 4, 8
    told = {item.unit: item for item in found("new-breach", outlook(now, BEFORE, target=70, n=cases))}
    assert set(told) == {"u021", "u022"}
    assert told["u021"].is_tainted
    assert told["u021"].severity is Severity.MEDIUM
    assert told["u022"].severity is Severity.HIGH


def test_where_most_are_expected_to_miss_one_of_them_is_no_news() -> None:
    expected = ahead(BEFORE - 10, target=75.0, p_miss=np.full(COUNT, 0.9))
    assert found("new-breach", outlook(BEFORE, BEFORE, target=70, next=expected)) == []


def test_a_breach_to_come_is_told_while_the_target_is_still_met() -> None:
    p_miss = np.where(np.arange(COUNT) % 3, 0.2, 0.7)
    expected = ahead(BEFORE - 10, target=75.0, p_miss=p_miss)
    told = found("new-breach", outlook(BEFORE, BEFORE, target=70, next=expected))
    assert {item.variant for item in told} == {"ahead"}
    assert len(told) == int(((BEFORE >= 70) & (p_miss > 0.5)).sum())
    assert "รอบ 12 เดือน ปี 2568" in told[0].reason.th


def test_a_drop_is_the_areas_own_and_not_the_systems() -> None:
    chance = np.random.default_rng(4)
    now = BEFORE - 8 + chance.normal(0, 1, COUNT)
    now[5] = BEFORE[5] - 8 - 9
    told = found("relative-drop", outlook(now, BEFORE, target=10))
    assert told[0].unit == "u005" or "u005" in {item.unit for item in told}
    drop = next(item for item in told if item.unit == "u005")
    assert drop.severity is Severity.HIGH
    assert "ทั้งระบบลดลง 8" in drop.reason.th
    assert "เขตนี้ลดลงมากกว่าเพื่อน" in drop.reason.th
    assert [item.unit for item in found("system-shift", outlook(now, BEFORE, target=10))] == [SYSTEM]


def test_a_shared_rise_of_what_should_fall_is_a_system_signal() -> None:
    now = BEFORE + 8
    shift = found("system-shift", outlook(now, BEFORE, target=200, direction=Direction.LOWER))
    assert len(shift) == 1
    assert "ทั้งระบบเพิ่มขึ้น 8 จุด" in shift[0].reason.th
    assert "30 จาก 30 เขต" in shift[0].reason.th
    assert found("system-shift", outlook(now, BEFORE, target=200)) == [], "a rise is good where higher is better"


def test_jumps_are_told_both_ways() -> None:
    chance = np.random.default_rng(5)
    now = BEFORE + chance.normal(0, 0.5, COUNT)
    now[2], now[4] = BEFORE[2] + 20, BEFORE[4] - 20
    told = {item.unit: item.variant for item in found("sudden-jump", outlook(now, BEFORE, target=10))}
    assert told == {"u002": "better", "u004": "worse"}


def test_context_that_is_not_judged_is_never_warned_of() -> None:
    now = BEFORE.copy()
    now[4] = 0
    looked_at = outlook(now, BEFORE, target=10, direction=Direction.NONE)
    assert [item for code in ("relative-drop", "sudden-jump", "new-breach") for item in found(code, looked_at)] == []


def test_missing_values_raise_nothing() -> None:
    now = [*BEFORE[:10], *([None] * 20)]
    looked_at = outlook(now, BEFORE, target=70, next=ahead(np.full(COUNT, np.nan), target=70, p_miss=[np.nan] * COUNT))
    assert found("new-breach", looked_at) == []


def test_late_reports_are_facts_and_grow_with_the_days() -> None:
    state = Words("กำลังกรอก", "in progress")
    told = list(late_candidates(rule("late"), [LateReport("a", 3, state), LateReport("b", 20, state)]))
    assert [(item.probability, item.severity) for item in told] == [(1.0, Severity.LOW), (1.0, Severity.HIGH)]
    assert told[1].reason.th == "เลยกำหนดส่ง 20 วัน รายงานอยู่ที่ขั้น: กำลังกรอก"


def test_one_small_doubt_is_no_alarm() -> None:
    reports = [DoubtedReport("a", ("X",), 1, 0), DoubtedReport("b", ("X", "Y"), 3, 1)]
    told = list(doubted_candidates(rule("data-quality"), reports))
    assert [(item.unit, item.variant) for item in told] == [("b", "urgent")]
    assert "X, Y" in told[0].reason.th


def test_a_probability_in_words_never_says_certain() -> None:
    assert [percent(value) for value in (0.0, 0.004, 0.5, 0.999, 1.0)] == ["1", "1", "50", "99", "99"]
