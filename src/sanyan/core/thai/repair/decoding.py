"""The likeliest reading of damaged text: a Viterbi search over words, each of which may have been damaged."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from sanyan.core.thai.repair.changes import Change
from sanyan.core.thai.repair.channel import Costs, explained
from sanyan.core.thai.repair.glyphs import MARK
from sanyan.core.thai.repair.lexicon import WORDS, Node, rare_cost, trie, word_costs
from sanyan.core.thai.repair.values import Damage

LETTER, GAP, LOOSE, SIGN, OTHER = range(5)
_BASE = "\u0e01-\u0e30\u0e32\u0e33\u0e40-\u0e46"
_ON = "\u0e01-\u0e30\u0e31-\u0e39\u0e40-\u0e45\u0e47-\u0e4e"
_SIGN = "[^\\s\u0e01-\u0e5b.,:;()\\-/!?%\"“”‘’'–…]"
_FOREIGN = "[^\\s\u0e01-\u0e5b]"
_ELEMENT = re.compile(
    f"(?P<letter>[{_BASE}][{MARK}]*)"
    rf"|(?P<loose>[{MARK}]+(?:\s+[{MARK}]+)*)"
    r"|(?P<gap>\s+)"
    rf"|(?P<sign>(?:(?<=[{_ON}])|(?<=[{_ON}]{_SIGN}))(?:{_SIGN}|[\ue000-\uf8ff])(?!{_FOREIGN}{_FOREIGN}|{_FOREIGN}(?![{_ON}\s])))"
    r"|(?P<other>[^\s\u0e01-\u0e4e]+|.)",
    re.DOTALL,
)
_SORTS = {"letter": LETTER, "loose": LOOSE, "gap": GAP, "sign": SIGN, "other": OTHER}
_TWICE = re.compile("(?=([\u0e01-\u0e4e]{2,10}?)\\1)")
_WORD_TWICE = 4.0  # what it costs further that a whole word was written twice: people do write so
_ABBREVIATION = re.compile("[\u0e01-\u0e2e]{1,5}")
_MOST_TWICE = 2  # syllables of a word that may be written twice
_MOST_RAW = 90  # characters that may be one word
_BLOCK = 500  # elements that are read at once
_FORGET = 200_000


Step = tuple[int, str | None, Damage | None]  # from which element, as which word, damaged how
_NEVER_DOUBTED = frozenset({Damage.DROPPED_SARA_AM, Damage.SPLIT_SARA_AM})
# A changed word that adjoins a letter which was read alone may be part of a name that is no word, where damaged so.
_DOUBTFUL = frozenset({Damage.MISSING_MARK, Damage.MOVED_MARK, Damage.DOUBLED, Damage.WRONG_LETTER})


@dataclass
class Reader:
    """Reads text at one set of costs; what it has worked out for a piece of text it remembers."""

    costs: Costs
    _known: dict[str, tuple[float, str, Damage | None] | None] = field(default_factory=dict)

    def changes(self, text: str) -> Iterator[Change]:
        """Where the likeliest reading of `text` differs from what is written."""
        for elements in blocks(text):
            yield from self.read(text, elements)[1]

    def read(self, text: str, elements: Elements) -> tuple[float, list[Change]]:
        """The cost of the likeliest reading of some elements, and where it differs from what is written."""
        best, back = self._search(text, elements)
        changes: list[Change] = []
        at = len(elements.sorts)
        total = best[at]
        is_alone_after = False
        while at:
            came, word, kind = back[at]
            is_alone = word is None and elements.sorts[came] == LETTER
            if (
                word is not None
                and kind is not None
                and not _is_abbreviation(text, elements.starts[came], elements.starts[at])
            ):
                is_alone_before = came > 0 and elements.sorts[came - 1] == LETTER and back[came][1] is None
                is_silenced = word[-1] == "\u0e4c" and kind is Damage.MISSING_MARK and at < len(elements.sorts)
                is_inner = is_silenced and elements.sorts[at] == LETTER  # compounds drop the sign of silence within
                raw = text[elements.starts[came] : elements.starts[at]]
                is_name = kind in _DOUBTFUL and (is_alone_before or is_alone_after or is_inner)
                doubtful = is_name or (kind not in _NEVER_DOUBTED and _proves_little(raw, word))
                changes.append(Change(elements.starts[came], elements.starts[at], word, kind, is_doubtful=doubtful))
            at, is_alone_after = came, is_alone
        return total, changes[::-1]

    def _search(self, text: str, elements: Elements) -> tuple[list[float], list[Step]]:
        sorts = elements.sorts
        count = len(sorts)
        best = [float("inf")] * (count + 1)
        best[0] = 0.0
        back: list[Step] = [(0, None, None)] * (count + 1)
        alone_costs = (self.costs.unknown, 0.0, self.costs.loose, self.costs.strange, 0.0)
        for at in range(count):
            so_far = best[at]
            sort = sorts[at]
            alone = so_far + alone_costs[sort]
            if alone < best[at + 1]:
                best[at + 1], back[at + 1] = alone, (at, None, None)
            if sort in (GAP, SIGN, OTHER):
                continue
            for end, cost, word, kind in self._words(text, elements, _Walk(at, at, _root())):
                if so_far + cost < best[end]:
                    best[end], back[end] = so_far + cost, (at, word, kind)
        return best, back

    def _words(self, text: str, elements: Elements, walk: _Walk) -> Iterator[tuple[int, float, str, Damage | None]]:
        """The words that may begin at an element: where they end, their cost, and what they are."""
        sorts, letters, starts, twice = elements.sorts, elements.letters, elements.starts, elements.twice
        known, node = self._known, walk.node
        start = starts[walk.begin]
        for place in range(walk.place, len(sorts)):
            sort = sorts[place]
            if sort == LETTER:
                letter = letters[place]
                if letter not in node:
                    return
                node = node[letter]
            elif sort == OTHER:
                return
            elif sort == GAP:
                continue
            if place + 1 in twice and walk.skipped < _MOST_TWICE and starts[place + 1] - start < _MOST_RAW:
                yield from self._doubled(text, elements, walk, place + 1, node)
            if WORDS in node:
                end = starts[place + 1]
                if end - start > _MOST_RAW:
                    return
                raw = walk.before + text[starts[walk.place] : end]
                found = known[raw] if raw in known else self._likeliest(raw, node[WORDS])
                if found is None:
                    continue
                if walk.skipped:
                    yield place + 1, found[0] + walk.skipped * self.costs.twice, found[1], Damage.DOUBLED
                else:
                    yield place + 1, *found

    def _doubled(
        self, text: str, elements: Elements, walk: _Walk, place: int, node: Node
    ) -> Iterator[tuple[int, float, str, Damage | None]]:
        """The same words, the syllables before `place` taken as written twice."""
        begin, behind = elements.twice[place]
        starts = elements.starts
        if begin < walk.place:
            return
        before = walk.before + text[starts[walk.place] : starts[place]]
        if WORDS in node:
            found = self._known.get(before) or self._likeliest(before, node[WORDS])
            if found is not None:
                cost = found[0] + (walk.skipped + 1) * self.costs.twice + (_WORD_TWICE if begin == walk.begin else 0)
                yield behind, cost, found[1], Damage.DOUBLED
        yield from self._words(text, elements, _Walk(walk.begin, behind, node, before, walk.skipped + 1))

    def _likeliest(self, raw: str, words: list[tuple[str, float]]) -> tuple[float, str, Damage | None] | None:
        """The word that `raw` is likeliest to be, of those with its skeleton."""
        best: tuple[float, str, Damage | None] | None = None
        for word, cost in words:
            if word == raw:
                if best is None or cost < best[0]:
                    best = cost, word, None
                continue
            if best is not None and cost >= best[0]:
                continue
            bill = explained(raw, word, self.costs)
            if bill is not None and (best is None or cost + bill[0] < best[0]):
                best = cost + bill[0], word, bill[1]
        if len(self._known) > _FORGET:
            self._known.clear()
        self._known[raw] = best
        return best


def _is_abbreviation(text: str, start: int, end: int) -> bool:
    return _ABBREVIATION.fullmatch(text, start, end) is not None and "." in (
        text[end : end + 1],
        text[start - 1 : start],
    )


def _proves_little(raw: str, word: str) -> bool:
    return word_costs()[word] > rare_cost() or _is_made_of_words(raw)


@lru_cache(maxsize=10_000)
def _is_made_of_words(text: str) -> bool:
    """Whether a piece of text is words from end to end as it is, blanks between them aside."""
    costs = word_costs()
    ends = {0}
    for end in range(1, len(text) + 1):
        if any(start in ends and text[start:end].strip() in costs for start in range(max(0, end - 30), end)):
            ends.add(end)
    return len(text) in ends


@dataclass(frozen=True)
class Elements:
    """A text as letters with their marks and what stands between them; `starts` has one entry more, the end."""

    sorts: list[int]
    letters: list[str]
    starts: list[int]
    twice: dict[int, tuple[int, int]]  # where a syllable ends that follows again: where it began, and that one's end


@dataclass(frozen=True)
class _Walk:
    """A way through the tree of words: from which element, at which, and what of the text before that counts."""

    begin: int
    place: int
    node: Node
    before: str = ""
    skipped: int = 0


def blocks(text: str) -> Iterator[Elements]:
    """The elements of a text, in blocks that end at blanks where there are any."""
    sorts: list[int] = []
    letters: list[str] = []
    starts: list[int] = []
    for found in _ELEMENT.finditer(text):
        sort = _SORTS[found.lastgroup or "other"]
        sorts.append(sort)
        letter = found[0][0]
        letters.append("\u0e32" if letter == "\u0e33" else letter)
        starts.append(found.start())
        if len(sorts) >= _BLOCK and (sort == GAP or len(sorts) >= 2 * _BLOCK):
            yield _elements(text, sorts, letters, [*starts, found.end()])
            sorts, letters, starts = [], [], []
    if sorts:
        yield _elements(text, sorts, letters, [*starts, len(text)])


def _elements(text: str, sorts: list[int], letters: list[str], starts: list[int]) -> Elements:
    twice: dict[int, tuple[int, int]] = {}
    number_at: dict[int, int] | None = None
    for found in _TWICE.finditer(text, starts[0], starts[-1]):
        number_at = number_at or {start: number for number, start in enumerate(starts)}
        length = len(found[1])
        begin, middle, end = (number_at.get(found.start() + length * times) for times in range(3))
        if begin is None or middle is None or end is None:
            continue
        if (
            twice.get(begin, (0, 0))[0] != 2 * begin - middle
        ):  # of a syllable written over and over only the first counts
            twice[middle] = (begin, end)
    return Elements(sorts, letters, starts, twice)


def _root() -> Node:
    return trie()
