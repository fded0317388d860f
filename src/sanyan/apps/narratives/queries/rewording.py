"""What a language model may be asked of drafted lessons: to word their counted sentences better.

Quotes are never sent: they stand as areas wrote them. So a model sees nothing that an area wrote, and no order in it.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.narratives.models import Theme
from sanyan.apps.narratives.queries.lessons import Lessons
from sanyan.apps.organisations import queries as organisations
from sanyan.core.text.claims import CitedSentence
from sanyan.core.text.drafting import Lesson
from sanyan.core.text.guarding.outcomes import Reason, reason
from sanyan.core.text.guarding.prompts import Prompt
from sanyan.core.text.guarding.records import source_hash
from sanyan.core.text.guarding.rewriting import RewriteRequest
from sanyan.core.thai.personal_data import find_personal_data, mask


@dataclass(frozen=True)
class LessonQuestion:
    """One lesson as it is asked: its counted sentences by the id of their theme, and what is not sent and why."""

    lesson: Lesson
    request: RewriteRequest
    prompt: Prompt
    left_out: tuple[Reason, ...]

    @property
    def source_hash(self) -> str:
        """The hash of what is sent, by which an answer is found again as long as the draft stays as it is."""
        return source_hash(self.prompt.sent)


def questions(viewer: Viewer, round_id: int, drafted: Lessons) -> tuple[LessonQuestion, ...]:
    """The question about each drafted lesson, in their order."""
    names = _names(viewer, round_id, drafted) if drafted.lessons else ()
    return tuple(_question(lesson, names) for lesson in drafted.lessons)


def masked(text: str) -> str:
    """`text` as it may leave this server."""
    return mask(text, find_personal_data(text)).text


def _question(lesson: Lesson, names: Collection[str]) -> LessonQuestion:
    sentences: dict[str, CitedSentence] = {}
    private: list[Reason] = []
    for item in lesson.sentences:
        if item.quotes:
            continue
        if find_personal_data(item.text.th):
            private.append(_private(item.theme_id))
        else:
            sentences[item.theme_id] = item.cited("th")
    own = {name for item in lesson.sentences if item.theme_id in sentences for name in item.names}
    request = RewriteRequest(sentences, tuple(sorted({*names, *own})))
    prompt = request.prompt(marker=secrets.token_hex(16), masker=masked)
    return LessonQuestion(lesson, request, prompt, (*private, *prompt.left_out))


def _names(viewer: Viewer, round_id: int, drafted: Lessons) -> tuple[str, ...]:
    """All names of areas and themes: one that a draft does not hold must not turn up in its place."""
    on = frameworks.round_info(viewer=viewer, round_id=round_id).data_until
    areas = [name for area in organisations.areas(on=on) for name in (area.name_th, area.short_th)]
    labels = Theme.objects.filter(theme_set__in=drafted.theme_sets).values_list("label_th", "label_en")
    return tuple({*areas, *(label for pair in labels for label in pair)} - {""})


def _private(place: str) -> Reason:
    return reason(
        "text-personal",
        "ประโยคมีข้อมูลส่วนบุคคล จึงไม่ส่งออกไป",
        "The sentence holds personal data and is not sent.",
        place,
    )
