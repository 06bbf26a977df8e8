"""The demo's town: the base map as GeoJSON, in longitude and latitude (CGCS2000), one feature a line."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from wangge.entry.demo.town.frame import Points, degrees
from wangge.entry.demo.town.geometry import rings
from wangge.entry.demo.town.ground import Ground, line_of
from wangge.entry.demo.town.layout import Layout
from wangge.entry.demo.town.roads import RANKS, Road
from wangge.entry.demo.town.water import bank, bridge, hills, river

LAYERS = ("communities", "roads", "water", "green", "compounds", "buildings")


class BaseMap:
    """Writes the layers as the town is built; `close` ends the files."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True)
        self._files: dict[str, IO[str]] = {}
        self._first = dict.fromkeys(LAYERS, True)
        for layer in LAYERS:
            self._files[layer] = (folder / f"{layer}.geojson").open("w", encoding="utf-8", newline="\n")
            crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::4490"}}
            head = json.dumps({"type": "FeatureCollection", "name": layer, "crs": crs})
            self._files[layer].write(head[:-1] + ', "features": [\n')

    def district(self, layout: Layout) -> None:
        """What is the district's: larger roads, the river and its bank."""
        for road in layout.roads.all:
            self._road(layout, road)
        self._polygons("water", [river(layout)], [{"name": layout.river, "kind": "river"}])
        green = [{"name": "滨江公园", "kind": "bank"}, {"name": "东山", "kind": "hills"}]
        self._polygons("green", [bank(layout), hills(layout)], green)
        name = f"{layout.district.name}{layout.river}大桥"
        self._line(
            bridge(layout),
            {"code": f"{layout.district.code}-R000", "name": name, "class": "bridge", "width": 30.0},
        )

    def community(self, ground: Ground) -> None:
        """What is one community's."""
        own = ground.community
        about = {"code": own.code, "name": own.short, "street": own.street, "street_name": own.street_name}
        self._polygons("communities", [ground.outline], [about])
        for road in ground.plots.roads:
            self._road(ground.layout, road)
        built = ground.built
        self._polygons(
            "green", built.parks, [{"name": f"{own.short}游园", "kind": "park"}] * len(built.parks)
        )
        self._polygons("water", built.ponds, [{"name": "", "kind": "pond"}] * len(built.ponds))
        names = [{"code": c.code, "name": c.name, "address": c.road + c.number} for c in built.compounds]
        self._polygons("compounds", [c.corners for c in built.compounds], names)
        houses = [
            {
                "code": b.code,
                "name": b.name or b.label,
                "use": b.use,
                "floors": b.floors,
                "address": b.road + b.number,
            }
            for b in built.buildings
        ]
        self._polygons("buildings", [b.corners for b in built.buildings], houses)

    def close(self) -> None:
        """End every file."""
        for file in self._files.values():
            file.write("\n]}\n")
            file.close()

    def _road(self, layout: Layout, road: Road) -> None:
        about = {
            "code": road.code,
            "name": road.name,
            "former_name": road.former_name,
            "class": RANKS[road.rank],
            "width": road.width,
            "community": road.community,
        }
        self._line(line_of(layout, road), about)

    def _line(self, line: Points, about: dict[str, Any]) -> None:
        self._feature("roads", "LineString", degrees(line).tolist(), about)

    def _polygons(self, layer: str, shapes: list[Points], properties: Iterable[dict[str, Any]]) -> None:
        for ring, about in zip(rings(shapes, closed=True), properties, strict=True):
            self._feature(layer, "Polygon", [ring.tolist()], about)

    def _feature(self, layer: str, kind: str, coordinates: list[Any], properties: dict[str, Any]) -> None:
        feature = {
            "type": "Feature",
            "properties": properties,
            "geometry": {"type": kind, "coordinates": coordinates},
        }
        file = self._files[layer]
        file.write("" if self._first[layer] else ",\n")
        self._first[layer] = False
        file.write(json.dumps(feature, ensure_ascii=False, separators=(",", ":")))
