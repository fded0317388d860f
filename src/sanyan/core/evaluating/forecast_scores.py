"""How one test came out, with persistence ("same as last round") beside every figure."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Any

import numpy as np

from sanyan.core.evaluating.forecast_run import ForecastCase
from sanyan.core.evaluating.scores import (
    average_precision,
    brier,
    calibration_error,
    coverage,
    interval_score,
    precision_at,
    recall_at,
)
from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.warning.events import adverse_quartile, meets, relative_drops, sign_of

FEWEST_EVENTS = 5
FEWEST_CHANGES = 20  # that make a persistence band
SMALL = 0.2
_NAN = float("nan")


@dataclass(frozen=True)
class ForecastScores:
    """The figures of one test over the units whose value is known; NaN where a figure cannot be had.

    Persistence is the last value; its band and its probability of a breach come from all units' changes in the last
    round. `..._base` is the probability told to all alike: how often it happened one round earlier. `..._small` is of
    the fifth of units with the smallest size. Events that happened fewer than five times are not scored.
    """

    n: int
    mae: float
    mae_persistence: float
    cov80: float
    cov80_persistence: float
    cov95: float
    cov80_small: float
    cov95_small: float
    is80: float
    is80_persistence: float
    breach_n: int
    breach_rate: float = _NAN
    breach_ap: float = _NAN
    breach_ap_persistence: float = _NAN
    breach_p10: float = _NAN
    breach_p10_persistence: float = _NAN
    breach_recall10: float = _NAN
    breach_recall10_persistence: float = _NAN
    breach_brier: float = _NAN
    breach_brier_persistence: float = _NAN
    breach_brier_base: float = _NAN
    breach_ece: float = _NAN
    reldrop_rate: float = _NAN
    reldrop_ap: float = _NAN
    reldrop_p10: float = _NAN
    reldrop_brier: float = _NAN
    reldrop_brier_base: float = _NAN
    reldrop_ece: float = _NAN

    @property
    def mae_ratio(self) -> float:
        """The mean absolute error beside that of persistence."""
        return self.mae / self.mae_persistence if self.mae_persistence > 0 else _NAN

    def as_dict(self) -> dict[str, float | int]:
        """All figures by name, with the error's ratio."""
        return {held.name: getattr(self, held.name) for held in fields(self)} | {"mae_ratio": self.mae_ratio}


def score(case: ForecastCase) -> ForecastScores:
    """Every figure of one test."""
    said = case.said
    known = np.isfinite(case.truth) & np.isfinite(said.last)
    truth, last = case.truth[known], said.last[known]
    lo80, hi80, lo95, hi95 = (part[known] for part in (said.lo80, said.hi80, said.lo95, said.hi95))
    low, high = _band(case)
    small = _small(case)[known]
    return ForecastScores(
        n=len(truth),
        mae=_mean(np.abs(truth - said.mean[known])),
        mae_persistence=_mean(np.abs(truth - last)),
        cov80=coverage(truth, lo80, hi80),
        cov80_persistence=coverage(truth, last + low, last + high) if np.isfinite(low) else _NAN,
        cov95=coverage(truth, lo95, hi95),
        cov80_small=coverage(truth[small], lo80[small], hi80[small]),
        cov95_small=coverage(truth[small], lo95[small], hi95[small]),
        is80=interval_score(truth, lo80, hi80, 0.8),
        is80_persistence=interval_score(truth, last + low, last + high, 0.8),
        **_breach(case, known & case.met),
        **_drop(case, known),
    )


def breaches(case: ForecastCase) -> BoolArray:
    """Which units that met the target miss it at the test; false where not known."""
    known = np.isfinite(case.truth) & case.met
    return known & ~meets(case.truth, case.target, case.said.direction)


def drops(case: ForecastCase) -> BoolArray:
    """Which units fell a usual swing or more behind the others at the test; false where not known."""
    return relative_drops(case.said.last, case.truth, case.swing, case.said.direction)


def persistence_p_breach(case: ForecastCase) -> FloatArray:
    """The share of last round's changes that would carry a unit past the target; NaN where none are known."""
    changes = _last_changes(case)
    if not len(changes):
        return np.full(len(case.truth), np.nan)
    sign = sign_of(case.said.direction)
    room = np.sort(sign * changes)
    needed = sign * (case.target - case.said.last)  # a change below this is a breach
    found: FloatArray = np.searchsorted(room, needed, side="left") / len(room)
    return found


def base_rate(case: ForecastCase) -> float:
    """How often a breach happened one round earlier, by that round's own target; NaN where not known."""
    direction = case.said.direction
    target = adverse_quartile(case.before, direction)
    if not np.isfinite(target):
        return _NAN
    met = meets(case.before, target, direction) & np.isfinite(case.said.last)
    return _mean((~meets(case.said.last[met], target, direction)).astype(float))


def _breach(case: ForecastCase, among: BoolArray) -> dict[str, Any]:
    happened, probability = breaches(case)[among], case.p_breach[among]
    figures: dict[str, Any] = {"breach_n": int(among.sum()), "breach_rate": _mean(happened.astype(float))}
    if happened.sum() < FEWEST_EVENTS:
        return figures
    nearness = sign_of(case.said.direction) * (case.target - case.said.last[among])
    base = np.full(len(happened), base_rate(case))
    return figures | {
        "breach_ap": average_precision(probability, happened),
        "breach_ap_persistence": average_precision(nearness, happened),
        "breach_p10": precision_at(probability, happened),
        "breach_p10_persistence": precision_at(nearness, happened),
        "breach_recall10": recall_at(probability, happened),
        "breach_recall10_persistence": recall_at(nearness, happened),
        "breach_brier": brier(probability, happened),
        "breach_brier_persistence": brier(persistence_p_breach(case)[among], happened),
        "breach_brier_base": brier(base, happened),
        "breach_ece": calibration_error(probability, happened),
    }


def _drop(case: ForecastCase, known: BoolArray) -> dict[str, Any]:
    happened, probability = drops(case)[known], case.p_reldrop[known]
    figures: dict[str, Any] = {"reldrop_rate": _mean(happened.astype(float))}
    if happened.sum() < FEWEST_EVENTS or not np.isfinite(probability).all():
        return figures
    before = relative_drops(case.before, case.said.last, case.swing, case.said.direction)
    usual = _mean(before[np.isfinite(case.before) & np.isfinite(case.said.last)].astype(float))
    return figures | {
        "reldrop_ap": average_precision(probability, happened),
        "reldrop_p10": precision_at(probability, happened),
        "reldrop_brier": brier(probability, happened),
        "reldrop_brier_base": brier(np.full(len(happened), usual), happened),
        "reldrop_ece": calibration_error(probability, happened),
    }


def _band(case: ForecastCase) -> tuple[float, float]:
    """Persistence's 80 % band around the last value: the middle of last round's changes."""
    changes = _last_changes(case)
    if len(changes) < FEWEST_CHANGES:
        return _NAN, _NAN
    low, high = np.quantile(changes, (0.1, 0.9))
    return float(low), float(high)


def _last_changes(case: ForecastCase) -> FloatArray:
    changes = case.said.last - case.before
    return changes[np.isfinite(changes)]


def _small(case: ForecastCase) -> BoolArray:
    known = np.isfinite(case.truth) & np.isfinite(case.said.last)
    if case.size is None or not np.isfinite(case.size[known]).any():
        return np.zeros(len(case.truth), dtype=bool)
    sized = known & np.isfinite(case.size)
    limit = np.quantile(case.size[sized], SMALL)
    return sized & (np.where(sized, case.size, np.inf) <= limit)


def _mean(values: FloatArray) -> float:
    return float(np.mean(values)) if len(values) else _NAN
