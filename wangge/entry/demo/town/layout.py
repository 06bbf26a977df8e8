"""The demo's town: the plan of a district. Streets and their communities tile it between a river and the hills.

The plan of a district is always made whole, from its own seed: what is built of it changes nothing.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property

from wangge.entry.demo.town.divisions import Community, District
from wangge.entry.demo.town.frame import Frame, frame_of
from wangge.entry.demo.town.partition import Box, Cut, Cuts, divide
from wangge.entry.demo.town.roads import Road, Roads, former_name, joined, names_by_rank
from wangge.entry.demo.town.seeds import stream

URBAN_AREA, RURAL_AREA = 215_000.0, 620_000.0
"""Square metres of a community and of a village, streets and green included."""
BANK = -70.0
"""Between the road along the river (v = 0) and the water lies a green bank, in metres of v."""

_LONG = 2.4
RIVERS = {
    "420528": "清江",
    "420581": "清江",
    "420525": "沮河",
    "420582": "沮漳河",
    "420526": "香溪河",
    "420529": "天池河",
}


@dataclass(frozen=True)
class Layout:
    """A district's plan: each community's box, the roads between them, and the frame that lays it on the ground."""

    district: District
    frame: Frame
    whole: Box
    boxes: dict[str, Box]
    roads: Roads

    @property
    def river(self) -> str:
        """Its name."""
        return RIVERS.get(self.district.code, "长江")

    @cached_property
    def from_the_heart(self) -> list[Community]:
        """Communities from the old town on the river bank outwards."""
        heart_u, heart_v = 0.42 * self.whole.u1, 0.12 * self.whole.v1

        def distance(community: Community) -> float:
            u, v = self.boxes[community.code].centre
            return math.hypot(u - heart_u, v - heart_v)

        return sorted(self.district.communities, key=lambda c: (distance(c), c.code))

    def outline(self, community: Community) -> Box:
        """A community's whole ground: those at the river reach to the water."""
        box = self.boxes[community.code]
        return box._replace(v0=BANK) if box.v0 == 0 else box

    def outer_ring(self, community: Community) -> float:
        """How far out a community lies: 0 in the heart, 1 at the farthest end."""
        order = self.from_the_heart
        return order.index(community) / max(1, len(order) - 1)


def lay_out(district: District, seed: int) -> Layout:
    """The plan of a district."""
    chance = stream(seed, district.code, "plan")
    area = sum(map(_area, district.communities))
    depth = round(math.sqrt(area / _LONG))
    whole = Box(0.0, 0.0, float(round(area / depth)), float(depth))
    edges = [
        Cut("v", 0.0, 0.0, whole.u1, 0),
        Cut("v", whole.v1, 0.0, whole.u1, 1),
        Cut("u", 0.0, 0.0, whole.v1, 1),
        Cut("u", whole.u1, 0.0, whole.v1, 1),
    ]
    cuts = Cuts([])
    weights = [(s, sum(map(_area, s.communities))) for s in district.streets if s.communities]
    boxes: dict[str, Box] = {}
    for street, box in list(divide(whole, weights, chance, cuts, 0, deepest=1, first="v")):
        things = [(c, _area(c)) for c in street.communities]
        boxes |= {c.code: part for c, part in divide(box, things, chance, cuts, 1, deepest=2)}
    roads = _named(edges, cuts.lines, district, seed)
    return Layout(district, frame_of(district, seed, whole.u1, whole.v1), whole, boxes, roads)


def _area(community: Community) -> float:
    return RURAL_AREA if community.rural else URBAN_AREA


def _named(edges: list[Cut], cuts: list[Cut], district: District, seed: int) -> Roads:
    """The longest roads get the grandest names; the road along the river is the first of them."""
    chance = stream(seed, district.code, "road names")
    lines = [edges[0], *sorted(joined(cuts), key=lambda c: (c.rank, c.start - c.end, c.at)), *edges[1:]]
    taken = {c.short.removesuffix("社区") for c in district.communities}
    grand, plain = (iter([n for n in names_by_rank(rank) if n not in taken]) for rank in (0, 1))
    roads = []
    for number, cut in enumerate(lines, 1):
        name = next(grand, None) if cut.rank == 0 else None
        name = name or next(plain, None) or f"规划{number}路"
        code = f"{district.code}-R{number:03d}"
        roads.append(Road(code, name, former_name(chance, cut.rank), cut.rank, *cut[:4]))
    return Roads(roads)
