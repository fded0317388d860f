from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.collection import access
from sanyan.apps.collection.models import WorkbookImport


@dataclass(frozen=True)
class ImportView:
    """An uploaded workbook and what was found in it. `report` holds counts, faults and changes by name."""

    id: int
    round_id: int | None
    organisation_id: int | None
    file_name: str
    size: int
    state: str
    report: dict[str, object]
    uploaded_at: datetime
    uploaded_by: str
    stored_at: datetime | None


def view_of(row: WorkbookImport) -> ImportView:
    return ImportView(
        id=row.pk,
        round_id=row.round_id,
        organisation_id=row.organisation_id,
        file_name=row.file_name,
        size=row.size,
        state=row.state,
        report=row.report,
        uploaded_at=row.uploaded_at,
        uploaded_by=row.uploaded_by,
        stored_at=row.stored_at,
    )


def import_view(*, viewer: Viewer, import_id: int) -> ImportView:
    """One uploaded workbook."""
    return view_of(access.workbook_import(viewer=viewer, id=import_id))


def imports_of_round(
    *, viewer: Viewer, round_id: int, organisation_id: int | None = None, limit: int = 50
) -> tuple[ImportView, ...]:
    """Workbooks uploaded for a round, newest first."""
    rows = visible_organisations(viewer=viewer).filter(WorkbookImport.objects.filter(round_id=round_id))
    if organisation_id is not None:
        rows = rows.filter(organisation_id=organisation_id)
    return tuple(view_of(row) for row in rows.order_by("-uploaded_at")[:limit])
