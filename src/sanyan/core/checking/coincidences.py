"""Too many coincidences at once: exact repeats of an earlier round, exact hundreds.

One repeat, or one 100 %, is normal, and for a coarse indicator it is usual. What all organisations do tells how usual;
the evidence is the sum over indicators of the log likelihood ratio of "filled in without counting" to "by chance".
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass

from sanyan.core.checking.changes import by_indicator, earlier_round, few, no_history
from sanyan.core.checking.definitions import CheckDefinition
from sanyan.core.checking.robust import standing
from sanyan.core.checking.values import (
    CheckedAnswer,
    CheckInput,
    FindingDraft,
    Found,
    finding,
    is_bounded_percent,
    reported_value,
)
from sanyan.core.indicators.definitions import AnswerState, Indicator, Kind
from sanyan.core.indicators.wording import code_list

ENOUGH_OTHERS = 10
SHARES_FILLED = (0.5, 0.95)  # of the answers of an organisation that fills in without counting


@dataclass(frozen=True)
class _Trial:
    """One chance for a coincidence: did it happen, and how often it does among the other organisations."""

    code: str
    hit: bool
    usual: float


def weight_of_evidence(trials: list[tuple[bool, float]]) -> float:
    """Log likelihood ratio (natural) that hits come from filling in rather than from chance; never below zero.

    Each trial is (hit, usual share of hits among others). The best of a half and nearly all answers filled in.
    """

    def ratio(share: float) -> float:
        total = 0.0
        for hit, usual in trials:
            filled = share + (1 - share) * usual
            total += math.log(filled / usual) if hit else math.log((1 - filled) / (1 - usual))
        return total

    return max(0.0, *(ratio(share) for share in SHARES_FILLED)) if trials else 0.0


def check_stale(check: CheckDefinition, data: CheckInput) -> Found:
    """Reports whose figures repeat an earlier round in more indicators than chance explains."""
    before = data.before(check.against)
    if not before:
        return Found(not_run=(no_history(check),))
    now, then = by_indicator(data.answers), by_indicator(before)
    trials: dict[str, list[_Trial]] = {}
    too_few = []
    for indicator in data.asked():
        if indicator.kind is Kind.NARRATIVE:
            continue
        repeats: dict[str, dict[str, bool]] = {"edge": {}, "inside": {}}
        for organisation, answer in now.get(indicator.code, {}).items():
            earlier = then.get(indicator.code, {}).get(organisation)
            figures, figures_then = _figures(answer), _figures(earlier)
            if figures is not None and figures_then is not None:
                # A zero or a full hundred often stays one; it is only compared with others of its sort.
                place = "edge" if _is_edge(indicator, earlier) else "inside"
                repeats[place][organisation] = figures == figures_then
        if not any(_add_trials(trials, indicator, group) for group in repeats.values()) and any(repeats.values()):
            too_few.append(indicator.code)
    words = earlier_round(data, check.against)
    return Found(tuple(_suspicions(check, trials, "repeated", words)), few(check, too_few))


def check_all_full(check: CheckDefinition, data: CheckInput) -> Found:
    """Reports that give exactly 100 % in more indicators than chance explains."""
    trials: dict[str, list[_Trial]] = {}
    too_few = []
    now = by_indicator(data.answers)
    for indicator in data.asked():
        if not is_bounded_percent(indicator):
            continue
        full = {}
        for organisation, answer in now.get(indicator.code, {}).items():
            value = reported_value(indicator, answer)
            if value is not None:
                full[organisation] = value == 100
        if not _add_trials(trials, indicator, full) and full:
            too_few.append(indicator.code)
    return Found(tuple(_suspicions(check, trials, "full", {})), few(check, too_few))


def _add_trials(trials: dict[str, list[_Trial]], indicator: Indicator, hits: Mapping[str, bool]) -> bool:
    """Add a trial for each organisation, with the usual share among the others; False where they are too few."""
    others = len(hits) - 1
    if others < ENOUGH_OTHERS:
        return False
    total = sum(hits.values())
    for organisation, hit in hits.items():
        usual = (total - hit + 0.5) / (others + 1)
        trials.setdefault(organisation, []).append(_Trial(indicator.code, hit, usual))
    return True


def _suspicions(
    check: CheckDefinition, trials: Mapping[str, list[_Trial]], variant: str, words: Mapping[str, str]
) -> list[FindingDraft]:
    findings = []
    for organisation, made in trials.items():
        hits = [trial for trial in made if trial.hit]
        weight = weight_of_evidence([(trial.hit, trial.usual) for trial in made])
        if len(hits) < check.number("least_hits", 5) or weight < check.number("threshold", 9):
            continue
        hits.sort(key=lambda trial: trial.usual)
        usual = sum(trial.usual for trial in made)
        findings.append(
            finding(
                check,
                variant=variant,
                organisation=organisation,
                score=standing(weight),
                words={
                    **words,
                    "hits": str(len(hits)),
                    "asked": str(len(made)),
                    "usual": str(round(usual)),
                    "codes": code_list([trial.code for trial in hits]),
                },
                numbers={
                    "hits": len(hits),
                    "asked": len(made),
                    "usual": round(usual, 2),
                    "weight": round(weight, 2),
                    "indicators": ",".join(trial.code for trial in hits),
                },
            )
        )
    return findings


def _figures(answer: CheckedAnswer | None) -> tuple[float | None, float | None, float | None] | None:
    if answer is None or answer.state is not AnswerState.REPORTED:
        return None
    if answer.numerator is not None:
        return answer.numerator, answer.denominator, None
    return None if answer.value is None else (None, answer.denominator, answer.value)


def _is_edge(indicator: Indicator, answer: CheckedAnswer | None) -> bool:
    value = reported_value(indicator, answer)
    return value == 0 or (value == 100 and indicator.kind is Kind.PERCENT)
