"""What a reader asks of the inbox: the tabs that exist for them, and the filters in the address."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sanyan.apps.accounts.access import Capability, Viewer, organisations_where
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.signals import queries
from sanyan.apps.signals.queries import SignalFilter
from sanyan.core.thai.characters import writable
from sanyan.interfaces.web.addresses import id_of
from sanyan.interfaces.web.places import AREA_ROLES

FIELDS = ("region", "rule", "severity", "scope", "indicator", "state")
NAMES: dict[str, Promise] = {
    "mine": _("รอท่านตอบ"),
    "own": _("ของเขตเรา"),
    "region": _("ในเขตตรวจราชการ"),
    "all": _("ทั้งหมด"),
    "closed": _("ปิดเรื่องแล้ว"),
}
LONGEST = 100  # characters of a filter; no code is longer
OPEN_STATES = ("raised", "acknowledged", "acting")


@dataclass(frozen=True)
class Tab:
    """One tab: its name in the address, its words, and how many signals it holds."""

    key: str
    name: Promise
    count: int


@dataclass(frozen=True)
class Asked:
    """One reading of the address. `round_id` is None where the reader chose no round: open signals of any round."""

    tab: str
    round_id: int | None
    region: str = ""
    rule: str = ""
    severity: str = ""
    scope: str = ""
    indicator: str = ""
    state: str = ""
    area: int | None = None

    @property
    def narrows(self) -> bool:
        """Whether a filter hides some of the tab."""
        return any(getattr(self, name) for name in FIELDS) or self.round_id is not None or self.area is not None

    def filter(self, info: RoundInfo, own_region: str, *, tab: str = "") -> SignalFilter:
        """The same as the app takes it, for this tab or another."""
        chosen = tab or self.tab
        state = "closed" if chosen == "closed" else self.state if self.state in OPEN_STATES else "open"
        return SignalFilter(
            state=state,
            mine=chosen == "mine",
            concerning=chosen == "own",
            framework_code=info.framework_code,
            is_practice=info.is_practice,
            round_id=self.round_id,
            region_code=self.region or (own_region if chosen == "region" else ""),
            organisation_id=self.area,
            rule_code=self.rule,
            indicator_code=self.indicator.upper(),
            severity=self.severity,
            scope=self.scope,
        )


@dataclass(frozen=True)
class Seat:
    """Where a viewer sits: which tabs they have, the first being where they land, and their inspection region."""

    tabs: tuple[str, ...]
    region: str


def seat_of(viewer: Viewer, *, today: date) -> Seat:
    """An area looks at its own, a region's director at the region, those over everything at everything."""
    if viewer.has(*AREA_ROLES):
        return Seat(("own", "all", "closed"), "")
    held = [grant.organisation_id for grant in viewer.grants if grant.organisation_id is not None]
    if not held:
        answers = organisations_where(viewer=viewer, capability=Capability.RESPOND).everything
        return Seat(("all", "mine", "closed") if answers else ("all", "closed"), "")
    places = organisations.by_id(ids=held, on=today).values()
    region = next((place.code for place in places if place.kind == "region"), "")
    answers = bool(organisations_where(viewer=viewer, capability=Capability.RESPOND).ids)
    named = (("region",) if region else (), ("mine",) if answers else (), ("all", "closed"))
    return Seat(tuple(key for part in named for key in part), region)


def asked_of(request: HttpRequest, seat: Seat) -> Asked:
    """What the address asks; an unknown tab is the first one."""
    tab = request.GET.get("tab", "")
    return Asked(
        tab=tab if tab in seat.tabs else seat.tabs[0],
        round_id=id_of(request.GET.get("round", "")),
        area=id_of(request.GET.get("area", "")),
        **{name: writable(request.GET.get(name, ""))[:LONGEST] for name in FIELDS},
    )


def waiting(viewer: Viewer, info: RoundInfo, *, today: date) -> int:
    """How many signals nobody has answered of those that the viewer's first tab shows; for an area, that it answers."""
    seat = seat_of(viewer, today=today)
    tab = "mine" if seat.tabs[0] == "own" else seat.tabs[0]
    only = Asked(tab=tab, round_id=None, state="raised").filter(info, seat.region)
    return queries.how_many(viewer=viewer, today=today, only=only)


def tabs_of(viewer: Viewer, seat: Seat, asked: Asked, info: RoundInfo, today: date) -> Sequence[Tab]:
    """Every tab with its count, under the same filters."""
    unfiltered = replace(asked, state="")
    return [
        Tab(
            key,
            NAMES[key],
            queries.how_many(viewer=viewer, today=today, only=unfiltered.filter(info, seat.region, tab=key)),
        )
        for key in seat.tabs
    ]
