"""What areas wrote, beside figures and warnings: a few quotes, each of which opens its source."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.narratives import queries
from sanyan.apps.narratives.queries import PassageFilters
from sanyan.core.errors import NotFoundError
from sanyan.interfaces.web.listen.quoting import Quote, quote_of

STANCES = ("problem", "success", "suggestion")


@dataclass(frozen=True)
class Voices:
    """Quotes to show beside something, and where to search on."""

    quotes: tuple[Quote, ...] = ()
    more: str = ""
    hide_area: bool = False


def about_indicator(
    viewer: Viewer, info: RoundInfo, code: str, *, organisation_ids: Iterable[int] | None = None
) -> Voices:
    """What was written about what an indicator counts, by these areas or by all."""
    framework = frameworks.framework_version(viewer=viewer, version_id=info.version_id).definition
    try:
        indicator = framework.indicator(code)
    except KeyError:
        return Voices()
    ids = None if organisation_ids is None else frozenset(organisation_ids)
    filters = PassageFilters(round_id=info.id, organisation_ids=ids)
    hits = queries.quotes_about(viewer=viewer, about=indicator.name_th, filters=filters)
    more = urlencode({"q": indicator.name_th, "round": info.id})
    return Voices(tuple(quote_of(hit, most=200) for hit in hits), f"{reverse('listen:search')}?{more}")


def of_area(viewer: Viewer, info: RoundInfo, organisation_id: int) -> Voices:
    """One passage of each stance that an area wrote in a round."""
    try:
        found = queries.voices_of(viewer=viewer, organisation_id=organisation_id, round_id=info.id, stances=STANCES)
    except NotFoundError:
        return Voices()
    more = urlencode({"area": organisation_id, "round": info.id})
    return Voices(
        tuple(quote_of(passage, most=200) for passage in found), f"{reverse('listen:search')}?{more}", hide_area=True
    )
