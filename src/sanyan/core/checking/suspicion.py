"""How likely each figure of a panel is wrong, what may have happened to it, and what it should be.

Looks back: a figure is judged by everything else, past and future, so an error that came early is found as well. One
method for all kinds of error and all indicators; the odds it gives can be ranked over indicators.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, stdtrit

from sanyan.core.checking.suspicion_expectation import Level, left_out, level_of
from sanyan.core.checking.suspicion_figures import Formats, formats_of, usual_decimals
from sanyan.core.checking.suspicion_mechanisms import Expected, Weighed, weigh
from sanyan.core.checking.suspicion_robust import filled, median_over
from sanyan.core.checking.suspicion_scale import SurpriseScale, fitting_scale
from sanyan.core.checking.suspicion_spread import FIRST_FREEDOM, explained_by_others, tails, widths
from sanyan.core.stats.panel import BoolArray, FloatArray, Panel

PASSES = 4
LEAST_FIGURES, LEAST_SORTS = 10, 2  # a column of yes and no has neither outliers nor digits
FLAG_FROM = 0.5  # probability
INTERVAL = 0.95
LEAST_WIDTH = 1e-9
ROUNDING = 0.3  # of the last decimal: the deviation that rounding alone gives
NO_LIMITS = (-np.inf, np.inf)

Limits = tuple[float, float]
Name = TypeVar("Name", bound=Hashable)


@dataclass(frozen=True)
class Suspicion:
    """What is suspected of each figure of one indicator, all units x times, NaN (or -1) where a figure is missing.

    `score` is the log odds (natural) of being wrong and `probability` the same as a chance; a figure is flagged from
    one half. `mechanism` is an index in MECHANISMS. `expected`, `low` and `high` are the value to be expected without
    this figure and the 95 % interval of right figures, in the indicator's unit.
    """

    score: FloatArray
    probability: FloatArray
    mechanism: NDArray[np.intp]
    expected: FloatArray
    low: FloatArray
    high: FloatArray

    @property
    def flag(self) -> BoolArray:
        """Which figures are more likely wrong than right."""
        return np.asarray(filled(self.probability) >= FLAG_FROM)


def can_be_judged(values: FloatArray) -> bool:
    """Whether there are ten figures, of more than two sorts, so that the usual can be told from the unusual."""
    held = values[np.isfinite(values)]
    return len(held) >= LEAST_FIGURES and len(np.unique(held)) > LEAST_SORTS


def suspicions(
    panel: Panel, *, limits: Limits = NO_LIMITS, others: Sequence[FloatArray] = (), passes: int = PASSES
) -> Suspicion:
    """How likely each figure of a panel of raw values (no logarithm taken, nothing left out) is wrong.

    `limits` are the least and greatest value that can be. `others` are further columns (units x times, raw) that tell
    what to expect, such as enrolment beside births. Raise ValueError where `can_be_judged` is false.

    Every figure has a predictive distribution from the rest (best linear prediction over the unit's other times after
    year and region are taken off; width by level, size and unit; Student's t) and a Bayesian mixture of ways to go
    wrong is held against it. Suspected figures are set aside, one a unit and pass, so that they accuse no neighbour.
    """
    columns = {0: panel.values, **dict(enumerate(others, start=1))}
    judged = suspicions_together(columns, panel, limits={0: limits}, only={0}, passes=passes)
    if 0 not in judged:
        raise ValueError("the figures are too few, or of one or two sorts only")
    return judged[0]


def suspicions_together(
    columns: Mapping[Name, FloatArray],
    panel: Panel,
    *,
    limits: Mapping[Name, Limits],
    only: set[Name] | None = None,
    passes: int = PASSES,
) -> dict[Name, Suspicion]:
    """Judge several columns of the same units and times, each also by what the others do there.

    `panel` gives regions and size; its values are not used. Columns that cannot be judged are left out of the answer
    and of the evidence. With `only`, the others serve as evidence.
    """
    looks = {
        name: _Column(values, panel, limits.get(name, NO_LIMITS))
        for name, values in columns.items()
        if can_be_judged(values)
    }
    for look in looks.values():
        look.judge(passes)
    standing = {name: look.standing for name, look in looks.items()}
    result = {}
    for name, look in looks.items():
        if only is not None and name not in only:
            continue
        beside = [held for other, held in standing.items() if other != name]
        if beside:
            look.judge(passes, np.stack(beside))
        result[name] = look.told()
    return result


class _Column:
    """One column while it is judged: what stays the same over passes, and what the last pass found."""

    def __init__(self, values: FloatArray, panel: Panel, limits: Limits) -> None:
        self.values = np.where(np.isfinite(values), values, np.nan)
        self.limits = limits
        self.seen = np.isfinite(self.values)
        self.unit_of, self.time_of = np.nonzero(self.seen)
        self.step = 10.0 ** -usual_decimals(self.values[self.seen])
        earlier = np.full(self.values.shape, np.nan)
        earlier[:, 1:] = self.values[:, :-1]
        self.before = earlier[self.seen]
        self.scale: SurpriseScale = fitting_scale(self.values, self.step)
        self.formats: Formats = formats_of(self.values[self.seen], self.time_of, self.values.shape[1])
        self.size = _typical_size(panel.size, self.values.shape)
        self.level: Level = level_of(self.scale.lay(self.values), panel.regions)
        self.aside = np.zeros(self.values.shape, dtype=bool)
        self.mean, self.variance = left_out(self.level.rest, self.aside, self.level.covariance)
        self.freedom = FIRST_FREEDOM
        self.place = self.width = self.standing = np.zeros(self.values.shape)
        self.weighed: Weighed | None = None

    def judge(self, passes: int, others: FloatArray | None = None) -> None:
        """Weigh all figures, set aside the most suspected one of each unit, and again, until nothing changes."""
        for number in range(passes):
            self._expect(others)
            weighed = self.weighed = self._weigh()
            if number == passes - 1 or not self._set_aside(weighed.log_odds):
                return

    def _expect(self, others: FloatArray | None) -> None:
        right = self.seen & ~self.aside
        deviation = np.sqrt(self.variance)
        distance = (self.level.rest - self.mean) / deviation
        place = self.level.shared + self.mean
        if others is not None:
            part = explained_by_others(distance, others, right)
            distance, place = distance - part, place + part * deviation
        width = np.maximum(widths(distance, place, self.size, right), LEAST_WIDTH)
        freedom, stretch = FIRST_FREEDOM, 1.0
        if self.weighed is not None:
            weights = np.zeros(self.values.shape)
            weights[self.seen] = expit(-self.weighed.log_odds)
            freedom, stretch = tails((distance / width)[right], weights[right])
        rounding = ROUNDING * self.step * np.exp(self.scale.log_slope(self.scale.value_at(filled(place))))
        self.place, self.width, self.freedom = place, np.maximum(width * stretch * deviation, rounding), freedom
        self.standing = np.where(self.seen, filled(distance) / width, 0.0)

    def _weigh(self) -> Weighed:
        expected = Expected(
            scale=self.scale,
            place=self.place[self.seen],
            width=self.width[self.seen],
            freedom=self.freedom,
            shared=self.level.shared[self.seen],
            spread=float(np.sqrt(self.level.covariance.whole)),
            formats=self.formats,
            time_of=self.time_of,
            unit_of=self.unit_of,
            before=self.before,
        )
        return weigh(self.values[self.seen], expected, self.limits)

    def _set_aside(self, log_odds: FloatArray) -> bool:
        """Whether anything changed. The worst of a unit goes first: its neighbours may be accused only by it."""
        odds = self._spread_out(log_odds, -np.inf)
        free = np.where(self.aside, -np.inf, odds)
        aside = (self.aside & (odds > 0)) | ((free > 0) & (free == free.max(axis=1, keepdims=True)))
        units = (aside != self.aside).any(axis=1)
        self.aside = aside
        if units.any():
            self.mean[units], self.variance[units] = left_out(
                self.level.rest[units], aside[units], self.level.covariance
            )
        return bool(units.any())

    def told(self) -> Suspicion:
        """What the last pass found."""
        assert self.weighed is not None
        reach = float(stdtrit(self.freedom, 0.5 + INTERVAL / 2)) * self.width
        mechanism = np.full(self.values.shape, -1, dtype=np.intp)
        mechanism[self.seen] = self.weighed.likeliest
        return Suspicion(
            score=self._spread_out(self.weighed.log_odds, np.nan),
            probability=self._spread_out(expit(self.weighed.log_odds), np.nan),
            mechanism=mechanism,
            expected=self._where_seen(self.place),
            low=self._where_seen(self.place - reach),
            high=self._where_seen(self.place + reach),
        )

    def _spread_out(self, figures: FloatArray, empty: float) -> FloatArray:
        grid = np.full(self.values.shape, empty)
        grid[self.seen] = figures
        return grid

    def _where_seen(self, places: FloatArray) -> FloatArray:
        return np.where(self.seen, self.scale.value_at(places), np.nan)


def _typical_size(size: FloatArray | None, shape: tuple[int, ...]) -> FloatArray | None:
    """Log of the unit's middle size, at all its times: one wrong size must not make one year look surer."""
    if size is None:
        return None
    middle = median_over(size, 1)
    return np.broadcast_to(np.where(middle > 0, np.log(np.maximum(filled(middle), 1.0)), np.nan), shape)
