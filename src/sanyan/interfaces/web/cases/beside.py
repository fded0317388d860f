"""Published cases beside an area, an indicator or a signal."""

from __future__ import annotations

from django.utils import timezone

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.cases import queries
from sanyan.apps.cases.queries import CaseInfo
from sanyan.apps.frameworks.queries import RoundInfo

SHOWN = 3


def of_area(viewer: Viewer, info: RoundInfo, organisation_id: int) -> tuple[CaseInfo, ...]:
    """Cases of an area."""
    return queries.cases_for(
        viewer=viewer,
        today=timezone.localdate(),
        organisation_id=organisation_id,
        is_practice=info.is_practice,
        limit=SHOWN,
    )


def of_indicator(viewer: Viewer, info: RoundInfo, code: str) -> tuple[CaseInfo, ...]:
    """Cases that moved an indicator: what others did about the same matter."""
    if not code:
        return ()
    return queries.cases_for(
        viewer=viewer, today=timezone.localdate(), indicator_code=code, is_practice=info.is_practice, limit=SHOWN
    )
