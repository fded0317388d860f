from __future__ import annotations

from collections.abc import Sequence

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import AreaStanding, Overview
from sanyan.apps.collection import queries as collection
from sanyan.apps.quality import queries as quality
from sanyan.interfaces.web import formats, rounds_bar
from sanyan.interfaces.web.addresses import AreaLinks, address
from sanyan.interfaces.web.areas.filters import AreaFilter
from sanyan.interfaces.web.charts.base import Chart
from sanyan.interfaces.web.figures.maps import map_finding, standings_map, standings_provinces
from sanyan.interfaces.web.figures.policy import policy_bars, progress_bar
from sanyan.interfaces.web.figures.source import source_line
from sanyan.interfaces.web.overview.changing import changing, top_signals
from sanyan.interfaces.web.pages import page, show

HELP_SHOWN = 5
FINDINGS_SHOWN = 2
SIDE, MAIN = 280, 400
"""Width of the middle and right columns, so that text in charts keeps its size."""


@page
def overview(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Which areas need help first, on one screen."""
    info = rounds_bar.round_of(request, viewer)
    today = timezone.localdate()
    held = analytics.overview(viewer=viewer, round_id=info.id, today=today)
    chosen = AreaFilter.of(request, [item.area for item in held.standings])
    standings = [item for item in held.standings if chosen.keeps(item.area)]
    source = source_line(info, held.source)
    area_map = _area_map(request, standings, source)
    policy = policy_bars(
        held.policy_areas, link=lambda code: address(request, "indicators:list", policy=code), source=source, width=MAIN
    )
    progress = progress_bar(collection.round_progress(viewer=viewer, round_id=info.id, today=today), width=SIDE)
    findings = quality.findings(viewer=viewer, round_id=info.id, state="open", urgent_first=True, limit=FINDINGS_SHOWN)
    context = {
        "answer": system_answer(held, standings),
        "own": held.standings[0] if len(held.standings) == 1 else None,
        "filter": chosen,
        "map": area_map,
        "showing_provinces": request.GET.get("map") == "provinces",
        "policy": policy,
        "progress": progress,
        "help": _first_to_help(standings)[:HELP_SHOWN],
        "help_count": sum(item.group == "help" for item in standings),
        "top": top_signals(request, viewer, info, region=chosen.region, today=today),
        "changing": changing(request, viewer, info, today=today),
        "findings": findings,
    }
    return show(request, "overview/overview.html", context, charts=[c for c in (area_map, policy, progress) if c])


def _area_map(request: HttpRequest, standings: Sequence[AreaStanding], source: str) -> Chart | None:
    title = map_finding(standings)
    if request.GET.get("map") == "provinces":
        return standings_provinces(
            standings, link=lambda name: address(request, "areas:list", province=name), title=title, source=source
        )
    chosen = {name: request.GET.get(name, "") for name in ("region", "type")}
    table = address(request, "areas:list", **chosen)
    return standings_map(standings, link=AreaLinks(request), title=title, source=source, table_href=table)


def system_answer(held: Overview, standings: Sequence[AreaStanding]) -> str:
    """One sentence for the whole: the share at target, against the same round last year."""
    share = held.areas.share_met
    if share is None:
        return _("ยังไม่มีรายงานที่รับรองในรอบนี้ เมื่อ ผอ. รับรองแล้ว ผลจะแสดงที่นี่ทันที")
    judged = sum(area.compared.judged for area in held.policy_areas)
    said = _("ทั้งระบบ ผลรายเขตถึงเป้า %(share)s") % {"share": formats.percent(share)}
    if len(held.standings) > 1:
        said = _("%(finding)s %(whole)s") % {"finding": map_finding(standings), "whole": said}
    if not judged:
        return said
    now, before = (
        sum(tally.met for tally in tallies)
        for tallies in zip(*((area.compared, area.areas_last_year) for area in held.policy_areas), strict=True)
    )
    change = 100 * (now - before) / judged
    return _("%(said)s %(change)sจากรอบเดียวกันของปีก่อน") % {
        "said": said,
        "change": formats.change_words(change, change > 0, "%"),
    }


def _first_to_help(standings: Sequence[AreaStanding]) -> list[AreaStanding]:
    """Areas to help, the upper end of the interval lowest first."""
    helped = [item for item in standings if item.group == "help" and item.share is not None]
    return sorted(helped, key=lambda item: (item.share.high if item.share else 1.0, item.area.code))
