"""Sentences that come with their English from the product's core, and figures with their intervals, written out."""

from __future__ import annotations

from sanyan.apps.analytics.queries import Span
from sanyan.core.indicators.definitions import Indicator, Kind
from sanyan.core.signed_documents import Words
from sanyan.core.warning.trend_words import change_unit
from sanyan.interfaces.web import formats


def said(sentence: Words) -> str:
    """A sentence in the reader's language, a capital first in English."""
    if formats.in_thai() or not sentence.en:
        return formats.digits(sentence.th)
    return sentence.en[:1].upper() + sentence.en[1:]


def chance(probability: float | None) -> str:
    """A probability (0-1) as a percent that never claims to be certain: "72 %", "> 99 %"."""
    if probability is None:
        return formats.MISSING
    if probability > 0.99:
        return f">{formats.THIN}{formats.percent(99, 0)}"
    if probability < 0.01:
        return f"<{formats.THIN}{formats.percent(1, 0)}"
    return formats.percent(100 * probability, 0)


def between(low: float | None, high: float | None, decimals: int = 0) -> str:
    """ "12–47": two bounds with a dash between; "–" where one is missing."""
    if low is None or high is None:
        return formats.MISSING
    first, last = formats.number(low, decimals), formats.number(high, decimals)
    return first if first == last else f"{first}–{last}" if low >= 0 else f"{first} – {last}"


def signed(value: float | None, decimals: int = 1) -> str:
    """A difference with its sign: "+3.1", "−4.0"."""
    written = formats.number(value, decimals)
    return f"+{written}" if value is not None and value > 0 and written.strip("0๐.,") else written


def signed_between(low: float | None, high: float | None, decimals: int = 1) -> str:
    """Bounds of a difference: "−6.1 … +0.4"."""
    if low is None or high is None:
        return formats.MISSING
    return f"{signed(low, decimals)} … {signed(high, decimals)}"


def points(indicator: Indicator) -> str:
    """What differences are counted in: points for a percent, else its unit."""
    unit = change_unit(indicator)
    return unit.th if formats.in_thai() else unit.en


def places_of(indicator: Indicator) -> int:
    """Decimals of an estimate: none for what is counted whole, at least one for the rest."""
    return indicator.decimals if indicator.kind is Kind.NUMBER else max(indicator.decimals, 1)


def rank_words(rank: Span, of: int) -> str:
    """A rank as the interval it probably lies in, never as one number."""
    low, high = rank.low80, rank.high80
    if low is None or high is None:
        return formats.MISSING
    return f"{between(low, high)}{formats.THIN}/{formats.THIN}{formats.count(of)}"
