"""The gates to what is collected. Not found and not allowed look alike."""

from __future__ import annotations

from collections.abc import Collection

from django.db.models import QuerySet

from sanyan.apps.accounts.access import (
    Capability,
    Viewer,
    organisations_where,
    require,
    visible_organisations,
)
from sanyan.apps.collection.models import EvidenceFile, Submission, WorkbookImport
from sanyan.core.errors import NotFoundError


def submission(*, viewer: Viewer, id: int, capability: Capability = Capability.SEE) -> Submission:
    """A submission the viewer may see, and over which they hold `capability`."""
    found = _with_round().filter(pk=id).first()
    if found is None:
        raise NotFoundError(f"submission {id}")
    require(viewer=viewer, capability=capability, organisation_id=found.assignment.organisation_id)
    return found


def submission_for_change(*, viewer: Viewer, id: int, capability: Capability) -> Submission:
    """The same, with its row locked for the rest of the transaction."""
    submission(viewer=viewer, id=id, capability=capability)
    return _with_round().select_for_update(of=("self",)).get(pk=id)


def named_for_change(*, viewer: Viewer, ids: Collection[int], capability: Capability) -> list[Submission]:
    """The named submissions, their rows locked, if the viewer may do this to every one of them."""
    scope = organisations_where(viewer=viewer, capability=capability)
    rows = list(_with_round().select_for_update(of=("self",)).filter(pk__in=list(ids)).order_by("pk"))
    if len(rows) != len(set(ids)):
        raise NotFoundError
    for row in rows:
        if not scope.allows(row.assignment.organisation_id):
            require(viewer=viewer, capability=capability, organisation_id=row.assignment.organisation_id)
    return rows


def submissions_for_change(*, viewer: Viewer, round_id: int, organisation_ids: Collection[int]) -> list[Submission]:
    """The submissions of these organisations in a round, their rows locked for the rest of the transaction."""
    scope = organisations_where(viewer=viewer, capability=Capability.REVIEW)
    rows = _with_round().select_for_update(of=("self",)).filter(assignment__round_id=round_id).order_by("pk")
    wanted = set(organisation_ids)
    return [
        row for row in scope.filter(rows, "assignment__organisation_id") if row.assignment.organisation_id in wanted
    ]


def submission_of(*, viewer: Viewer, round_id: int, organisation_id: int) -> Submission:
    """The submission of an organisation in a round."""
    found = (
        visible_organisations(viewer=viewer)
        .filter(_with_round(), "assignment__organisation_id")
        .filter(assignment__round_id=round_id, assignment__organisation_id=organisation_id)
        .first()
    )
    if found is None:
        raise NotFoundError(f"submission of organisation {organisation_id} in round {round_id}")
    return found


def evidence_file(*, viewer: Viewer, id: int) -> EvidenceFile:
    """A file behind an answer of an organisation the viewer may see."""
    found = EvidenceFile.objects.select_related("evidence__submission__assignment").filter(pk=id).first()
    if found is None:
        raise NotFoundError(f"evidence file {id}")
    organisation_id = found.evidence.submission.assignment.organisation_id
    require(viewer=viewer, capability=Capability.SEE, organisation_id=organisation_id)
    return found


def workbook_import(*, viewer: Viewer, id: int) -> WorkbookImport:
    """An uploaded workbook of an organisation the viewer may see."""
    found = WorkbookImport.objects.filter(pk=id).first()
    if found is None or not (
        visible_organisations(viewer=viewer).allows(found.organisation_id)
        if found.organisation_id
        else viewer.system or found.uploaded_by == viewer.name
    ):
        raise NotFoundError(f"import {id}")
    return found


def _with_round() -> QuerySet[Submission]:
    """Submissions with their round and its version, but without the version's long definition."""
    rows = Submission.objects.select_related("assignment__round__version__framework")
    return rows.defer("assignment__round__version__definition")
