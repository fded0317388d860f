"""How much of a figure is chance: values on a scale where their noise is known, and the way back to their unit.

Shares go on the arcsine square root scale, where the noise hardly depends on the share and a share of 0 or 100 % needs
no exception: asin sqrt((x + 3/8) / (n + 3/4)), variance 1 / (4n + 2). Counts per denominator go on the square root
scale: sqrt((x + 3/8) / n), variance 1 / (4n). Both: Anscombe (1948), Biometrika 35:246-54; as the scale to shrink on:
Efron & Morris (1975), JASA 70:311-9; Brown (2008), Ann. Appl. Stat. 2:113-52. Means keep their unit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import pairwise

import numpy as np

from sanyan.core.indicators.definitions import Direction
from sanyan.core.stats.notes import Note
from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.spread import TO_NORMAL, robust_width

LEAST_UNITS = 8  # to learn noise from how residuals depend on n


class Scale(StrEnum):
    """The scale that figures are compared on."""

    SHARE = "arcsine square root of the share"
    RATE = "square root of the rate"
    PLAIN = "the unit itself"
    RIDIT = "mean ridit among peers"


class Noise(StrEnum):
    """Where the sampling variance comes from."""

    BINOMIAL = "binomial, from the denominator"
    POISSON = "counts, from the denominator"
    GIVEN = "given with the figures"
    NUMBER = "from how the spread falls with the number of cases"
    ROUNDS = "from changes between rounds"
    UNKNOWN = "not known"


@dataclass(frozen=True)
class Observations:
    """One indicator of n units, ready to be compared.

    `values` and `variances` are on `scale`, NaN where a unit has no usable figure; variances are NaN throughout where
    the noise is UNKNOWN. `n` is the number of cases behind each figure (NaN where not known). `factor` is the unit's
    multiple of a proportion or rate: 100 for per cent, 1,000 for per mille. `unit_noise` is what n divides to give the
    variance, NaN where it does not depend on n. `direction` says which way is good.
    """

    values: FloatArray
    variances: FloatArray
    n: FloatArray
    scale: Scale
    noise: Noise
    direction: Direction = Direction.HIGHER
    factor: float = 1.0
    unit_noise: float = np.nan
    notes: tuple[Note, ...] = field(default=())

    def to_unit(self, values: FloatArray) -> FloatArray:
        """From the scale back to the indicator's unit; rises with the value throughout."""
        if self.scale is Scale.SHARE:
            return self.factor * np.sin(np.clip(values, 0.0, np.pi / 2)) ** 2
        if self.scale is Scale.RATE:
            return self.factor * np.maximum(values, 0.0) ** 2
        return np.asarray(values, float)

    def variance_at(self, n: FloatArray) -> FloatArray:
        """The sampling variance that a figure of so many cases has, on the scale; for drawing limits over n."""
        cases = np.asarray(n, float)
        return self.unit_noise / (cases + 0.5 if self.scale is Scale.SHARE else cases)


def shares(
    numerator: FloatArray,
    denominator: FloatArray,
    *,
    direction: Direction = Direction.HIGHER,
    factor: float = 100.0,
    swing: float = 1.0,
) -> Observations:
    """Shares of `denominator` cases each.

    `swing` (1 or more, from `overdispersion`) multiplies the binomial variance: cases come in classes, and one year's
    class is not the next one's. Figures that are no share (denominator not above zero, numerator outside it) are left
    out and noted. Raise ValueError where shapes differ or the swing is below 1.
    """
    x, n = _pair(numerator, denominator, swing)
    known = np.isfinite(x) & np.isfinite(n)
    usable = known & (n > 0) & (x >= 0) & (x <= n)
    cases = np.where(usable, n, np.nan)
    unit_noise = swing / 4
    return Observations(
        values=np.arcsin(np.sqrt((np.where(usable, x, np.nan) + 0.375) / (cases + 0.75))),
        variances=unit_noise / (cases + 0.5),
        n=cases,
        scale=Scale.SHARE,
        noise=Noise.BINOMIAL,
        direction=direction,
        factor=factor,
        unit_noise=unit_noise,
        notes=_not_used(int((known & ~usable).sum()), int((~known).sum())),
    )


def rates(
    count: FloatArray,
    denominator: FloatArray,
    *,
    direction: Direction = Direction.HIGHER,
    factor: float = 1.0,
    swing: float = 1.0,
) -> Observations:
    """Counts per denominator, which may exceed it, as Poisson; `factor` is the multiple of the rate that is shown.

    Overdispersion between units needs no factor: it is what the comparison estimates. `swing` (1 or more, from
    `overdispersion`) is for events that come in clusters within a unit. Raise ValueError where shapes differ or the
    swing is below 1.
    """
    x, exposure = _pair(count, denominator, swing)
    known = np.isfinite(x) & np.isfinite(exposure)
    usable = known & (exposure > 0) & (x >= 0)
    cases = np.where(usable, exposure, np.nan)
    unit_noise = swing / 4
    return Observations(
        values=np.sqrt((np.where(usable, x, np.nan) + 0.375) / cases),
        variances=unit_noise / cases,
        n=cases,
        scale=Scale.RATE,
        noise=Noise.POISSON,
        direction=direction,
        factor=factor,
        unit_noise=unit_noise,
        notes=_not_used(int((known & ~usable).sum()), int((~known).sum())),
    )


def means(
    values: FloatArray,
    n: FloatArray,
    *,
    within_sd: float | None = None,
    direction: Direction = Direction.HIGHER,
) -> Observations:
    """Means of n cases each, in their own unit: variance within_sd^2 / n.

    Where the spread within units is not given it is learnt from the figures: the squared distance from the median is
    regressed on 1/n, robustly; where it does not rise with 1/n, the noise is unknown and said to be so.
    Raise ValueError where shapes differ or within_sd is not positive.
    """
    y, cases = _pair(values, n, 1.0)
    if within_sd is not None and not within_sd > 0:
        raise ValueError("a standard deviation is positive")
    usable = np.isfinite(y) & (cases > 0)
    y, cases = np.where(usable, y, np.nan), np.where(usable, cases, np.nan)
    unit_noise = within_sd**2 if within_sd is not None else _noise_by_number(y, cases)
    notes = _not_used(0, int((~usable).sum()))
    if np.isnan(unit_noise):
        notes += (_UNKNOWN,)
    source = Noise.GIVEN if within_sd is not None else Noise.UNKNOWN if np.isnan(unit_noise) else Noise.NUMBER
    return Observations(y, unit_noise / cases, cases, Scale.PLAIN, source, direction, 1.0, unit_noise, notes)


def plain(
    values: FloatArray,
    *,
    earlier: FloatArray | None = None,
    n: FloatArray | None = None,
    direction: Direction = Direction.HIGHER,
) -> Observations:
    """Numbers with neither denominator nor number of cases; one noise for all, learnt from earlier rounds.

    `earlier` is rounds x units, oldest first, without this round. Half the squared robust width of changes, less each
    round's median change, is taken as the variance; real change is in it too, so it errs towards caution. Without
    earlier rounds the noise is unknown: the comparison then gives no interval and no rank. `n` is only handed on for
    suppression.
    """
    y = np.where(np.isfinite(values), values, np.nan)
    cases = np.full(len(y), np.nan) if n is None else np.asarray(n, float)
    variance = np.nan if earlier is None else _noise_by_rounds(np.vstack([np.asarray(earlier, float), y]))
    notes = _not_used(0, int(np.isnan(y).sum()))
    if np.isnan(variance):
        return Observations(
            y, np.full(len(y), np.nan), cases, Scale.PLAIN, Noise.UNKNOWN, direction, notes=(*notes, _UNKNOWN)
        )
    return Observations(
        y, np.where(np.isnan(y), np.nan, variance), cases, Scale.PLAIN, Noise.ROUNDS, direction, notes=notes
    )


def overdispersion(rounds: Sequence[Observations]) -> float:
    """How many times wider one indicator swings from round to round than its sampling variances say; 1 or more.

    `rounds` are of the same units, oldest first, made without a swing. The squared robust width of changes, less their
    round's median and each in its own standard deviations, the median over rounds; for `shares` and `rates` of the
    round that follows. Real change is in it too, so it errs towards caution. 1 where fewer than eight changes are seen.
    """
    widths = []
    for earlier, later in pairwise(rounds):
        change = later.values - earlier.values
        seen = change[np.isfinite(change)]
        if len(seen) < LEAST_UNITS:
            continue
        width = _robust_width((change - np.median(seen)) / np.sqrt(earlier.variances + later.variances))
        widths.append(width**2)
    return max(1.0, float(np.median(widths))) if widths else 1.0


_UNKNOWN = Note(
    "noise-unknown",
    1,
    "ไม่มีตัวหาร จำนวน หรือรอบก่อน จึงบอกช่วงที่น่าจะเป็นและอันดับไม่ได้",
    "Without denominators, numbers of cases or earlier rounds, neither interval nor rank can be told.",
)


def _noise_by_number(y: FloatArray, n: FloatArray) -> float:
    """The variance within units from E(y - centre)^2 = between + within / n, or NaN where it cannot be seen.

    Weighted least squares with the variance of a squared normal (twice its expectation squared), begun from medians of
    squares among units of like n, and with squares cut at nine times their expectation: a wild figure is no noise.
    """
    known = np.isfinite(y) & np.isfinite(n)
    squares = (y[known] - np.median(y[known])) ** 2 if known.any() else np.zeros(0)
    if len(squares) < LEAST_UNITS or np.ptp(n[known]) == 0 or not np.median(squares) > 0:
        return np.nan
    x = np.column_stack([np.ones(len(squares)), 1 / n[known]])
    alike = np.array_split(np.argsort(n[known], kind="stable"), min(8, len(squares) // 4))
    typical = np.array([TO_NORMAL**2 * np.median(squares[part]) for part in alike])
    coefficients = _not_negative(np.array([x[part].mean(axis=0) for part in alike]), typical)
    least = 1e-3 * float(np.median(squares))
    for _ in range(4):
        expected = np.maximum(x @ coefficients, least)
        coefficients = _not_negative(x / expected[:, None], np.minimum(squares / expected, 9.0))
    return float(coefficients[1]) if coefficients[1] > 0 else np.nan


def _not_negative(x: FloatArray, y: FloatArray) -> FloatArray:
    """Least squares on two columns, neither coefficient below zero."""
    both = np.asarray(np.linalg.lstsq(x, y, rcond=None)[0], float)
    if (both >= 0).all():
        return both
    alone = np.maximum((x * y[:, None]).sum(axis=0) / (x**2).sum(axis=0), 0.0)
    lost = [float(((y - x[:, column] * alone[column]) ** 2).sum()) for column in (0, 1)]
    keep = int(np.argmin(lost))
    return np.array([alone[0], 0.0]) if keep == 0 else np.array([0.0, alone[1]])


def _noise_by_rounds(rounds: FloatArray) -> float:
    """Half the squared robust width of changes from round to round; NaN where fewer than eight can be seen."""
    widths = np.array([_robust_width(change) for change in np.diff(rounds, axis=0)])
    widths = widths[np.isfinite(widths)]
    variance = float(np.median(np.square(widths))) / 2 if len(widths) else 0.0
    return variance if variance > 0 else np.nan


def _robust_width(changes: FloatArray) -> float:
    """The robust width of changes; NaN where fewer than eight are seen."""
    held = changes[np.isfinite(changes)]
    return robust_width(held) if len(held) >= LEAST_UNITS else np.nan


def _pair(first: FloatArray, second: FloatArray, swing: float) -> tuple[FloatArray, FloatArray]:
    one, other = np.asarray(first, float), np.asarray(second, float)
    if one.shape != other.shape or one.ndim != 1:
        raise ValueError("both must be one value a unit")
    if swing < 1:
        raise ValueError("a swing is 1 or more")
    return one, other


def _not_used(broken: int, missing: int) -> tuple[Note, ...]:
    notes = []
    if broken:
        notes.append(
            Note(
                "figure-impossible",
                broken,
                "ตัวตั้งหรือตัวหารเป็นไปไม่ได้ จึงไม่ได้นำมาเทียบ",
                "The numerator or denominator is impossible, so the figure is not compared.",
            )
        )
    if missing:
        notes.append(
            Note("figure-missing", missing, "ไม่มีค่า จึงไม่ได้นำมาเทียบ", "There is no figure, so it is not compared.")
        )
    return tuple(notes)
