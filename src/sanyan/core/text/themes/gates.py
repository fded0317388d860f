"""What a group must be to become a theme, each gate told in words where it is not passed."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

from sanyan.core.signed_documents import Words
from sanyan.core.text.themes.labelling import likeness_of_labels, likeness_of_words
from sanyan.core.text.themes.values import CandidateTheme, RefusedTheme

MOST_THEMES = 70
LEAST_PASSAGES = 5
LEAST_SHARE = 0.001
LEAST_AREAS = 3
ALIKE = 0.9
OVERLAP = 0.7


def passages_needed(passages: int) -> int:
    """How many of `passages` a theme must have: five, or one in a thousand where that is more."""
    return max(LEAST_PASSAGES, math.ceil(LEAST_SHARE * passages))


def gated(
    themes: Sequence[CandidateTheme], passages: int
) -> tuple[tuple[CandidateTheme, ...], tuple[RefusedTheme, ...]]:
    """The themes that pass all gates, largest support first, and the others with the first gate they failed."""
    kept: list[CandidateTheme] = []
    refused: list[RefusedTheme] = []
    ordered = sorted(themes, key=lambda theme: (-theme.support.passages, -theme.support.areas, theme.label))
    for theme in ordered:
        found = next(_faults(theme, kept, passages), None)
        if found is None:
            kept.append(theme)
        else:
            refused.append(RefusedTheme(theme, *found))
    return tuple(kept), tuple(refused)


def too_alike(themes: Sequence[CandidateTheme]) -> tuple[int, int] | None:
    """The first two of all themes whose labels or members are too much the same to be told apart; None if none are."""
    for one, other in combinations(range(len(themes)), 2):
        if alike(themes[one], themes[other]) >= ALIKE or overlap(themes[one], themes[other]) >= OVERLAP:
            return one, other
    return None


def alike(one: CandidateTheme, other: CandidateTheme) -> float:
    """How alike the labels of two themes are, by their letters and by all their weighed words, 0-1."""
    return max(likeness_of_labels(one.label, other.label), likeness_of_words(one.words, other.words))


def overlap(one: CandidateTheme, other: CandidateTheme) -> float:
    """The share of the members of the smaller theme that the other has too, 0-1."""
    a, b = {member.row for member in one.members}, {member.row for member in other.members}
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def _faults(theme: CandidateTheme, kept: Sequence[CandidateTheme], passages: int) -> Iterator[tuple[str, Words]]:
    needed = passages_needed(passages)
    if theme.support.passages < needed:
        yield (
            "few-passages",
            Words(
                f"มี {theme.support.passages} ข้อความที่ไม่ซ้ำกัน ต้องมีอย่างน้อย {needed}",
                f"It has {theme.support.passages} distinct passages; at least {needed} are needed.",
            ),
        )
    if theme.support.areas < LEAST_AREAS:
        yield (
            "few-areas",
            Words(
                f"มาจาก {theme.support.areas} เขต ต้องมีอย่างน้อย {LEAST_AREAS} เขต",
                f"It comes from {theme.support.areas} areas; at least {LEAST_AREAS} are needed.",
            ),
        )
    if not theme.label:
        yield "no-label", Words("ไม่มีคำที่ใช้ร่วมกันพอจะตั้งชื่อ", "It has no words in common to be named by.")
    for other in kept:
        if alike(theme, other) >= ALIKE:
            yield "label-alike", Words(f"ชื่อคล้ายกับ “{other.label}” มากเกินไป", f"Its label is too like “{other.label}”.")
        if overlap(theme, other) >= OVERLAP:
            yield (
                "members-alike",
                Words(f"ข้อความซ้ำกับ “{other.label}” มากเกินไป", f"It shares too much with “{other.label}”."),
            )
    if len(kept) >= MOST_THEMES:
        yield (
            "too-many",
            Words(
                f"เกิน {MOST_THEMES} ประเด็น จึงเก็บประเด็นที่มีผู้กล่าวถึงมากกว่า",
                f"There are {MOST_THEMES} larger themes already.",
            ),
        )
