"""What was asked and has not come, or came late."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sanyan.core.checking.definitions import CheckDefinition
from sanyan.core.checking.robust import standing
from sanyan.core.checking.values import CheckedAnswer, CheckInput, FindingDraft, Found, NotRun, finding, reported_value
from sanyan.core.indicators.definitions import AnswerState, Indicator, Kind
from sanyan.core.indicators.wording import code_list
from sanyan.core.signed_documents import Words

ENOUGH_REPORTS = 10

LATE_AT_MOST = 0.3  # a late report is no wrong figure: it stands below those


def check_missing(check: CheckDefinition, data: CheckInput) -> Found:
    """Reports handed in with questions unanswered, or stated as not available.

    A question that none of ten reports or more answers says something of the round (it was not put, or begins later),
    not of each organisation: it is told once, as not checked.
    """
    nobody = _answered_by_nobody(check, data)
    findings = []
    for organisation, asked in _asked_of(data):
        found = _missing(check, data, organisation, [item for item in asked if item.code not in nobody])
        if found is not None:
            findings.append(found)
    reason = Words("ไม่มีหน่วยงานใดตอบตัวชี้วัดนี้ในรอบนี้", "No organisation answered this in the round.")
    notes = (NotRun(check.code, reason, nobody),) if nobody else ()
    return Found(tuple(findings), notes)


def _missing(
    check: CheckDefinition, data: CheckInput, organisation: str, asked: Sequence[Indicator]
) -> FindingDraft | None:
    blank, unavailable = [], []
    for indicator in asked:
        answer = data.answers.get((organisation, indicator.code))
        if answer is not None and answer.state is AnswerState.NOT_AVAILABLE:
            unavailable.append(indicator.code)
        elif _is_blank(indicator, answer):
            blank.append(indicator.code)
    if not blank and not unavailable:
        return None
    return finding(
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


def _asked_of(data: CheckInput) -> Iterator[tuple[str, tuple[Indicator, ...]]]:
    """Organisations that handed in, each with what it was asked."""
    for organisation, expected in data.expected.items():
        if expected.handed_in_on is not None:
            yield organisation, data.framework.asked(month=data.round.month, area_type=expected.area_type)


def _answered_by_nobody(check: CheckDefinition, data: CheckInput) -> tuple[str, ...]:
    """Indicators that every report left out, among those that enough reports were asked for."""
    left_out: Counter[str] = Counter()
    answered: set[str] = set()
    for organisation, asked in _asked_of(data):
        for indicator in asked:
            answer = data.answers.get((organisation, indicator.code))
            is_absent = answer is not None and answer.state is AnswerState.NOT_AVAILABLE
            if is_absent or _is_blank(indicator, answer):
                left_out[indicator.code] += 1
            else:
                answered.add(indicator.code)
    enough = check.number("enough_reports", ENOUGH_REPORTS)
    return tuple(code for code, times in left_out.items() if times >= enough and code not in answered)


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
                score=LATE_AT_MOST * standing(days / 3),
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
