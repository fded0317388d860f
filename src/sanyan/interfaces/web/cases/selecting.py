from __future__ import annotations

from collections.abc import Callable
from itertools import groupby
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.cases import actions, queries
from sanyan.apps.cases.queries import EntryView, SelectionDetail, SelectionInfo
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.core.cases.criteria import Criterion
from sanyan.core.cases.selection import DIMENSIONS
from sanyan.core.errors import NotFoundError
from sanyan.interfaces.web import formats, rounds_bar
from sanyan.interfaces.web import words as shared
from sanyan.interfaces.web.addresses import address
from sanyan.interfaces.web.cases import words
from sanyan.interfaces.web.cases.asking import tabs
from sanyan.interfaces.web.cases.cards import card
from sanyan.interfaces.web.cases.forms import DecisionForm, OpenSelectionForm, ScoreForm
from sanyan.interfaces.web.pages import page, show, try_to


@page
def selections(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Rounds of selection: who chooses what by which criteria."""
    info, today = rounds_bar.round_of(request, viewer), timezone.localdate()
    places = _places(viewer, info)
    groups = [(str(group.id), group.name_th) for group in organisations.target_groups()]
    form = OpenSelectionForm(request.POST or None, places=places, groups=groups) if places else None
    if request.method == "POST":
        if form is None:
            raise NotFoundError("selection to open")
        if form.is_valid() and _open(request, viewer, info, form.cleaned_data):
            return HttpResponseRedirect(request.get_full_path())
    found = queries.selections(viewer=viewer, today=today, is_practice=info.is_practice)
    context = {
        "tab": "selections",
        "tabs": tabs(request, viewer, info),
        "rows": [(item, words.of(words.LEVEL, item.level), _how_far(item)) for item in found],
        "form": form,
        "answer": _answer(found),
    }
    return show(request, "cases/selections.html", context)


@page
def selection(request: HttpRequest, viewer: Viewer, selection_id: int) -> HttpResponse:
    """One round: criteria, scores, who is chosen and who is not, and why; how it is spread."""
    if request.method == "POST":
        _run(request, viewer, selection_id)
        return HttpResponseRedirect(address(request, "cases:selection", selection_id))
    detail = queries.selection(viewer=viewer, selection_id=selection_id, today=timezone.localdate())
    return show(request, "cases/selection.html", _selection_context(request, detail))


@page
def entry(request: HttpRequest, viewer: Viewer, selection_id: int, entry_id: int) -> HttpResponse:
    """One case in a selection: to be scored and decided."""
    detail = queries.selection(viewer=viewer, selection_id=selection_id, today=timezone.localdate())
    held = next((item for item in detail.entries if item.id == entry_id), None)
    if held is None or not held.may_score:
        raise NotFoundError(f"entry {entry_id}")
    own = {score.criterion: dict(score.given).get(viewer.name) for score in held.scores}
    first = {code: f"{points:g}" for code, points in own.items() if points is not None}
    sent = request.POST.get("deed", "")
    scoring = ScoreForm(request.POST if sent == "score" else None, rule=detail.rule, initial=first)
    start = {
        "decision": held.decision or held.suggested,
        "reason": held.reason or (held.suggested_why.th if held.suggested else ""),
    }
    deciding = DecisionForm(request.POST if sent == "decide" else None, initial=start) if detail.may_select else None
    if request.method == "POST" and _settle(request, viewer, held, scoring, deciding):
        return HttpResponseRedirect(address(request, "cases:selection", selection_id) + f"#entry-{entry_id}")
    context = {
        "detail": detail,
        "entry": held,
        "card": card(request, held.case),
        "scoring": scoring,
        "deciding": deciding,
        "decision": words.of(words.DECISION, held.decision),
        "suggested": words.of(words.DECISION, held.suggested) if held.suggested else None,
        "criteria": _criteria(detail, held),
    }
    return show(request, "cases/entry.html", context)


def _selection_context(request: HttpRequest, detail: SelectionDetail) -> dict[str, Any]:
    rank = {"chosen": 0, "": 1, "not_chosen": 2}
    rows = [
        {
            "entry": item,
            "card": card(request, item.case),
            "decision": words.of(words.DECISION, item.decision),
            "suggested": words.of(words.DECISION, item.suggested) if item.suggested else None,
            "points": _points(detail, item),
        }
        for item in sorted(detail.entries, key=lambda held: rank[held.decision])
    ]
    return {
        "detail": detail,
        "selection": detail.info,
        "level": words.of(words.LEVEL, detail.info.level),
        "how_far": _how_far(detail.info),
        "rows": rows,
        "spread": _spread(detail),
        "undecided": detail.info.entries - detail.info.decided,
        "suggested": any(item.suggested for item in detail.entries),
    }


def _points(detail: SelectionDetail, held: EntryView) -> list[tuple[str, float | None, str]]:
    """The criteria of an entry by name, with the mean and who gave what."""
    thai = formats.in_thai()
    return [(item.name.th if thai else item.name.en, mean, given) for item, mean, given in _criteria(detail, held)]


def _spread(detail: SelectionDetail) -> list[dict[str, Any]]:
    """By dimension: how many of the chosen each kind has, of how many that stand; those with none are counted."""
    thai = formats.in_thai()
    found = []
    for dimension, group in groupby(detail.spread, key=lambda row: row.dimension):
        rows = list(group)
        name = DIMENSIONS[dimension]
        found.append(
            {
                "name": name.th if thai else name.en,
                "room": rows[0].room,
                "rows": [(_kind_name(dimension, row.kind, row.name.th if thai else row.name.en), row) for row in rows],
                "without": sum(row.chosen == 0 for row in rows),
            }
        )
    return found


def _kind_name(dimension: str, kind: str, name: str) -> object:
    if dimension == "area_type":
        return shared.word("area_type", kind).text
    return words.of(words.SIZE_BAND, kind).text if dimension == "size_band" else formats.digits(name)


def _given(given: tuple[tuple[str, float], ...]) -> str:
    return ", ".join(f"{name} {formats.plain(points)}" for name, points in given)


def _criteria(detail: SelectionDetail, held: EntryView) -> list[tuple[Criterion, float | None, str]]:
    scores = {score.criterion: score for score in held.scores}
    return [(item, scores[item.code].mean, _given(scores[item.code].given)) for item in detail.rule.criteria]


def _places(viewer: Viewer, info: RoundInfo) -> list[tuple[str, str]]:
    """Where the viewer may open a selection: the centre, regions and areas."""
    found = [("centre:", str(words.LEVEL["centre"].text))] if queries.may_open(viewer=viewer, level="centre") else []
    thai = formats.in_thai()
    for region in organisations.regions(on=info.data_until):
        if queries.may_open(viewer=viewer, level="region", organisation_id=region.id):
            found.append((f"region:{region.id}", formats.digits(region.name_th) if thai else region.name_en))
    scope = visible_organisations(viewer=viewer)
    if not scope.everything:
        for area in organisations.areas(on=info.data_until, ids=scope.ids):
            if queries.may_open(viewer=viewer, level="area", organisation_id=area.id):
                found.append((f"area:{area.id}", formats.digits(area.short_th) if thai else area.name_en))
    return found


def _open(request: HttpRequest, viewer: Viewer, info: RoundInfo, held: dict[str, Any]) -> bool:
    level, _colon, place = str(held["where"]).partition(":")
    return try_to(
        request,
        lambda: actions.open_selection(
            by=viewer,
            name=held["name"],
            level=level,
            organisation_id=int(place) if place else None,
            round_id=info.id,
            seats=held["seats"],
            target_group_id=int(held["group"]) if held["group"] else None,
            now=timezone.now(),
        ),
        done=_("เปิดการคัดเลือกแล้ว ข้อที่คำนวณได้ให้คะแนนไว้ให้แล้ว"),
    )


def _run(request: HttpRequest, viewer: Viewer, selection_id: int) -> None:
    now = timezone.now()
    deeds: dict[str, tuple[Callable[[], object], str]] = {
        "suggest": (
            lambda: actions.suggest(by=viewer, selection_id=selection_id, now=now),
            _("คำนวณข้อเสนอตามเกณฑ์แล้ว การตัดสินยังเป็นของท่าน"),
        ),
        "follow": (
            lambda: actions.follow(by=viewer, selection_id=selection_id, now=now),
            _("ตัดสินเรื่องที่เหลือตามข้อเสนอแล้ว"),
        ),
        "close": (
            lambda: actions.close_selection(by=viewer, selection_id=selection_id, now=now),
            _("ปิดการคัดเลือกแล้ว เหตุผลทุกเรื่องเก็บไว้แล้ว"),
        ),
    }
    deed = deeds.get(request.POST.get("deed", ""))
    if deed is None:
        raise NotFoundError("deed")
    try_to(request, deed[0], done=deed[1])


def _settle(
    request: HttpRequest, viewer: Viewer, held: EntryView, scoring: ScoreForm, deciding: DecisionForm | None
) -> bool:
    now = timezone.now()
    if request.POST.get("deed") == "score":
        return scoring.is_valid() and try_to(
            request,
            lambda: actions.score(by=viewer, entry_id=held.id, scores=scoring.scores(), now=now),
            done=_("บันทึกคะแนนแล้ว"),
        )
    if deciding is None:
        raise NotFoundError("decision")
    return deciding.is_valid() and try_to(
        request,
        lambda: actions.decide(
            by=viewer,
            entry_id=held.id,
            decision=deciding.cleaned_data["decision"],
            reason=deciding.cleaned_data["reason"],
            now=now,
        ),
        done=_("บันทึกการตัดสินแล้ว"),
    )


def _how_far(item: SelectionInfo) -> str:
    if item.closed_at is not None:
        return _("ปิดแล้ว เลือก %(chosen)s จาก %(all)s เรื่อง") % {
            "chosen": formats.count(item.chosen),
            "all": formats.count(item.entries),
        }
    return _("ตัดสินแล้ว %(decided)s จาก %(all)s เรื่อง เลือกได้ %(seats)s") % {
        "decided": formats.count(item.decided),
        "all": formats.count(item.entries),
        "seats": formats.count(item.seats),
    }


def _answer(found: tuple[SelectionInfo, ...]) -> str:
    open_ = sum(item.closed_at is None for item in found)
    if not found:
        return _("ยังไม่มีการคัดเลือก เลือกจากเขต ขึ้นเขตตรวจราชการ แล้วถึงส่วนกลาง ทุกเรื่องมีเหตุผล")
    return _("เปิดอยู่ %(open)s รอบ จาก %(all)s รอบ ทุกเรื่องที่เลือกและไม่เลือกมีเหตุผลเก็บไว้") % {
        "open": formats.count(open_),
        "all": formats.count(len(found)),
    }
