"""`wangge plan`: files in, files out, errors that name the row, and nothing left behind."""

from __future__ import annotations

import csv
import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from planner_cities import check, city

from wangge.cores.geo.datums import convert
from wangge.cores.geo.frames import LocalMetres
from wangge.cores.planner.command import main
from wangge.cores.planner.neighbours import neighbours
from wangge.cores.planner.records import Units

NAMES = ("--households", "户数", "--community", "社区")
PLACES = ("--x", "x", "--y", "y", "--crs", "EPSG:3414")


def buildings(count: int = 120) -> list[dict[str, object]]:
    """Rows of a building file in Singapore's plane."""
    drawn = city(1, count, 2)
    rows = zip(drawn.x + 28_000, drawn.y + 38_000, drawn.households, drawn.community, strict=True)
    return [
        {"x": round(x, 1), "y": round(y, 1), "户数": int(households), "社区": name}
        for x, y, households, name in rows
    ]


def write(path: Path, rows: list[dict[str, object]]) -> Path:
    if path.suffix == ".csv":
        with path.open("w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, rows[0])
            writer.writeheader()
            writer.writerows(rows)
    elif path.suffix == ".xlsx":
        book = openpyxl.Workbook()
        book.active.append(list(rows[0]))
        for row in rows:
            book.active.append(list(row.values()))
        book.save(path)
    elif path.suffix == ".parquet":
        pq.write_table(pa.Table.from_pylist(rows), path)
    else:
        lon, lat = convert([row["x"] for row in rows], [row["y"] for row in rows], "EPSG:3414")
        features = [
            {
                "type": "Feature",
                "properties": {key: value for key, value in row.items() if key not in "xy"},
                "geometry": json.loads(shapely.to_geojson(shapely.Point(a, b).buffer(1e-4))),
            }
            for row, a, b in zip(rows, lon, lat, strict=True)
        ]
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
    return path


def memberships(path: Path) -> list[str]:
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["row"] for row in rows] == [str(i + 1) for i in range(len(rows))]
    return [row["grid"] for row in rows]


def refused(arguments: list[object], capsys, out: Path, status: int = 1) -> list[str]:
    """Run a command that must fail; returns what it said. Nothing may be left behind, an older file untouched."""
    before = sorted(out.parent.iterdir())
    assert main([str(argument) for argument in arguments]) == status
    said = capsys.readouterr()
    assert said.out == ""
    assert sorted(out.parent.iterdir()) == before
    return said.err.splitlines()


@pytest.mark.parametrize("suffix", [".csv", ".xlsx", ".parquet"])
def test_each_format_gives_the_same_plan(tmp_path, capsys, suffix):
    rows = buildings()
    reference, out = tmp_path / "reference.csv", tmp_path / "out.csv"
    assert main([str(write(tmp_path / "in.csv", rows)), *NAMES, *PLACES, "--out", str(reference)]) == 0
    assert main([str(write(tmp_path / f"b{suffix}", rows)), *NAMES, *PLACES, "--out", str(out)]) == 0
    assert out.read_bytes() == reference.read_bytes()
    grids = memberships(out)
    assert len(grids) == len(rows)
    sizes: dict[str, int] = {}
    for row, grid in zip(rows, grids, strict=True):
        assert grid.startswith(str(row["社区"]))
        sizes[grid] = sizes.get(grid, 0) + int(row["户数"])
    assert sum(sizes.values()) == sum(int(row["户数"]) for row in rows)
    said = capsys.readouterr().out
    assert "120 buildings" in said
    assert f"{len(sizes)} grids in" in said
    assert str(out) in said


def test_polygons_in_degrees(tmp_path, capsys):
    rows = buildings()
    source, out, members = write(tmp_path / "b.csv", rows), tmp_path / "grids.geojson", tmp_path / "grids.csv"
    assert main([str(source), *NAMES, *PLACES, "--out", str(out)]) == 0
    assert main([str(source), *NAMES, *PLACES, "--out", str(members)]) == 0
    features = json.loads(out.read_text(encoding="utf-8"))["features"]
    shapes = {f["properties"]["grid"]: shapely.from_geojson(json.dumps(f["geometry"])) for f in features}
    assert all(set(f["properties"]) == {"grid", "households", "buildings", "community"} for f in features)
    assert sum(f["properties"]["households"] for f in features) == sum(int(row["户数"]) for row in rows)
    assert sum(f["properties"]["buildings"] for f in features) == len(rows)
    every = np.array(list(shapes.values()), dtype=object)
    assert shapely.is_valid(every).all()
    assert shapely.union_all(every).area == pytest.approx(shapely.area(every).sum(), rel=1e-6)
    lon, lat = convert([row["x"] for row in rows], [row["y"] for row in rows], "EPSG:3414")
    for a, b, grid in zip(lon, lat, memberships(members), strict=True):
        assert shapely.intersects_xy(shapes[grid], a, b)


@pytest.mark.parametrize("umask, mode", [(0o022, 0o644), (0o002, 0o664), (0o077, 0o600)])
@pytest.mark.parametrize("suffix", [".csv", ".geojson"])
def test_a_plan_is_as_open_as_the_umask_lets_it(tmp_path, umask, mode, suffix):
    out = tmp_path / f"out{suffix}"
    before = os.umask(umask)
    try:
        assert main([str(write(tmp_path / "in.csv", buildings(20))), *NAMES, *PLACES, "--out", str(out)]) == 0
    finally:
        os.umask(before)
    assert out.stat().st_mode & 0o777 == mode
    assert [path.name for path in tmp_path.glob("*.part")] == []


def test_shapes_say_where_buildings_are(tmp_path):
    rows = buildings()
    plain, shaped = tmp_path / "a.csv", tmp_path / "b.csv"
    middles = ("--neighbours", "proximity", "--out", str(shaped))
    assert main([str(write(tmp_path / "b.geojson", rows)), *NAMES, *middles]) == 0
    assert main([str(write(tmp_path / "in.csv", rows)), *NAMES, *PLACES, "--out", str(plain)]) == 0
    assert memberships(shaped) == memberships(plain)


def test_an_offset_datum_is_undone(tmp_path):
    lon, lat = np.random.default_rng(1).uniform(0, 0.01, (2, 80))
    shifted = convert(111.28 + lon, 30.68 + lat, "WGS-84", "BD-09")
    rows = [{"x": a, "y": b, "户数": 40, "社区": "c"} for a, b in zip(*shifted, strict=True)]
    out = tmp_path / "out.geojson"
    source = write(tmp_path / "b.csv", rows)
    assert main([str(source), *NAMES, "--x", "x", "--y", "y", "--crs", "BD-09", "--out", str(out)]) == 0
    shapes = [
        shapely.from_geojson(json.dumps(f["geometry"])) for f in json.loads(out.read_text())["features"]
    ]
    assert shapely.intersects_xy(shapely.union_all(shapes), 111.28 + lon, 30.68 + lat).all()


def test_units_and_edges(tmp_path, capsys):
    drawn = city(3, 200, 3)
    edges = neighbours(drawn)
    table = {
        "unit_id": [f"way/{i}" for i in range(200)],
        "x": drawn.x,
        "y": drawn.y,
        "households": drawn.households,
        "community": drawn.community,
    }
    pq.write_table(pa.table(table), tmp_path / "units.parquet")
    pq.write_table(pa.table({"u": edges.u, "v": edges.v, "len_m": edges.len_m}), tmp_path / "edges.parquet")
    out, alone = tmp_path / "plan.csv", tmp_path / "alone.csv"
    given = ["--units", str(tmp_path / "units.parquet")]
    assert main([*given, "--edges", str(tmp_path / "edges.parquet"), "--out", str(out), "--seed", "5"]) == 0
    assert main([*given, "--out", str(alone), "--seed", "5"]) == 0
    assert alone.read_bytes() == out.read_bytes()
    with out.open(encoding="utf-8", newline="") as file:
        lines = list(csv.reader(file))
    assert lines[0] == ["unit_id", "grid_id"]
    assert [line[0] for line in lines[1:]] == table["unit_id"]
    labels = np.unique([line[1] for line in lines[1:]], return_inverse=True)[1]
    for grid in range(labels.max() + 1):
        assert len({drawn.community[row] for row in np.flatnonzero(labels == grid)}) == 1


def test_a_former_plan_is_kept(tmp_path, capsys):
    drawn = city(1, 80)
    table = {"unit_id": drawn.ids, "x": drawn.x, "y": drawn.y, "community": drawn.community}
    pq.write_table(pa.table({**table, "households": drawn.households}), tmp_path / "units.parquet")
    given = ["--units", str(tmp_path / "units.parquet"), "--out", str(tmp_path / "plan.csv")]
    assert main([*given, "--workers", "1"]) == 0
    first = (tmp_path / "plan.csv").read_text()
    (tmp_path / "former.csv").write_text(first)
    capsys.readouterr()
    assert main([*given, "--former", str(tmp_path / "former.csv")]) == 0
    assert (tmp_path / "plan.csv").read_text() == first
    assert "households moved: 0 (0.00 %)" in capsys.readouterr().out
    # A unit that had been in another grid than its neighbours comes back, or is where it was: every move is said.
    lines = first.splitlines()
    name = lines[1].split(",")[0]
    (tmp_path / "former.csv").write_text("\n".join([lines[0], f"{name},elsewhere", *lines[2:]]) + "\n")
    assert main([*given, "--former", str(tmp_path / "former.csv")]) == 0
    said = capsys.readouterr().out
    assert f"  {name}: {drawn.households[0]} households from elsewhere to " in said
    assert "grids that are gone: elsewhere" in said
    (tmp_path / "former.csv").write_text("unit_id,grid_id,households\nb0,g,1\nb0,g,x\n")
    said = refused(
        [*given[:3], str(tmp_path / "no.csv"), "--former", tmp_path / "former.csv"],
        capsys,
        tmp_path / "no.csv",
    )
    assert said[0].startswith("former.csv, row 3, column")


def test_every_bad_row_is_named_and_nothing_is_written(tmp_path, capsys):
    rows = buildings(10)
    rows[0]["户数"] = -3
    rows[2]["户数"] = "many"
    rows[3]["x"] = ""
    rows[4]["y"] = "nan"
    rows[5]["社区"] = ""
    rows[6]["x"] = 900_000
    rows[7]["户数"] = 2.5
    rows[8]["户数"], rows[8]["x"] = "", "inf"
    out = tmp_path / "out.csv"
    out.write_text("older")
    said = refused([write(tmp_path / "b.csv", rows), *NAMES, *PLACES, "--out", out], capsys, out)
    assert out.read_text() == "older"
    places = [line.split(": ")[0] for line in said[:-1]]
    assert places == [
        "b.csv, row 2, column '户数'",
        "b.csv, row 4, column '户数'",
        "b.csv, row 5, column 'x'",
        "b.csv, row 6, column 'y'",
        "b.csv, row 7, column '社区'",
        "b.csv, row 8, column 'x'",
        "b.csv, row 9, column '户数'",
        "b.csv, row 10, column 'x'",
        "b.csv, row 10, column '户数'",
    ]
    assert "found '-3', expected a number from 0" in said[0]
    assert "within the area of EPSG:3414" in said[5]
    assert "Nothing was written" in said[-1]


def test_a_hundred_bad_rows_are_named_and_the_rest_counted(tmp_path, capsys):
    rows = [{**row, "户数": "?", "x": "?"} for row in buildings(150)]
    out = tmp_path / "out.geojson"
    said = refused([write(tmp_path / "b.csv", rows), *NAMES, *PLACES, "--out", out], capsys, out)
    assert len({line.split(", column")[0] for line in said[:-2]}) == 100
    assert said[-2] == "… and 200 more errors"


def test_swapped_axes_and_lost_shapes(tmp_path, capsys):
    out = tmp_path / "out.csv"
    rows = [{"x": 30.69, "y": 111.29, "户数": 3, "社区": "c"}]
    source = write(tmp_path / "b.csv", rows)
    said = refused([source, *NAMES, "--x", "x", "--y", "y", "--crs", "CGCS2000", "--out", out], capsys, out)
    assert "row 2" in said[0]
    assert "their order" in said[0]
    (tmp_path / "b.geojson").write_text(
        json.dumps(
            {
                "type": "FeatureCollection",
                "features": [
                    {"type": "Feature", "properties": {"户数": 1, "社区": "c"}, "geometry": None},
                    {
                        "type": "Feature",
                        "properties": {"户数": 1, "社区": "c"},
                        "geometry": {"type": "Polygon", "coordinates": []},
                    },
                ],
            }
        )
    )
    said = refused([tmp_path / "b.geojson", *NAMES, "--out", out], capsys, out)
    assert [line.split(": ")[0] for line in said[:2]] == [
        f"b.geojson, row {row}, column 'geometry'" for row in (2, 3)
    ]


def test_a_missing_column_a_missing_file_an_unknown_system(tmp_path, capsys):
    out, source = tmp_path / "out.csv", write(tmp_path / "b.csv", buildings(5))
    said = refused([source, "--households", "户", "--community", "社区", *PLACES, "--out", out], capsys, out)
    assert "column '户'" in said[0]
    assert "Did you mean '户数'" in said[0]
    said = refused([tmp_path / "none.csv", *NAMES, *PLACES, "--out", out], capsys, out)
    assert "none.csv" in said[0]
    said = refused([source, *NAMES, "--x", "x", "--y", "y", "--crs", "EPSG:1", "--out", out], capsys, out)
    assert "EPSG:1" in said[0]


def test_bad_units_and_edges_are_named(tmp_path, capsys):
    drawn, out = city(1, 3), tmp_path / "plan.csv"
    table = {
        "unit_id": ["a", "a", "b"],
        "x": drawn.x,
        "y": drawn.y,
        "households": [1, 2, 3],
        "community": ["c"] * 3,
    }
    pq.write_table(pa.table(table), tmp_path / "u.parquet")
    said = refused(["--units", tmp_path / "u.parquet", "--out", out], capsys, out)
    assert said[0].startswith("u.parquet, row 3, column 'unit_id': found 'a', expected every value once")
    pq.write_table(pa.table({**table, "unit_id": ["a", "b", "c"]}), tmp_path / "u.parquet")
    pq.write_table(pa.table({"u": [0, 1], "v": [1, 7]}), tmp_path / "e.parquet")
    said = refused(
        ["--units", tmp_path / "u.parquet", "--edges", tmp_path / "e.parquet", "--out", out], capsys, out
    )
    assert said[0].startswith("e.parquet, row 3, column 'v': found '7', expected a number from 0 to 2")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["b.csv", *NAMES, *PLACES, "--out", "o.shp"], "must end in .csv, .geojson, .gpkg or .xlsx"),
        (["b.csv", *NAMES, *PLACES, "--out", "none/o.csv"], "there is no folder"),
        (["b.csv", *NAMES, *PLACES, "--out", "o.csv", "--low", "600"], "1 <= low <= high"),
        (["b.csv", *PLACES, "--out", "o.csv"], "--households and --community"),
        (["b.csv", *NAMES, "--out", "o.csv"], "--x and --y"),
        (["b.csv", *NAMES, "--x", "x", "--y", "y", "--out", "o.csv"], "--crs"),
        (["--out", "o.csv"], "either a building FILE or --units"),
        (["--units", "u.parquet", "--out", "o.gpkg"], "OUT must end in .csv or .xlsx"),
        (["b.csv", *NAMES, *PLACES, "--edges", "e", "--out", "o.csv"], "--edges goes with --units"),
        (["b.csv", *NAMES, *PLACES, "--former", "p.csv", "--out", "o.csv"], "--former goes with --units"),
        (["b.csv", *NAMES, *PLACES, "--workers", "0", "--out", "o.csv"], "--workers must be 1 or more"),
    ],
)
def test_commands_that_make_no_sense(tmp_path, capsys, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    assert words in refused(arguments, capsys, tmp_path / "o", status=2)[0]


def test_help_answers_at_once():
    code = (
        "import sys\nfrom wangge.entry.site.__main__ import main\n"
        "try:\n    main(['plan', '--help'])\nexcept SystemExit as end:\n    assert not end.code\n"
        "heavy = {'numpy', 'numba', 'scipy', 'shapely', 'pyproj', 'pyarrow', 'pandas', 'django'} & set(sys.modules)\n"
        "sys.exit(str(heavy) if heavy else 0)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "--households" in done.stdout


def test_planning_loads_no_django(tmp_path):
    source = write(tmp_path / "b.csv", buildings(5))
    arguments = [str(source), *NAMES, *PLACES, "--out", str(tmp_path / "o.geojson")]
    code = (
        f"import sys\nfrom wangge.entry.site.__main__ import main\nassert main({['plan', *arguments]!r}) == 0\n"
        "sys.exit('django' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_a_plan_of_the_file_is_a_plan(tmp_path):
    """The file's rows, planned, keep every promise in the graph the planner made for them."""
    rows = buildings(90)
    out = tmp_path / "out.csv"
    assert (
        main([str(write(tmp_path / "b.csv", rows)), *NAMES, *PLACES, "--out", str(out), "--low", "200"]) == 0
    )
    lon, lat = convert([row["x"] for row in rows], [row["y"] for row in rows], "EPSG:3414")
    x, y = LocalMetres(lon, lat).forward(lon, lat)
    households = np.array([row["户数"] for row in rows])
    units = Units([str(i + 1) for i in range(90)], x, y, households, [str(row["社区"]) for row in rows])
    from wangge.cores.planner.plan import plan
    from wangge.cores.planner.records import Settings

    made = plan(units, settings=Settings(low=200))
    assert made.codes == memberships(out)
    check(units, neighbours(units), made)
