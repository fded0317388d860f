"""The gates to case studies and their selection. Not found and not allowed look alike."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sanyan.apps.accounts.access import (
    Capability,
    Viewer,
    may,
    require,
    visible_organisations,
)
from sanyan.apps.cases.models import Case, SelectionEntry, SelectionRound
from sanyan.core.errors import NotAllowedError, NotFoundError


def visible_cases(*, viewer: Viewer) -> QuerySet[Case]:
    """Published cases for everyone who may see anything; others of organisations in sight, and those given for review.

    A library that only owners may read teaches nobody.
    """
    scope = visible_organisations(viewer=viewer)
    if scope.everything:
        return Case.objects.all()
    if not scope.ids:
        return Case.objects.none()
    given = Q(reviewer_id=viewer.user_id) if viewer.user_id is not None else Q(pk__in=())
    return Case.objects.filter(Q(state=Case.State.PUBLISHED) | Q(organisation_id__in=scope.ids) | given)


def case(*, viewer: Viewer, id: int, for_change: bool = False) -> Case:
    """A case that the viewer may see; with `for_change` its row is locked."""
    rows = visible_cases(viewer=viewer).filter(pk=id)
    found = (Case.objects.select_for_update(of=("self",)).filter(pk__in=rows) if for_change else rows).first()
    if found is None:
        raise NotFoundError(f"case {id}")
    return found


def may_edit(*, viewer: Viewer, held: Case) -> bool:
    """Whether the viewer fills and verifies the card: the bureau, or the reviewer it was given to."""
    given = viewer.user_id is not None and viewer.user_id == held.reviewer_id and viewer.has("reviewer")
    return given or may(viewer=viewer, capability=Capability.MANAGE)


def may_verify(*, viewer: Viewer, held: Case) -> bool:
    """Who edits may verify, but not what they put forward themselves."""
    own = viewer.user_id is not None and viewer.user_id == held.proposer_id
    return not own and may_edit(viewer=viewer, held=held)


def may_tell(*, viewer: Viewer, held: Case) -> bool:
    """Whether the viewer may add to the story: those who answer for the area, and those who edit."""
    own = may(viewer=viewer, capability=Capability.ANSWER, organisation_id=held.organisation_id)
    return own or may_edit(viewer=viewer, held=held)


def require_edit(*, viewer: Viewer, held: Case) -> None:
    """Raise NotAllowedError for one who may see a case but not edit it."""
    if not may_edit(viewer=viewer, held=held):
        raise _not_yours()


def require_verify(*, viewer: Viewer, held: Case) -> None:
    """Raise NotAllowedError for one who may not verify a case: no editor, or the one who put it forward."""
    require_edit(viewer=viewer, held=held)
    if not may_verify(viewer=viewer, held=held):
        raise NotAllowedError(
            "case-own",
            "ผู้เสนอกรณีศึกษาตรวจเรื่องของตนเองไม่ได้",
            "Who put a case forward does not verify it.",
            next_th="ให้ผู้อื่นใน สตผ. หรือผู้ตรวจทานเป็นผู้ตรวจ",
            next_en="Have another officer or a reviewer verify it.",
        )


def require_tell(*, viewer: Viewer, held: Case) -> None:
    """Raise NotAllowedError for one who may not add to a case's story."""
    if not may_tell(viewer=viewer, held=held):
        raise _not_yours()


def visible_selections(*, viewer: Viewer) -> QuerySet[SelectionRound]:
    """Rounds of selection at places in sight, and those of the centre for everyone who may see anything."""
    scope = visible_organisations(viewer=viewer)
    if scope.everything:
        return SelectionRound.objects.all()
    if not scope.ids:
        return SelectionRound.objects.none()
    return SelectionRound.objects.filter(Q(level=SelectionRound.Level.CENTRE) | Q(organisation_id__in=scope.ids))


def selection(*, viewer: Viewer, id: int, for_change: bool = False) -> SelectionRound:
    """A round of selection that the viewer may see; with `for_change` its row is locked."""
    rows = visible_selections(viewer=viewer).filter(pk=id)
    found = (SelectionRound.objects.select_for_update(of=("self",)).filter(pk__in=rows) if for_change else rows).first()
    if found is None:
        raise NotFoundError(f"selection {id}")
    return found


def entry(*, viewer: Viewer, id: int) -> SelectionEntry:
    """A case standing for a selection, both of which the viewer may see."""
    found = (
        SelectionEntry.objects.select_related("case")
        .filter(pk=id, selection__in=visible_selections(viewer=viewer), case__in=visible_cases(viewer=viewer))
        .first()
    )
    if found is None:
        raise NotFoundError(f"entry {id}")
    return found


def may_select(*, viewer: Viewer, level: str, organisation_id: int | None) -> bool:
    """Whether the viewer selects at a level: who certifies for an area, who answers for a region, or the bureau."""
    if may(viewer=viewer, capability=Capability.MANAGE):
        return True
    needed = {"area": Capability.CERTIFY, "region": Capability.RESPOND}.get(level)
    return (
        needed is not None
        and organisation_id is not None
        and may(viewer=viewer, capability=needed, organisation_id=organisation_id)
    )


def require_select(*, viewer: Viewer, level: str, organisation_id: int | None) -> None:
    """Raise NotFoundError for a place out of sight, NotAllowedError where the viewer may see but not select."""
    if organisation_id is not None:
        require(viewer=viewer, capability=Capability.SEE, organisation_id=organisation_id)
    if not may_select(viewer=viewer, level=level, organisation_id=organisation_id):
        raise NotAllowedError(
            "selection-not-yours",
            "ท่านดูการคัดเลือกนี้ได้ แต่ผู้คัดเลือกคือผู้รับผิดชอบของระดับนั้น",
            "You may see this selection; those responsible at its level decide.",
            next_th="ระดับเขตคือ ผอ.เขต ระดับเขตตรวจราชการคือ ผอ.เขตตรวจราชการ ส่วนกลางคือ สตผ.",
            next_en="An area's director, a region's director, or the bureau for the centre.",
        )


def _not_yours() -> NotAllowedError:
    return NotAllowedError(
        "case-not-yours",
        "ท่านอ่านกรณีศึกษานี้ได้ แต่ผู้แก้ไขคือ สตผ. หรือผู้ตรวจทานที่ได้รับมอบหมาย",
        "You may read this case; the bureau or the reviewer it was given to edits it.",
        next_th="แจ้ง สตผ. หากพบสิ่งที่ควรแก้",
        next_en="Tell the bureau what should be changed.",
    )
