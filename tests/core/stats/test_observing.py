"""Each kind of indicator as observations with its own noise, and several taken together."""

from __future__ import annotations

import numpy as np
import pytest
from tests.core.warning.outlooks import indicator

from sanyan.core.indicators.definitions import Direction, Kind, Rollup
from sanyan.core.stats.comparison import compare
from sanyan.core.stats.design import context_design
from sanyan.core.stats.observing import noise_in_unit, observe, swing_of
from sanyan.core.stats.profiles import change, profile
from sanyan.core.stats.sampling_noise import Noise, Scale

COUNT = 40
CHANCE = np.random.default_rng(7)
WHOLE = np.geomspace(20, 20_000, COUNT)
SHARE = CHANCE.uniform(0.4, 0.9, COUNT)
NOTHING = np.full(COUNT, np.nan)
WITH_PARTS = {"numerator_th": "ทำได้", "denominator_th": "ทั้งหมด", "per": 100.0}


def test_a_percent_with_parts_swings_less_the_more_it_counts() -> None:
    seen = observe(indicator(**WITH_PARTS), value=100 * SHARE, numerator=SHARE * WHOLE, denominator=WHOLE)
    noise = noise_in_unit(seen)
    assert seen.noise is Noise.BINOMIAL
    expected = 100 * np.sqrt(SHARE * (1 - SHARE) / WHOLE)
    np.testing.assert_allclose(noise, expected, rtol=0.15)


@pytest.mark.parametrize(
    ("changes", "noise", "scale"),
    [
        ({**WITH_PARTS, "kind": Kind.RATIO, "per": 10_000.0}, Noise.POISSON, Scale.RATE),
        ({"kind": Kind.NUMBER, "rollup": Rollup.SUM}, Noise.POISSON, Scale.RATE),
        ({"kind": Kind.NUMBER, "rollup": Rollup.MEAN}, Noise.ROUNDS, Scale.PLAIN),
        ({"kind": Kind.LEVEL, "rollup": Rollup.DISTRIBUTION}, Noise.ROUNDS, Scale.RIDIT),
    ],
)
def test_every_kind_has_its_own_noise(changes: dict[str, object], noise: Noise, scale: Scale) -> None:
    level = np.round(1 + 4 * SHARE)
    earlier = np.vstack([level + CHANCE.integers(-1, 2, COUNT), level])
    seen = observe(indicator(**changes), value=level, numerator=level, denominator=WHOLE, earlier=earlier)
    assert seen.noise is noise
    assert seen.scale is scale


def test_without_a_past_a_plain_number_has_no_noise_to_tell() -> None:
    seen = observe(indicator(kind=Kind.NUMBER, rollup=Rollup.MEAN), value=SHARE, numerator=NOTHING, denominator=NOTHING)
    assert seen.noise is Noise.UNKNOWN
    np.testing.assert_array_equal(noise_in_unit(seen), 0)


def test_a_count_is_hidden_by_no_number_of_people() -> None:
    counts = np.arange(COUNT, dtype=float)
    item = indicator(kind=Kind.NUMBER, rollup=Rollup.SUM, direction=Direction.LOWER)
    seen = observe(item, value=counts, numerator=NOTHING, denominator=NOTHING)
    assert np.isnan(seen.n).all()


def test_a_unit_without_a_level_now_is_not_compared_by_its_past() -> None:
    now = np.where(np.arange(COUNT) == 3, np.nan, 3.0)
    item = indicator(kind=Kind.LEVEL, rollup=Rollup.DISTRIBUTION)
    seen = observe(item, value=now, numerator=NOTHING, denominator=NOTHING, earlier=np.full((2, COUNT), 4.0))
    assert np.isnan(seen.values[3])
    assert np.isfinite(seen.values[4])


def test_how_far_shares_swing_is_learnt_from_their_own_rounds() -> None:
    item = indicator(**WITH_PARTS)
    whole = np.full((4, COUNT), 1000.0)
    calm = CHANCE.binomial(1000, np.tile(SHARE, (4, 1))).astype(float)
    wild = np.clip(np.round(1000 * (SHARE + CHANCE.normal(0, 0.08, (4, COUNT)))), 0, 1000)
    assert swing_of(item, values=calm, numerators=calm, denominators=whole) < 1.6
    assert swing_of(item, values=wild, numerators=wild, denominators=whole) > 8
    assert swing_of(item, values=wild[:1], numerators=wild[:1], denominators=whole[:1]) == 1
    assert swing_of(indicator(), values=wild, numerators=wild, denominators=whole) == 1


def test_two_indicators_together_are_surer_than_one() -> None:
    item = indicator(**WITH_PARTS)
    good = np.clip(SHARE + np.where(np.arange(COUNT) == 20, 0.3, 0.0), 0, 0.98)
    seen = [observe(item, value=good, numerator=np.round(good * WHOLE), denominator=WHOLE) for _ in range(3)]
    compared = compare(seen, context_design(np.empty((COUNT, 0)), ()))
    one, three = profile(compared[:2]), profile(compared)
    assert three.effect.sd[20] < one.effect.sd[20]
    assert three.p_better[20] > 0.5
    assert np.isnan(profile(compared[:1]).effect.mean).all(), "one indicator is no profile"
    moved = change(three, one)
    assert moved.sd[20] > three.effect.sd[20]


def test_a_profile_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="needs comparisons"):
        profile([])
