from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from django.http import HttpRequest, HttpResponse

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import PolicyStrengths, PositiveOutlier, StrongArea
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.core.indicators.definitions import Indicator
from sanyan.interfaces.web import rounds_bar
from sanyan.interfaces.web.areas.filters import AreaFilter
from sanyan.interfaces.web.explanations import STATISTICS, about
from sanyan.interfaces.web.figures.source import source_line
from sanyan.interfaces.web.figures.strengths import (
    StrengthRow,
    apart_rows,
    case_rows,
    profile_answer,
    strength_row,
    strength_rows,
    strengths_answer,
    strengths_table,
)
from sanyan.interfaces.web.pages import page, show
from sanyan.interfaces.web.places import AREA_ROLES

CASES_SHOWN = 6


@dataclass(frozen=True)
class PolicyFold:
    """A policy area with its rows on either side."""

    policy: PolicyStrengths
    strong: tuple[tuple[StrongArea, StrengthRow], ...]
    weak: tuple[tuple[StrongArea, StrengthRow], ...]
    indicators: tuple[Indicator, ...]


@page
def strengths(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Which areas are strong at what, how surely, and who does well against the odds."""
    info = rounds_bar.round_of(request, viewer)
    if viewer.has(*AREA_ROLES) and (only := _only_area(viewer, info)) is not None:
        return _own(request, viewer, info, only)
    everything = analytics.policy_strengths(viewer=viewer, round_id=info.id)
    kind = "school" if request.GET.get("kind") == "school" else "area"
    all_cases = analytics.positive_outliers(viewer=viewer, round_id=info.id, kind=kind)
    named = [item.area for policy in everything for item in (*policy.strong, *policy.weak)]
    chosen = AreaFilter.of(request, named)
    policy = request.GET.get("policy", "")
    found = [_kept(item, chosen) for item in everything if policy in ("", item.policy_area)]
    cases = [case for case in all_cases if chosen.keeps(case.area) and _speaks_for(case, policy)]
    source = source_line(info, everything[0].source) if everything else ""
    table = strengths_table(found, source=source)
    context = {
        "answer": strengths_answer(found),
        "filter": chosen,
        "policy": policy,
        "policies": everything,
        "folds": _folds(viewer, info, found),
        "open": bool(chosen.region or policy),
        "cases": case_rows(cases if request.GET.get("all") else cases[:CASES_SHOWN]),
        "case_count": len(cases),
        "kind": kind,
        "explained": about("strengths"),
        "source": source,
    }
    return show(request, "strengths/strengths.html", context, charts=[table])


def _only_area(viewer: Viewer, info: RoundInfo) -> int | None:
    """The one area of the round that somebody sees, with whatever schools stand below it; None for more or none."""
    scope = visible_organisations(viewer=viewer)
    areas = () if scope.everything else organisations.areas(on=info.data_until, ids=scope.ids)
    return areas[0].id if len(areas) == 1 else None


def _own(request: HttpRequest, viewer: Viewer, info: RoundInfo, organisation_id: int) -> HttpResponse:
    """The page of somebody who sees one area: its own profile."""
    profile = analytics.strength_profile(viewer=viewer, organisation_id=organisation_id, round_id=info.id)
    cases = analytics.positive_outliers(viewer=viewer, round_id=info.id)
    before = (choice for choice in rounds_bar.choices(request, viewer) if choice.key < info.key)
    context = {
        "profile": profile,
        "known": any(item.p_better is not None for item in profile.policy_areas),
        "earlier": next((choice for choice in before if choice.framework_code == info.framework_code), None),
        "answer": profile_answer(profile),
        "strength_rows": strength_rows(profile),
        "strong": apart_rows(profile.strong),
        "weak": apart_rows(profile.weak),
        "cases": case_rows(cases),
        "case_count": len(cases),
        "explained": about("strengths"),
        "source": source_line(info, profile.source),
    }
    return show(request, "strengths/own.html", context)


@page
def how_to_read(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every statistic in plain words."""
    return show(request, "strengths/how.html", {"statistics": STATISTICS})


def _kept(policy: PolicyStrengths, chosen: AreaFilter) -> PolicyStrengths:
    strong, weak = (tuple(item for item in side if chosen.keeps(item.area)) for side in (policy.strong, policy.weak))
    return replace(policy, strong=strong, weak=weak)


def _folds(viewer: Viewer, info: RoundInfo, found: Sequence[PolicyStrengths]) -> list[PolicyFold]:
    """Policy areas with their rows and the indicators that areas are compared on in each."""
    version = frameworks.framework_version(viewer=viewer, version_id=info.version_id)
    compared = [
        version.definition.indicator(code) for code in analytics.compared_codes(viewer=viewer, round_id=info.id)
    ]
    return [
        PolicyFold(
            policy=policy,
            strong=_rows(policy.strong),
            weak=_rows(policy.weak),
            indicators=tuple(item for item in compared if item.policy_area == policy.policy_area),
        )
        for policy in found
        if policy.compared
    ]


def _rows(items: Sequence[StrongArea]) -> tuple[tuple[StrongArea, StrengthRow], ...]:
    return tuple((item, strength_row(item.strength)) for item in items)


def _speaks_for(case: PositiveOutlier, policy: str) -> bool:
    return not policy or any(item.indicator.policy_area == policy for item in case.evidence)
