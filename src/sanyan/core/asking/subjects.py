"""What a question is about: indicators and policy areas, by the meanings and words that they share with it."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from sanyan.core.asking.concepts import CONCEPTS, GENERAL, Concept
from sanyan.core.asking.folding import Folded, Hit, fold, folded, found_all, free_of, guessed, longest
from sanyan.core.asking.vocabulary import Vocabulary
from sanyan.core.indicators.definitions import Kind
from sanyan.core.thai.words import content_terms

FOUND = 1.0  # the least a subject scores to be told
_CONCEPT, _WIDER, _UNMET = 2.0, 0.9, 0.25
_NAME = 6.0
_MEASURE = 1.0  # the question asks for a number, or for a share, as the indicator is one
_MEASURES = {
    "count": re.compile(r"กี่(?!เขต|\s*%|เปอร์)|จำนวน|เยอะ|how many|number of"),
    "share": re.compile(r"ร้อยละ|อัตรา|สัดส่วน|เปอร์|%|percent|rate\b|share"),
}
_LONG = 6  # signs of a word that may name an indicator by itself
_ALIKE = 82  # of 100 (rapidfuzz): a part of the question reads like the name of an indicator
_SORTS = {Kind.NUMBER: "count", Kind.PERCENT: "share", Kind.RATIO: "share"}
_CODE = re.compile(r"[a-z]{2,5}-?\d{2}(?!\d)")


@dataclass(frozen=True)
class Ranked:
    """An indicator or policy area with how much speaks for it (no unit; FOUND is the least that is told)."""

    code: str
    score: float


@dataclass(frozen=True)
class Subject:
    """What a question is about. `concepts` are meanings found, with the phrases as hits; `unknown` are words of content
    that no one of the vocabulary shares."""

    indicators: tuple[Ranked, ...]
    policy_areas: tuple[Ranked, ...]
    concepts: tuple[Concept, ...]
    hits: tuple[Hit, ...]
    unknown: tuple[str, ...]


@dataclass(frozen=True)
class _Entry:
    code: str
    is_policy: bool
    measure: str
    name: str
    concepts: frozenset[str]
    wider: frozenset[str]
    terms: frozenset[str]


@dataclass(frozen=True)
class _Index:
    entries: tuple[_Entry, ...]
    weight: dict[str, float]


def subject_of(asked: Folded, words: Vocabulary, hits: Iterable[Hit], taken: Iterable[tuple[int, int]]) -> Subject:
    """The subject of a question by the meanings found in it; `taken` are the stretches of folded signs that are places,
    times, numbers and words of asking."""
    held = list(taken)
    hits = tuple(hits)
    by_phrase = {phrase: concept for concept in CONCEPTS for phrase in concept.phrases}
    concepts = tuple(dict.fromkeys(by_phrase[hit.phrase] for hit in hits))
    index = _index(words)
    rest = _rest(asked, [*held, *((hit.start, hit.end) for hit in hits)])
    terms = [term for term in content_terms(rest) if term not in GENERAL]
    scored = [(entry, _score(entry, asked, concepts, terms, index)) for entry in index.entries]
    order = sorted(scored, key=lambda pair: (-pair[1], pair[0].code))
    ranked = [(entry, Ranked(entry.code, round(score, 2))) for entry, score in order if score >= FOUND]
    known = {term for entry in index.entries for term in entry.terms}
    return Subject(
        indicators=tuple(told for entry, told in ranked if not entry.is_policy),
        policy_areas=tuple(told for entry, told in ranked if entry.is_policy),
        concepts=concepts,
        hits=hits,
        unknown=tuple(term for term in terms if term not in known),
    )


def concept_hits(asked: Folded, taken: Iterable[tuple[int, int]] = ()) -> list[Hit]:
    """Where meanings of the table stand in a text, the longest phrase first, then with a slip in what is left."""
    held = list(taken)
    inside = [
        hit
        for concept in CONCEPTS
        for phrase in concept.phrases
        for hit in found_all(asked, phrase)
        if not any(hit.start < end and start < hit.end for start, end in held)
    ]
    kept = longest(inside)
    free = free_of(asked, [*held, *((hit.start, hit.end) for hit in kept)])
    guesses = [guessed(asked, phrase, free) for concept in CONCEPTS for phrase in concept.phrases]
    return longest([*kept, *(hit for hit in guesses if hit)])


def _score(entry: _Entry, asked: Folded, concepts: tuple[Concept, ...], terms: list[str], index: _Index) -> float:
    if _is_named(entry, asked):
        return _NAME
    named = {concept.name for concept in concepts}
    own = sum(index.weight.get(name, 1.0) for name in named & entry.concepts)
    wider = {name for concept in concepts for name in concept.wider}
    near = sum(1.0 for name in named if name in entry.wider and name not in entry.concepts)
    near += 0.0 if own else sum(1.0 for name in wider if name in entry.concepts and name not in named)
    shared = [term for term in dict.fromkeys(terms) if term in entry.terms]
    if not own and not near and not _tells(shared, terms):
        shared = []
    score = _CONCEPT * own + _WIDER * near + sum(index.weight.get(term, 1.0) for term in shared)
    if not score:
        return _CONCEPT / 2 if _reads_alike(entry, asked) else 0.0
    score += _MEASURE if entry.measure and _MEASURES[entry.measure].search(asked.text) else 0.0
    return score - _UNMET * len(entry.concepts - named) - (0.4 if entry.is_policy else 0.0)


def _tells(shared: list[str], terms: list[str]) -> bool:
    """Whether words alone, without a meaning of the table, are enough to name an entry."""
    return len(shared) * 2 >= max(len(set(terms)), 1) and (
        len(shared) > 1 or any(len(term) >= _LONG for term in shared)
    )


def _is_named(entry: _Entry, asked: Folded) -> bool:
    if fold(entry.name) in asked.signs:
        return True
    wanted = fold(entry.code)
    return not entry.is_policy and any(fold(match[0]) == wanted for match in _CODE.finditer(asked.text))


def _reads_alike(entry: _Entry, asked: Folded) -> bool:
    name = fold(entry.name)
    return len(asked.signs) >= 12 and fuzz.partial_ratio(name, asked.signs) >= _ALIKE


def _rest(asked: Folded, taken: list[tuple[int, int]]) -> str:
    """What of the text is left, a blank where something was taken."""
    spans = [asked.span(start, end) for start, end in taken if end > start]
    left = "".join(" " if any(s.start <= i < s.end for s in spans) else sign for i, sign in enumerate(asked.text))
    return left.replace("ตัวชี้วัด", " ")


@lru_cache(maxsize=8)
def _index(words: Vocabulary) -> _Index:
    entries = [
        _entry(item.code, item.name_th, item.name_en, measure=_SORTS.get(item.kind, "")) for item in words.indicators
    ]
    entries += [_entry(item.code, item.name_th, item.name_en, is_policy=True) for item in words.policy_areas]
    counted = Counter(mark for entry in entries for mark in (*entry.concepts, *entry.terms))
    weight = {mark: min(1.0, 0.5 + 0.6 / math.sqrt(count)) for mark, count in counted.items()}
    return _Index(tuple(entries), weight)


def _entry(code: str, name: str, name_en: str, *, is_policy: bool = False, measure: str = "") -> _Entry:
    by_phrase = {phrase: concept for concept in CONCEPTS for phrase in concept.phrases}
    concepts: set[Concept] = set()
    rest: list[str] = []
    for text in (name, name_en):
        asked = folded(text)
        hits = longest([hit for phrase in by_phrase for hit in found_all(asked, phrase)])
        concepts |= {by_phrase[hit.phrase] for hit in hits}
        rest.append(_rest(asked, [(hit.start, hit.end) for hit in hits]))
    terms = {term for text in rest for term in content_terms(text) if term not in GENERAL}
    wider = {name for concept in concepts for name in concept.wider}
    return _Entry(
        code, is_policy, measure, name, frozenset(c.name for c in concepts), frozenset(wider), frozenset(terms)
    )
