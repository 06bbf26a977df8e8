"""Shapes of a file: read from a column of GeoJSON or WKT, and brought from any coordinate system into local metres."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from wangge.cores.messages.said import said
from wangge.cores.planner.intake.checking import Checks
from wangge.cores.planner.records import Floats

if TYPE_CHECKING:
    from wangge.cores.geo.frames import LocalMetres

Shapes = NDArray[np.object_]
GEOMETRY = "geometry"
POINTS, LINES, AREAS = (0, 4), (1, 2, 5), (3, 6)  # type ids of shapely
_AROUND_DEG = 0.05  # of what lies around a city's buildings, about 5 km count


@dataclass(frozen=True)
class Source:
    """A file and the layer or sheet of it that is meant; `crs` of its coordinates where that is said beside the file."""

    path: Path
    layer: str | None = None
    crs: str | None = None

    @classmethod
    def named(cls, text: str, crs: str | None = None) -> Source:
        """`city.gpkg#rivers` is layer rivers of city.gpkg, unless a file is really called so."""
        path, mark, layer = text.rpartition("#")
        if not mark or Path(text).exists():
            return cls(Path(text), None, crs)
        return cls(Path(path), layer, crs)


@dataclass(frozen=True, eq=False)
class Layer:
    """A file of shapes in longitude and latitude (CGCS2000), with its checks open for more."""

    checks: Checks
    shapes: Shapes

    def near(self, frame: LocalMetres, lon: Floats, lat: Floats) -> Shapes:
        """What of each shape lies near some places, in their frame's metres; empty for a shape that is far.

        :raises TableError: where none is near: then the coordinate system is another one than was said.
        """
        import shapely

        west, south, east, north = (float(edge) for edge in (lon.min(), lat.min(), lon.max(), lat.max()))
        box = shapely.box(west - _AROUND_DEG, south - _AROUND_DEG, east + _AROUND_DEG, north + _AROUND_DEG)
        shapely.prepare(box)
        shapes = self.shapes.copy()
        crossing = ~shapely.contains_properly(box, shapes)
        shapes[crossing] = shapely.intersection(shapes[crossing], box)
        if shapely.is_empty(shapes).all():
            raise _far(self.checks)
        return frame.to_metres(shapes)


def read_layer(source: Source, kinds: tuple[int, ...], expected: str) -> Layer:
    """A file of shapes of these kinds (type ids of shapely). Areas are made valid where their outline crosses itself.

    Without a word about it in the file or beside it, coordinates are longitude and latitude.

    :param expected: the kinds in words.
    :raises TableError: for a file that can't be read; what is wrong with its rows `checks.finish()` raises.
    """
    import shapely

    from wangge.cores.geo.datums import CGCS2000
    from wangge.cores.tables.reading import read_table

    checks = Checks(read_table(source.path, sheet=source.layer))
    shapes = shapes_of(checks)
    known = ~shapely.is_missing(shapes)
    other = known & ~np.isin(shapely.get_type_id(shapes), kinds)
    checks.refuse(GEOMETRY, np.flatnonzero(other), "other_shape", expected, said("Mend the geometry."))
    shapes[~known | other] = shapely.Point()
    shapes = to_degrees(shapes, source.crs or checks.table.crs or CGCS2000)
    broken = np.flatnonzero(~shapely.is_valid(shapes))
    shapes[broken] = shapely.make_valid(shapes[broken])
    return Layer(checks, shapes)


def shapes_of(checks: Checks) -> Shapes:
    """The shapes of a table's column `geometry`, GeoJSON or WKT, in the file's own coordinates; None where one is wrong."""
    import shapely

    texts = np.array([*checks.column(GEOMETRY), ""], dtype=object)
    json = np.array([text.startswith("{") for text in texts], dtype=bool)
    shapes = np.full(len(texts), None, dtype=object)
    shapes[json] = shapely.from_geojson(texts[json], on_invalid="ignore")
    shapes[~json] = shapely.from_wkt([text or None for text in texts[~json]], on_invalid="ignore")
    shapes = shapely.force_2d(shapes[:-1])
    finite = np.isfinite(shapely.bounds(shapes)).all(axis=1)  # NaN for a missing or an empty shape
    wrong = np.flatnonzero(~finite)
    expected, advice = said("a point or a shape with coordinates"), said("Mend the geometry.")
    checks.refuse(GEOMETRY, wrong, "no_geometry", expected, advice)
    shapes[wrong] = None
    return shapes


def to_degrees(shapes: Shapes, crs: str) -> Shapes:
    """Shapes in a coordinate system as longitude and latitude (CGCS2000); None stays None.

    :raises UnknownDatum: for a coordinate system that nobody knows.
    """
    import shapely

    from wangge.cores.geo.datums import convert

    moved: Shapes = shapely.transform(shapes, lambda x, y: convert(x, y, crs), interleaved=False)
    return moved


def _far(checks: Checks) -> Exception:
    from wangge.cores.tables.errors import refusal

    expected = said("shapes near the buildings")
    advice = said(
        "Check its coordinate system: a file that doesn't name its own has the one of --ground-crs."
    )
    return refusal(checks.table.file, "far_away", expected, advice, sheet=checks.table.sheet)
