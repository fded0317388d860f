"""All that the page of one case shows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.cases.queries import CaseDetail, Deed, FieldView, SourceView
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.core.cases.suitability import Suitability
from sanyan.interfaces.web import formats
from sanyan.interfaces.web.cases import words
from sanyan.interfaces.web.cases.cards import card, moved_of, place_name, suits_of
from sanyan.interfaces.web.cases.pictures import outcome_chart
from sanyan.interfaces.web.words import Text, Word


@dataclass(frozen=True)
class Line:
    """One line of a part of the card; `href` opens its source where it is quoted."""

    text: str
    href: str = ""


@dataclass(frozen=True)
class Row:
    """One part of the card in words. `beside` are quotes that stand beside figures."""

    field: str
    name: Text
    standing: Word
    basis: Text
    lines: tuple[Line, ...]
    beside: tuple[Line, ...]
    edited: str


@dataclass(frozen=True)
class Part:
    """Parts of the card under one heading."""

    key: str
    name: Text
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Source:
    """A source with its place on the page; each segment with the name of its mark."""

    anchor: str
    name: str
    group: str
    segments: tuple[tuple[str, str], ...]
    unused: Text
    view: SourceView


@dataclass(frozen=True)
class Step:
    """One step in a case's life."""

    at: datetime
    by: str
    what: str
    quote: str


def page_of(
    request: HttpRequest,
    detail: CaseDetail,
    suits: Suitability | None,
    area: OrganisationInfo | None,
) -> dict[str, Any]:
    """The context of the page."""
    chart = outcome_chart(detail)
    shown = card(request, detail.info)
    return {
        "detail": detail,
        "case": detail.info,
        "card": shown,
        "answer": _answer(detail),
        "parts": parts_of(detail),
        "sources": sources_of(detail),
        "pairs": [
            (place_name(pair.place) if pair.place else "", pair, moved_of(pair.figures)) for pair in detail.pairs
        ],
        "chart": chart,
        "charts": [chart] if chart else [],
        "suits": suits_of(suits) if suits else None,
        "area": area,
        "decided": [
            (item, words.of(words.LEVEL, item.level), words.of(words.DECISION, item.decision))
            for item in detail.decided
        ],
        "steps": [_step(deed) for deed in detail.deeds],
    }


def parts_of(detail: CaseDetail) -> tuple[Part, ...]:
    """The card under its headings."""
    anchors = _anchors(detail)
    return tuple(
        Part(key, words.PARTS[key], tuple(_row(view, anchors) for view in views))
        for key, views in detail.parts.items()
        if views
    )


def sources_of(detail: CaseDetail) -> tuple[Source, ...]:
    """The sources in the order they were read, each with its marks."""
    anchors = _anchors(detail)
    return tuple(
        Source(
            anchor=anchors[view.key],
            name=formats.told(view.name),
            group=_group(view),
            segments=tuple(
                (segment.text, f"{anchors[view.key]}-{segment.mark}" if segment.mark else "")
                for segment in view.segments
            ),
            unused=words.UNUSED.get(view.unused, view.unused),
            view=view,
        )
        for view in detail.sources
    )


def _group(view: SourceView) -> str:
    """What a source is part of: one answer of one round, or what was told at one time."""
    kind = f"{words.SOURCE.get(view.kind, view.kind)} {view.indicator_code}".strip()
    return f"{kind} · {formats.round_name(view.round)}"


def _anchors(detail: CaseDetail) -> Mapping[str, str]:
    return {view.key: f"source-{number}" for number, view in enumerate(detail.sources, 1)}


def _row(view: FieldView, anchors: Mapping[str, str]) -> Row:
    quotes = tuple(
        Line(quote.text, f"#{anchors[quote.source]}-{quote.mark}" if quote.mark else f"#{anchors[quote.source]}")
        for quote in view.quotes
    )
    own = tuple(Line(line) for line in view.value.split("\n") if line)
    rests_on_text = view.basis == "text"
    edited = ""
    if view.edited_at is not None:
        edited = _("แก้โดย %(name)s %(at)s") % {"name": view.edited_by, "at": formats.moment(view.edited_at)}
    return Row(
        field=view.field,
        name=words.FIELDS.get(view.field, view.field),
        standing=words.of(words.STANDING, view.standing),
        basis=words.BASIS.get(view.basis, ""),
        lines=quotes if rests_on_text else own,
        beside=() if rests_on_text else quotes,
        edited=edited,
    )


def _answer(detail: CaseDetail) -> str:
    moved = moved_of(detail.info.figures)
    if moved is None:
        return _("เขตเสนอเป็นแบบอย่าง ยังไม่มีตัวเลขก่อนและหลังที่ตรวจได้")
    told = f"{moved.indicator}: {moved.after}"
    if moved.before:
        told = _("%(indicator)s จาก %(before)s เป็น %(after)s") % {
            "indicator": moved.indicator,
            "before": moved.before,
            "after": moved.after,
        }
    behind = " · ".join(part for part in (moved.behind or moved.rounds, moved.beside) if part)
    return f"{told} ({behind})"


def _step(deed: Deed) -> Step:
    said = {
        "propose": _("พบจากตัวเลข จึงตั้งเป็นผู้สมัคร"),
        "nominate": _("เสนอเป็นแบบอย่าง"),
        "draft": _("เติมบัตรจากต้นฉบับ"),
        "tell": _("เขตเล่าเพิ่ม"),
        "edit": _("แก้บัตร"),
        "retitle": _("ตั้งชื่อใหม่"),
        "assign": _("มอบให้ผู้ตรวจทาน"),
        "verify": _("ตรวจกับต้นฉบับแล้ว"),
        "publish": _("เผยแพร่ในคลัง"),
        "withdraw": _("ถอนออก"),
    }
    held = deed.detail
    quote = str(held.get("because") or held.get("reviewer") or "")
    if deed.what == "edit":
        quote = str(words.FIELDS.get(str(held.get("field")), held.get("field")))
    by = _("ระบบ") if deed.by == SYSTEM.name else deed.by
    return Step(deed.at, by, said.get(deed.what, deed.what), quote)
