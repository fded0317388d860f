"""A person signs a set of themes; a classifier learnt from it is then held against every passage, old and new.

What a person said of a passage is never overruled. Each assignment tells whether the method or a person made it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

import numpy as np
from django.db import transaction
from numpy.typing import NDArray

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.jobs import actions as jobs
from sanyan.apps.narratives import access
from sanyan.apps.narratives.actions.questions import Question
from sanyan.apps.narratives.actions.reading import only_system, renew_state
from sanyan.apps.narratives.language import configured_embedder
from sanyan.apps.narratives.models import Passage, Theme, ThemeAssignment, ThemeSet
from sanyan.apps.narratives.shelf import vectors_of
from sanyan.core.errors import BadInputError, NothingToDoError
from sanyan.core.text.themes.classifying import Labelled, ThemeClassifier, apply, fit

JOB = "narratives.apply"
PASSAGES_AT_ONCE = 1_000
BY_METHOD = "ระบบ"


def sign_themes(*, by: Viewer, theme_set_id: int, now: datetime) -> None:
    """Sign a proposal off: it becomes the set that counts are made by, in place of the one before."""
    with transaction.atomic():
        row = access.theme_set_for_change(viewer=by, id=theme_set_id)
        if row.state != ThemeSet.State.PROPOSED:
            raise _moved_on()
        if not row.themes.filter(state=Theme.State.KEPT).exists():
            raise BadInputError(
                "theme-set-empty",
                "ชุดนี้ไม่มีประเด็นเหลืออยู่ จึงรับรองไม่ได้",
                "No theme is left in this set, so it cannot be signed.",
                next_th="นำประเด็นกลับเข้าชุดอย่างน้อยหนึ่งประเด็น",
                next_en="Take at least one theme back into the set.",
            )
        question = Question.of_set(row)
        question.sets().filter(state=ThemeSet.State.SIGNED).update(state=ThemeSet.State.RETIRED, retired_at=now)
        row.classifier = _learnt(row).as_dict()
        row.state, row.signed_at, row.signed_by = ThemeSet.State.SIGNED, now, by.name
        row.applied_at = None
        row.basis = {**row.basis, "applied_through": 0}
        row.save()
        _trace(by, "narratives.sign_themes", row, now)
        _ask_to_apply(by, now)


def learn(*, by: Viewer, theme_set_id: int, now: datetime) -> None:
    """Learn a signed set anew with what people corrected, and hold it against every passage again."""
    with transaction.atomic():
        row = access.theme_set_for_change(viewer=by, id=theme_set_id)
        if row.state != ThemeSet.State.SIGNED:
            raise _moved_on()
        fresh = _learnt(row).as_dict()
        if fresh == row.classifier:
            raise NothingToDoError(
                "themes-learnt-nothing",
                "ยังไม่มีการแก้ใหม่ให้เรียนรู้",
                "There are no new corrections to learn from.",
                next_th="เปิดประเด็น แล้วนำข้อความที่ไม่ใช่ออกก่อน",
                next_en="Open a theme and take out the passages that do not belong.",
            )
        row.classifier, row.applied_at = fresh, None
        row.basis = {**row.basis, "applied_through": 0}
        row.save()
        _trace(by, "narratives.learn_themes", row, now)
        _ask_to_apply(by, now)


def apply_signed(*, by: Viewer, now: datetime) -> int:
    """Hold every signed set against the passages it has not seen. Returns how many passages were looked at."""
    only_system(by)
    return sum(_apply(row, now) for row in ThemeSet.objects.filter(state=ThemeSet.State.SIGNED))


def _apply(row: ThemeSet, now: datetime) -> int:
    classifier = ThemeClassifier.from_dict(row.classifier or {})
    through = int(row.basis.get("applied_through", 0))
    seen = 0
    while True:
        passages = list(Question.of_set(row).passages().filter(pk__gt=through)[:PASSAGES_AT_ONCE])
        vectors = _vectors(passages, classifier.model_id)
        passages = passages[: len(vectors)] if vectors is not None else passages
        if not passages:
            return seen
        with transaction.atomic():
            held = ThemeSet.objects.select_for_update().get(pk=row.pk)
            if held.state != row.state or held.classifier != row.classifier or held.basis != row.basis:
                return seen  # learnt or replaced meanwhile: the job queued for that begins anew
            _assign(row, classifier, passages, vectors, now, anew=through == 0)
            through = passages[-1].pk
            row.applied_at, row.basis = now, {**row.basis, "applied_through": through}
            row.save(update_fields=["applied_at", "basis"])
            renew_state()
        seen += len(passages)


def _assign(
    row: ThemeSet,
    classifier: ThemeClassifier,
    passages: Sequence[Passage],
    vectors: NDArray[np.float32] | None,
    now: datetime,
    *,
    anew: bool,
) -> None:
    themes = {str(theme.pk): theme for theme in row.themes.filter(state=Theme.State.KEPT)}
    by_method = ThemeAssignment.objects.filter(theme__theme_set=row, origin=ThemeAssignment.Origin.METHOD)
    if anew:  # what was proposed, or said by an earlier state of the classifier, makes way
        by_method.delete()
    by_person = set(
        ThemeAssignment.objects.filter(theme__theme_set=row, passage__in=passages).values_list("theme_id", "passage_id")
    )
    told = apply(classifier, [passage.text for passage in passages], vectors=vectors)
    made = [
        ThemeAssignment(
            theme=themes[item.theme],
            passage=passages[item.row],
            origin=ThemeAssignment.Origin.METHOD,
            probability=min(1.0, max(0.0, item.probability)),
            assigned_at=now,
            assigned_by=BY_METHOD,
        )
        for item in told
        if item.theme in themes and (themes[item.theme].pk, passages[item.row].pk) not in by_person
    ]
    ThemeAssignment.objects.bulk_create(made, batch_size=500)


def _learnt(row: ThemeSet) -> ThemeClassifier:
    themes = [str(pk) for pk in row.themes.filter(state=Theme.State.KEPT).order_by("pk").values_list("pk", flat=True)]
    rounds = row.basis.get("rounds", [])
    passages = list(Question.of_set(row).passages().filter(source__round_id__in=rounds))
    places = {passage.pk: place for place, passage in enumerate(passages)}
    held: dict[int, set[str]] = defaultdict(set)
    by_person: set[int] = set()
    assigned = ThemeAssignment.objects.filter(theme__theme_set=row, theme__state=Theme.State.KEPT)
    for theme, passage, holds, origin in assigned.values_list("theme_id", "passage_id", "holds", "origin"):
        if passage in places:
            if holds:
                held[places[passage]].add(str(theme))
            if origin == ThemeAssignment.Origin.PERSON:
                by_person.add(places[passage])
    labels = [
        Labelled(place, frozenset(held.get(place, ())), by_person=place in by_person) for place in range(len(passages))
    ]
    model_id = str(row.basis.get("model", ""))
    vectors = _vectors(passages, model_id) if model_id else None
    if vectors is None or len(vectors) != len(passages):
        vectors, model_id = None, ""
    return fit([passage.text for passage in passages], labels, themes, vectors=vectors, model_id=model_id)


def _vectors(passages: Sequence[Passage], model_id: str) -> NDArray[np.float32] | None:
    """The vectors of the passages up to the first without one; None where the classifier needs none."""
    if not model_id:
        return None
    embedder = configured_embedder()
    if embedder is None or embedder.model_id != model_id:
        return np.zeros((0, 0), dtype=np.float32)  # made by another model: it waits until the set is learnt anew
    vectors, has_one = vectors_of([passage.text_hash for passage in passages], embedder)
    lacking = np.flatnonzero(~has_one)
    return vectors[: lacking[0]] if len(lacking) else vectors


def _ask_to_apply(by: Viewer, now: datetime) -> None:
    jobs.enqueue(kind=JOB, title="จัดข้อความตามชุดประเด็นที่รับรอง", payload={}, asked_by=by, now=now)


def _moved_on() -> NothingToDoError:
    return NothingToDoError(
        "theme-set-moved-on",
        "ชุดประเด็นนี้เปลี่ยนสถานะไปแล้วหลังจากที่ท่านเปิดหน้า",
        "The set has moved on since you opened the page.",
        next_th="เปิดหน้าชุดประเด็นอีกครั้งเพื่อดูสถานะล่าสุด",
        next_en="Open the set again to see its state.",
    )


def _trace(by: Viewer, what: str, row: ThemeSet, now: datetime) -> None:
    themes = list(row.themes.filter(state=Theme.State.KEPT).values_list("label_th", flat=True))
    detail = {"version": row.version, "stance": row.stance, "policy_area": row.policy_area, "themes": themes}
    record(by=by, trace=Trace(what, "theme_set", str(row.pk), detail=detail), now=now)
