"""What the frame of every page shows: places by verb, rounds, and the reader's choices."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.notifications import queries as notifications
from sanyan.interfaces.web import formats, places, rounds_bar, words
from sanyan.interfaces.web.pages import viewer_of
from sanyan.interfaces.web.signals.asking import waiting


@dataclass(frozen=True)
class Frame:
    """The frame of a page. `round` is the one that the address or the calendar chose."""

    thai_digits: bool
    now: datetime
    me: str = ""
    roles: tuple[str, ...] = ()
    verbs: tuple[places.Verb, ...] = ()
    places: tuple[places.PlaceLink, ...] = ()
    rounds: tuple[Any, ...] = ()
    round: Any = None
    many_frameworks: bool = field(default=False)
    unread: int = 0
    waiting: int = 0


def frame(request: HttpRequest) -> dict[str, Frame]:
    """The context processor."""
    thai, now = formats.thai_digits_chosen(), timezone.now()
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"frame": Frame(thai, now)}
    viewer = viewer_of(request)
    choices = rounds_bar.choices(request, viewer)
    current = rounds_bar.chosen(request, viewer, required=False)
    asked = request.GET.get("round", "")
    verbs = places.verbs_for(viewer, path=request.path, keep=f"?round={asked}" if asked.isdigit() else "")
    shown = next((verb.places for verb in verbs if verb.current), ())
    return {
        "frame": Frame(
            thai_digits=thai,
            now=now,
            me=viewer.name,
            roles=_roles(viewer),
            verbs=verbs,
            places=shown,
            rounds=choices,
            round=current,
            many_frameworks=len({choice.framework_code for choice in choices}) > 1,
            unread=notifications.unread_count(viewer=viewer),
            waiting=_waiting(viewer, current, shown, now),
        )
    }


def _waiting(viewer: Viewer, current: RoundInfo | None, shown: tuple[places.PlaceLink, ...], now: datetime) -> int:
    """How many signals nobody has answered, where the menu has a place for the number."""
    if current is None or all(place.view != places.SIGNALS for place in shown):
        return 0
    return waiting(viewer, current, today=timezone.localdate(now))


def _roles(viewer: Viewer) -> tuple[str, ...]:
    return tuple(dict.fromkeys(str(words.word("role", grant.role).text) for grant in viewer.grants))
