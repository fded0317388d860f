"""Everything that the summary of a round says, gathered from the apps that know it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import AreaStanding, Figure, GroupFigure, Overview, Tally
from sanyan.apps.frameworks import queries as frameworks
from sanyan.apps.organisations.queries import AREA_TYPE_NAMES
from sanyan.apps.quality import queries as quality
from sanyan.apps.quality.queries import FindingInfo
from sanyan.core.indicators.definitions import Kind
from sanyan.core.reporting import round_facts as facts
from sanyan.core.stats.intervals import wilson

SEVERITIES = {"high": "error", "medium": "warning", "low": "info"}
EXAMPLES = 10
REASONS = 3


def gather(*, viewer: Viewer, round_id: int, today: date) -> facts.SummaryInput:
    """The input of a round's summary, within the viewer's scope."""
    overview = analytics.overview(viewer=viewer, round_id=round_id, today=today)
    findings = quality.findings(viewer=viewer, round_id=round_id)
    names = _names(overview)
    return facts.SummaryInput(
        round=_round(viewer, round_id, overview, today),
        coverage=_coverage(overview.standings),
        regions=_regions(overview.standings),
        policy_areas=tuple(
            facts.PolicyAreaResult(
                area.code, area.name_th, area.name_en, _counts(area.system), _last_year(area.figures)
            )
            for area in overview.policy_areas
        ),
        indicators=_indicators(viewer, overview),
        needs=_needs(overview.standings, names),
        strengths=_strengths(viewer, round_id),
        findings=_finding_counts(findings),
        examples=_examples(findings),
    )


def _round(viewer: Viewer, round_id: int, overview: Overview, today: date) -> facts.RoundInfo:
    info = frameworks.round_info(viewer=viewer, round_id=round_id)
    return facts.RoundInfo(
        key=info.key,
        name_th=info.name_th,
        name_en=info.name_en,
        framework_code=info.framework_code,
        framework_version=info.version_number,
        framework_name_th=info.framework_name_th,
        framework_name_en=info.framework_name_en,
        data_until=info.data_until,
        written_on=today,
        facts_version=overview.source.facts_version,
        is_practice=info.is_practice,
        is_example=info.is_example,
    )


def _coverage(standings: Iterable[AreaStanding]) -> facts.CoverageCounts:
    states: dict[str, int] = defaultdict(int)
    held = list(standings)
    for item in held:
        states["certified" if item.state == "locked" else item.state] += 1
    return facts.CoverageCounts(
        expected=len(held),
        certified=states["certified"],
        submitted=states["submitted"],
        returned=states["returned"] + states["reopened"],
        in_progress=states["in_progress"],
        not_started=states["not_started"],
        late=sum(item.late for item in held),
    )


def _regions(standings: Iterable[AreaStanding]) -> tuple[facts.RegionCoverage, ...]:
    groups: dict[tuple[str, str, str], list[AreaStanding]] = defaultdict(list)
    for item in standings:
        groups[item.area.region_code, item.area.region_th, item.area.region_en].append(item)
    return tuple(facts.RegionCoverage(*key, _coverage(group)) for key, group in sorted(groups.items()) if key[0])


def _counts(tally: Tally) -> facts.AttainmentCounts:
    return facts.AttainmentCounts(tally.met, tally.near, tally.missed, tally.unknown)


def _last_year(figures: Sequence[Figure]) -> facts.AttainmentCounts | None:
    """How last year's values stood to this round's targets; None where nothing is held of last year."""
    before = [figure.last_year_attainment for figure in figures if figure.last_year is not None]
    if not before:
        return None
    values = [item.value for item in before]
    return facts.AttainmentCounts(*(values.count(name) for name in ("met", "near", "missed", "unknown")))


def _indicators(viewer: Viewer, overview: Overview) -> tuple[facts.IndicatorResult, ...]:
    regions = analytics.region_figures(viewer=viewer, round_id=overview.round_id)
    return tuple(
        _indicator(figure, regions[figure.indicator.code])
        for area in overview.policy_areas
        for figure in area.figures
        if figure.indicator.kind is not Kind.NARRATIVE
    )


def _indicator(figure: Figure, regions: Sequence[GroupFigure]) -> facts.IndicatorResult:
    item = figure.indicator
    return facts.IndicatorResult(
        code=item.code,
        policy_area=item.policy_area,
        name_th=item.name_th,
        name_en=item.name_en,
        unit_th=item.unit_th,
        unit_en=item.unit_en,
        direction=item.direction,
        rollup=item.rollup,
        value=figure.value,
        decimals=item.decimals,
        numerator=figure.numerator,
        denominator=figure.denominator,
        target=figure.target,
        attainment=figure.attainment,
        last_year=figure.last_year,
        last_year_reported=figure.last_year_reported,
        reported=figure.reported,
        missing=figure.missing,
        by_region=tuple(
            facts.RegionValue(
                region.code,
                region.name_th,
                region.name_en,
                region.figure.value,
                region.figure.attainment,
                region.figure.last_year,
            )
            for region in regions
        ),
        missing_reason_th="" if figure.reported else "ยังไม่มีเขตใดรายงาน",
        missing_reason_en="" if figure.reported else "no area has reported",
    )


def _names(overview: Overview) -> dict[str, tuple[str, str]]:
    return {
        figure.indicator.code: (figure.indicator.name_th, figure.indicator.name_en)
        for area in overview.policy_areas
        for figure in area.figures
    }


def _needs(standings: Iterable[AreaStanding], names: dict[str, tuple[str, str]]) -> tuple[facts.NeedGroup, ...]:
    groups: dict[str, list[facts.AreaNeed]] = defaultdict(list)
    for item in standings:
        if item.group == "help" and item.share is not None:
            groups[item.area.area_type].append(_need(item, names))
    return tuple(
        facts.NeedGroup(
            name_th=f"{AREA_TYPE_NAMES.get(kind, (kind, kind))[0]} ที่ควรได้รับการช่วยเหลือก่อน",
            name_en=f"{AREA_TYPE_NAMES.get(kind, (kind, kind))[1]} that need help first",
            rule_th="ช่วงที่น่าจะเป็น (80 %) ของสัดส่วนตัวชี้วัดที่ถึงเป้า อยู่ต่ำกว่าสัดส่วนรวมของเขตประเภทเดียวกันทั้งช่วง",
            rule_en="The likely range (80 %) of the share at target lies wholly below that of all areas of its type",
            areas=tuple(areas),
        )
        for kind, areas in sorted(groups.items())
    )


def _need(item: AreaStanding, names: dict[str, tuple[str, str]]) -> facts.AreaNeed:
    below = wilson(len(item.missed), item.tally.judged)
    why = [names[code] for code in item.missed[:REASONS] if code in names]
    return facts.AreaNeed(
        code=item.area.code,
        name_th=item.area.short_th,
        name_en=item.area.name_en,
        region_th=item.area.region_th,
        region_en=item.area.region_en,
        missed=item.missed,
        judged=item.tally.judged,
        reasons_th=tuple(th for th, _ in why),
        reasons_en=tuple(en for _, en in why),
        interval=(below.low, below.high),
    )


def _strengths(viewer: Viewer, round_id: int) -> tuple[facts.AreaStrength, ...]:
    return tuple(
        facts.AreaStrength(
            code=item.area.code,
            name_th=item.area.short_th,
            name_en=item.area.name_en,
            policy_area=item.policy_area,
            above=item.met,
            judged=item.judged,
        )
        for item in analytics.area_strengths(viewer=viewer, round_id=round_id)
    )


def _finding_counts(findings: Iterable[FindingInfo]) -> tuple[facts.FindingCount, ...]:
    groups: dict[tuple[str, str, str, str], list[FindingInfo]] = defaultdict(list)
    for item in findings:
        groups[item.severity, item.check_code, item.check_th, item.check_en].append(item)
    ordered = sorted(groups.items(), key=lambda entry: (list(SEVERITIES).index(entry[0][0]), entry[0][1]))
    return tuple(
        facts.FindingCount(
            check=code,
            name_th=th,
            name_en=en,
            severity=SEVERITIES[severity],
            count=len(group),
            areas=len({item.organisation_id for item in group}),
            handled=sum(item.state != "open" for item in group),
        )
        for (severity, code, th, en), group in ordered
    )


def _examples(findings: Iterable[FindingInfo]) -> tuple[facts.FindingExample, ...]:
    waiting = [item for item in findings if item.state == "open" and item.indicator_code]
    return tuple(
        facts.FindingExample(
            item.organisation_th, item.organisation_en, item.indicator_code, item.reason_th, item.reason_en
        )
        for item in waiting[:EXAMPLES]
    )
