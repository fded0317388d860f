from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import AreaProfile, AreaStanding
from sanyan.apps.collection import queries as collection
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.narratives import queries as narratives
from sanyan.apps.quality import queries as quality
from sanyan.apps.quality.queries import FindingInfo
from sanyan.core.indicators.definitions import Indicator
from sanyan.interfaces.web import formats, rounds_bar, words
from sanyan.interfaces.web.addresses import AreaLinks
from sanyan.interfaces.web.areas.filters import AreaFilter
from sanyan.interfaces.web.cases import beside as cases
from sanyan.interfaces.web.charts.base import Chart
from sanyan.interfaces.web.explanations import about
from sanyan.interfaces.web.figures.indicator import history_chart, name_of
from sanyan.interfaces.web.figures.maps import map_finding, standings_map
from sanyan.interfaces.web.figures.outlook import LIKELY_MISS, outlook_answer, outlook_rows, trends
from sanyan.interfaces.web.figures.peers import compared_sections, standing_sentence
from sanyan.interfaces.web.figures.source import source_line
from sanyan.interfaces.web.figures.strengths import apart_rows, profile_answer, strength_rows
from sanyan.interfaces.web.listen import voices
from sanyan.interfaces.web.pages import page, show
from sanyan.interfaces.web.signals.beside import of_area

FIRST_SHOWN = 3
SORTS = {
    "name": lambda item: (item.area.area_type, item.area.short_th),
    "region": lambda item: (item.area.region_code, item.area.code),
    "share": lambda item: item.tally.share_met if item.tally.share_met is not None else -1.0,
    "state": lambda item: (item.state, item.area.code),
}

TABS = {
    "peers": _("เทียบเพื่อน"),
    "outlook": _("แนวโน้มและคาดการณ์"),
    "history": _("ย้อนหลัง"),
    "answers": _("คำตอบ"),
    "texts": _("สิ่งที่เขตเขียน"),
    "findings": _("ข้อค้นพบ"),
}


@page
def area_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every area the viewer may see, beside its own type."""
    info = rounds_bar.round_of(request, viewer)
    held = analytics.overview(viewer=viewer, round_id=info.id, today=timezone.localdate())
    chosen = AreaFilter.of(request, [item.area for item in held.standings])
    standing = request.GET.get("standing", "")
    shown = [item for item in held.standings if chosen.keeps(item.area) and standing in ("", item.group)]
    shown = _sorted(shown, request.GET.get("sort", ""))
    title = map_finding(shown)
    chart = standings_map(shown, link=AreaLinks(request), title=title, source=source_line(info, held.source))
    context = {
        "filter": chosen,
        "standing": standing,
        "standing_words": words.STANDING,
        "standings": shown,
        "all": len(held.standings),
        "title": title,
        "sort": request.GET.get("sort", ""),
    }
    return show(request, "areas/list.html", context, charts=[chart])


def _sorted(items: Sequence[AreaStanding], sort: str) -> list[AreaStanding]:
    key = SORTS.get(sort.removeprefix("-"))
    return sorted(items, key=key, reverse=sort.startswith("-")) if key else list(items)


@page
def area(request: HttpRequest, viewer: Viewer, organisation_id: int) -> HttpResponse:
    """One area: beside its peers, over time, what it answered and wrote, what was found."""
    info = rounds_bar.round_of(request, viewer)
    profile = analytics.area_profile(
        viewer=viewer, organisation_id=organisation_id, round_id=info.id, today=timezone.localdate()
    )
    tab = request.GET.get("tab", "")
    tab = tab if tab in TABS else "peers"
    found = quality.findings(viewer=viewer, round_id=info.id, organisation_id=organisation_id)
    rows = collection.expected(viewer=viewer, round_id=info.id)
    context: dict[str, Any] = {
        "profile": profile,
        "tab": tab,
        "tabs": [(code, str(name)) for code, name in TABS.items()],
        "answer": standing_sentence(profile),
        "findings": found,
        "open_findings": sum(finding.state == "open" for finding in found),
        "doubted": doubted_codes(found),
        "report": next((row for row in rows if row.organisation_id == organisation_id), None),
        "source": source_line(info, profile.source),
        "beside": of_area(request, viewer, organisation_id, info),
    }
    charts: tuple[Chart, ...] = ()
    if tab == "peers":
        context |= _beside_peers(viewer, profile, context["source"])
        context["voices"] = voices.of_area(viewer, info, organisation_id)
        context["cases_beside"] = cases.of_area(viewer, info, organisation_id)
    elif tab == "outlook":
        told = outlook_rows(
            analytics.area_outlook(viewer=viewer, organisation_id=organisation_id, round_id=info.id),
            source=context["source"],
        )
        context |= {"rows": told, "outlook": outlook_answer(told), "explained": about("outlook")}
        charts = tuple(row.chart for row in told if row.chart is not None)
    elif tab == "history":
        context["policy"] = request.GET.get("policy") or next((s.code for s in profile.sections), "")
        charts = context["charts"] = _histories(profile, context["policy"], context["source"])
    elif tab == "texts":
        context["narratives"] = _narratives(viewer, info, profile)
    return show(request, "areas/area.html", context, charts=charts)


def doubted_codes(found: Sequence[FindingInfo]) -> frozenset[str]:
    """Indicators whose figure has an open finding that matters."""
    return frozenset(item.indicator_code for item in found if item.state == "open" and item.severity != "low")


def _beside_peers(viewer: Viewer, profile: AreaProfile, source: str) -> dict[str, Any]:
    """What the area is strong at, what is to come first, every figure beside its peers, and who they are."""
    id_, round_id = profile.area.id, profile.round_id
    strength = analytics.strength_profile(viewer=viewer, organisation_id=id_, round_id=round_id)
    held = analytics.area_outlook(viewer=viewer, organisation_id=id_, round_id=round_id)
    rows = outlook_rows(held, source=source)
    return {
        "strength_rows": strength_rows(strength),
        "strength_known": any(item.p_better is not None for item in strength.policy_areas),
        "strength_answer": profile_answer(strength),
        "strong": apart_rows(strength.strong),
        "weak": apart_rows(strength.weak),
        "group": analytics.peer_group(viewer=viewer, organisation_id=id_, round_id=round_id),
        "first": [row for row in rows if row.miss >= LIKELY_MISS][:FIRST_SHOWN],
        "outlook": outlook_answer(rows),
        "sections": compared_sections(profile, trends(held)),
        "explained": about("profile"),
    }


def _histories(profile: AreaProfile, policy: str, source: str) -> tuple[Chart, ...]:
    """A small chart for each indicator of a policy area that has a past."""
    charts = []
    for row in (row for section in profile.sections if section.code == policy for row in section.figures):
        item = row.figure.indicator
        points = profile.history.get(item.code, ())
        charts.append(history_chart(item, points, key=f"h-{item.code}", title=name_of(item), source=source, small=True))
    return tuple(chart for chart in charts if chart is not None)


def _as_shown(viewer: Viewer, organisation_id: int, text: str) -> str:
    return narratives.as_shown(viewer=viewer, organisation_id=organisation_id, text=text)


def _narratives(viewer: Viewer, info: RoundInfo, profile: AreaProfile) -> list[tuple[Indicator, list[tuple[str, str]]]]:
    """What the area wrote, each box under its own name."""
    version = frameworks.framework_version(viewer=viewer, version_id=info.version_id)
    thai = formats.in_thai()
    shown = partial(_as_shown, viewer, profile.area.id)
    labels = {
        box.key: box.name_th if thai or not box.name_en else box.name_en for box in version.definition.narrative_fields
    }
    return [
        (indicator, [(labels.get(key, key), shown(text)) for key, text in texts.items() if text])
        for indicator, texts in profile.narratives
    ]
