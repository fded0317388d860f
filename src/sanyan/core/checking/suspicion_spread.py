"""How far from its expectation a right figure may lie: by level, by size, by unit, with the tails that are there."""

from __future__ import annotations

import numpy as np

from sanyan.core.checking.suspicion_robust import (
    filled,
    median_of,
    student_log_density,
    width_about_zero,
)
from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.stats.spread import TO_NORMAL

LEVEL_BINS, SIZE_BINS = 10, 8
ENOUGH_FOR_BINS, A_BIN, LEAST_IN_BIN, BIN_PRIOR = 60, 30, 5, 30
UNIT_PRIOR, UNIT_PRIOR_SQUARE, MOST_SQUARE = 8.0, 1.5, 9.0
FREEDOMS = (2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 12.0, 20.0)
STRETCHES = (0.7, 0.8, 0.9, 1.0, 1.1, 1.2)
FIRST_FREEDOM = 8.0
CLIPPED, RIDGE = 3.0, 20.0
MOST_OTHERS = 12  # columns that tell of one; more would only tell by chance
LEAST = 1e-9


def explained_by_others(distance: FloatArray, others: FloatArray, right: BoolArray) -> FloatArray:
    """The part of the distances (units x times) that the distances of other columns in the same place explain.

    Ridge regression with weights that leave out odd figures; the others' distances are clipped, so that an error in
    one column cannot accuse another. `others` is columns x units x times, 0 where not known; the twelve that go most
    with the distances are used.
    """
    told = np.clip(others, -CLIPPED, CLIPPED)
    usual = max(width_about_zero(distance[right]), LEAST)
    x, y = told[:, right], distance[right] / usual
    if len(told) > MOST_OTHERS:
        closest = np.sort(np.argsort(-np.abs(x @ np.clip(y, -CLIPPED, CLIPPED)), kind="stable")[:MOST_OTHERS])
        told, x = told[closest], x[closest]
    weights = np.ones_like(y)
    slopes: FloatArray = np.zeros(len(told))
    for _ in range(3):
        weighted = x * weights
        slopes = np.asarray(np.linalg.solve(weighted @ x.T + RIDGE * np.eye(len(told)), weighted @ y), dtype=np.float64)
        weights = np.asarray(6 / (5 + (y - slopes @ x) ** 2), dtype=np.float64)
    return np.asarray(np.tensordot(slopes, told, 1) * usual)


def widths(distance: FloatArray, level: FloatArray, size: FloatArray | None, right: BoolArray) -> FloatArray:
    """The robust width of distances at each place: by the level expected, by the unit's size, by the unit itself.

    All are units x times; `right` are the figures not suspected. A unit's own part is drawn towards the usual.
    """
    usual = max(width_about_zero(distance[right]), 0.02)
    width = usual * _by_bins(level, distance / usual, right, LEVEL_BINS)
    if size is not None:
        width = width * _by_bins(size, distance / width, right, SIZE_BINS)
    if distance.shape[1] > 2:
        square = np.where(right, np.minimum((filled(distance) / width) ** 2, MOST_SQUARE), 0.0)
        others = square.sum(axis=1, keepdims=True) - square
        count = right.sum(axis=1, keepdims=True) - right
        unit = np.sqrt((UNIT_PRIOR * UNIT_PRIOR_SQUARE + others) / (UNIT_PRIOR + count))
        width = width * unit / median_of(unit[right])
    return np.asarray(width * max(width_about_zero(distance[right] / width[right]), 0.05))


def _by_bins(by: FloatArray, distance: FloatArray, right: BoolArray, bins: int) -> FloatArray:
    ok = right & np.isfinite(by) & np.isfinite(distance)
    flat = np.ones(distance.shape)
    if ok.sum() < ENOUGH_FOR_BINS:
        return flat
    held, away = by[ok], np.abs(distance[ok])
    edges = np.unique(np.quantile(held, np.linspace(0, 1, min(bins, len(held) // A_BIN) + 1)))
    if len(edges) < 2:
        return flat
    where = np.searchsorted(edges, held, side="right") - 1
    usual = max(width_about_zero(away), LEAST)
    centres, logs = [], []
    for number in range(len(edges)):
        inside = away[where == number]
        if len(inside) < LEAST_IN_BIN:
            continue
        width = max(TO_NORMAL * float(np.median(inside)), float(np.quantile(inside, 0.85)) / 1.6)
        square = (len(inside) * width**2 + BIN_PRIOR * usual**2) / (len(inside) + BIN_PRIOR)
        centres.append(float(np.median(held[where == number])))
        logs.append(0.5 * np.log(square))
    if not centres:
        return flat
    return np.asarray(np.exp(np.interp(filled(by, float(np.median(held))), centres, logs)))


def tails(distance: FloatArray, weights: FloatArray) -> tuple[float, float]:
    """Degrees of freedom and stretch of Student's t with the highest likelihood; weights are chances to be right."""
    best, chosen = -np.inf, (FIRST_FREEDOM, 1.0)
    for freedom in FREEDOMS:
        for stretch in STRETCHES:
            terms = student_log_density(distance / stretch, freedom) - np.log(stretch)
            likelihood = float(np.sum(weights * terms))
            if likelihood > best:
                best, chosen = likelihood, (freedom, stretch)
    return chosen
