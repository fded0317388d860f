"""The map of the product: four verbs and the places under each. A place is listed once it is built."""

from __future__ import annotations

from dataclasses import dataclass

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from sanyan.apps.accounts.access import Viewer

AREA_ROLES = ("area_officer", "area_director")
OVERSIGHT_ROLES = ("executive", "me_officer", "region_director", "reviewer")
SIGNALS = "signals:inbox"
EVERYONE: tuple[str, ...] = ()


@dataclass(frozen=True)
class PlaceLink:
    name: str
    url: str
    current: bool
    view: str = ""


@dataclass(frozen=True)
class Verb:
    name: str
    places: tuple[PlaceLink, ...]
    current: bool


@dataclass(frozen=True)
class _Place:
    verb: str
    name: Promise
    view: str
    prefix: str
    roles: tuple[str, ...] = EVERYONE


VERBS = {"collect": _("เก็บ"), "see": _("ดู"), "listen": _("ฟัง"), "decide": _("ตัดสินใจ")}
PLACES = (
    _Place("collect", _("รอบของฉัน"), "rounds:mine", "/rounds/mine/", AREA_ROLES),
    _Place("collect", _("ความก้าวหน้าของรอบ"), "rounds:progress", "/rounds/progress/", OVERSIGHT_ROLES),
    _Place("collect", _("รอบทั้งหมด"), "rounds:list", "/rounds/all/", ("me_officer",)),
    _Place("collect", _("กรอบและตัวชี้วัด"), "frameworks:list", "/frameworks/"),
    _Place("collect", _("งานเบื้องหลัง"), "jobs:list", "/jobs/"),
    _Place("see", _("ภาพรวม"), "overview:overview", "/overview/"),
    _Place("see", _("สัญญาณเตือน"), SIGNALS, "/signals/"),
    _Place("see", _("เขตพื้นที่"), "areas:list", "/areas/"),
    _Place("see", _("ตัวชี้วัด"), "indicators:list", "/indicators/"),
    _Place("see", _("เขตเด่นเรื่องใด"), "strengths:strengths", "/strengths/"),
    _Place("see", _("ข้อค้นพบ"), "findings:inbox", "/findings/"),
    _Place("listen", _("ค้นเสียงจากพื้นที่"), "listen:search", "/listen/"),
    _Place("listen", _("ประเด็น"), "listen:themes", "/listen/themes/"),
    _Place("listen", _("แนวโน้มของประเด็น"), "listen:trends", "/listen/trends/"),
    _Place("listen", _("บทเรียน"), "listen:lessons", "/listen/lessons/"),
    _Place("listen", _("แบบอย่าง"), "cases:library", "/cases/"),
    _Place("decide", _("ถามข้อมูล"), "ask:ask", "/ask/"),
    _Place("decide", _("สรุปผลของรอบ"), "reports:summary", "/reports/"),
)
PARTS_OF = {"/entry/": "/rounds/mine/", "/rounds/open/": "/rounds/all/", "/rounds/": "/rounds/progress/"}


def landing_for(viewer: Viewer) -> str:
    """The first page of a role: an area does its round, everyone else sees the whole."""
    return reverse("rounds:mine" if viewer.has(*AREA_ROLES) else "overview:overview")


def verbs_for(viewer: Viewer, *, path: str, keep: str = "") -> tuple[Verb, ...]:
    """The verbs that have a place for this viewer; `keep` is carried into every address."""
    shown = [place for place in PLACES if not place.roles or viewer.has(*place.roles)]
    here = _place_at(path, shown)
    verbs = []
    for code, name in VERBS.items():
        links = tuple(
            PlaceLink(str(place.name), reverse(place.view) + keep, place is here, place.view)
            for place in shown
            if place.verb == code
        )
        if links:
            verbs.append(Verb(str(name), links, any(link.current for link in links)))
    return tuple(verbs)


def _place_at(path: str, shown: list[_Place]) -> _Place | None:
    for prefix in (path, *(home for part, home in PARTS_OF.items() if path.startswith(part))):
        found = [place for place in shown if prefix.startswith(place.prefix)]
        if found:
            return max(found, key=lambda place: len(place.prefix))
    return next((place for place in shown if place.verb == "collect"), None) if path.startswith("/rounds/") else None
