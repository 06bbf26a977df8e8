"""The demo's town: addresses that are no dwelling of the community: in the district, in the city, far away."""

from __future__ import annotations

from random import Random

from wangge.entry.demo.town.divisions import CITY, PROVINCE, District, districts
from wangge.entry.demo.town.layout import Layout
from wangge.entry.demo.town.origins import FAR, PLACES_OF_WORK
from wangge.entry.demo.town.roads import names_by_rank


def district_address(district: District) -> str:
    """How addresses in a district begin: a county-level city stands without the prefecture."""
    return PROVINCE + ("" if district.name.endswith("市") else CITY) + district.name


class Elsewhere:
    """Draws addresses outside one community."""

    def __init__(self, layout: Layout, chance: Random) -> None:
        self._layout, self._chance = layout, chance
        self._others = [d for d in districts() if d.code != layout.district.code]

    def in_district(self) -> str:
        """On a road of the same district."""
        road = self._chance.choice(self._layout.roads.all)
        where = district_address(self._layout.district)
        return f"{where}{road.name}{self._chance.randint(1, 280)}号{self._flat()}"

    def near(self) -> str:
        """In another district or county of the city."""
        district = self._chance.choice(self._others)
        community = self._chance.choice(district.communities)
        group = f"{self._chance.randint(1, 9)}组" if community.rural else f"{self._road()}{self._flat()}"
        return f"{district_address(district)}{community.street_name}{community.short}{group}"

    def far(self) -> str:
        """Somewhere in other parts."""
        return f"{self._chance.choice(list(FAR.values()))}{self._road()}{self._flat()}"

    def work(self) -> str:
        """In a large city."""
        return f"{self._chance.choice(PLACES_OF_WORK)}{self._road()}{self._flat()}"

    def _road(self) -> str:
        return f"{self._chance.choice(names_by_rank(1))}{self._chance.randint(1, 260)}号"

    def _flat(self) -> str:
        chance = self._chance
        return f"{chance.randint(1, 20)}栋{chance.randint(1, 4)}单元{chance.randint(1, 17)}0{chance.randint(1, 4)}室"
