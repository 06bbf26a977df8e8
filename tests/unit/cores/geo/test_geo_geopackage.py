"""GeoPackage: what the standard asks for, read back without the code that wrote it."""

from __future__ import annotations

import contextlib
import sqlite3
import struct

import numpy as np
import pytest
import shapely

from wangge.cores.geo.geopackage import Layer, write_geopackage

SQUARE, ISLANDS = (
    shapely.box(111, 30, 111.1, 30.1),
    shapely.MultiPolygon([shapely.box(112, 31, 113, 32), shapely.box(114, 31, 115, 33)]),
)


def layers(rows=(("甲,'\"", 3), ("=1+1", None), ("", 0))):
    grids = Layer("grids", "MULTIPOLYGON", {"编码": "TEXT", "households": "INTEGER"}, [SQUARE, ISLANDS, shapely.Polygon()], rows)  # fmt: skip
    return [grids, Layer("units", "POINT", {"unit": "TEXT"}, [shapely.Point(111.05, 30.05)], [("a",)])]


def unpacked(blob: bytes) -> tuple[shapely.Geometry, tuple[float, ...]]:
    """Clause 2.1.3 of the standard, by hand."""
    magic, version, flags, srs = struct.unpack("<2sBBi", blob[:8])
    assert (magic, version, srs) == (b"GP", 0, 4490)
    assert flags & 0b1  # little endian
    size = {0: 0, 1: 32}[flags >> 1 & 0b111]
    return shapely.from_wkb(blob[8 + size :]), struct.unpack(f"<{size // 8}d", blob[8 : 8 + size])


def test_it_is_a_geopackage(tmp_path):
    path = tmp_path / "plan.gpkg"
    write_geopackage(path, layers())
    head = path.read_bytes()[:100]
    assert head[:16] == b"SQLite format 3\0"
    assert head[68:72] == b"GPKG"
    assert struct.unpack(">i", head[60:64]) == (10300,)
    with contextlib.closing(sqlite3.connect(path)) as book:
        assert book.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert book.execute("PRAGMA foreign_key_check").fetchall() == []
        assert {row[0] for row in book.execute("SELECT srs_id FROM gpkg_spatial_ref_sys")} == {
            -1,
            0,
            4326,
            4490,
        }
        contents = book.execute(
            "SELECT table_name, data_type, min_x, min_y, max_x, max_y, srs_id FROM gpkg_contents"
        )
        assert contents.fetchall() == [
            ("grids", "features", 111.0, 30.0, 115.0, 33.0, 4490),
            ("units", "features", 111.05, 30.05, 111.05, 30.05, 4490),
        ]
        columns = book.execute("SELECT * FROM gpkg_geometry_columns").fetchall()
        assert columns == [
            ("grids", "geom", "MULTIPOLYGON", 4490, 0, 0),
            ("units", "geom", "POINT", 4490, 0, 0),
        ]


def test_shapes_and_values_come_back(tmp_path):
    path = tmp_path / "plan.gpkg"
    write_geopackage(path, layers())
    with contextlib.closing(sqlite3.connect(path)) as book:
        rows = book.execute('SELECT fid, geom, "编码", households FROM grids ORDER BY fid').fetchall()
        (point,) = book.execute("SELECT geom FROM units").fetchone()
    assert [row[2:] for row in rows] == [("甲,'\"", 3), ("=1+1", None), ("", 0)]
    first, envelope = unpacked(rows[0][1])
    assert first.geom_type == "MultiPolygon"
    assert first.equals(SQUARE)
    assert envelope == pytest.approx((111.0, 111.1, 30.0, 30.1))
    assert unpacked(rows[1][1])[0].equals(ISLANDS)
    assert rows[2][1] is None
    assert unpacked(point) == (shapely.Point(111.05, 30.05), ())


def test_it_is_whole_or_not_at_all(tmp_path):
    path = tmp_path / "plan.gpkg"
    path.write_bytes(b"older")
    with pytest.raises(ValueError, match="zip"):
        write_geopackage(path, layers(rows=[("one", 1)]))
    assert path.read_bytes() == b"older"
    assert list(tmp_path.iterdir()) == [path]


def test_the_same_name_twice_is_replaced_and_empty_layers_are_legal(tmp_path):
    path = tmp_path / "plan.gpkg"
    for _ in range(2):
        write_geopackage(path, [Layer("empty_ones", "POINT", {}, np.empty(0, dtype=object), [])])
    with contextlib.closing(sqlite3.connect(path)) as book:
        assert book.execute("SELECT min_x, max_y FROM gpkg_contents").fetchall() == [(None, None)]
        assert book.execute("SELECT count(*) FROM empty_ones").fetchone() == (0,)
