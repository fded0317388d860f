"""Which passages a page is about. The choice lives in the address, so a link shows what its sender saw."""

from __future__ import annotations

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


@dataclass(frozen=True)
class TextFilter:
    """What was chosen, and what can be."""

    chosen: dict[str, str]
    regions: tuple[tuple[str, OrganisationInfo], ...]
    types: dict[str, words.Word]
    policies: tuple[PolicyArea, ...]
    fields: tuple[NarrativeField, ...]
    stances: dict[str, words.Word]
    filters: PassageFilters

    @property
    def active(self) -> bool:
        return any(self.chosen.values())


def text_filter(request: HttpRequest, viewer: Viewer, info: RoundInfo) -> TextFilter:
    """The filter of an address, over one round, or over all where `rounds=all`."""
    chosen = {name: request.GET.get(name, "") for name in NAMES}
    framework = frameworks.framework_version(viewer=viewer, version_id=info.version_id).definition
    scope = visible_organisations(viewer=viewer)
    areas = organisations.areas(on=info.data_until, ids=None if scope.everything else scope.ids)
    regions = {area.region_code: area for area in areas if area.region_code and area.region_id}
    region = regions.get(chosen["region"])
    return TextFilter(
        chosen=chosen,
        regions=tuple(sorted(regions.items(), key=lambda item: item[0])),
        types={code: words.word("area_type", code) for code in sorted({area.area_type for area in areas})},
        policies=framework.policy_areas,
        fields=tuple(item for item in framework.narrative_fields if is_read(item)),
        stances=words.STANCE,
        filters=PassageFilters(
            round_id=None if chosen["rounds"] == "all" else info.id,
            region_id=region.region_id if region else None,
            organisation_ids=frozenset({int(chosen["area"])}) if chosen["area"].isdecimal() else None,
            area_type=chosen["type"],
            policy_area=chosen["policy"],
            indicator=chosen["indicator"],
            field=chosen["field"],
            stance=chosen["stance"],
            theme_id=int(chosen["theme"]) if chosen["theme"].isdecimal() else None,
        ),
    )
