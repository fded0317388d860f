"""A report as an organisation hands it in, before anything is stored."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from sanyan.core.indicators.definitions import AnswerState
from sanyan.core.rounds import RoundKey
from sanyan.core.thai.characters import writable


@dataclass(frozen=True)
class FilledAnswer:
    """One answer. `value` is the figure itself (a level as its number, yes-no as 1 or 0); `text` holds narrative
    fields by key. With a state other than reported, all figures are None and `text` is empty. Texts are kept
    writable, and there is no minus zero, however they came in."""

    indicator: str
    state: AnswerState
    numerator: float | None = None
    denominator: float | None = None
    value: float | None = None
    text: Mapping[str, str] = field(default_factory=dict)
    note: str = ""
    disaggregation: str = ""

    def __post_init__(self) -> None:
        for name in ("numerator", "denominator", "value"):
            if getattr(self, name) == 0:
                object.__setattr__(self, name, 0.0)
        for name in ("note", "disaggregation"):
            object.__setattr__(self, name, writable(getattr(self, name)))
        if self.text:
            object.__setattr__(self, "text", {key: writable(text) for key, text in self.text.items()})


@dataclass(frozen=True)
class FilledEvidence:
    """What stands behind an answer. `kind` is one of the framework's evidence types."""

    indicator: str
    kind: str
    title: str
    location: str = ""

    def __post_init__(self) -> None:
        for name in ("kind", "title", "location"):
            object.__setattr__(self, name, writable(getattr(self, name)))


@dataclass(frozen=True)
class FilledReport:
    """Everything one organisation reports for one round."""

    framework: str
    version: int
    round: RoundKey
    organisation: str
    organisation_name: str
    practice: bool = False
    answers: tuple[FilledAnswer, ...] = ()
    evidence: tuple[FilledEvidence, ...] = ()
