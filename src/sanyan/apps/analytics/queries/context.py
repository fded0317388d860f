"""The context that areas are compared within: what an office cannot change about where it works."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from sanyan.apps.analytics.queries.grids import Grid
from sanyan.apps.organisations.queries import OrganisationInfo
from sanyan.core.indicators.definitions import Direction
from sanyan.core.signed_documents import Words
from sanyan.core.stats.design import Design, context_design
from sanyan.core.stats.neighbours import ContextSpace, Peers, context_space, nearest_peers
from sanyan.core.stats.panel import FloatArray

SECONDARY = Words("เป็นเขตมัธยมศึกษา", "is a secondary area")
CASES = Words("จำนวนที่นับทั้งหมด เช่น นักเรียน", "how many are counted, such as pupils")
SCHOOLS = Words("จำนวนโรงเรียนในเขต", "number of schools")
PEERS = 12


@dataclass(frozen=True)
class Context:
    """What is known of the areas' circumstances: a design to compare within, a space to find peers in, its names."""

    design: Design
    space: ContextSpace
    peers: Peers
    words: Mapping[str, Words]

    def names(self, columns: Sequence[str]) -> tuple[Words, ...]:
        """Columns by name, without the marks of missing values."""
        return tuple(self.words[column] for column in columns if column in self.words)


def context_of(grid: Grid, areas: Sequence[OrganisationInfo]) -> Context:
    """The context of areas in the order of the grid's units: type, number of schools, and every figure of the framework
    that is context and no achievement (no good direction), as last reported."""
    words = {"secondary": SECONDARY, "schools": SCHOOLS}
    schools = np.array([np.nan if area.schools is None else float(area.schools) for area in areas])
    if not np.isfinite(schools).any():
        words["schools"], schools = CASES, _most_cases(grid)  # schools themselves hold none: their size is their pupils
    columns: list[FloatArray] = [
        np.array([float(area.area_type == "secondary") for area in areas]),
        np.log1p(schools),
    ]
    for place, indicator in enumerate(grid.indicators):
        if indicator.direction is Direction.NONE:
            words[indicator.code] = Words(indicator.name_th, indicator.name_en or indicator.name_th)
            columns.append(np.log1p(np.maximum(_last_known(grid.fields["value"][place]), 0.0)))
    matrix, names = np.column_stack(columns), tuple(words)
    space = context_space(matrix[:, 1:], names[1:], kinds=[area.area_type for area in areas])
    return Context(context_design(matrix, names), space, nearest_peers(space, count=PEERS), words)


def _most_cases(grid: Grid) -> FloatArray:
    """The largest denominator that each unit ever reported; NaN where none."""
    held = np.where(np.isfinite(grid.fields["denominator"]), grid.fields["denominator"], -1.0)
    most = held.max(axis=(0, 2)) if held.size else np.full(len(grid.units), -1.0)
    return np.where(most > 0, most, np.nan)


def _last_known(values: FloatArray) -> FloatArray:
    """The latest value of each unit (units x rounds)."""
    held = np.full(len(values), np.nan)
    for column in values.T:
        held = np.where(np.isfinite(column), column, held)
    return held
