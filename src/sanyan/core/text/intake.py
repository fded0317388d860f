"""A text as it comes in: repaired, scrubbed of what cannot be seen, cut into passages, and marked.

What reads like an order to a machine becomes a passage of its own, so that the rest is read as if it were not there.
"""

from __future__ import annotations

from dataclasses import dataclass

from sanyan.core.spans import Span
from sanyan.core.text.guarding.orders import whole_orders
from sanyan.core.text.hidden import scrub
from sanyan.core.text.passages import split_passages
from sanyan.core.thai.characters import writable
from sanyan.core.thai.personal_data import find_personal_data
from sanyan.core.thai.repair import repair
from sanyan.core.thai.words import terms

LEAST_LETTERS = 8


@dataclass(frozen=True)
class CutPassage:
    """A passage, where it stands in the text, and its terms for search; `orders` where it reads like an order to a
    machine."""

    text: str
    span: Span
    orders: bool
    terms: tuple[str, ...]


@dataclass(frozen=True)
class TakenIn:
    """A text taken in. `edits` are (original start, end, repaired start, end, kind); `hidden` flags of what was
    scrubbed; `personal` are (start, end, kind) and `orders` (start, end), both of the repaired text."""

    original: str
    text: str
    edits: tuple[tuple[int, int, int, int, str], ...]
    hidden: tuple[str, ...]
    personal: tuple[tuple[int, int, str], ...]
    orders: tuple[tuple[int, int], ...]
    passages: tuple[CutPassage, ...]


def take_in(original: str) -> TakenIn:
    """`original` repaired and cut; line breaks stay. Nothing is lost: `original` is kept word for word."""
    kept = writable(original)
    scrubbed = scrub(kept)
    repaired = repair(scrubbed.text)
    text = repaired.text
    orders = tuple(whole_orders(text))
    return TakenIn(
        original=kept,
        text=text,
        edits=tuple(
            (*_places(scrubbed.source(edit.original)), *_places(edit.repaired), edit.kind.value)
            for edit in repaired.edits
        ),
        hidden=tuple(flag.value for flag in scrubbed.flags),
        personal=tuple((found.span.start, found.span.end, found.kind.value) for found in find_personal_data(text)),
        orders=tuple((span.start, span.end) for span in orders),
        passages=cut(text, orders),
    )


def _places(span: Span) -> tuple[int, int]:
    return span.start, span.end


def cut(text: str, orders: tuple[Span, ...]) -> tuple[CutPassage, ...]:
    """The passages of `text`, those of `orders` apart from the others."""
    passages: list[CutPassage] = []
    at = 0
    for span in sorted(orders):
        passages += _within(text, Span(at, max(at, span.start)), orders=False)
        passages += _within(text, Span(max(at, span.start), span.end), orders=True)
        at = max(at, span.end)
    passages += _within(text, Span(at, len(text)), orders=False)
    return tuple(passages)


def _within(text: str, span: Span, *, orders: bool) -> list[CutPassage]:
    return [
        CutPassage(
            text=passage.text,
            span=Span(span.start + passage.span.start, span.start + passage.span.end),
            orders=orders,
            terms=tuple(terms(passage.text)),
        )
        for passage in split_passages(span.of(text))
        if sum(letter.isalnum() for letter in passage.text) >= (1 if orders else LEAST_LETTERS)
    ]
