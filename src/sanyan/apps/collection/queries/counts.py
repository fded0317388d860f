from __future__ import annotations

from dataclasses import dataclass

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.collection.models import Answer, Assignment, WorkbookImport


@dataclass(frozen=True)
class CollectionCounts:
    """How much is held: organisations ever asked, workbooks stored, current answers."""

    organisations: int
    workbooks: int
    answers: int


def counts(*, viewer: Viewer) -> CollectionCounts:
    """How much is held within the viewer's scope."""
    scope = visible_organisations(viewer=viewer)
    return CollectionCounts(
        organisations=scope.filter(Assignment.objects.all()).values("organisation_id").distinct().count(),
        workbooks=scope.filter(WorkbookImport.objects.filter(state="stored")).count(),
        answers=scope.filter(Answer.objects.all(), "submission__assignment__organisation_id").count(),
    )
