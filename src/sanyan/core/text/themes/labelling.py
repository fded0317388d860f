"""What a group of texts is called: the words that weigh more in it than in the others."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from rapidfuzz.fuzz import ratio

from sanyan.core.text.themes.features import Terms
from sanyan.core.text.themes.names import is_place
from sanyan.core.text.themes.values import Passage
from sanyan.core.thai.words import normal

WORDS = 20
IN_LABEL = 4
LEAST_AREAS = 3  # areas that must use a word before it may name a theme: a word of one area is a name or a habit
MOST_SHARE = 0.2  # of all passages: a word of more of them tells no theme from another
LEAST_LETTERS = 3  # of a word alone: shorter ones are mostly parts of words that the list lacks
BETWEEN = " · "
_SAYS_LITTLE = """
คน จำนวน วันที่ เวลา ครั้ง เดือน ปีการศึกษา ปีงบประมาณ ดำเนินการ ดำเนินงาน การดำเนินงาน โดยเฉพาะ ต่อเนื่อง จัดทำ
การจัด ส่งผล ทำให้ เกี่ยวข้อง ได้แก่ เช่น แห่ง ร้อยละ บางส่วน ปัจจุบัน รายการ เรื่อง ด้าน ระดับ
"""
SAYS_LITTLE = frozenset(_SAYS_LITTLE.split())
PAIR_WORTH = 1.3  # a phrase says more than its words apart
Weighed = tuple[tuple[str, float], ...]


def group_words(
    passages: Sequence[Passage], terms: Sequence[Terms], groups: Sequence[int], count: int
) -> list[Weighed]:
    """The heaviest words and pairs of words of each of `count` groups (class TF-IDF); row by row, -1 is no group.

    Source: Grootendorst (2022), "BERTopic: Neural topic modeling with a class-based TF-IDF procedure". A text counts
    a word once, so that one long text does not name a group.
    """
    held: list[Counter[str]] = [Counter() for _ in range(count)]
    areas: dict[str, set[str]] = defaultdict(set)
    for passage, own, group in zip(passages, terms, groups, strict=True):
        if group >= 0:
            used = set(own) | _phrases(passage.text, own)
            held[group].update(used)
            for word in used:
                areas[word].add(passage.organisation)
    everywhere = sum(held, Counter[str]())
    mean = sum(everywhere.values()) / max(count, 1)
    least = min(LEAST_AREAS, len({passage.organisation for passage in passages}))
    common = max(MOST_SHARE * len(passages), 10)
    fit = {word for word in everywhere if len(areas[word]) >= least and everywhere[word] <= common and _may_name(word)}
    return [_heaviest(own, everywhere, mean, fit) for own in held]


def label_of(words: Weighed) -> str:
    """Up to four of the heaviest words, none within another, joined to be read."""
    chosen: list[str] = []
    for word, _ in words:
        if len(chosen) < IN_LABEL and not any(word in other or other in word for other in chosen):
            chosen.append(word)
    return BETWEEN.join(chosen)


def likeness_of_labels(one: str, other: str) -> float:
    """How alike two labels are to read, 0-1, whatever the order of their words."""
    parts = [BETWEEN.join(sorted(label.split(BETWEEN))) for label in (one, other)]
    return ratio(*parts) / 100


def likeness_of_words(one: Weighed, other: Weighed) -> float:
    """How alike the weighed words of two groups are (cosine), 0-1."""
    a, b = dict(one), dict(other)
    length = math.sqrt(sum(w * w for w in a.values()) * sum(w * w for w in b.values()))
    return sum(weight * b.get(word, 0.0) for word, weight in a.items()) / length if length else 0.0


def _may_name(word: str) -> bool:
    parts = word.split(" ")
    return not any(is_place(part) or part in SAYS_LITTLE for part in parts) and len(word) >= LEAST_LETTERS


def _heaviest(own: Mapping[str, int], everywhere: Mapping[str, int], mean: float, fit: set[str]) -> Weighed:
    total = max(sum(own.values()), 1)
    weights = {
        word: count / total * math.log(1 + mean / everywhere[word]) * (PAIR_WORTH if " " in word else 1.0)
        for word, count in own.items()
        if word in fit and (count > 1 or total == 1)
    }
    first = sorted(weights, key=lambda word: (-weights[word], word))[:WORDS]
    return tuple((word.replace(" ", ""), weights[word]) for word in first)


def _phrases(text: str, terms: Terms) -> set[str]:
    """Pairs of neighbouring terms that stand in the text without a gap between them, told apart by a blank."""
    plain = normal(text)
    return {f"{one} {other}" for one, other in pairwise(terms) if one != other and one + other in plain}
