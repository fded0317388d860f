"""The words that specs of the cube query are told in: tables of facts in, one question, a table out.

A table is text with `|` between cells. In facts, columns left out take the value of PLAIN, and an empty cell
is a missing value. In answers, an empty cell is None.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import count
from typing import Any

from sanyan.engines.stores.base import CubeQuery, Fact, FactStore, Measure

PLAIN: dict[str, Any] = {
    "framework": "obec",
    "round": "2568-09",
    "practice": False,
    "organisation": "2001",
    "kind": "area",
    "area_type": "primary",
    "region": "9",
    "province": "ชลบุรี",
    "policy_area": "quality",
    "indicator": "reading",
    "disaggregation": "",
    "state": "reported",
    "origin": "web",
    "rollup": "ratio",
    "per": 100.0,
    "numerator": None,
    "denominator": None,
    "value": None,
    "source": "",
    "sequence": 1,
}
_NUMBERS = {"per", "numerator", "denominator", "value"}
_sources = count(1)


@dataclass(frozen=True)
class Removal:
    """Sources taken away between two appends."""

    sources: tuple[str, ...]


@dataclass(frozen=True)
class CubeSpec:
    """Steps in (tables of facts, removals), one question, the answer out."""

    title: str
    why: str
    steps: tuple[str | Removal, ...]
    question: CubeQuery
    answer: str


def rows_of(table: str) -> list[dict[str, str]]:
    """The rows of a text table by column name."""
    lines = [line for line in table.strip().splitlines() if line.strip()]
    head, *body = ([cell.strip() for cell in line.split("|")] for line in lines)
    return [dict(zip(head, line, strict=True)) for line in body]


def facts_of(table: str) -> list[Fact]:
    """The facts that a text table tells; each row is a source of its own unless it names one."""
    facts = []
    for row in rows_of(table):
        told: dict[str, Any] = {name: _cell(name, text) for name, text in row.items()}
        facts.append(Fact(**{**PLAIN, "source": f"submission-{next(_sources)}", **told}))
    return facts


def play(spec: CubeSpec, store: FactStore) -> None:
    """Bring a store to where the question is asked."""
    for step in spec.steps:
        if isinstance(step, Removal):
            store.remove_sources(step.sources)
        else:
            store.append(facts_of(step))


def _cell(name: str, text: str) -> Any:
    if name in _NUMBERS:
        return float(text) if text else None
    if name == "sequence":
        return int(text)
    return text == "yes" if name == "practice" else text


VALUE, NUMERATOR, DENOMINATOR = Measure.VALUE, Measure.NUMERATOR, Measure.DENOMINATOR
REPORTED, MISSING, LEAST, MOST = Measure.REPORTED, Measure.MISSING, Measure.LEAST, Measure.MOST
BY_INDICATOR = ("indicator",)
