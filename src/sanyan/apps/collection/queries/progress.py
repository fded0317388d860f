from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.collection import access
from sanyan.apps.collection.models import Submission

HANDED_IN = frozenset({"submitted", "certified", "locked"})


@dataclass(frozen=True, slots=True)
class ExpectedRow:
    """One organisation asked in a round, and where its submission stands."""

    submission_id: int
    round_id: int
    organisation_id: int
    state: str
    due_on: date
    revision: int
    saved_at: datetime | None
    submitted_at: datetime | None
    submitted_by: str
    certified_at: datetime | None
    certified_by: str
    returned_at: datetime | None
    returned_by: str
    comment: str

    @property
    def is_handed_in(self) -> bool:
        """Whether it lies with those above, or is done."""
        return self.state in HANDED_IN

    def is_late(self, *, today: date) -> bool:
        """Handed in after the day it was due, or due and not handed in."""
        if self.submitted_at is not None:
            return timezone.localdate(self.submitted_at) > self.due_on
        return not self.is_handed_in and today > self.due_on


@dataclass(frozen=True)
class RoundProgress:
    """How many organisations stand where. `certified` holds locked ones too; `late` cuts across the states."""

    expected: int
    not_started: int
    in_progress: int
    submitted: int
    returned: int
    reopened: int
    certified: int
    late: int


_FIELDS = (
    "pk",
    "assignment__round_id",
    "assignment__organisation_id",
    "state",
    "assignment__due_on",
    "revision",
    "saved_at",
    "submitted_at",
    "submitted_by",
    "certified_at",
    "certified_by",
    "returned_at",
    "returned_by",
    "comment",
)


def _rows(submissions: QuerySet[Submission]) -> tuple[ExpectedRow, ...]:
    return tuple(ExpectedRow(*row) for row in submissions.values_list(*_FIELDS))


def expected(*, viewer: Viewer, round_id: int) -> tuple[ExpectedRow, ...]:
    """Every organisation asked in a round that the viewer may see."""
    rows = Submission.objects.filter(assignment__round_id=round_id).order_by("assignment__organisation__code")
    return _rows(visible_organisations(viewer=viewer).filter(rows, "assignment__organisation_id"))


def rounds_with_results(*, viewer: Viewer) -> frozenset[int]:
    """Rounds in which something the viewer may see has been certified."""
    rows = Submission.objects.filter(revision__gte=1)
    seen = visible_organisations(viewer=viewer).filter(rows, "assignment__organisation_id")
    return frozenset(seen.values_list("assignment__round_id", flat=True).distinct())


def submission_row(*, viewer: Viewer, submission_id: int) -> ExpectedRow:
    """Where one submission stands; NotFoundError outside the viewer's scope."""
    access.submission(viewer=viewer, id=submission_id)
    return _rows(Submission.objects.filter(pk=submission_id))[0]


def round_progress(*, viewer: Viewer, round_id: int, today: date) -> RoundProgress:
    """Counts of the organisations asked in a round by the state of their submission."""
    rows = expected(viewer=viewer, round_id=round_id)
    states = Counter(row.state for row in rows)
    return RoundProgress(
        expected=len(rows),
        not_started=states["not_started"],
        in_progress=states["in_progress"],
        submitted=states["submitted"],
        returned=states["returned"],
        reopened=states["reopened"],
        certified=states["certified"] + states["locked"],
        late=sum(row.is_late(today=today) for row in rows),
    )
