"""Addresses as departments write them name dwellings of this city, and of no other city with roads of the same names."""

import pytest

from wangge.ground.areas import actions as areas
from wangge.ground.areas import queries
from wangge.ground.areas.records import AddressRow, BuildingRow, DivisionRow
from wangge.ground.registry import actions as registry
from wangge.ground.registry.records import DwellingIn
from wangge.work.hub import dwellings

pytestmark = pytest.mark.django_db

CITY, DISTRICT = (
    DivisionRow("4205", "city", "宜昌市"),
    DivisionRow("420502", "district", "西陵区", parent="4205"),
)
WRITTEN = [
    "学院街18号2单元501", "西陵区学院街18号2单元501", "湖北省宜昌市西陵区学院街18号2单元501",
    "湖北省荆州市学院街18号2单元501", "伍家岗区学院街18号2单元501",
]  # fmt: skip


@pytest.fixture
def door(installer):
    """One dwelling with its address."""
    row = BuildingRow(
        111.0, 30.05, plate="P1", community="420502001001", address="学院街18号", households=12, entrances=("1", "2"),
        addresses=(AddressRow("学院街18号", "学院街", "18号"),),
    )  # fmt: skip
    (building,) = areas.load_buildings(rows=[row], by=installer)
    (uid,) = registry.load_dwellings(rows=[DwellingIn(building.building, "501", "2")], by=installer)
    return uid


def test_addresses_of_another_city_or_district_name_no_dwelling_here(door, installer):
    areas.load_divisions(rows=[CITY, DISTRICT], by=installer)
    assert queries.names_within() == {"湖北省", "宜昌市", "西陵区"}
    assert dwellings.resolve(WRITTEN) == [door, door, door, None, None]


def test_a_city_without_a_division_of_its_own_has_the_name_that_is_set(door, installer):
    areas.load_divisions(rows=[DISTRICT._replace(parent="")], by=installer)
    assert queries.names_within() == {"湖北省", "宜昌市", "西陵区"}


def test_without_districts_nobody_knows_what_lies_elsewhere(door):
    assert queries.names_within() == frozenset()
    assert dwellings.resolve(WRITTEN) == [door] * 5
