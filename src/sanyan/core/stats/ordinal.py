"""Levels (1-5 and the like) compared by how they are distributed: a step from 1 to 2 need not equal one from 4 to 5.

A level's ridit is the share of peers below it and half of those at it (Bross, 1958, Biometrics 14:18-38); the mean
ridit of a unit is the probability that it stands above a peer picked at random, ties counting half: 0.5 is like peers.
"""

from __future__ import annotations

import numpy as np
from scipy.special import betainc

from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.intervals import Interval
from sanyan.core.stats.notes import Note
from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.posteriors import normal_quantile
from sanyan.core.stats.sampling_noise import Noise, Observations, Scale

PRIOR_WEIGHT = 2.0
HALVINGS = 60


def shares_at_or_above(counts: FloatArray) -> FloatArray:
    """The share (0-1) at each level or above, from counts by level along the last axis, lowest first; NaN for none."""
    held = _counts(counts)
    total = held.sum(axis=-1, keepdims=True)
    above = np.flip(np.cumsum(np.flip(held, -1), axis=-1), -1)
    return np.where(total > 0, above / np.where(total > 0, total, 1.0), np.nan)


def ridits(counts: FloatArray) -> FloatArray:
    """The ridit (0-1) of each level among peers with these counts, lowest first. Raise ValueError for no peers."""
    held = _counts(counts)
    total = float(held.sum())
    if held.ndim != 1 or not total > 0:
        raise ValueError("ridits need the levels of some peers")
    return np.asarray((np.cumsum(held) - held / 2) / total, float)


def superiority(group: FloatArray, peers: FloatArray, *, confidence: float = 0.8) -> Interval:
    """The probability that one of `group` stands above one of `peers` (counts by level, lowest first), ties half.

    That is the Mann-Whitney statistic over its largest value. The interval is method 5 of Newcombe (2006), Stat. Med.
    25:559-73, which holds for few cases and at 0 and 1. Raise ValueError where either has none, or on other levels.
    """
    ours, theirs = _counts(group), _counts(peers)
    m, n = float(ours.sum()), float(theirs.sum())
    if ours.shape != theirs.shape or not m > 0:
        raise ValueError("both groups need levels on one scale")
    estimate = float(ours @ ridits(theirs)) / m
    z = normal_quantile(0.5 + confidence / 2)
    more = (m + n) / 2 - 1

    def is_near(theta: float) -> bool:
        variance = theta * (1 - theta) * (1 + more * ((1 - theta) / (2 - theta) + theta / (1 + theta))) / (m * n)
        return bool((estimate - theta) ** 2 <= z * z * variance)

    bounds = []
    for end in (0.0, 1.0):
        near, far = estimate, end
        for _ in range(HALVINGS):
            middle = (near + far) / 2
            near, far = (middle, far) if is_near(middle) else (near, middle)
        bounds.append((near + far) / 2)
    return Interval(estimate, bounds[0], bounds[1], confidence)


def p_above_peers(counts: FloatArray, peers: FloatArray, *, prior_weight: float = PRIOR_WEIGHT) -> FloatArray:
    """The probability (0-1) that a unit's levels are distributed above its peers', from few levels each.

    `counts` is units x levels (lowest first), `peers` the counts of all peers. A unit's distribution has a Dirichlet
    prior like its peers' that weighs as `prior_weight` levels; its mean ridit then has a known mean and variance, and
    is taken as a beta variable. With no level of its own the answer lies near a half, whatever peers look like.
    Raise ValueError where shapes do not agree or the weight is not positive.
    """
    ours, theirs = np.atleast_2d(_counts(counts)), _counts(peers)
    if ours.shape[1:] != theirs.shape or not prior_weight > 0:
        raise ValueError("both need levels on one scale, and the prior some weight")
    scores = ridits(theirs)
    weights = prior_weight * theirs / theirs.sum() + ours
    total = weights.sum(axis=1)
    mean = weights @ scores / total
    variance = np.maximum(weights @ scores**2 / total - mean**2, 0.0) / (total + 1)
    sure = variance <= 1e-12  # peers all on one level and so is the unit
    size = np.maximum(mean * (1 - mean) / np.where(sure, 1.0, variance) - 1, 1e-6)
    below = betainc(mean * size, (1 - mean) * size, 0.5)
    return np.where(sure, 0.5, 1 - below)


def level_observations(levels: FloatArray, *, direction: Direction = Direction.HIGHER) -> Observations:
    """Levels of n units on several occasions (occasions x units, NaN where missing), ready for `compare`.

    An occasion is a round, or an indicator of one policy area; rounds that repeat one another's figures within a year
    are one. Each level becomes its ridit among that occasion's units, so a shift of all is no unit's own. The noise is
    learnt from how a unit's ridits vary between occasions, weighed with one more that varies as units do; with a
    single occasion it is unknown. `n` is not known: levels count no people.
    """
    held = np.atleast_2d(np.asarray(levels, float))
    scores = np.array([_ridits_of(row) for row in held])
    known = np.isfinite(scores)
    times = known.sum(axis=0)
    mean = np.where(times > 0, np.where(known, scores, 0.0).sum(axis=0) / np.maximum(times, 1), np.nan)
    spare = int(np.maximum(times - 1, 0).sum())
    away = np.where(known, scores - np.where(times > 0, mean, 0.0), 0.0)
    notes = []
    if np.any(times == 0):
        en = "There is no level, so it is not compared."
        notes.append(Note("figure-missing", int((times == 0).sum()), "ไม่มีระดับ จึงไม่ได้นำมาเทียบ", en))
    within, noise = np.nan, Noise.UNKNOWN
    if spare:
        total = float(np.var(scores[known]))
        within, noise = (float((away**2).sum()) + total) / (spare + 1), Noise.ROUNDS
    else:
        th = "มีระดับเพียงครั้งเดียว จึงบอกช่วงที่น่าจะเป็นและอันดับไม่ได้"
        en = "There is one occasion only, so neither interval nor rank can be told."
        notes.append(Note("noise-unknown", 1, th, en))
    variances = (
        np.where(times > 0, max(within, 1e-6) / np.maximum(times, 1), np.nan) if spare else np.full_like(mean, np.nan)
    )
    return Observations(
        values=mean,
        variances=variances,
        n=np.full_like(mean, np.nan),
        scale=Scale.RIDIT,
        noise=noise,
        direction=direction,
        notes=tuple(notes),
    )


def _ridits_of(levels: FloatArray) -> FloatArray:
    """Each unit's ridit among the units of one occasion."""
    known = np.isfinite(levels)
    if not known.any():
        return np.full_like(levels, np.nan)
    _, which, counts = np.unique(levels[known], return_inverse=True, return_counts=True)
    told = np.full_like(levels, np.nan)
    told[known] = ridits(counts.astype(float))[which.reshape(-1)]
    return told


def _counts(counts: FloatArray) -> FloatArray:
    held = np.asarray(counts, float)
    if not np.isfinite(held).all() or np.any(held < 0):
        raise ValueError("counts are not negative")
    return held
