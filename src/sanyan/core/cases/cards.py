"""The card of a case study: what it holds, and how sure each part of it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from sanyan.core.spans import Span
from sanyan.core.text.values import Stance


class CardField(StrEnum):
    """A part of a card, in the order that it is read."""

    PROBLEM = "problem"
    SETTING = "setting"
    SIZE = "size"
    BASELINE = "baseline"
    WHAT = "what"
    WHO = "who"
    DOSE = "dose"
    COST = "cost"
    HOURS = "hours"
    MECHANISM = "mechanism"
    OUTCOME = "outcome"
    COMPARISON = "comparison"
    ENABLERS = "enablers"
    BARRIERS = "barriers"
    TRANSFER = "transfer"
    WORKLOAD = "workload"


PARTS: dict[str, tuple[CardField, ...]] = {
    "context": (CardField.PROBLEM, CardField.SETTING, CardField.SIZE, CardField.BASELINE),
    "intervention": (CardField.WHAT, CardField.WHO, CardField.DOSE, CardField.COST, CardField.HOURS),
    "mechanism": (CardField.MECHANISM,),
    "outcome": (CardField.OUTCOME, CardField.COMPARISON),
    "conditions": (CardField.ENABLERS, CardField.BARRIERS, CardField.TRANSFER, CardField.WORKLOAD),
}
"""Context, intervention, mechanism and outcome (Denyer, Tranfield and van Aken, 2008, Organization Studies 29:393-413),
and what a place that would copy it has to know."""


class Standing(StrEnum):
    """Whether a part was said outright, follows from what was said, or is not there."""

    STATED = "stated"
    INFERRED = "inferred"
    MISSING = "missing"


class Basis(StrEnum):
    """What a part rests on: words of a source, figures that were certified, or a person's own words."""

    TEXT = "text"
    FIGURES = "figures"
    PERSON = "person"
    NOTHING = ""


@dataclass(frozen=True)
class SourceText:
    """One text that a card may be filled from. `field_key` is the form's box, "" for running text such as a file."""

    id: str
    field_key: str
    stance: Stance
    text: str


@dataclass(frozen=True)
class Quote:
    """Characters of a source, exactly as they stand there."""

    source: str
    span: Span
    text: str


@dataclass(frozen=True)
class Entry:
    """One part of a card. `value` is "" where it is missing; where it rests on text it is its quotes, a line each."""

    field: CardField
    value: str
    standing: Standing
    basis: Basis
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Figures:
    """What was reported and certified of the indicator that a case is about, in its unit.

    `before` and `after` are the first and the latest round that are compared; `n` the cases behind the latest figure;
    `low` and `high` bound it (80 %); `expected` is what its context leads one to expect. None where not known.
    """

    indicator_th: str
    unit_th: str
    before_round: str = ""
    before: float | None = None
    after_round: str = ""
    after: float | None = None
    n: float | None = None
    low: float | None = None
    high: float | None = None
    expected: float | None = None
    decimals: int = 1


@dataclass(frozen=True)
class Unused:
    """A source that gave the card nothing, and why: every text is accounted for."""

    source: str
    reason: str


@dataclass(frozen=True)
class Card:
    """A card whole: every part of `CardField` has its entry, if only to say that it is missing."""

    entries: Mapping[CardField, Entry]
    unused: tuple[Unused, ...] = ()

    @property
    def missing(self) -> tuple[CardField, ...]:
        """The parts that nothing was found for."""
        return tuple(field for field, entry in self.entries.items() if entry.standing is Standing.MISSING)


def nothing(field: CardField) -> Entry:
    """The entry of a part that nothing was found for."""
    return Entry(field, "", Standing.MISSING, Basis.NOTHING)
