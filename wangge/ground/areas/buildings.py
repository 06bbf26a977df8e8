"""One chunk of buildings on its way in: looked up, compared, written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from django.utils.translation import gettext as _

from wangge.cores.geo.morton import encode
from wangge.ground.areas import placements
from wangge.ground.areas.models import Address, Building, Entrance, Place
from wangge.ground.areas.points import communities_of
from wangge.ground.areas.records import BuildingRow, LoadedBuilding
from wangge.ground.areas.zones import Standing
from wangge.platform.access.errors import Invalid

OWN = ("plate", "address", "compound", "floors", "lift", "households", "wkb")


class Chunk:
    """Some rows, and what they become: ``prepare`` it, then ``write`` it inside a transaction."""

    def __init__(self, rows: Sequence[BuildingRow]) -> None:
        self.rows = rows
        lons, lats = np.array([r.lon for r in rows], float), np.array([r.lat for r in rows], float)
        self.mortons = [int(code) for code in encode(lons, lats)]
        self.communities = self._communities(lons, lats)
        self.buildings: dict[int, Building] = {}
        self.moved: list[Place] = []
        self.plans: list[Standing] = []
        self.entrances: list[tuple[int, Entrance]] = []
        self.addresses: list[tuple[int, Address]] = []
        self.new = 0
        self._no_twins()
        self._footprints()

    def _footprints(self) -> None:
        import shapely

        given = [row for row in self.rows if row.wkb is not None]
        shapes = shapely.from_wkb([row.wkb for row in given], on_invalid="ignore")
        bad = [row for row, shape in zip(given, shapes, strict=True) if shape is None]
        if bad:
            raise Invalid(
                "bad_shape", _("Footprints that can't be read as WKB: %(count)s.") % {"count": len(bad)},
                problems=[{"where": r.plate or r.address, "message": _("This footprint can't be read.")} for r in bad],
            )  # fmt: skip

    def _no_twins(self) -> None:
        """One load names a building once: which of two rows is right is not for us to guess."""
        names = [
            row.plate or f"{morton} {row.address}"
            for row, morton in zip(self.rows, self.mortons, strict=True)
        ]
        twins = sorted(name for name, times in Counter(names).items() if times > 1)
        if twins:
            raise Invalid(
                "building_twice", _("Buildings that come twice: %(count)s.") % {"count": len(twins)},
                advice=_("Give each building one row, and each its own plate."),
                problems=[{"where": name, "message": _("This building comes twice.")} for name in twins[:100]],
            )  # fmt: skip

    def _communities(self, lons: np.ndarray, lats: np.ndarray) -> list[str]:
        if all(row.community for row in self.rows):
            return [row.community for row in self.rows]
        found = communities_of(lons, lats)
        return [row.community or one for row, one in zip(self.rows, found, strict=True)]

    @cached_property
    def there(self) -> list[Building | None]:
        """The building that each row renews, if it is there."""
        plates = [row.plate for row in self.rows if row.plate]
        known = Building.objects.select_related("place")
        by_plate = {b.plate: b for b in known.filter(plate__in=plates)}
        bare = [m for row, m in zip(self.rows, self.mortons, strict=True) if not row.plate]
        # Several buildings may share a point, but not a point and an address.
        by_point = {
            (b.place.lon, b.place.lat, b.address): b for b in known.filter(plate=None, place__morton__in=bare)
        }
        return [
            by_plate.get(row.plate) if row.plate else by_point.get((row.lon, row.lat, row.address))
            for row in self.rows
        ]

    def prepare(self) -> None:
        """All that needs no transaction: look up what is there, make what is new."""
        self.plans = placements.living()
        for i, there in enumerate(self.there):
            if there is None:
                self._make(i)
            else:
                self._renew(i, there)
        self.entrances = [
            (i, Entrance(number=number)) for i, row in enumerate(self.rows) for number in row.entrances
        ]
        self.addresses = [
            (i, Address(**one._asdict())) for i, row in enumerate(self.rows) for one in row.addresses
        ]

    def write(self) -> list[LoadedBuilding]:
        """Write the chunk; returns its buildings in order."""
        fresh = [self.buildings[i] for i, there in enumerate(self.there) if there is None]
        kept = [there for there in self.there if there is not None]
        Place.objects.bulk_create(building.place for building in fresh)
        for building in fresh:
            building.place = (
                building.place
            )  # takes the key over; assigning the key alone would forget the place
        Building.objects.bulk_create(fresh)
        Building.objects.bulk_update(kept, OWN, batch_size=100)
        Place.objects.bulk_update(self.moved, ["lon", "lat", "morton", "community"], batch_size=100)
        self._place([b.place for b in fresh])
        self._entrances_and_addresses([there.pk for there in kept])
        self.new = len(fresh)
        return [
            LoadedBuilding(b.pk, str(b.place.uid), b.plate or "") for _, b in sorted(self.buildings.items())
        ]

    def _make(self, i: int) -> None:
        row = self.rows[i]
        place = Place(
            kind="building", lon=row.lon, lat=row.lat, morton=self.mortons[i], community=self.communities[i]
        )
        self.buildings[i] = Building(place=place, **self._own(i))

    def _renew(self, i: int, building: Building) -> None:
        place, row = building.place, self.rows[i]
        if (place.lon, place.lat, place.community) != (row.lon, row.lat, self.communities[i]):
            place.lon, place.lat, place.morton = row.lon, row.lat, self.mortons[i]
            place.community = self.communities[i]
            self.moved.append(place)
        for name, value in self._own(i).items():
            setattr(building, name, value)
        self.buildings[i] = building

    def _own(self, i: int) -> dict[str, object]:
        row = self.rows[i]
        return {name: getattr(row, name) for name in OWN} | {"plate": row.plate or None}

    def _place(self, fresh: list[Place]) -> None:
        """Into the plans that live; what moved loses the grid it had there."""
        placements.forget(self.plans, [place.pk for place in self.moved])
        placements.place_into(
            self.plans, [placements.Spot(p.pk, p.lon, p.lat) for p in [*fresh, *self.moved]]
        )

    def _entrances_and_addresses(self, renewed: list[int]) -> None:
        for i, entrance in self.entrances:
            entrance.building_id = self.buildings[i].pk
        for i, address in self.addresses:
            address.building_id = self.buildings[i].pk
        Entrance.objects.bulk_create((entrance for _, entrance in self.entrances), ignore_conflicts=True)
        if renewed:
            Address.objects.filter(building__in=renewed).delete()
        Address.objects.bulk_create(address for _, address in self.addresses)
