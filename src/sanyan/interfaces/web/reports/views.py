from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.reports import queries
from sanyan.core.reporting.blocks import Block, Document, Heading
from sanyan.interfaces.web import formats, rounds_bar
from sanyan.interfaces.web.pages import page, show
from sanyan.interfaces.web.rounds.uploads import download

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@page
def summary(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The summary of a round, every figure with its source."""
    info = rounds_bar.round_of(request, viewer)
    document = queries.round_summary(viewer=viewer, round_id=info.id, today=timezone.localdate(), lang=_language())
    context = {
        "document": document,
        "blocks": [(type(block).__name__.lower(), block) for block in document.blocks],
        "contents": _contents(document),
    }
    return show(request, "reports/summary.html", context)


@page
def summary_word(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """The same summary as a Word file, in the reader's language and digits."""
    info = rounds_bar.round_of(request, viewer)
    found = queries.round_summary_word(
        viewer=viewer,
        round_id=info.id,
        today=timezone.localdate(),
        lang=_language(),
        thai_digits=formats.thai_digits_chosen() and formats.in_thai(),
    )
    return download(found.file_name, found.data, DOCX)


def _language() -> str:
    return "th" if formats.in_thai() else "en"


def _contents(document: Document) -> list[Block]:
    """Headings that can be jumped to."""
    return [block for block in document.blocks if isinstance(block, Heading) and block.level == 1 and block.key]
