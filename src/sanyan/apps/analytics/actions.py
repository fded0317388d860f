"""Carrying certified answers into the facts. Appending twice changes nothing, so a crash is repaired by doing it
again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from sanyan.apps.accounts.access import SYSTEM, Viewer
from sanyan.apps.analytics.access import fact_store
from sanyan.apps.collection import actions as collection_actions
from sanyan.apps.collection import queries as collection
from sanyan.apps.collection.queries import AnswerRow, CertifiedReport
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.core.errors import NotFoundError
from sanyan.core.indicators.definitions import Framework, Indicator
from sanyan.engines.stores.base import Fact

BATCH = 300


def append_facts(*, by: Viewer, certification_ids: Collection[int], now: datetime) -> int:
    """Append what these certifications carry. Returns how many facts."""
    _only_system(by)
    facts = facts_of(collection.certified_reports(viewer=SYSTEM, certification_ids=certification_ids))
    fact_store().append(facts)
    collection_actions.mark_appended(by=by, certification_ids=certification_ids, now=now)
    return len(facts)


def repair(*, by: Viewer, now: datetime) -> int:
    """Append whatever was certified but is not in the facts: a crash came between, or a segment was lost.

    Returns how many certifications were appended.
    """
    _only_system(by)
    held = fact_store().latest()
    waiting = [
        item.certification_id
        for item in collection.latest_certifications(viewer=SYSTEM)
        if held.get(source_of(item.submission_id), 0) < item.sequence
    ]
    for start in range(0, len(waiting), BATCH):
        append_facts(by=by, certification_ids=waiting[start : start + BATCH], now=now)
    return len(waiting)


def rebuild(*, by: Viewer, now: datetime) -> int:
    """Make the facts anew from the certified answers. Returns how many facts."""
    _only_system(by)
    reports = collection.certified_reports(viewer=SYSTEM)
    store = fact_store()
    store.clear()
    total = 0
    for start in range(0, len(reports), BATCH):
        batch = reports[start : start + BATCH]
        facts = facts_of(batch)
        store.append(facts)
        collection_actions.mark_appended(
            by=by, certification_ids=[report.certification_id for report in batch], now=now
        )
        total += len(facts)
    return total


def facts_of(reports: Sequence[CertifiedReport]) -> list[Fact]:
    """The facts of certified reports: every answer, and every question asked but not answered."""
    facts: list[Fact] = []
    for round_id in sorted({report.round_id for report in reports}):
        info = frameworks.round_info(viewer=SYSTEM, round_id=round_id)
        definition = frameworks.framework_version(viewer=SYSTEM, version_id=info.version_id).definition
        ours = [report for report in reports if report.round_id == round_id]
        known = organisations.by_id(ids={report.organisation_id for report in ours}, on=info.data_until)
        for report in ours:
            facts += _report_facts(report, info, definition, known[report.organisation_id])
    return facts


def _report_facts(
    report: CertifiedReport, info: RoundInfo, definition: Framework, organisation: OrganisationInfo
) -> Iterable[Fact]:
    answered = {row.indicator_code for row in report.answers if not row.disaggregation}
    for row in report.answers:
        yield _fact(report, info, definition.indicator(row.indicator_code), organisation, row)
    for indicator in _asked(definition, info, organisation):
        if indicator.code not in answered:
            yield _fact(report, info, indicator, organisation, None)


def _asked(definition: Framework, info: RoundInfo, organisation: OrganisationInfo) -> tuple[Indicator, ...]:
    return definition.asked(month=info.key.month, area_type=organisation.area_type)


def _fact(
    report: CertifiedReport,
    info: RoundInfo,
    indicator: Indicator,
    organisation: OrganisationInfo,
    row: AnswerRow | None,
) -> Fact:
    return Fact(
        framework=info.framework_code,
        round=str(info.key),
        practice=info.is_practice,
        organisation=organisation.code,
        kind=organisation.kind,
        area_type=organisation.area_type,
        region=organisation.region_code,
        province=organisation.provinces[0] if organisation.provinces else "",
        policy_area=indicator.policy_area,
        indicator=indicator.code,
        disaggregation=row.disaggregation if row else "",
        state=row.state if row else "not_available",
        origin=row.origin if row else "",
        rollup=indicator.rollup.value,
        per=indicator.per,
        numerator=row.numerator if row else None,
        denominator=row.denominator if row else None,
        value=row.value if row else None,
        source=source_of(report.submission_id),
        sequence=report.sequence,
    )


def source_of(submission_id: int) -> str:
    """The name under which the facts keep what came from a submission."""
    return f"submission:{submission_id}"


def _only_system(by: Viewer) -> None:
    """Facts follow certification by themselves; no person writes them."""
    if not by.system:
        raise NotFoundError
