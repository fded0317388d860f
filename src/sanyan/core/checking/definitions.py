"""A check as a signed document: what it looks at, why it matters, who wrote and checked it, when to look again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from sanyan.core.signed_documents import DocumentReader, Severity, Words


class CheckKind(StrEnum):
    """The way a check works. A kind is code; a definition chooses one and sets its words and numbers."""

    PARTS = "parts"
    WHOLE = "whole"
    IMPOSSIBLE_PERCENT = "impossible-percent"
    RANGE = "range"
    JUMP = "jump"
    FALL = "fall"
    OUTLIER = "outlier"
    ALL_FULL = "all-full"
    STALE = "stale"
    COPIED_TEXT = "copied-text"
    MISSING = "missing"
    LATE = "late"


class Against(StrEnum):
    """What a comparison is made with: the last round, or the same round last year."""

    PREVIOUS = "previous"
    LAST_YEAR = "last-year"


@dataclass(frozen=True)
class CheckDefinition:
    """One check. `reasons` holds a sentence for each variant that its kind may find."""

    code: str
    kind: CheckKind
    severity: Severity
    name: Words
    introduction: Words
    why_it_matters: Words
    next_step: Words
    reasons: Mapping[str, Words]
    authored_by: str
    checked_by: str
    next_review: date
    against: Against | None = None
    parameters: Mapping[str, float] = field(default_factory=dict)

    def number(self, name: str, default: float) -> float:
        """A parameter, or the default where the definition leaves it out."""
        return self.parameters.get(name, default)

    def is_due_for_review(self, today: date) -> bool:
        """Whether its next review has come."""
        return today >= self.next_review


def read_definition(document: Mapping[str, object], *, place: str = "") -> CheckDefinition:
    """A definition from a plain document (YAML or JSON already parsed).

    Raise BadInputError, naming the field, where one is missing, empty or not of its sort. `place` names the file.
    """
    reader = DocumentReader(document, place)
    kind = reader.choice("kind", CheckKind)
    needs_against = kind in (CheckKind.JUMP, CheckKind.FALL, CheckKind.STALE)
    return CheckDefinition(
        code=reader.text("code"),
        kind=kind,
        severity=reader.choice("severity", Severity),
        name=reader.words("name"),
        introduction=reader.words("introduction"),
        why_it_matters=reader.words("why_it_matters"),
        next_step=reader.words("next_step"),
        reasons=reader.reasons(),
        authored_by=reader.text("authored_by"),
        checked_by=reader.text("checked_by"),
        next_review=reader.day("next_review"),
        against=reader.choice("against", Against) if needs_against else None,
        parameters=reader.numbers("parameters"),
    )
