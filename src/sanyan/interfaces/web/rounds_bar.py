"""Which round a page is about: the one in the address, else the one people work on."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils import timezone

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.collection import queries as collection
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.core.errors import NotFoundError


class NoRoundYetError(NotFoundError):
    """There is no round to show: a first visit, not a wrong address."""


def choices(request: HttpRequest, viewer: Viewer) -> tuple[RoundInfo, ...]:
    """Every round that can be chosen, newest first, looked up once a request."""
    held: tuple[RoundInfo, ...] | None = getattr(request, "sanyan_rounds", None)
    if held is None:
        held = tuple(sorted(frameworks.rounds(viewer=viewer), key=lambda item: (item.key, -item.id), reverse=True))
        request.sanyan_rounds = held  # type: ignore[attr-defined]
    return held


def chosen(request: HttpRequest, viewer: Viewer, *, required: bool = True) -> RoundInfo | None:
    """The round of a page. NotFoundError for an unknown one, unless the page can do without."""
    held = choices(request, viewer)
    asked = request.GET.get("round", "")
    if asked:
        found = next((item for item in held if str(item.id) == asked), None)
        if found is None and required:
            raise NotFoundError(f"round {asked}")
        return found
    current = frameworks.current_round(viewer=viewer, today=timezone.localdate())
    if current is None or _answers(viewer):
        return current or next(iter(held), None)
    # Who reads results lands where there are some: a round opened this morning is empty.
    told = collection.rounds_with_results(viewer=viewer)
    return current if current.id in told else next((info for info in held if info.id in told), current)


def _answers(viewer: Viewer) -> bool:
    """Whether the viewer is here to answer rather than to read."""
    return viewer.has("area_officer", "area_director", "school_staff")


def round_of(request: HttpRequest, viewer: Viewer) -> RoundInfo:
    """The round of a page that needs one; NoRoundYetError where none is set up."""
    found = chosen(request, viewer)
    if found is None:
        raise NoRoundYetError("round")
    return found
