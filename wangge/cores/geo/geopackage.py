"""GeoPackage files (OGC 12-128r18, version 1.3): layers of polygons and points in longitude and latitude, by sqlite3 alone."""

from __future__ import annotations

import contextlib
import os
import secrets
import sqlite3
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

APPLICATION_ID, USER_VERSION = 0x47504B47, 10300  # "GPKG", 1.3.0
SRS = 4490
_WKT = {
    4490: (
        'GEOGCS["China Geodetic Coordinate System 2000",DATUM["China_2000",SPHEROID["CGCS2000",6378137,298.257222101,'
        'AUTHORITY["EPSG","1024"]],AUTHORITY["EPSG","1043"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
        'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4490"]]'
    ),
    4326: (
        'GEOGCS["WGS 84",DATUM["WGS_1984",SPHEROID["WGS 84",6378137,298.257223563,AUTHORITY["EPSG","7030"]],'
        'AUTHORITY["EPSG","6326"]],PRIMEM["Greenwich",0,AUTHORITY["EPSG","8901"]],'
        'UNIT["degree",0.0174532925199433,AUTHORITY["EPSG","9122"]],AUTHORITY["EPSG","4326"]]'
    ),
}
_SCHEMA = """
CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
  organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
  description TEXT DEFAULT '', last_change DATETIME NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now')),
  min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE, srs_id INTEGER,
  CONSTRAINT fk_gc_r_srs_id FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys(srs_id));
CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL, geometry_type_name TEXT NOT NULL,
  srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL,
  CONSTRAINT pk_geom_cols PRIMARY KEY (table_name, column_name), CONSTRAINT uk_gc_table_name UNIQUE (table_name),
  CONSTRAINT fk_gc_tn FOREIGN KEY (table_name) REFERENCES gpkg_contents(table_name),
  CONSTRAINT fk_gc_srs FOREIGN KEY (srs_id) REFERENCES gpkg_spatial_ref_sys (srs_id));
"""


@dataclass(frozen=True)
class Layer:
    """One table of features.

    :param kind: `POINT` or `MULTIPOLYGON`; polygons are written as multipolygons of one.
    :param columns: names and SQL types (`TEXT`, `INTEGER`, `DOUBLE`) beside the key `fid` and the geometry `geom`.
    :param shapes: n geometries in degrees, longitude first; :param rows: n rows as long as `columns`.
    """

    name: str
    kind: str
    columns: Mapping[str, str]
    shapes: Sequence[Any]
    rows: Iterable[Sequence[object]]


def write_geopackage(path: Path, layers: Sequence[Layer]) -> None:
    """A GeoPackage in CGCS2000, whole or not at all: it takes the place of the file when everything is written."""
    part = path.with_name(f".{path.name}.{secrets.token_hex(8)}.part")
    try:
        with contextlib.closing(sqlite3.connect(part)) as book, book:
            book.execute(f"PRAGMA application_id = {APPLICATION_ID}")
            book.execute(f"PRAGMA user_version = {USER_VERSION}")
            book.executescript(_SCHEMA)
            book.executemany("INSERT INTO gpkg_spatial_ref_sys VALUES (?, ?, ?, ?, ?, ?)", _systems())
            for layer in layers:
                _write(book, layer)
        os.replace(part, path)
    except BaseException:
        part.unlink(missing_ok=True)
        raise


def _systems() -> list[tuple[str, int, str, int, str, str]]:
    return [
        ("Undefined cartesian SRS", -1, "NONE", -1, "undefined", "undefined cartesian coordinate reference system"),
        ("Undefined geographic SRS", 0, "NONE", 0, "undefined", "undefined geographic coordinate reference system"),
        ("WGS 84 geodetic", 4326, "EPSG", 4326, _WKT[4326], "longitude/latitude in degrees"),
        ("CGCS2000", SRS, "EPSG", SRS, _WKT[SRS], "longitude/latitude in degrees"),
    ]  # fmt: skip


def _write(book: sqlite3.Connection, layer: Layer) -> None:
    import shapely

    shapes = np.array([*layer.shapes, None], dtype=object)[:-1]
    shapes[shapely.is_empty(shapes)] = None
    if layer.kind == "MULTIPOLYGON":
        single = shapely.get_type_id(shapes) == 3
        shapes[single] = [shapely.MultiPolygon([shape]) for shape in shapes[single]]
    box = shapely.total_bounds(shapes).tolist() if len(shapes) else [float("nan")] * 4
    bounds = [None if value != value else value for value in box]  # NaN where there is nothing
    named = "".join(f", {_quoted(name)} {kind}" for name, kind in layer.columns.items())
    table = _quoted(layer.name)
    book.execute(
        f"CREATE TABLE {table} (fid INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL, geom {layer.kind}{named})"
    )
    book.execute(
        "INSERT INTO gpkg_contents (table_name, data_type, identifier, min_x, min_y, max_x, max_y, srs_id)"
        " VALUES (?, 'features', ?, ?, ?, ?, ?, ?)",
        [layer.name, layer.name, *bounds, SRS],
    )
    book.execute(
        "INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?, ?, 0, 0)", [layer.name, layer.kind, SRS]
    )
    names = ", ".join(["geom", *map(_quoted, layer.columns)])
    marks = ", ".join("?" * (1 + len(layer.columns)))
    rows = ((_blob(shape), *row) for shape, row in zip(shapes, layer.rows, strict=True))
    book.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", rows)  # noqa: S608 - names are quoted


def _blob(shape: Any) -> bytes | None:
    """A geometry's binary (clause 2.1.3): little endian, with an envelope but for points."""
    import shapely

    if shape is None:
        return None
    point = shape.geom_type == "Point"
    head = b"GP\x00" + struct.pack("<Bi", 0b001 if point else 0b011, SRS)
    west, south, east, north = shape.bounds
    envelope = b"" if point else struct.pack("<4d", west, east, south, north)
    return head + envelope + bytes(shapely.to_wkb(shape, byte_order=1))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
