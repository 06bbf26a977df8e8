"""The demo's town: the real divisions of Yichang, with their statistical codes (see NOTICE for the source)."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

PROVINCE = "湖北省"
CITY = "宜昌市"
CITY_CODE = "420500"

_COMMITTEE = re.compile(r"(村?居民委员会|居委会|村民委员会|村委会)$")


@dataclass(frozen=True)
class Community:
    """A community (社区) or village (村): `ordinal` counts in the whole city, `place` within the district."""

    code: str
    name: str
    short: str
    street: str
    street_name: str
    district: str
    district_name: str
    ordinal: int
    place: int
    siblings: int

    @property
    def rural(self) -> bool:
        """True for a village."""
        return self.short.endswith(("村", "林场", "药材场")) or "生活区" in self.short


@dataclass(frozen=True)
class Street:
    """A street (街道) or town (镇, 乡)."""

    code: str
    name: str
    communities: tuple[Community, ...]


@dataclass(frozen=True)
class District:
    """A district (区) or county (县, 市)."""

    code: str
    name: str
    streets: tuple[Street, ...]
    ordinal: int = field(default=0, compare=False)

    @property
    def communities(self) -> tuple[Community, ...]:
        """All of them, street by street."""
        return tuple(c for street in self.streets for c in street.communities)


def short_name(name: str) -> str:
    """A committee's name without the committee: 土街头社区居民委员会 is 土街头社区, 张家村委会 is 张家村."""
    bare = _COMMITTEE.sub("", name)
    if bare == name:
        return name
    rural = name.endswith(("村民委员会", "村委会"))
    if rural:
        return bare if bare.endswith(("村", "社区")) else f"{bare}村"
    return bare if bare.endswith("社区") else f"{bare}社区"


def district(code: str) -> District:
    """The district with this six-digit code. Raises LookupError that names those there are."""
    found = [d for d in districts() if d.code == code]
    if not found:
        known = "、".join(f"{d.code} {d.name}" for d in districts())
        raise LookupError(f"there is no district {code!r} in {CITY}; the districts are {known}")
    return found[0]


@cache
def districts() -> tuple[District, ...]:
    """All districts of the city, as their codes count."""
    areas, streets, villages = (_rows(name) for name in ("areas", "streets", "villages"))
    ordinals = {row["code"]: index for index, row in enumerate(villages)}
    built = []
    for number, area in enumerate(areas):
        own = [row for row in villages if row["areaCode"] == area["code"]]
        places = {row["code"]: index for index, row in enumerate(own)}
        built.append(
            District(
                area["code"],
                area["name"],
                tuple(
                    _street(street, area, own, ordinals, places)
                    for street in streets
                    if street["areaCode"] == area["code"]
                ),
                number,
            )
        )
    return tuple(built)


@cache
def english_names() -> dict[str, str]:
    """English names by code: our own romanisations, of the districts and of everything in Xiling, where the demo plays."""
    return {row["code"]: row["name_en"] for row in _rows("english")}


def _street(
    street: dict[str, str],
    area: dict[str, str],
    own: list[dict[str, str]],
    ordinals: dict[str, int],
    places: dict[str, int],
) -> Street:
    communities = tuple(
        Community(
            row["code"],
            row["name"],
            short_name(row["name"]),
            street["code"],
            street["name"],
            area["code"],
            area["name"],
            ordinals[row["code"]],
            places[row["code"]],
            len(own),
        )
        for row in own
        if row["streetCode"] == street["code"]
    )
    return Street(street["code"], street["name"], communities)


def _rows(name: str) -> list[dict[str, str]]:
    text = files(__package__).joinpath("names", f"{name}.csv").read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
