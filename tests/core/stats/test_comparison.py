from __future__ import annotations

import numpy as np
import pytest

from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.comparison import compare
from sanyan.core.stats.design import Design, context_design
from sanyan.core.stats.funnel import FunnelState
from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.sampling_noise import Observations, means, plain, rates, shares
from sanyan.core.stats.suppression import Visibility

UNITS = 120


@pytest.fixture
def poor() -> FloatArray:
    return np.random.default_rng(0).normal(size=UNITS)


@pytest.fixture
def design(poor: FloatArray) -> Design:
    return context_design(poor[:, None], ["poor"])


def passed(poor: FloatArray, *, direction: Direction = Direction.HIGHER) -> tuple[Observations, FloatArray]:
    """Shares around what poverty leads one to expect; unit 0 does far better than that, unit 1 far worse."""
    rng = np.random.default_rng(1)
    own = rng.normal(0, 0.1, UNITS)
    own[:2] = 1.2, -1.2
    p = 1 / (1 + np.exp(-(0.5 - 0.6 * poor + own)))
    n = rng.integers(60, 900, UNITS)
    n[2] = 3
    return shares(rng.binomial(n, p).astype(float), n.astype(float), direction=direction), 100 * p


def test_a_unit_is_held_against_what_its_context_leads_one_to_expect(poor: FloatArray, design: Design) -> None:
    observed, true = passed(poor)
    (found,) = compare([observed], design)
    assert found.p_better[0] > 0.99
    assert found.p_better[1] < 0.01
    assert found.difference.low95[0] > 5
    assert found.funnel.states[:2] == (FunnelState.HIGH_998, FunnelState.LOW_998)
    assert (found.ranks.low95[0], found.ranks.high95[1]) == (1, UNITS)
    assert np.corrcoef(found.expected, -poor)[0, 1] > 0.99
    assert np.mean((found.level.low80 <= true) & (true <= found.level.high80)) == pytest.approx(0.8, abs=0.1)
    assert found.visibility[2] is Visibility.HIDDEN
    assert found.weight[2] < found.weight[3]


def test_results_are_in_the_indicators_unit_and_agree_with_one_another(poor: FloatArray, design: Design) -> None:
    (found,) = compare([passed(poor)[0]], design)
    np.testing.assert_array_equal(np.sign(found.difference.middle), np.sign(found.effect))
    assert np.all((found.level.low95 >= 0) & (found.level.high95 <= 100))
    for held in (found.level, found.difference):
        ordered = np.array([held.low95, held.low80, held.middle, held.high80, held.high95])
        assert np.all(np.diff(ordered, axis=0) >= 0)
    np.testing.assert_allclose(found.level.middle - found.expected, found.difference.middle, atol=1.0)


def test_where_lower_is_good_the_order_turns_and_the_points_do_not(poor: FloatArray, design: Design) -> None:
    (high,), (low,) = (compare([passed(poor, direction=way)[0]], design) for way in (Direction.HIGHER, Direction.LOWER))
    np.testing.assert_allclose(low.p_better, 1 - high.p_better, atol=1e-12)
    np.testing.assert_allclose(low.effect, -high.effect)
    np.testing.assert_allclose(low.difference.middle, high.difference.middle)
    assert low.ranks.low95[1] == 1
    assert low.funnel.states == high.funnel.states


def test_many_indicators_come_out_in_the_order_given_as_each_alone(poor: FloatArray, design: Design) -> None:
    rng = np.random.default_rng(3)
    n = rng.integers(20, 500, UNITS).astype(float)
    observed = [
        passed(poor)[0],
        rates(rng.poisson(n * 0.1).astype(float), n),
        means(rng.normal(50, 2, UNITS) + rng.normal(size=UNITS) * 10 / np.sqrt(n), n, within_sd=10),
        plain(rng.normal(size=UNITS), earlier=rng.normal(size=(2, UNITS))),
    ]
    for together, item in zip(compare(observed, design), observed, strict=True):
        (alone,) = compare([item], design)
        assert together.observed is item
        np.testing.assert_allclose(together.effect, alone.effect, atol=1e-9)
        np.testing.assert_allclose(together.ranks.low80, alone.ranks.low80)


def test_without_known_noise_there_is_a_difference_but_no_interval_and_no_rank(
    poor: FloatArray, design: Design
) -> None:
    values = 10 - 2 * poor
    values[0] += 3
    (found,) = compare([plain(values)], design)
    assert found.difference.middle[0] == pytest.approx(3, abs=0.2)
    for held in (found.difference.low80, found.ranks.rank, found.p_better, found.weight, found.level.high95):
        assert np.isnan(held).all()
    assert set(found.funnel.states) == {FunnelState.UNKNOWN}
    assert "noise-unknown" in [note.code for note in found.notes]


def test_what_could_not_be_used_is_told(poor: FloatArray) -> None:
    design = context_design(np.column_stack([poor, np.ones(UNITS)]), ["poor", "same"])
    few = np.where(np.arange(UNITS) < 3, 5.0, np.nan)
    rare, common = compare([shares(few, np.full(UNITS, 10.0)), passed(poor)[0]], design)
    assert {"figure-missing", "context-left-out", "too-few-units"} == {note.code for note in rare.notes}
    assert [note.code for note in common.notes] == ["context-left-out"]
    assert np.isnan(rare.effect).all()
    assert rare.used == 3


def test_an_indicator_without_any_figure_is_told_and_stops_nobody(poor: FloatArray, design: Design) -> None:
    empty, whole = compare([plain(np.full(UNITS, np.nan)), passed(poor)[0]], design)
    assert np.isnan(empty.difference.middle).all()
    assert np.isfinite(whole.effect).all()


def test_nothing_gives_nothing_and_other_units_are_refused(design: Design) -> None:
    assert compare([], design) == ()
    with pytest.raises(ValueError, match="same units"):
        compare([plain(np.ones(3))], design)
