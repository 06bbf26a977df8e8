"""One chunk of buildings on its way in: looked up, compared, written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _

from wangge.ground.areas import placements
from wangge.ground.areas.models import Address, Building, Entrance, Place
from wangge.ground.areas.points import COMMUNITY_DIGITS, communities_at, grids_at
from wangge.ground.areas.quadrants import leaves
from wangge.ground.areas.records import BuildingRow, LoadedBuilding
from wangge.platform.access.errors import Invalid

OWN = ("plate", "address", "compound", "floors", "lift", "households", "wkb")


class Chunk:
    """Some rows, and what they become. ``write`` is called once, inside a transaction."""

    def __init__(self, rows: Sequence[BuildingRow]) -> None:
        self.rows = rows
        lons, lats = np.array([r.lon for r in rows], float), np.array([r.lat for r in rows], float)
        self.mortons = [int(number) for number in leaves(lons, lats)]
        self.communities = self._communities(lons, lats)
        self.new = 0
        self._no_twins()

    def _no_twins(self) -> None:
        """One load names a building once: which of two rows is right is not for us to guess."""
        names = [
            row.plate or f"{morton} {row.address}"
            for row, morton in zip(self.rows, self.mortons, strict=True)
        ]
        twins = sorted(name for name, times in Counter(names).items() if times > 1)
        if twins:
            raise Invalid(
                "building_twice", _("%(count)s buildings come twice.") % {"count": len(twins)},
                advice=_("Give each building one row, and each its own plate."),
                problems=[{"where": name, "message": _("This building comes twice.")} for name in twins[:100]],
            )  # fmt: skip

    def _communities(self, lons: np.ndarray, lats: np.ndarray) -> list[str]:
        if all(row.community for row in self.rows):
            return [row.community for row in self.rows]
        grids, grounds = grids_at(lons, lats), communities_at(lons, lats)
        found = [grid[:COMMUNITY_DIGITS] or ground for grid, ground in zip(grids, grounds, strict=True)]
        return [row.community or one for row, one in zip(self.rows, found, strict=True)]

    @cached_property
    def there(self) -> list[Building | None]:
        """The building that each row renews, if it is there."""
        plates = [row.plate for row in self.rows if row.plate]
        known = Building.objects.select_related("place")
        by_plate = {b.plate: b for b in known.filter(plate__in=plates)}
        bare = [m for row, m in zip(self.rows, self.mortons, strict=True) if not row.plate]
        by_point = {
            (b.place.morton, b.address): b for b in known.filter(plate=None, place__morton__in=bare)
        }  # several buildings may share a point, but not a point and an address
        return [
            by_plate.get(row.plate) if row.plate else by_point.get((morton, row.address))
            for row, morton in zip(self.rows, self.mortons, strict=True)
        ]

    def write(self) -> list[LoadedBuilding]:
        """Write the chunk; returns its buildings in order."""
        fresh = [i for i, building in enumerate(self.there) if building is None]
        kept = [i for i, building in enumerate(self.there) if building is not None]
        self.new = len(fresh)
        buildings = {**self._renew(kept), **self._add(fresh)}
        self._entrances_and_addresses(buildings)
        return [LoadedBuilding(b.pk, str(b.place.uid), b.plate or "") for _, b in sorted(buildings.items())]

    def _add(self, fresh: list[int]) -> dict[int, Building]:
        places = Place.objects.bulk_create(
            Place(
                kind="building", lon=self.rows[i].lon, lat=self.rows[i].lat, morton=self.mortons[i],
                community=self.communities[i],
            )
            for i in fresh
        )  # fmt: skip
        buildings = {i: Building(place=place, **self._own(i)) for i, place in zip(fresh, places, strict=True)}
        Building.objects.bulk_create(buildings.values())
        placements.place_into_living_plans([placements.Spot(p.pk, p.lon, p.lat) for p in places])
        return buildings

    def _renew(self, kept: list[int]) -> dict[int, Building]:
        buildings, moved = {}, []
        for i in kept:
            building = self.there[i]
            assert building is not None
            place = building.place
            if (place.morton, place.community) != (self.mortons[i], self.communities[i]):
                place.lon, place.lat, place.morton = self.rows[i].lon, self.rows[i].lat, self.mortons[i]
                place.community = self.communities[i]
                moved.append(place)
            for name, value in self._own(i).items():
                setattr(building, name, value)
            buildings[i] = building
        if buildings:
            Building.objects.bulk_update(buildings.values(), OWN, batch_size=100)
        if moved:
            Place.objects.bulk_update(moved, ["lon", "lat", "morton", "community"], batch_size=100)
            placements.forget(place.pk for place in moved)
            placements.place_into_living_plans([placements.Spot(p.pk, p.lon, p.lat) for p in moved])
        return buildings

    def _own(self, i: int) -> dict[str, object]:
        row = self.rows[i]
        return {name: getattr(row, name) for name in OWN} | {"plate": row.plate or None}

    def _entrances_and_addresses(self, buildings: dict[int, Building]) -> None:
        entrances = [
            Entrance(building=b, number=n) for i, b in buildings.items() for n in self.rows[i].entrances
        ]
        Entrance.objects.bulk_create(entrances, ignore_conflicts=True)
        renewed = [b.pk for i, b in buildings.items() if self.there[i] is not None]
        Address.objects.filter(building__in=renewed).delete()
        Address.objects.bulk_create(
            Address(building=b, **a._asdict()) for i, b in buildings.items() for a in self.rows[i].addresses
        )
