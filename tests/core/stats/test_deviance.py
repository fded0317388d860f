from __future__ import annotations

import numpy as np
import pytest

from sanyan.core.stats.deviance import Candidate, Cell, positive_deviants
from sanyan.core.stats.neighbours import context_space

CELLS = (Cell("reading", "2567"), Cell("reading", "2568"), Cell("dropout", "2568"))
SPACE = context_space(np.arange(6.0)[:, None], ["size"])


def found(
    changes: dict[tuple[int, int], float],
    *,
    few: tuple[int, int] | None = None,
    failed: tuple[int, int] | None = None,
    cells: tuple[Cell, ...] = CELLS,
) -> tuple[Candidate, ...]:
    p, n, passed = np.full((len(cells), 6), 0.5), np.full((len(cells), 6), 50.0), np.ones((len(cells), 6), dtype=bool)
    for place, value in changes.items():
        p[place] = value
    if few:
        n[few] = 9
    if failed:
        passed[failed] = False
    return positive_deviants(cells, p, n, passed, SPACE)


def test_two_periods_of_one_indicator_or_two_indicators_make_a_candidate() -> None:
    one, other = found({(0, 1): 0.97, (1, 1): 0.99, (1, 4): 0.96, (2, 4): 0.96, (0, 5): 0.999})
    assert (one.unit, one.indicators, one.periods) == (1, 1, 2)
    assert (other.unit, other.indicators, other.periods) == (4, 2, 1)
    assert [(item.cell, item.p_better, item.n) for item in one.evidence] == [(1, 0.99, 50.0), (0, 0.97, 50.0)]
    assert one.p_twice == pytest.approx(0.97 * 0.99)


def test_one_high_figure_is_not_enough_however_high() -> None:
    assert found({(0, 1): 1.0, (1, 1): 0.94}) == ()


def test_few_cases_failed_checks_and_missing_figures_do_not_count() -> None:
    high = {(0, 1): 0.99, (1, 1): 0.99}
    assert len(found(high)) == 1
    assert found(high, few=(0, 1)) == ()
    assert found(high, failed=(1, 1)) == ()
    assert found({**high, (0, 1): np.nan}) == ()


def test_two_rounds_of_one_period_count_once() -> None:
    cells = (Cell("reading", "2568"), Cell("reading", "2568"))
    assert found({(0, 1): 0.99, (1, 1): 0.99}, cells=cells) == ()


def test_low_cases_are_the_nearest_that_stand_low_where_the_candidate_stands_high() -> None:
    high = {(0, 1): 0.99, (1, 1): 0.99}
    low = {(0, 0): 0.1, (0, 4): 0.1, (1, 4): 0.2, (2, 2): 0.01, (0, 5): 0.05}
    (one,) = found(high | low)
    assert [(case.unit, case.cells) for case in one.low_cases] == [(0, (0,)), (4, (0, 1)), (5, (0,))]
    assert [case.distance for case in one.low_cases] == sorted(case.distance for case in one.low_cases)


def test_a_candidate_is_nobodys_low_case() -> None:
    first = {(0, 1): 0.99, (1, 1): 0.99, (2, 1): 0.01}
    other = {(1, 3): 0.99, (2, 3): 0.98, (0, 3): 0.01}
    assert all(case.unit not in (1, 3) for item in found(first | other) for case in item.low_cases)


def test_nothing_gives_nothing_and_other_shapes_are_refused() -> None:
    none = np.empty((0, 6))
    assert positive_deviants((), none, none, none.astype(bool), SPACE) == ()
    with pytest.raises(ValueError, match="cells x units"):
        positive_deviants(CELLS, np.ones((3, 5)), np.ones((3, 5)), np.ones((3, 5), dtype=bool), SPACE)
