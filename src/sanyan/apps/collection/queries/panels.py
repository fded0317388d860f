from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.collection.models import PanelMapping as SavedMapping
from sanyan.core.errors import NotFoundError
from sanyan.core.forms.panel import PanelMapping


@dataclass(frozen=True)
class RememberedMapping:
    """How the columns of a panel were read the last time it came in."""

    name: str
    mapping: PanelMapping
    saved_at: datetime
    saved_by: str


def panel_mappings(*, viewer: Viewer) -> tuple[RememberedMapping, ...]:
    """Every remembered mapping, by name. Mappings hold no figures: whoever is signed in may read them."""
    if viewer.user_id is None and not viewer.system:
        raise NotFoundError("panel mappings")
    return tuple(
        RememberedMapping(row.name, PanelMapping.from_dict(row.mapping), row.saved_at, row.saved_by)
        for row in SavedMapping.objects.order_by("name")
    )
