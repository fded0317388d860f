"""A check as a signed document: what it looks at, why it matters, who wrote and checked it, when to look again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import TypeVar

from sanyan.core.errors import BadInputError

C = TypeVar("C", bound=StrEnum)


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


class Severity(StrEnum):
    """How soon a person should look."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Against(StrEnum):
    """What a comparison is made with: the last round, or the same round last year."""

    PREVIOUS = "previous"
    LAST_YEAR = "last-year"


@dataclass(frozen=True)
class Words:
    """The same sentence in Thai and English; both may hold {placeholders}."""

    th: str
    en: str

    def filled(self, parts: Mapping[str, str]) -> Words:
        """Both sentences with their placeholders filled; raise KeyError for one that is not known."""
        return Words(self.th.format_map(parts), self.en.format_map(parts))


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
    reader = _Reader(document, place)
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
        parameters=reader.parameters(),
    )


@dataclass(frozen=True)
class _Reader:
    document: Mapping[str, object]
    place: str

    def text(self, name: str) -> str:
        value = self.document.get(name)
        if not isinstance(value, str) or not value.strip():
            raise self.fault(name)
        return value.strip()

    def words(self, name: str) -> Words:
        return Words(self.text(f"{name}_th"), self.text(f"{name}_en"))

    def choice(self, name: str, choices: type[C]) -> C:
        try:
            return choices(self.text(name))
        except ValueError:
            raise self.fault(name) from None

    def day(self, name: str) -> date:
        value = self.document.get(name)
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            raise self.fault(name) from None

    def reasons(self) -> dict[str, Words]:
        given = self.document.get("reasons")
        if not isinstance(given, Mapping) or not given:
            raise self.fault("reasons")
        return {str(name): _Reader(words, self.place).reason() for name, words in given.items()}

    def reason(self) -> Words:
        return Words(self.text("th"), self.text("en"))

    def parameters(self) -> dict[str, float]:
        given = self.document.get("parameters", {})
        if not isinstance(given, Mapping):
            raise self.fault("parameters")
        for name, value in given.items():
            if isinstance(value, bool) or not isinstance(value, int | float):
                raise self.fault(f"parameters.{name}")
        return {str(name): float(value) for name, value in given.items()}

    def fault(self, name: str) -> BadInputError:
        return BadInputError(
            "check-definition",
            f"นิยามการตรวจสอบยังไม่สมบูรณ์ที่ช่อง {name}",
            f"The check definition is not complete: {name}.",
            next_th="เติมช่องนี้ในไฟล์นิยาม แล้วเริ่มใหม่",
            next_en="Fill this field in the definition file and start again.",
            place=self.place,
        )
