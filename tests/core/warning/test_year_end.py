from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.stats.panel import FloatArray
from sanyan.core.warning.year_end import YearEnd, YearSoFar, forecast_year_end

SEEN = 6


def counts(units: int = 40, years: int = 6, *, seed: int = 1, shock: float = 0.3) -> FloatArray:
    """Counts with a season, levels of their own and a shock of each year, units x years x 12."""
    rng = np.random.default_rng(seed)
    level = rng.normal(3, 1, (units, 1, 1))
    season = np.sin(np.arange(12) / 12 * 2 * np.pi) * 0.7
    year = rng.normal(0, shock, (1, years, 1)) + rng.normal(0, 0.2, (units, years, 1))
    drawn: FloatArray = rng.poisson(np.exp(level + season + year)).astype(np.float64)
    return drawn


def shares(units: int = 60, years: int = 3, *, seed: int = 2) -> tuple[FloatArray, FloatArray]:
    """Numerators and denominators, units x years x 12."""
    rng = np.random.default_rng(seed)
    size = np.exp(rng.normal(6, 0.7, (units, 1, 1)))
    below = rng.poisson(size * np.ones((1, years, 12))).astype(np.float64)
    linked = rng.normal(-2, 0.8, (units, 1, 1)) + rng.normal(0, 0.15, (units, years, 1)) + 0.2 * np.cos(np.arange(12))
    above = rng.binomial(below.astype(int), 1 / (1 + np.exp(-linked))).astype(np.float64)
    return above, below


def of_counts(held: FloatArray, *, seen: int = SEEN, target: FloatArray | None = None, above: bool = True) -> YearEnd:
    aim = np.median(held[:, :-1].sum(axis=2), axis=1) if target is None else target
    return forecast_year_end(YearSoFar(held, None, seen, aim, above))


def of_shares(
    above: FloatArray, below: FloatArray, *, seen: int = SEEN, target: float = 0.12, over: bool = True
) -> YearEnd:
    aim = np.full(above.shape[0], target)
    return forecast_year_end(YearSoFar(above, below, seen, aim, over))


def test_what_comes_later_in_the_year_changes_nothing() -> None:
    held, (above, below) = counts(), shares()
    spoilt, spoilt_above, spoilt_below = held.copy(), above.copy(), below.copy()
    spoilt[:, -1, SEEN:] = 1e6
    spoilt_above[:, -1, SEEN:] = np.nan
    spoilt_below[:, -1, SEEN:] = 7
    aim = np.median(held[:, :-1].sum(axis=2), axis=1)
    for one, other in (
        (of_counts(held, target=aim), of_counts(spoilt, target=aim)),
        (of_shares(above, below), of_shares(spoilt_above, spoilt_below)),
    ):
        assert np.array_equal(one.mean, other.mean)
        assert np.array_equal(one.p_miss, other.p_miss)
        assert np.array_equal(one.lo80, other.lo80)


def test_a_target_already_passed_is_missed_for_sure() -> None:
    held = counts()
    so_far = held[:, -1, :SEEN].sum(axis=1)
    assert np.all(of_counts(held, target=so_far - 1).p_miss == 1)
    assert np.all(of_counts(held, target=so_far - 1, above=False).p_miss == 0)


def test_the_probabilities_of_a_count_follow_the_outcomes_better_than_the_base_rate() -> None:
    gained = []
    for seed in range(6):
        held = counts(seed=seed)
        missed = held[:, -1].sum(axis=1) > np.median(held[:, :-1].sum(axis=2), axis=1)
        p_miss = of_counts(held, seen=9).p_miss
        gained.append(np.mean((0.5 - missed) ** 2) - np.mean((p_miss - missed) ** 2))
    assert np.mean(gained) > 0.1


@pytest.mark.parametrize("seen", [3, 6, 9])
def test_intervals_of_counts_and_shares_hold_about_what_they_say(seen: int) -> None:
    within = []
    for seed in range(8):
        held = counts(seed=seed)
        said = of_counts(held, seen=seen)
        within.append((said.lo80 <= held[:, -1].sum(axis=1)) & (held[:, -1].sum(axis=1) <= said.hi80))
        above, below = shares(seed=seed)
        expected = of_shares(above, below, seen=seen)
        outcome = above[:, -1].sum(axis=1) / below[:, -1].sum(axis=1)
        within.append((expected.lo80 <= outcome) & (outcome <= expected.hi80))
    assert 0.7 < np.concatenate(within).mean() < 0.99


def test_counts_that_hardly_change_get_narrow_intervals_and_sure_answers() -> None:
    """Pupils, not outbreaks: a level of its own a year, 4 % from the last, in a nation that moves by 1 % a month."""
    inside, squares = [], []
    for seed in range(8):
        rng = np.random.default_rng(seed)
        own = np.log(rng.lognormal(7, 1, (80, 1, 1))) + np.cumsum(rng.normal(0, 0.04, (80, 6, 1)), axis=1)
        counts = rng.poisson(np.exp(own + np.cumsum(rng.normal(0, 0.01, 72)).reshape(6, 12))).astype(float)
        whole = counts.sum(axis=2)
        said = forecast_year_end(YearSoFar(counts, None, 6, whole[:, -2], True))
        inside.append(np.mean((whole[:, -1] >= said.lo80) & (whole[:, -1] <= said.hi80)))
        squares.append(np.mean((said.p_miss - (whole[:, -1] > whole[:, -2])) ** 2))
    assert 0.7 <= np.mean(inside) <= 0.95
    assert np.mean(squares) < 0.1


def test_the_later_in_the_year_the_narrower_the_interval() -> None:
    held = counts()
    widths = [np.median(said.hi80 - said.lo80) for seen in (3, 6, 9, 11) if (said := of_counts(held, seen=seen))]
    assert widths == sorted(widths, reverse=True)


def test_counting_the_kept_or_the_broken_promises_gives_the_same_answer() -> None:
    above, below = shares()
    broken = of_shares(above, below, target=0.12, over=True)
    kept = of_shares(below - above, below, target=0.88, over=False)
    assert np.allclose(broken.p_miss, kept.p_miss, atol=1e-9)
    assert np.allclose(broken.mean, 1 - kept.mean)


def test_a_share_with_no_event_ever_is_expected_to_have_next_to_none() -> None:
    above, below = shares()
    above[0] = 0
    said = of_shares(above, below)
    assert said.mean[0] < 0.002
    assert said.p_miss[0] < 1e-6


def test_amounts_in_thousands_say_the_same_as_whole_numbers() -> None:
    above, below = shares()
    whole, thousands = of_shares(above, below), of_shares(above / 1000, below / 1000)
    assert np.allclose(whole.mean, thousands.mean, atol=0.003)
    assert np.allclose(whole.p_miss, thousands.p_miss, atol=0.08)


def test_a_rate_that_may_pass_one_has_an_outlook_too() -> None:
    above, below = shares()
    meals = above * 20
    said = forecast_year_end(YearSoFar(meals, below, SEEN, np.full(len(above), 2.4), True))
    assert np.all(said.lo80 <= said.mean)
    assert np.median(np.abs(said.mean - meals[:, -1].sum(axis=1) / below[:, -1].sum(axis=1))) < 0.3


@pytest.mark.parametrize("years", [2, 3])
def test_one_or_two_past_years_are_enough(years: int) -> None:
    held, (above, below) = counts(years=years), shares(years=years)
    assert of_counts(held).known.all()
    assert of_shares(above, below).known.all()


def test_three_rounds_a_year_do_as_well_as_months() -> None:
    above, below = shares()
    rounds = [
        np.stack([held[:, :, :6].sum(2), held[:, :, 6:9].sum(2), held[:, :, 9:].sum(2)], 2) for held in (above, below)
    ]
    said = of_shares(rounds[0], rounds[1], seen=2)
    assert np.abs(said.mean - above[:, -1].sum(axis=1) / below[:, -1].sum(axis=1)).max() < 0.1


def test_a_unit_without_a_past_or_without_this_year_has_no_count_and_the_others_keep_theirs() -> None:
    held = counts()
    held[0, :-1] = np.nan
    held[1, -1] = np.nan
    said = of_counts(held, target=np.full(len(held), 300.0))
    assert not said.known[:2].any()
    assert np.isnan(said.p_miss[:2]).all()
    assert said.known[2:].all()


def test_a_missing_month_is_filled_from_the_season_and_not_with_zero() -> None:
    held = counts(shock=0.0)
    gap = held.copy()
    gap[3, -1, 2] = np.nan
    aim = np.median(held[:, :-1].sum(axis=2), axis=1)
    whole, filled = of_counts(held, target=aim), of_counts(gap, target=aim)
    assert abs(np.log(filled.mean[3] / whole.mean[3])) < 0.2


def test_without_a_target_there_is_an_outlook_and_no_probability() -> None:
    held = counts()
    said = of_counts(held, target=np.full(len(held), np.nan))
    assert said.known.all()
    assert np.isnan(said.p_miss).all()


@pytest.mark.parametrize(("shape", "seen"), [((3, 1, 12), 3), ((3, 2, 12), 0), ((3, 2, 12), 12), ((3, 2), 1)], ids=str)
def test_a_year_that_is_over_or_has_no_past_is_refused(shape: tuple[int, ...], seen: int) -> None:
    with pytest.raises(ValueError, match="units"):
        YearSoFar(np.ones(shape), None, seen, np.ones(3), True)


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 10_000), st.integers(1, 11), st.integers(2, 4), st.integers(1, 6), st.booleans())
def test_whatever_comes_the_answer_is_in_order(seed: int, seen: int, years: int, units: int, with_below: bool) -> None:
    rng = np.random.default_rng(seed)
    above = rng.poisson(rng.exponential(4, (units, years, 12))).astype(np.float64)
    below = above + rng.poisson(5, above.shape)
    above[rng.random(above.shape) < 0.1] = np.nan
    aim = np.full(units, 0.4 if with_below else 30.0)
    for over in (True, False):
        said = forecast_year_end(YearSoFar(above, below if with_below else None, seen, aim, over))
        known = said.known
        assert np.all((said.p_miss[known] >= 0) & (said.p_miss[known] <= 1))
        assert np.all(said.lo80[known] <= said.mean[known])
        assert np.all(said.mean[known] <= said.hi80[known])
        assert np.isnan(said.p_miss[~known]).all()


@settings(deadline=None, max_examples=15)
@given(st.integers(1, 11), st.floats(1.05, 3))
def test_a_looser_target_is_never_more_likely_to_be_missed(seen: int, looser: float) -> None:
    held = counts(units=12)
    aim = np.median(held[:, :-1].sum(axis=2), axis=1)
    tight, loose = of_counts(held, seen=seen, target=aim), of_counts(held, seen=seen, target=aim * looser)
    assert np.all(loose.p_miss <= tight.p_miss + 1e-12)
