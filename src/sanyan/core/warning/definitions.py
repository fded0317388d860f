"""A warning rule as a signed document: what it watches, why that matters, what usually helps, who answers for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sanyan.core.signed_documents import DocumentReader, Severity, Words


class RuleKind(StrEnum):
    """The way a rule works. A kind is code; a document chooses one and sets its words and numbers."""

    WILL_MISS_TARGET = "will-miss-target"
    NEW_BREACH = "new-breach"
    RELATIVE_DROP = "relative-drop"
    SUDDEN_JUMP = "sudden-jump"
    SYSTEM_SHIFT = "system-shift"
    DATA_QUALITY = "data-quality"
    LATE = "late"

    @property
    def is_about_data(self) -> bool:
        """Whether it is about reports and their quality; those have a budget of their own."""
        return self in (RuleKind.DATA_QUALITY, RuleKind.LATE)


PARAMETERS: Mapping[RuleKind, frozenset[str]] = {
    RuleKind.WILL_MISS_TARGET: frozenset({"least_probability"}),
    RuleKind.NEW_BREACH: frozenset({"least_probability_seen", "least_probability_ahead", "most_expected"}),
    RuleKind.RELATIVE_DROP: frozenset({"least_probability_seen", "least_probability_ahead", "swings"}),
    RuleKind.SUDDEN_JUMP: frozenset({"swings", "least_probability"}),
    RuleKind.SYSTEM_SHIFT: frozenset({"spreads", "least_share", "least_probability"}),
    RuleKind.DATA_QUALITY: frozenset({"least_doubt"}),
    RuleKind.LATE: frozenset({"days_medium", "days_high"}),
}
"""The numbers that a document of each kind must give, and no others."""


@dataclass(frozen=True)
class WarningRule:
    """One rule. `reasons` holds a sentence for each variant its kind may raise and one, `group`, for many areas
    together. `due_days` says, by severity, within how many days an answer is due."""

    code: str
    kind: RuleKind
    name: Words
    introduction: Words
    why_it_matters: Words
    what_usually_helps: Words
    reasons: Mapping[str, Words]
    due_days: Mapping[Severity, int]
    authored_by: str
    checked_by: str
    next_review: date
    parameters: Mapping[str, float]

    def number(self, name: str) -> float:
        """A parameter of its kind."""
        return self.parameters[name]

    def is_due_for_review(self, today: date) -> bool:
        """Whether its next review has come."""
        return today >= self.next_review


def read_rule(document: Mapping[str, object], *, place: str = "") -> WarningRule:
    """A rule from a plain document (YAML already parsed).

    Raise BadInputError, naming the field, where one is missing, empty, not of its sort or, of the numbers, not of its
    kind. `place` names the file.
    """
    reader = DocumentReader(document, place)
    kind = reader.choice("kind", RuleKind)
    parameters = reader.numbers("parameters")
    if wrong := PARAMETERS[kind] ^ parameters.keys():
        raise reader.fault(f"parameters.{min(wrong)}")
    days = reader.numbers("due_days")
    if set(days) != set(Severity) or any(value < 1 or value != int(value) for value in days.values()):
        raise reader.fault("due_days")
    return WarningRule(
        code=reader.text("code"),
        kind=kind,
        name=reader.words("name"),
        introduction=reader.words("introduction"),
        why_it_matters=reader.words("why_it_matters"),
        what_usually_helps=reader.words("what_usually_helps"),
        reasons=reader.reasons(),
        due_days={Severity(name): int(value) for name, value in days.items()},
        authored_by=reader.text("authored_by"),
        checked_by=reader.text("checked_by"),
        next_review=reader.day("next_review"),
        parameters=parameters,
    )
