"""A city's files: every format and datum, communities, compounds, entrances, bands; what is wrong with any of them."""

from __future__ import annotations

import csv
import json
import re
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import shapely
from planner_files import Row, write

from wangge.cores.geo.datums import convert
from wangge.cores.geo.frames import LocalMetres
from wangge.cores.planner.command import main
from wangge.cores.planner.intake.buildings import Columns
from wangge.cores.planner.intake.city import City, Sources, read_city
from wangge.cores.planner.intake.shapes import Source
from wangge.cores.planner.plan import plan
from wangge.cores.planner.records import Settings
from wangge.cores.tables.errors import TableError

FRAME = LocalMetres([111.28, 111.30], [30.69, 30.71])
FORMATS = (".csv", ".xlsx", ".geojson", ".gpkg", ".parquet")
NAMED = ("--households", "户数", "--community", "社区", "--id", "编号")


def degrees(shape: shapely.Geometry) -> shapely.Geometry:
    return FRAME.to_degrees(shape)


def town(columns: int = 8, rows: int = 8) -> list[Row]:
    """Houses on a lattice, two communities side by side, footprints in degrees."""
    return [
        {
            "编号": f"h{i}-{j}",
            "户数": 20 + (i * 7 + j * 5) % 23,
            "社区": "东" if i >= columns // 2 else "西",
            "层数": 6,
            "电梯": "有" if j % 2 else "无",
            "geometry": degrees(shapely.box(60 * i, 50 * j, 60 * i + 20 + j, 50 * j + 12)),
        }
        for i in range(columns)
        for j in range(rows)
    ]


def as_columns(rows: list[Row], crs: str) -> list[Row]:
    """The same with the middles as columns x, y in a coordinate system."""
    spots = shapely.get_coordinates(shapely.centroid([row["geometry"] for row in rows]))
    x, y = convert(spots[:, 0], spots[:, 1], "CGCS2000", crs)
    plain = ({name: value for name, value in row.items() if name != "geometry"} for row in rows)
    return [{**row, "x": a, "y": b} for row, a, b in zip(plain, x.tolist(), y.tolist(), strict=True)]


def planned(out: Path, *arguments: object) -> dict[str, str]:
    assert main([*map(str, arguments), "--out", str(out)]) == 0
    with out.open(encoding="utf-8", newline="") as file:
        return {row[next(iter(row))]: row["grid"] for row in csv.DictReader(file)}


def city_of(folder: Path, rows: list[Row], columns: Columns | None = None, **files: Path | str) -> City:
    named = {name: Source(f) if isinstance(f, Path) else f for name, f in files.items()}
    columns = columns or Columns("户数", "社区", id="编号")
    return read_city(Sources(Source(write(folder / "b.geojson", rows)), **named), columns, Settings())


def faults(folder: Path, rows: list[Row], columns: Columns | None = None, **files: Path | str) -> list[str]:
    with pytest.raises(TableError) as caught:
        city_of(folder, rows, columns, **files)
    return sorted(f"{e.file} {e.row} {e.column} {e.code}" for e in caught.value.errors)


@pytest.fixture(scope="module")
def reference(tmp_path_factory) -> dict[str, str]:
    folder = tmp_path_factory.mktemp("reference")
    made = planned(folder / "out.csv", write(folder / "b.geojson", town()), *NAMED)
    assert list(made) == [row["编号"] for row in town()]
    assert len(set(made.values())) > 4
    return made


@pytest.mark.parametrize("suffix", FORMATS)
def test_each_format_gives_the_same_plan(tmp_path, reference, suffix):
    source = write(tmp_path / f"b{suffix}", town())
    crs = () if suffix in (".geojson", ".gpkg", ".parquet") else ("--crs", "CGCS2000")
    assert planned(tmp_path / "out.csv", source, *NAMED, *crs) == reference


@pytest.mark.parametrize("crs", ["CGCS2000", "WGS-84", "GCJ-02", "BD-09", "EPSG:4546", "EPSG:32649"])
def test_each_datum_gives_the_same_plan(tmp_path, crs):
    made = {
        tag: planned(
            tmp_path / "out.csv",
            write(tmp_path / "b.csv", as_columns(town(), tag)),
            *NAMED,
            "--x",
            "x",
            "--y",
            "y",
            "--crs",
            tag,
        )
        for tag in {crs, "CGCS2000"}
    }
    assert made[crs] == made["CGCS2000"]


def test_a_package_in_a_plane_needs_no_word_about_it(tmp_path, reference):
    rows = town()
    for row in rows:
        row["geometry"] = shapely.transform(
            row["geometry"], lambda x, y: convert(x, y, "CGCS2000", "EPSG:4546"), interleaved=False
        )
    source = write(tmp_path / "b.gpkg", rows, epsg=4546)
    assert planned(tmp_path / "out.csv", source, *NAMED) == reference


def test_a_package_of_several_layers_is_asked_for_one(tmp_path, capsys, reference):
    source = write(tmp_path / "b.gpkg", town(), layer="houses")
    write(source, town(2, 2), layer="sheds")
    assert main([str(source), *NAMED, "--out", str(tmp_path / "o.csv")]) == 1
    assert "houses, sheds" in capsys.readouterr().err
    assert main([str(source), *NAMED, "--layer", "house", "--out", str(tmp_path / "o.csv")]) == 1
    assert "Did you mean 'houses'?" in capsys.readouterr().err
    assert planned(tmp_path / "out.csv", source, *NAMED, "--layer", "houses") == reference


def areas(*names: tuple[str, shapely.Geometry]) -> list[Row]:
    return [{"名称": name, "geometry": degrees(shape)} for name, shape in names]


WEST, EAST = shapely.box(-50, -50, 230, 500), shapely.box(230, -50, 600, 500)


def test_polygons_give_the_communities_of_the_column(tmp_path, reference):
    polygons = write(tmp_path / "areas.gpkg", areas(("西", WEST), ("东", EAST)))
    given = ("--communities", f"{polygons}#buildings", "--community-name", "名称")
    source = write(tmp_path / "b.geojson", town())
    assert planned(tmp_path / "out.csv", source, *NAMED[:2], *NAMED[4:], *given) == reference


def test_on_a_border_the_first_name_has_it_and_outside_is_an_error(tmp_path):
    rows: list[Row] = [
        {"编号": name, "户数": 9, "geometry": degrees(shapely.Point(*spot))}
        for name, spot in (("border", (230, -50)), ("west", (0, 10)), ("outside", (2000, 10)))
    ]
    columns = Columns("户数", id="编号")
    polygons = write(
        tmp_path / "a.geojson", areas(("b", WEST), ("a", EAST), ("b", shapely.box(-90, 0, -70, 9)))
    )
    given = {"communities": polygons, "community_name": "名称"}
    assert faults(tmp_path, rows, columns, **given) == ["b.geojson 4 geometry no_community"]
    assert city_of(tmp_path, rows[:2], columns, **given).units.community == ["a", "b"]


def test_compounds_stay_together_and_too_large_ones_are_named(tmp_path):
    rows = town()
    for row in rows:
        i, j = (int(digit) for digit in str(row["编号"])[1:].split("-"))
        row["小区"] = "花园" if (i, j) in {(0, 0), (3, 7), (1, 4)} else "大院" if i > 3 else ""
    city = city_of(tmp_path, rows, Columns("户数", "社区", id="编号", compound="小区"))
    made = plan(city.units, city.edges, Settings())
    grids = {made.grid[i] for i, row in enumerate(rows) if row["小区"] == "花园"}
    assert len(grids) == 1
    total = sum(int(row["户数"]) for row in rows if row["小区"] == "大院")
    assert [note for note in city.notes if "大院" in note and str(total) in note]


def test_a_compound_on_both_banks_stays_together_on_each(tmp_path):
    rows = town(4, 4)
    for row in rows:
        row |= {"小区": "花园", "社区": "西"}
    river = write(
        tmp_path / "r.geojson", [{"geometry": degrees(shapely.LineString([(-500, 90), (900, 90)]))}]
    )
    city = city_of(tmp_path, rows, Columns("户数", "社区", id="编号", compound="小区"), barriers=river)
    made = plan(city.units, city.edges, Settings(100, 500))
    banks = [
        {made.grid[i] for i, row in enumerate(rows) if (str(row["编号"])[-1] in "01") is low}
        for low in (True, False)
    ]
    assert [len(bank) for bank in banks] == [1, 1]
    assert banks[0] != banks[1]


def test_large_buildings_are_parted_evenly_by_their_entrances(tmp_path):
    rows = town(4, 4)
    for row in rows:
        row["单元数"] = ""
    rows[0] |= {"户数": 1201, "单元数": 3, "层数": 33}
    rows[1] |= {"户数": 700}
    rows[2] |= {"单元数": 4}
    columns = Columns("户数", "社区", id="编号", floors="层数", lift="电梯", entrances="单元数")
    city = city_of(tmp_path, rows, columns)
    assert city.units.ids[:5] == ["h0-0#1", "h0-0#2", "h0-0#3", "h0-1", "h0-2"]
    assert city.units.households[:4].tolist() == [401, 400, 400, 700]
    assert city.units.households.sum() == sum(int(row["户数"]) for row in rows)
    assert city.floors[:4].tolist() == [33, 33, 33, 6]
    assert city.lift[:4].tolist() == [0, 0, 0, 1]
    assert city.row[:4].tolist() == [0, 0, 0, 1]
    assert [note.split(" ")[0] for note in city.notes] == ["h0-1"]
    made = plan(city.units, city.edges, Settings())
    assert sum(grid.households > 500 for grid in made.grids) == 1


def test_entrances_of_a_building_that_fits_stay_together(tmp_path):
    rows = [
        {**row, "单元": str(e), "户数": 150 if row["编号"] == "h0-0" else 30}
        for row in town(4, 3)
        for e in range(4)
    ]
    city = city_of(tmp_path, rows, Columns("户数", "社区", id="编号", entrance="单元"))
    assert city.units.ids[:2] == ["h0-0#0", "h0-0#1"]
    made = plan(city.units, city.edges, Settings())
    grids = {(name.split("#")[0], grid) for name, grid in zip(city.units.ids, made.grid, strict=True)}
    assert {name for name, _ in grids if sum(other == name for other, _ in grids) > 1} == {"h0-0"}


def test_bands_by_name_and_by_type(tmp_path):
    rows = town(12, 4)
    for n, row in enumerate(rows):
        row["社区"] = "abcd"[n * 4 // len(rows)]
    sheet: list[Row] = [
        {"社区": "a", "类型": "商业", "下限": "", "上限": ""},
        {"社区": "", "类型": "农村", "下限": 90, "上限": 150},
        {"社区": "b", "类型": "rural", "下限": "", "上限": ""},
        {"社区": "c", "类型": "", "下限": 50, "上限": 99},
    ]
    city = city_of(tmp_path, rows, bands=write(tmp_path / "bands.csv", sheet))
    assert city.bands == {"a": (200, 400), "b": (90, 150), "c": (50, 99), "d": (300, 500)}


def test_apart_pairs_are_not_linked_and_named_when_in_one_grid_all_the_same(tmp_path, capsys):
    pairs: list[Row] = [{"a": f"h0-{j}", "b": f"h0-{j + 1}"} for j in range(7)]
    out = tmp_path / "out.csv"
    city = city_of(tmp_path, town(), apart=write(tmp_path / "apart.csv", pairs))
    number = {name: i for i, name in enumerate(city.units.ids)}
    linked = {frozenset(pair) for pair in zip(city.edges.u.tolist(), city.edges.v.tolist(), strict=True)}
    assert not linked & {frozenset((number[row["a"]], number[row["b"]])) for row in pairs}
    made = planned(out, tmp_path / "b.geojson", *NAMED, "--apart", tmp_path / "apart.csv")
    said = capsys.readouterr().out
    for j, k in pairwise(range(8)):
        assert (f"h0-{j} and h0-{k} are not linked" in said) == (made[f"h0-{j}"] == made[f"h0-{k}"])


def test_every_file_s_bad_rows_are_named_at_once_and_nothing_is_written(tmp_path, capsys):
    rows = town(4, 4)
    rows[0]["户数"], rows[1]["层数"], rows[2]["电梯"], rows[3]["编号"] = "x", -1, "maybe", "h0-0"
    source = write(tmp_path / "b.geojson", rows)
    bands: list[Row] = [
        {"community": "西", "type": "花", "low": "", "high": ""},
        {"community": "东", "type": "", "low": 300, "high": 200},
        {"community": "", "type": "rural", "low": "", "high": ""},
        {"community": "东", "type": "rural", "low": "", "high": ""},
    ]
    write(tmp_path / "bands.csv", bands)
    write(tmp_path / "barriers.geojson", [{"n": 1, "geometry": degrees(shapely.Point(0, 0))}])
    out, before = tmp_path / "out.csv", sorted(tmp_path.iterdir())
    given = ("--floors", "层数", "--lift", "电梯", "--bands", tmp_path / "bands.csv")
    arguments = [source, *NAMED, *given, "--barriers", tmp_path / "barriers.geojson", "--out", out]
    assert main([str(argument) for argument in arguments]) == 1
    said = capsys.readouterr()
    assert said.out == ""
    assert sorted(tmp_path.iterdir()) == before
    assert [line.split(":")[0] for line in said.err.splitlines()[:-1]] == [
        "b.geojson, row 2, column '户数'",
        "b.geojson, row 3, column '层数'",
        "b.geojson, row 4, column '电梯'",
        "b.geojson, row 5, column '编号'",
        "bands.csv, row 2, column 'type'",
        "bands.csv, row 3, column 'low'",
        "bands.csv, row 4, column 'low'",
        "bands.csv, row 5, column 'community'",
        "barriers.geojson, row 2, column 'geometry'",
    ]
    assert "Nothing was written" in said.err


def test_what_is_wrong_only_beside_the_buildings(tmp_path):
    rows = town(4, 4)
    line = {"geometry": degrees(shapely.LineString([(10, -90), (10, 4)]))}
    river = {"geometry": degrees(shapely.LineString([(-500, 40), (900, 40)]))}
    barriers = write(tmp_path / "barriers.geojson", [line, river])
    spots = (shapely.Point(0, 300), shapely.Point(30, 41), shapely.LineString([(50, 5), (50, 30)]))
    openings = write(tmp_path / "openings.geojson", [{"geometry": degrees(spot)} for spot in spots])
    pairs: list[Row] = [{"a": "h0-0", "b": "h9-9"}, {"a": "h0-0", "b": "h0-0"}, {"a": "h0-0", "b": "h0-1"}]
    apart = write(tmp_path / "apart.csv", pairs)
    bands = write(tmp_path / "bands.csv", [{"community": "南", "type": "农村"}])
    rows[0]["geometry"] = degrees(shapely.Point(10, 0))
    assert faults(tmp_path, rows, barriers=barriers, openings=openings, apart=apart, bands=bands) == [
        "apart.csv 2 b unknown_building",
        "apart.csv 3 b same_building",
        "b.geojson 2 geometry on_barrier",
        "bands.csv 2 community unknown_community",
        "openings.geojson 2 geometry no_opening",
        "openings.geojson 4 geometry no_opening",
    ]


def test_compounds_and_entrances_in_error(tmp_path):
    rows = town(4, 1)
    for row in rows:
        row |= {"小区": "花园", "单元": "1"}
    columns = Columns("户数", "社区", id="编号", compound="小区", entrance="单元")
    rows[1]["编号"] = rows[0]["编号"]
    assert faults(tmp_path, rows, columns) == [
        "b.geojson 3 单元 repeated",
        "b.geojson 4 小区 torn_compound",
        "b.geojson 5 小区 torn_compound",
    ]
    apart = write(tmp_path / "apart.csv", [{"a": "h0-0", "b": "h2-0"}])
    rows = town(4, 1)
    for row in rows:
        row |= {"小区": "花园", "社区": "西"}
    columns = Columns("户数", "社区", id="编号", compound="小区")
    assert faults(tmp_path, rows, columns, apart=apart) == ["apart.csv 2 b same_compound"]


def test_a_river_in_another_datum_is_noticed(tmp_path):
    far = {"geometry": shapely.LineString([(30.69, 111.28), (30.70, 111.29)])}  # axes swapped
    assert faults(tmp_path, town(2, 2), barriers=write(tmp_path / "r.geojson", [far])) == [
        "r.geojson None None far_away"
    ]


def test_the_ground_is_taken_in_its_own_datum(tmp_path):
    """A river in GCJ-02, where everything lies half a kilometre off, is where it is when that is said."""
    rows, line = town(2, 2), degrees(shapely.LineString([(-300, 40), (500, 40)]))
    shifted = shapely.transform(line, lambda x, y: convert(x, y, "CGCS2000", "GCJ-02"), interleaved=False)
    river = write(tmp_path / "r.geojson", [{"geometry": shifted}])
    given = (write(tmp_path / "b.geojson", rows), *NAMED, "--low", "1", "--barriers", river)
    right = planned(tmp_path / "right.csv", *given, "--ground-crs", "GCJ-02")
    wrong = planned(tmp_path / "wrong.csv", *given)
    assert len(set(right.values())) == 4
    assert len(set(wrong.values())) == 2


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["--households", "h", "--community", "c", "--communities", "f", "--x", "x", "--y", "y"], "not both"),
        (["--households", "h", "--communities", "f", "--x", "x", "--y", "y"], "--community-name"),
        (["--households", "h", "--community", "c", "--openings", "f"], "--openings go with --barriers"),
        (["--households", "h", "--community", "c", "--entrance", "e"], "--entrance goes with --id"),
        (["--community", "c"], "--households must name"),
        (
            ["--households", "h", "--community", "c", "--id", "i", "--entrance", "e", "--entrances", "n"],
            "not both",
        ),
    ],
)
def test_options_that_do_not_go_together(tmp_path, capsys, arguments, words):
    assert main(["b.csv", "--crs", "WGS-84", *arguments, "--out", str(tmp_path / "o.csv")]) == 2
    assert words in capsys.readouterr().err


def test_geojson_out_of_a_city_with_ground(tmp_path):
    river = write(
        tmp_path / "r.geojson", [{"geometry": degrees(shapely.LineString([(-300, 190), (900, 190)]))}]
    )
    out = tmp_path / "out.geojson"
    source = write(tmp_path / "b.geojson", town())
    assert main([str(source), *NAMED, "--barriers", str(river), "--out", str(out)]) == 0
    features = json.loads(out.read_text(encoding="utf-8"))["features"]
    assert sum(f["properties"]["households"] for f in features) == sum(int(row["户数"]) for row in town())
    assert np.isfinite([f["properties"]["buildings"] for f in features]).all()


def test_the_example_of_the_docs_is_true(tmp_path, capsys, monkeypatch):
    page = Path(__file__).parents[4] / "docs/planner-inputs.md"
    command, printed = page.read_text(encoding="utf-8").split("```")[1::2][:2]
    monkeypatch.chdir(page.parent / "examples/plan")
    arguments = (
        command.split("wangge plan", 1)[1].replace("\\\n", " ").replace("grids.csv", str(tmp_path / "o.csv"))
    )
    assert main(arguments.split()) == 0
    said = capsys.readouterr().out
    seconds = r"in \S+ seconds"
    assert re.sub(seconds, "", printed.strip()) in re.sub(seconds, "", said)
    without = [word for word in arguments.split() if "opening" not in word]
    assert main(without) == 0
    assert "has only 237 households" in capsys.readouterr().out
