"""The demo's town: shops and firms on ground floors and in offices, with their unified social credit codes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from random import Random

from wangge.entry.demo.town.buildings import Building
from wangge.entry.demo.town.credit_codes import credit_code
from wangge.entry.demo.town.ground import Ground
from wangge.entry.demo.town.person_names import lines, surnames
from wangge.entry.demo.town.seeds import Urn, stream

_SPAN = 31**8
_STRIDE = 387_420_489_001
_A_COMMUNITY = 10_000

_KINDS = {
    "homes": Urn.of({"餐馆": 30, "零售": 40, "服务": 22, "教育": 3, "医疗": 3, "住宿": 2}),
    "shops": Urn.of({"餐馆": 26, "零售": 44, "服务": 16, "教育": 4, "医疗": 3, "住宿": 4, "公司": 3}),
    "offices": Urn.of({"公司": 34, "服务业": 30, "科技": 24, "教育": 7, "住宿": 5}),
}


@dataclass(frozen=True)
class Organisation:
    """A shop or firm in one of the community's buildings."""

    code: str
    credit_code: str
    name: str
    kind: str
    section: str
    building: int
    address: str


@cache
def _lists() -> tuple[tuple[str, ...], dict[str, tuple[str, str, tuple[str, ...]]]]:
    brands: tuple[str, ...] = ()
    kinds = {}
    for line in lines("organisation_names.txt"):
        kind, *rest = line.split()
        if kind == "brand":
            brands = tuple(rest)
        else:
            kinds[kind] = (rest[0], rest[1], tuple(rest[2:]))
    return brands, kinds


def organisations_of(ground: Ground, seed: int) -> list[Organisation]:
    """All of one community."""
    own = ground.community
    chance = stream(seed, own.code, "organisations")
    found: list[Organisation] = []
    for building in ground.built.buildings:
        for number in range(_count(building, chance)):
            serial = len(found) + 1
            kind = _KINDS[building.use].draw(chance)
            authority, section, _ = _lists()[1][kind]
            address = building.road + building.number + building.label
            code = (own.ordinal * _A_COMMUNITY + serial) * _STRIDE % _SPAN
            found.append(
                Organisation(
                    f"{own.code}-O{serial:04d}",
                    credit_code(authority, own.district, code),
                    _name(own.district_name, kind, chance),
                    kind,
                    section,
                    building.place,
                    f"{address}{number + 1}号门面"
                    if building.use != "offices"
                    else f"{address}{number // 4 + 1}0{number % 4 + 1}室",
                )
            )
    return found


def _count(building: Building, chance: Random) -> int:
    if building.use == "shops":
        return chance.randint(2, 7)
    if building.use == "offices":
        return chance.randint(6, 18)
    if building.shops:
        return sum(chance.random() < 0.7 for _ in range(2 * len(building.entrances)))
    return 0


def _name(district: str, kind: str, chance: Random) -> str:
    brands, kinds = _lists()
    authority, _, what = kinds[kind]
    brand = chance.choice(brands)
    if authority == "92":
        if chance.random() < 0.3:
            brand = surnames().draw(chance) + chance.choice(("记", "氏", "家"))
        return f"宜昌市{district}{brand}{chance.choice(what)}"
    return f"宜昌{brand}{chance.choice(what)}"
