from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.narratives import queries
from sanyan.apps.narratives.queries import PassageFilters, SearchResults, TextCounts
from sanyan.interfaces.web import formats, rounds_bar
from sanyan.interfaces.web.listen.filters import text_filter
from sanyan.interfaces.web.listen.quoting import marked, quote_of
from sanyan.interfaces.web.pages import page, show

SHOWN, MORE = 20, 100
LONGEST_QUESTION = 500
EXAMPLES = (  # texts are in Thai, so they are asked for in Thai; the other is what an English reader is told
    ("ครูไม่ครบชั้น", gettext_lazy("ครูไม่ครบชั้น")),
    ("อินเทอร์เน็ตในพื้นที่ห่างไกล", gettext_lazy("อินเทอร์เน็ตในพื้นที่ห่างไกล")),
    ("เด็กหลุดจากระบบกลับมาเรียน", gettext_lazy("เด็กหลุดจากระบบกลับมาเรียน")),
    ("ลดภาระงานเอกสารของครู", gettext_lazy("ลดภาระงานเอกสารของครู")),
)


@page
def search(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What areas wrote, found by words and meaning."""
    info = rounds_bar.round_of(request, viewer)
    chosen = text_filter(request, viewer, info)
    question = request.GET.get("q", "").strip()[:LONGEST_QUESTION]
    most = MORE if request.GET.get("more") else SHOWN
    found = queries.search(viewer=viewer, question=question, filters=chosen.filters, most=most) if question else None
    counts = queries.text_counts(viewer=viewer, round_id=chosen.filters.round_id)
    context = {
        "question": question,
        "filter": chosen,
        "found": found,
        "quotes": [quote_of(hit) for hit in found.hits] if found else [],
        "counts": counts,
        "more": found is not None and most < MORE and found.total > len(found.hits),
        "examples": EXAMPLES,
        "answer": _answer(question, found, counts, chosen.filters),
    }
    return show(request, "listen/search.html", context)


@page
def passage(request: HttpRequest, viewer: Viewer, passage_id: int) -> HttpResponse:
    """A quote in its source: the whole text with the passage marked, and what others wrote like it."""
    view = queries.source_view(viewer=viewer, passage_id=passage_id)
    context = {
        "view": view,
        "passage": view.passage,
        "parts": marked(view.text, view.marks),
        "similar": [quote_of(hit) for hit in queries.similar(viewer=viewer, passage_id=passage_id, most=6)],
    }
    return show(request, "listen/passage.html", context)


@page
def unread(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What could not be read of evidence files, and what to do."""
    info = rounds_bar.round_of(request, viewer)
    rows = queries.unread(viewer=viewer, round_id=info.id)
    return show(request, "listen/unread.html", {"rows": rows})


def _answer(question: str, found: SearchResults | None, counts: TextCounts, filters: PassageFilters) -> str:
    if not counts.passages:
        return _("ยังไม่มีข้อความจากรายงานที่รับรองแล้วในรอบนี้ ข้อความจะค้นได้ภายในหนึ่งนาทีหลัง ผอ. รับรอง")
    if found is None:
        return _("ค้นจากข้อความ %(passages)s ตอน ของ %(areas)s เขต ทั้งคำที่ตรงกันและความหมายใกล้เคียง") % {
            "passages": formats.count(counts.passages),
            "areas": formats.count(counts.areas),
        }
    if not found.hits:
        return _("ไม่พบข้อความที่ตรงกับ “%(question)s” ตามที่เลือก") % {"question": question}
    areas = len({hit.passage.organisation_id for hit in found.hits})
    return _("พบคำที่ตรงกันใน %(total)s ตอน แสดง %(shown)s ตอนที่ตรงที่สุด จาก %(areas)s เขต") % {
        "total": formats.count(found.total),
        "shown": formats.count(len(found.hits)),
        "areas": formats.count(areas),
    }
