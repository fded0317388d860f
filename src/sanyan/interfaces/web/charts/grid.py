"""Put each area on a tile of its own near its place: the assignment that moves all of them the least."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from math import ceil, cos, radians, sqrt

import numpy as np
from numpy.typing import NDArray

MARGIN = 1
FILLED = 1.15
"""How full the land near the points becomes. Above 1, crowded places spread into their emptier neighbours, which
keeps the map small enough to stand beside the evidence."""


@dataclass(frozen=True)
class Point:
    """A place by name, in degrees."""

    key: str
    longitude: float
    latitude: float


@dataclass(frozen=True)
class Tile:
    """A cell of the grid: column from the west, row from the north."""

    key: str
    column: int
    row: int


@dataclass(frozen=True)
class TileGrid:
    """Tiles and the size of the grid that holds them."""

    tiles: tuple[Tile, ...]
    columns: int
    rows: int


@lru_cache(maxsize=32)
def tile_grid(points: tuple[Point, ...], filled: float = FILLED) -> TileGrid:
    """One tile a point; the same points always give the same tiles."""
    if not points:
        return TileGrid((), 0, 0)
    places = _flattened(points)
    cell = _cell_size(places, filled)
    wanted = (places - places.min(axis=0)) / cell + MARGIN
    columns, rows = (ceil(edge) + MARGIN + 1 for edge in wanted.max(axis=0))
    while columns * rows < len(points):
        columns, rows = columns + 1, rows + 1
    cells = np.array([(column, row) for row in range(rows) for column in range(columns)], dtype=float)
    distance = ((wanted[:, None, :] - cells[None, :, :]) ** 2).sum(axis=2)
    chosen = cells[assignment(distance)].astype(int)
    chosen -= chosen.min(axis=0)
    size = chosen.max(axis=0) + 1
    tiles = tuple(Tile(point.key, int(x), int(y)) for point, (x, y) in zip(points, chosen, strict=True))
    return TileGrid(tiles, int(size[0]), int(size[1]))


def _flattened(points: Sequence[Point]) -> NDArray[np.float64]:
    """Degrees as a flat plane with equal scales, y growing to the south."""
    middle = sum(point.latitude for point in points) / len(points)
    narrow = cos(radians(middle))
    return np.array([(point.longitude * narrow, -point.latitude) for point in points], dtype=float)


def _cell_size(places: NDArray[np.float64], filled: float) -> float:
    """Width of a cell such that the land near the points holds them at the wanted density."""
    width, height = np.maximum(places.max(axis=0) - places.min(axis=0), 1e-6)
    step = sqrt(width * height / len(places)) or 1.0
    occupied = {(int(x // step), int(y // step)) for x, y in (places - places.min(axis=0))}
    land = len(occupied) * step * step
    return sqrt(land * filled / len(places)) or 1.0


def assignment(cost: NDArray[np.float64]) -> NDArray[np.int64]:
    """For each row the column that makes the total cost least (rows <= columns).

    The Hungarian method with potentials (shortest augmenting paths), one row at a time, columns by numpy.
    """
    rows, columns = cost.shape
    row_price, column_price = np.zeros(rows + 1), np.zeros(columns + 1)
    taken_by = np.zeros(columns + 1, dtype=np.int64)
    for row in range(1, rows + 1):
        way = _cheapest_way(cost, row, row_price, column_price, taken_by)
        column = int(way[0])
        while column:
            before = int(way[column + 1])
            taken_by[column] = taken_by[before] if before else row
            column = before
    result = np.zeros(rows, dtype=np.int64)
    for column in range(1, columns + 1):
        if taken_by[column]:
            result[taken_by[column] - 1] = column - 1
    return result


def _cheapest_way(
    cost: NDArray[np.float64],
    row: int,
    row_price: NDArray[np.float64],
    column_price: NDArray[np.float64],
    taken_by: NDArray[np.int64],
) -> NDArray[np.int64]:
    """The path to a free column: entry 0 is that column, entry c + 1 the column before c. Prices are brought up."""
    columns = cost.shape[1]
    least = np.full(columns + 1, np.inf)
    before = np.zeros(columns + 1, dtype=np.int64)
    visited = np.zeros(columns + 1, dtype=bool)
    taken_by[0] = row
    here = 0
    while True:
        visited[here] = True
        at = int(taken_by[here])
        offer = cost[at - 1] - row_price[at] - column_price[1:]
        better = ~visited[1:] & (offer < least[1:])
        least[1:][better] = offer[better]
        before[1:][better] = here
        open_least = np.where(visited, np.inf, least)
        open_least[0] = np.inf
        nearest = int(open_least.argmin())
        step = open_least[nearest]
        row_price[taken_by[visited]] += step
        column_price[visited] -= step
        least[~visited] -= step
        here = nearest
        if taken_by[here] == 0:
            return np.concatenate(([here], before))
