"""GeoPackage and GeoParquet as tables, and packages that were made to do harm."""

from __future__ import annotations

import json
import sqlite3
import struct
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely

from wangge.cores.tables.archives import Limits
from wangge.cores.tables.errors import TableError
from wangge.cores.tables.reading import read_table, sheet_names

POINT = shapely.Point(111.29, 30.7)


def blob(wkb: bytes, flags: int = 1, envelope: int = 0) -> bytes:
    return (
        b"GP"
        + struct.pack("<BBi", 0, flags | envelope << 1, 4326)
        + b"\0" * (0, 32, 48, 48, 64)[envelope]
        + wkb
    )


def package(path: Path, blobs: list[object], more: str = "") -> Path:
    with sqlite3.connect(path) as database:
        database.executescript(
            "CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT);"
            "CREATE TABLE gpkg_geometry_columns (table_name TEXT, column_name TEXT, srs_id INTEGER);"
            "CREATE TABLE gpkg_spatial_ref_sys (srs_id INTEGER, organization TEXT, organization_coordsys_id INTEGER);"
            "INSERT INTO gpkg_contents VALUES ('houses', 'features');"
            "INSERT INTO gpkg_geometry_columns VALUES ('houses', 'geom', 4326);"
            "INSERT INTO gpkg_spatial_ref_sys VALUES (4326, 'EPSG', 4326);"
            "CREATE TABLE houses (fid INTEGER PRIMARY KEY, geom BLOB, name TEXT);"
        )
        database.executemany("INSERT INTO houses (geom, name) VALUES (?, '甲')", [[value] for value in blobs])
        database.executescript(more)
    database.close()
    return path


def refused(path: Path, **given: object) -> list[str]:
    with pytest.raises(TableError) as caught:
        read_table(path, **given)
    return [error.code for error in caught.value.errors]


def test_every_header_of_the_standard_is_read(tmp_path):
    spatial = [blob(POINT.wkb, envelope=code) for code in range(5)]
    big = b"GP" + struct.pack(">BBi", 0, 0, 4326) + shapely.to_wkb(POINT, byte_order=0)
    high = blob(shapely.to_wkb(shapely.Point(111.29, 30.7, 8), flavor="iso"))
    table = read_table(package(tmp_path / "a.gpkg", [*spatial, big, high, None, blob(b"", 0x11)]))
    assert table.columns == ("fid", "name", "geometry")
    assert (table.sheet, table.crs, table.errors) == ("houses", "EPSG:4326", ())
    texts = table.column("geometry")
    assert [shapely.from_geojson(text) for text in texts[:7]] == [POINT] * 7
    assert texts[7:] == ["", ""]
    assert table.row_numbers.tolist() == list(range(2, 11))
    assert sheet_names(tmp_path / "a.gpkg") == ("houses",)


def test_bytes_are_read_as_the_file_is(tmp_path):
    path = package(tmp_path / "a.gpkg", [blob(POINT.wkb)], "PRAGMA journal_mode = WAL;")
    assert read_table(path.read_bytes(), name="a.gpkg").rows == read_table(path).rows


@pytest.mark.parametrize(
    "value",
    [b"", b"GP", "text", blob(b"\x01\x02"), blob(POINT.wkb, 0x21), b"XX" + blob(POINT.wkb)[2:], blob(POINT.wkb)[:3] + b"\x0b" + b"\0" * 40],
)  # fmt: skip
def test_a_geometry_that_is_none_is_one_error_of_its_row(tmp_path, value):
    table = read_table(package(tmp_path / "a.gpkg", [blob(POINT.wkb), value]))
    assert [(error.sheet, error.row, error.column) for error in table.errors] == [("houses", 3, "geometry")]


def test_views_virtual_tables_and_generated_columns_never_run(tmp_path):
    path = package(
        tmp_path / "a.gpkg",
        [blob(POINT.wkb)],
        "ALTER TABLE houses ADD COLUMN bomb TEXT AS (printf('%.*c', 60000000, 'x')) VIRTUAL;"
        "CREATE VIEW endless AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n;"
        "CREATE VIRTUAL TABLE searched USING fts5(word);"
        "INSERT INTO gpkg_contents VALUES ('endless', 'features'), ('searched', 'attributes'), ('sqlite_master', 'features');",
    )
    assert sheet_names(path) == ("houses",)
    assert read_table(path).columns == ("fid", "name", "geometry")
    assert refused(path, sheet="endless") == ["missing_layer"]


def test_a_view_in_the_place_of_the_contents_is_no_package(tmp_path):
    path = tmp_path / "a.gpkg"
    with sqlite3.connect(path) as database:
        database.execute("CREATE VIEW gpkg_contents AS SELECT 'x' AS table_name, 'features' AS data_type")
    database.close()
    assert refused(path) == ["unknown_format"]


def test_the_file_is_never_written_to(tmp_path):
    path = package(tmp_path / "a.gpkg", [blob(POINT.wkb)])
    before = path.read_bytes()
    path.chmod(0o444)
    read_table(path)
    assert path.read_bytes() == before
    assert [file.name for file in tmp_path.iterdir()] == ["a.gpkg"]


def test_what_is_too_large_or_damaged_is_refused(tmp_path):
    path = package(tmp_path / "a.gpkg", [blob(POINT.wkb)] * 50)
    assert refused(path, limits=Limits(bytes=500)) == ["too_large"]
    assert refused(path, limits=Limits(boxes=100)) == ["too_large"]
    assert refused(package(tmp_path / "e.gpkg", [])) == ["empty_file"]
    whole = path.read_bytes()
    (tmp_path / "cut.gpkg").write_bytes(whole[:5000])
    assert refused(tmp_path / "cut.gpkg") == ["damaged_file"]
    (tmp_path / "torn.gpkg").write_bytes(whole[:100] + b"\xff" * 4000)
    assert refused(tmp_path / "torn.gpkg") == ["damaged_file"]


def test_text_that_is_no_utf8_is_damage(tmp_path):
    path = package(tmp_path / "a.gpkg", [blob(POINT.wkb)], "UPDATE houses SET name = CAST(x'ff41' AS TEXT);")
    assert refused(path) == ["damaged_file"]


@pytest.mark.parametrize(
    ("told", "crs"),
    [
        ({}, "OGC:CRS84"),
        ({"crs": {"id": {"authority": "EPSG", "code": 4546}}}, "EPSG:4546"),
        ({"crs": None}, None),
    ],
)
def test_geoparquet_names_its_shapes_and_its_system(tmp_path, told, crs):
    geo = {"primary_column": "geom", "columns": {"geom": {"encoding": "WKB", **told}}}
    table = pa.table({"geom": pa.array([POINT.wkb, b"\x01", None], pa.binary()), "n": [1, 2, 3]})
    pq.write_table(table.replace_schema_metadata({"geo": json.dumps(geo)}), tmp_path / "a.parquet")
    read = read_table(tmp_path / "a.parquet")
    assert (read.columns, read.crs) == (("geometry", "n"), crs)
    assert shapely.from_geojson(read.column("geometry")[0]) == POINT
    assert [(error.row, error.column) for error in read.errors] == [(3, "geometry")]
