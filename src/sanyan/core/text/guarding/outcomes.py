"""What can come of asking a model: accepted, rejected with reasons, or not to be processed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Generic, TypeVar

from sanyan.core.errors import SanyanError
from sanyan.core.signed_documents import Words

T = TypeVar("T")


@dataclass(frozen=True)
class Reason:
    """Why an answer, or a text, is not used: a stable code, the sentence, and the id it concerns."""

    code: str
    words: Words
    place: str = ""


@dataclass(frozen=True)
class Accepted(Generic[T]):
    """An answer all of whose parts were checked."""

    value: T


@dataclass(frozen=True)
class Rejected:
    """An answer that broke a rule; nothing of it is shown."""

    reasons: tuple[Reason, ...]


@dataclass(frozen=True)
class Unprocessable:
    """No answer came, or the texts cannot be given to a model; a person, or the rules alone, go on."""

    reason: Reason


Outcome = Accepted[T] | Rejected | Unprocessable


def reason(code: str, th: str, en: str, place: str = "") -> Reason:
    """A reason from its sentences."""
    return Reason(code, Words(th, en), place)


def unprocessable(error: SanyanError) -> Unprocessable:
    """What a model that gave no usable answer leaves behind."""
    return Unprocessable(Reason(error.code, Words(error.th, error.en), error.place))


def name_of(outcome: Accepted[T] | Rejected | Unprocessable) -> str:
    """ "accepted", "rejected" or "unprocessable", as records hold it."""
    return type(outcome).__name__.lower()
