from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.narratives import queries as narratives
from sanyan.apps.narratives.queries import ThemeSetInfo
from sanyan.apps.synthesis.queries.theme_trends import ThemeTrend, ThemeTrends, theme_trends
from sanyan.core.stats.intervals import Interval
from sanyan.interfaces.web import formats, rounds_bar, words
from sanyan.interfaces.web.charts.base import Chart
from sanyan.interfaces.web.pages import page, show

PERCENT = 100


@page
def trends(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Which themes most areas speak of, which rise and fall, and where."""
    info = rounds_bar.round_of(request, viewer)
    found = narratives.theme_sets(viewer=viewer, framework_code=info.framework_code, is_practice=info.is_practice)
    signed = [item for item in found if item.state == "signed"]
    version = frameworks.framework_version(viewer=viewer, version_id=info.version_id)
    policies = {item.code: item for item in version.definition.policy_areas}
    chosen = _chosen(request.GET.get("set", ""), signed)
    held = theme_trends(viewer=viewer, theme_set_id=chosen.id, round_id=info.id) if chosen else None
    context = {
        "signed": [(item, policies.get(item.policy_area)) for item in signed],
        "chosen": chosen,
        "held": held,
        "answer": _answer(held),
    }
    return show(request, "listen/trends.html", context, charts=[_table(held)] if held else [])


def _chosen(asked: str, signed: list[ThemeSetInfo]) -> ThemeSetInfo | None:
    problems = [item for item in signed if item.stance == "problem"]
    return next((item for item in signed if str(item.id) == asked), next(iter(problems or signed), None))


def _answer(held: ThemeTrends | None) -> str:
    if held is None:
        return _("ยังบอกแนวโน้มไม่ได้ เพราะยังไม่มีชุดประเด็นที่รับรอง")
    rising = [item for item in held.themes if item.course == "rising"]
    falling = [item for item in held.themes if item.course == "falling"]
    told = [item for item in held.themes if item.now is not None and item.now.mentioning]
    if not told:
        return _("รอบนี้ยังไม่มีเขตที่กล่าวถึงประเด็นในชุดนี้")
    first = told[0]
    if not held.before:
        return _("เขตกล่าวถึง “%(label)s” มากที่สุด ยังไม่มีรอบเดียวกันของปีก่อนให้เทียบ") % {"label": _label(first)}
    return _("เขตกล่าวถึง “%(label)s” มากที่สุด เพิ่มขึ้นจากปีก่อน %(rising)s ประเด็น ลดลง %(falling)s ประเด็น") % {
        "label": _label(first),
        "rising": formats.count(len(rising)),
        "falling": formats.count(len(falling)),
    }


def _label(theme: ThemeTrend) -> str:
    return theme.label_th if formats.in_thai() else theme.label_en or theme.label_th


def _table(held: ThemeTrends) -> Chart:
    """The table as a file to keep."""
    rows = []
    for item in held.themes:
        now = item.now
        if now is None or now.share is None:
            rows.append((_label(item), "", "", "", "", "", _("เขตที่เขียนน้อยกว่า 5 เขต จึงไม่แสดง")))
            continue
        rows.append(
            (
                _label(item),
                str(now.mentioning),
                str(now.reporting),
                *_bounds(now.share),
                str(words.word("course", item.course).text),
            )
        )
    return Chart(
        key="themes",
        title=_("ประเด็นของรอบ"),
        svg=SafeString(""),
        source=_("ข้อความในรายงานที่รับรองแล้ว"),
        header=(_("ประเด็น"), _("เขตที่กล่าวถึง"), _("เขตที่เขียน"), _("ร้อยละ"), _("ต่ำสุด"), _("สูงสุด"), _("แนวโน้ม")),
        rows=tuple(rows),
    )


def _bounds(share: Interval) -> tuple[str, str, str]:
    return tuple(f"{PERCENT * value:.1f}" for value in (share.estimate, share.low, share.high))  # type: ignore[return-value]
