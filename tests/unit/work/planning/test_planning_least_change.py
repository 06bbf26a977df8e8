"""Planning with the least change: grids in force stay, but for what today's buildings need."""

from __future__ import annotations

import pytest
import shapely

from wangge.ground.areas import actions as areas
from wangge.ground.areas import queries as areas_queries
from wangge.ground.areas.records import BuildingRow, DivisionRow
from wangge.platform.access.errors import Invalid
from wangge.work.planning import actions, queries
from wangge.work.planning.records import PlanSettings

pytestmark = pytest.mark.django_db

STREET = "420502001"
WEST = f"{STREET}001"
SIDE = 8
BAND = {"low": 150, "high": 250}


def building(x, y, households=20, plate=""):
    return BuildingRow(
        111 + (x + 0.5) * 0.01 / SIDE, 30 + (y + 0.5) * 0.01 / SIDE, plate or f"P{x}-{y}", address=f"{x}列{y}号",
        households=households,
    )  # fmt: skip


@pytest.fixture(scope="module")
def town(writing, installer):
    """One community of 64 buildings with 20 households each."""
    ground = shapely.box(111.0, 30.0, 111.01, 30.01).wkb
    rows = [
        DivisionRow(STREET, "street", "西陵街道"),
        DivisionRow(WEST, "community", "西社区", parent=STREET, wkb=ground),
    ]
    with writing():
        areas.load_divisions(rows=rows, by=installer)
        areas.load_buildings(rows=[building(x, y) for x in range(SIDE) for y in range(SIDE)], by=installer)


@pytest.fixture
def people(user_with):
    return user_with("maker", ("planner", STREET))[1], user_with("other", ("planner",))[1]


def least(maker, name="少动"):
    return actions.make(prefix=STREET, by=maker, name=name, settings=PlanSettings(**BAND, way="least_change"))


def test_without_grids_in_force_there_is_nothing_to_start_from(town, people):
    with pytest.raises(Invalid) as refused:
        least(people[0])
    assert refused.value.code == "nothing_in_force"


def test_what_did_not_change_does_not_move_and_what_grew_moves_little(town, people, installer):
    maker, other = people
    # With another seed, so that planning afresh would cut it differently.
    first = actions.make(prefix=STREET, by=maker, name="现行", settings=PlanSettings(**BAND, seed=7))
    actions.approve(scenario=first, by=other)
    actions.put_in_force(scenario=first, by=other)
    before = areas_queries.grids_of_buildings(STREET)
    same = queries.comparison(maker, least(maker))
    assert (same.moved_households, same.scenario.grids) == (0, len(set(before.values())))
    # A tower is built in the largest grid: it must give something away, and nobody else.
    full = max(queries.grids(maker, first), key=lambda one: one.households)
    inside = next(
        one
        for one in queries.buildings(maker, first, community=WEST)
        if one.grid == full.code and one.households == 20
    )
    x, y = round((inside.lon - 111) * SIDE / 0.01 - 0.5), round((inside.lat - 30) * SIDE / 0.01 - 0.5)
    areas.load_buildings(rows=[building(x, y, households=20 + 260 - full.households)], by=installer)
    grown = queries.comparison(maker, least(maker, "长高"))
    assert grown.scenario.in_range == grown.scenario.grids == same.scenario.grids
    assert 0 < grown.moved_households <= 100
    afresh = actions.make(prefix=STREET, by=maker, name="重编", settings=PlanSettings(**BAND))
    assert queries.comparison(maker, afresh).moved_households >= grown.moved_households
