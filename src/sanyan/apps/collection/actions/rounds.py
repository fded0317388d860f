from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db import transaction

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.collection.models import Assignment, Submission


def assign(*, by: Viewer, round_id: int, organisation_ids: Collection[int], due_on: date, now: datetime) -> int:
    """Ask organisations to answer in a round; those already asked are left alone. Returns how many are new."""
    require(viewer=by, capability=Capability.MANAGE)
    with transaction.atomic():
        held = set(Assignment.objects.filter(round_id=round_id).values_list("organisation_id", flat=True))
        fresh = Assignment.objects.bulk_create(
            Assignment(round_id=round_id, organisation_id=organisation, due_on=due_on)
            for organisation in sorted(set(organisation_ids) - held)
        )
        Submission.objects.bulk_create(Submission(assignment=assignment) for assignment in fresh)
        if fresh:
            trace = Trace("collection.assign", "round", str(round_id), detail={"organisations": len(fresh)})
            record(by=by, trace=trace, now=now)
    return len(fresh)
