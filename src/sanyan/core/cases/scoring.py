"""Scores that need no judge: how firm the figures are, and how whole the card is."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sanyan.core.cases.cards import CardField, Standing
from sanyan.core.cases.criteria import MOST

FIRM, ENOUGH = 3, 2  # rounds in which an area stood above its context


@dataclass(frozen=True)
class Firmness:
    """What is known of a case's figures: in how many rounds it stood surely (95 %) above what its context leads one to
    expect, whether there is a figure before and after, and whether weak areas of like context stand beside it."""

    rounds_above: int = 0
    has_before_and_after: bool = False
    is_paired: bool = False


def evidence(firm: Firmness, card: Mapping[CardField, Standing]) -> float:
    """0 a claim alone, 1 a figure before and after, 2 above its context in two rounds, 3 in three or with a pair."""
    if firm.rounds_above >= FIRM or (firm.rounds_above >= ENOUGH and firm.is_paired):
        return 3.0
    if firm.rounds_above >= ENOUGH:
        return 2.0
    return 1.0 if firm.has_before_and_after else 0.0


def completeness(firm: Firmness, card: Mapping[CardField, Standing]) -> float:
    """The share of the card's parts that are stated (an inferred one counts half), as 0-3 with one decimal."""
    worth = {Standing.STATED: 1.0, Standing.INFERRED: 0.5, Standing.MISSING: 0.0}
    held = sum(worth[card.get(field, Standing.MISSING)] for field in CardField)
    return round(MOST * held / len(CardField), 1)


WORKED_OUT: dict[str, Callable[[Firmness, Mapping[CardField, Standing]], float]] = {
    "evidence": evidence,
    "completeness": completeness,
}
"""By the name that a criterion gives in `worked_out`."""
