"""What an officer does to themes before signing, and to single assignments at any time: the method proposes, a person
decides."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.narratives import access
from sanyan.apps.narratives.actions.reading import renew_state
from sanyan.apps.narratives.models import Theme, ThemeAssignment, ThemeSet
from sanyan.core.errors import BadInputError, NotFoundError, NothingToDoError
from sanyan.core.thai.characters import one_line, writable

LONGEST_LABEL = 120


def rename_theme(*, by: Viewer, theme_id: int, label_th: str, label_en: str = "", now: datetime) -> None:
    """Give a theme the name that people will read. Raise BadInputError where another theme of the set has it."""
    label_th, label_en = one_line(writable(label_th)), one_line(writable(label_en))
    with transaction.atomic():
        theme = _proposed(by, theme_id)
        _require_label(theme, label_th, label_en)
        was = theme.label_th
        theme.label_th, theme.label_en = label_th, label_en
        theme.save(update_fields=["label_th", "label_en"])
        _trace(by, "narratives.rename_theme", theme, now, was=was, now_is=label_th)


def merge_themes(*, by: Viewer, theme_id: int, into_id: int, now: datetime) -> None:
    """Put one theme into another of the same set: its passages go along, the theme stays as a trace."""
    with transaction.atomic():
        theme, into = _proposed(by, theme_id), _proposed(by, into_id)
        if theme.theme_set_id != into.theme_set_id or theme.pk == into.pk:
            raise NotFoundError(f"theme {into_id}")
        held = set(ThemeAssignment.objects.filter(theme=into).values_list("passage_id", flat=True))
        moved = ThemeAssignment.objects.filter(theme=theme).exclude(passage_id__in=held)
        count = moved.update(theme=into)
        ThemeAssignment.objects.filter(theme=theme).delete()
        theme.state, theme.merged_into = Theme.State.MERGED, into
        theme.save(update_fields=["state", "merged_into"])
        renew_state()
        _trace(by, "narratives.merge_themes", theme, now, into=into.label_th, passages=count)


def split_theme(
    *, by: Viewer, theme_id: int, passage_ids: Collection[int], label_th: str, label_en: str = "", now: datetime
) -> int:
    """Make a theme of its own from some passages of another. Returns its id."""
    label_th, label_en = one_line(writable(label_th)), one_line(writable(label_en))
    with transaction.atomic():
        theme = _proposed(by, theme_id)
        _require_label(theme, label_th, label_en)
        chosen = ThemeAssignment.objects.filter(theme=theme, passage_id__in=list(passage_ids), holds=True)
        if not chosen.exists():
            raise BadInputError(
                "theme-split-empty",
                "ยังไม่ได้เลือกข้อความที่จะแยกออกมา",
                "No passage was chosen for the new theme.",
                next_th="เลือกข้อความอย่างน้อยหนึ่งตอน แล้วกดแยกอีกครั้ง",
                next_en="Choose at least one passage, then split again.",
            )
        made = Theme.objects.create(
            theme_set=theme.theme_set,
            number=_next_number(theme.theme_set),
            label_th=label_th,
            label_en=label_en,
            origin=Theme.Origin.PERSON,
        )
        count = chosen.update(
            theme=made,
            origin=ThemeAssignment.Origin.PERSON,
            probability=None,
            assigned_at=now,
            assigned_by=by.name,
        )
        renew_state()
        _trace(by, "narratives.split_theme", made, now, split_from=theme.label_th, passages=count)
    return made.pk


def drop_theme(*, by: Viewer, theme_id: int, now: datetime) -> None:
    """Leave a theme out of the set; it can be taken back until the set is signed."""
    with transaction.atomic():
        theme = _proposed(by, theme_id)
        theme.state = Theme.State.DROPPED
        theme.save(update_fields=["state"])
        _trace(by, "narratives.drop_theme", theme, now)


def keep_theme(*, by: Viewer, theme_id: int, now: datetime) -> None:
    """Take a dropped theme back."""
    with transaction.atomic():
        theme = _proposed(by, theme_id, state=Theme.State.DROPPED)
        _require_label(theme, theme.label_th, theme.label_en)
        theme.state = Theme.State.KEPT
        theme.save(update_fields=["state"])
        _trace(by, "narratives.keep_theme", theme, now)


def correct_assignment(*, by: Viewer, theme_id: int, passage_id: int, holds: bool, now: datetime) -> None:
    """Say as a person that a passage speaks of a theme, or does not. The classifier learns from it when asked to."""
    require(viewer=by, capability=Capability.MANAGE)
    with transaction.atomic():
        theme = access.theme_for_change(viewer=by, id=theme_id)
        passage = access.passage(viewer=by, id=passage_id)
        if theme.state != Theme.State.KEPT or theme.theme_set.state == ThemeSet.State.RETIRED:
            raise _moved_on()
        held = ThemeAssignment.objects.filter(theme=theme, passage=passage).first()
        if held is not None and held.origin == ThemeAssignment.Origin.PERSON and held.holds == holds:
            raise _moved_on()
        ThemeAssignment.objects.update_or_create(
            theme=theme,
            passage=passage,
            defaults={
                "holds": holds,
                "origin": ThemeAssignment.Origin.PERSON,
                "probability": None,
                "assigned_at": now,
                "assigned_by": by.name,
            },
        )
        renew_state()
        _trace(by, "narratives.correct_assignment", theme, now, passage=passage_id, holds=holds)


def _proposed(by: Viewer, theme_id: int, *, state: str = Theme.State.KEPT) -> Theme:
    theme = access.theme_for_change(viewer=by, id=theme_id)
    if theme.theme_set.state != ThemeSet.State.PROPOSED or theme.state != state:
        raise _moved_on()
    return theme


def _require_label(theme: Theme, label_th: str, label_en: str) -> None:
    others = Theme.objects.filter(theme_set=theme.theme_set, state=Theme.State.KEPT).exclude(pk=theme.pk)
    if not label_th or len(label_th) > LONGEST_LABEL or len(label_en) > LONGEST_LABEL:
        raise BadInputError(
            "theme-label",
            f"ประเด็นต้องมีชื่อ และยาวไม่เกิน {LONGEST_LABEL} ตัวอักษร",
            f"A theme needs a name of at most {LONGEST_LABEL} characters.",
            next_th="พิมพ์ชื่อสั้น ๆ ที่คนในเขตเข้าใจ เช่น ครูไม่ครบชั้น",
            next_en="Type a short name that people in an area understand.",
        )
    if others.filter(label_th=label_th).exists():
        raise BadInputError(
            "theme-label-taken",
            f"มีประเด็นชื่อ “{label_th}” อยู่แล้วในชุดนี้",
            f"This set has a theme named “{label_th}” already.",
            next_th="ตั้งชื่อให้ต่างกัน หรือรวมสองประเด็นเข้าด้วยกัน",
            next_en="Give it another name, or merge the two.",
        )


def _next_number(theme_set: ThemeSet) -> int:
    return (theme_set.themes.aggregate(most=Max("number"))["most"] or 0) + 1


def _moved_on() -> NothingToDoError:
    return NothingToDoError(
        "theme-moved-on",
        "ประเด็นนี้เปลี่ยนไปแล้วหลังจากที่ท่านเปิดหน้า หรือชุดประเด็นได้รับการรับรองแล้ว",
        "The theme has changed since you opened the page, or its set has been signed.",
        next_th="เปิดหน้าชุดประเด็นอีกครั้งเพื่อดูสถานะล่าสุด หากต้องแก้ชุดที่รับรองแล้วให้เสนอชุดใหม่",
        next_en="Open the set again to see its state; to change a signed set, propose a new one.",
    )


def _trace(by: Viewer, what: str, theme: Theme, now: datetime, **detail: object) -> None:
    trace = Trace(what, "theme", str(theme.pk), detail={"label": theme.label_th, **detail})
    record(by=by, trace=trace, now=now)
