"""What of a change belongs to the whole system, and what to the unit itself."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.spread import TO_NORMAL
from sanyan.core.warning.figures import ChangeScale

FEWEST_UNITS = 5
_MEDIAN_ERROR = 1.2533  # standard error of a median beside that of a mean, for normal values
_NOTHING = 1e-100  # its square can still be divided by


@dataclass(frozen=True)
class Trend:
    """Changes since an earlier round, taken apart; arrays have one entry a unit, NaN where either value is missing.

    `shift` is the national part: the median change, on `scale`. `own` is the rest, on `scale`; `own_in_unit` what it
    amounts to in the indicator's unit; `noise` the standard deviation of `own` by chance alone (0 where none is known).
    `usual` is the usual swing: a robust standard deviation of own changes, of earlier years where there were any.
    """

    scale: ChangeScale
    before: FloatArray
    now: FloatArray
    shift: float
    own: FloatArray
    own_in_unit: FloatArray
    noise: FloatArray
    usual: float
    compared: int

    def probability_worse(self, direction: Direction, *, swings: float) -> FloatArray:
        """P(the unit's true own change is worse than `swings` usual swings), by unit; NaN where unknown.

        Normal shrinkage: what is observed is the true own change plus noise of known variance.
        """
        return self._beyond(direction.sign * self.own, swings)

    def probability_better(self, direction: Direction, *, swings: float) -> FloatArray:
        """P(the unit's true own change is better than `swings` usual swings), by unit; NaN where unknown."""
        return self._beyond(-direction.sign * self.own, swings)

    def _beyond(self, goodness: FloatArray, swings: float) -> FloatArray:
        """P(true own change <= -swings x usual)."""
        if self.usual <= _NOTHING:
            return np.where(np.isfinite(goodness), 0.0, np.nan)
        noise2 = np.minimum(self.noise, self.usual) ** 2
        kept = 1 - noise2 / self.usual**2  # the share of an observed own change that is real
        spread = np.sqrt(np.maximum(kept * noise2, 1e-12 * self.usual**2))
        result: FloatArray = ndtr((-swings * self.usual - kept * goodness) / spread)
        return np.where(np.isfinite(goodness), result, np.nan)

    def share_of_units(self, *, up: bool) -> float:
        """The share of compared units whose value rose (or fell)."""
        moved = self.now - self.before
        moved = moved[np.isfinite(moved)]
        return float(np.mean(moved > 0 if up else moved < 0)) if len(moved) else 0.0

    def probability_shift_worse(self, direction: Direction, *, than: float) -> float:
        """P(the national part is worse than `than`, a positive step on the scale), from its standard error."""
        error = _MEDIAN_ERROR * robust_sd(self.own) / np.sqrt(max(self.compared, 1))
        return float(ndtr((-than - direction.sign * self.shift) / max(error, 1e-12)))


def trend(
    *,
    now: FloatArray,
    before: FloatArray,
    scale: ChangeScale,
    noise: FloatArray | None = None,
    past: tuple[tuple[FloatArray, FloatArray], ...] = (),
) -> Trend | None:
    """Take the changes between two rounds apart; None where fewer than five units have both values.

    `now` and `before` are in the indicator's unit; `noise` is the standard deviation of the difference by chance, in
    that unit. `past` holds earlier pairs (later, earlier) of like rounds, from which the usual swing is taken.
    """
    later, earlier = scale.to(now), scale.to(before)
    change = later - earlier
    known = np.isfinite(change)
    if known.sum() < FEWEST_UNITS:
        return None
    shift = float(np.median(change[known]))
    own = _without_dust(change - shift, later)
    swings = [scale.to(pair[0]) - scale.to(pair[1]) for pair in past]
    swings = [held - np.nanmedian(held) for held in swings if np.isfinite(held).sum() >= FEWEST_UNITS]
    usual = robust_sd(np.concatenate(swings)) if swings else 0.0
    return Trend(
        scale=scale,
        before=before,
        now=now,
        shift=shift,
        own=own,
        own_in_unit=now - scale.back(earlier + shift),
        noise=_on_scale(noise, now, scale),
        usual=usual or robust_sd(own) or float(np.std(own[known])),
        compared=int(known.sum()),
    )


def robust_sd(values: FloatArray) -> float:
    """A standard deviation that wild values do not carry away: the larger of the scaled MAD and the scaled half
    width of the middle 80 %; 0 for none. Many equal values make the MAD 0, hence the second."""
    held = values[np.isfinite(values)]
    if not len(held):
        return 0.0
    middle = np.median(held)
    low, high = np.quantile(held, [0.1, 0.9])
    return float(max(TO_NORMAL * np.median(np.abs(held - middle)), (high - low) / 2.5631))


def _without_dust(own: FloatArray, values: FloatArray) -> FloatArray:
    """Own changes without what the arithmetic of computers leaves of equal values."""
    return np.where(np.abs(own) <= 1e-12 * np.nanmax(np.abs(values)), 0.0, own) if np.isfinite(own).any() else own


def _on_scale(noise: FloatArray | None, now: FloatArray, scale: ChangeScale) -> FloatArray:
    if noise is None:
        return np.zeros(len(now))
    held = np.where(np.isfinite(noise), noise, 0.0)
    return held if scale is ChangeScale.UNIT else held / (1 + np.where(now >= 0, now, 0.0))
