"""From the sums of each cell to the measures asked for: the last step of every relational engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sanyan.core.indicators.definitions import Rollup
from sanyan.engines.stores.base import CubeQuery, Measure, Table, years_earlier

Cells = Sequence[tuple[Any, ...]]
Row = tuple[Any, ...]
Parts = tuple[float | None, float | None]

# A fact table keeps a rule as its place here: the smallest and the largest of a cell are then quickly told.
RULES = tuple(Rollup)

_RULE = ("rule", "other_rule", "per", "other_per", "used")
_PARTS = (*_RULE, "weighted", "weight", "weighed", "plain")

# The sums that a measure is told from; `relational` says how each is added up.
SUMS_BEHIND: dict[Measure, tuple[str, ...]] = {
    Measure.VALUE: (*_PARTS, "median"),
    Measure.NUMERATOR: _PARTS,
    Measure.DENOMINATOR: _PARTS,
    Measure.REPORTED: ("used",),
    Measure.MISSING: ("missed",),
    Measure.LEAST: ("least",),
    Measure.MOST: ("most",),
}


def finished(
    question: CubeQuery, sums: tuple[str, ...], now: Cells, before: Mapping[tuple[Any, ...], tuple[Any, ...]]
) -> Table:
    """The answer: each cell's measures, and those of the cell of the same round some years earlier in
    `before`.

    A row of `now` holds the dimensions, then the `sums` in their order; `before` holds such rows by
    dimensions.
    """
    width = len(question.dimensions)
    tell = _teller(question.measures, sums, width)
    if not question.compare_years:
        return Table(question.columns, tuple((*row[:width], *tell(row)) for row in now))
    at = question.dimensions.index("round")
    nothing = (None,) * len(question.measures)
    rows = []
    for row in now:
        cell = row[:width]
        earlier = before.get((*cell[:at], years_earlier(cell[at], question.compare_years), *cell[at + 1 :]))
        rows.append((*cell, *tell(row), *(nothing if earlier is None else tell(earlier))))
    return Table(question.columns, tuple(rows))


def _teller(measures: tuple[Measure, ...], sums: tuple[str, ...], width: int) -> Callable[[Row], Row]:
    """A function from a row, whose `sums` stand behind `width` dimensions, to the figures of `measures`."""
    if all(len(SUMS_BEHIND[measure]) == 1 for measure in measures):
        places = [width + sums.index(SUMS_BEHIND[measure][0]) for measure in measures]
        return lambda row: tuple([row[place] for place in places])

    def tell(row: Row) -> Row:
        cell = dict(zip(sums, row[width:], strict=True))
        rule = _rule(cell)
        numerator, denominator = _parts(cell, rule)
        figures: list[float | None] = []
        for measure in measures:
            if measure is Measure.VALUE:
                figures.append(_value(cell, rule, numerator, denominator))
            elif measure is Measure.NUMERATOR:
                figures.append(numerator)
            elif measure is Measure.DENOMINATOR:
                figures.append(denominator)
            else:
                figures.append(cell[SUMS_BEHIND[measure][0]])
        return tuple(figures)

    return tell


def _parts(cell: Mapping[str, Any], rule: Rollup | None) -> Parts:
    """Numerator and denominator by the cell's rule; None where it has no single rule or nothing was used."""
    if rule is Rollup.RATIO:
        return cell["weighted"], cell["weight"]
    if rule is Rollup.SHARE:
        return cell["plain"], float(cell["used"])
    if rule is Rollup.MEAN:
        if cell["weighed"] != cell["used"]:
            return cell["plain"], float(cell["used"])
        return (cell["weighted"], cell["weight"]) if cell["weight"] > 0 else (None, None)
    return None, None


def _value(
    cell: Mapping[str, Any], rule: Rollup | None, numerator: float | None, denominator: float | None
) -> float | None:
    if rule is Rollup.SUM:
        return float(cell["plain"])
    if rule is Rollup.DISTRIBUTION:
        return float(cell["median"])
    if numerator is None or denominator is None or denominator <= 0:
        return None
    if rule is Rollup.RATIO:
        return numerator / denominator * float(cell["per"])
    return 100 * numerator / denominator if rule is Rollup.SHARE else numerator / denominator


def _rule(cell: Mapping[str, Any]) -> Rollup | None:
    """The rule that all facts of the cell follow, None where they follow several or none was used."""
    is_one = cell["used"] and cell["rule"] == cell["other_rule"] and cell["per"] == cell["other_per"]
    return RULES[cell["rule"]] if is_one else None
