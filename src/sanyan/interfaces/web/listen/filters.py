"""Which passages a page is about. The choice lives in the address, so a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.http import HttpRequest

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.narratives.queries import PassageFilters
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.core.indicators.definitions import NarrativeField, PolicyArea
from sanyan.core.text.stances import is_read
from sanyan.interfaces.web import words

NAMES = ("region", "type", "policy", "indicator", "field", "stance", "theme", "area", "rounds")
LONGEST_ID = 18  # digits that any database holds


@dataclass(frozen=True)
class TextFilter:
    """What was chosen, and what can be."""

    chosen: dict[str, str]
    regions: tuple[tuple[str, OrganisationInfo], ...]
    types: dict[str, words.Word]
    policies: tuple[PolicyArea, ...]
    fields: tuple[NarrativeField, ...]
    stances: dict[str, words.Word]
    area: OrganisationInfo | None
    filters: PassageFilters


def text_filter(request: HttpRequest, viewer: Viewer, info: RoundInfo) -> TextFilter:
    """The filter of an address, over one round, or over all where `rounds=all`."""
    chosen = {name: request.GET.get(name, "") for name in NAMES}
    only = {name: number(chosen[name]) for name in ("area", "theme")}
    framework = frameworks.framework_version(viewer=viewer, version_id=info.version_id).definition
    scope = visible_organisations(viewer=viewer)
    areas = organisations.areas(on=info.data_until, ids=None if scope.everything else scope.ids)
    regions = {area.region_code: area for area in areas if area.region_code and area.region_id}
    region = regions.get(chosen["region"])
    types = {code: words.word("area_type", code) for code in sorted({area.area_type for area in areas})}
    fields = tuple(item for item in framework.narrative_fields if is_read(item))
    known: dict[str, Collection[str]] = {
        "region": regions,
        "type": types,
        "policy": [item.code for item in framework.policy_areas],
        "field": [item.key for item in fields],
        "stance": words.STANCE,
        "rounds": ["all"],
    }
    chosen |= {name: "" for name, codes in known.items() if chosen[name] not in codes}
    return TextFilter(
        chosen=chosen,
        regions=tuple(sorted(regions.items(), key=lambda item: item[0])),
        types=types,
        policies=framework.policy_areas,
        fields=fields,
        stances=words.STANCE,
        area=next((area for area in areas if area.id == only["area"]), None),
        filters=PassageFilters(
            round_id=None if chosen["rounds"] == "all" else info.id,
            region_id=region.region_id if region else None,
            organisation_ids=None if only["area"] is None else frozenset({only["area"]}),
            area_type=chosen["type"],
            policy_area=chosen["policy"],
            indicator=chosen["indicator"],
            field=chosen["field"],
            stance=chosen["stance"],
            theme_id=only["theme"],
        ),
    )


def number(text: str) -> int | None:
    """The id that an address or a form names; 0, which nothing has, where it is beyond all ids; None where it is no
    number."""
    if not text.isdecimal():
        return None
    return int(text) if len(text) <= LONGEST_ID else 0
