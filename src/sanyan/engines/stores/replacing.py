"""Which facts count, told once for every engine: the highest sequence of a source, and the last of equal
facts.
"""

from __future__ import annotations

import dataclasses
import math
from collections.abc import Iterable

from sanyan.engines.stores.base import Fact

FACT_COLUMNS = tuple(item.name for item in dataclasses.fields(Fact))

# What makes a fact the same fact when it is given again at the same sequence, as after a retry.
IDENTITY = ("source", "framework", "round", "practice", "organisation", "indicator", "disaggregation")

FACT_ORDER = ("organisation", "indicator", "round", "framework", "practice", "disaggregation", "source")

Identity = tuple[str, str, str, bool, str, str, str]


def identity(fact: Fact) -> Identity:
    """What makes this fact the same fact when it is given again, in the order of IDENTITY."""
    return (
        fact.source,
        fact.framework,
        fact.round,
        fact.practice,
        fact.organisation,
        fact.indicator,
        fact.disaggregation,
    )


def fact_order(fact: Fact) -> tuple[str, str, str, str, bool, str, str]:
    """The key facts are sorted by, in the order of FACT_ORDER."""
    return (
        fact.organisation,
        fact.indicator,
        fact.round,
        fact.framework,
        fact.practice,
        fact.disaggregation,
        fact.source,
    )


def settle(facts: Iterable[Fact]) -> list[Fact]:
    """The facts of one batch that can count: the highest sequence of each source, the last of equal facts.

    Figures that are not finite (NaN, infinity) are missing figures and become None.
    """
    held = list(facts)
    highest: dict[str, int] = {}
    for fact in held:
        if fact.sequence > highest.get(fact.source, fact.sequence - 1):
            highest[fact.source] = fact.sequence
    kept = {identity(fact): fact for fact in held if fact.sequence == highest[fact.source]}
    return [_finite(fact) for fact in kept.values()]


def _finite(fact: Fact) -> Fact:
    figures = (fact.numerator, fact.denominator, fact.value)
    if all(figure is None or math.isfinite(figure) for figure in figures):
        return fact
    numerator, denominator, value = (
        figure if figure is not None and math.isfinite(figure) else None for figure in figures
    )
    return dataclasses.replace(fact, numerator=numerator, denominator=denominator, value=value)
