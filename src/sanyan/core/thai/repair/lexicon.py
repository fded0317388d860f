"""Words by their skeletons: what is left of a word when its marks are gone, which damage seldom touches."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache

from sanyan.core.thai.repair.glyphs import MARK
from sanyan.core.thai.words import known_words  # first of all: it keeps the library from asking the network

from pythainlp.corpus import phupha, thai_family_names, thai_female_names, thai_male_names, thai_orst_words, tnc, ttc
from sanyan.core.thai.vocabulary import office_words

Node = dict[str, "Node | list[tuple[str, float]]"]
WORDS = ""  # the key of a node under which the words that end there stand
_MARKS = re.compile(f"[{MARK}]")
_WHOLE = re.compile(f"(?![{MARK}])[\u0e01-\u0e2f\u0e30-\u0e3a\u0e40-\u0e4e]{{2,30}}")
_ALONE = frozenset("ณธๆฯ")
_UNSEEN = 0.2
_NAME = 0.05
_LONG = 6
_WEB_TO_CORPUS = 300  # the web's counts are of strings, in words of six letters and more about words


def skeleton(text: str) -> str:
    """`text` without its marks, sara am as the a that is left of it."""
    return _MARKS.sub("", text).replace("\u0e33", "\u0e32")


@cache
def word_costs() -> dict[str, float]:
    """Each word with its cost: minus the natural logarithm of its share among running words."""
    counts = defaultdict[str, float](float)
    for word, count in (*tnc.word_freqs(), *ttc.word_freqs()):
        counts[word] += count
    web = dict(phupha.word_freqs())
    words = {word for word in known_words() | thai_orst_words() if _WHOLE.fullmatch(word)}
    names = {name for name in _names() - words if len(name) > 3 and _WHOLE.fullmatch(name)}
    words |= {part for word in office_words() for part in word.split(".") if _WHOLE.fullmatch(part)}
    held = {word: max(counts[word], _from_web(word, web), _UNSEEN) for word in words}
    held |= {name: max(min(counts[name], 20.0), _NAME) for name in names}
    held |= {letter: max(counts[letter], 1) for letter in _ALONE}
    total = math.log(sum(held.values()))
    return {word: total - math.log(count) for word, count in held.items()}


@cache
def trie() -> Node:
    """The words with their costs in a tree of their skeletons, those with sara am also as if it were wholly lost."""
    root: Node = {}
    for word, cost in word_costs().items():
        spine = skeleton(word)
        _put(root, spine, (word, cost))
        if "\u0e33" in word:
            _put(root, skeleton(word.replace("\u0e33", "")), (word, cost))
    return root


def _put(root: Node, spine: str, entry: tuple[str, float]) -> None:
    node = root
    for letter in spine:
        node = node.setdefault(letter, {})  # type: ignore[assignment]
    node.setdefault(WORDS, []).append(entry)  # type: ignore[union-attr, arg-type]


def _from_web(word: str, web: dict[str, int]) -> float:
    return web.get(word, 0) / _WEB_TO_CORPUS if len(word) >= _LONG else 0.0


def _names() -> Iterable[str] | frozenset[str]:
    return frozenset(thai_family_names() | thai_female_names() | thai_male_names())
