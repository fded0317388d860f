from __future__ import annotations

import numpy as np
import pytest
from evals.quality import Outcome, precision
from evals.quality_slips import KINDS, Kind, printed, spoiled, swaps
from evals.quality_stock import stock_scores


def test_a_figure_is_printed_with_the_decimals_it_needs() -> None:
    assert [printed(28.799999237060547, 2), printed(54.0, 1), printed(3.227721, 2)] == ["28.8", "54", "3.23"]


def test_swaps_are_of_neighbouring_digits_that_differ() -> None:
    assert swaps("28.8") == [82.8]
    assert swaps("54.1") == [45.1, 51.4]


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.name)
def test_two_in_a_hundred_figures_change_and_no_other(kind: Kind) -> None:
    values = np.round(20 + 60 * np.random.default_rng(1).random((100, 5)), 1)
    values[0, 0] = np.nan
    changed, hit = spoiled(values, kind, 1)
    assert hit.sum() == 10
    assert (changed[hit] != values[hit]).all()
    np.testing.assert_array_equal(changed[~hit], values[~hit])


def test_precision_is_the_share_of_changed_figures_among_as_many_of_the_first() -> None:
    hit = np.array([[True, True, False, False]])
    assert precision(np.array([[9.0, 1.0, 5.0, -np.inf]]), hit) == 0.5


def test_missing_figures_come_last_with_every_stock_method() -> None:
    values = np.array([[1.0, 2.0, 3.0], [4.0, np.nan, 6.0], [7.0, 9.0, 8.0]])
    assert all(score[1, 1] == -np.inf and np.isfinite(score).sum() == 8 for score in stock_scores(values).values())


def test_a_bar_a_stock_method_and_false_flags_can_each_be_missed() -> None:
    kind = Kind("k", "", lambda figure, _decimals, _rng: figure, 0.9)
    assert Outcome(kind, 0.95, "z", 0.5, 0.001).missed == []
    assert len(Outcome(kind, 0.8, "z", 0.85, 0.02).missed) == 3
