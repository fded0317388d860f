"""Whether a case suits another place: how alike the two are, and which of its conditions are known to be in place."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from sanyan.core.cases.clauses import clauses
from sanyan.core.signed_documents import Words
from sanyan.core.thai.words import content_terms

NEAR, FAIR = 0.75, 1.5  # robust deviations of context: within a group of peers, and beyond it
MENTIONED = 0.5  # share of a condition's terms that another text must hold to speak of the same
FEWEST_TERMS = 2


class Alike(StrEnum):
    """How alike the contexts of two areas are."""

    CLOSE = "close"
    FAIR = "fair"
    FAR = "far"
    UNKNOWN = "unknown"


class Known(StrEnum):
    """Whether a condition is in place: yes, no, the area wrote of it, or nobody knows."""

    IN_PLACE = "in_place"
    ABSENT = "absent"
    MENTIONED = "mentioned"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True)
class CasePlace:
    """Where a case comes from, and what must be in place by its card."""

    area_type: str
    schools: int | None
    conditions: tuple[str, ...]


@dataclass(frozen=True)
class AreaPlace:
    """The area that would copy it. `distance` is that of the contexts in robust standard deviations, None where it is
    not known; `has_need` whether its own figure still falls short; `texts` what it wrote of what works there."""

    area_type: str
    schools: int | None
    distance: float | None
    has_need: bool | None = None
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """One condition; `mentioned` is the area's own clause that speaks of it, exactly as written."""

    words: Words
    known: Known
    mentioned: str = ""


@dataclass(frozen=True)
class Suitability:
    """How far a case suits an area."""

    alike: Alike
    distance: float | None
    conditions: tuple[Condition, ...]

    @property
    def in_place(self) -> int:
        """How many conditions are in place or spoken of."""
        return sum(item.known in (Known.IN_PLACE, Known.MENTIONED) for item in self.conditions)


def suits(case: CasePlace, area: AreaPlace) -> Suitability:
    """Hold a case against an area. What is only written in the card is looked for in the area's own words; not to find
    it says nothing, so it is then not known."""
    return Suitability(
        alike=_alike(area.distance),
        distance=area.distance,
        conditions=(*_plain(case, area), *(_written(words, area.texts) for words in case.conditions)),
    )


def _alike(distance: float | None) -> Alike:
    if distance is None:
        return Alike.UNKNOWN
    return Alike.CLOSE if distance <= NEAR else Alike.FAIR if distance <= FAIR else Alike.FAR


def _plain(case: CasePlace, area: AreaPlace) -> tuple[Condition, ...]:
    same = case.area_type == area.area_type if case.area_type and area.area_type else None
    near = _like_size(case.schools, area.schools)
    return (
        Condition(Words("เป็นเขตประเภทเดียวกัน", "It is an area of the same type"), _known(same)),
        Condition(
            Words("จำนวนโรงเรียนใกล้เคียงกัน (ครึ่งหนึ่งถึงสองเท่า)", "A like number of schools (half to twice)"), _known(near)
        ),
        Condition(Words("ตัวชี้วัดเดียวกันยังมีทางดีขึ้น", "The same indicator has room to improve"), _known(area.has_need)),
    )


def _like_size(one: int | None, other: int | None) -> bool | None:
    if not one or not other:
        return None
    return 0.5 <= one / other <= 2.0


def _known(told: bool | None) -> Known:
    return Known.NOT_KNOWN if told is None else Known.IN_PLACE if told else Known.ABSENT


@lru_cache(maxsize=4096)
def _terms(text: str) -> frozenset[str]:
    """Kept, because one area's clauses are held against the conditions of every case."""
    return frozenset(content_terms(text))


def _written(condition: str, texts: Sequence[str]) -> Condition:
    wanted = _terms(condition)
    best, clause = 0.0, ""
    if len(wanted) >= FEWEST_TERMS:
        for text in texts:
            for span in clauses(text):
                held = len(wanted & _terms(span.of(text)))
                if held >= FEWEST_TERMS and held / len(wanted) > best:
                    best, clause = held / len(wanted), span.of(text)
    told = best >= MENTIONED
    return Condition(Words(condition, condition), Known.MENTIONED if told else Known.NOT_KNOWN, clause if told else "")
