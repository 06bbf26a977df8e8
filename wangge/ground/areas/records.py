"""What areas tells others, and the rows it takes in."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """A frozen record."""

    model_config = ConfigDict(frozen=True)


class DivisionRecord(Record):
    """A city, district, street or community."""

    code: str
    level: str
    name_zh: str
    name_en: str
    parent: str
    lon: float | None
    lat: float | None
    from_on: date | None = None
    to_on: date | None = None


class NameRecord(Record):
    """What a division or a grid is called."""

    code: str
    zh: str
    en: str


class DivisionPage(Record):
    """Divisions, and how many there are in all."""

    total: int
    items: list[DivisionRecord]


class GridRecord(Record):
    """A grid of the plan in force; ``households`` as they were counted when the plan was made."""

    code: str
    name: str
    kind: str
    community: str
    households: int
    lon: float | None
    lat: float | None
    plan: int


class GridPage(Record):
    """Grids, and how many there are in all."""

    total: int
    items: list[GridRecord]


class PlanRecord(Record):
    """A plan of grids. ``state`` is draft, approved, to_come, in_force or past: what the dates say at this moment."""

    uid: str
    version: int
    state: str
    prefix: str
    grids: int
    made_by: str
    made_at: datetime
    from_at: datetime | None
    to_at: datetime | None


class BuildingRecord(Record):
    """A building with today's grid (empty where there is none)."""

    place: str
    plate: str
    address: str
    compound: str
    floors: int | None
    lift: bool | None
    households: int
    community: str
    grid: str
    lon: float
    lat: float
    entrances: list[str] = []


class BuildingPage(Record):
    """Buildings, and how many there are in all."""

    total: int
    items: list[BuildingRecord]


class Found(Record):
    """A hit of the search: a division, grid or building, by its code or place, and where it is."""

    kind: str
    code: str
    label: str
    area: str
    lon: float | None = None
    lat: float | None = None


class AddressFound(Record):
    """A building's address for whoever says where something is; ``metres`` from the point that was asked about, if one was."""

    text: str
    lon: float
    lat: float
    metres: int | None = None


class AreaCounts(Record):
    """How much there is in the actor's areas."""

    communities: int
    grids: int
    buildings: int
    households: int


class Position(Record):
    """What a point lies in; empty where it lies in none."""

    grid: str
    community: str


class OutsideCodeRecord(Record):
    """A code that others give to something of ours (``kind`` and its code or id in ``object``)."""

    kind: str
    object: str
    scheme: str
    code: str
    alias: bool
    from_on: date | None
    to_on: date | None


class SuccessorRecord(Record):
    """Where (a share of) a division is found on a day: ``share`` by households, 0 to 1."""

    code: str
    share: float


class FeatureCollection(Record):
    """GeoJSON (RFC 7946); ``truncated`` is true where more would have fitted into the box than is given."""

    type: str = "FeatureCollection"
    features: list[dict[str, Any]]
    truncated: bool = False


class MapRecord(Record):
    """What there is to draw: ``version`` is new when any of it is, ``bounds`` are west, south, east, north in degrees."""

    version: str
    bounds: tuple[float, float, float, float]


class SketchRecord(Record):
    """A small drawing as GeoJSON; each feature says its ``kind`` (water, road, building, grid, community)."""

    version: str
    bounds: tuple[float, float, float, float]
    features: list[dict[str, Any]]


class BuildingPoint(Record):
    """Where a building of a grid stands, in degrees."""

    place: str
    address: str
    lon: float
    lat: float


class GridGround(Record):
    """The ground of one grid for a phone without a network; no ``sketch`` where nobody drew the grid."""

    grid: str
    name_zh: str
    name_en: str
    sketch: SketchRecord | None
    buildings: list[BuildingPoint]


class PointGroup(Record):
    """Things of a list near each other on a map. ``box``, as the list's filter takes it, lists exactly these ``count``.

    One alone says its ``uid`` and what it is; several at ``one_place`` don't come apart, however near one looks.
    """

    count: int
    late: int
    lon: float
    lat: float
    box: str
    one_place: bool
    case: bool = False
    uid: str = ""
    label_zh: str = ""
    label_en: str = ""
    address: str = ""


class Points(Record):
    """A list as points: the counts of ``items`` and ``without_point`` add up to ``total``, the list's own."""

    total: int
    without_point: int
    items: list[PointGroup]


class DivisionRow(NamedTuple):
    """A division to load."""

    code: str
    level: str
    name_zh: str
    name_en: str = ""
    parent: str = ""
    wkb: bytes | None = None
    lon: float | None = None
    lat: float | None = None
    from_on: date | None = None
    to_on: date | None = None


class BaseRow(NamedTuple):
    """A road (line) or water (line or surface) to load; rank 1 is the largest."""

    kind: str
    name: str
    rank: int
    wkb: bytes


class AddressRow(NamedTuple):
    """A written address of a building; ``alias`` where it is an old or other way of writing it."""

    text: str
    road: str = ""
    number: str = ""
    compound: str = ""
    block: str = ""
    alias: bool = False
    from_on: date | None = None
    to_on: date | None = None


class BuildingRow(NamedTuple):
    """A building to load. Without a ``community`` the one that holds the point is taken."""

    lon: float
    lat: float
    plate: str = ""
    community: str = ""
    address: str = ""
    compound: str = ""
    floors: int | None = None
    lift: bool | None = None
    households: int = 0
    wkb: bytes | None = None
    entrances: tuple[str, ...] = ()
    addresses: tuple[AddressRow, ...] = ()


class LoadedBuilding(NamedTuple):
    """A building that was loaded: its key (for ``areas.Building``), its place's id and its plate."""

    building: int
    place: str
    plate: str


class GridRow(NamedTuple):
    """A grid of a plan to draft."""

    code: str
    wkb: bytes | None = None
    name: str = ""
    kind: str = "responsibility"
    households: int = 0


class OutsideCodeRow(NamedTuple):
    """A code that others give to something of ours."""

    kind: str
    object: str
    scheme: str
    code: str
    alias: bool = False
    from_on: date | None = None
    to_on: date | None = None
