"""The demo's town: houses on the blocks of one community, as many dwellings as its households need."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from wangge.entry.demo.town.buildings import Address, Building, Compound, Dwelling, Entrance
from wangge.entry.demo.town.compounds import CompoundNames
from wangge.entry.demo.town.divisions import Community
from wangge.entry.demo.town.frame import Frame, Points, densify
from wangge.entry.demo.town.kinds import BY_DENSITY, KINDS, Kind, Slot, rows
from wangge.entry.demo.town.partition import Box
from wangge.entry.demo.town.plates import plate_code
from wangge.entry.demo.town.plots import Block, Plots, Side
from wangge.entry.demo.town.seeds import Urn, rounded, stream
from wangge.entry.demo.town.shapes import outline, turned

KINDS_BY_CHARACTER = {
    "old": Urn.of({"old": 0.42, "slab": 0.44, "tower": 0.14}),
    "settled": Urn.of({"slab": 0.62, "middle": 0.20, "tower": 0.18}),
    "new": Urn.of({"middle": 0.45, "tower": 0.50, "slab": 0.05}),
    "rural": Urn.of({"house": 0.93, "slab": 0.07}),
}
OTHER_KINDS = {
    "shops": Kind("shops", 17, 26, (1, 2), (2, 5), 0, 8, 16, (1990, 2022)),
    "offices": Kind("offices", 22, 34, (1, 1), (6, 24), 0, 20, 30, (1996, 2023), lift=True),
    "school": Kind("school", 70, 90, (1, 1), (4, 5), 0, 20, 60, (1975, 2018)),
}

_EDGE = 3.0
"""Metres kept free inside a plot."""


@dataclass
class Built:
    """What stands in a community. Dwellings name their building and entrance by place in these lists."""

    compounds: list[Compound] = field(default_factory=list)
    buildings: list[Building] = field(default_factory=list)
    dwellings: list[Dwelling] = field(default_factory=list)
    parks: list[Points] = field(default_factory=list)
    ponds: list[Points] = field(default_factory=list)

    def address(self, dwelling: int) -> Address:
        """The address of a dwelling."""
        home = self.dwellings[dwelling]
        building = self.buildings[home.building]
        compound = self.compounds[building.compound].name if building.compound is not None else ""
        unit = str(home.entrance + 1) if len(building.entrances) > 1 or compound else ""
        return Address(
            building.road,
            building.former_road,
            building.number,
            compound,
            building.label,
            unit if home.door else "",
            home.door,
        )


@dataclass(frozen=True)
class _Plot:
    """A plot on the ground: its middle, the directions along and away from the river, its sides in metres."""

    middle: Points
    along: Points
    away: Points
    angle: float
    width: float
    depth: float

    def at(self, slot: Slot, corners: Points) -> Points:
        return self.middle + self.along * slot.across + self.away * slot.away + turned(corners, self.angle)


class Builder:
    """Builds one community, block by block."""

    def __init__(self, community: Community, plots: Plots, frame: Frame, seed: int) -> None:
        self._community, self._plots, self._frame = community, plots, frame
        self._chance = stream(seed, community.code, "houses")
        self._names = CompoundNames(stream(seed, community.code, "compounds"))
        self._plates = 0
        self._groups = 0
        self.built = Built()

    def build(self, dwellings: int) -> Built:
        """Everything, with about so many dwellings."""
        homes = [b for b in self._plots.blocks if b.use == "homes"]
        ground = sum(b.plot.area for b in homes)
        for block in self._plots.blocks:
            if block.use == "homes":
                self._homes(block, (dwellings - len(self.built.dwellings)) * block.plot.area / ground)
                ground -= block.plot.area
            elif block.use == "park":
                self._park(block)
            else:
                self._others(block, OTHER_KINDS[block.use])
        self._names_of_houses()
        return self.built

    def _names_of_houses(self) -> None:
        """The community's service centre stands in an office or a shop if it can; schools are named after the street."""
        order = {"offices": 0, "shops": 1, "homes": 2}
        rooms = sorted((b for b in self.built.buildings if b.use in order), key=lambda b: order[b.use])
        if rooms:
            rooms[0].name = f"{self._community.short}党群服务中心"
        for building in self.built.buildings:
            if building.use == "school":
                building.name = f"{self._community.street_name.removesuffix('街道')}学校"

    def _homes(self, block: Block, quota: float) -> None:
        plot = self._ground(block.plot)
        kind, slots, floors = self._fit(plot, quota)
        year = self._chance.randint(*kind.years)
        side = self._gate(block)
        compound = None
        if kind.code not in ("old", "house"):
            compound = self._compound(block, kind, side)
        if kind.code == "house":
            self._groups += 1
        for index, slot in enumerate(slots):
            height = min(kind.floors[1], max(kind.floors[0], rounded(self._chance, floors)))
            building = self._place(plot, slot, kind, height, year)
            building.compound = compound
            self._address(building, kind, side, index)
            building.shops = self._has_shops(block, plot, slot, kind, height)
            self._doors(building, kind)

    def _fit(self, plot: _Plot, quota: float) -> tuple[Kind, list[Slot], float]:
        """A kind of house, its places and its floors, so that the plot holds `quota` dwellings or nearly so."""
        drawn = KINDS_BY_CHARACTER[self._plots.character].draw(self._chance)
        best: tuple[float, Kind, list[Slot], int] | None = None
        for code in (drawn, *BY_DENSITY[drawn]):
            kind = KINDS[code]
            slots = rows(kind, plot.width, plot.depth, self._chance)
            units = sum(slot.entrances for slot in slots)
            least, most = (kind.dwellings(units, floors) for floors in kind.floors)
            # How far off the plot would be: too full counts at once, too empty only where half of it stays bare.
            off = max(quota - most, 0.0) + max(least * 0.5 - quota, 0.0)
            if best is None or off < best[0]:
                best = off, kind, slots, units
            if off == 0 or kind.single:
                break
        assert best is not None
        _, kind, slots, units = best
        if kind.dwellings(units, kind.floors[0]) > quota:
            floors = sum(kind.floors) / 2 if kind.single else float(kind.floors[0])
            return kind, self._thinned(kind, slots, plot, quota), floors
        floors = sum(kind.floors) / 2 if kind.single else quota / max(1, units * kind.doors)
        return kind, slots, min(floors, kind.floors[1])

    def _thinned(self, kind: Kind, slots: list[Slot], plot: _Plot, quota: float) -> list[Slot]:
        """Fewer houses: in a village those along the roads, elsewhere any."""

        def order(slot: Slot) -> float:
            if not kind.single:
                return self._chance.random()
            edge = min(plot.width / 2 - abs(slot.across), plot.depth / 2 - abs(slot.away))
            return edge + self._chance.uniform(0, 14)

        kept, total = [], 0
        for slot in sorted(slots, key=order):
            if total and total + kind.dwellings(slot.entrances, kind.floors[0]) > quota:
                break
            kept.append(slot)
            total += kind.dwellings(slot.entrances, kind.floors[0])
        return sorted(kept, key=lambda s: (s.away, s.across))

    def _others(self, block: Block, kind: Kind) -> None:
        plot = self._ground(block.plot)
        side = self._gate(block)
        year = self._chance.randint(*kind.years)
        slots = rows(kind, plot.width, plot.depth, self._chance)
        if kind.code == "school":
            # One building around a court, as large as the plot allows.
            slots = [Slot(0.0, 0.0, min(kind.unit, 0.8 * plot.width), 1)]
        for index, slot in enumerate(slots):
            if slots[1:] and self._chance.random() < 0.12:
                continue
            building = self._place(plot, slot, kind, self._chance.randint(*kind.floors), year)
            self._address(building, kind, side, index)

    def _park(self, block: Block) -> None:
        box = block.plot
        self.built.parks.append(self._outline(box))
        if box.area > 9000 and self._chance.random() < 0.6:
            turn = np.linspace(0, 2 * np.pi, 28, endpoint=False)
            radius = 1 + 0.18 * np.sin(3 * turn + self._chance.uniform(0, 6)) + 0.1 * np.sin(5 * turn)
            shore = np.column_stack([np.cos(turn) * box.width * 0.27, np.sin(turn) * box.depth * 0.27])
            self.built.ponds.append(self._frame.ground(np.array(box.centre) + shore * radius[:, None]))

    def _ground(self, box: Box) -> _Plot:
        u, v = box.centre
        slopes, angle = self._frame.tangent(u, v)
        lengths = np.hypot(slopes[0], slopes[1])
        along, away = slopes[:, 0] / lengths[0], slopes[:, 1] / lengths[1]
        # Rows stand at right angles to the front: what the plot is skewed by is lost at its ends.
        skew = abs(float(along @ away)) * 12
        width = box.width * float(lengths[0]) - 2 * _EDGE - skew
        depth = box.depth * float(lengths[1]) - 2 * _EDGE
        return _Plot(self._frame.ground(np.array([[u, v]]))[0], along, away, angle, width, depth)

    def _outline(self, box: Box) -> Points:
        corners = np.array(
            [(box.u0, box.v0), (box.u1, box.v0), (box.u1, box.v1), (box.u0, box.v1), (box.u0, box.v0)]
        )
        return self._frame.ground(densify(corners))

    def _gate(self, block: Block) -> Side:
        """The side of the quietest road, or another one."""
        quiet = sorted(block.sides, key=lambda s: -s.road.rank)
        return quiet[0] if self._chance.random() < 0.6 else self._chance.choice(quiet)

    def _plate(self) -> str:
        self._plates += 1
        return plate_code(self._community.district, self._community.ordinal, self._plates)

    def _compound(self, block: Block, kind: Kind, side: Side) -> int:
        number = len(self.built.compounds) + 1
        self.built.compounds.append(
            Compound(
                f"{self._community.code}-C{number:02d}",
                self._names.draw(kind.code),
                side.road.name,
                f"{side.number}号",
                self._plate(),
                self._outline(block.plot),
            )
        )
        return number - 1

    def _place(self, plot: _Plot, slot: Slot, kind: Kind, floors: int, year: int) -> Building:
        place = len(self.built.buildings)
        code = f"{self._community.code}-B{place + 1:03d}"
        depth = min(kind.depth, 0.8 * plot.depth if kind.code == "school" else plot.depth)
        length = min(slot.length, plot.width)
        corners = plot.at(slot, outline(kind.code, length, depth, self._chance))
        use = "homes" if kind.code in KINDS else kind.code
        built = year + self._chance.randint(0, 2)
        building = Building(
            code,
            place,
            None,
            kind.code,
            use,
            "",
            "",
            "",
            "",
            "",
            floors,
            kind.lift,
            built,
            self._plate(),
            corners,
        )
        for number in range(slot.entrances):
            step = np.array([[-length / 2 + length / slot.entrances * (number + 0.5), depth / 2 + 1.0]])
            point = plot.at(slot, step)
            building.entrances.append(Entrance(f"{code}-{number + 1}", number + 1, self._plate(), point))
        self.built.buildings.append(building)
        return building

    def _address(self, building: Building, kind: Kind, side: Side, index: int) -> None:
        if kind.code == "house":
            building.road = f"{self._community.short}{self._groups}组"
            building.number = f"{index + 1}号"
            return
        building.road, building.former_road = side.road.name, side.road.former_name
        if building.compound is not None:
            building.number, building.label = f"{side.number}号", f"{index + 1}栋"
        else:
            building.number = f"{side.number}号" + (f"附{index}号" if index else "")

    def _has_shops(self, block: Block, plot: _Plot, slot: Slot, kind: Kind, floors: int) -> bool:
        """Houses along a larger road have shops on the ground floor."""
        if kind.single or floors < 3:
            return False
        front = block.sides[0] if slot.away < 0 else block.sides[1]
        return front.road.rank <= 2 and plot.depth / 2 - abs(slot.away) < kind.depth

    def _doors(self, building: Building, kind: Kind) -> None:
        size = {"house": 130.0, "old": 55.0, "slab": 82.0, "middle": 105.0, "tower": 98.0}[kind.code]
        # Doors above each other have the same plan.
        plans = [round(size * self._chance.uniform(0.75, 1.3), 2) for _ in range(kind.doors)]
        for place, entrance in enumerate(building.entrances):
            for floor in range(2 if building.shops else 1, 2 if kind.single else building.floors + 1):
                for door in range(1, 2 if kind.single else kind.doors + 1):
                    label = "" if kind.single else f"{floor}{door:02d}"
                    code = f"{entrance.code}-{label or '1'}"
                    number, area = len(self.built.dwellings), plans[door - 1]
                    plate = self._plate()
                    entrance.dwellings.append(number)
                    self.built.dwellings.append(
                        Dwelling(code, number, building.place, place, floor, label, plate, area)
                    )
