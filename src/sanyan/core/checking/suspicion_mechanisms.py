"""How figures go wrong, and how likely each way is for each figure beside the chance that it is right."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from sanyan.core.checking.suspicion_figures import Formats, Slip, decimals_of, typed, usual_decimals
from sanyan.core.checking.suspicion_robust import student_log_density
from sanyan.core.checking.suspicion_scale import SurpriseScale
from sanyan.core.stats.panel import BoolArray, FloatArray


class Mechanism(StrEnum):
    """What may have happened to a figure."""

    TIMES_10 = "times_10"
    TENTH = "tenth"
    TIMES_100 = "times_100"
    HUNDREDTH = "hundredth"
    DOUBLE = "double"
    HALF = "half"
    SWAPPED_DIGITS = "swapped_digits"
    ONE_OFF_DIGIT = "one_off_digit"
    SIGN = "sign"
    ZERO = "zero"
    COPIED = "copied"
    UNLIKE = "unlike"


MECHANISMS = tuple(Mechanism)
FACTORS = {
    Mechanism.TIMES_10: 10.0,
    Mechanism.TENTH: 0.1,
    Mechanism.TIMES_100: 100.0,
    Mechanism.HUNDREDTH: 0.01,
    Mechanism.DOUBLE: 2.0,
    Mechanism.HALF: 0.5,
}
SHARES = {  # of errors, before a panel is seen; no more than an orderly guess, and the panel has its say
    Mechanism.TIMES_10: 0.15,
    Mechanism.TENTH: 0.15,
    Mechanism.TIMES_100: 0.04,
    Mechanism.HUNDREDTH: 0.04,
    Mechanism.DOUBLE: 0.12,
    Mechanism.HALF: 0.04,
    Mechanism.SWAPPED_DIGITS: 0.18,
    Mechanism.ONE_OFF_DIGIT: 0.05,
    Mechanism.SIGN: 0.03,
    Mechanism.ZERO: 0.06,
    Mechanism.COPIED: 0.04,
    Mechanism.UNLIKE: 0.10,
}
VAGUE = frozenset({Mechanism.UNLIKE, Mechanism.ONE_OFF_DIGIT, Mechanism.COPIED})  # chance does the like: not learnt
ERRORS_BEFORE = 0.005  # of figures
WORTH_FIGURES = 400.0  # what that guess weighs beside the panel's own figures
MOST_ERRORS = 0.06
ROUNDS = 15
# Shares of figures: what is 0, impossible or a repeat, in as few as the first is an error in itself; from the second
# on it comes from how the column is made.
ZERO_SHARES, IMPOSSIBLE_SHARES = (0.001, 0.05), (0.02, 0.03)
COPY_SHARES = (0.03, 0.06)
ZERO_WIDTH = 0.01  # of a typical figure: what is closer to 0 is written as 0
UNLIKE_WIDTH = 3.0
RARE = 1e-9
ZEROS_PRIOR = 2.0


@dataclass(frozen=True)
class Expected:
    """What is expected of each figure of a column, figure by figure: Student's t on the scale of surprise.

    `shared` is what only year and region would let one expect, `spread` the deviation about that. `before` is the
    figure that the unit had one time earlier, NaN where there was none.
    """

    scale: SurpriseScale
    place: FloatArray
    width: FloatArray
    freedom: float
    shared: FloatArray
    spread: float
    formats: Formats
    time_of: NDArray[np.intp]
    unit_of: NDArray[np.intp]
    before: FloatArray

    def log_density(self, values: FloatArray) -> FloatArray:
        """Log density of right figures at values, with the rarity of their decimals."""
        distance = (self.scale.lay(values) - self.place) / self.width
        density = student_log_density(distance, self.freedom) - np.log(self.width) + self.scale.log_slope(values)
        return np.asarray(density + self.formats.of(values, self.time_of))


@dataclass(frozen=True)
class Weighed:
    """For each figure: log odds of being wrong, and log weights of the mechanisms (mechanisms x figures)."""

    log_odds: FloatArray
    mechanisms: FloatArray

    @property
    def likeliest(self) -> NDArray[np.intp]:
        """The index in MECHANISMS of the likeliest mechanism."""
        return np.asarray(np.argmax(self.mechanisms, axis=0))


def weigh(values: FloatArray, expected: Expected, limits: tuple[float, float]) -> Weighed:
    """The odds that figures are wrong: a mixture of mechanisms against being right (Bayes).

    Shares of the mechanisms are learnt from the panel by expectation-maximisation with a Dirichlet prior (Dempster,
    Laird and Rubin 1977), within MOST_ERRORS. `limits` are the least and greatest value that can be.
    """
    right = _log_right(values, expected)
    wrong = _log_wrong(values, expected)
    for outside in (values < limits[0], values > limits[1]):
        right = right + np.where(outside, np.log(_share(outside)) * _belief(outside, IMPOSSIBLE_SHARES), 0.0)
    before = ERRORS_BEFORE * np.array([SHARES[mechanism] for mechanism in MECHANISMS])
    shares = _shares_found(wrong, right, before)
    each = wrong + np.log(shares)[:, None]
    odds = np.logaddexp.reduce(each, axis=0) - right - np.log1p(-shares.sum())
    return Weighed(odds, each)


def _shares_found(wrong: FloatArray, right: FloatArray, before: FloatArray) -> FloatArray:
    """The shares of the mechanisms among all figures, drawn towards what was thought before."""
    highest = np.maximum(wrong.max(axis=0), right)
    made, kept = np.exp(wrong - highest), np.exp(right - highest)
    shares = before
    sharp = np.array([mechanism not in VAGUE for mechanism in MECHANISMS])
    for _ in range(ROUNDS):
        whole = shares @ made + (1 - shares.sum()) * kept
        found = shares * (made @ (1 / whole))
        shares = np.where(sharp, (WORTH_FIGURES * before + found) / (WORTH_FIGURES + len(right)), before)
        shares = shares * min(1.0, MOST_ERRORS / shares.sum())
    return np.asarray(shares)


def _log_right(values: FloatArray, expected: Expected) -> FloatArray:
    right = expected.log_density(values)
    negative = values < 0
    if negative.any():  # where minus signs are usual, one is no sign of error
        usual = np.log(max((1 - _belief(negative, IMPOSSIBLE_SHARES)) * _share(negative), RARE))
        right = np.where(negative, np.logaddexp(right, expected.log_density(-values) + usual), right)
    zero = values == 0
    if zero.any():  # zeros gather: a chance of their own, by how many the unit has otherwise
        count = np.bincount(expected.unit_of)[expected.unit_of] - 1
        zeros = np.bincount(expected.unit_of, weights=zero)[expected.unit_of] - zero
        own = (1 - _belief(zero, ZERO_SHARES)) * (zeros + ZEROS_PRIOR * _share(zero)) / (count + ZEROS_PRIOR)
        right = np.where(zero, np.logaddexp(right, np.log(np.maximum(own, RARE)) - np.log(_step(values))), right)
    return np.asarray(right)


def _log_wrong(values: FloatArray, expected: Expected) -> FloatArray:
    made = {
        kind: np.where(values != 0, expected.log_density(values / by) - np.log(by), -np.inf)
        for kind, by in FACTORS.items()
    }
    digits = typed(values, usual_decimals(values))
    made[Mechanism.SWAPPED_DIGITS] = _any_of(digits.swaps(), expected, len(values))
    made[Mechanism.ONE_OFF_DIGIT] = _any_of(digits.misses(), expected, len(values))
    negative, zero = values < 0, values == 0
    made[Mechanism.SIGN] = _where(negative, expected.log_density(-values), _belief(negative, IMPOSSIBLE_SHARES))
    made[Mechanism.ZERO] = _where(zero, np.full(len(values), -np.log(_step(values))), _belief(zero, ZERO_SHARES))
    copied = (values == expected.before) & ~zero
    made[Mechanism.COPIED] = _where(copied, np.log(10.0) * decimals_of(values), _belief(copied, COPY_SHARES))
    wide = UNLIKE_WIDTH * expected.spread
    away = (expected.scale.lay(values) - expected.shared) / wide
    made[Mechanism.UNLIKE] = (
        -np.log(np.pi * wide * (1 + away**2))
        + expected.scale.log_slope(values)
        + expected.formats.of(values, expected.time_of)
    )
    return np.stack([made[mechanism] for mechanism in MECHANISMS])


def _any_of(slips: Iterable[Slip], expected: Expected, count: int) -> FloatArray:
    whole = np.full(count, -np.inf)
    for slip in slips:
        whole = np.logaddexp(whole, expected.log_density(slip.meant) + slip.log_share)
    return np.asarray(whole)


def _where(which: BoolArray, density: FloatArray, belief: float) -> FloatArray:
    """A mechanism for some figures only."""
    return np.where(which, density + np.log(max(belief, RARE)), -np.inf)


def _share(which: BoolArray) -> float:
    return float((which.sum() + 0.5) / (len(which) + 1))


def _belief(which: BoolArray, shares: tuple[float, float]) -> float:
    """How far it is believed that something is an error in itself: less, the more figures share it."""
    return min(max((shares[1] - float(which.mean())) / (shares[1] - shares[0]), 0.0), 1.0)


def _step(values: FloatArray) -> float:
    """How far figures lie apart at 0."""
    return max(float(10.0 ** -usual_decimals(values)), ZERO_WIDTH * float(np.median(np.abs(values))))
