"""How well true quotes are told from false ones."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from sanyan.core.spans import Span
from sanyan.core.text.quoting import find_quote, suggest_place


@dataclass(frozen=True)
class QuotePair:
    """A quote, the text it is said to be from, and whether it is."""

    quote: str
    source: str
    true: bool


@dataclass(frozen=True)
class JudgedQuote:
    """A pair with the spans found, and, where none is, the place most like the quote."""

    pair: QuotePair
    spans: tuple[Span, ...]
    look_at: Span | None

    @property
    def is_accepted(self) -> bool:
        """Whether the quote was found."""
        return bool(self.spans)


@dataclass(frozen=True)
class QuoteScores:
    """Counts over pairs; shares are None where there is nothing to share."""

    pairs: int
    true_pairs: int
    true_accepted_count: int
    false_accepted_count: int

    @property
    def accuracy(self) -> float | None:
        """The share of pairs judged rightly."""
        right = self.true_accepted_count + self.false_pairs - self.false_accepted_count
        return right / self.pairs if self.pairs else None

    @property
    def false_pairs(self) -> int:
        """Pairs whose quote is not from the source."""
        return self.pairs - self.true_pairs

    @property
    def true_accepted(self) -> float | None:
        """The share of true quotes found."""
        return self.true_accepted_count / self.true_pairs if self.true_pairs else None

    @property
    def false_accepted(self) -> float | None:
        """The share of false quotes taken for true."""
        return self.false_accepted_count / self.false_pairs if self.false_pairs else None


def judge_quotes(pairs: Iterable[QuotePair], *, suggest: bool = False) -> tuple[JudgedQuote, ...]:
    """Every pair with what was found; places to look at only with `suggest`, for they take longer."""
    return tuple(_judged(pair, suggest) for pair in pairs)


def quote_scores(judged: Sequence[JudgedQuote]) -> QuoteScores:
    """The counts over judged pairs."""
    return QuoteScores(
        pairs=len(judged),
        true_pairs=sum(item.pair.true for item in judged),
        true_accepted_count=sum(item.pair.true and item.is_accepted for item in judged),
        false_accepted_count=sum(not item.pair.true and item.is_accepted for item in judged),
    )


def _judged(pair: QuotePair, suggest: bool) -> JudgedQuote:
    spans = find_quote(pair.quote, pair.source)
    place = suggest_place(pair.quote, pair.source) if suggest and not spans else None
    return JudgedQuote(pair, spans, place.span if place else None)
