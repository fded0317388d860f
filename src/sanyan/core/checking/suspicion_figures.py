"""Figures as they are typed: their decimals, their digits, and the slips of a hand."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sanyan.core.stats.panel import BoolArray, FloatArray

IntArray = NDArray[np.int64]

MOST_DECIMALS, TOLD_APART = 6, 3
SAME = 1e-6  # relative: figures kept in single precision are still the figures that were typed
NEARLY_ALL = 0.9
USUAL_SHARE = 0.05  # decimals that one figure in twenty has are nothing odd
YEAR_PRIOR = 4.0
SIGNIFICANT = 4
MOST_SIZE = 1e12
FIRST_PAIR = 0.8  # of swaps worth finding are of the first two digits; others hardly change a figure


def decimals_of(values: FloatArray) -> IntArray:
    """Decimals that a figure needs: 0, 1, 2, or 3 for three and more."""
    needed = np.full(values.shape, TOLD_APART, dtype=np.int64)
    for decimals in range(TOLD_APART - 1, -1, -1):
        needed[_is_round(values, decimals)] = decimals
    return needed


def usual_decimals(values: FloatArray) -> int:
    """The decimals that nearly all figures of a column do with, at most 6."""
    for decimals in range(MOST_DECIMALS):
        if np.mean(_is_round(values, decimals)) > NEARLY_ALL:
            return decimals
    return MOST_DECIMALS


def _is_round(values: FloatArray, decimals: int) -> BoolArray:
    return np.asarray(np.abs(np.round(values, decimals) - values) <= SAME * np.maximum(1.0, np.abs(values)))


@dataclass(frozen=True)
class Formats:
    """Log of how rare each number of decimals is in each time: 0 where usual, negative where rare (4 x times)."""

    rarity: FloatArray

    def of(self, values: FloatArray, time_of: NDArray[np.intp]) -> FloatArray:
        """The rarity of figures at times."""
        return np.asarray(self.rarity[decimals_of(values), time_of])


def formats_of(values: FloatArray, time_of: NDArray[np.intp], times: int) -> Formats:
    """Learn from all figures of a column which decimals are usual, in each time and altogether."""
    counts = np.zeros((TOLD_APART + 1, times))
    np.add.at(counts, (decimals_of(values), time_of), 1.0)
    overall = (counts.sum(axis=1, keepdims=True) + 0.5) / (counts.sum() + 2)
    share = (counts + YEAR_PRIOR * overall) / (counts.sum(axis=0) + YEAR_PRIOR)
    return Formats(np.log(np.minimum(1.0, share / USUAL_SHARE)))


@dataclass(frozen=True)
class Slip:
    """Figures that may have been meant. `log_share` is minus infinity where a figure allows no such slip."""

    meant: FloatArray
    log_share: FloatArray


@dataclass(frozen=True)
class Typed:
    """Figures as digits: `whole` counts units of the last digit looked at, `rest` is what lies below it."""

    whole: IntArray
    rest: FloatArray
    sign: FloatArray
    places: IntArray
    step: float
    typable: BoolArray

    def swaps(self) -> Iterator[Slip]:
        """Every way to swap two neighbouring digits that differ."""
        for place in range(int(self.places.max()) - 1):
            right, left = self._digit(place), self._digit(place + 1)
            meant = self.whole + (right - left) * 9 * 10**place
            first = place + 2 == self.places
            share = np.where(
                first, np.where(self.places > 2, FIRST_PAIR, 1.0), (1 - FIRST_PAIR) / np.maximum(self.places - 2, 1)
            )
            yield self._slip(meant, share, (right != left) & (place + 1 < self.places))

    def misses(self) -> Iterator[Slip]:
        """Every way to be one off in a digit."""
        for place in range(int(self.places.max())):
            digit = self._digit(place)
            for off in (-1, 1):
                possible = (place < self.places) & (digit + off >= 0) & (digit + off <= 9)
                yield self._slip(self.whole + off * 10**place, 0.5 / self.places, possible)

    def _digit(self, place: int) -> IntArray:
        return np.asarray((self.whole // 10**place) % 10)

    def _slip(self, meant: IntArray, share: FloatArray, possible: BoolArray) -> Slip:
        log_share = np.where(possible & self.typable, np.log(share), -np.inf)
        return Slip(self.sign * (meant * self.step + self.rest), log_share)


def typed(values: FloatArray, decimals: int) -> Typed:
    """The digits of figures, down to so many decimals but hardly more than four digits of a typical one."""
    size = np.abs(values)
    typable = size < MOST_SIZE
    typical = max(float(np.median(size)), 1e-9)
    kept = min(decimals, max(0, SIGNIFICANT - int(np.floor(np.log10(typical))) - 1))
    step = 10.0**-kept
    whole = np.rint(np.where(typable, size, 0.0) / step).astype(np.int64)
    places = np.maximum(np.floor(np.log10(np.maximum(whole, 1))).astype(np.int64) + 1, kept + 1)
    rest = np.where(typable, size - whole * step, 0.0)
    return Typed(whole, rest, np.where(values < 0, -1.0, 1.0), places, step, typable)
