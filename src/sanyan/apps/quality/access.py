"""The gate to findings. Not found and not allowed look alike."""

from __future__ import annotations

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.quality.models import Finding
from sanyan.core.errors import NotFoundError


def finding(*, viewer: Viewer, id: int, for_change: bool = False) -> Finding:
    """A finding about an organisation the viewer may see; with `for_change` its row is locked."""
    rows = Finding.objects.select_for_update() if for_change else Finding.objects.all()
    found = visible_organisations(viewer=viewer).filter(rows).filter(pk=id).first()
    if found is None:
        raise NotFoundError(f"finding {id}")
    return found
