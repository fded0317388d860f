"""An indicator's outlook from its history: where units stand to their target, what changed, and what is to come."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr

from sanyan.core.indicators.definitions import Indicator, Kind
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Words
from sanyan.core.stats.observing import noise_in_unit, observe
from sanyan.core.stats.panel import BoolArray, FloatArray
from sanyan.core.warning.ahead import NOT_FORECAST, later_this_year, next_round_of, next_year
from sanyan.core.warning.figures import History, scale_of
from sanyan.core.warning.outlook import Ahead, Outlook
from sanyan.core.warning.targets import target_of
from sanyan.core.warning.trend import Trend, robust_sd, trend

NO_LAST_YEAR = Words(
    "ไม่มีรอบเดียวกันของปีก่อน หรือมีน้อยกว่า 5 เขต จึงยังบอกการเปลี่ยนแปลงไม่ได้",
    "There is no same round last year, or fewer than five areas have it, so changes cannot be told.",
)


@dataclass(frozen=True)
class Reported:
    """All figures of one indicator: arrays of units x rounds, NaN where missing; the last round is the current."""

    indicator: Indicator
    units: tuple[str, ...]
    rounds: tuple[RoundKey, ...]
    value: FloatArray
    numerator: FloatArray
    denominator: FloatArray


def history_of(reported: Reported) -> History:
    """The history with the noise of every figure."""
    noise = np.zeros_like(reported.value)
    for place, key in enumerate(reported.rounds):
        like = [index for index in range(place) if reported.rounds[index].month == key.month]
        observed = observe(
            reported.indicator,
            value=reported.value[:, place],
            numerator=reported.numerator[:, place],
            denominator=reported.denominator[:, place],
            earlier=reported.value[:, like].T if like else None,
        )
        noise[:, place] = noise_in_unit(observed)
    return History(
        reported.indicator,
        reported.units,
        reported.rounds,
        reported.value,
        reported.numerator,
        reported.denominator,
        noise,
    )


def outlook_of(history: History) -> Outlook:
    """The outlook of the latest round. What cannot be worked out is said in `cannot`."""
    indicator, key = history.indicator, history.rounds[-1]
    value, before = history.column(key), history.column(key.same_last_year)
    target = target_of(indicator, key.month, before)
    moved = _trend(history, key)
    sign = indicator.direction.sign
    known = bool(np.isfinite(value).any())
    coming = {name: told for name, told in _coming(history, key).items() if known}
    cannot = {name: told for name, told in coming.items() if isinstance(told, Words)}
    if moved is None and known:
        cannot["trend"] = NO_LAST_YEAR
    ahead = {name: told for name, told in coming.items() if isinstance(told, Ahead)}
    return Outlook(
        indicator=indicator,
        round=key,
        units=history.units,
        value=value,
        before=before,
        target=target,
        p_off=_probability_off(sign * (value - target), history.column(key, "noise")),
        met_before=_met_before(history, key, sign),
        spread=robust_sd(value),
        part=history.column(key, "numerator"),
        n=history.column(key, "denominator"),
        trend=moved,
        next=ahead.get("next"),
        year_end=ahead.get("year_end"),
        cannot=cannot,
    )


def _coming(history: History, key: RoundKey) -> dict[str, Ahead | Words]:
    """Forecasts of the next round and of the last of the year, or why there is none; one that is both is made once."""
    if history.indicator.kind is Kind.YES_NO:
        return {"next": NOT_FORECAST}
    following = next_round_of(history, key)
    if following.fiscal_year > key.fiscal_year:
        return {"next": next_year(history, following)}
    last = RoundKey(key.fiscal_year, max(history.indicator.months))
    end = later_this_year(history, key, last)
    return {"next": end if following == last else later_this_year(history, key, following), "year_end": end}


def _trend(history: History, key: RoundKey) -> Trend | None:
    """Changes since the same round last year; earlier years' give the usual swing."""
    if history.indicator.kind is Kind.YES_NO:
        return None
    earlier = [held for held in history.rounds if held.month == key.month and held < key]
    past = tuple(
        (history.column(later), history.column(later.same_last_year))
        for later in earlier
        if later.same_last_year in history.rounds
    )
    noise = np.hypot(history.column(key, "noise"), history.column(key.same_last_year, "noise"))
    return trend(
        now=history.column(key),
        before=history.column(key.same_last_year),
        scale=scale_of(history.indicator),
        noise=noise,
        past=past,
    )


def _met_before(history: History, key: RoundKey, sign: float) -> BoolArray:
    """Whether the same round last year met its own target; false where that is not known."""
    last = key.same_last_year
    target = target_of(history.indicator, key.month, history.column(last.same_last_year))
    with np.errstate(invalid="ignore"):
        met: BoolArray = sign * (history.column(last) - target) >= 0
    return met


def _probability_off(margin: FloatArray, noise: FloatArray) -> FloatArray:
    """P(the value without its chance swing misses the target), from the margin to it; NaN where unknown."""
    sure = noise <= 0
    score = margin / np.where(sure, 1.0, noise)
    return np.where(np.isnan(margin), np.nan, np.where(sure, (margin < 0).astype(float), ndtr(-score)))
