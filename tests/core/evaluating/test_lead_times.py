"""How early a miss was foretold, and never let go again."""

from __future__ import annotations

import numpy as np

from sanyan.core.evaluating.lead_times import lead_times
from sanyan.core.evaluating.year_end_run import YearEndCase
from sanyan.core.warning.year_end import YearEnd, YearSoFar

UNITS = 4


def case(month: int, p_miss: list[float]) -> YearEndCase:
    past = np.full((UNITS, 3, 12), 10.0)
    past[:, 2, month:] = np.nan
    so_far = YearSoFar(past, None, month, np.full(UNITS, 100.0), True)
    nothing = np.zeros(UNITS)
    said = YearEnd(nothing, nothing, nothing, np.array(p_miss), 0.1)
    return YearEndCase(2003, month, so_far, said, np.array([130.0, 130.0, 130.0, 90.0]))


def test_a_warning_counts_from_where_it_never_falls_silent() -> None:
    ours, _ = lead_times([case(3, [0.9, 0.6, 0.1, 0.7]), case(6, [0.9, 0.2, 0.2, 0.1]), case(9, [0.9, 0.8, 0.3, 0.0])])
    assert ours.missed == 3
    assert ours.first == {3: 1, 6: 0, 9: 1}, "the second was let go at month 6"
    assert ours.silent == 1
    assert ours.median == 6.0
    assert ours.alarms == {3: 3, 6: 1, 9: 2}
    assert ours.units == {3: 4, 6: 4, 9: 4}


def test_the_rule_speaks_of_the_same_units() -> None:
    ours, rule = lead_times([case(3, [0.9, float("nan"), 0.1, 0.7])])
    assert ours.units == rule.units == {3: 3}
    assert ours.missed == rule.missed == 2


def test_nobody_warned_of_has_no_lead() -> None:
    ours, _ = lead_times([case(9, [0.0, 0.0, 0.0, 0.0])])
    assert ours.median is None
    assert ours.silent == 3
