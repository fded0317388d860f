from __future__ import annotations

import numpy as np
import pytest
from scipy.stats import ttest_ind

from sanyan.core.stats.suppression import Visibility
from sanyan.core.text.themes.trends import (
    Course,
    Report,
    theme_beside_number,
    theme_shares,
)

ROUNDS = ("6 เดือน", "9 เดือน")


def reports(before: int, after: int, areas: int = 40) -> list[Report]:
    made = []
    for name, speaking in zip(ROUNDS, (before, after), strict=True):
        for area in range(areas):
            themes = frozenset({"ครู"}) if area < speaking else frozenset[str]()
            made.append(
                Report(f"เขต {area}", name, themes, "เหนือ" if area % 10 else "ใต้", "สพป." if area < 32 else "สพม.")
            )
    return made


def test_shares_are_of_areas_and_what_an_area_says_twice_counts_once() -> None:
    held = reports(10, 10)
    twice = [*held, *held, Report("เขต 0", ROUNDS[0], frozenset())]
    assert theme_shares(twice, ["ครู"], ROUNDS) == theme_shares(held, ["ครู"], ROUNDS)
    first = theme_shares(held, ["ครู"], ROUNDS).overall[0]
    assert (first.mentioning, first.reporting) == (10, 40)
    assert first.share is not None
    assert first.share.low < 0.25 < first.share.high


def test_a_clear_change_is_told_and_an_unclear_one_is_not() -> None:
    assert [c.course for c in theme_shares(reports(5, 20), ["ครู"], ROUNDS).changes] == [Course.RISING]
    assert [c.course for c in theme_shares(reports(20, 5), ["ครู"], ROUNDS).changes] == [Course.FALLING]
    change = theme_shares(reports(10, 11), ["ครู"], ROUNDS).changes[0]
    assert change.course is Course.UNCLEAR
    assert change.difference is not None


def test_few_areas_tell_no_change_and_very_few_are_hidden() -> None:
    few = theme_shares(reports(0, 9, areas=9), ["ครู"], ROUNDS)
    assert few.changes[0].difference is None
    assert few.overall[0].visibility is Visibility.GREYED
    regions = {share.group: share for share in theme_shares(reports(5, 5), ["ครู"], ROUNDS).by_region}
    assert regions["ใต้"].visibility is Visibility.HIDDEN
    assert (regions["ใต้"].share, regions["ใต้"].mentioning, regions["ใต้"].reporting) == (None, None, None)
    assert regions["เหนือ"].visibility is Visibility.SHOWN
    assert {share.group for share in theme_shares(reports(5, 5), ["ครู"], ROUNDS).by_type} == {"สพป.", "สพม."}


def test_different_areas_in_each_round_are_compared_as_such() -> None:
    held = reports(5, 20)
    apart = [Report(r.organisation + r.round, r.round, r.themes) for r in held]
    one = theme_shares(held, ["ครู"], ROUNDS).changes[0].difference
    other = theme_shares(apart, ["ครู"], ROUNDS).changes[0].difference
    assert one is not None
    assert other is not None
    assert one.estimate == other.estimate
    assert one.high - one.low < other.high - other.low


def test_a_number_beside_a_theme_has_the_interval_of_welch() -> None:
    rng = np.random.default_rng(4)
    values = [*rng.normal(60, 5, 20).tolist(), *rng.normal(70, 8, 30).tolist(), None]
    mentions = [True] * 20 + [False] * 31
    found = theme_beside_number(mentions, values, higher_is_better=True)
    assert (found.mentioning, found.silent, found.not_known) == (20, 30, 1)
    assert found.difference is not None
    stock = ttest_ind(values[:20], values[20:50], equal_var=False).confidence_interval(0.95)
    assert (found.difference.low, found.difference.high) == pytest.approx((stock.low, stock.high))
    assert "lower mean (worse)" in found.words.en
    assert "does not show" in found.caution.en


def test_too_few_areas_on_a_side_tell_nothing() -> None:
    found = theme_beside_number([True] * 4 + [False] * 20, [1.0] * 24)
    assert found.difference is None
    assert theme_beside_number([True] * 5 + [False] * 5, [1.0] * 10).difference is not None
    with pytest.raises(ValueError, match="each area"):
        theme_beside_number([True], [])
