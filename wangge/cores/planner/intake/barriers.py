"""What nobody walks across - rivers, rails, arterial roads - but where a bridge or a crossing opens it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from wangge.cores.planner.records import Floats, Ints

Shapes = NDArray[np.object_]
OPENING_M = 10.0  # a barrier is open so far to each side of a bridge's middle
ON_M = 0.01  # who stands nearer to a barrier than this stands on it


class Barriers:
    """Lines and areas in metres, and their openings.

    :param shapes: lines and areas; points among them and empty ones bar nothing.
    :param openings: lines from one side to the other (`openings.across`): within `OPENING_M` of one, a barrier is open.
    """

    def __init__(self, shapes: Shapes, openings: Shapes | None = None) -> None:
        import shapely

        self.openings = np.empty(0, dtype=object) if openings is None else openings
        self.shapes = parts(shapes)
        self._closed = shapely.STRtree(self.shapes)
        gaps = shapely.union_all(shapely.buffer(self.openings, OPENING_M, cap_style="flat"))
        self._opened = shapely.STRtree(parts(shapely.difference(self.shapes, gaps)))

    def part(self, start: Floats, end: Floats, *, opened: bool = True) -> NDArray[np.bool_]:
        """Which straight ways (k x 2 to k x 2 metres) meet a barrier, outside its openings unless those are shut too."""
        import shapely

        ways = shapely.linestrings(np.stack([start, end], axis=1))
        met = np.zeros(len(ways), dtype=bool)
        tree = self._opened if opened else self._closed
        met[tree.query(ways, predicate="intersects")[0]] = True
        return met

    def under(self, places: Floats) -> NDArray[np.bool_]:
        """Which places (k x 2 metres) lie on a barrier."""
        import shapely

        found = np.zeros(len(places), dtype=bool)
        found[self._closed.query(shapely.points(places), predicate="dwithin", distance=ON_M)[0]] = True
        return found

    def sides(self, places: Floats) -> Ints:
        """The side on which each place (k x 2 metres) lies: places of two sides have a barrier between them all around.

        Openings part as well: what leads through them is a link of its own.
        """
        import shapely

        west, south, east, north = np.concatenate([places.min(axis=0) - 1.0, places.max(axis=0) + 1.0])
        frame = shapely.box(west, south, east, north)
        lines = [shapely.boundary(frame), *shapely.intersection(_lines(self.shapes), frame)]
        faces = shapely.get_parts(shapely.polygonize([shapely.union_all(lines)]))
        point, face = shapely.STRtree(faces).query(shapely.points(places), predicate="within")
        side = np.full(len(places), -1, np.int64)
        side[point] = face
        return side


def parts(shapes: Shapes) -> Shapes:
    """The lines and areas that shapes are made of."""
    import shapely

    found = shapely.get_parts(shapely.get_parts(shapes))
    found = found[~shapely.is_empty(found)]
    return found[shapely.get_dimensions(found) > 0]


def _lines(shapes: Shapes) -> Shapes:
    import shapely

    return np.where(shapely.get_dimensions(shapes) == 2, shapely.boundary(shapes), shapes)
