"""Themes: what the method proposes, what a person makes of it, and what is signed."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from sanyan.apps.accounts.access import Capability, Viewer, may
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.narratives import actions, queries
from sanyan.apps.narratives.queries import ThemeSetInfo, ThemeSetView
from sanyan.core.errors import NothingToDoError
from sanyan.core.indicators.definitions import PolicyArea
from sanyan.core.thai.characters import one_line, writable
from sanyan.interfaces.web import formats, rounds_bar, words
from sanyan.interfaces.web.listen.filters import number
from sanyan.interfaces.web.listen.quoting import quote_of
from sanyan.interfaces.web.pages import page, show, try_to

STANCES = {code: word for code, word in words.STANCE.items() if code != "other"}
GROUPS = (5, 10, 15, 20, 30)
SHOWN, MORE = 20, 200  # passages of a theme on its page


@page
def theme_sets(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Which sets of themes there are, and the way to a new one."""
    info = rounds_bar.round_of(request, viewer)
    found = queries.theme_sets(viewer=viewer, framework_code=info.framework_code, is_practice=info.is_practice)
    policies = _policies(viewer, info)
    context = {
        "signed": [(item, policies.get(item.policy_area)) for item in found if item.state == "signed"],
        "proposed": [(item, policies.get(item.policy_area)) for item in found if item.state == "proposed"],
        "retired": [(item, policies.get(item.policy_area)) for item in found if item.state == "retired"],
        "policies": tuple(policies.values()),
        "stances": STANCES,
        "group_choices": GROUPS,
        "may_propose": may(viewer=viewer, capability=Capability.MANAGE),
        "answer": _answer(found),
    }
    return show(request, "listen/theme_sets.html", context)


@require_POST
@page
def propose(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Ask for candidate themes; the work is a job that can be watched."""
    info = rounds_bar.round_of(request, viewer)
    back = f"{reverse('listen:themes')}?round={info.id}"
    question = {
        "framework_code": info.framework_code,
        "is_practice": info.is_practice,
        "stance": request.POST.get("stance", ""),
        "policy_area": writable(request.POST.get("policy", "")),
        "indicator_code": "",
    }
    groups = number(request.POST.get("groups", ""))
    try_to(
        request,
        lambda: actions.ask_for_themes(by=viewer, question=question, groups=groups, now=timezone.now()),
        done=_("กำลังจัดกลุ่มข้อความเป็นประเด็น ดูความก้าวหน้าได้ที่งานเบื้องหลัง"),
    )
    return HttpResponseRedirect(back)


@page
def theme_set(request: HttpRequest, viewer: Viewer, theme_set_id: int) -> HttpResponse:
    """One set: its themes with what stands behind each."""
    view = queries.theme_set(viewer=viewer, id=theme_set_id)
    policies = _policies(viewer, rounds_bar.round_of(request, viewer))
    context = {
        "view": view,
        "set": view.info,
        "policy": policies.get(view.info.policy_area),
        "themes": [(item, [quote_of(quote, most=160) for quote in item.quotes]) for item in view.themes],
        "answer": _set_answer(view),
        "may_learn": view.info.state == "signed" and may(viewer=viewer, capability=Capability.MANAGE),
    }
    return show(request, "listen/theme_set.html", context)


@page
def theme(request: HttpRequest, viewer: Viewer, theme_id: int) -> HttpResponse:
    """One theme: every passage in it, and who put it there."""
    info, found = queries.theme(viewer=viewer, id=theme_id)
    most = MORE if request.GET.get("more") else SHOWN
    rows = queries.passages_of_theme(viewer=viewer, theme_id=theme_id, most=most + 1)
    context = {
        "set": info,
        "theme": found,
        "rows": [(row, quote_of(row.passage)) for row in rows[:most]],
        "more": len(rows) > most and most < MORE,
        "cut": len(rows) > most == MORE,
        "may_correct": may(viewer=viewer, capability=Capability.MANAGE) and info.state != "retired",
    }
    return show(request, "listen/theme.html", context)


@require_POST
@page
def change(request: HttpRequest, viewer: Viewer, theme_id: int) -> HttpResponse:
    """Rename, merge, drop or take back a theme of a proposal."""
    info, _found = queries.theme(viewer=viewer, id=theme_id)
    now, deed = timezone.now(), request.POST.get("deed", "")
    label_th, label_en = (one_line(request.POST.get(name, "")) for name in ("label_th", "label_en"))
    into = number(request.POST.get("into", "")) or 0
    deeds = {
        "rename": (
            lambda: actions.rename_theme(by=viewer, theme_id=theme_id, label_th=label_th, label_en=label_en, now=now),
            _("เปลี่ยนชื่อประเด็นแล้ว"),
        ),
        "merge": (
            lambda: actions.merge_themes(by=viewer, theme_id=theme_id, into_id=into, now=now),
            _("รวมประเด็นแล้ว"),
        ),
        "drop": (lambda: actions.drop_theme(by=viewer, theme_id=theme_id, now=now), _("ตัดประเด็นออกจากชุดแล้ว")),
        "keep": (lambda: actions.keep_theme(by=viewer, theme_id=theme_id, now=now), _("นำประเด็นกลับเข้าชุดแล้ว")),
    }
    if deed in deeds:
        try_to(request, deeds[deed][0], done=deeds[deed][1])
    return HttpResponseRedirect(f"{reverse('listen:theme-set', args=[info.id])}#t-{theme_id}")


@require_POST
@page
def correct(request: HttpRequest, viewer: Viewer, theme_id: int) -> HttpResponse:
    """Take passages out of a theme, or make a theme of their own from them."""
    queries.theme(viewer=viewer, id=theme_id)
    chosen = [id for value in request.POST.getlist("passage") if (id := number(value))]
    now, here = timezone.now(), reverse("listen:theme", args=[theme_id])
    if request.POST.get("deed") == "split":
        label = one_line(request.POST.get("label_th", ""))
        try_to(
            request,
            lambda: actions.split_theme(by=viewer, theme_id=theme_id, passage_ids=chosen, label_th=label, now=now),
            done=_("แยกเป็นประเด็นใหม่แล้ว"),
        )
        return HttpResponseRedirect(here)
    if request.POST.get("deed") == "out":
        done = _("นำข้อความที่เลือกออกจากประเด็นแล้ว ระบบจะเรียนรู้เมื่อสั่งปรับตามการแก้")
        try_to(request, lambda: _take_out(viewer, theme_id, chosen, now), done=done)
    return HttpResponseRedirect(here)


@require_POST
@page
def sign(request: HttpRequest, viewer: Viewer, theme_set_id: int) -> HttpResponse:
    """Sign a proposal off, or let a signed set learn from what people corrected."""
    now, here = timezone.now(), reverse("listen:theme-set", args=[theme_set_id])
    if request.POST.get("deed") == "learn":
        try_to(
            request,
            lambda: actions.learn(by=viewer, theme_set_id=theme_set_id, now=now),
            done=_("ปรับการจัดประเด็นตามที่คนแก้แล้ว"),
        )
    elif request.POST.get("deed") == "sign":
        try_to(
            request,
            lambda: actions.sign_themes(by=viewer, theme_set_id=theme_set_id, now=now),
            done=_("รับรองชุดประเด็นแล้ว และจัดข้อความทั้งหมดตามชุดนี้"),
        )
    return HttpResponseRedirect(here)


def _take_out(viewer: Viewer, theme_id: int, chosen: Sequence[int], now: datetime) -> None:
    """Say of each passage that it is of another matter; one that somebody took out before is passed over."""
    done = 0
    for passage_id in chosen:
        with suppress(NothingToDoError):
            actions.correct_assignment(by=viewer, theme_id=theme_id, passage_id=passage_id, holds=False, now=now)
            done += 1
    if not done:
        raise NothingToDoError(
            "theme-nothing-chosen",
            "ยังไม่ได้เลือกข้อความที่จะนำออก หรือมีคนนำออกไปก่อนแล้ว",
            "No passage was chosen, or somebody has taken them out already.",
            next_th="เลือกข้อความอย่างน้อยหนึ่งตอน แล้วกดนำออกอีกครั้ง",
            next_en="Choose at least one passage and try again.",
        )


def _policies(viewer: Viewer, info: RoundInfo) -> dict[str, PolicyArea]:
    version = frameworks.framework_version(viewer=viewer, version_id=info.version_id)
    return {item.code: item for item in version.definition.policy_areas}


def _answer(found: tuple[ThemeSetInfo, ...]) -> str:
    signed = [item for item in found if item.state == "signed"]
    waiting = sum(item.state == "proposed" for item in found)
    if not signed and not waiting:
        return _("ยังไม่มีชุดประเด็น ระบบเสนอได้จากข้อความที่เขตเขียน แล้วเจ้าหน้าที่เป็นผู้ตั้งชื่อและรับรอง")
    told = _("เจ้าหน้าที่รับรองแล้ว %(signed)s ชุด รวม %(themes)s ประเด็น") % {
        "signed": formats.count(len(signed)),
        "themes": formats.count(sum(item.themes for item in signed)),
    }
    asked = _("อีก %(waiting)s ชุดรอคนตรวจและรับรอง") % {"waiting": formats.count(waiting)} if waiting else ""
    return f"{told} {asked}".strip()


def _set_answer(view: ThemeSetView) -> str:
    themes = view.themes
    if not themes:
        return _("ชุดนี้ไม่มีประเด็นที่ผ่านเกณฑ์")
    return _("%(themes)s ประเด็น ที่กล่าวถึงมากที่สุดคือ “%(label)s” %(areas)s เขตในทุกรอบที่ผ่านมา") % {
        "themes": formats.count(len(themes)),
        "label": themes[0].label_th if formats.in_thai() else themes[0].label_en or themes[0].label_th,
        "areas": formats.count(themes[0].areas),
    }
