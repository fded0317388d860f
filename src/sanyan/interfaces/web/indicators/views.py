from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import IndicatorProfile, PolicyAreaResult
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.quality import queries as quality
from sanyan.core.errors import NotFoundError
from sanyan.interfaces.web import formats, rounds_bar, words
from sanyan.interfaces.web.addresses import AreaLinks
from sanyan.interfaces.web.cases import beside as cases
from sanyan.interfaces.web.charts.base import Chart
from sanyan.interfaces.web.explanations import about
from sanyan.interfaces.web.figures.indicator import (
    distribution,
    history_chart,
    history_finding,
    parts_written,
    unit_of,
    written,
)
from sanyan.interfaces.web.figures.maps import indicator_map
from sanyan.interfaces.web.figures.outlook import (
    area_rows,
    missing_words,
    reasons,
    rounds_ahead,
    same_way_words,
    system_fan,
)
from sanyan.interfaces.web.figures.policy import policy_finding
from sanyan.interfaces.web.figures.sentences import said
from sanyan.interfaces.web.figures.source import source_line
from sanyan.interfaces.web.listen import voices
from sanyan.interfaces.web.pages import page, show
from sanyan.interfaces.web.signals.beside import of_indicator


@page
def indicator_list(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Every indicator of the round at system level, by policy area."""
    info = rounds_bar.round_of(request, viewer)
    held = analytics.overview(viewer=viewer, round_id=info.id, today=timezone.localdate())
    policy, standing = request.GET.get("policy", ""), request.GET.get("attainment", "")
    sections = [
        (area, [f for f in area.figures if standing in ("", f.attainment.value)])
        for area in held.policy_areas
        if policy in ("", area.code)
    ]
    context = {
        "answer": _list_answer(held.policy_areas),
        "policy": policy,
        "standing": standing,
        "policies": held.policy_areas,
        "attainments": words.ATTAINMENT,
        "sections": [(area, figures) for area, figures in sections if figures],
        "compared": analytics.compared_codes(viewer=viewer, round_id=info.id),
        "source": source_line(info, held.source),
    }
    return show(request, "indicators/list.html", context)


def _list_answer(areas: Sequence[PolicyAreaResult]) -> str:
    met = sum(area.system.met for area in areas)
    judged = sum(area.system.judged for area in areas)
    if not judged:
        return _("ยังไม่มีผลที่เทียบเป้าได้")
    return _("ทั้งระบบถึงเป้า %(met)s จาก %(judged)s ตัวชี้วัดที่ตัดสินได้ %(finding)s") % {
        "met": formats.count(met),
        "judged": formats.count(judged),
        "finding": policy_finding(areas),
    }


@page
def indicator(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """One indicator: how areas are spread, which regions differ, how it went, who is missing."""
    info = rounds_bar.round_of(request, viewer)
    profile = analytics.indicator_profile(viewer=viewer, round_id=info.id, code=code)
    source = source_line(info, profile.source)
    links = AreaLinks(request)
    spread = distribution(profile, link=links, source=source)
    history = history_chart(
        profile.indicator,
        profile.history,
        key="history",
        title=history_finding(profile.indicator, profile.history),
        source=source,
    )
    area_map = _map(profile, links, source)
    ahead = _ahead(viewer, info, code, source)
    context = {
        **ahead,
        "beside": of_indicator(request, viewer, code, info),
        "voices": voices.about_indicator(viewer, info, code),
        "cases_beside": cases.of_indicator(viewer, info, code),
        "everyone": bool(request.GET.get("all")),
        "comparable": code in analytics.compared_codes(viewer=viewer, round_id=info.id),
        "profile": profile,
        "indicator": profile.indicator,
        "unit": unit_of(profile.indicator),
        "value": written(profile.system),
        "parts": parts_written(profile.system.numerator, profile.system.denominator),
        "answer": _answer(profile),
        "spread": spread,
        "history": history,
        "map": area_map,
        "is_mean": profile.indicator.rollup.value == "mean",
        "groups": [(_("ตามประเภทเขต"), profile.types), (_("ตามเขตตรวจราชการ"), profile.regions)],
    }
    charts = [chart for chart in (spread, history, area_map, ahead.get("fan")) if chart]
    return show(request, "indicators/indicator.html", context, charts=charts)


def _map(profile: IndicatorProfile, links: AreaLinks, source: str) -> Chart | None:
    """Where areas stand to the target; None where nobody was asked."""
    asked = (*profile.areas, *profile.missing)
    if not asked:
        return None
    title = _("เขตที่ถึงเป้าและยังไม่ถึงอยู่ที่ใด")
    return indicator_map(asked, link=links, title=title, source=source, subtitle=unit_of(profile.indicator))


def _ahead(viewer: Viewer, info: RoundInfo, code: str, source: str) -> dict[str, Any]:
    """What changed for the whole system and what is to come; nothing for what is not forecast, such as texts."""
    try:
        held = analytics.indicator_outlook(viewer=viewer, round_id=info.id, code=code)
    except NotFoundError:
        return {}
    told = [item for item in {a.round: a for a in (held.next, held.year_end) if a is not None}.values() if item.of]
    return {
        "held": held,
        "system_trend": said(held.system) if held.system is not None else "",
        "same_way": same_way_words(held),
        "missing_ahead": [missing_words(item) for item in told],
        "fan": system_fan(held, source=source),
        "area_rows": area_rows(held),
        "rounds_ahead": rounds_ahead(held),
        "cannot": reasons(held.cannot),
        "doubted": _doubted(viewer, info, code),
        "explained": about("outlook"),
    }


def _doubted(viewer: Viewer, info: RoundInfo, code: str) -> frozenset[int]:
    """Areas in sight whose figure has an open finding that matters."""
    found = quality.findings(viewer=viewer, round_id=info.id, state="open")
    return frozenset(item.organisation_id for item in found if item.indicator_code == code and item.severity != "low")


def _answer(profile: IndicatorProfile) -> str:
    """One sentence: the value of the whole, against its target and against last year."""
    figure, item = profile.system, profile.indicator
    if figure.value is None:
        return _("รอบนี้ยังไม่มีเขตที่รายงานค่าที่รวมกันได้")
    said = [f"{_('ทั้งระบบ')} {written(figure)}"]
    if figure.target is not None:
        target = formats.measured(figure.target, unit_of(item), item.decimals)
        said.append(f"{words.word('attainment', figure.attainment.value).text} ({_('เป้า')} {target})")
    if figure.change is not None:
        change = formats.change_words(figure.change, figure.improved, unit_of(item), item.decimals)
        said.append(f"{change} {_('จากรอบเดียวกันของปีก่อน')}")
    said.append(_("รายงาน %(count)s เขต") % {"count": formats.count(figure.reported)})
    return " · ".join(said)
