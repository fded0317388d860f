from __future__ import annotations

import numpy as np
import pytest

from sanyan.core.stats.funnel import FunnelState, funnel, funnel_curve
from sanyan.core.stats.sampling_noise import shares


def test_the_spread_is_that_of_dersimonian_and_laird() -> None:
    """BCG trials (Colditz et al., 1994): log risk ratios and variances as in the metafor package; DL tau2 is 0.3088.

    Winsorising pulls the outermost trials in, so ours lies below it; without it the two formulas are one.
    """
    y = np.array(
        [
            -0.8893,
            -1.5854,
            -1.3481,
            -1.4416,
            -0.2175,
            -0.7861,
            -1.6209,
            0.0120,
            -0.4694,
            -1.3713,
            -0.3394,
            0.4459,
            -0.0173,
        ]
    )
    v = np.array(
        [0.3256, 0.1946, 0.4154, 0.0200, 0.0512, 0.0069, 0.2230, 0.0040, 0.0564, 0.0730, 0.0124, 0.5325, 0.0714]
    )
    found = funnel(y, v)
    w = 1 / v
    z = (y - w @ y / w.sum()) * np.sqrt(w)
    spare = w.sum() - (w @ w) / w.sum()
    assert (z @ z - 12) / spare == pytest.approx(0.3088, abs=5e-3)
    z = np.clip(z, *np.quantile(z, [0.1, 0.9]))
    assert found.tau2 == pytest.approx((z @ z - 12) / spare)


def test_by_chance_alone_few_units_leave_the_funnel() -> None:
    rng = np.random.default_rng(1)
    v = rng.uniform(0.1, 4, 4000)
    found = funnel(rng.normal(size=4000) * np.sqrt(v), v)
    assert found.tau2 == pytest.approx(0, abs=0.02)
    assert np.mean([state is FunnelState.INSIDE for state in found.states]) == pytest.approx(0.95, abs=0.015)


def test_a_spread_that_all_units_share_widens_the_limits_but_one_outlier_does_not() -> None:
    rng = np.random.default_rng(1)
    v = np.full(200, 0.01)
    y = rng.normal(0, 1, 200)
    found, wild = funnel(y, v), funnel(np.append(y, 500.0), np.append(v, 0.01))
    assert found.overdispersion > 20
    assert sum(state is not FunnelState.INSIDE for state in found.states) < 40
    assert wild.states[-1] is FunnelState.HIGH_998
    # the centre is a weighted mean and moves; the spread around what is expected does not
    around = funnel(np.append(y, 500.0), np.append(v, 0.01), expected=np.zeros(201))
    assert around.tau2 == pytest.approx(found.tau2, rel=0.2)


def test_each_state_has_its_side() -> None:
    y = np.array([0.0, 2.5, 4.0, -2.5, -4.0, np.nan])
    found = funnel(y, np.where(np.isnan(y), np.nan, 1.0), expected=np.zeros(6))
    assert found.tau2 == pytest.approx(max(0.0, found.overdispersion * 5 / 4 - 1))
    narrow = funnel(
        np.concatenate([y, np.zeros(200)]), np.where(np.isnan(np.concatenate([y, np.zeros(200)])), np.nan, 1.0)
    )
    assert narrow.states[:6] == (
        FunnelState.INSIDE,
        FunnelState.HIGH_95,
        FunnelState.HIGH_998,
        FunnelState.LOW_95,
        FunnelState.LOW_998,
        FunnelState.UNKNOWN,
    )


def test_limits_narrow_with_number_and_stay_within_the_unit() -> None:
    rng = np.random.default_rng(2)
    n = rng.integers(5, 2000, 200).astype(float)
    observed = shares(rng.binomial(n.astype(int), 0.95).astype(float), n)
    curve = funnel_curve(funnel(observed.values, observed.variances), observed, np.geomspace(1, 1e4, 50))
    assert curve.centre == pytest.approx(95, abs=1)
    for low, high in ((curve.low95, curve.high95), (curve.low998, curve.high998)):
        assert np.all((low >= 0) & (high <= 100) & (low <= curve.centre) & (curve.centre <= high))
        assert np.all(np.diff(low) >= 0)
    assert np.all(curve.low998 <= curve.low95)


def test_without_any_known_unit_everything_is_unknown() -> None:
    found = funnel(np.array([1.0, 2.0]), np.full(2, np.nan))
    assert set(found.states) == {FunnelState.UNKNOWN}
    assert funnel(np.array([1.0]), np.array([1.0])).tau2 == 0.0
    with pytest.raises(ValueError, match="positive"):
        funnel(np.zeros(2), np.zeros(2))
