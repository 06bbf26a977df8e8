"""Vector tiles: shapes in degrees, cut into the squares of Web Mercator and written as Mapbox Vector Tiles 2.1.

The specification is short (https://github.com/mapbox/vector-tile-spec/tree/master/2.1) and stable; what is here is the
part of it that a city's map needs. A tile is its layers one after the other: ``b"".join(layer(…) for …)``.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

if TYPE_CHECKING:
    from shapely.geometry.base import BaseGeometry

EXTENT = 4096
"""Steps along the side of a tile."""
BUFFER = 64
"""Steps beyond the side that are given too, so that a border cut at the edge isn't drawn there."""
CLOSEST = 22

Properties = Mapping[str, str | int | float | bool | None]


class Tile(NamedTuple):
    """A square of the world: zoom, column from the west, row from the north."""

    z: int
    x: int
    y: int

    def exists(self) -> bool:
        """Whether there is such a square."""
        return 0 <= self.z <= CLOSEST and 0 <= self.x < 1 << self.z and 0 <= self.y < 1 << self.z

    def box(self, steps: float = 0.0) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees, with so many steps more on each side."""
        more, side = steps / EXTENT, 1 << self.z
        west, east = ((self.x + dx) / side * 360.0 - 180.0 for dx in (-more, 1 + more))
        south, north = (_latitude((self.y + dy) / side) for dy in (1 + more, -more))
        return west, south, east, north


def layer(
    name: str,
    tile: Tile,
    shapes: Sequence[BaseGeometry] | NDArray[np.object_],
    properties: Sequence[Properties],
    *,
    tolerance: float = 0.0,
) -> bytes:
    """One layer of a tile; empty where nothing of it can be seen.

    :param shapes: n points, lines or surfaces, in degrees.
    :param properties: n mappings; what is None or an empty string isn't written.
    :param tolerance: steps by which a line may be drawn beside itself (Douglas and Peucker 1973).
    """
    drawn = onto(tile, shapes, tolerance)
    keys: dict[str, int] = {}
    values: dict[tuple[type, str | int | float | bool], int] = {}
    features: list[bytes] = []
    for shape, said in zip(drawn, properties, strict=True):
        kind, commands = _commands(shape)
        if not commands:
            continue
        tags: list[int] = []
        for key, value in said.items():
            if value is not None and value != "":
                tags += (
                    keys.setdefault(key, len(keys)),
                    values.setdefault((type(value), value), len(values)),
                )
        features.append(_field(2, _field(2, _packed(tags)) + _number(3, kind) + _field(4, _packed(commands))))
    if not features:
        return b""
    body = [_number(15, 2), _field(1, name.encode()), *features]
    body += [_field(3, key.encode()) for key in keys]
    body += [_field(4, _value(value)) for _kind, value in values]
    body.append(_number(5, EXTENT))
    return _field(3, b"".join(body))


def onto(
    tile: Tile, shapes: Sequence[BaseGeometry] | NDArray[np.object_], tolerance: float = 0.0
) -> NDArray[np.object_]:
    """Shapes in steps of a tile from its north-western corner, y downwards, cut at its edge and buffer."""
    given = np.asarray(shapes, dtype=object)
    if not len(given):
        return given
    steps = shapely.transform(given, lambda degrees: _steps(tile, degrees))
    low, high = -BUFFER, EXTENT + BUFFER
    cut = shapely.clip_by_rect(steps, low, low, high, high)
    return shapely.simplify(cut, tolerance) if tolerance > 0 else cut


def _steps(tile: Tile, degrees: NDArray[np.float64]) -> NDArray[np.float64]:
    side = 1 << tile.z
    sine = np.sin(np.radians(np.clip(degrees[:, 1], -85.06, 85.06)))
    x = (degrees[:, 0] / 360.0 + 0.5) * side - tile.x
    y = (0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)) * side - tile.y
    return np.column_stack([x, y]) * EXTENT


def _latitude(y: float) -> float:
    return math.degrees(math.atan(math.sinh((0.5 - y) * 2 * math.pi)))


def _commands(shape: BaseGeometry) -> tuple[int, list[int]]:
    """The type (1 points, 2 lines, 3 surfaces) and commands of a shape in steps; no commands where nothing is left."""
    parts = list(_parts(shape))
    dimension = max((shapely.get_dimensions(part) for part in parts), default=-1)
    pen = _Pen()
    for part in parts:
        if shapely.get_dimensions(part) != dimension:
            continue  # a corner that a surface left on the edge
        if dimension == 0:
            pen.point(*_whole(part)[0])
        elif dimension == 1:
            pen.line(_whole(part))
        else:
            pen.ring(_whole(part.exterior), outside=True)
            for hole in part.interiors:
                pen.ring(_whole(hole), outside=False)
    return dimension + 1, pen.commands


class _Pen:
    """Writes moves and lines, each from where the one before ended."""

    def __init__(self) -> None:
        self.commands: list[int] = []
        self.x = self.y = 0
        self.open = False

    def point(self, x: int, y: int) -> None:
        self.commands += (1 | 1 << 3, *self._to(x, y))

    def line(self, points: list[tuple[int, int]]) -> None:
        points = _apart(points)
        if len(points) < 2:
            return
        self.point(*points[0])
        self._through(points[1:])

    def ring(self, points: list[tuple[int, int]], *, outside: bool) -> None:
        points = _apart(points[:-1])
        if points and points[0] == points[-1]:
            points.pop()
        area = _area(points)
        if outside:
            self.open = bool(area)
        if not area or not self.open or len(points) < 3:
            return  # smaller than a step, or a hole in what is
        # With y downwards an outer ring has a positive area, a hole a negative one.
        ordered = points if (area > 0) == outside else points[::-1]
        self.point(*ordered[0])
        self._through(ordered[1:])
        self.commands.append(7 | 1 << 3)

    def _through(self, points: list[tuple[int, int]]) -> None:
        self.commands.append(2 | len(points) << 3)
        for x, y in points:
            self.commands += self._to(x, y)

    def _to(self, x: int, y: int) -> tuple[int, int]:
        dx, dy, self.x, self.y = x - self.x, y - self.y, x, y
        return dx << 1 ^ dx >> 63, dy << 1 ^ dy >> 63


def _parts(shape: BaseGeometry) -> Iterator[BaseGeometry]:
    if shape is None or shape.is_empty:
        return
    if hasattr(shape, "geoms"):
        for one in shape.geoms:
            yield from _parts(one)
    else:
        yield shape


def _whole(line: BaseGeometry) -> list[tuple[int, int]]:
    points: list[tuple[int, int]] = [
        (x, y) for x, y in np.rint(shapely.get_coordinates(line)).astype(int).tolist()
    ]
    return points


def _apart(points: list[tuple[int, int]]) -> list[tuple[int, int]]:
    return [point for n, point in enumerate(points) if n == 0 or point != points[n - 1]]


def _area(points: list[tuple[int, int]]) -> int:
    """Twice the signed area."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(points, points[1:] + points[:1], strict=True))


# -- the wire format of Protocol Buffers ---------------------------------------------------------------------------------


def _varint(number: int) -> bytes:
    out = bytearray()
    while number > 0x7F:
        out.append(number & 0x7F | 0x80)
        number >>= 7
    out.append(number)
    return bytes(out)


def _packed(numbers: Iterable[int]) -> bytes:
    out = bytearray()
    for number in numbers:
        left = number
        while left > 0x7F:
            out.append(left & 0x7F | 0x80)
            left >>= 7
        out.append(left)
    return bytes(out)


def _field(number: int, content: bytes) -> bytes:
    return _varint(number << 3 | 2) + _varint(len(content)) + content


def _number(number: int, value: int) -> bytes:
    return _varint(number << 3) + _varint(value)


def _value(value: str | int | float | bool) -> bytes:
    if isinstance(value, bool):
        return _number(7, int(value))
    if isinstance(value, int):
        return _number(6, value << 1 ^ value >> 63)
    if isinstance(value, float):
        return _varint(3 << 3 | 1) + np.float64(value).tobytes()
    return _field(1, value.encode())
