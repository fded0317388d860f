"""A case as lists show it: what was found, in figures and in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sanyan.apps.cases.queries import CaseInfo, CasePlaceInfo, Match
from sanyan.core.cases.suitability import Suitability
from sanyan.core.rounds import RoundKey
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.addresses import address
from sanyan.interfaces.web.cases import words
from sanyan.interfaces.web.words import Word


@dataclass(frozen=True)
class Moved:
    """An outcome in figures: from, to, and how sure; `before` is "" where there is only one figure."""

    indicator: str
    before: str
    after: str
    rounds: str
    behind: str
    beside: str


@dataclass(frozen=True)
class ConditionRow:
    """A condition with what is known of it."""

    text: str
    known: Word
    mentioned: str


@dataclass(frozen=True)
class Suits:
    """How far a case suits the reader's area."""

    alike: Word
    distance: str
    conditions: tuple[ConditionRow, ...]
    counted: str


@dataclass(frozen=True)
class CaseCard:
    """A case ready to be shown in a list."""

    case: CaseInfo
    href: str
    place: str
    place_href: str
    region: str
    kind: str
    origin: Word
    state: Word
    moved: Moved | None
    suits: Suits | None = None


def cards(request: HttpRequest, cases: Iterable[CaseInfo]) -> list[CaseCard]:
    """Cards in the order given."""
    return [card(request, case) for case in cases]


def matched(request: HttpRequest, matches: Iterable[Match]) -> list[CaseCard]:
    """Cards of cases held against the reader's area."""
    return [card(request, match.case, suits_of(match.suits)) for match in matches]


def card(request: HttpRequest, case: CaseInfo, suits: Suits | None = None) -> CaseCard:
    """One card."""
    place = case.place
    return CaseCard(
        case=case,
        href=address(request, "cases:case", case.id),
        place=place_name(place) + (f" · {case.school_name}" if case.school_name else ""),
        place_href=address(request, "areas:area", place.id) if place.in_sight else "",
        region=_said(place.region_th, place.region_en),
        kind=" · ".join(str(word) for word in (_band(place),) if word),
        origin=words.of(words.ORIGIN, case.origin),
        state=words.of(words.STATE, case.state),
        moved=moved_of(case.figures),
        suits=suits,
    )


def place_name(place: CasePlaceInfo) -> str:
    """An area's name in the reader's language."""
    return _said(place.short_th, place.name_en)


def moved_of(figures: Mapping[str, Any]) -> Moved | None:
    """What the figures of a case say; None where it keeps none."""
    if figures.get("after") is None:
        return None
    unit, decimals = _said(str(figures["unit_th"]), str(figures["unit_en"])), int(figures["decimals"])
    before = figures.get("before")
    names = [name for name in (figures.get("before_round"), figures.get("after_round")) if name]
    behind = []
    if figures.get("n") is not None:
        behind.append(f"n {formats.count(figures['n'])}")
    if figures.get("low") is not None and figures.get("high") is not None:
        low, high = (formats.number(figures[name], decimals) for name in ("low", "high"))
        behind.append(_("ช่วงที่น่าจะเป็น (80 %%) %(low)s–%(high)s") % {"low": low, "high": high})
    return Moved(
        indicator=_said(str(figures["name_th"]), str(figures["name_en"])),
        before="" if before is None else formats.measured(before, unit, decimals),
        after=formats.measured(figures["after"], unit, decimals),
        rounds=" → ".join(formats.round_short(RoundKey.parse(str(name))) for name in names),
        behind=" · ".join(behind),
        beside=_beside(figures, unit, decimals),
    )


def _beside(figures: Mapping[str, Any], unit: str, decimals: int) -> str:
    """What the context leads one to expect, where that is known."""
    if figures.get("expected") is None:
        return ""
    return _("บริบทเช่นนี้คาดไว้ %(expected)s") % {"expected": formats.measured(figures["expected"], unit, decimals)}


def suits_of(told: Suitability) -> Suits:
    """How far a case suits, in words."""
    rows = tuple(
        ConditionRow(_said(item.words.th, item.words.en), words.of(words.KNOWN, item.known.value), item.mentioned)
        for item in told.conditions
    )
    near = told.distance is not None and told.distance != float("inf")
    return Suits(
        alike=words.of(words.ALIKE, told.alike.value),
        distance=formats.number(told.distance, 2) if near else "",
        conditions=rows,
        counted=_("เงื่อนไขที่มีแล้วหรือเคยเขียนถึง %(known)s จาก %(all)s ข้อ")
        % {"known": formats.count(told.in_place), "all": formats.count(len(rows))},
    )


def _band(place: CasePlaceInfo) -> object:
    return words.SIZE_BAND[place.size_band].text if place.size_band in words.SIZE_BAND else ""


def _said(thai: str, english: str) -> str:
    return formats.digits(thai) if formats.in_thai() else formats.short_office(english) or thai
