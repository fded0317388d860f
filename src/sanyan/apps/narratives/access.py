"""The gates to what areas wrote. Not found and not allowed look alike."""

from __future__ import annotations

from django.db.models import QuerySet

from sanyan.apps.accounts.access import Capability, Viewer, may, require, visible_organisations
from sanyan.apps.narratives.models import Passage, SourceText, Theme, ThemeSet
from sanyan.core.errors import NotFoundError


def passages(*, viewer: Viewer) -> QuerySet[Passage]:
    """Passages of organisations the viewer may see, with their source."""
    return visible_organisations(viewer=viewer).filter(
        Passage.objects.select_related("source"), "source__organisation_id"
    )


def passage(*, viewer: Viewer, id: int) -> Passage:
    """One passage of an organisation the viewer may see; also of a text that another has replaced."""
    found = passages(viewer=viewer).filter(pk=id).first()
    if found is None:
        raise NotFoundError(f"passage {id}")
    return found


def source_text(*, viewer: Viewer, id: int) -> SourceText:
    """One source text of an organisation the viewer may see."""
    found = visible_organisations(viewer=viewer).filter(SourceText.objects.all()).filter(pk=id).first()
    if found is None:
        raise NotFoundError(f"text {id}")
    return found


def theme_set(*, viewer: Viewer, id: int) -> ThemeSet:
    """A set of themes. Signed ones are for everyone signed in; proposals for who manages them."""
    found = ThemeSet.objects.filter(pk=id).first()
    if found is None or not (viewer.system or viewer.grants):
        raise NotFoundError(f"theme set {id}")
    if found.signed_at is None and not manages(viewer=viewer):  # a proposal, or one that another has replaced
        raise NotFoundError(f"theme set {id}")
    return found


def theme_set_for_change(*, viewer: Viewer, id: int) -> ThemeSet:
    """The same, its row locked, for who manages themes."""
    theme_set(viewer=viewer, id=id)
    require(viewer=viewer, capability=Capability.MANAGE)
    return ThemeSet.objects.select_for_update().get(pk=id)


def theme_for_change(*, viewer: Viewer, id: int) -> Theme:
    """A theme whose set is locked, for who manages themes."""
    found = Theme.objects.filter(pk=id).first()
    if found is None:
        raise NotFoundError(f"theme {id}")
    theme_set_for_change(viewer=viewer, id=found.theme_set_id)
    return Theme.objects.select_related("theme_set").get(pk=id)


def manages(*, viewer: Viewer) -> bool:
    """Whether the viewer works on themes."""
    return may(viewer=viewer, capability=Capability.MANAGE)
