"""From the sums of each cell to the measures asked for: the last step of every relational engine."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sanyan.core.indicators.definitions import Rollup
from sanyan.engines.stores.base import CubeQuery, Measure, Table, years_earlier

Cells = Sequence[tuple[Any, ...]]
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
    tell = _teller(question.measures, {name: width + place for place, name in enumerate(sums)})
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


def _teller(measures: tuple[Measure, ...], places: Mapping[str, int]) -> Callable[[tuple[Any, ...]], tuple[Any, ...]]:
    """A function from a row to the figures of `measures`; `places` says where each sum stands in the row."""
    if all(len(SUMS_BEHIND[measure]) == 1 for measure in measures):
        wanted = [places[SUMS_BEHIND[measure][0]] for measure in measures]
        return lambda row: tuple(row[place] for place in wanted)

    def tell(row: tuple[Any, ...]) -> tuple[Any, ...]:
        cell = {name: row[place] for name, place in places.items()}
        parts = _parts(cell)
        figures = {
            Measure.VALUE: _value(cell, parts) if Measure.VALUE in measures else None,
            Measure.NUMERATOR: parts[0],
            Measure.DENOMINATOR: parts[1],
        }
        return tuple(figures[measure] if measure in figures else cell[SUMS_BEHIND[measure][0]] for measure in measures)

    return tell


def _parts(cell: Mapping[str, Any]) -> Parts:
    """Numerator and denominator by the cell's rule; None where it has no single rule or nothing was used."""
    match _rule(cell):
        case Rollup.RATIO:
            return cell["weighted"], cell["weight"]
        case Rollup.MEAN:
            if cell["weighed"] != cell["used"]:
                return cell["plain"], float(cell["used"])
            return (cell["weighted"], cell["weight"]) if cell["weight"] > 0 else (None, None)
        case Rollup.SHARE:
            return cell["plain"], float(cell["used"])
        case _:
            return None, None


def _value(cell: Mapping[str, Any], parts: Parts) -> float | None:
    rule = _rule(cell)
    if rule is Rollup.SUM:
        return float(cell["plain"])
    if rule is Rollup.DISTRIBUTION:
        return float(cell["median"])
    numerator, denominator = parts
    if numerator is None or denominator is None or denominator <= 0:
        return None
    scale = {Rollup.RATIO: float(cell["per"]), Rollup.SHARE: 100.0}.get(rule, 1.0) if rule else 1.0
    return numerator / denominator * scale


def _rule(cell: Mapping[str, Any]) -> Rollup | None:
    """The rule that all facts of the cell follow, None where they follow several or none was used."""
    is_one = cell["used"] and cell["rule"] == cell["other_rule"] and cell["per"] == cell["other_per"]
    return RULES[cell["rule"]] if is_one else None
