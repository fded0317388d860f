"""The gate to signals. Not found and not allowed look alike."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet

from sanyan.apps.accounts.access import (
    Capability,
    Viewer,
    may,
    organisations_where,
    visible_organisations,
)
from sanyan.apps.signals.models import Signal, SignalMember
from sanyan.core.errors import NotAllowedError, NotFoundError


def visible_signals(*, viewer: Viewer) -> QuerySet[Signal]:
    """Signals of the whole system, of organisations in sight, and those that have a unit in sight among them.

    What concerns everyone is for everyone who may see any figures at all.
    """
    scope = visible_organisations(viewer=viewer)
    if scope.everything:
        return Signal.objects.all()
    if not scope.ids:
        return Signal.objects.none()
    member = SignalMember.objects.filter(signal=OuterRef("pk"), organisation_id__in=scope.ids)
    return Signal.objects.filter(Q(scope=Signal.Scope.SYSTEM) | Q(organisation_id__in=scope.ids) | Q(Exists(member)))


def signal(*, viewer: Viewer, id: int, for_change: bool = False) -> Signal:
    """A signal that the viewer may see; with `for_change` its row is locked."""
    rows = visible_signals(viewer=viewer).filter(pk=id)
    found = (Signal.objects.select_for_update(of=("self",)).filter(pk__in=rows) if for_change else rows).first()
    if found is None:
        raise NotFoundError(f"signal {id}")
    return found


def may_answer(*, viewer: Viewer, held: Signal) -> bool:
    """Whether the viewer answers for what a signal is about (the whole system, a region, an area), or owns it and still
    holds a role that answers anywhere; a name alone gives no right."""
    about = None if held.scope == Signal.Scope.SYSTEM else held.organisation_id
    if may(viewer=viewer, capability=Capability.RESPOND, organisation_id=about):
        return True
    return viewer.user_id is not None and viewer.user_id == held.owner_id and _answers_anywhere(viewer)


def _answers_anywhere(viewer: Viewer) -> bool:
    return any(
        may(viewer=viewer, capability=Capability.RESPOND, organisation_id=grant.organisation_id)
        for grant in viewer.grants
    )


def require_answer(*, viewer: Viewer, held: Signal) -> None:
    """Raise NotAllowedError where the viewer may see a signal but does not answer for it."""
    if not may_answer(viewer=viewer, held=held):
        raise NotAllowedError(
            "signal-not-yours",
            "ท่านดูสัญญาณนี้ได้ แต่ผู้ตอบคือผู้รับผิดชอบของพื้นที่นั้นหรือ สตผ.",
            "You may see this signal; those responsible for the place, or the bureau, answer it.",
            next_th="แจ้งผู้รับผิดชอบที่ระบุไว้ในหน้าสัญญาณ",
            next_en="Tell the owner named on the signal's page.",
        )


def answered_by(*, viewer: Viewer) -> Q:
    """Signals that wait for the viewer: owned, or about what the viewer answers for nearest of all.

    Who answers for everything has the whole system's, not every area's; who answers for regions has the regions'.
    """
    owned = Q(owner_id=viewer.user_id) if viewer.user_id is not None else Q(pk__in=())
    scope = organisations_where(viewer=viewer, capability=Capability.RESPOND)
    if scope.everything:
        return owned | Q(scope=Signal.Scope.SYSTEM)
    return owned | Q(organisation_id__in=[grant.organisation_id for grant in viewer.grants if grant.organisation_id])
