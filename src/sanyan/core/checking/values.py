"""What checks are given and what they give back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from sanyan.core.checking.definitions import Against, CheckDefinition
from sanyan.core.indicators.definitions import AnswerState, Framework, Indicator, Kind
from sanyan.core.indicators.values import answer_value
from sanyan.core.rounds import RoundKey
from sanyan.core.signed_documents import Severity, Words


@dataclass(frozen=True, slots=True)
class CheckedAnswer:
    """One total answer as it stands. `text` holds narrative fields by key."""

    state: AnswerState
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    text: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ExpectedReport:
    """An organisation that was asked. `handed_in_on` is empty until it has handed in."""

    due_on: date
    handed_in_on: date | None = None
    area_type: str = ""
    name_th: str = ""
    name_en: str = ""


Answers = Mapping[tuple[str, str], CheckedAnswer]


@dataclass(frozen=True)
class CheckInput:
    """A round as it stands: answers by (organisation, indicator), and the rounds to compare it with.

    Organisations go by any stable key. `previous` is the last round of the same fiscal year, whose figures go on in
    this one; `latest` what was last answered in whatever round, for its narratives; `last_year` the same round a year
    before. None where there was none. `today` decides what is overdue.
    """

    framework: Framework
    round: RoundKey
    answers: Answers
    expected: Mapping[str, ExpectedReport]
    today: date
    previous: Answers | None = None
    last_year: Answers | None = None
    latest: Answers | None = None

    def before(self, against: Against | None) -> Answers | None:
        """The answers of the round that a check compares with."""
        return self.previous if against is Against.PREVIOUS else self.last_year

    def asked(self) -> tuple[Indicator, ...]:
        """Indicators asked in this round, of whatever area type."""
        return self.framework.asked(month=self.round.month)


@dataclass(frozen=True)
class FindingDraft:
    """Something a person should look at. `score` orders findings (0-1, higher first); it is no probability.

    `indicator` is empty where the finding is about the whole report. `numbers` holds the figures that the reason
    says in words.
    """

    check_code: str
    organisation: str
    indicator: str
    severity: Severity
    score: float
    reason: Words
    next_step: Words
    numbers: Mapping[str, float | str | None] = field(default_factory=dict)


@dataclass(frozen=True)
class NotRun:
    """A check that could not be made, or only in part, and why."""

    check_code: str
    reason: Words
    indicators: tuple[str, ...] = ()


@dataclass(frozen=True)
class CheckReport:
    """All that the checks have to say; findings come with the highest score first."""

    findings: tuple[FindingDraft, ...]
    not_run: tuple[NotRun, ...]


@dataclass(frozen=True)
class Found:
    """What one check returns to `run_checks`."""

    findings: tuple[FindingDraft, ...] = ()
    not_run: tuple[NotRun, ...] = ()


def finding(
    check: CheckDefinition,
    *,
    variant: str,
    organisation: str,
    score: float,
    words: Mapping[str, str],
    numbers: Mapping[str, float | str | None],
    indicator: str = "",
) -> FindingDraft:
    """A draft in the words that the definition has for this variant."""
    return FindingDraft(
        check_code=check.code,
        organisation=organisation,
        indicator=indicator,
        severity=check.severity,
        score=round(min(max(score, 0.0), 1.0), 4),
        reason=check.reasons[variant].filled(words),
        next_step=check.next_step.filled(words),
        numbers=numbers,
    )


def reported_value(indicator: Indicator, answer: CheckedAnswer | None) -> float | None:
    """The figure of a reported answer in the indicator's unit, or None."""
    if answer is None or answer.state is not AnswerState.REPORTED:
        return None
    return answer_value(indicator, numerator=answer.numerator, denominator=answer.denominator, value=answer.value)


def is_bounded_percent(indicator: Indicator) -> bool:
    """Whether a value can only lie within 0-100: a percent whose framework does not allow more."""
    return indicator.kind is Kind.PERCENT and (indicator.high is None or indicator.high <= 100)
