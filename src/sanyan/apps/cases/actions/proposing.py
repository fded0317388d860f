from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction
from django.utils import timezone

from sanyan.apps.accounts.access import Capability, Viewer, require
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import OutlierEvidence, PositiveOutlier
from sanyan.apps.audit.actions import Trace, record
from sanyan.apps.cases.models import Case, Pairing
from sanyan.apps.cases.outcomes import Outcomes
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.core.indicators.definitions import Indicator

FEWEST_ROUNDS = 2
PAIRS = 2


@dataclass(frozen=True)
class Proposed:
    """What a look for cases found: `new` were proposed, `known` stand already, `too_few` could not be: too few rounds,
    or no figure or text to go by. `unpaired` of the new have no weak area of like context beside them."""

    found: int
    new: int
    known: int
    too_few: int
    unpaired: int = 0


@dataclass(frozen=True)
class _Lead:
    """An outlier in one policy area: the indicator that speaks for it in most rounds, and the others."""

    outlier: PositiveOutlier
    indicator: Indicator
    evidence: tuple[OutlierEvidence, ...]
    also: tuple[str, ...]


def propose_from_outliers(*, by: Viewer, round_id: int, now: datetime) -> Proposed:
    """Propose areas that stood above their context on one indicator in at least two rounds, each beside similar areas
    that did poorly. Doing it again proposes nothing twice."""
    require(viewer=by, capability=Capability.MANAGE)
    outcomes = Outcomes(round_id, timezone.localdate(now))
    found = analytics.positive_outliers(viewer=by, round_id=round_id)
    leads = [lead for outlier in found for lead in _leads(outlier)]
    groups = sum(len({e.indicator.policy_area for e in outlier.evidence}) for outlier in found)
    with transaction.atomic():
        known = set(Case.objects.values_list("subject", flat=True))
        fresh = [lead for lead in leads if subject_of(outcomes.info, lead) not in known]
        unpaired = 0
        for lead in fresh:
            case = _keep(by, lead, outcomes, now)
            unpaired += not case.pairings.exists()
        told = Proposed(groups, len(fresh), len(leads) - len(fresh), groups - len(leads), unpaired)
        record(by=by, trace=Trace("cases.look", "round", str(round_id), detail=asdict(told)), now=now)
    return told


def subject_of(info: RoundInfo, lead: _Lead) -> str:
    """What an outlier's case is about, whatever the round."""
    return f"{kin_of(info)}:outlier:{lead.outlier.area.id}:{lead.indicator.policy_area}"


def kin_of(info: RoundInfo) -> str:
    """Framework and kind: practice never meets what is real."""
    return f"{info.framework_code}:{'practice' if info.is_practice else 'real'}"


def _leads(outlier: PositiveOutlier) -> Iterator[_Lead]:
    by_policy: dict[str, dict[str, list[OutlierEvidence]]] = defaultdict(lambda: defaultdict(list))
    for item in outlier.evidence:
        by_policy[item.indicator.policy_area][item.indicator.code].append(item)
    for _, by_code in sorted(by_policy.items()):
        best = max(by_code.values(), key=lambda held: (len(held), min(e.p_better for e in held)))
        if len({item.fiscal_year for item in best}) >= FEWEST_ROUNDS:
            lead = best[0].indicator
            yield _Lead(outlier, lead, tuple(best), tuple(sorted(set(by_code) - {lead.code})))


def _keep(by: Viewer, lead: _Lead, outcomes: Outcomes, now: datetime) -> Case:
    area, indicator = lead.outlier.area, lead.indicator
    case = Case.objects.create(
        subject=subject_of(outcomes.info, lead),
        origin=Case.Origin.POSITIVE_OUTLIER,
        organisation_id=area.id,
        round_id=outcomes.round_id,
        policy_area=indicator.policy_area,
        indicator_code=indicator.code,
        also=list(lead.also),
        title=indicator.name_th[:300],
        figures=outcomes.of(area.id, indicator.code),
        evidence=[
            {"fiscal_year": item.fiscal_year, "p_better": round(item.p_better, 4), "n": item.n}
            for item in sorted(lead.evidence, key=lambda item: item.fiscal_year)
        ],
        proposed_at=now,
        proposed_by=by.name,
    )
    for pairing in _pairs(case, lead, outcomes):
        pairing.save()
    detail = {"origin": case.origin, "indicator": case.indicator_code, "title": case.title}
    record(by=by, trace=Trace("cases.propose", "case", str(case.pk), area.id, detail), now=now)
    return case


def _pairs(case: Case, lead: _Lead, outcomes: Outcomes) -> Iterator[Pairing]:
    """Weak areas of like context, those weak in the same indicator first."""
    low = [item for item in lead.outlier.low_cases if item.area is not None and item.area.id != case.organisation_id]
    low.sort(key=lambda item: (lead.indicator.code not in {i.code for i in item.indicators}, item.distance))
    for item in low[:PAIRS]:
        assert item.area is not None
        codes = [indicator.code for indicator in item.indicators]
        same = lead.indicator.code in codes
        yield Pairing(
            case=case,
            organisation_id=item.area.id,
            distance=item.distance,
            indicators=codes,
            figures=outcomes.of(item.area.id, lead.indicator.code),
            why_th=f"บริบทคล้ายกัน (ห่าง {item.distance:.2f}) "
            + ("แต่ตัวชี้วัดเดียวกันต่ำกว่าที่บริบทคาด" if same else f"แต่ต่ำกว่าที่บริบทคาดใน {len(codes)} ตัวชี้วัดที่เขตนี้เด่น"),
            why_en=f"Of like context ({item.distance:.2f} apart), but below it in "
            + ("the same indicator" if same else f"{len(codes)} indicators that this area is strong in"),
        )
