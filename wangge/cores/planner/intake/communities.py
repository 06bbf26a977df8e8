"""Which community a building is in, where polygons say so: exactly one, or a row in error."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from wangge.cores.messages.said import said
from wangge.cores.planner.intake.shapes import AREAS, Shapes, Source, read_layer
from wangge.cores.planner.records import Floats

if TYPE_CHECKING:
    from wangge.cores.planner.intake.checking import Checks

SLIVER_DEG = 1e-7  # 1 cm: borders that should meet may miss each other so far


@dataclass(frozen=True, eq=False)
class Communities:
    """Polygons of communities in longitude and latitude, each name once."""

    file: str
    names: tuple[str, ...]
    shapes: Shapes

    def of(self, checks: Checks, column: str, lon: Floats, lat: Floats) -> list[str]:
        """The community of each place; "" and an error at `column` for one that is in none. NaN has no error of its own.

        On the border of several, or where polygons overlap, the name that sorts first has it. A place in a gap of up to
        a centimetre belongs to the nearest.
        """
        import shapely

        from wangge.cores.geo.zones import ZoneIndex

        index = ZoneIndex(self.names, shapely.to_wkb(self.shapes).tolist(), sliver=SLIVER_DEG)
        found = index.locate_many(lon, lat)
        known = np.isfinite(lon) & np.isfinite(lat)
        outside = np.flatnonzero(known & np.array([name is None for name in found], dtype=bool))
        expected = said("a place inside a community of %(file)s", file=self.file)
        advice = said(
            "Check the place and the coordinate systems, or draw the community so that it holds the place."
        )
        checks.refuse(column, outside, "no_community", expected, advice)
        return [name or "" for name in found]


def read_communities(source: Source, name: str) -> Communities:
    """A file of polygons, one or more a community, named by a column.

    :raises TableError: naming every bad row.
    """
    import shapely

    layer = read_layer(source, AREAS, said("an area"))
    names = layer.checks.names(name)
    layer.checks.finish()
    order = sorted(set(names))
    mine: dict[str, list[object]] = {one: [] for one in order}
    for one, shape in zip(names, layer.shapes, strict=True):
        mine[one] += [part for part in shapely.get_parts(shape) if shapely.get_dimensions(part) == 2]
    shapes = np.empty(len(order), dtype=object)
    shapes[:] = [shapely.union_all(parts) for parts in mine.values()]
    shapes[shapely.is_empty(shapes)] = shapely.Polygon()
    return Communities(layer.checks.table.file, tuple(order), shapes)
