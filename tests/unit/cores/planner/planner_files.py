"""Files of shapes in every format, written by the plainest means."""

from __future__ import annotations

import csv
import json
import sqlite3
import struct
from pathlib import Path

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import shapely

Row = dict[str, object]


def write(path: Path, rows: list[Row], layer: str = "buildings", epsg: int = 4490) -> Path:
    """Rows whose `geometry`, if they have one, is a shape in degrees."""
    {
        ".csv": _csv, ".xlsx": _xlsx, ".geojson": _geojson, ".parquet": _parquet,
        ".gpkg": lambda *given: geopackage(*given, layer, epsg),
    }[path.suffix](path, rows)  # fmt: skip
    return path


def _spelt(row: Row) -> Row:
    return {name: v.wkt if isinstance(v, shapely.Geometry) else v for name, v in row.items()}


def _csv(path: Path, rows: list[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(map(_spelt, rows))


def _xlsx(path: Path, rows: list[Row]) -> None:
    book = openpyxl.Workbook()
    book.active.append(list(rows[0]))
    for row in rows:
        book.active.append(list(_spelt(row).values()))
    book.save(path)


def _geojson(path: Path, rows: list[Row]) -> None:
    features = [
        {
            "type": "Feature",
            "properties": {name: value for name, value in row.items() if name != "geometry"},
            "geometry": shapely.geometry.mapping(row["geometry"]),
        }
        for row in rows
    ]
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def _parquet(path: Path, rows: list[Row]) -> None:
    table = pa.Table.from_pylist([{**row, "geometry": row["geometry"].wkb} for row in rows])
    told = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": {"encoding": "WKB"}}}
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(told)}), path)


def blob(shape: shapely.Geometry | None, epsg: int, envelope: int = 0) -> bytes | None:
    """A geometry with a GeoPackage's header; `envelope` is the code of the bounds in it."""
    if shape is None:
        return None
    bounds = b"\0" * (0, 32, 48, 48, 64)[envelope]
    return b"GP" + struct.pack("<BBi", 0, 1 | envelope << 1, epsg) + bounds + shape.wkb


def geopackage(path: Path, rows: list[Row], layer: str = "buildings", epsg: int = 4490) -> Path:
    """A layer of a GeoPackage; a further one of a package that is there."""
    names = [name for name in rows[0] if name != "geometry"]
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE IF NOT EXISTS gpkg_contents (table_name TEXT, data_type TEXT, srs_id INTEGER);"
            "CREATE TABLE IF NOT EXISTS gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);"
            "CREATE TABLE IF NOT EXISTS gpkg_spatial_ref_sys (srs_id INTEGER UNIQUE, organization TEXT, organization_coordsys_id INTEGER);"
        )
        database.execute("INSERT OR IGNORE INTO gpkg_spatial_ref_sys VALUES (?, 'epsg', ?)", [epsg, epsg])
        database.execute("INSERT INTO gpkg_contents VALUES (?, 'features', ?)", [layer, epsg])
        database.execute("INSERT INTO gpkg_geometry_columns VALUES (?, 'geom', ?)", [layer, epsg])
        columns = ", ".join(f'"{name}"' for name in names)
        database.execute(f'CREATE TABLE "{layer}" (fid INTEGER PRIMARY KEY, geom BLOB, {columns})')
        marks = ", ".join("?" * (len(names) + 1))
        database.executemany(
            f'INSERT INTO "{layer}" (geom, {columns}) VALUES ({marks})',
            [[blob(row["geometry"], epsg, 1), *(row[name] for name in names)] for row in rows],
        )
    database.close()
    return path
