"""What was asked and has not come, or came late."""

from __future__ import annotations

from sanyan.core.checking.definitions import CheckDefinition
from sanyan.core.checking.robust import standing
from sanyan.core.checking.values import CheckedAnswer, CheckInput, Found, finding, reported_value
from sanyan.core.checking.wording import code_list
from sanyan.core.indicators.definitions import AnswerState, Indicator, Kind


def check_missing(check: CheckDefinition, data: CheckInput) -> Found:
    """Reports handed in with questions unanswered, or stated as not available."""
    findings = []
    for organisation, expected in data.expected.items():
        if expected.handed_in_on is None:
            continue
        asked = data.framework.asked(month=data.round.month, area_type=expected.area_type)
        blank, unavailable = [], []
        for indicator in asked:
            answer = data.answers.get((organisation, indicator.code))
            if answer is not None and answer.state is AnswerState.NOT_AVAILABLE:
                unavailable.append(indicator.code)
            elif _is_blank(indicator, answer):
                blank.append(indicator.code)
        if not blank and not unavailable:
            continue
        findings.append(
            finding(
                check,
                variant="blank" if not unavailable else "unavailable" if not blank else "both",
                organisation=organisation,
                score=standing(20 * (len(blank) + len(unavailable) / 2) / len(asked)),
                words={
                    "blank": str(len(blank)),
                    "blank_codes": code_list(blank),
                    "unavailable": str(len(unavailable)),
                    "unavailable_codes": code_list(unavailable),
                    "asked": str(len(asked)),
                },
                numbers={
                    "blank": len(blank),
                    "unavailable": len(unavailable),
                    "asked": len(asked),
                    "indicators": ",".join([*blank, *unavailable]),
                },
            )
        )
    return Found(tuple(findings))


def check_late(check: CheckDefinition, data: CheckInput) -> Found:
    """Reports handed in after the day they were due, and those due that have not come."""
    findings = []
    for organisation, expected in data.expected.items():
        days = ((expected.handed_in_on or data.today) - expected.due_on).days
        if days <= 0:
            continue
        findings.append(
            finding(
                check,
                variant="late" if expected.handed_in_on else "waiting",
                organisation=organisation,
                score=standing(days / 6),
                words={"days": str(days)},
                numbers={"days": days, "due_on": expected.due_on.isoformat()},
            )
        )
    return Found(tuple(findings))


def _is_blank(indicator: Indicator, answer: CheckedAnswer | None) -> bool:
    if answer is None:
        return True
    if answer.state is not AnswerState.REPORTED:
        return False
    if indicator.kind is Kind.NARRATIVE:
        return not any(text.strip() for text in answer.text.values())
    if indicator.has_parts and answer.denominator == 0:
        return False
    return reported_value(indicator, answer) is None
