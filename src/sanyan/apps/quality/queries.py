"""What the checks found and how it was handled, read within the viewer's scope."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Case, Count, Q, QuerySet, When

from sanyan.apps.accounts.access import Viewer, visible_organisations
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.quality import access
from sanyan.apps.quality.catalogue import shipped_checks
from sanyan.apps.quality.models import Finding
from sanyan.core.checking.definitions import CheckDefinition


@dataclass(frozen=True, slots=True)
class FindingInfo:
    """One finding with the names of what it is about. `indicator_code` is empty where it is about a whole report."""

    id: int
    check_code: str
    check_th: str
    check_en: str
    severity: str
    round_id: int
    organisation_id: int
    organisation_th: str
    organisation_en: str
    indicator_code: str
    score: float
    reason_th: str
    reason_en: str
    next_step_th: str
    next_step_en: str
    numbers: dict[str, object]
    state: str
    found_at: datetime
    seen_at: datetime
    handled_at: datetime | None
    handled_by: str
    explanation: str


@dataclass(frozen=True)
class FindingDetail:
    """A finding with the round it belongs to and the check behind it."""

    finding: FindingInfo
    round: frameworks.RoundInfo
    check: CheckDefinition | None


@dataclass(frozen=True)
class CheckCount:
    """How many findings of one check wait for a person, and how many there are with those handled."""

    check_code: str
    check_th: str
    check_en: str
    open: int
    total: int


@dataclass(frozen=True)
class FindingSummary:
    """Findings of a round in counts; those that cleared by themselves are left out of `total`."""

    total: int
    open: int
    handled: int
    open_high: int
    open_medium: int
    open_low: int
    cleared: int
    organisations_with_open: int
    checks: tuple[CheckCount, ...]


_BY_SEVERITY = Case(
    *(When(severity=severity, then=rank) for rank, severity in enumerate(Finding.Severity.values)), default=9
)


def findings(
    *,
    viewer: Viewer,
    round_id: int,
    state: str = "",
    severity: str = "",
    check_code: str = "",
    organisation_id: int | None = None,
    organisation_ids: Collection[int] | None = None,
    indicator_code: str = "",
    urgent_first: bool = False,
    limit: int | None = None,
    offset: int = 0,
) -> tuple[FindingInfo, ...]:
    """Findings of a round, the highest score first, or by severity and then score where `urgent_first`.

    Without a state, all but those that cleared by themselves.
    """
    rows = _filtered(
        viewer,
        round_id,
        state=state,
        severity=severity,
        check_code=check_code,
        organisation_ids=_wanted(organisation_id, organisation_ids),
        indicator_code=indicator_code,
    ).order_by(*((_BY_SEVERITY,) if urgent_first else ()), "-score", "pk")
    return _described(rows[offset : None if limit is None else offset + limit])


def finding_count(
    *,
    viewer: Viewer,
    round_id: int | None = None,
    state: str = "",
    severity: str = "",
    check_code: str = "",
    organisation_id: int | None = None,
    organisation_ids: Collection[int] | None = None,
    indicator_code: str = "",
) -> int:
    """How many findings the same filters leave, of one round or of all."""
    return _filtered(
        viewer,
        round_id,
        state=state,
        severity=severity,
        check_code=check_code,
        organisation_ids=_wanted(organisation_id, organisation_ids),
        indicator_code=indicator_code,
    ).count()


def finding(*, viewer: Viewer, id: int) -> FindingDetail:
    """One finding; raise NotFoundError outside the viewer's scope."""
    access.finding(viewer=viewer, id=id)
    (info,) = _described(Finding.objects.filter(pk=id))
    checks = {check.code: check for check in shipped_checks()}
    round_info = frameworks.round_info(viewer=viewer, round_id=info.round_id)
    return FindingDetail(info, round_info, checks.get(info.check_code))


def summary(*, viewer: Viewer, round_id: int) -> FindingSummary:
    """Counts of a round within the viewer's scope, checks with most open findings first."""
    rows = _scoped(viewer).filter(round_id=round_id)
    is_open, is_cleared = Q(state=Finding.State.OPEN), Q(state=Finding.State.CLEARED)
    counts = rows.aggregate(
        total=Count("pk", filter=~is_cleared),
        open=Count("pk", filter=is_open),
        open_high=Count("pk", filter=is_open & Q(severity="high")),
        open_medium=Count("pk", filter=is_open & Q(severity="medium")),
        open_low=Count("pk", filter=is_open & Q(severity="low")),
        cleared=Count("pk", filter=is_cleared),
        organisations_with_open=Count("organisation", filter=is_open, distinct=True),
    )
    by_check = (
        rows.exclude(is_cleared)
        .order_by()
        .values("check_code")
        .annotate(open=Count("pk", filter=is_open), total=Count("pk"))
    )
    names = _check_names()
    checks = [
        CheckCount(
            check_code=row["check_code"],
            check_th=names.get(row["check_code"], (row["check_code"],) * 2)[0],
            check_en=names.get(row["check_code"], (row["check_code"],) * 2)[1],
            open=row["open"],
            total=row["total"],
        )
        for row in by_check
    ]
    checks.sort(key=lambda count: (-count.open, -count.total, count.check_code))
    return FindingSummary(**counts, handled=counts["total"] - counts["open"], checks=tuple(checks))


def checks(*, viewer: Viewer) -> tuple[CheckDefinition, ...]:
    """The signed checks that are run, for whoever is signed in to read."""
    if viewer.user_id is None and not viewer.system:
        return ()
    return shipped_checks()


def _scoped(viewer: Viewer) -> QuerySet[Finding]:
    return visible_organisations(viewer=viewer).filter(Finding.objects.all())


def _wanted(organisation_id: int | None, organisation_ids: Collection[int] | None) -> Collection[int] | None:
    return organisation_ids if organisation_id is None else [organisation_id]


def _filtered(
    viewer: Viewer,
    round_id: int | None,
    *,
    state: str,
    organisation_ids: Collection[int] | None,
    **exact: str,
) -> QuerySet[Finding]:
    rows = _scoped(viewer).filter(**{name: value for name, value in exact.items() if value})
    rows = rows.filter(state=state) if state else rows.exclude(state=Finding.State.CLEARED)
    if round_id is not None:
        rows = rows.filter(round_id=round_id)
    return rows if organisation_ids is None else rows.filter(organisation_id__in=list(organisation_ids))


def _check_names() -> dict[str, tuple[str, str]]:
    return {check.code: (check.name.th, check.name.en) for check in shipped_checks()}


def _described(rows: QuerySet[Finding]) -> tuple[FindingInfo, ...]:
    names = _check_names()
    return tuple(
        FindingInfo(
            id=row.pk,
            check_code=row.check_code,
            check_th=names.get(row.check_code, (row.check_code,) * 2)[0],
            check_en=names.get(row.check_code, (row.check_code,) * 2)[1],
            severity=row.severity,
            round_id=row.round_id,
            organisation_id=row.organisation_id,
            organisation_th=row.organisation.short_th,
            organisation_en=row.organisation.name_en or row.organisation.short_th,
            indicator_code=row.indicator_code,
            score=row.score,
            reason_th=row.reason_th,
            reason_en=row.reason_en,
            next_step_th=row.next_step_th,
            next_step_en=row.next_step_en,
            numbers=dict(row.numbers),
            state=row.state,
            found_at=row.found_at,
            seen_at=row.seen_at,
            handled_at=row.handled_at,
            handled_by=row.handled_by,
            explanation=row.explanation,
        )
        for row in rows.select_related("organisation")
    )
