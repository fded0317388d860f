from __future__ import annotations

import numpy as np
import pytest

from sanyan.core.warning.shift import expect_shift, standard_nodes


def test_a_mean_shift_is_drawn_to_none_where_rounds_are_few() -> None:
    assert expect_shift(np.array([6.0]), 10.0).mean == pytest.approx(2.0)
    assert 4.5 < expect_shift(np.full(12, 6.0), 10.0).mean < 6.0


def test_one_wild_round_widens_less_than_several() -> None:
    calm = np.array([0.5, -0.5, 0.3, -0.4, 0.2, -0.1])
    one, several = calm.copy(), calm * 20
    one[0] = 12.0
    scales = [expect_shift(past, 2.0).scale for past in (calm, one, several)]
    assert scales[0] < scales[1] < scales[2] / 2
    assert scales[1] < float(np.std(one)) / 2


def test_without_much_history_the_spread_of_units_sets_the_width() -> None:
    assert expect_shift(np.array([0.0]), 10.0).scale > 5 * expect_shift(np.array([0.0]), 1.0).scale


def test_the_interval_is_that_of_a_student_t() -> None:
    shift = expect_shift(np.array([1.0, 2.0, 3.0]), 4.0)
    assert shift.high80 - shift.mean == pytest.approx(1.6377 * shift.scale, rel=1e-4)
    assert shift.quantile(0.5) == pytest.approx(shift.mean)
    assert np.median(standard_nodes()) == pytest.approx(0.0, abs=1e-12)
