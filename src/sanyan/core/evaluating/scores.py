"""How good forecasts were, once the truth is known. All scores take one entry a case, without missing values."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from sanyan.core.stats.panel import BoolArray, FloatArray


@dataclass(frozen=True)
class Bin:
    """Cases whose probability lay within [low, high), the last with its end: how many, how many happened, and the mean
    probability that was told."""

    low: float
    high: float
    count: int
    happened: int
    told: float

    @property
    def rate(self) -> float:
        """How often it happened, 0-1; NaN of no cases."""
        return self.happened / self.count if self.count else float("nan")


def coverage(truth: FloatArray, low: FloatArray, high: FloatArray) -> float:
    """The share of cases within their interval, ends included; NaN of no cases."""
    return float(np.mean((truth >= low) & (truth <= high))) if len(truth) else float("nan")


def interval_score(truth: FloatArray, low: FloatArray, high: FloatArray, level: float) -> float:
    """The mean interval score of a central interval at `level` (such as 0.8), in the values' unit; lower is better.

    Width plus 2 / (1 - level) times what lies outside. Source: Gneiting and Raftery (2007). NaN of no cases.
    """
    if not len(truth):
        return float("nan")
    outside = np.maximum(low - truth, 0) + np.maximum(truth - high, 0)
    return float(np.mean(high - low + 2 / (1 - level) * outside))


def brier(probability: FloatArray, happened: BoolArray) -> float:
    """The mean squared difference of probability and outcome (Brier 1950); lower is better. NaN of no cases."""
    return float(np.mean((probability - happened) ** 2)) if len(happened) else float("nan")


def average_precision(score: FloatArray, happened: BoolArray) -> float:
    """The area under the precision-recall steps: precision summed over the gains in recall, equal scores together.

    NaN where nothing happened.
    """
    if not happened.any():
        return float("nan")
    order = np.argsort(-score, kind="stable")
    ends = np.flatnonzero(np.append(np.diff(score[order]) != 0, True))
    found = np.cumsum(happened[order])[ends]
    return float(np.sum(np.diff(found, prepend=0) * found / (ends + 1)) / found[-1])


def budget(count: int, share: float) -> int:
    """How many of `count` cases an alert budget of `share` (0-1) allows; at least one."""
    return max(1, round(share * count))


def precision_at(score: FloatArray, happened: BoolArray, share: float = 0.1) -> float:
    """How often it happened among the `share` with the highest scores, equal scores in the order given.

    NaN of no cases.
    """
    if not len(score):
        return float("nan")
    first = np.argsort(-score, kind="stable")[: budget(len(score), share)]
    return float(np.mean(happened[first]))


def recall_at(score: FloatArray, happened: BoolArray, share: float = 0.1) -> float:
    """How much of what happened stood among the `share` with the highest scores; NaN where nothing happened."""
    if not happened.any():
        return float("nan")
    first = np.argsort(-score, kind="stable")[: budget(len(score), share)]
    return float(happened[first].sum() / happened.sum())


def calibration(probability: FloatArray, happened: BoolArray, edges: FloatArray | None = None) -> tuple[Bin, ...]:
    """Told probabilities beside what happened, in ten bins of equal width or those between `edges`."""
    bounds = np.linspace(0, 1, 11) if edges is None else edges
    index = np.clip(np.searchsorted(bounds, probability, side="right") - 1, 0, len(bounds) - 2)
    found = []
    for at in range(len(bounds) - 1):
        here = index == at
        told = float(np.mean(probability[here])) if here.any() else float("nan")
        found.append(Bin(float(bounds[at]), float(bounds[at + 1]), int(here.sum()), int(happened[here].sum()), told))
    return tuple(found)


def calibration_error(probability: FloatArray, happened: BoolArray) -> float:
    """The expected calibration error over ten bins: the mean gap of told and happened, by cases. NaN of no cases."""
    if not len(happened):
        return float("nan")
    bins = calibration(probability, happened)
    return sum(abs(held.told - held.rate) * held.count for held in bins if held.count) / len(happened)
