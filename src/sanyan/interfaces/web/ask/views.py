from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.synthesis import queries
from sanyan.apps.synthesis.queries import Answer, Corrections, Grid, Lines, Nothing, Picture, Quotes, Trace
from sanyan.interfaces.web import formats, rounds_bar
from sanyan.interfaces.web.addresses import AreaLinks
from sanyan.interfaces.web.ask.pictures import picture_chart
from sanyan.interfaces.web.ask.writing import address_of, lines, sentence, source_words, table
from sanyan.interfaces.web.charts.base import Chart
from sanyan.interfaces.web.listen.quoting import quote_of
from sanyan.interfaces.web.pages import page, show

LONGEST = 400
MOST = 12  # sources that are told one by one
FIELDS = ("intent", "about", "place", "kind", "at")


@page
def ask(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """A question and its answer; without one, what can be asked."""
    info = rounds_bar.round_of(request, viewer)
    question = request.GET.get("q", "").strip()[:LONGEST]
    examples = [formats.told(words) for words in queries.examples(viewer=viewer)]
    if not question:
        return show(request, "ask/ask.html", {"question": "", "examples": examples})
    corrections = Corrections(**{name: request.GET.get(name, "") for name in FIELDS})
    answer = queries.answer(
        viewer=viewer, question=question, round_id=info.id, today=timezone.localdate(), corrections=corrections
    )
    shown = answer.round or info
    blocks, charts = _blocks(request, answer, shown)
    context = {
        "question": question,
        "answer": answer,
        "sentence": sentence(answer.headline),
        "parts": answer.understood,
        "corrected": any(request.GET.get(name) for name in FIELDS),
        "notes": [formats.told(note) for note in answer.notes],
        "blocks": blocks,
        "sources": _sources(request, answer),
        "examples": examples,
    }
    return show(request, "ask/ask.html", context, charts=charts)


def _blocks(request: HttpRequest, answer: Answer, info: RoundInfo) -> tuple[list[dict[str, object]], list[Chart]]:
    links = AreaLinks(request)
    blocks: list[dict[str, object]] = []
    charts: list[Chart] = []
    for block in answer.blocks:
        if isinstance(block, Picture):
            chart = picture_chart(block, info, links, address_of(request, block.trace.page))
            if chart is not None and chart.key not in {held.key for held in charts}:
                charts.append(chart)
                blocks.append({"kind": "chart", "chart": chart})
        elif isinstance(block, Grid):
            blocks.append({"kind": "table", "table": table(request, block)})
        elif isinstance(block, Lines):
            blocks.append({"kind": "lines", "lines": lines(request, block)})
        elif isinstance(block, Quotes):
            quotes = [quote_of(item) for item in block.items]
            held = {"quotes": quotes, "title": formats.told(block.title), "note": formats.told(block.note)}
            blocks.append({"kind": "quotes", **held, "href": address_of(request, block.page)})
        elif isinstance(block, Nothing):
            blocks.append(
                {
                    "kind": "nothing",
                    "why": formats.told(block.why),
                    "instead": [formats.told(item) for item in block.instead],
                }
            )
    return blocks, charts


def _sources(request: HttpRequest, answer: Answer) -> list[dict[str, str]]:
    """Where the numbers come from, each source once: in words, with the page that shows it."""
    traces: dict[tuple[object, ...], Trace] = {}
    for number in queries.numbers_of(answer):
        traces.setdefault((number.trace.query, number.trace.filters, number.trace.page), number.trace)
    return [
        {"text": source_words(trace), "href": address_of(request, trace.page)} for trace in list(traces.values())[:MOST]
    ]
