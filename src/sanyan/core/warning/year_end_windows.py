"""Numerators and denominators of many units over time, as windows: what each unit did beside all of them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, expit, gammainc, logit, ndtr

from sanyan.core.stats.panel import FloatArray

HALF = 0.5  # events added at the unit's own usual share, so that no news is the usual
POOLED = 0.1  # the same, at the share of all units, before a unit's usual is taken
LEAST = 1e-9
FEW = 30.0  # below this variance of a numerator, chance is counted exactly
_BISECTIONS = 24


@dataclass(frozen=True)
class Windows:
    """Running sums over all steps up to now, units x (steps so far + 1); `steps` are those of a year.

    `is_share` says that numerators are part of their denominators: the scale is then the logit and chance binomial;
    otherwise the scale is the log and chance Poisson.
    """

    above: FloatArray
    below: FloatArray
    steps: int
    is_share: bool

    @property
    def now(self) -> int:
        """How many steps are over."""
        return int(self.above.shape[1]) - 1

    def sums(self, start: int, end: int) -> tuple[FloatArray, FloatArray]:
        """Numerators and denominators of steps start..end-1, by unit."""
        first = max(start, 0)
        return self.above[:, end] - self.above[:, first], self.below[:, end] - self.below[:, first]

    def shared(self, start: int, end: int) -> float:
        """The share of all units together, on the scale of the model; NaN where nobody reported."""
        above, below = (float(part.sum()) for part in self.sums(start, end))
        return float(self.link(np.array((above + HALF) / (below + 1)))) if below > 0 else float("nan")

    def usual(self, time: int) -> FloatArray:
        """Each unit's share over the year before a time, drawn a little to all units'."""
        above, below = self.sums(time - self.steps, time)
        pooled = (above.sum() + HALF) / (below.sum() + 1)
        return self._drawn(above, below, np.full(above.shape, pooled), POOLED)

    def news(self, start: int, end: int, usual: FloatArray) -> FloatArray:
        """How a window of each unit differs from all units', NaN where the unit did not report."""
        above, below = self.sums(start, end)
        held = self.link(self._drawn(above, below, usual, HALF)) - self.shared(start, end)
        return np.where(below > 0, held, np.nan)

    def _drawn(self, above: FloatArray, below: FloatArray, to: FloatArray, events: float) -> FloatArray:
        """Shares drawn to a share by so many events of the rarer kind: the same whichever kind is counted."""
        weight = events / (np.minimum(to, 1 - to) if self.is_share else to)
        return self.within((above + weight * to) / (below + weight))

    def within(self, share: FloatArray) -> FloatArray:
        """Shares kept off the ends of the scale."""
        return np.clip(share, LEAST, 1 - LEAST if self.is_share else np.inf)

    def link(self, share: FloatArray) -> FloatArray:
        """A share on the scale of the model."""
        held = self.within(share)
        return np.asarray(logit(held) if self.is_share else np.log(held))

    def share(self, linked: FloatArray) -> FloatArray:
        """Back from the scale of the model."""
        return np.asarray(expit(linked) if self.is_share else np.exp(np.clip(linked, -50, 50)))

    def chance(self, below: FloatArray, share: FloatArray) -> FloatArray:
        """The variance that chance alone gives a share of that size, on the scale of the model."""
        return 1 / (below * share * (1 - share if self.is_share else 1) + 0.25)

    def p_at_least(self, number: FloatArray, below: FloatArray, shares: FloatArray) -> FloatArray:
        """P(numerator >= number), by unit, over equally likely shares (units x places): binomial or Poisson."""
        least, size = np.maximum(number, 1.0)[:, None], below[:, None]
        if self.is_share:
            chance = np.where(least > size, 0.0, betainc(least, np.maximum(size - least + 1, LEAST), shares))
        else:
            chance = gammainc(least, size * shares)
        return np.where(number <= 0, 1.0, np.asarray(chance, dtype=np.float64).mean(axis=1))

    def quantile(self, below: FloatArray, shares: FloatArray, share: float) -> FloatArray:
        """The numerator that is not passed with probability `share`; where many are expected, by the normal curve."""
        places = shares[:, 2::4]  # every fourth place is enough for an end
        chance = below[:, None] * places * (1 - places if self.is_share else 1)
        ends = _normal_quantile(below[:, None] * places, np.sqrt(chance) + LEAST, share)
        few = np.flatnonzero(chance.mean(axis=1) < FEW)
        ends[few] = self._exact_quantile(below[few], places[few], share)
        return np.clip(ends, 0.0, below if self.is_share else np.inf)

    def _exact_quantile(self, below: FloatArray, shares: FloatArray, share: float) -> FloatArray:
        """By bisection over whole numbers."""
        widest = below * shares[:, -1]
        low, high = np.zeros(below.shape), below if self.is_share else np.ceil(widest + 10 * np.sqrt(widest + 1))
        while np.any(low < high):
            place = np.floor((low + high) / 2)
            reached = 1 - self.p_at_least(place + 1, below, shares) >= share
            low, high = np.where(reached, low, np.minimum(place + 1, high)), np.where(reached, place, high)
            high = np.maximum(low, high)
        return low


def _normal_quantile(middles: FloatArray, spreads: FloatArray, share: float) -> FloatArray:
    """The quantile of an even mixture of normal curves, by row."""
    low, high = (middles - 6 * spreads).min(axis=1), (middles + 6 * spreads).max(axis=1)
    for _ in range(_BISECTIONS):
        place = (low + high) / 2
        below = ndtr((place[:, None] - middles) / spreads).mean(axis=1) < share
        low, high = np.where(below, place, low), np.where(below, high, place)
    return np.asarray((low + high) / 2)
