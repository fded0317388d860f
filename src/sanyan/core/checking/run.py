"""Every check over one round."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace

from sanyan.core.checking.changes import check_fall, check_jump, check_outlier
from sanyan.core.checking.coincidences import check_all_full, check_stale
from sanyan.core.checking.completeness import check_late, check_missing
from sanyan.core.checking.contradictions import (
    check_impossible_percent,
    check_parts,
    check_range,
    check_whole,
)
from sanyan.core.checking.copied_text import check_copied_text
from sanyan.core.checking.definitions import CheckDefinition, CheckKind
from sanyan.core.checking.values import CheckInput, CheckReport, FindingDraft, Found
from sanyan.core.indicators.definitions import Direction, Kind

CHECKS: Mapping[CheckKind, Callable[[CheckDefinition, CheckInput], Found]] = {
    CheckKind.PARTS: check_parts,
    CheckKind.WHOLE: check_whole,
    CheckKind.IMPOSSIBLE_PERCENT: check_impossible_percent,
    CheckKind.RANGE: check_range,
    CheckKind.JUMP: check_jump,
    CheckKind.FALL: check_fall,
    CheckKind.OUTLIER: check_outlier,
    CheckKind.ALL_FULL: check_all_full,
    CheckKind.STALE: check_stale,
    CheckKind.COPIED_TEXT: check_copied_text,
    CheckKind.MISSING: check_missing,
    CheckKind.LATE: check_late,
}


FIGURE_KINDS = {CheckKind.JUMP, CheckKind.FALL, CheckKind.OUTLIER}
# Of two figures as odd as each other, the one that somebody is judged by comes first. A judgement, not an estimate.
CONTEXT_WEIGHT = 0.85


def run_checks(definitions: Iterable[CheckDefinition], data: CheckInput) -> CheckReport:
    """All findings of these checks, the highest score first, and what could not be checked and why.

    Where several checks of figures find the same answer, the strongest of those findings is raised: a value that
    both jumped and stands far from all others is rarely a true one. Figures of context, which nobody is judged by, come
    after equally odd ones of indicators with a good direction.
    """
    checks = list(definitions)
    results = [CHECKS[check.kind](check, data) for check in checks]
    figure_checks = {check.code for check in checks if check.kind in FIGURE_KINDS}
    findings = _corroborated([found for result in results for found in result.findings], figure_checks)
    context = {
        item.code for item in data.asked() if item.direction is Direction.NONE and item.kind is not Kind.NARRATIVE
    }
    findings = [_weighed(found, context) for found in findings]
    findings.sort(key=lambda item: (-item.score, item.check_code, item.organisation, item.indicator))
    return CheckReport(tuple(findings), tuple(note for result in results for note in result.not_run))


def _weighed(found: FindingDraft, context: set[str]) -> FindingDraft:
    return replace(found, score=round(found.score * CONTEXT_WEIGHT, 4)) if found.indicator in context else found


def _corroborated(findings: list[FindingDraft], figure_checks: set[str]) -> list[FindingDraft]:
    together: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, found in enumerate(findings):
        if found.check_code in figure_checks:
            together[found.organisation, found.indicator].append(index)
    for indexes in together.values():
        doubt = 1.0
        for index in indexes:
            doubt *= 1 - findings[index].score
        strongest = max(indexes, key=lambda index: findings[index].score)
        findings[strongest] = replace(findings[strongest], score=round(1 - doubt, 4))
    return findings
