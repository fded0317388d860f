"""What the queries of trends and forecasts answer with."""

from __future__ import annotations

from dataclasses import dataclass

from sanyan.apps.analytics.queries.types import AreaRef, HistoryPoint, Source
from sanyan.core.indicators.definitions import Indicator
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Words


@dataclass(frozen=True)
class AheadFigure:
    """What is expected of one area in a later round, in the indicator's unit; bounds of 80 and 95 %.

    `p_miss` is the probability (0-1) of not reaching `target`, `p_drop` that of falling a usual swing behind the
    others; None where it cannot be told. `system` says what the whole system is expected to do meanwhile; `pasts`
    earlier years were learnt from.
    """

    round: RoundKey
    mean: float
    low: float
    high: float
    low95: float
    high95: float
    target: float | None
    p_miss: float | None
    p_drop: float | None
    system: Words
    pasts: int


@dataclass(frozen=True)
class AreaIndicatorOutlook:
    """One indicator of an area: its past, what of its change is its own, and what is to come. `trend` is the sentence
    that tells national and own part apart; `cannot` says what could not be worked out."""

    indicator: Indicator
    value: float | None
    before: float | None
    target: float | None
    trend: Words | None
    own_in_unit: float | None
    p_worse: float | None
    next: AheadFigure | None
    year_end: AheadFigure | None
    history: tuple[HistoryPoint, ...]
    cannot: tuple[Words, ...]


@dataclass(frozen=True)
class AreaOutlook:
    """All judged indicators of an area, in the framework's order."""

    area: AreaRef
    round: RoundKey
    round_id: int
    indicators: tuple[AreaIndicatorOutlook, ...]
    source: Source


@dataclass(frozen=True)
class SystemAhead:
    """What is expected of the whole system in a later round: the figure of the system moved by the national part, with
    its 80 % interval, and how many of `of` areas will miss the target, with theirs: they share the
    year's shock."""

    round: RoundKey
    middle: float | None
    low: float | None
    high: float | None
    target: float | None
    missing: float
    missing_low: float
    missing_high: float
    of: int
    pasts: int


@dataclass(frozen=True)
class AreaAhead:
    """One area in sight with what is expected of it next and at the end of the year."""

    area: AreaRef
    value: float | None
    next: AheadFigure | None
    year_end: AheadFigure | None


@dataclass(frozen=True)
class IndicatorOutlook:
    """One indicator of the whole system: what changed for everyone, and what is to come. `same_way` of `compared` areas
    moved the way the system did; `system` says so in a sentence, None where there is nothing to compare with."""

    indicator: Indicator
    round: RoundKey
    round_id: int
    system: Words | None
    same_way: int
    compared: int
    next: SystemAhead | None
    year_end: SystemAhead | None
    areas: tuple[AreaAhead, ...]
    history: tuple[HistoryPoint, ...]
    cannot: tuple[Words, ...]
    source: Source


@dataclass(frozen=True)
class SystemMove:
    """One indicator that moved for the whole system since the same round last year, beside the spread of areas."""

    indicator: Indicator
    sentence: Words
    improved: bool
    size: float
    same_way: int
    compared: int
