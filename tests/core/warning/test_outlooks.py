"""From a history to what is to come: which round is next, what is missed, and what cannot be told."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest
from tests.core.warning.outlooks import indicator

from sanyan.core.indicators.definitions import Direction, Indicator, Kind, Rollup, Target
from sanyan.core.rounds import RoundKey
from sanyan.core.stats.panel import FloatArray
from sanyan.core.warning.ahead import bounds_of, next_round_of
from sanyan.core.warning.figures import History
from sanyan.core.warning.outlook import Outlook
from sanyan.core.warning.outlooks import Reported, history_of, outlook_of

UNITS = 60
ALL_MONTHS = tuple(RoundKey(year, month) for year in (2565, 2566, 2567, 2568) for month in (6, 9, 12))


def reported(rounds: tuple[RoundKey, ...], values: FloatArray, **changes: Any) -> Reported:
    item: Indicator = indicator(**changes)
    nothing = np.full_like(values, np.nan)
    units = tuple(f"u{number}" for number in range(len(values)))
    return Reported(item, units, rounds, values, nothing, nothing)


def growing(rounds: tuple[RoundKey, ...], *, seed: int = 1) -> FloatArray:
    """Percents that grow over each year toward a level of the unit's own."""
    chance = np.random.default_rng(seed)
    end = chance.normal(85, 6, UNITS)
    share = {6: 0.6, 9: 0.8, 12: 1.0}
    columns = [end * share[key.month] + chance.normal(0, 1.5, UNITS) for key in rounds]
    return np.clip(np.column_stack(columns), 0, 100)


def seen(rounds: tuple[RoundKey, ...], **changes: Any) -> Outlook:
    fields: dict[str, Any] = {"targets": (Target(9, 65.0), Target(12, 85.0))}
    return outlook_of(history_of(reported(rounds, growing(rounds), **{**fields, **changes})))


def history(key: RoundKey, **changes: Any) -> History:
    return history_of(reported((key,), np.full((6, 1), 50.0), **changes))


@pytest.mark.parametrize(
    ("months", "now", "following"),
    [
        ((6, 9, 12), RoundKey(2568, 6), RoundKey(2568, 9)),
        ((6, 12), RoundKey(2568, 6), RoundKey(2568, 12)),
        ((6, 9, 12), RoundKey(2568, 12), RoundKey(2569, 6)),
        ((9,), RoundKey(2568, 9), RoundKey(2569, 9)),
    ],
)
def test_the_next_round_is_the_next_that_asks(months: tuple[int, ...], now: RoundKey, following: RoundKey) -> None:
    assert next_round_of(history(now, months=months), now) == following


def test_at_the_end_of_a_year_the_first_round_of_the_next_is_forecast() -> None:
    found = seen(ALL_MONTHS)
    assert found.next is not None
    assert found.next.round == RoundKey(2569, 6)
    assert found.year_end is None
    first = growing(ALL_MONTHS)[:, ALL_MONTHS.index(RoundKey(2568, 6))]
    assert np.abs(found.next.mean - first).mean() < 2.5
    assert (found.next.low < found.next.mean).all()
    assert (found.next.low95 <= found.next.low).all()
    assert np.isnan(found.next.p_miss).all(), "there is no target for month 6"


def test_in_the_middle_of_a_year_its_end_is_forecast_from_earlier_years() -> None:
    found = seen(ALL_MONTHS[:-1])
    assert found.year_end is not None
    assert found.next is found.year_end, "month 12 is both"
    assert found.year_end.round == RoundKey(2568, 12)
    truth = growing(ALL_MONTHS)[:, -1]
    inside = (truth >= found.year_end.low) & (truth <= found.year_end.high)
    assert 0.6 <= inside.mean() <= 1.0
    miss = truth < 85
    assert found.year_end.p_miss[miss].mean() > found.year_end.p_miss[~miss].mean() + 0.3


def test_from_month_six_both_later_rounds_are_forecast() -> None:
    found = seen(ALL_MONTHS[:-2])
    assert found.next is not None
    assert found.year_end is not None
    assert (found.next.round.month, found.year_end.round.month) == (9, 12)


def test_nothing_later_than_now_is_looked_at() -> None:
    values = growing(ALL_MONTHS)
    rounds = ALL_MONTHS[:-1]
    first = outlook_of(history_of(reported(rounds, values[:, :-1])))
    assert first.year_end is not None
    spoiled = values[:, :-1].copy()
    again = outlook_of(history_of(reported(rounds, spoiled)))
    assert again.year_end is not None
    np.testing.assert_array_equal(first.year_end.mean, again.year_end.mean)


def test_without_earlier_years_it_says_that_it_cannot() -> None:
    found = seen(ALL_MONTHS[:1])
    assert found.next is None
    assert found.year_end is None
    assert found.trend is None
    assert {"next", "year_end", "trend"} <= set(found.cannot)
    assert all(words.th and words.en for words in found.cannot.values())


def test_a_yes_or_no_is_not_forecast() -> None:
    found = seen(ALL_MONTHS, kind=Kind.YES_NO, rollup=Rollup.SHARE)
    assert found.next is None
    assert found.trend is None


def test_a_level_is_missed_by_rounding_below_it() -> None:
    chance = np.random.default_rng(3)
    keys = tuple(RoundKey(year, 9) for year in (2565, 2566, 2567, 2568))
    level = np.clip(np.round(chance.normal(3.6, 0.8, (UNITS, 1)) + chance.normal(0, 0.3, (UNITS, 4))), 1, 5)
    found = outlook_of(
        history_of(
            reported(keys, level, kind=Kind.LEVEL, rollup=Rollup.DISTRIBUTION, months=(9,), targets=(Target(9, 4.0),))
        )
    )
    assert found.next is not None
    steady = (level == 4).all(axis=1)
    assert found.next.p_miss[steady].mean() < 0.4


def test_counts_never_go_below_zero_and_are_forecast_by_ratios() -> None:
    chance = np.random.default_rng(4)
    keys = tuple(RoundKey(year, 12) for year in (2565, 2566, 2567, 2568))
    counts = np.round(np.exp(chance.normal(3, 1, (UNITS, 1)) + chance.normal(0, 0.2, (UNITS, 4))))
    item = {"kind": Kind.NUMBER, "rollup": Rollup.SUM, "direction": Direction.LOWER, "months": (12,)}
    found = outlook_of(history_of(reported(keys, counts, **item, targets=(Target(12, 0.0),))))
    assert found.next is not None
    assert (found.next.low95 >= 0).all()
    big, small = counts[:, -1].argmax(), counts[:, -1].argmin()
    assert found.next.high[big] - found.next.low[big] > found.next.high[small] - found.next.low[small]


def test_bounds_come_from_the_indicator() -> None:
    now = RoundKey(2568, 9)
    assert bounds_of(history(now)) == (0.0, 100.0)
    assert bounds_of(history(now, low=0.0, high=5.0, kind=Kind.NUMBER, rollup=Rollup.MEAN)) == (0.0, 5.0)
    assert bounds_of(history(now, kind=Kind.NUMBER, rollup=Rollup.MEAN)) is None
    assert bounds_of(history(now, kind=Kind.NUMBER, rollup=Rollup.SUM)) == (0.0, np.inf)


def test_one_who_must_beat_last_year_has_a_target_of_its_own() -> None:
    keys = tuple(RoundKey(year, 9) for year in (2566, 2567, 2568))
    values = growing(keys)
    goal = Target(9, better_than_last_year=True)
    found = outlook_of(history_of(reported(keys, values, months=(9,), targets=(goal,))))
    np.testing.assert_array_equal(found.target, values[:, 1])
    assert found.next is not None
    np.testing.assert_array_equal(found.next.target, values[:, 2])


def test_the_chance_of_being_off_target_knows_the_noise() -> None:
    keys = (RoundKey(2567, 9), RoundKey(2568, 9))
    part = np.full((8, 2), 6.0)
    whole = np.full((8, 2), 10.0)
    whole[4:], part[4:] = 10_000.0, 6_900.0
    item = {"numerator_th": "ก", "denominator_th": "ข", "per": 100.0, "targets": (Target(9, 70.0),)}
    made = replace(reported(keys, 100 * part / whole, **item), numerator=part, denominator=whole)
    found = outlook_of(history_of(made))
    assert found.p_off[0] < 0.8, "six of ten may be chance"
    assert found.p_off[5] > 0.95, "69 % of ten thousand is not"
