"""A framework's figures as arrays: every indicator of every area over all rounds up to one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sanyan.apps.analytics.access import fact_store
from sanyan.apps.frameworks.queries import RoundInfo
from sanyan.core.indicators.definitions import Framework, Indicator, Kind
from sanyan.core.rounds import RoundKey
from sanyan.core.stats.panel import FloatArray
from sanyan.engines.stores.base import CubeQuery, Filters, Measure

_MEASURES = (Measure.LEAST, Measure.NUMERATOR, Measure.DENOMINATOR)
FIELDS = ("value", "numerator", "denominator")


@dataclass(frozen=True)
class Grid:
    """`fields` holds value, numerator and denominator, each indicators x units x rounds, NaN where missing. `units`
    are organisation codes in order, `rounds` ascending; the last is the round that was asked for."""

    units: tuple[str, ...]
    rounds: tuple[RoundKey, ...]
    indicators: tuple[Indicator, ...]
    fields: Mapping[str, FloatArray]

    def of(self, indicator: Indicator) -> dict[str, FloatArray]:
        """The fields of one indicator, each units x rounds."""
        place = self.indicators.index(indicator)
        return {name: values[place] for name, values in self.fields.items()}


def grid_of(info: RoundInfo, framework: Framework, units: Sequence[str]) -> Grid:
    """The grid of a round's framework for these units, from the facts as they are now: one question to the store."""
    indicators = tuple(item for item in framework.indicators if item.kind is not Kind.NARRATIVE)
    filters: Filters = (
        ("framework", (info.framework_code,)),
        ("practice", (info.is_practice,)),
        ("disaggregation", ("",)),
        ("state", ("reported",)),
    )
    table = fact_store().query(CubeQuery(_MEASURES, ("indicator", "organisation", "round"), filters))
    keys = {name: RoundKey.parse(name) for name in {str(row[2]) for row in table.rows}}
    rounds = tuple(sorted({key for key in keys.values() if key <= info.key} | {info.key}))
    shape = (len(indicators), len(units), len(rounds))
    fields = {name: np.full(shape, np.nan) for name in FIELDS}
    at_indicator = {item.code: index for index, item in enumerate(indicators)}
    at_unit = {code: index for index, code in enumerate(units)}
    at_round = {name: rounds.index(key) for name, key in keys.items() if key <= info.key}
    places, kept = [], []
    for row in table.rows:
        place = (at_indicator.get(str(row[0])), at_unit.get(str(row[1])), at_round.get(str(row[2])))
        if None not in place:
            places.append(place)
            kept.append(row[3:])
    if kept:
        index = tuple(np.array(places, dtype=np.intp).T)
        held = np.array([[np.nan if value is None else value for value in row] for row in kept], dtype=float)
        for column, name in enumerate(FIELDS):
            fields[name][index] = held[:, column]
    return Grid(tuple(units), rounds, indicators, fields)
