"""Passages found by their words: BM25 over terms, with what lies in compounds and in phrases counted a little.

Thai compounds are one word of a word list (โรงเรียน), and what a person types may be a part of one, or one of which
only a part was written; parts therefore count, weakly. Terms that stand side by side in the question and in the
passage count more than the same terms apart.

Source of BM25: Robertson and Zaragoza, The Probabilistic Relevance Framework: BM25 and Beyond (2009), 3.4; of pairs of
neighbours: Metzler and Croft, A Markov Random Field Model for Term Dependencies (2005). The constants were chosen on
Thai news (`python -m evals.retrieval`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from sanyan.core.text.dense import Mask, Scores

Rows = NDArray[np.int32]
PartsOf = Callable[[str], Sequence[str]]
PHRASE_ROWS = 200  # the first rows by their words are looked through for phrases; the others have too few of the words
_MERGED_UNTIL = 2  # a block is merged with the one before while that is not twice as large: few blocks, little copying
_ARRAYS = ("sequence", "ends", "terms", "starts", "rows", "counts")
_MOST_COUNT = np.iinfo(np.uint16).max


@dataclass(frozen=True)
class Bm25:
    """How words count. `k1`: how much a repeated word adds; `b`: how much long passages are held back; `parts`: what
    a word is worth that is met only as part of a compound; `phrase`: what neighbours are worth."""

    k1: float = 1.2
    b: float = 0.75
    parts: float = 0.25
    phrase: float = 0.3


DEFAULT = Bm25()


@dataclass(frozen=True)
class _Block:
    """Rows from `first` on. `sequence` holds their term numbers, row after row, ending at `ends`; postings of the i-th
    of `terms` (in order) are `rows` and `counts` from `starts[i]` to `starts[i + 1]`."""

    first: int
    sequence: NDArray[np.int32]
    ends: NDArray[np.int64]
    terms: NDArray[np.int32]
    starts: NDArray[np.int64]
    rows: Rows
    counts: NDArray[np.uint16]

    def __len__(self) -> int:
        return len(self.ends)

    def postings(self, term: int) -> slice | None:
        place = int(np.searchsorted(self.terms, term))
        if place == len(self.terms) or self.terms[place] != term:
            return None
        return slice(int(self.starts[place]), int(self.starts[place + 1]))

    def row(self, row: int) -> NDArray[np.int32]:
        place = row - self.first
        return self.sequence[int(self.ends[place - 1]) if place else 0 : int(self.ends[place])]


@dataclass
class _Vocabulary:
    """All terms ever met, by number; only added to, so indexes grown from one another share it."""

    parts_of: PartsOf
    numbers: dict[str, int] = field(default_factory=dict)
    names: list[str] = field(default_factory=list)
    compounds: dict[str, list[int]] = field(default_factory=dict)

    def number(self, term: str) -> int:
        found = self.numbers.get(term)
        if found is None:
            found = self.numbers[term] = len(self.names)
            self.names.append(term)
            for part in self.parts_of(term):
                self.compounds.setdefault(part, []).append(found)
        return found


def no_parts(_term: str) -> tuple[str, ...]:
    """No term has parts."""
    return ()


class LexicalIndex:
    """Rows of terms, to be searched. It never changes; `extended` makes one with more rows.

    `of` one caller at a time: indexes grown from one another share their list of terms, which growing adds to.
    """

    def __init__(self, vocabulary: _Vocabulary, blocks: tuple[_Block, ...], settings: Bm25) -> None:
        self._vocabulary, self._blocks, self._settings = vocabulary, blocks, settings
        starts = [np.diff(block.ends, prepend=0) for block in blocks]
        self._lengths = np.concatenate([np.zeros(0, np.int64), *starts]).astype(np.float32)
        mean = float(self._lengths.mean()) if len(self._lengths) else 1.0
        self._norms = (settings.k1 * (1 - settings.b + settings.b * self._lengths / (mean or 1.0))).astype(np.float32)

    @classmethod
    def of(
        cls, documents: Sequence[Sequence[str]], *, parts_of: PartsOf = no_parts, settings: Bm25 = DEFAULT
    ) -> LexicalIndex:
        """An index of documents given as their terms in order; row i is documents[i].

        `parts_of` gives the parts of a compound term, none of a plain one.
        """
        return cls(_Vocabulary(parts_of), (), settings).extended(documents)

    def __len__(self) -> int:
        """How many rows there are."""
        return len(self._lengths)

    @property
    def nbytes(self) -> int:
        """Bytes that the rows take; the list of terms comes on top."""
        held: list[int] = [getattr(block, name).nbytes for block in self._blocks for name in _ARRAYS]
        return sum(held) + self._lengths.nbytes + self._norms.nbytes

    def extended(self, more: Sequence[Sequence[str]]) -> LexicalIndex:
        """An index with further rows behind those of this one; the work grows with `more`, not with what is held."""
        if not more:
            return self
        numbers = [np.fromiter(map(self._vocabulary.number, terms), np.int32, len(terms)) for terms in more]
        lengths = np.fromiter(map(len, numbers), np.int64, len(numbers))
        new = _block(len(self), np.concatenate(numbers), np.cumsum(lengths))
        blocks = list(self._blocks)
        while blocks and len(blocks[-1]) < _MERGED_UNTIL * len(new):
            new = _merged(blocks.pop(), new)
        return LexicalIndex(self._vocabulary, (*blocks, new), self._settings)

    def scores(self, terms: Sequence[str], keep: Mask | None = None) -> Scores:
        """How well each row answers the terms, shape (rows,); 0 for rows without any of them or not in `keep`."""
        totals = np.zeros(len(self), np.float32)
        for term in dict.fromkeys(terms):
            number = self._vocabulary.numbers.get(term)
            if number is not None:
                self._add(totals, [number], 1.0)
            if self._settings.parts:
                self._add_parts(totals, term)
        if keep is not None:
            totals[~keep] = 0
        if self._settings.phrase and len(terms) > 1:
            self._add_phrases(totals, terms)
        return totals

    def telling_terms(self, row: int, most: int = 25) -> list[str]:
        """The terms that set a row apart from the others, the most telling first."""
        block = next(block for block in reversed(self._blocks) if block.first <= row)
        numbers, counts = np.unique(block.row(row), return_counts=True)
        weights = [float(count) * self._rarity([int(number)]) for number, count in zip(numbers, counts, strict=True)]
        order = np.argsort(-np.asarray(weights), kind="stable")[:most]
        return [self._vocabulary.names[numbers[place]] for place in order]

    def _postings(self, number: int) -> Iterator[tuple[Rows, NDArray[np.uint16]]]:
        for block in self._blocks:
            if (found := block.postings(number)) is not None:
                yield block.rows[found], block.counts[found]

    def _rarity(self, numbers: Iterable[int]) -> float:
        held = sum(len(rows) for number in numbers for rows, _ in self._postings(number))
        return self._rarity_of(held)

    def _rarity_of(self, held: int) -> float:
        held = min(held, len(self))
        return math.log1p((len(self) - held + 0.5) / (held + 0.5))

    def _add(self, totals: Scores, numbers: Sequence[int], weight: float) -> None:
        """Add the worth of one term to the rows that hold it; of several, counted as if they were one."""
        found = [postings for number in numbers for postings in self._postings(number)]
        if not found:
            return
        if len(numbers) == 1:  # no row twice
            rows = np.concatenate([rows for rows, _ in found])
            counts = np.concatenate([counts for _, counts in found]).astype(np.float32)
        else:
            gathered = np.zeros(len(self), np.float32)
            for some_rows, some_counts in found:
                gathered[some_rows] += some_counts
            rows = np.flatnonzero(gathered).astype(np.int32)
            counts = gathered[rows]
        worth = weight * self._rarity_of(len(rows)) * (self._settings.k1 + 1)
        totals[rows] += worth * counts / (counts + self._norms[rows])

    def _add_parts(self, totals: Scores, term: str) -> None:
        """The term within compounds, and the parts of the term wherever they stand."""
        vocabulary = self._vocabulary
        for part in dict.fromkeys((term, *vocabulary.parts_of(term))):
            inside = vocabulary.compounds.get(part, [])
            number = vocabulary.numbers.get(part)
            if inside or (part != term and number is not None):
                numbers = inside if number is None else [number, *inside]
                self._add(totals, numbers, self._settings.parts)

    def _add_phrases(self, totals: Scores, terms: Sequence[str]) -> None:
        known = [self._vocabulary.numbers.get(term, -1) for term in terms]
        pairs = [pair for pair in dict.fromkeys(pairwise(known)) if min(pair) >= 0]
        best = _first(totals, PHRASE_ROWS)
        if not pairs or not len(best):
            return
        sequence, owner = self._sequences(best)
        for left, right in pairs:
            beside = (sequence[:-1] == left) & (sequence[1:] == right)
            if not beside.any():
                continue
            counts = np.bincount(owner[:-1][beside], minlength=len(best)).astype(np.float32)
            worth = self._settings.phrase * min(self._rarity([left]), self._rarity([right])) * (self._settings.k1 + 1)
            totals[best] += worth * counts / (counts + self._norms[best])

    def _sequences(self, rows: Rows) -> tuple[NDArray[np.int32], NDArray[np.int64]]:
        """The terms of some rows end to end, a stop between two rows, and which row (by place) each belongs to."""
        held = []
        firsts = np.array([block.first for block in self._blocks])
        for row in rows:
            block = self._blocks[int(np.searchsorted(firsts, row, side="right")) - 1]
            held += [block.row(int(row)), np.full(1, -1, np.int32)]
        lengths = [len(some) + 1 for some in held[::2]]
        return np.concatenate(held), np.repeat(np.arange(len(rows)), lengths)


def _first(scores: Scores, most: int) -> Rows:
    """The rows of the highest scores above 0, in no order."""
    count = min(most, len(scores))
    chosen = np.argpartition(scores, len(scores) - count)[len(scores) - count :] if count else np.zeros(0, np.int64)
    return chosen[scores[chosen] > 0].astype(np.int32)


def _block(first: int, sequence: NDArray[np.int32], ends: NDArray[np.int64]) -> _Block:
    lengths = np.diff(ends, prepend=0)
    owners = np.repeat(np.arange(first, first + len(ends), dtype=np.int32), lengths)
    order = np.argsort(sequence, kind="stable")  # rows stay in order within a term
    terms, rows = sequence[order], owners[order]
    fresh = np.ones(len(terms), np.bool_)
    fresh[1:] = (terms[1:] != terms[:-1]) | (rows[1:] != rows[:-1])
    places = np.flatnonzero(fresh)
    counts = np.minimum(np.diff(places, append=len(terms)), _MOST_COUNT).astype(np.uint16)
    held, starts = np.unique(terms[places], return_index=True)
    bounds = np.append(starts, len(places)).astype(np.int64)
    return _Block(first, sequence, ends, held, bounds, rows[places], counts)


def _merged(left: _Block, right: _Block) -> _Block:
    shift = left.ends[-1] if len(left.ends) else 0
    return _block(
        left.first, np.concatenate([left.sequence, right.sequence]), np.concatenate([left.ends, right.ends + shift])
    )
