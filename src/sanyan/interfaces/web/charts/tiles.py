"""The tile map: every area one tile of the same size, near its place, so that small and large offices weigh alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from sanyan.interfaces.web.charts.base import (
    drawing,
    element,
    glyph,
    hatch,
    joined,
    line,
    text,
)
from sanyan.interfaces.web.charts.grid import Point, Tile, TileGrid, tile_grid

SIZE, GAP = 15.0, 1.6
HEAD = 22.0
BETWEEN = 26.0


@dataclass(frozen=True)
class AreaTile:
    """One area on the map. `tone` is met, watch, help, soft or none; `title` says all that the tile says, in words."""

    key: str
    longitude: float | None
    latitude: float | None
    region: str
    tone: str
    title: str
    href: str


@dataclass(frozen=True)
class Layer:
    """Areas drawn as one map, under a heading."""

    name: str
    areas: tuple[AreaTile, ...]


def tile_map(layers: Sequence[Layer], *, key: str, label: str) -> SafeString:
    """Layers side by side, each on its own grid, with lines between regions. Each tile is a link."""
    drawn = [layer for layer in layers if layer.areas]
    grids = [_grid(layer) for layer in drawn]
    height = HEAD + max((grid.rows for grid in grids), default=1) * (SIZE + GAP)
    parts: list[object] = [hatch(key)]
    left = 0.0
    for layer, grid in zip(drawn, grids, strict=True):
        parts.append(text(left, 12, layer.name, "c-text-soft c-strong"))
        parts.append(_layer(layer, grid, left=left, key=key))
        left += max(grid.columns * (SIZE + GAP), 96) + BETWEEN
    return drawing(parts, width=max(left - BETWEEN, 60), height=height, label=label, group=True, pixels=True)


def _grid(layer: Layer) -> TileGrid:
    placed = [area for area in layer.areas if area.longitude is not None and area.latitude is not None]
    points = tuple(Point(area.key, area.longitude or 0.0, area.latitude or 0.0) for area in placed)
    grid = tile_grid(tuple(sorted(points, key=lambda point: point.key)))
    lost = [area for area in layer.areas if area.longitude is None or area.latitude is None]
    if not lost:
        return grid
    columns = max(grid.columns, 10)
    start = grid.rows + (1 if grid.rows else 0)
    below = tuple(Tile(area.key, i % columns, start + i // columns) for i, area in enumerate(lost))
    return TileGrid((*grid.tiles, *below), columns, start + (len(lost) - 1) // columns + 1)


def _layer(layer: Layer, grid: TileGrid, *, left: float, key: str) -> SafeString:
    areas = {area.key: area for area in layer.areas}
    tiles = [_tile(areas[tile.key], tile, left=left, key=key) for tile in sorted(grid.tiles, key=_reading_order)]
    return element("g", [*tiles, _borders(areas, grid, left)], data_roving="", role="group", aria_label=layer.name)


def _reading_order(tile: Tile) -> tuple[int, int]:
    return tile.row, tile.column


def _corner(tile: Tile, left: float) -> tuple[float, float]:
    return left + tile.column * (SIZE + GAP), HEAD + tile.row * (SIZE + GAP)


def _tile(area: AreaTile, tile: Tile, *, left: float, key: str) -> SafeString:
    x, y = _corner(tile, left)
    look = {"fill": f"url(#hatch-{key})"} if area.tone == "none" else {"class_": f"c-{area.tone}"}
    square = element("rect", x=x, y=y, width=SIZE, height=SIZE, rx=2, **look)
    mark = glyph(area.tone, x + SIZE / 2, y + SIZE / 2, SIZE)
    return element(
        "a",
        [element("title", area.title), square, mark],
        href=area.href,
        class_="tile",
        aria_label=area.title,
        data_x=tile.column,
        data_y=tile.row,
    )


def _borders(areas: dict[str, AreaTile], grid: TileGrid, left: float) -> SafeString:
    """Lines between neighbouring tiles of different regions, half-way in the gap."""
    at = {(tile.column, tile.row): areas[tile.key].region for tile in grid.tiles}
    lines = []
    step, middle = SIZE + GAP, GAP / 2
    for (column, row), region in sorted(at.items()):
        x, y = left + column * step - middle, HEAD + row * step - middle
        east, south = at.get((column + 1, row)), at.get((column, row + 1))
        if east is not None and east != region:
            lines.append(line(x + step, y, x + step, y + step, "c-region"))
        if south is not None and south != region:
            lines.append(line(x, y + step, x + step, y + step, "c-region"))
    return joined(lines)
