"""The national part of a change and the unit's own."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.warning.outlooks import array, indicator

from sanyan.core.indicators.definitions import Direction, Kind
from sanyan.core.warning.figures import ChangeScale
from sanyan.core.warning.trend import robust_sd, trend
from sanyan.core.warning.trend_words import Moved, system_sentence, trend_sentence


def test_when_everyone_falls_alike_nobody_fell_more_than_peers() -> None:
    before = np.linspace(50, 90, 40)
    found = trend(now=before - 3.1, before=before, scale=ChangeScale.UNIT)
    assert found is not None
    assert found.shift == pytest.approx(-3.1)
    np.testing.assert_allclose(found.own, 0, atol=1e-9)
    assert not (found.probability_worse(Direction.HIGHER, swings=1) > 0).any()


def test_one_that_fell_more_is_told_apart_from_the_shared_fall() -> None:
    chance = np.random.default_rng(1)
    before = chance.normal(70, 8, 60)
    now = before - 3 + chance.normal(0, 1, 60)
    now[7] = before[7] - 3 - 6
    found = trend(now=now, before=before, scale=ChangeScale.UNIT)
    assert found is not None
    worse = found.probability_worse(Direction.HIGHER, swings=3)
    assert worse[7] > 0.99
    assert (worse > 0.5).sum() == 1
    assert found.own_in_unit[7] == pytest.approx(-6, abs=0.5)


def test_the_chance_swing_of_a_small_unit_is_taken_off() -> None:
    chance = np.random.default_rng(2)
    before = chance.normal(70, 8, 60)
    now = before + chance.normal(0, 2, 60)
    now[0] = now[1] = 0
    before[0] = before[1] = 6
    noise = np.full(60, 0.1)
    noise[1] = 3.0
    found = trend(now=now, before=before, scale=ChangeScale.UNIT, noise=noise)
    assert found is not None
    worse = found.probability_worse(Direction.HIGHER, swings=2)
    assert worse[0] > 0.9
    assert worse[1] < 0.6


def test_lower_is_better_turns_the_question_round() -> None:
    chance = np.random.default_rng(3)
    before = chance.normal(10, 2, 30)
    now = before + chance.normal(0, 0.5, 30)
    now[4] = before[4] + 4
    found = trend(now=now, before=before, scale=ChangeScale.UNIT)
    assert found is not None
    assert found.probability_worse(Direction.LOWER, swings=2)[4] > 0.9
    assert found.probability_better(Direction.HIGHER, swings=2)[4] > 0.9


def test_counts_are_compared_by_ratios() -> None:
    before = array([10, 100, 1000, 10, 100, 1000, 500])
    now = before * 2
    now[6] = 500
    found = trend(now=now, before=before, scale=ChangeScale.RATIO)
    assert found is not None
    assert np.expm1(found.shift) == pytest.approx(1, abs=0.1)
    assert found.own_in_unit[6] == pytest.approx(-500, abs=60)


def test_fewer_than_five_pairs_are_no_trend() -> None:
    assert trend(now=array([1, 2, 3, 4, None]), before=array([1, 2, 3, 4, 5]), scale=ChangeScale.UNIT) is None


def test_the_usual_swing_comes_from_earlier_years_where_there_are_any() -> None:
    before = np.linspace(0, 10, 20)
    now = before + np.resize([0.1, -0.1], 20)
    calm = trend(now=now, before=before, scale=ChangeScale.UNIT)
    wild = trend(now=now, before=before, scale=ChangeScale.UNIT, past=((before + np.resize([3.0, -3.0], 20), before),))
    assert calm is not None
    assert wild is not None
    assert wild.usual > 10 * calm.usual


@settings(deadline=None)
@given(st.lists(st.floats(-1e6, 1e6), min_size=5, max_size=40), st.floats(-1e5, 1e5))
def test_the_parts_add_up_to_the_change(changes: list[float], level: float) -> None:
    before = np.full(len(changes), level)
    found = trend(now=before + changes, before=before, scale=ChangeScale.UNIT)
    assert found is not None
    np.testing.assert_allclose(found.shift + found.own, (before + changes) - before, atol=1e-6)
    chance = found.probability_worse(Direction.HIGHER, swings=1)
    assert ((chance >= 0) & (chance <= 1)).all()


def test_a_robust_spread_is_not_carried_away_and_not_zero_for_levels() -> None:
    assert robust_sd(array([*np.linspace(0, 1, 50), 1e9])) < 1
    assert robust_sd(array([3] * 30 + [4] * 5 + [2] * 5)) > 0
    assert robust_sd(array([])) == 0


PERCENT = indicator()


def moved(shift: float, own: float) -> Moved:
    return Moved(ChangeScale.UNIT, shift, own, own, shift + own, usual=2.0)


@pytest.mark.parametrize(
    ("shift", "own", "th"),
    [
        (-3.1, -4.0, "ทั้งระบบลดลง 3.1 จุด เขตนี้ลดมากกว่าเพื่อน 4 จุด"),
        (-3.1, 1.5, "ทั้งระบบลดลง 3.1 จุด เขตนี้ลดน้อยกว่าเพื่อน 1.5 จุด"),
        (-3.1, 5.0, "ทั้งระบบลดลง 3.1 จุด แต่เขตนี้เพิ่มขึ้น 1.9 จุด สวนทางกับเพื่อน"),
        (2.0, 3.0, "ทั้งระบบเพิ่มขึ้น 2 จุด เขตนี้เพิ่มมากกว่าเพื่อน 3 จุด"),
        (2.0, -1.0, "ทั้งระบบเพิ่มขึ้น 2 จุด เขตนี้เพิ่มน้อยกว่าเพื่อน 1 จุด"),
        (0.0, -4.0, "ทั้งระบบแทบไม่เปลี่ยน เขตนี้ลดลงกว่าเพื่อน 4 จุด"),
        (-3.1, 0.1, "ทั้งระบบลดลง 3.1 จุด เขตนี้เปลี่ยนพอ ๆ กับเพื่อน"),
    ],
)
def test_a_change_is_told_whole_system_first(shift: float, own: float, th: str) -> None:
    assert trend_sentence(PERCENT, moved(shift, own)).th == th


def test_counts_are_told_in_percent_and_english_stands_beside() -> None:
    count = indicator(kind=Kind.NUMBER, unit_th="คน", unit_en="children")
    said = system_sentence(count, scale=ChangeScale.RATIO, shift=float(np.log(1.2)), usual=0.1)
    assert said.th == "ทั้งระบบเพิ่มขึ้น 20 %"
    assert said.en == "the whole system rose by 20 %"
