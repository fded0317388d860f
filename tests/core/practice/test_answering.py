"""Practice people answer warnings, each in their own way and always alike."""

from __future__ import annotations

from collections import Counter

from sanyan.core.practice.answering import reaction


def test_the_same_matter_is_always_answered_alike() -> None:
    assert reaction(1, "late", "A", acted=False, is_gone=False) == reaction(1, "late", "A", acted=False, is_gone=False)


def test_most_are_acted_on_and_some_are_left_or_false() -> None:
    done = Counter(reaction(1, "rule", unit, acted=False, is_gone=False).kind for unit in range(400))
    assert done["acted"] > done["closed"] > 0
    assert done["left"] > 0


def test_what_was_acted_on_and_is_gone_has_helped() -> None:
    ends = [reaction(1, "rule", unit, acted=True, is_gone=True) for unit in range(50)]
    assert {end.outcome for end in ends} == {"helped"}
    assert all(end.words for end in ends)
    still = {reaction(1, "rule", unit, acted=True, is_gone=False).outcome for unit in range(50)}
    assert still == {"did_not_help", ""}
