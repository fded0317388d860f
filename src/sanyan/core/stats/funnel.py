"""Funnel limits that allow for the spread that units of a kind always have beyond chance.

Spiegelhalter (2005), Stat. Med. 24:1185-202, with the additive random-effects model: z-scores are winsorised so that
outliers do not widen their own limits, and tau2 is the moment estimate of DerSimonian & Laird (1986), Control. Clin.
Trials 7:177-88. Winsorising takes a little off the spread even where there is only chance, which tau2 = 0 absorbs.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.posteriors import normal_quantile
from sanyan.core.stats.sampling_noise import Observations

WINSORISED = 0.1
WARNING, ALARM = 0.95, 0.998


class FunnelState(StrEnum):
    """Where a unit stands; high and low are of the figure itself, whichever way is good."""

    INSIDE = "inside"
    HIGH_95 = "high-95"
    HIGH_998 = "high-998"
    LOW_95 = "low-95"
    LOW_998 = "low-998"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Funnel:
    """The centre and the spread between units on the scale of the observations, and each unit's place.

    `z` is the distance from the centre in standard deviations of chance and spread together. `overdispersion` is the
    mean squared winsorised z without the spread: about 1 where there is only chance.
    """

    centre: float
    tau2: float
    overdispersion: float
    z: FloatArray
    states: tuple[FunnelState, ...]


@dataclass(frozen=True)
class FunnelCurve:
    """Limits over numbers of cases, in the indicator's unit, for drawing."""

    n: FloatArray
    centre: float
    low95: FloatArray
    high95: FloatArray
    low998: FloatArray
    high998: FloatArray


def funnel(values: FloatArray, variances: FloatArray, *, expected: FloatArray | None = None) -> Funnel:
    """Where n units stand in a funnel around their pooled mean, or around what is `expected` of each (centre 0 then).

    Units whose value or variance is NaN are UNKNOWN. Raise ValueError where shapes differ or a variance is not
    positive.
    """
    y, v = np.asarray(values, float), np.asarray(variances, float)
    around = y if expected is None else y - expected
    if y.shape != v.shape or np.any(v <= 0):
        raise ValueError("values and positive variances of one shape are needed")
    known = np.isfinite(around) & np.isfinite(v)
    if not known.any():
        unknown = (FunnelState.UNKNOWN,) * len(y)
        return Funnel(np.nan, np.nan, np.nan, np.full(len(y), np.nan), unknown)
    w = 1 / v[known]
    centre = float(w @ around[known] / w.sum()) if expected is None else 0.0
    z = (around[known] - centre) * np.sqrt(w)
    low, high = np.quantile(z, [WINSORISED, 1 - WINSORISED])
    phi = float(np.mean(np.clip(z, low, high) ** 2))
    spare = float(w.sum() - (w @ w) / w.sum())
    tau2 = max(0.0, (len(w) * phi - (len(w) - 1)) / spare) if spare > 0 else 0.0
    told = np.full(len(y), np.nan)
    told[known] = (around[known] - centre) / np.sqrt(v[known] + tau2)
    return Funnel(centre, tau2, phi, told, _states(told))


def funnel_curve(found: Funnel, observations: Observations, n: FloatArray) -> FunnelCurve:
    """Limits at each number of cases in the indicator's unit; only for a funnel around a pooled mean whose noise
    depends on n (NaN limits otherwise)."""
    cases = np.asarray(n, float)
    sd = np.sqrt(observations.variance_at(cases) + found.tau2)
    limits = [
        observations.to_unit(found.centre + sign * normal_quantile(0.5 + confidence / 2) * sd)
        for confidence in (WARNING, ALARM)
        for sign in (-1, 1)
    ]
    return FunnelCurve(cases, float(observations.to_unit(np.array([found.centre]))[0]), *limits)


def _states(z: FloatArray) -> tuple[FunnelState, ...]:
    warning, alarm = normal_quantile(0.5 + WARNING / 2), normal_quantile(0.5 + ALARM / 2)
    conditions = [np.isnan(z), z > alarm, z > warning, z < -alarm, z < -warning]
    names = [FunnelState.UNKNOWN, FunnelState.HIGH_998, FunnelState.HIGH_95, FunnelState.LOW_998, FunnelState.LOW_95]
    choice = np.select(conditions, list(range(len(names))), default=len(names))
    return tuple([*names, FunnelState.INSIDE][int(index)] for index in choice)
