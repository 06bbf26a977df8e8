"""The demo's town: the ground of one community cut into blocks by its own roads, and what each block is for."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import Literal

from wangge.entry.demo.town.divisions import Community
from wangge.entry.demo.town.layout import Layout
from wangge.entry.demo.town.partition import Axis, Box, Cut
from wangge.entry.demo.town.roads import Road, Roads, former_name, joined, lesser_names
from wangge.entry.demo.town.seeds import Urn, stream

Use = Literal["homes", "shops", "school", "park", "offices"]
Character = Literal["old", "settled", "new", "rural"]
"""What a community is like: the old town, the quarters of 1985–2005, new compounds, a village."""

PAVEMENT = 4.0
"""Metres between a road's kerb and the plots."""

HOMES = 0.68
"""The share of a community's blocks that homes have at least."""

_LARGEST = {"old": 17_000.0, "settled": 26_000.0, "new": 34_000.0, "rural": 70_000.0}
_USES: dict[Character, Urn[Use]] = {
    "old": Urn.of({"homes": 0.82, "shops": 0.12, "park": 0.03, "offices": 0.03}),
    "settled": Urn.of({"homes": 0.80, "shops": 0.08, "park": 0.06, "offices": 0.06}),
    "new": Urn.of({"homes": 0.78, "shops": 0.07, "park": 0.09, "offices": 0.06}),
    "rural": Urn.of({"homes": 0.90, "park": 0.10}),
}


@dataclass(frozen=True)
class Side:
    """One side of a block: its road, where along the road its middle is, and whether the block lies beyond it."""

    road: Road
    along: float
    beyond: bool

    @property
    def number(self) -> int:
        """The house number in the middle of this side."""
        return self.road.number(self.along, self.beyond)


@dataclass(frozen=True)
class Block:
    """A piece of ground between roads: `plot` is what may be built on, in plan metres."""

    box: Box
    plot: Box
    sides: tuple[Side, ...]
    use: Use


@dataclass(frozen=True)
class Plots:
    """A community's blocks, the roads that are its own, and what it is like."""

    character: Character
    blocks: list[Block]
    roads: list[Road]


def character_of(layout: Layout, community: Community) -> Character:
    """The older the nearer to the heart."""
    if community.rural:
        return "rural"
    ring = layout.outer_ring(community)
    return "old" if ring < 0.12 else "settled" if ring < 0.6 else "new"


def cut_plots(layout: Layout, community: Community, seed: int) -> Plots:
    """The blocks of a community, from its own seed."""
    chance = stream(seed, community.code, "plots")
    character = character_of(layout, community)
    cuts: list[Cut] = []
    boxes = _cut(layout.boxes[community.code], _LARGEST[character], chance, cuts, 2)
    own = _named(joined(cuts), community, seed)
    roads = Roads([*own, *layout.roads.all])
    uses: list[Use] = [_USES[character].draw(chance) for _ in boxes]
    if character != "rural" and len(boxes) > 3 and chance.random() < 0.45:
        uses[max(range(len(boxes)), key=lambda i: boxes[i].area)] = "school"
    _leave_room_for_homes(boxes, uses)
    blocks = [_block(box, roads, use) for box, use in zip(boxes, uses, strict=True)]
    return Plots(character, blocks, own)


def _leave_room_for_homes(boxes: list[Box], uses: list[Use]) -> None:
    """Homes get at least their share: the smallest of the other blocks become homes until they have it."""
    total = sum(box.area for box in boxes)
    homes = sum(box.area for box, use in zip(boxes, uses, strict=True) if use == "homes")
    for index in sorted(range(len(boxes)), key=lambda i: boxes[i].area):
        if homes >= HOMES * total:
            return
        if uses[index] != "homes":
            uses[index] = "homes"
            homes += boxes[index].area


def _cut(box: Box, largest: float, chance: Random, cuts: list[Cut], rank: int) -> list[Box]:
    if box.area <= largest * chance.uniform(0.8, 1.25) or min(box.width, box.depth) < 70:
        return [box]
    axis: Axis = "u" if box.width > box.depth * chance.uniform(0.85, 1.15) else "v"
    share = chance.uniform(0.42, 0.58)
    if axis == "u":
        at = float(round(box.u0 + share * box.width))
        parts = box._replace(u1=at), box._replace(u0=at)
        cuts.append(Cut(axis, at, box.v0, box.v1, rank))
    else:
        at = float(round(box.v0 + share * box.depth))
        parts = box._replace(v1=at), box._replace(v0=at)
        cuts.append(Cut(axis, at, box.u0, box.u1, rank))
    return [leaf for part in parts for leaf in _cut(part, largest, chance, cuts, 3)]


def _named(cuts: list[Cut], community: Community, seed: int) -> list[Road]:
    """The first road of 墨池巷社区 is 墨池巷; the others take words that no other community takes."""
    chance = stream(seed, community.code, "road names")
    stems = lesser_names(community, seed)
    own = community.short.removesuffix("社区")
    roads = []
    for number, cut in enumerate(sorted(cuts, key=lambda c: (c.rank, c.start - c.end, c.at)), 1):
        suffix = (
            chance.choice(("路", "路", "街")) if cut.rank == 2 else chance.choice(("巷", "巷", "里", "街"))
        )
        takes_own = number == 1 and own.endswith(("路", "街", "巷"))
        name = own if takes_own else next(stems, f"{own}{number}") + suffix
        code = f"{community.code}-R{number:02d}"
        roads.append(Road(code, name, former_name(chance, cut.rank), cut.rank, *cut[:4], community.code))
    return roads


def _block(box: Box, roads: Roads, use: Use) -> Block:
    u, v = box.centre
    edges: tuple[tuple[Axis, float, float, bool], ...] = (
        ("v", box.v0, u, True),
        ("v", box.v1, u, False),
        ("u", box.u0, v, True),
        ("u", box.u1, v, False),
    )
    sides, insets = [], []
    for axis, at, along, beyond in edges:
        road = roads.on(axis, at, along)
        if road is None:
            raise RuntimeError(f"a block at {box} has no road on its side {axis} = {at}")
        sides.append(Side(road, along, beyond))
        insets.append(road.width / 2 + PAVEMENT)
    plot = Box(box.u0 + insets[2], box.v0 + insets[0], box.u1 - insets[3], box.v1 - insets[1])
    return Block(box, plot, tuple(sides), use)
