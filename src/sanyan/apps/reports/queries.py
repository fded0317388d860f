from __future__ import annotations

from datetime import date

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.reports.gathering import gather
from sanyan.core.downloads import Download
from sanyan.core.reporting.blocks import Document
from sanyan.core.reporting.round_summary import compose_summary
from sanyan.engines.documents.word import write_word


def round_summary(*, viewer: Viewer, round_id: int, today: date, lang: str = "th") -> Document:
    """The summary of a round as the viewer may read it."""
    return compose_summary(gather(viewer=viewer, round_id=round_id, today=today), lang=lang)


def round_summary_word(
    *, viewer: Viewer, round_id: int, today: date, lang: str = "th", thai_digits: bool = False
) -> Download:
    """The same summary as a Word file."""
    data = gather(viewer=viewer, round_id=round_id, today=today)
    document = compose_summary(data, lang=lang)
    name = f"summary_{data.round.framework_code}_{data.round.key}_{lang}.docx"
    return Download(name, write_word(document, thai_digits=thai_digits))
