from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from sanyan.apps.accounts.access import (
    SYSTEM,
    Capability,
    Scope,
    Viewer,
    organisations_where,
    visible_organisations,
)
from sanyan.apps.cases import access
from sanyan.apps.cases.models import Case, CaseField
from sanyan.apps.cases.queries.types import CaseCounts, CaseFilter, CaseInfo, CasePlaceInfo
from sanyan.apps.cases.standing import size_bands
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.core.cases.cards import CardField
from sanyan.core.indicators.definitions import Framework
from sanyan.core.signed_documents import Words
from sanyan.core.thai.personal_data import find_personal_data, mask

NEEDS = (CardField.ENABLERS, CardField.TRANSFER)  # what another place must have to do the same
LIBRARY = CaseFilter()


def library(*, viewer: Viewer, today: date, only: CaseFilter = LIBRARY) -> tuple[CaseInfo, ...]:
    """Published cases, the latest first: for everyone who may see anything."""
    rows = access.visible_cases(viewer=viewer).filter(state=Case.State.PUBLISHED)
    return described(viewer, rows, today, only)


def candidates(*, viewer: Viewer, today: date, only: CaseFilter = LIBRARY) -> tuple[CaseInfo, ...]:
    """Cases that are not in the library yet, within the viewer's sight; withdrawn ones only where asked for."""
    rows = access.visible_cases(viewer=viewer).exclude(state=Case.State.PUBLISHED)
    if only.state != Case.State.WITHDRAWN:
        rows = rows.exclude(state=Case.State.WITHDRAWN)
    return described(viewer, rows.order_by("policy_area", "organisation__code", "pk"), today, only)


def counts(*, viewer: Viewer, framework_code: str = "", is_practice: bool | None = None) -> CaseCounts:
    """How many cases are in the library, and how many wait in the viewer's sight."""
    only = CaseFilter(framework_code=framework_code, is_practice=is_practice)
    rows = _narrowed(access.visible_cases(viewer=viewer), only)
    published = rows.filter(state=Case.State.PUBLISHED).count()
    out = (Case.State.PUBLISHED, Case.State.WITHDRAWN)
    return CaseCounts(published, rows.exclude(state__in=out).count())


def cases_for(
    *,
    viewer: Viewer,
    today: date,
    organisation_id: int | None = None,
    indicator_code: str = "",
    is_practice: bool | None = None,
    limit: int = 6,
) -> tuple[CaseInfo, ...]:
    """Published cases of an area or about an indicator, for pages that lead to them."""
    only = CaseFilter(organisation_id=organisation_id, indicator_code=indicator_code, is_practice=is_practice)
    return library(viewer=viewer, today=today, only=only)[:limit]


def described(viewer: Viewer, rows: QuerySet[Case], today: date, only: CaseFilter = LIBRARY) -> tuple[CaseInfo, ...]:
    """Cases in the order given, as far as the filter lets them through."""
    shown = ("what", *NEEDS)
    held = list(
        _narrowed(rows, only)
        .select_related("nomination", "round__framework")
        .prefetch_related(Prefetch("fields", queryset=CaseField.objects.only("case", "field", "value", "standing")))
    )
    places = Places.of(viewer, {row.organisation_id for row in held}, today)
    infos = (_info(row, places, shown) for row in held)
    return tuple(info for info in infos if _keeps(info, only))


@dataclass
class Places:
    """Areas by id as pages name them, the frameworks of rounds, and whose own words the viewer reads unmasked."""

    areas: Mapping[int, OrganisationInfo]
    scope: Scope
    unmasked: Scope

    @classmethod
    def of(cls, viewer: Viewer, ids: Iterable[int], today: date) -> Places:
        scope = visible_organisations(viewer=viewer)
        areas = organisations.by_id(ids=ids, on=today)
        return cls(areas, scope, organisations_where(viewer=viewer, capability=Capability.ANSWER))

    def __post_init__(self) -> None:
        self._rounds: dict[int, tuple[RoundInfo, Framework]] = {}
        self._bands: dict[int, str] | None = None

    def round(self, round_id: int) -> tuple[RoundInfo, Framework]:
        """A round with the framework that it asked by."""
        if round_id not in self._rounds:
            info = frameworks.round_info(viewer=SYSTEM, round_id=round_id)
            version = frameworks.framework_version(viewer=SYSTEM, version_id=info.version_id)
            self._rounds[round_id] = (info, version.definition)
        return self._rounds[round_id]

    def place(self, organisation_id: int, round_id: int) -> CasePlaceInfo:
        """An area as pages name it."""
        if self._bands is None:
            self._bands = size_bands(self.round(round_id)[0])
        area = self.areas[organisation_id]
        return CasePlaceInfo(
            id=area.id,
            code=area.code,
            short_th=area.short_th,
            name_en=area.name_en or area.short_th,
            area_type=area.area_type,
            size_band=self._bands.get(area.id, ""),
            region_code=area.region_code,
            region_th=area.region_th,
            region_en=area.region_en or area.region_th,
            schools=area.schools,
            in_sight=self.scope.allows(area.id),
        )

    def shown(self, text: str, organisation_id: int) -> str:
        """A text of an area as this viewer may read it: names of people stay in their own office and the bureau."""
        return text if self.unmasked.allows(organisation_id) else mask(text, find_personal_data(text)).text


def _narrowed(rows: QuerySet[Case], only: CaseFilter) -> QuerySet[Case]:
    plain = {
        "policy_area": only.policy_area,
        "origin": only.origin,
        "state": only.state,
        "round__framework__code": only.framework_code,
    }
    rows = rows.filter(**{name: value for name, value in plain.items() if value})
    if only.is_practice is not None:
        rows = rows.filter(round__is_practice=only.is_practice)
    if only.organisation_id is not None:
        rows = rows.filter(organisation_id=only.organisation_id)
    if only.text:
        rows = rows.filter(Q(title__icontains=only.text) | Q(fields__value__icontains=only.text)).distinct()
    return rows


def _keeps(info: CaseInfo, only: CaseFilter) -> bool:
    code = only.indicator_code
    return (
        only.region_code in ("", info.place.region_code)
        and only.area_type in ("", info.place.area_type)
        and only.size_band in ("", info.place.size_band)
        and code in ("", info.indicator_code)
    )


def _info(row: Case, places: Places, shown: tuple[str, ...]) -> CaseInfo:
    info, framework = places.round(row.round_id)
    fields = {field.field: field for field in row.fields.all()}
    first = {
        name: places.shown(fields[name].value.partition("\n")[0], row.organisation_id) if name in fields else ""
        for name in shown
    }
    policy = next((item for item in framework.policy_areas if item.code == row.policy_area), None)
    nomination = getattr(row, "nomination", None)
    return CaseInfo(
        id=row.pk,
        origin=row.origin,
        via=nomination.via if nomination is not None else "",
        state=row.state,
        place=places.place(row.organisation_id, row.round_id),
        school_name=row.school_name,
        round_id=row.round_id,
        round=info.key,
        framework_code=info.framework_code,
        is_practice=info.is_practice,
        policy_area=row.policy_area,
        policy=Words(policy.name_th, policy.name_en or policy.name_th) if policy else Words(*(row.policy_area,) * 2),
        indicator_code=row.indicator_code,
        title=places.shown(row.title, row.organisation_id),
        is_tied=row.is_tied,
        figures=row.figures,
        rounds_above=len(row.evidence),
        copy=_what(fields, row.title, places, row.organisation_id),
        needs=next((first[name] for name in NEEDS if first[name]), ""),
        standings=Counter(field.standing for field in fields.values()),
        proposed_at=row.proposed_at,
        published_at=row.published_at,
    )


def _what(fields: Mapping[str, CaseField], title: str, places: Places, organisation_id: int) -> str:
    """The first of what was done that says more than the title."""
    held = fields.get(CardField.WHAT)
    lines = held.value.split("\n") if held else []
    return next((places.shown(line, organisation_id) for line in lines if line and line != title), "")
