from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Capability, Viewer, may
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.narratives import actions, queries
from sanyan.apps.narratives.queries import Lessons, ModelCallInfo, PassageInfo, Rewritten
from sanyan.core.indicators.definitions import PolicyArea
from sanyan.core.signed_documents import Words
from sanyan.core.text.drafting import Lesson, LessonSentence
from sanyan.interfaces.web import formats, rounds_bar, words
from sanyan.interfaces.web.pages import page, show, try_to


@dataclass(frozen=True)
class Line:
    """A sentence to show: a count with the theme it counts and, where there is one, as a language model worded it; or
    a quote with the passage it opens."""

    sentence: LessonSentence
    passage: PassageInfo | None
    reworded: str = ""


@dataclass(frozen=True)
class Part:
    """One kind of lesson within a policy area."""

    kind: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Section:
    """A policy area and its lessons."""

    policy: PolicyArea
    parts: tuple[Part, ...]


@dataclass(frozen=True)
class Calls:
    """Questions of a round to a language model, each with its policy area and why its answer is not used, and what
    they took together; a cost of None where nobody tells."""

    rows: tuple[tuple[ModelCallInfo, PolicyArea | None, tuple[Words, ...]], ...]
    tokens_in: int
    tokens_out: int
    cost: float | None


@page
def lessons(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What worked, what must improve and what areas suggest; every sentence opens its source."""
    info = rounds_bar.round_of(request, viewer)
    policies = frameworks.framework_version(viewer=viewer, version_id=info.version_id).definition.policy_areas
    asked = request.GET.get("policy", "")
    chosen = next((policy.code for policy in policies if policy.code == asked), "")
    if request.method == "POST":
        return _ask(request, viewer, info, chosen)
    found = queries.lessons(viewer=viewer, round_id=info.id, policy_area=chosen)
    reworded = queries.rewritten(viewer=viewer, round_id=info.id, drafted=found)
    context = {
        "sections": _sections(found, policies, reworded),
        "reworded": reworded,
        "calls": _calls(viewer, info, policies) if reworded else None,
        "policies": policies,
        "policy": chosen,
        "lacking": [word for code, word in words.STANCE.items() if code not in (*found.stances, "other")],
        "answer": _answer(found, reworded),
    }
    return show(request, "listen/lessons.html", context)


def _ask(request: HttpRequest, viewer: Viewer, info: RoundInfo, policy: str) -> HttpResponse:
    """Have a language model word the lessons better; the work is a job that can be watched."""
    try_to(
        request,
        lambda: actions.ask_for_rewriting(by=viewer, round_id=info.id, policy_area=policy, now=timezone.now()),
        done=_("กำลังให้โมเดลภาษาเรียบเรียงบทเรียน ดูความก้าวหน้าได้ที่งานเบื้องหลัง"),
    )
    return HttpResponseRedirect(request.get_full_path())


def _calls(viewer: Viewer, info: RoundInfo, policies: tuple[PolicyArea, ...]) -> Calls | None:
    """None for those who may not ask."""
    if not may(viewer=viewer, capability=Capability.MANAGE):
        return None
    by_code = {policy.code: policy for policy in policies}
    rows = queries.model_calls(viewer=viewer, round_id=info.id)
    costs = [row.cost for row in rows if row.cost is not None]
    return Calls(
        tuple((row, by_code.get(row.policy_area), _reasons(row)) for row in rows),
        sum(row.tokens_in or 0 for row in rows),
        sum(row.tokens_out or 0 for row in rows),
        sum(costs) if costs else None,
    )


def _reasons(call: ModelCallInfo) -> tuple[Words, ...]:
    """Each reason once: sentences of one answer often share it."""
    return tuple(dict.fromkeys(reason.words for reason in call.reasons))


def _sections(found: Lessons, policies: tuple[PolicyArea, ...], reworded: Rewritten | None) -> list[Section]:
    by_policy: dict[str, list[Lesson]] = {}
    for lesson in found.lessons:
        by_policy.setdefault(lesson.policy_area, []).append(lesson)
    return [
        Section(policy, tuple(_part(found, lesson, reworded) for lesson in by_policy[policy.code]))
        for policy in policies
        if policy.code in by_policy
    ]


def _part(found: Lessons, lesson: Lesson, reworded: Rewritten | None) -> Part:
    lines = [
        Line(sentence, found.passages.get(sentence.quotes[0].passage_id))
        if sentence.quotes
        else Line(sentence, None, reworded.sentence(lesson, sentence.theme_id) if reworded else "")
        for sentence in lesson.sentences
    ]
    return Part(lesson.kind.value, tuple(lines))


def _answer(found: Lessons, reworded: Rewritten | None) -> str:
    sentences = sum(len(lesson.sentences) for lesson in found.lessons)
    if not sentences:
        return _("ยังร่างบทเรียนไม่ได้ เพราะยังไม่มีชุดประเด็นที่รับรอง หรือรอบนี้ยังไม่มีข้อความในประเด็น")
    said = _("ร่างจากการนับและข้อความของเขต %(sentences)s ประโยค ทุกประโยคเปิดดูที่มาได้ ไม่มีข้อความที่เครื่องแต่งเอง")
    if reworded is not None and reworded.sentences:
        said = _("ร่างจากการนับและข้อความของเขต %(sentences)s ประโยค ทุกประโยคเปิดดูที่มาได้ ที่โมเดลภาษาเรียบเรียงอยู่ข้างร่าง")
    return said % {"sentences": formats.count(sentences)}
