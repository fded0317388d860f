"""Which units are most alike in their context: for reading a figure beside those of its like, not for scoring it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sanyan.core.stats.notes import Note
from sanyan.core.stats.panel import FloatArray
from sanyan.core.stats.spread import TO_NORMAL

IntArray = NDArray[np.int64]

USUAL_PEERS = 12
FARTHEST = 4.0  # robust deviations: farther out is as far, or one wild figure would decide alone
LEAST_SHARED = 0.5
AT_ONCE = 256
NOBODY = -1


@dataclass(frozen=True)
class ContextSpace:
    """Units x variables in robust standard deviations from the median, NaN where missing.

    `kinds` are labels that only units of the same may be compared under, such as the type of area. `notes` tells which
    variables were left out.
    """

    standing: FloatArray
    variables: tuple[str, ...]
    kinds: tuple[str, ...]
    notes: tuple[Note, ...] = ()

    def distances(self, units: Sequence[int] | IntArray) -> tuple[FloatArray, IntArray]:
        """From each of these units to all: distances, and how many variables each rests on.

        The root mean square difference over the variables that both have (Gower, 1971, Biometrics 27:857-71, on squared
        differences), so that a pair with a gap is neither nearer nor farther for it. Infinite to a unit of another
        kind, to itself, and where fewer than half of the variables are shared.
        """
        rows = np.asarray(units, np.int64)
        held = np.isfinite(self.standing)
        filled = np.where(held, self.standing, 0.0)
        total, shared = np.zeros((len(rows), len(held))), np.zeros((len(rows), len(held)), dtype=np.int64)
        for column in range(filled.shape[1]):
            both = held[rows, column][:, None] & held[:, column][None, :]
            total += np.where(both, (filled[rows, column][:, None] - filled[:, column][None, :]) ** 2, 0.0)
            shared += both
        apart = np.sqrt(total / np.maximum(shared, 1))
        kinds = np.unique(np.array(self.kinds), return_inverse=True)[1]
        enough = (shared >= LEAST_SHARED * filled.shape[1]) & (shared > 0)
        apart[~enough | (kinds[rows][:, None] != kinds[None, :])] = np.inf
        apart[np.arange(len(rows)), rows] = np.inf
        return apart, shared


@dataclass(frozen=True)
class Peers:
    """Each unit's peers, nearest first: units x count. `units` is -1 and `distances` NaN where there are not so many.

    Distances are in robust standard deviations of the context; `shared` counts the variables each rests on.
    """

    units: IntArray
    distances: FloatArray
    shared: IntArray
    variables: tuple[str, ...]
    notes: tuple[Note, ...]


def context_space(context: FloatArray, names: Sequence[str], *, kinds: Sequence[str] | None = None) -> ContextSpace:
    """Standardise context (units x names, NaN where missing) by median and scaled median absolute deviation.

    Where more than half of a variable is one value its standard deviation is used; one that is constant or wholly
    missing is left out and noted. Raise ValueError where shapes do not agree.
    """
    values = np.asarray(context, float)
    if values.ndim != 2 or values.shape[1] != len(names) or (kinds is not None and len(kinds) != len(values)):
        raise ValueError("context must be units x names, with a kind for each unit")
    columns, used, notes = [], [], []
    for name, column in zip(names, values.T, strict=True):
        known = column[np.isfinite(column)]
        width = 0.0
        if len(known):
            width = TO_NORMAL * float(np.median(np.abs(known - np.median(known)))) or float(known.std())
        if width <= 1e-12 * (float(np.abs(known).max()) if len(known) else 0.0):
            en = f"Context {name} is left out: it holds one value or none."
            notes.append(Note("context-left-out", 1, f"ไม่ใช้บริบท {name} เพราะมีค่าเดียวหรือไม่มีค่า", en))
            continue
        standing = np.where(np.isfinite(column), (column - np.median(known)) / width, np.nan)
        columns.append(np.clip(standing, -FARTHEST, FARTHEST))
        used.append(name)
    standings = np.column_stack(columns) if columns else np.empty((len(values), 0))
    return ContextSpace(standings, tuple(used), tuple(kinds or ("",) * len(values)), tuple(notes))


def nearest_peers(space: ContextSpace, *, count: int = USUAL_PEERS) -> Peers:
    """The `count` nearest units of each (10 to 15 is usual); equal distances go to the unit named first.

    Raise ValueError for a count below 1.
    """
    if count < 1:
        raise ValueError("a peer group needs at least one peer")
    total = len(space.standing)
    units = np.full((total, count), NOBODY, dtype=np.int64)
    distances, shared = np.full((total, count), np.nan), np.zeros((total, count), dtype=np.int64)
    for first in range(0, total, AT_ONCE):
        rows = np.arange(first, min(first + AT_ONCE, total))
        apart, both = space.distances(rows)
        order = np.argsort(np.round(apart, 10), axis=1, kind="stable")[:, :count]
        near = np.take_along_axis(apart, order, axis=1)
        found = np.isfinite(near)
        width = order.shape[1]
        units[rows, :width] = np.where(found, order, NOBODY)
        distances[rows, :width] = np.where(found, near, np.nan)
        shared[rows, :width] = np.where(found, np.take_along_axis(both, order, axis=1), 0)
    return Peers(units, distances, shared, space.variables, space.notes)
