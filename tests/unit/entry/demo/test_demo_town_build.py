"""The town as a whole: equal for equal seeds, streamed, complete, and gone again when something goes wrong."""

from __future__ import annotations

import gc
import hashlib
import json
import weakref
from datetime import date

import pyarrow.parquet as pq
import pytest
import shapely

from wangge.entry.demo.town import build as building
from wangge.entry.demo.town.build import build
from wangge.entry.demo.town.manifest import Manifest, digests
from wangge.entry.demo.town.sizes import Size
from wangge.entry.demo.town.tables import SCHEMAS, TRUTH

SEED = 7


def test_the_same_seed_makes_the_same_files(hamlet, tmp_path):
    again = build(tmp_path / "town", seed=SEED, size=Size.HAMLET, truth=tmp_path / "truth")
    assert again == hamlet.manifest
    assert Manifest.read(tmp_path / "town" / "manifest.json") == again
    found = digests(tmp_path / "truth", "truth/")
    for part in ("files", "basemap", "town", "script", "city"):
        found |= digests(tmp_path / "town" / part, f"{part}/")
    assert found == again.digests
    assert list(again.digests) == sorted(again.digests)


def test_another_seed_makes_another_town(hamlet, tmp_path):
    other = build(tmp_path / "town", seed=SEED + 1, size=Size.HAMLET, truth=tmp_path / "truth", days=2)
    same = {name for name, digest in hamlet.manifest.digests.items() if other.digests.get(name) == digest}
    # Only what a seed has no say in: lists of the city and mappings, and a day on which nobody reported anything.
    empty = hashlib.sha256(b"").hexdigest()
    told = {name for name in same if other.digests[name] != empty}
    assert all(name.startswith("city/") or name.endswith("mapping.yaml") for name in told)


def test_the_manifest_counts_what_is_there(hamlet):
    counts = hamlet.manifest.counts
    for name in SCHEMAS:
        assert pq.read_metadata(hamlet.folder / "town" / f"{name}.parquet").num_rows == counts[name]
    assert 580 <= counts["living_households"] <= 660
    assert pq.read_metadata(hamlet.truth / "people.parquet").num_rows == counts["true_people"]
    lines = [
        line for path in (hamlet.folder / "script" / "days").iterdir() for line in path.open(encoding="utf-8")
    ]
    assert len(lines) == counts["reports"]


def test_a_table_has_a_row_group_for_each_community(hamlet):
    communities = hamlet.manifest.counts["communities"]
    for name in ("people", "relations", "buildings", "dwellings", "communities"):
        assert pq.ParquetFile(hamlet.folder / "town" / f"{name}.parquet").num_row_groups == communities
    for name, schema in {**SCHEMAS}.items():
        assert pq.read_schema(hamlet.folder / "town" / f"{name}.parquet").equals(schema)
    for name, schema in TRUTH.items():
        assert pq.read_schema(hamlet.truth / f"{name}.parquet").equals(schema)


def test_no_community_is_held_when_the_next_one_comes(tmp_path, monkeypatch):
    alive: list[weakref.ref] = []
    held: list[int] = []

    class Watched(building.Locality):
        def __init__(self, *arguments):
            super().__init__(*arguments)
            gc.collect()
            held.append(sum(ref() is not None for ref in alive))
            alive.append(weakref.ref(self.population))

    monkeypatch.setattr(building, "Locality", Watched)
    build(tmp_path / "town", seed=3, size=Size.HAMLET, truth=tmp_path / "truth", days=1)
    assert len(held) >= 2
    assert set(held) == {0}


def test_relations_name_people_and_dwellings_of_the_register(hamlet):
    def table(name):
        return pq.read_table(hamlet.folder / "town" / f"{name}.parquet")

    people = set(table("people").column("person_id").to_pylist())
    dwellings = set(table("dwellings").column("dwelling_id").to_pylist())
    relations = table("relations").to_pylist()
    assert {r["person_id"] for r in relations} <= people
    assert {r["dwelling_id"] for r in relations} <= dwellings
    assert {r["relation"] for r in relations} == {"registered", "living", "owner", "tenant"}
    households = table("households").to_pylist()
    assert {m for h in households for m in h["members"]} <= people
    assert {h["kind"] for h in households} == {"living", "registered"}
    counted = sum(table("buildings").column("households").to_pylist())
    assert counted == hamlet.manifest.counts["living_households"]
    assert counted == sum(table("entrances").column("households").to_pylist())


def test_the_register_is_not_the_truth(hamlet):
    register = pq.read_table(hamlet.folder / "town" / "people.parquet").to_pylist()
    truth = {p["person_id"]: p for p in pq.read_table(hamlet.truth / "people.parquet").to_pylist()}
    residents = {code for code, p in truth.items() if p["lives_here"]}
    known = {p["person_id"] for p in register}
    assert known < set(truth)
    assert 0.9 < len(known & residents) / len(residents) < 1.0
    assert all(p["name"] == truth[p["person_id"]]["name"] for p in register)
    assert any(not p["id_number"] and truth[p["person_id"]]["id_number"] for p in register)


def test_the_base_map_is_geojson_of_yichang(hamlet):
    layers = {}
    for path in (hamlet.folder / "basemap").iterdir():
        layers[path.stem] = json.loads(path.read_text(encoding="utf-8"))["features"]
    assert set(layers) == {"communities", "roads", "water", "green", "compounds", "buildings"}
    assert len(layers["buildings"]) == hamlet.manifest.counts["buildings"]
    for features in layers.values():
        for feature in features:
            shape = shapely.from_geojson(json.dumps(feature["geometry"]))
            assert shape.is_valid
            west, south, east, north = shape.bounds
            assert 111.1 < west <= east < 111.5
            assert 30.5 < south <= north < 30.9
    names = {f["properties"]["name"] for f in layers["roads"]}
    assert "沿江大道" in names
    assert {f["properties"]["kind"] for f in layers["water"]} >= {"river"}


def test_a_standing_town_is_never_built_over(hamlet):
    before = (hamlet.folder / "manifest.json").read_bytes()
    with pytest.raises(FileExistsError, match="is there already"):
        build(hamlet.folder, seed=1, size=Size.HAMLET, truth=hamlet.truth)
    assert (hamlet.folder / "manifest.json").read_bytes() == before


def test_a_town_that_fails_half_way_leaves_nothing(tmp_path, monkeypatch):
    def fail(*_):
        raise OSError("no space left")

    kept = tmp_path / "town" / "wangge.sqlite3"
    kept.parent.mkdir()
    kept.write_text("not ours")
    monkeypatch.setattr(building, "write_days", fail)
    with pytest.raises(OSError, match="no space left"):
        build(tmp_path / "town", seed=1, size=Size.HAMLET, truth=tmp_path / "truth")
    assert [p.name for p in (tmp_path / "town").iterdir()] == ["wangge.sqlite3"]
    assert not (tmp_path / "truth").exists()


def test_progress_is_told(tmp_path):
    told = []
    build(
        tmp_path / "town", seed=1, size=Size.HAMLET, truth=tmp_path / "truth", days=2,
        progress=lambda *step: told.append(step),
    )  # fmt: skip
    assert {what for what, _, _ in told} == {"communities", "days", "manifest"}
    assert all(0 < done <= total for _, done, total in told)


def test_bad_arguments_are_refused(tmp_path):
    with pytest.raises(LookupError, match="420502"):
        build(tmp_path / "a", seed=1, size=Size.HAMLET, truth=tmp_path / "t", district_code="999999")
    with pytest.raises(ValueError, match="366"):
        build(tmp_path / "a", seed=1, size=Size.HAMLET, truth=tmp_path / "t", days=400)
    assert not list(tmp_path.iterdir())


def test_another_district_and_day(tmp_path):
    made = build(
        tmp_path / "town", seed=5, size=Size.HAMLET, truth=tmp_path / "truth", district_code="420503",
        today=date(2026, 3, 1), days=20,
    )  # fmt: skip
    assert (made.first_day, made.today) == ("2026-02-09", "2026-03-01")
    communities = pq.read_table(tmp_path / "town" / "town" / "communities.parquet")
    assert {c[:6] for c in communities.column("code").to_pylist()} == {"420503"}
