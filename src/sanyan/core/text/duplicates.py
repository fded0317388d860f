"""Texts that say the same: near-copies, and excerpts pasted from one text into another.

Texts are compared as letters and digits alone, each digit as 0, so that layout, figures and dates do not hide a copy.
Near-copies are found by MinHash over 5-grams (Broder 1997), excerpts by winnowing fingerprints (Schleimer, Wilkerson
and Aiken 2003). A run of letters counts by how few texts hold it: what many share is a form or a phrase, not a copy.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from datasketch import MinHash, MinHashLSH
from numpy.typing import NDArray
from scipy import sparse

from sanyan.core.spans import Span
from sanyan.core.text.shingling import Codes, Letters, Places, hashes, letters, likeness, shared_stretches, winnowed

SHINGLE = 5
PERMUTATIONS = 96
FINGERPRINT = 12  # letters of a fingerprint: three Thai words, seldom the same by chance
WINDOW = 6  # any shared stretch of 17 letters leaves a fingerprint in both
PER_FINGERPRINT = (WINDOW + 1) / 2  # letters a fingerprint stands for, on average
COMMON_SHARE = 0.02  # a run that more of the texts hold belongs to a form or an idiom
LEAST_COMMON = 12
NEIGHBOURS = 60  # candidates looked at for a text
LEAST_LETTERS = 24  # rare letters two texts must share to be looked at
COMMON_WEIGHT = 0.02
BLOCK = 500  # texts held against all others at once
ENOUGH_LETTERS = 250.0  # rare letters shared in one stretch at which an excerpt is all but certain
GAP = 24  # letters changed within a stretch that do not break it
LOOSE = 0.1  # what rare letters count that are shared here and there: texts on one matter share names and phrases
NEAR = 0.5
SHOWN_STRETCH = 40
SHOWN = 5
SHOWN_PAIRS = 5_000  # that come with excerpts; nobody reads more, and they take longer than the ranking


class PairKind(StrEnum):
    """What two texts have in common."""

    NEAR_COPY = "near-copy"
    EXCERPT = "excerpt"


@dataclass(frozen=True)
class Pair:
    """Two texts by their place in the list (`one` < `other`) and what they share.

    `jaccard` is the share of all 5-grams of the two that both have; `containment` the share of the rare runs of the
    one with fewer that the other has; both 0-1. `score` ranks pairs, 0-1; it is no probability. `excerpts` are the
    longest stretches that stand in both, as places in the two texts.
    """

    one: int
    other: int
    score: float
    kind: PairKind
    jaccard: float
    containment: float
    excerpts: tuple[tuple[Span, Span], ...] = ()


def near_copies(texts: Sequence[str], threshold: float = 0.8) -> tuple[tuple[int, ...], ...]:
    """Groups of texts linked by a likeness (Jaccard of 5-grams) of at least `threshold`; each group has two or more.

    Members and groups are in the order of the texts. Empty texts are in no group. Raise ValueError unless
    0 < threshold <= 1.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"the threshold {threshold} is not within 0-1")
    shingled = [np.unique(hashes(letters(text).codes, SHINGLE)) for text in texts]
    leader = _first_alike(shingled)
    apart = [place for place, first in enumerate(leader) if first == place]

    def found(place: int) -> int:
        while leader[place] != place:
            leader[place] = leader[leader[place]]
            place = leader[place]
        return place

    for one, other in _minhash_pairs([shingled[place] for place in apart], threshold):
        a, b = found(apart[one]), found(apart[other])
        if a != b and likeness(shingled[apart[one]], shingled[apart[other]]) >= threshold:
            leader[max(a, b)] = min(a, b)
    groups: dict[int, list[int]] = defaultdict(list)
    for place in range(len(texts)):
        groups[found(place)].append(place)
    return tuple(tuple(group) for group in groups.values() if len(group) > 1)


def _first_alike(shingled: Sequence[Codes]) -> list[int]:
    """For each text the first one of the very same runs, itself where it is that or has none: what thousands hold word
    for word, such as the head of a form, makes no pairs."""
    first: dict[bytes, int] = {}
    return [first.setdefault(runs.tobytes(), place) if len(runs) else place for place, runs in enumerate(shingled)]


def ranked_pairs(texts: Sequence[str], *, least: float = 0.1, most: int = 100_000) -> tuple[Pair, ...]:
    """Pairs of texts that share what few others hold, most alike first; those under the score `least` are left out.

    The first 5,000 come with their excerpts. Time goes with the texts and the pairs found, not with all pairs.
    """
    read = [letters(text) for text in texts]
    prints = _Fingerprints.of([item.codes for item in read])
    shingled = [np.unique(hashes(item.codes, SHINGLE)) for item in read]
    pairs = []
    for one, other in sorted(prints.candidates() | set(_minhash_pairs(shingled, NEAR))):
        score, containment = _scored(one, other, prints)
        if score >= least:
            jaccard = likeness(shingled[one], shingled[other])
            kind = PairKind.NEAR_COPY if jaccard >= NEAR else PairKind.EXCERPT
            pairs.append(Pair(one, other, score, kind, jaccard, containment))
    pairs.sort(key=lambda pair: (-pair.score, pair.one, pair.other))
    return (*(_with_excerpts(pair, read) for pair in pairs[: min(SHOWN_PAIRS, most)]), *pairs[SHOWN_PAIRS:most])


@dataclass(frozen=True)
class _Fingerprints:
    """Which texts hold which fingerprints, and what each weighs: near 1 where two texts hold it, near 0 from many.

    `orders` has for each text its fingerprints as they stand in it: where, and which.
    """

    held: sparse.csr_matrix
    orders: tuple[tuple[Places, NDArray[np.int64]], ...]
    weights: NDArray[np.float64]
    totals: NDArray[np.float64]

    @classmethod
    def of(cls, texts: Sequence[Codes]) -> _Fingerprints:
        hashed = [hashes(codes, FINGERPRINT) for codes in texts]
        places = [winnowed(each, WINDOW) for each in hashed]
        ends = np.cumsum([0, *(len(each) for each in places)])
        flat = np.concatenate([np.zeros(0, dtype=np.uint32), *(h[p] for h, p in zip(hashed, places, strict=True))])
        known, columns = np.unique(flat, return_inverse=True)
        held = sparse.csr_matrix((np.ones(len(flat), dtype=np.float32), columns, ends), shape=(len(texts), len(known)))
        held.sum_duplicates()
        held.data[:] = 1
        weights = _weights(np.bincount(held.indices, minlength=len(known)), len(texts))
        orders = tuple((each, columns[a:b]) for each, a, b in zip(places, ends, ends[1:], strict=False))
        return cls(held, orders, weights, held @ weights)

    def candidates(self) -> set[tuple[int, int]]:
        """Pairs that share enough rare letters, of each text the likeliest."""
        is_rare = self.weights > COMMON_WEIGHT
        weighed = self.held[:, is_rare].multiply(np.sqrt(self.weights[is_rare])[None, :]).tocsr().astype(np.float32)
        found: set[tuple[int, int]] = set()
        for start in range(0, weighed.shape[0], BLOCK):
            block = (weighed[start : start + BLOCK] @ weighed.T).tocsr()
            for row in range(block.shape[0]):
                found |= set(_likeliest(block, row, start + row))
        return found

    def shared(self, one: int, other: int) -> tuple[float, float]:
        """What the fingerprints weigh that both hold; and those of the stretch in both that weighs most."""
        a, b = self._columns(one), self._columns(other)
        both = np.intersect1d(a, b, assume_unique=True)
        return float(self.weights[both].sum()), min(self._stretch(one, both), self._stretch(other, both))

    def _stretch(self, text: int, both: NDArray[np.int32]) -> float:
        places, columns = self.orders[text]
        at = np.searchsorted(both, columns)
        hit = (
            np.flatnonzero((at < len(both)) & (both[np.minimum(at, len(both) - 1)] == columns)) if len(both) else at[:0]
        )
        if not len(hit):
            return 0.0
        starts = np.flatnonzero(np.diff(places[hit], prepend=-GAP - FINGERPRINT - 1) > GAP + FINGERPRINT)
        return float(np.add.reduceat(self.weights[columns[hit]], starts).max())

    def _columns(self, row: int) -> NDArray[np.int32]:
        columns: NDArray[np.int32] = self.held.indices[self.held.indptr[row] : self.held.indptr[row + 1]]
        return columns


def _weights(holders: NDArray[np.int64], texts: int) -> NDArray[np.float64]:
    common = max(LEAST_COMMON, COMMON_SHARE * texts)
    weight = 1 - np.log(np.maximum(holders - 1, 1)) / math.log(common)
    return np.asarray(np.maximum(weight, COMMON_WEIGHT))


def _likeliest(block: sparse.csr_matrix, row: int, own: int) -> Iterable[tuple[int, int]]:
    columns = block.indices[block.indptr[row] : block.indptr[row + 1]]
    values = block.data[block.indptr[row] : block.indptr[row + 1]]
    kept = (values * PER_FINGERPRINT >= LEAST_LETTERS) & (columns != own)
    columns, values = columns[kept], values[kept]
    first = np.lexsort((columns, -values))[:NEIGHBOURS]
    return [(min(own, other), max(own, other)) for other in columns[first].tolist()]


def _scored(one: int, other: int, prints: _Fingerprints) -> tuple[float, float]:
    """The score of a pair, and the share of the rare runs of the one with fewer that the other has."""
    shared, stretch = prints.shared(one, other)
    fewer = min(prints.totals[one], prints.totals[other])
    union = prints.totals[one] + prints.totals[other] - shared
    alike = shared / union if union else 0.0
    found = PER_FINGERPRINT * (stretch + LOOSE * (shared - stretch))
    doubt = (1 - alike) * math.exp(-found / ENOUGH_LETTERS)
    return 1 - doubt, shared / fewer if fewer else 0.0


def _with_excerpts(pair: Pair, read: Sequence[Letters]) -> Pair:
    one, other = read[pair.one], read[pair.other]
    stretches = shared_stretches(one.codes, other.codes, size=FINGERPRINT, least=SHOWN_STRETCH)[:SHOWN]
    spans = tuple((one.span(a, a + length), other.span(b, b + length)) for a, b, length in stretches)
    return replace(pair, excerpts=spans)


def _minhash_pairs(shingled: Sequence[Codes], threshold: float) -> list[tuple[int, int]]:
    """Pairs whose likeness is worth working out: those a sketch puts near the threshold or above."""
    index = MinHashLSH(threshold=max(0.1, threshold - 0.1), num_perm=PERMUTATIONS)
    scale, shift = _permutations()
    pairs = []
    for place, values in enumerate(shingled):
        if not len(values):
            continue
        mixed = (values.astype(np.uint64)[:, None] * scale + shift) >> np.uint64(32)
        sketch = MinHash(num_perm=PERMUTATIONS, hashvalues=mixed.min(axis=0), permutations=(scale, shift))
        pairs += [(other, place) for other in index.query(sketch)]
        index.insert(place, sketch)
    return sorted(pairs)


def _permutations() -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
    drawn = np.random.default_rng(1).integers(1, 1 << 63, size=(2, PERMUTATIONS), dtype=np.uint64)
    return drawn[0] * np.uint64(2) + np.uint64(1), drawn[1]  # odd factors lose nothing
