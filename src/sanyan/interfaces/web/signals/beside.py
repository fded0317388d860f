"""Open signals beside something else: on the page of an area, or of an indicator."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest
from django.utils import timezone

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.signals import queries
from sanyan.apps.signals.queries import SignalFilter
from sanyan.interfaces.web.addresses import address
from sanyan.interfaces.web.signals.cards import Card, cards

SHOWN = 5


@dataclass(frozen=True)
class Beside:
    """The first few open signals of something, how many there are, and where to see them all."""

    cards: tuple[Card, ...]
    total: int
    href: str


def of_area(request: HttpRequest, viewer: Viewer, organisation_id: int, info: RoundInfo) -> Beside:
    """Open signals about an area, or that have it among many; for `templates/signals/of_place.html`."""
    only = SignalFilter(
        framework_code=info.framework_code, is_practice=info.is_practice, organisation_id=organisation_id
    )
    return _beside(request, viewer, only, address(request, "signals:inbox", tab="all", area=organisation_id, round=""))


def of_indicator(request: HttpRequest, viewer: Viewer, code: str, info: RoundInfo) -> Beside:
    """Open signals in sight about an indicator; for `templates/signals/of_place.html`."""
    only = SignalFilter(framework_code=info.framework_code, is_practice=info.is_practice, indicator_code=code)
    return _beside(request, viewer, only, address(request, "signals:inbox", tab="all", indicator=code, round=""))


def _beside(request: HttpRequest, viewer: Viewer, only: SignalFilter, href: str) -> Beside:
    today = timezone.localdate()
    first = queries.inbox(viewer=viewer, today=today, only=only, limit=SHOWN)
    total = len(first) if len(first) < SHOWN else queries.how_many(viewer=viewer, today=today, only=only)
    return Beside(tuple(cards(request, first, today=today)), total, href)
