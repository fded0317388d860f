"""Words by their skeletons: what is left of a word when its marks are gone, which damage seldom touches."""

from __future__ import annotations

import math
import re
from collections import defaultdict
from functools import cache
from typing import Any

from pythainlp.corpus import phupha, thai_family_names, thai_female_names, thai_male_names, thai_orst_words, tnc, ttc

from sanyan.core.thai.repair.glyphs import MARK, ONE_MARK
from sanyan.core.thai.repair.official import known_terms, usual_phrases
from sanyan.core.thai.vocabulary import office_words
from sanyan.core.thai.words import known_words  # first of all: it keeps the library from asking the network

Node = dict[str, Any]  # letters to nodes, and WORDS to the words that end there, each with its cost
WORDS = ""  # the key of a node under which the words that end there stand
_WHOLE = re.compile(f"(?![{MARK}])[\u0e01-\u0e2f\u0e30-\u0e3a\u0e40-\u0e4e]{{2,45}}")
_ALONE = frozenset("ณธๆฯ")
_UNSEEN = 0.2
_NAME = 0.05
_USUAL = 300.0
_KNOWN = 3.0
_PROVEN = 1.0  # times in the corpus from which a word proves that something else is a damaged form of it
_LONG = 6
_WEB_TO_CORPUS = 300  # the web's counts are of strings, in words of six letters and more about words


def skeleton(text: str) -> str:
    """`text` without its marks, sara am as the a that is left of it."""
    return ONE_MARK.sub("", text).replace("\u0e33", "\u0e32")


@cache
def word_costs() -> dict[str, float]:
    """Each word with its cost: minus the natural logarithm of its share among running words."""
    counts = _counts()
    web = dict(phupha.word_freqs())
    words = {word for word in known_words() | thai_orst_words() if _WHOLE.fullmatch(word)}
    words |= {word for word in usual_phrases() | known_terms() if _WHOLE.fullmatch(word)}
    names = {name for name in _names() - words if len(name) > 3 and _WHOLE.fullmatch(name)}
    words |= {part for word in office_words() for part in word.split(".") if _WHOLE.fullmatch(part)}
    held = {word: max(counts[word], _from_web(word, web), _UNSEEN) for word in words}
    held |= {name: max(min(counts[name], 20.0), _NAME) for name in names}
    held |= {word: max(held[word], _USUAL) for word in words & usual_phrases()}
    held |= {word: max(held[word], _KNOWN) for word in words & known_terms()}
    held |= {letter: max(counts[letter], 1) for letter in _ALONE}
    total = math.log(sum(held.values()))
    return {word: total - math.log(count) for word, count in held.items()}


@cache
def rare_cost() -> float:
    """The cost from which a word is too rare to prove that something else is a damaged form of it."""
    return word_costs()["ณ"] + math.log(max(_counts()["ณ"], 1)) - math.log(_PROVEN)


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


@cache
def _counts() -> defaultdict[str, float]:
    counts = defaultdict[str, float](float)
    for word, count in (*tnc.word_freqs(), *ttc.word_freqs()):
        counts[word] += count
    return counts


def _put(root: Node, spine: str, entry: tuple[str, float]) -> None:
    node = root
    for letter in spine:
        node = node.setdefault(letter, {})
    node.setdefault(WORDS, []).append(entry)


def _from_web(word: str, web: dict[str, int]) -> float:
    return web.get(word, 0) / _WEB_TO_CORPUS if len(word) >= _LONG else 0.0


def _names() -> frozenset[str]:
    return frozenset(thai_family_names() | thai_female_names() | thai_male_names())
