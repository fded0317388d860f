"""How certified answers become facts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sanyan.apps.accounts.access import SYSTEM
from sanyan.apps.collection.queries import AnswerRow, CertifiedReport
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.organisations import queries as organisations
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.core.indicators.definitions import Framework, Indicator
from sanyan.engines.stores.base import Fact


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
