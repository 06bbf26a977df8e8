"""Vector tiles are read back by a reader written from the specification, not from the writer."""

from __future__ import annotations

import itertools
import math
import random

import pytest
import shapely

from wangge.cores.geo.tiles import BUFFER, EXTENT, Tile, layer, onto

TILE = Tile(15, 26513, 13445)


def varint(data, at):
    number = shift = 0
    while True:
        byte = data[at]
        number |= (byte & 0x7F) << shift
        at, shift = at + 1, shift + 7
        if byte < 0x80:
            return number, at


def fields(data):
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        number, wire = key >> 3, key & 7
        if wire == 0:
            value, at = varint(data, at)
        elif wire == 1:
            value, at = data[at : at + 8], at + 8
        else:
            size, at = varint(data, at)
            value, at = data[at : at + size], at + size
        yield number, value


def numbers(data):
    at, found = 0, []
    while at < len(data):
        number, at = varint(data, at)
        found.append(number)
    return found


def signed(number):
    return number >> 1 ^ -(number & 1)


def paths(commands):
    """Rings or lines as lists of steps; a ring ends as it began."""
    x = y = at = 0
    found: list[list[tuple[int, int]]] = []
    while at < len(commands):
        command, times = commands[at] & 7, commands[at] >> 3
        at += 1
        if command == 7:
            found[-1].append(found[-1][0])
            continue
        for _ in range(times):
            x, y, at = x + signed(commands[at]), y + signed(commands[at + 1]), at + 2
            if command == 1:
                found.append([])
            found[-1].append((x, y))
    return found


def read(data):
    """Layers by name: a list of (type, paths, properties)."""
    found = {}
    for number, content in fields(data):
        assert number == 3
        parts = list(fields(content))
        name = next(value for n, value in parts if n == 1).decode()
        keys = [value.decode() for n, value in parts if n == 3]
        values = [next(iter(fields(value))) for n, value in parts if n == 4]
        assert dict(parts)[15] == 2
        assert dict(parts)[5] == EXTENT
        found[name] = []
        for n, value in parts:
            if n == 2:
                feature = dict(fields(value))
                tags = numbers(feature.get(2, b""))
                said = {
                    keys[key]: worth(values[value]) for key, value in zip(tags[::2], tags[1::2], strict=True)
                }
                found[name].append((feature[3], paths(numbers(feature[4])), said))
    return found


def worth(value):
    number, content = value
    return {1: lambda: content.decode(), 6: lambda: signed(content), 7: lambda: bool(content)}[number]()


def area(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in itertools.pairwise(ring)) / 2


def test_a_tile_is_where_the_world_says():
    # The tile of a known place, by the formulas of every slippy map: Yichang's Xueyuan Street at zoom 15.
    west, south, east, north = TILE.box()
    assert west == pytest.approx(26513 / 2**15 * 360 - 180)
    assert west < 111.2857 < east
    assert south < 30.7 < north
    assert east - west == pytest.approx(360 / 2**15)
    assert math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * 13445 / 2**15)))) == pytest.approx(north)


def test_what_is_written_is_read_back_with_all_that_is_said():
    west, south, east, north = TILE.box()
    middle = ((west + east) / 2, (south + north) / 2)
    line = shapely.LineString([(west, middle[1]), middle])
    said = {"name": "沿江大道", "rank": 1, "lit": True, "left": -3, "none": None, "empty": ""}
    ((kind, (path,), properties),) = read(layer("road", TILE, [line], [said]))["road"]
    assert kind == 2
    assert properties == {"name": "沿江大道", "rank": 1, "lit": True, "left": -3}
    assert path[0][0] == 0
    assert path[-1] == pytest.approx((EXTENT / 2, EXTENT / 2), abs=2)


def test_rings_turn_as_the_specification_wants_whichever_way_they_came():
    west, south, east, north = TILE.box()
    side = (east - west) / 8
    outer = shapely.box(west + side, south + side, east - side, north - side)
    hole = shapely.box(west + 2 * side, south + 2 * side, west + 3 * side, south + 3 * side)
    yard = outer.difference(hole)
    for shape in (yard, yard.reverse(), shapely.normalize(yard)):
        ((kind, (ring, inner), _said),) = read(layer("grid", TILE, [shape], [{}]))["grid"]
        assert kind == 3
        assert area(ring) > 0 > area(inner)
        assert ring[0] == ring[-1]
        assert inner[0] == inner[-1]


def test_random_surfaces_keep_their_ground():
    chance = random.Random(4)
    west, south, east, north = TILE.box()
    for _ in range(60):
        corners = [(chance.uniform(west, east), chance.uniform(south, north)) for _ in range(7)]
        shape = shapely.convex_hull(shapely.MultiPoint(corners))
        ((_kind, (ring,), _said),) = read(layer("building", TILE, [shape], [{}]))["building"]
        (exact,) = onto(TILE, [shape])
        assert shapely.Polygon(ring).symmetric_difference(exact).area < 2 * exact.length + 4


def test_what_lies_outside_is_cut_at_the_buffer_and_what_can_not_be_seen_is_left_out():
    west, south, east, north = TILE.box()
    wide = east - west
    ((_kind, (ring,), _said),) = read(
        layer("water", TILE, [shapely.box(west - wide, south - wide, east, north)], [{}])
    )["water"]
    assert min(x for x, _y in ring) == -BUFFER
    assert max(y for _x, y in ring) == EXTENT + BUFFER
    far = shapely.box(west - 3 * wide, south, west - 2 * wide, north)
    speck = shapely.box(west + wide / 2, south + wide / 2, west + wide / 2 + 1e-9, south + wide / 2 + 1e-9)
    assert layer("water", TILE, [far, speck], [{}, {}]) == b""


def test_a_broken_ring_is_seen_by_the_reader():
    """The reader can fail: a tile whose bytes are cut isn't read as a smaller one."""
    west, south, east, north = TILE.box()
    whole = layer("water", TILE, [shapely.box(west, south, east, north)], [{"name": "长江"}])
    with pytest.raises((IndexError, KeyError, AssertionError, ValueError, UnicodeDecodeError)):
        assert read(whole[:-4]) == read(whole)


def test_there_are_no_tiles_beyond_the_world():
    assert Tile(3, 7, 7).exists()
    assert not Tile(3, 8, 0).exists()
    assert not Tile(3, 0, -1).exists()
    assert not Tile(-1, 0, 0).exists()
