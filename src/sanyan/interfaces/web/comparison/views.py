from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import AreaRef, ComparedArea, IndicatorComparison
from sanyan.interfaces.web import rounds_bar
from sanyan.interfaces.web.addresses import AreaLinks
from sanyan.interfaces.web.areas.filters import AreaFilter
from sanyan.interfaces.web.charts.base import Chart
from sanyan.interfaces.web.explanations import about
from sanyan.interfaces.web.figures.comparison import (
    Drawn,
    anonymous_count,
    caterpillar_chart,
    comparison_answer,
    funnel_chart,
    level_between,
    level_written,
    own_written,
)
from sanyan.interfaces.web.figures.indicator import unit_of
from sanyan.interfaces.web.figures.sentences import chance, places_of, points, rank_words, said, signed, signed_between
from sanyan.interfaces.web.figures.source import source_line
from sanyan.interfaces.web.pages import page, show

FIRST_SHOWN = 30
STANDINGS = ("strong", "weak", "unsure")
SORTS: dict[str, Callable[[ComparedArea], float | None]] = {
    "difference": lambda item: item.difference.middle,
    "p": lambda item: item.p_better,
    "n": lambda item: item.n,
}


@dataclass(frozen=True)
class ComparedRow:
    """One area's row, written out."""

    item: ComparedArea
    area: AreaRef
    standing: str
    own: str
    level: str
    level80: str
    expected: str
    difference: str
    difference80: str
    p_better: str
    rank: str
    p_top: str


@page
def compare(request: HttpRequest, viewer: Viewer, code: str) -> HttpResponse:
    """One indicator compared fairly: who differs from what the context leads one to expect, and how surely."""
    info = rounds_bar.round_of(request, viewer)
    held = analytics.indicator_comparison(viewer=viewer, round_id=info.id, code=code)
    named = [item.area for item in held.areas if item.area is not None]
    chosen = AreaFilter.of(request, named)
    standing = request.GET.get("standing", "")
    rows = _rows(held, chosen, standing=standing, sort=request.GET.get("sort", ""))
    shown = rows if request.GET.get("all") else rows[:FIRST_SHOWN]
    source = source_line(info, held.source)
    show_as = Drawn(chosen.keeps, AreaLinks(request), source, "#compare-table")
    forest, funnel = caterpillar_chart(held, show_as), funnel_chart(held, show_as)
    context = {
        "held": held,
        "indicator": held.indicator,
        "unit": unit_of(held.indicator),
        "points": points(held.indicator),
        "answer": comparison_answer(held),
        "filter": chosen,
        "standing": standing,
        "standings": STANDINGS,
        "sort": request.GET.get("sort", ""),
        "caterpillar": forest,
        "funnel": funnel,
        "rows": shown,
        "total": len(rows),
        "anonymous": anonymous_count(held.areas),
        "expectation": [said(words) for words in held.expectation],
        "notes": [said(words) for words in held.notes],
        "noise": said(held.noise),
        "explained": about("levels" if held.by_place else "comparison"),
        "source": source,
    }
    charts: Sequence[Chart] = [chart for chart in (forest, funnel) if chart is not None]
    return show(request, "comparison/compare.html", context, charts=charts)


def _rows(held: IndicatorComparison, chosen: AreaFilter, *, standing: str, sort: str) -> list[ComparedRow]:
    pairs = [(item, item.area) for item in held.areas if item.area is not None and chosen.keeps(item.area)]
    if standing in STANDINGS:
        pairs = [(item, area) for item, area in pairs if item.standing == standing]
    return [_row(item, area, held) for item, area in _sorted(pairs, sort)]


def _sorted(pairs: list[tuple[ComparedArea, AreaRef]], sort: str) -> list[tuple[ComparedArea, AreaRef]]:
    """In the order asked for, areas without a value last; as they come, the worst level first, where none is."""
    name, down = sort.removeprefix("-"), sort.startswith("-")
    if name == "region":
        return sorted(pairs, key=lambda pair: (pair[1].region_code, pair[1].code), reverse=down)
    if name not in SORTS:
        return pairs
    told = [(value, pair) for pair in pairs if (value := SORTS[name](pair[0])) is not None]
    told.sort(key=lambda item: (-item[0] if down else item[0], item[1][1].code))
    return [pair for _, pair in told] + [pair for pair in pairs if SORTS[name](pair[0]) is None]


def _row(item: ComparedArea, area: AreaRef, held: IndicatorComparison) -> ComparedRow:
    places = places_of(held.indicator)
    apart = item.difference
    return ComparedRow(
        item=item,
        area=area,
        standing=item.standing,
        own=own_written(item, held),
        level=level_written(item.level.middle, held),
        level80=level_between(item.level, held),
        expected=level_written(item.expected, held),
        difference="" if held.by_place else signed(apart.middle, places),
        difference80="" if held.by_place else signed_between(apart.low80, apart.high80, places),
        p_better=chance(item.p_better),
        rank=rank_words(item.rank, held.used),
        p_top=chance(item.p_top),
    )
