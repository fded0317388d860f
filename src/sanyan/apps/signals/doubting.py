"""Why a figure that a warning rests on may be wrong, and how far that takes from the warning."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from sanyan.apps.accounts.access import Viewer
from sanyan.apps.analytics.queries import RoundOutlooks
from sanyan.apps.quality import queries as quality
from sanyan.core.indicators.definitions import Kind
from sanyan.core.signed_documents import Words
from sanyan.core.warning.candidates import Candidate
from sanyan.core.warning.definitions import RuleKind
from sanyan.core.warning.report_candidates import DoubtedReport

ALL_FULL = "all-full"
FULL = 100.0
_DOUBTING = ("high", "medium")
_RESTS_ON_LAST_YEAR = frozenset({RuleKind.WILL_MISS_TARGET, RuleKind.NEW_BREACH})
_COMPARES_WITH_LAST_YEAR = frozenset({RuleKind.NEW_BREACH, RuleKind.RELATIVE_DROP, RuleKind.SUDDEN_JUMP})


@dataclass(frozen=True)
class Doubt:
    """A reason for doubt, and how much of the warning's weight it leaves (0-1). A judgement, not an estimate."""

    words: Words
    leaves: float


FLAGGED = Doubt(Words("ตัวเลขนี้มีข้อค้นพบที่ยังไม่มีใครอธิบาย", "The figure has a finding that nobody has explained."), 0.8)
FORECAST_FROM_FLAGGED = Doubt(
    Words("คาดจากตัวเลขที่มีข้อค้นพบซึ่งยังไม่มีใครอธิบาย", "It is forecast from a figure whose finding nobody has explained."),
    0.4,
)
FLAGGED_BEFORE = Doubt(
    Words("ตัวเลขของปีก่อนมีข้อค้นพบที่ยังไม่มีใครอธิบาย", "Last year's figure has a finding that nobody has explained."), 0.5
)
FULL_BEFORE = Doubt(
    Words(
        "ปีก่อนเขตรายงานครบ 100 % พอดีหลายตัวชี้วัดพร้อมกัน และยังไม่มีใครอธิบาย",
        "Last year the area reported exactly 100 % in many indicators at once, and nobody has explained it.",
    ),
    0.4,
)
NO_LAST_YEAR = Doubt(Words("ไม่มีค่ารอบเดียวกันปีก่อน", "There is no figure of the same round last year."), 0.9)


@dataclass(frozen=True)
class Findings:
    """What waits for an explanation in one round: figures (unit, indicator), units that reported full marks at once,
    and the findings by unit."""

    figures: frozenset[tuple[str, str]]
    full: frozenset[str]
    reports: Mapping[str, tuple[quality.FindingInfo, ...]]

    @classmethod
    def of(cls, viewer: Viewer, round_id: int | None, codes: Mapping[int, str]) -> Findings:
        """The open findings of a round by unit code; none where there is no round."""
        figures: set[tuple[str, str]] = set()
        full: set[str] = set()
        reports: dict[str, list[quality.FindingInfo]] = defaultdict(list)
        held = () if round_id is None else quality.findings(viewer=viewer, round_id=round_id, state="open")
        for finding in held:
            code = codes.get(finding.organisation_id)
            if code is None or finding.severity not in _DOUBTING:
                continue
            if finding.check_code == ALL_FULL:
                full.add(code)
            if finding.indicator_code:
                figures.add((code, finding.indicator_code))
                reports[code].append(finding)
        return cls(frozenset(figures), frozenset(full), {code: tuple(found) for code, found in reports.items()})

    def doubted_reports(self) -> tuple[DoubtedReport, ...]:
        """Each unit's findings about figures, counted."""
        return tuple(
            DoubtedReport(
                code,
                tuple(finding.indicator_code for finding in found),
                len(found),
                sum(finding.severity == "high" for finding in found),
            )
            for code, found in sorted(self.reports.items())
        )


def with_doubts(candidate: Candidate, outlooks: RoundOutlooks, now: Findings, last_year: Findings) -> Candidate:
    """The candidate, tainted where a figure it needs is flagged or missing."""
    if not candidate.indicator or candidate.unit not in outlooks.index:
        return candidate
    outlook = outlooks.outlooks[candidate.indicator]
    before = outlook.before[outlooks.index[candidate.unit]]
    cell = (candidate.unit, candidate.indicator)
    compares = candidate.rule.kind in _COMPARES_WITH_LAST_YEAR and not candidate.is_expected
    is_full = outlook.indicator.kind is Kind.PERCENT and before == FULL
    reasons = (
        (FLAGGED, cell in now.figures and not candidate.is_expected),
        (FORECAST_FROM_FLAGGED, cell in now.figures and candidate.is_expected),
        (FLAGGED_BEFORE, compares and cell in last_year.figures),
        (FULL_BEFORE, compares and is_full and candidate.unit in last_year.full),
        (NO_LAST_YEAR, candidate.rule.kind in _RESTS_ON_LAST_YEAR and not np.isfinite(before)),
    )
    for doubt, holds in reasons:
        if holds:
            candidate = candidate.doubted_for(doubt.words, leaves=doubt.leaves)
    return candidate
