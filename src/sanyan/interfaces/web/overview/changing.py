"""What the overview says of signals: the first to look at, and what has changed since the round before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import SystemMove
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.signals import queries as signals
from sanyan.apps.signals.queries import RegionNews, SignalFilter
from sanyan.interfaces.web import formats, words
from sanyan.interfaces.web.signals.asking import Asked, seat_of
from sanyan.interfaces.web.signals.cards import Card, cards

TOP_SHOWN, MOVES_SHOWN, WIDE_SHOWN, REGIONS_SHOWN = 4, 3, 3, 6


@dataclass(frozen=True)
class Move:
    """One indicator that moved for the whole system, in words."""

    item: SystemMove
    sentence: str


@dataclass(frozen=True)
class Changing:
    """What has changed: moves of the whole system, new signals, and what was closed."""

    moves: tuple[Move, ...]
    new: int
    wide: tuple[Card, ...]
    wide_more: int
    regions: tuple[RegionNews, ...]
    regions_more: int
    closed: tuple[tuple[str, int], ...]
    gone: int

    @property
    def any(self) -> bool:
        """Whether there is anything to say."""
        return bool(self.moves or self.new or self.closed or self.gone)


@dataclass(frozen=True)
class Top:
    """The first signals to look at, and how many there are."""

    cards: tuple[Card, ...]
    total: int


def top_signals(request: HttpRequest, viewer: Viewer, info: RoundInfo, *, region: str, today: date) -> Top:
    """The first signals of where the viewer sits; `region` narrows as the page's filter does."""
    seat = seat_of(viewer, today=today)
    asked = Asked(tab=seat.tabs[0], round_id=info.id if request.GET.get("round") else None, region=region)
    only: SignalFilter = asked.filter(info, seat.region)
    first = signals.inbox(viewer=viewer, today=today, only=only, limit=TOP_SHOWN)
    total = signals.how_many(viewer=viewer, today=today, only=only) if len(first) == TOP_SHOWN else len(first)
    return Top(tuple(cards(request, first, today=today)), total)


def changing(request: HttpRequest, viewer: Viewer, info: RoundInfo, *, today: date) -> Changing:
    """What has changed since the round before; moves are told since the same round last year."""
    moves = analytics.system_moves(viewer=viewer, round_id=info.id)[:MOVES_SHOWN]
    news = signals.news(viewer=viewer, today=today, info=info)
    return Changing(
        moves=tuple(Move(item, formats.told(item.sentence)) for item in moves),
        new=news.new,
        wide=tuple(cards(request, news.wide[:WIDE_SHOWN], today=today)),
        wide_more=max(0, len(news.wide) - WIDE_SHOWN),
        regions=news.regions[:REGIONS_SHOWN],
        regions_more=sum(region.count for region in news.regions[REGIONS_SHOWN:]),
        closed=tuple((code, news.closed[code]) for code in words.OUTCOME if news.closed.get(code)),
        gone=news.gone,
    )
