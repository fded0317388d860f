"""Several indicators of one matter taken together: where a unit stands beside what its context leads one to expect."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sanyan.core.stats.comparison import Comparison
from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.posteriors import Posterior

FEWEST = 2  # indicators that a profile rests on at least


@dataclass(frozen=True)
class Profile:
    """One matter: for each unit the mean effect of its indicators in spreads between units (above zero is good), its
    standard deviation, the probability that it is above zero, and how many indicators it rests on. NaN where fewer than
    two are known."""

    effect: Posterior
    p_better: FloatArray
    indicators: FloatArray


def profile(compared: Sequence[Comparison]) -> Profile:
    """Take comparisons of the same units together, each effect in its own spread between units.

    Effects of one unit are taken as independent given their posteriors, which leaves out what its indicators share by
    being counted by the same hands; the standard deviation is therefore not below the largest single one over the
    square root of two. Comparisons without a known spread are left out. Raise ValueError for none at all.
    """
    if not compared:
        raise ValueError("a profile needs comparisons")
    usable = [item for item in compared if np.isfinite(item.tau) and item.tau > 0]
    count = len(compared[0].effect)
    if not usable:
        nothing = np.full(count, np.nan)
        return Profile(Posterior(nothing, nothing), nothing, np.zeros(count))
    effects = np.array([item.effect / item.tau for item in usable])
    sds = np.array([item.effect_sd / item.tau for item in usable])
    known = np.isfinite(effects) & np.isfinite(sds)
    number = known.sum(axis=0)
    enough = number >= FEWEST
    divisor = np.maximum(number, 1)
    mean = np.where(known, effects, 0.0).sum(axis=0) / divisor
    alone = np.sqrt((np.where(known, sds, 0.0) ** 2).sum(axis=0)) / divisor
    largest = np.where(known, sds, 0.0).max(axis=0) / np.sqrt(2.0) / np.sqrt(divisor)
    effect = Posterior(np.where(enough, mean, np.nan), np.where(enough, np.maximum(alone, largest), np.nan))
    return Profile(effect, effect.p_above(), number.astype(float))


def change(now: Profile, before: Profile) -> Posterior:
    """How a profile moved, in spreads between units: the difference of two independent posteriors."""
    return Posterior(now.effect.mean - before.effect.mean, np.hypot(now.effect.sd, before.effect.sd))
