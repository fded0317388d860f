"""One look over a round: everything a rule would warn of, the doubts about its data, and the few to raise."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics import queries as analytics
from sanyan.apps.analytics.queries import AreaRef, RoundOutlooks
from sanyan.apps.collection import queries as collection
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.apps.signals.catalogue import shipped_rules
from sanyan.apps.signals.doubting import Findings, with_doubts
from sanyan.core.signed_documents import Words
from sanyan.core.warning.candidates import Candidate, candidates_of
from sanyan.core.warning.definitions import RuleKind
from sanyan.core.warning.report_candidates import LateReport, doubted_candidates, late_candidates
from sanyan.core.warning.selection import Attention, Selection, select

STATES = {
    "not_started": Words("ยังไม่เริ่ม", "not started"),
    "in_progress": Words("กำลังกรอก", "in progress"),
    "returned": Words("ส่งกลับแก้ไข", "returned for correction"),
    "reopened": Words("เปิดให้แก้ไข", "reopened"),
}


@dataclass(frozen=True)
class Looked:
    """What a look found: the round, its areas by code, the selection, and what could not be worked out."""

    info: RoundInfo
    areas: Mapping[str, AreaRef]
    selection: Selection
    found: int
    cannot: tuple[tuple[str, Words], ...]


def look(*, viewer: Viewer, round_id: int, now: datetime) -> Looked:
    """Look over a round with every shipped rule. Nothing is stored."""
    outlooks = analytics.round_outlooks(viewer=viewer, round_id=round_id)
    codes = {area.id: code for code, area in outlooks.areas.items()}
    findings = Findings.of(viewer, round_id, codes)
    last_year = Findings.of(viewer, outlooks.info.last_year_id, codes)
    found = list(_candidates(outlooks, findings, _late(viewer, outlooks, codes, now)))
    found = [with_doubts(candidate, outlooks, findings, last_year) for candidate in found]
    regions = {code: area.region_code for code, area in outlooks.areas.items() if code in outlooks.asked}
    names = {area.region_code: Words(area.region_th, area.region_en) for area in outlooks.areas.values()}
    selection = select(found, regions=regions, names=names, attention=Attention())
    cannot = tuple((code, words) for code, outlook in outlooks.outlooks.items() for words in outlook.cannot.values())
    return Looked(outlooks.info, outlooks.areas, selection, len(found), cannot)


def _candidates(outlooks: RoundOutlooks, findings: Findings, late: Iterable[LateReport]) -> Iterable[Candidate]:
    waiting = list(late)
    for rule in shipped_rules():
        if rule.kind is RuleKind.LATE:
            yield from late_candidates(rule, waiting)
        elif rule.kind is RuleKind.DATA_QUALITY:
            yield from doubted_candidates(rule, findings.doubted_reports())
        else:
            for outlook in outlooks.outlooks.values():
                yield from candidates_of(rule, outlook)


def _late(viewer: Viewer, outlooks: RoundOutlooks, codes: Mapping[int, str], now: datetime) -> Iterable[LateReport]:
    if outlooks.info.state != "open":
        return
    today = timezone.localdate(now)
    for row in collection.expected(viewer=viewer, round_id=outlooks.info.id):
        days = (today - row.due_on).days
        if days > 0 and row.state in STATES and row.organisation_id in codes:
            yield LateReport(codes[row.organisation_id], days, STATES[row.state])
