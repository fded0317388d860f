"""The places of a question as areas of a round, within what the reader may see."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from sanyan.apps.accounts.access import Scope, Viewer, visible_organisations
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.queries import AREA_TYPE_NAMES, OrganisationInfo
from sanyan.core.asking.understanding import Understanding
from sanyan.core.asking.zones import BY_CODE
from sanyan.core.signed_documents import Words

SMALLEST_GROUP = 5  # areas; the sum of fewer would tell of one that is out of sight
WHOLE = Words("ทั้งประเทศ", "the whole country")


@dataclass(frozen=True)
class Group:
    """One place that was named: its areas by code. `only` is the area where it is one; `is_open` says that its sum
    may be told, `is_whole` that it is everything."""

    code: str
    name: Words
    areas: Mapping[str, OrganisationInfo]
    only: OrganisationInfo | None = None
    region_code: str = ""
    is_open: bool = True
    is_whole: bool = False

    @property
    def codes(self) -> tuple[str, ...]:
        """Codes of its areas in order."""
        return tuple(sorted(self.areas))

    @property
    def ids(self) -> frozenset[int]:
        """Ids of its areas."""
        return frozenset(area.id for area in self.areas.values())


@dataclass(frozen=True)
class Named:
    """The places of a question: each apart, and all of them as one. `hidden` are areas out of the reader's sight."""

    groups: tuple[Group, ...]
    whole: Group
    scope: Scope
    hidden: tuple[Words, ...]

    @property
    def one(self) -> Group:
        """What the question is about: the place where it names one, else the whole."""
        return self.groups[0] if len(self.groups) == 1 else self.whole


def named_places(viewer: Viewer, told: Understanding, *, on: date) -> Named:
    """The places that a question named, narrowed by the type it named."""
    scope = visible_organisations(viewer=viewer)
    areas = {a.code: a for a in organisations.areas(on=on) if told.area_type in ("", a.area_type)}
    found = list(_groups(viewer, told, areas, scope, on))
    hidden = tuple(group.name for group in found if not group.is_open)
    name = Words(*AREA_TYPE_NAMES[told.area_type]) if told.area_type in AREA_TYPE_NAMES else WHOLE
    whole = Group("", name, areas, is_whole=not told.area_type)
    return Named(tuple(group for group in found if group.is_open), whole, scope, hidden)


def _groups(
    viewer: Viewer, told: Understanding, areas: Mapping[str, OrganisationInfo], scope: Scope, on: date
) -> Iterable[Group]:
    every = {area.code: area for area in organisations.areas(on=on)}
    for code in told.organisations:
        if code in every:
            area = every[code]
            yield Group(code, short(area), {code: area}, area, is_open=scope.allows(area.id))
    if told.own:
        mine = {grant.organisation_id for grant in viewer.grants}
        for area in every.values():
            if area.id in mine:
                yield Group(area.code, short(area), {area.code: area}, area)
    for region in organisations.regions(on=on):
        if region.code in told.regions:
            held = {code: area for code, area in areas.items() if area.region_code == region.code}
            words = Words(region.name_th, region.name_en or region.name_th)
            yield _group(region.code, words, held, scope, region_code=region.code)
    for zone in (BY_CODE[code] for code in told.zones):
        held = {code: area for code, area in areas.items() if zone.provinces & set(area.provinces)}
        yield _group(zone.code, Words(zone.th, zone.en), held, scope)
    for province in told.provinces:
        held = {code: area for code, area in areas.items() if province in area.provinces}
        yield _group(f"p:{province}", Words(f"จังหวัด{province}", province), held, scope)


def _group(
    code: str, name: Words, held: Mapping[str, OrganisationInfo], scope: Scope, *, region_code: str = ""
) -> Group:
    in_sight = all(scope.allows(area.id) for area in held.values())
    return Group(
        code, name, held, region_code=region_code, is_open=bool(held) and (in_sight or len(held) >= SMALLEST_GROUP)
    )


def short(area: OrganisationInfo) -> Words:
    """An area as pages name it."""
    return Words(area.short_th, area.name_en or area.short_th)
