from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.narratives import queries
from sanyan.apps.narratives.queries import Lessons, PassageInfo
from sanyan.core.indicators.definitions import PolicyArea
from sanyan.core.text.drafting import Lesson, LessonSentence
from sanyan.interfaces.web import formats, rounds_bar, words
from sanyan.interfaces.web.pages import page, show


@dataclass(frozen=True)
class Line:
    """A sentence to show: a count with the theme it counts, or a quote with the passage it opens."""

    sentence: LessonSentence
    passage: PassageInfo | None


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


@page
def lessons(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What worked, what must improve and what areas suggest; every sentence opens its source."""
    info = rounds_bar.round_of(request, viewer)
    policies = frameworks.framework_version(viewer=viewer, version_id=info.version_id).definition.policy_areas
    chosen = request.GET.get("policy", "")
    found = queries.lessons(viewer=viewer, round_id=info.id, policy_area=chosen)
    context = {
        "sections": _sections(found, policies),
        "policies": policies,
        "policy": chosen,
        "lacking": [word for code, word in words.STANCE.items() if code not in (*found.stances, "other")],
        "answer": _answer(found),
    }
    return show(request, "listen/lessons.html", context)


def _sections(found: Lessons, policies: tuple[PolicyArea, ...]) -> list[Section]:
    by_policy: dict[str, list[Lesson]] = {}
    for lesson in found.lessons:
        by_policy.setdefault(lesson.policy_area, []).append(lesson)
    return [
        Section(policy, tuple(_part(found, lesson) for lesson in by_policy[policy.code]))
        for policy in policies
        if policy.code in by_policy
    ]


def _part(found: Lessons, lesson: Lesson) -> Part:
    lines = [
        Line(sentence, found.passages.get(sentence.quotes[0].passage_id) if sentence.quotes else None)
        for sentence in lesson.sentences
    ]
    return Part(lesson.kind.value, tuple(lines))


def _answer(found: Lessons) -> str:
    sentences = sum(len(lesson.sentences) for lesson in found.lessons)
    if not sentences:
        return _("ยังร่างบทเรียนไม่ได้ เพราะยังไม่มีชุดประเด็นที่รับรอง หรือรอบนี้ยังไม่มีข้อความในประเด็น")
    return _("ร่างจากการนับและข้อความของเขต %(sentences)s ประโยค ทุกประโยคเปิดดูที่มาได้ ไม่มีข้อความที่เครื่องแต่งเอง") % {
        "sentences": formats.count(sentences)
    }
