"""The gate to notifications: each person's own, and of those only what they may still see."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.notifications.models import Notification
from sanyan.core.errors import NotFoundError


def own_notifications(*, viewer: Viewer) -> QuerySet[Notification]:
    """What was told to the viewer, without what is about an office that has left their sight; none for the system."""
    if viewer.user_id is None:
        return Notification.objects.none()
    return within_sight(Notification.objects.filter(user_id=viewer.user_id), viewer=viewer)


def within_sight(rows: QuerySet[Notification], *, viewer: Viewer) -> QuerySet[Notification]:
    """Rows about no office, or about one that the viewer may see."""
    scope = visible_organisations(viewer=viewer)
    if scope.everything:
        return rows
    return rows.filter(Q(organisation__isnull=True) | Q(organisation_id__in=scope.ids))


def notification(*, viewer: Viewer, id: int, for_change: bool = False) -> Notification:
    """One of the viewer's own, shown in the app; with `for_change` its row is locked."""
    rows = own_notifications(viewer=viewer).filter(in_app=True, pk=id)
    found = (rows.select_for_update(of=("self",)) if for_change else rows).first()
    if found is None:
        raise NotFoundError(f"notification {id}")
    return found
