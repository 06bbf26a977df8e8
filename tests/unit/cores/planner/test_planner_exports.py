"""A plan as GeoPackage and as a workbook: other programs read what was planned."""

from __future__ import annotations

import contextlib
import sqlite3

import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from planner_cities import city
from test_planner_command import NAMES, PLACES, buildings, write

from wangge.cores.planner.command import main


@pytest.fixture(scope="module")
def planned(tmp_path_factory):
    """The same buildings planned into each kind of file; one house alone is out of range."""
    folder = tmp_path_factory.mktemp("exports")
    rows = [*buildings(80), {"x": 20_000, "y": 30_000, "户数": 7, "社区": "=1+1"}]
    source = write(folder / "buildings.csv", rows)
    for end in ("csv", "gpkg", "xlsx"):
        assert main([str(source), *NAMES, *PLACES, "--out", str(folder / f"plan.{end}")]) == 0
    return folder


def rows_of(folder, table: str) -> list[dict[str, object]]:
    with contextlib.closing(sqlite3.connect(folder / "plan.gpkg")) as book:
        book.row_factory = sqlite3.Row
        return [dict(row) for row in book.execute(f"SELECT * FROM {table} ORDER BY fid")]  # noqa: S608


def shape_of(blob: bytes) -> shapely.Geometry:
    return shapely.from_wkb(blob[8 + (32 if blob[3] & 0b10 else 0) :])


def test_a_geopackage_has_every_unit_inside_its_grid(planned):
    grids = {row["grid"]: row for row in rows_of(planned, "grids")}
    units = rows_of(planned, "units")
    assert len(units) == 81
    for unit in units:
        grid = grids[unit["grid"]]
        assert shape_of(grid["geom"]).covers(shape_of(unit["geom"]))
        assert unit["community"] == grid["community"]
    assert sum(row["households"] for row in grids.values()) == sum(row["households"] for row in units)


def test_a_workbook_says_the_same(planned):
    book = openpyxl.load_workbook(planned / "plan.xlsx")
    assert book.sheetnames == ["grids", "units", "out of range"]
    heads = {sheet.title: [cell.value for cell in sheet[1]] for sheet in book}
    assert heads["out of range"] == ["grid", "community", "households", "buildings", "verdict", "reason"]
    units = [row[:2] for row in book["units"].iter_rows(min_row=2, values_only=True)]
    named = [line.split(",") for line in (planned / "plan.csv").read_text(encoding="utf-8").split()[1:]]
    # What would be a formula is marked as text in a workbook, and only there.
    assert [[unit, grid.removeprefix("'")] for unit, grid in units] == named
    out = list(book["out of range"].iter_rows(min_row=2, values_only=True))
    (alone,) = [row for row in out if row[2] == 7]
    assert alone[4] == "proven"
    assert "7 households" in alone[5]
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert all(cell.data_type != "f" for cell in cells)


def test_units_and_edges_make_a_workbook_too(tmp_path):
    units = city(3, 40)
    table = pa.table({"unit_id": units.ids, "x": units.x, "y": units.y, "households": units.households, "community": units.community})  # fmt: skip
    pq.write_table(table, tmp_path / "u.parquet")
    out = tmp_path / "plan.xlsx"
    assert main(["--units", str(tmp_path / "u.parquet"), "--out", str(out)]) == 0
    assert openpyxl.load_workbook(out)["units"].max_row == 41
