"""What the reader asked the library for. It lives in the address, so a link shows what its sender saw."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Capability, Viewer, organisations_where, visible_organisations
from sanyan.apps.cases import queries
from sanyan.apps.cases.queries import CaseFilter
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.core.indicators.definitions import Framework
from sanyan.core.thai.characters import writable
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.addresses import address


@dataclass(frozen=True)
class Tab:
    """One of the lists, with how many it holds (None: not counted)."""

    key: str
    name: str
    href: str
    count: int | None = None


@dataclass(frozen=True)
class Asked:
    """The filters of an address."""

    policy: str
    region: str
    area_type: str
    size: str
    origin: str
    state: str
    text: str

    @classmethod
    def of(cls, request: HttpRequest) -> Asked:
        names = ("policy", "region", "type", "size", "origin", "state", "q")
        return cls(*(writable(request.GET.get(name, "")).strip()[:80] for name in names))

    @property
    def narrows(self) -> bool:
        return any((self.policy, self.region, self.area_type, self.size, self.origin, self.state, self.text))

    def filter(self, info: RoundInfo) -> CaseFilter:
        """The same for the app: cases of the framework and kind (practice or real) that the page is about."""
        return CaseFilter(
            policy_area=self.policy,
            region_code=self.region,
            area_type=self.area_type,
            size_band=self.size,
            origin=self.origin,
            state=self.state,
            framework_code=info.framework_code,
            is_practice=info.is_practice,
            text=self.text,
        )


def framework_of(viewer: Viewer, info: RoundInfo) -> Framework:
    """What the round of the page asks."""
    return frameworks.framework_version(viewer=viewer, version_id=info.version_id).definition


def regions(today: date) -> list[tuple[str, str]]:
    """Inspection regions by code, as filters name them."""
    thai = formats.in_thai()
    held = organisations.regions(on=today)
    return [(item.code, formats.digits(item.name_th) if thai else item.name_en or item.name_th) for item in held]


def areas_in_sight(viewer: Viewer, info: RoundInfo) -> Sequence[OrganisationInfo]:
    """Areas that cases may be held against: those that the viewer sees."""
    scope = visible_organisations(viewer=viewer)
    return organisations.areas(on=info.data_until, ids=None if scope.everything else scope.ids)


def own_areas(viewer: Viewer, info: RoundInfo) -> Sequence[OrganisationInfo]:
    """Areas that the viewer may put a case forward for."""
    scope = organisations_where(viewer=viewer, capability=Capability.ANSWER)
    return organisations.areas(on=info.data_until, ids=None if scope.everything else scope.ids)


def tabs(request: HttpRequest, viewer: Viewer, info: RoundInfo) -> list[Tab]:
    """The lists that this viewer has."""
    held = queries.counts(viewer=viewer, framework_code=info.framework_code, is_practice=info.is_practice)
    return [
        Tab("library", _("คลังแบบอย่าง"), address(request, "cases:library"), held.published),
        Tab("similar", _("คล้ายเขตของฉัน"), address(request, "cases:library", tab="similar")),
        Tab("candidates", _("ผู้สมัคร"), address(request, "cases:candidates"), held.waiting),
        Tab("selections", _("การคัดเลือก"), address(request, "cases:selections")),
    ]
