"""Short excerpts of passages that may stand as quotes: exact, central, of different areas, with something to say."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from sanyan.core.text.claims import CitedQuote
from sanyan.core.text.hidden import looks_like_instruction
from sanyan.core.text.quoting import find_quote
from sanyan.core.thai.words import content_terms, segment

LONGEST = 160  # characters of an excerpt
LEAST_TERMS = 3  # different content terms without which a text says nothing
CONSIDERED = 60  # of the most central passages; one further off speaks of the theme by the way
MOST_ALIKE = 0.6  # shared content terms of two excerpts, as a part of all theirs


@dataclass(frozen=True)
class QuoteCandidate:
    """A passage of a theme; `centrality` is how near it is to the theme's middle (higher is nearer, any scale)."""

    passage_id: str
    area_id: str
    area_name: str
    region: str
    text: str
    centrality: float


@dataclass(frozen=True)
class Excerpt:
    """A part of a passage, to the letter; `is_cut` says that the passage goes on before or behind it."""

    candidate: QuoteCandidate
    text: str
    is_cut: bool

    @property
    def quote(self) -> CitedQuote:
        """The excerpt as a citation."""
        return CitedQuote(self.candidate.passage_id, self.text, self.candidate.text)


def choose_excerpts(
    candidates: Iterable[QuoteCandidate],
    *,
    most: int = 3,
    theme_terms: Collection[str] = (),
    is_private: Callable[[str], bool] = lambda text: False,
) -> tuple[Excerpt, ...]:
    """Up to `most` excerpts, the most central first: one an area, from different regions while there are any.

    Left out are texts without content, with personal data (`is_private`), with orders to a machine, and such as say
    the same as one already chosen. The same candidates give the same excerpts in whatever order they come.
    """
    terms = frozenset(theme_terms)
    ordered = sorted(candidates, key=lambda each: (-each.centrality, each.passage_id))[:CONSIDERED]
    made: dict[str, Excerpt | None] = {}
    chosen: list[Excerpt] = []
    for is_other_region in (True, False):
        for each in ordered:
            if len(chosen) == most:
                break
            if _is_taken(each, chosen, by_region=is_other_region):
                continue
            if each.passage_id not in made:
                made[each.passage_id] = _excerpt(each, terms, is_private)
            excerpt = made[each.passage_id]
            if excerpt and _says_something_else(excerpt, chosen):
                chosen.append(excerpt)
    return tuple(sorted(chosen, key=lambda item: ordered.index(item.candidate)))


def _is_taken(candidate: QuoteCandidate, chosen: list[Excerpt], *, by_region: bool) -> bool:
    return any(
        candidate.area_id == held.candidate.area_id or (by_region and candidate.region == held.candidate.region)
        for held in chosen
    )


def _says_something_else(excerpt: Excerpt, chosen: list[Excerpt]) -> bool:
    terms = set(content_terms(excerpt.text))
    others = (set(content_terms(held.text)) for held in chosen)
    return all(len(terms & other) <= MOST_ALIKE * len(terms | other) for other in others)


def _excerpt(
    candidate: QuoteCandidate, theme_terms: frozenset[str], is_private: Callable[[str], bool]
) -> Excerpt | None:
    best: tuple[int, int, str] | None = None
    is_short = len(candidate.text.strip()) <= LONGEST
    for start, text in islice(_windows(candidate.text), 1 if is_short else None):
        terms = set(content_terms(text))
        if len(terms) < LEAST_TERMS or looks_like_instruction(text) or is_private(text):
            continue
        spans = find_quote(text, candidate.text)
        if len(spans) != 1 or spans[0].of(candidate.text) != text:
            continue
        rank = (len(terms & theme_terms), -start, text)
        if best is None or rank[:2] > best[:2]:
            best = rank
    return Excerpt(candidate, best[2], best[2] != candidate.text.strip()) if best else None


def _windows(text: str) -> Iterator[tuple[int, str]]:
    """Parts of up to LONGEST characters that begin and end at blanks, or where there are none, at words."""
    pieces: list[tuple[int, int]] = []
    place = 0
    for word in segment(text):
        end = place + len(word)
        if not word.isspace():
            is_joined = pieces and pieces[-1][1] == place and end - pieces[-1][0] <= LONGEST
            if is_joined:
                pieces[-1] = (pieces[-1][0], end)
            else:
                pieces.append((place, end))
        place = end
    for number, (start, _) in enumerate(pieces):
        ends = [end for _, end in pieces[number:] if end - start <= LONGEST]
        if ends:
            yield start, text[start : ends[-1]]
