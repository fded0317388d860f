"""Text as it is compared when people write as they speak: without blanks, tone marks and the usual slips, and with the
way back to where each sign stood."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from sanyan.core.spans import Span
from sanyan.core.thai.words import known_words, normal, segment

_MARKS = frozenset(map(chr, (0x0E31, *range(0x0E34, 0x0E3B), *range(0x0E47, 0x0E4E))))
_DROPPED = frozenset("\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e4d\u0e3a.-–—_/,()[]{}\"'“”‘’ๆฯ?!:;")
_ALIKE = str.maketrans({"ใ": "ไ", "ณ": "น", "ฎ": "ด", "ฏ": "ต", "ศ": "ส", "ษ": "ส", "ฬ": "ล", "ญ": "ย"})
_LATIN = re.compile(r"[a-z]")
SHORTEST_SLIP = 4  # folded signs; a phrase of no more must be written as it is known, tone marks and all
SHORTEST_GUESSED = 6  # folded signs; a shorter phrase with a slip is as near to many words


@dataclass(frozen=True)
class Folded:
    """A question folded. `text` is normal(question), `signs` its folded signs, `places` where each stood in `text`;
    `edges` are places in `signs` at which a word of the list may begin or end, `doubtful` those of words that the list
    lacks: only there is a slip of the pen looked for."""

    text: str
    signs: str
    places: tuple[int, ...]
    edges: frozenset[int]
    doubtful: frozenset[int] = frozenset()

    def span(self, start: int, end: int) -> Span:
        """The characters of `text` from which the folded signs `start` to `end` (not included) came."""
        last = self.places[end - 1] + 1
        while last < len(self.text) and self.text[last] in _DROPPED and not self.text[last].isspace():
            last += 1
        return Span(self.places[start], last)

    def at(self, place: int) -> int:
        """The folded sign that stands at or first after a place of `text`."""
        return bisect_left(self.places, place)


@dataclass(frozen=True, order=True)
class Hit:
    """A phrase found in a question at folded signs `start` to `end`; `likeness` is 1 where it is written as known."""

    start: int
    end: int
    phrase: str
    likeness: float = 1.0

    def overlaps(self, other: Hit) -> bool:
        """Whether the two share a sign."""
        return self.start < other.end and other.start < self.end


@lru_cache(maxsize=4096)
def fold(phrase: str) -> str:
    """A phrase as it is compared: `fold("อัตรา")` is `fold("อัตตรา")`."""
    return "".join(sign for sign, _ in _folded(normal(phrase)))


def folded(question: str) -> Folded:
    """A question folded, with the edges of its words as the word list cuts them."""
    text = normal(question)
    pairs = _folded(text)
    places = tuple(place for _, place in pairs)
    cuts, at, listed = {0, len(text)}, 0, known_words()
    doubtful: set[int] = set()
    for word in segment(text):
        if word.strip() and word not in listed:
            doubtful.update(range(at, at + len(word)))
        at += len(word)
        cuts.add(at)
    edges = frozenset(bisect_left(places, cut) for cut in cuts)
    unlisted = frozenset(index for index, place in enumerate(places) if place in doubtful)
    return Folded(text, "".join(sign for sign, _ in pairs), places, edges, unlisted)


def found_all(asked: Folded, phrase: str) -> list[Hit]:
    """Every place of a phrase, tone marks aside; a Latin or short phrase must stand as a word of its own."""
    wanted = fold(phrase)
    if len(wanted) <= SHORTEST_SLIP and _strict(phrase) not in _strict(asked.text):
        return []
    hits: list[Hit] = []
    start = asked.signs.find(wanted) if wanted else -1
    while start >= 0:
        hit = Hit(start, start + len(wanted), phrase)
        if _stands(asked, hit):
            hits.append(hit)
        start = asked.signs.find(wanted, start + 1)
    return hits


def guessed(asked: Folded, phrase: str, free: Iterable[tuple[int, int]]) -> Hit | None:
    """The nearest writing of a phrase with a slip or two, from the beginning of a word within the free stretches; None
    where none is near enough."""
    wanted = fold(phrase)
    if len(wanted) < SHORTEST_GUESSED or not asked.doubtful:
        return None
    allowed = 1 if len(wanted) < 10 else 2
    best: Hit | None = None
    for low, high in free:
        for size in range(len(wanted) - allowed, len(wanted) + allowed + 1):
            for start in range(low, high - size + 1):
                if asked.signs[start] != wanted[0] or start not in asked.edges:
                    continue
                apart = Levenshtein.distance(wanted, asked.signs[start : start + size], score_cutoff=allowed)
                likeness = 1 - apart / len(wanted)
                if apart > allowed or asked.doubtful.isdisjoint(range(start, start + size)):
                    continue
                if best is None or likeness > best.likeness:
                    best = Hit(start, start + size, phrase, likeness)
    return best


def longest(hits: Iterable[Hit]) -> list[Hit]:
    """Hits that do not overlap: the longest and likest first; in order of place."""
    kept: list[Hit] = []
    for hit in sorted(hits, key=lambda item: (-(item.end - item.start) * item.likeness, item.start, item.phrase)):
        if not any(hit.overlaps(other) for other in kept):
            kept.append(hit)
    return sorted(kept)


def free_of(asked: Folded, taken: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The stretches of folded signs that nothing has claimed."""
    stretches, at = [], 0
    for start, end in sorted(taken):
        if start > at:
            stretches.append((at, start))
        at = max(at, end)
    if at < len(asked.signs):
        stretches.append((at, len(asked.signs)))
    return stretches


def _folded(text: str) -> list[tuple[str, int]]:
    pairs: list[tuple[str, int]] = []
    for place, sign in enumerate(text.translate(_ALIKE)):
        if sign.isspace() or sign in _DROPPED:
            continue
        doubled = pairs and pairs[-1][0] == sign and pairs[-1][1] == place - 1
        if doubled and not sign.isdigit() and not _LATIN.match(sign):
            continue
        pairs.append((sign, place))
    return pairs


def _stands(asked: Folded, hit: Hit) -> bool:
    """Latin words need a stop on both sides; a Thai phrase of up to three signs needs the edges of words."""
    before = asked.text[asked.places[hit.start] - 1] if asked.places[hit.start] else " "
    last = asked.places[hit.end - 1]
    after = asked.text[last + 1] if last + 1 < len(asked.text) else " "
    first, final = asked.signs[hit.start], asked.signs[hit.end - 1]
    if _LATIN.match(first) and _LATIN.match(before):
        return False
    if _LATIN.match(final) and _LATIN.match(after) and not (after == "s" and _ends(asked.text, last + 2)):
        return False
    if _LATIN.match(first) or hit.end - hit.start > 3:
        return True
    return hit.start in asked.edges and hit.end in asked.edges


@lru_cache(maxsize=4096)
def _strict(text: str) -> str:
    """A text without blanks and stops, its tone marks kept."""
    return "".join(sign for sign in normal(text) if sign.isalnum() or sign in _MARKS)


def _ends(text: str, place: int) -> bool:
    return place >= len(text) or not _LATIN.match(text[place])
