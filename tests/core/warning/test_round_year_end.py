from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sanyan.core.indicators.definitions import Direction
from sanyan.core.warning.forecast_result import CannotForecast
from sanyan.core.warning.round_year_end import RoundYearEnd, YearParts, forecast_year_end

HIGHER, LOWER = Direction.HIGHER, Direction.LOWER


def counts(seed: int, years: int, units: int = 150, shock: float = 0.15) -> tuple[YearParts, np.ndarray]:
    """Counts of which about half is reached at the part, with a shared shock in the rest; and the true end."""
    chance = np.random.default_rng(seed)
    usual = np.exp(chance.normal(4.5, 1.0, size=(units, 1)))
    share = np.clip(0.5 + 0.05 * chance.normal(size=(units, 1)), 0.2, 0.8)
    level = usual * np.exp(0.3 * chance.normal(size=(units, years + 1)))
    part = chance.poisson(level * share).astype(float)
    rest = level * (1 - share) * np.exp(shock * chance.standard_t(5, size=years + 1))
    end = part + chance.poisson(rest)
    parts = YearParts(
        units=tuple(f"u{at}" for at in range(units)),
        year=2568,
        part=part[:, -1],
        past_part=part[:, :-1],
        past_end=end[:, :-1],
        direction=LOWER,
        accumulates=True,
    )
    return parts, end[:, -1]


def shares(seed: int, years: int, units: int = 150) -> tuple[YearParts, np.ndarray]:
    """Percentages that rise by about 4 points to the end, noisier where few are counted; and the true end."""
    chance = np.random.default_rng(seed)
    size = np.exp(chance.normal(5, 1, size=units))
    noise = 60 / np.sqrt(size)[:, None]
    level = 70 + 6 * chance.normal(size=(units, 1)) + 2 * chance.normal(size=(units, years + 1))
    part = np.clip(level + 0.6 * noise * chance.normal(size=level.shape), 0, 100)
    shock = 4 + 1.5 * chance.standard_t(5, size=years + 1)
    end = np.clip(level + shock + 0.4 * noise * chance.normal(size=level.shape), 0, 100)
    parts = YearParts(
        tuple(f"u{at}" for at in range(units)), 2568, part[:, -1], part[:, :-1], end[:, :-1], HIGHER, size=size
    )
    return replace(parts, bounds=(0.0, 100.0)), end[:, -1]


def told(parts: YearParts) -> RoundYearEnd:
    found = forecast_year_end(parts)
    assert isinstance(found, RoundYearEnd)
    return found


@pytest.mark.parametrize("make", [counts, shares])
@pytest.mark.parametrize("years", [1, 4])
def test_the_intervals_cover_what_they_say(make: object, years: int) -> None:
    inside80, inside95 = [], []
    for seed in range(40):
        parts, end = make(seed, years)  # type: ignore[operator]
        found = told(parts)
        inside80.append(np.mean((end >= found.lo80) & (end <= found.hi80)))
        inside95.append(np.mean((end >= found.lo95) & (end <= found.hi95)))
    assert np.mean(inside80) == pytest.approx(0.8, abs=0.1)
    assert np.mean(inside95) == pytest.approx(0.95, abs=0.05)


def test_it_knows_more_than_what_was_reached_and_what_last_year_was() -> None:
    for make in (counts, shares):
        parts, end = make(1, 4)
        error = np.mean(np.abs(told(parts).mean - end))
        assert error < 0.6 * np.mean(np.abs(parts.part - end))
        assert error < 0.9 * np.mean(np.abs(parts.past_end[:, -1] - end))


def test_an_accumulating_count_does_not_fall_below_what_was_reached() -> None:
    parts, _ = counts(2, 3)
    found = told(parts)
    assert found.is_ratio
    assert (found.lo95 >= parts.part - 1e-9).all()
    assert (found.p_below(parts.part) == 0).all()
    assert (found.p_miss(parts.part - 1) == 1).all()


def test_a_target_that_is_out_of_reach_is_missed_for_certain() -> None:
    parts, _ = shares(3, 3)
    found = told(parts)
    assert not found.is_ratio
    assert (found.p_miss(100.5) == 1).all()
    assert (found.p_miss(0.0) == 0).all()
    near, far = found.p_miss(70.0), found.p_miss(90.0)
    assert (near <= far).all()
    assert 0 < near.mean() < far.mean() < 1


def test_a_target_of_ones_own_is_taken_a_unit() -> None:
    parts, _ = shares(4, 2)
    found = told(parts)
    own = np.where(np.arange(150) < 75, 60.0, 90.0)
    own[3] = np.nan
    by_unit = found.p_miss(own)
    assert np.isnan(by_unit[3])
    np.testing.assert_allclose(by_unit[80], found.p_miss(90.0)[80])
    np.testing.assert_allclose(by_unit[5], found.p_miss(60.0)[5])


def test_what_all_share_is_kept_apart() -> None:
    calm, wild = told(counts(5, 5, shock=0.0)[0]), told(counts(5, 5, shock=0.6)[0])
    assert np.exp(calm.shift.mean) == pytest.approx(2.0, abs=0.15)
    assert wild.shift.scale > 2 * calm.shift.scale


def test_a_unit_without_a_value_this_year_has_no_forecast() -> None:
    parts, _ = shares(6, 2)
    part = parts.part.copy()
    part[4] = np.nan
    found = told(replace(parts, part=part))
    assert np.isnan([found.mean[4], found.lo80[4], found.p_miss(80.0)[4]]).all()
    assert np.isfinite(np.delete(found.mean, 4)).all()


def test_it_says_why_it_cannot() -> None:
    parts, _ = shares(7, 1)
    nothing = np.full((150, 1), np.nan)
    cases = {
        "too-little-history": replace(parts, past_end=nothing),
        "no-last-round": replace(parts, part=nothing[:, 0]),
        "no-spread": replace(parts, past_part=np.ones((150, 1)), past_end=np.ones((150, 1))),
    }
    for code, held in cases.items():
        found = forecast_year_end(held)
        assert isinstance(found, CannotForecast)
        assert found.code == code


def test_shapes_that_do_not_agree_are_refused() -> None:
    parts, _ = shares(8, 1)
    with pytest.raises(ValueError, match="units"):
        replace(parts, part=parts.part[:-1])
    with pytest.raises(ValueError, match="sizes"):
        replace(parts, size=np.ones(3))


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4), st.integers(6, 40), st.booleans(), st.floats(0, 0.3))
def test_the_parts_agree_on_any_year(seed: int, years: int, units: int, count: bool, missing: float) -> None:
    parts, _ = counts(seed, years, units) if count else shares(seed, years, units)
    chance = np.random.default_rng(seed)
    parts = replace(
        parts,
        part=np.where(chance.random(units) < missing, np.nan, parts.part),
        past_end=np.where(chance.random((units, years)) < missing, np.nan, parts.past_end),
    )
    found = forecast_year_end(parts)
    if isinstance(found, CannotForecast):
        return
    known = np.isfinite(found.mean)
    assert (known == np.isfinite(parts.part)).all()
    assert (found.lo95[known] <= found.lo80[known] + 1e-9).all()
    assert (found.lo80[known] <= found.mean[known] + 1e-9).all()
    assert (found.mean[known] <= found.hi80[known] + 1e-9).all()
    assert (found.hi80[known] <= found.hi95[known] + 1e-9).all()
    chances = np.array([found.p_below(value)[known] for value in np.linspace(0, 200, 9)])
    assert ((chances >= 0) & (chances <= 1)).all()
    assert (np.diff(chances, axis=0) >= -1e-12).all()
