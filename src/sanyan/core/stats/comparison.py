"""Units compared fairly on many indicators at once: the one door to shrinkage, funnels and rank intervals.

    observed = [shares(numerator, denominator, direction=Direction.LOWER), means(values, n), ...]
    compared = compare(observed, context_design(context, ("size", "students")))
    compared[0].difference, compared[0].p_better, compared[0].ranks.low80

A figure is put on a scale where its noise is known (`sampling_noise`), shrunk towards what the units' context leads one
to expect (`shrinkage`), held against funnel limits (`funnel`) and given rank intervals (`ranks`). Results are in the
indicator's own unit; only `effect` and `effect_sd` stay on the scale.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sanyan.core.stats.design import Design
from sanyan.core.stats.funnel import Funnel, funnel
from sanyan.core.stats.notes import Note
from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.stats.posteriors import Posterior
from sanyan.core.stats.ranks import RankIntervals, rank_intervals
from sanyan.core.stats.sampling_noise import Noise, Observations
from sanyan.core.stats.shrinkage import Shrunk, shrink
from sanyan.core.stats.suppression import Visibility, visibilities


@dataclass(frozen=True)
class Bounded:
    """An estimate a unit with its bounds of 80 and 95 %, in the indicator's unit; NaN where nothing is known."""

    middle: FloatArray
    low80: FloatArray
    high80: FloatArray
    low95: FloatArray
    high95: FloatArray


@dataclass(frozen=True)
class Comparison:
    """One indicator of n units, in their order. NaN wherever a unit has no figure, or the noise is not known.

    `own` is the figure as put on the scale and back; `expected` what its context leads one to expect; `level` the
    figure without its noise; `difference` the level less what was expected, in unit points: above zero exactly where
    the effect is. `effect` (with `effect_sd`) is that difference on `scale`, turned so that above zero is good;
    `p_better` the probability (0-1) that it is. `weight` (0-1) is how far a level rests on the unit's own figure.
    `ranks` go by the effect, 1 the best. `funnel` holds own figures against expected ones; `pooled_funnel` against the
    pooled mean of all, which is the one to draw over n. `tau` is the spread between units on the scale. Nothing is left
    out for privacy here: `visibility` says what a page may show.
    """

    observed: Observations
    own: FloatArray
    expected: FloatArray
    level: Bounded
    difference: Bounded
    effect: FloatArray
    effect_sd: FloatArray
    p_better: FloatArray
    weight: FloatArray
    ranks: RankIntervals
    funnel: Funnel
    pooled_funnel: Funnel
    visibility: tuple[Visibility, ...]
    tau: float
    used: int
    notes: tuple[Note, ...]


def compare(observed: Sequence[Observations], design: Design) -> tuple[Comparison, ...]:
    """Compare n units on each of m indicators within their context; in the order given.

    Without known noise there is still the difference from what was expected, unshrunken, but neither an interval nor a
    rank. An indicator with fewer than four units is not compared, and says so in its notes. About 0.3 s for 45
    indicators of 245 units, and linear in both. Raise ValueError where the design has another number of units.
    """
    if not observed:
        return ()
    if any(len(item.values) != len(design.matrix) for item in observed):
        raise ValueError("the design and the observations must be of the same units")
    values = np.array([item.values for item in observed])
    known = np.array([item.noise is not Noise.UNKNOWN for item in observed])
    # one noise for all of an unknown size: least squares, which is what equal variances give
    variances = np.array([np.where(item.noise is Noise.UNKNOWN, 1e-6, item.variances) for item in observed])
    variances[~known] *= np.nanvar(np.where(np.isfinite(values), values, 0.0), axis=1)[~known][:, None] + 1e-300
    shrunk = shrink(values, variances, design.matrix)
    return tuple(_told(item, shrunk, row, design) for row, item in enumerate(observed))


def _told(item: Observations, shrunk: Shrunk, row: int, design: Design) -> Comparison:
    sure = item.noise is not Noise.UNKNOWN
    effect, level, apart = (_row(held, row, sure) for held in (shrunk.effect, shrunk.level, shrunk.apart))
    expected = shrunk.expected.mean[row]
    sign = item.direction.sign
    good = Posterior(sign * effect.mean, effect.sd)
    unknown = np.full(len(item.values), np.nan)
    noise = item.variances if sure else unknown
    fitted = bool(shrunk.columns[row, 0])
    return Comparison(
        observed=item,
        own=item.to_unit(item.values),
        expected=item.to_unit(expected),
        level=_bounded(level, item, None),
        difference=_bounded(effect, item, expected),
        effect=good.mean,
        effect_sd=good.sd,
        p_better=good.p_above(),
        weight=shrunk.weight[row] if sure else unknown,
        ranks=rank_intervals(Posterior(sign * apart.mean, apart.sd)),
        funnel=funnel(item.values, noise, expected=expected),
        pooled_funnel=funnel(item.values, noise),
        visibility=visibilities(item.n),
        tau=float(shrunk.tau.mean[row]) if sure else np.nan,
        used=int(shrunk.used[row]),
        notes=(*item.notes, *_context_notes(shrunk.columns[row], design), *(() if fitted else (_TOO_FEW,))),
    )


def _row(posterior: Posterior, row: int, sure: bool) -> Posterior:
    """One indicator's posterior; its deviation is not known where its noise is not."""
    sd = posterior.sd[row]
    return Posterior(posterior.mean[row], sd if sure else np.full_like(sd, np.nan))


def _bounded(posterior: Posterior, item: Observations, expected: FloatArray | None) -> Bounded:
    """A posterior in the indicator's unit; with `expected`, as points above what was expected."""
    bounds = [posterior.mean, *posterior.interval(0.8), *posterior.interval(0.95)]
    if expected is None:
        return Bounded(*[item.to_unit(held) for held in bounds])
    start = item.to_unit(expected)
    return Bounded(*[item.to_unit(expected + held) - start for held in bounds])


def _context_notes(taken: BoolArray, design: Design) -> tuple[Note, ...]:
    left = [name for name, held in zip(design.columns, taken, strict=True) if not held and name != "intercept"]
    if not left or not taken[0]:
        return design.notes
    named = ", ".join(left)
    return (
        *design.notes,
        Note(
            "context-not-usable",
            len(left),
            f"ตัวชี้วัดนี้ใช้บริบทไม่ได้: {named}",
            f"For this indicator context could not be used: {named}.",
        ),
    )


_TOO_FEW = Note(
    "too-few-units",
    1,
    "มีหน่วยงานที่มีค่าน้อยกว่า 4 แห่ง จึงไม่เทียบ",
    "Fewer than four units have a figure, so they are not compared.",
)
