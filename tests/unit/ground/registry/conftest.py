"""A small town for the registry's tests: two communities, two grids and two buildings each, four doors a building."""

from __future__ import annotations

from datetime import UTC, datetime

import pyarrow as pa
import pytest
import shapely

from wangge.ground.areas import actions as areas
from wangge.ground.areas.records import BuildingRow, DivisionRow, GridRow
from wangge.ground.registry import actions
from wangge.ground.registry.models import Person
from wangge.ground.registry.records import DwellingIn, ResidenceIn
from wangge.platform.clock import clock

WEST, EAST = "420502001001", "420502001002"


def box(west, south, east, north):
    return shapely.to_wkb(shapely.box(west, south, east, north))


@pytest.fixture(autouse=True)
def _home(settings, tmp_path):
    settings.WANGGE_HOME = tmp_path


@pytest.fixture(scope="module")
def standing(writing, installer, moment):
    """Ids of the dwellings by grid code; for all tests of a module."""
    with writing(), clock.moved(moment):
        return _build(installer)


@pytest.fixture
def town(standing, db, at_moment):
    return standing


def _build(installer):
    grounds = {WEST: 111.0, EAST: 111.1}
    areas.load_divisions(
        rows=[
            DivisionRow("420502", "district", "西陵区"),
            DivisionRow("420502001", "street", "西陵街道", parent="420502"),
            *(
                DivisionRow(
                    code, "community", "社区", parent="420502001", wkb=box(west, 30.0, west + 0.1, 30.1)
                )
                for code, west in grounds.items()
            ),
        ],
        by=installer,
    )
    points = {f"{code}00{n + 1}": west + 0.02 + 0.05 * n for code, west in grounds.items() for n in range(2)}
    rows = [
        BuildingRow(lon, 30.05, plate=f"B{grid[-4:]}", address=f"学院路{n}号", compound="学苑", households=4)
        for n, (grid, lon) in enumerate(points.items(), 1)
    ]
    buildings = areas.load_buildings(rows=rows, by=installer)
    cut = [
        GridRow(
            f"{code}00{n + 1}",
            box(west + 0.05 * n, 30.0, west + 0.05 * (n + 1), 30.1),
        )
        for code, west in grounds.items()
        for n in range(2)
    ]
    plan = areas.draft_plan(grids=cut, memberships={}, by=installer)
    areas.put_in_force(plan=plan, by=installer)
    doors = [
        DwellingIn(b.building, f"{n}01", entrance="1", floor=n, plate=f"{b.plate}-{n}")
        for b in buildings
        for n in range(1, 5)
    ]
    uids = actions.load_dwellings(rows=doors, by=installer)
    return {grid: uids[n * 4 : n * 4 + 4] for n, grid in enumerate(points)}


def table(**columns):
    return pa.table(columns)


class Feeds:
    """Departments' rows, delivered one after another."""

    def __init__(self, by):
        self.by, self.batches = by, 0

    def add(self, names=("王秀兰",), department="police", **more):
        self.batches += 1
        return actions.add_persons(
            feed=department, department=department, batch=f"b{self.batches}",
            rows=pa.table({"row": list(range(2, len(names) + 2)), "name": list(names), **more}),
            observed_at=more.pop("observed_at", None) or datetime(2026, 1, 1, tzinfo=UTC), by=self.by,
        )  # fmt: skip

    def say(self, person, department, on="2026-03-01", batch="", **elements):
        self.batches += 1
        persons = [person] if isinstance(person, str) else person
        columns = {k: v if isinstance(v, list) else [v] * len(persons) for k, v in elements.items()}
        return actions.fold_rows(
            feed=department, department=department, batch=batch or f"b{self.batches}",
            rows=pa.table({"person": persons, "row": list(range(2, len(persons) + 2)), **columns}),
            observed_at=datetime.fromisoformat(on).replace(tzinfo=UTC), by=self.by,
        )  # fmt: skip


@pytest.fixture
def feeds(town, installer):
    return Feeds(installer)


@pytest.fixture
def lives(installer):
    """``lives(person, dwelling)``: since the first of January; other relations by name."""

    def move_in(person, dwelling, relation="living", **dates):
        row = ResidenceIn(person, dwelling, relation, source="police", **dates)
        actions.load_residences(rows=[row], by=installer)

    return move_in


@pytest.fixture
def held():
    """``held(person, "name", …)``: what the row of a person holds."""

    def read(person, *codes):
        row = Person.objects.get(uid=person)
        values = tuple(getattr(row, code) for code in codes)
        return values[0] if len(values) == 1 else values

    return read
