"""Warnings about the reports themselves: late ones, and ones with several doubtful figures."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sanyan.core.indicators.wording import code_list, figure
from sanyan.core.signed_documents import Severity, Words
from sanyan.core.warning.candidates import Candidate, graded
from sanyan.core.warning.definitions import WarningRule


@dataclass(frozen=True)
class LateReport:
    """A report past its due date: by how many days, and where it stands."""

    unit: str
    days: int
    state: Words


@dataclass(frozen=True)
class DoubtedReport:
    """A report with findings that nobody has explained: their indicators, and how many are urgent."""

    unit: str
    indicators: tuple[str, ...]
    count: int
    urgent: int


def late_candidates(rule: WarningRule, reports: Iterable[LateReport]) -> Iterator[Candidate]:
    """Every late report. That it is late is a fact, so the probability is 1."""
    for report in reports:
        high, medium = rule.number("days_high"), rule.number("days_medium")
        severity = Severity.HIGH if report.days > high else Severity.MEDIUM if report.days > medium else Severity.LOW
        words = {"days": str(report.days), "state_th": report.state.th, "state_en": report.state.en}
        yield Candidate(
            rule=rule,
            variant="late",
            indicator="",
            unit=report.unit,
            probability=1.0,
            severity=severity,
            size=float(report.days),
            reason=rule.reasons["late"].filled(words),
            numbers={"days": float(report.days)},
            words=words,
        )


def doubted_candidates(rule: WarningRule, reports: Iterable[DoubtedReport]) -> Iterator[Candidate]:
    """Every report with at least `least_doubt` findings, an urgent one counted twice. That they are open is a fact; how
    many of them are real errors is for the area to say."""
    for report in reports:
        weight = report.count + report.urgent
        if weight < rule.number("least_doubt"):
            continue
        severity = graded(report.urgent, high=2, medium=1)
        words = {
            "count": figure(report.count, decimals=0),
            "urgent": figure(report.urgent, decimals=0),
            "codes": code_list(sorted(set(report.indicators))),
        }
        variant = "urgent" if report.urgent else "doubts"
        yield Candidate(
            rule=rule,
            variant=variant,
            indicator="",
            unit=report.unit,
            probability=1.0,
            severity=severity,
            size=float(weight),
            reason=rule.reasons[variant].filled(words),
            numbers={"count": float(report.count), "urgent": float(report.urgent)},
            words=words,
        )
