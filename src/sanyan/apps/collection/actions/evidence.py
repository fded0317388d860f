"""What stands behind an answer, added and taken away one by one. Workbooks bring theirs with `store_report`."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from sanyan.apps.accounts.access import Capability, Viewer
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.collection import access
from sanyan.apps.collection.actions.answers import Provenance, require_editable, store_report
from sanyan.apps.collection.actions.evidence_checks import (
    asked_indicator,
    held_evidence,
    require_fit,
    there_already,
    trimmed,
)
from sanyan.apps.collection.actions.evidence_files import put_away
from sanyan.apps.collection.models import Answer
from sanyan.core.errors import NotFoundError
from sanyan.core.forms.answers import FilledEvidence
from sanyan.core.thai.characters import writable


def add_evidence(*, by: Viewer, submission_id: int, item: FilledEvidence, now: datetime) -> None:
    """Add one piece of evidence while the submission may still be changed.

    Raise BadInputError for what cannot be kept, NothingToDoError where it is there already.
    """
    item = trimmed(item)
    with transaction.atomic():
        row = access.submission_for_change(viewer=by, id=submission_id, capability=Capability.ANSWER)
        require_editable(row)
        require_fit(asked_indicator(by, row, item.indicator), item)
        if held_evidence(row, item.indicator, item.kind, item.title) is not None:
            raise there_already(item)
        given = Provenance(Answer.Origin.WEB)
        store_report(by=by, submission=row, answers=(), provenance=given, now=now, evidence=(item,))


def remove_evidence(*, by: Viewer, submission_id: int, indicator: str, kind: str, title: str, now: datetime) -> None:
    """Take one piece of evidence and its file away; the trace keeps what they were.

    Raise NotFoundError where there is none.
    """
    indicator, kind, title = writable(indicator), writable(kind), writable(title)
    with transaction.atomic():
        row = access.submission_for_change(viewer=by, id=submission_id, capability=Capability.ANSWER)
        require_editable(row)
        held = held_evidence(row, indicator, kind, title)
        if held is None:
            raise NotFoundError(f"evidence {title}")
        detail = {"indicator": indicator, "kind": kind, "title": title, "location": held.location, **put_away(held)}
        held.delete()
        row.saved_at = now
        row.save(update_fields=["saved_at"])
        trace = Trace(
            "collection.remove_evidence",
            "submission",
            str(row.pk),
            organisation_id=row.assignment.organisation_id,
            detail=detail,
        )
        record(by=by, trace=trace, now=now)
