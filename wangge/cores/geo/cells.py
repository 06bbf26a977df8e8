"""Unit grids: the cells of about 10,000 m² (万米单元网格) that tile a ground without gaps or overlaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

MOST = 1_000_000


class Cell(NamedTuple):
    """One unit grid: its row from the south, its column from the west (from 0), and its clipped shape."""

    row: int
    column: int
    shape: BaseGeometry


def square_cells(ground: BaseGeometry, area_m2: float = 10_000.0) -> list[Cell]:
    """Squares of `area_m2`, clipped to a ground in metres; those on its edge are smaller.

    The corners are whole multiples of the side from (0, 0) of the frame, so that the cells of two grounds that touch
    belong to one lattice. Rows are counted from the ground's own south-western square.

    :param ground: a valid Polygon or MultiPolygon, in metres.
    :returns: cells by row, then column; shapes are Polygons or MultiPolygons.
    :raises ValueError: for a ground that is empty or invalid, an area that is not positive, more than a million cells.
    """
    import shapely

    if not area_m2 > 0 or not ground.is_valid or ground.area == 0:
        raise ValueError("cells need a valid ground with an area, and an area of their own above 0")
    side = float(np.sqrt(area_m2))
    west, south, east, north = (float(bound) for bound in ground.bounds)
    columns = np.arange(np.floor(west / side), np.ceil(east / side))
    rows = np.arange(np.floor(south / side), np.ceil(north / side))
    if len(rows) * len(columns) > MOST:
        raise ValueError(
            f"{len(rows) * len(columns):,} cells are more than {MOST:,}: cut the ground into parts"
        )
    row, column = (grid.ravel() for grid in np.meshgrid(rows, columns, indexing="ij"))
    squares = shapely.box(column * side, row * side, (column + 1) * side, (row + 1) * side)
    shapely.prepare(ground)
    meets = shapely.intersects(ground, squares)
    row, column, squares = row[meets], column[meets], squares[meets]
    crossing = ~shapely.contains_properly(ground, squares)
    squares[crossing] = shapely.intersection(squares[crossing], ground)
    return [
        Cell(int(r - rows[0]), int(c - columns[0]), shape)
        for r, c, shape in zip(row, column, map(_flat, squares), strict=True)
        if shape.area > 0
    ]


def _flat(shape: BaseGeometry) -> BaseGeometry:
    """The areas of a clipped square, without the points and lines where it merely touches the edge."""
    import shapely

    if shape.geom_type != "GeometryCollection":
        return shape
    return shapely.union_all([part for part in shape.geoms if part.area > 0])
