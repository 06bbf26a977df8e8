"""Reading areas. Lists, counts and the search alike give what lies in the actor's areas, or on the way down to them."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q, QuerySet, Sum
from django.utils.translation import gettext as _

from wangge.ground.areas import around, zones
from wangge.ground.areas.addresses import address_entries as address_entries
from wangge.ground.areas.addresses import building_by_plate as building_by_plate
from wangge.ground.areas.addresses import building_keys as building_keys
from wangge.ground.areas.addresses import building_record, dressed
from wangge.ground.areas.addresses import community_names as community_names
from wangge.ground.areas.addresses import names_within as names_within
from wangge.ground.areas.around import grid_ground as grid_ground
from wangge.ground.areas.dated import by_code as by_code
from wangge.ground.areas.dated import codes_of as codes_of
from wangge.ground.areas.dated import successors as successors
from wangge.ground.areas.expressions import area_code, in_use, places_in
from wangge.ground.areas.layers import map_layer as map_layer
from wangge.ground.areas.models import Building, Division, Grid
from wangge.ground.areas.plans import grid_record
from wangge.ground.areas.plans import plan as plan
from wangge.ground.areas.plans import plan_grids as plan_grids
from wangge.ground.areas.plans import plan_layer as plan_layer
from wangge.ground.areas.plans import plans as plans
from wangge.ground.areas.points import area_of_key as area_of_key
from wangge.ground.areas.points import area_of_place as area_of_place
from wangge.ground.areas.points import building_count as building_count
from wangge.ground.areas.points import codes_given as codes_given
from wangge.ground.areas.points import communities_at as communities_at
from wangge.ground.areas.points import community_at as community_at
from wangge.ground.areas.points import grid_at as grid_at
from wangge.ground.areas.points import grid_codes as grid_codes
from wangge.ground.areas.points import grid_is_known as grid_is_known
from wangge.ground.areas.points import grid_of_place as grid_of_place
from wangge.ground.areas.points import grids_at as grids_at
from wangge.ground.areas.points import grids_gone as grids_gone
from wangge.ground.areas.points import grids_of_buildings as grids_of_buildings
from wangge.ground.areas.points import place_key as place_key
from wangge.ground.areas.points import place_keys as place_keys
from wangge.ground.areas.points import plan_in_force as plan_in_force
from wangge.ground.areas.points import position as position
from wangge.ground.areas.records import (
    AreaCounts,
    BuildingPage,
    DivisionPage,
    DivisionRecord,
    Found,
    GridPage,
    GridRecord,
    NameRecord,
)
from wangge.ground.areas.sketches import sketch as sketch
from wangge.ground.areas.tiles import city_map as city_map
from wangge.ground.areas.tiles import tile as tile
from wangge.ground.areas.wayfinding import addresses_like as addresses_like
from wangge.ground.areas.wayfinding import addresses_near as addresses_near
from wangge.platform.access.errors import NotFound
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.clock.ids import is_uid

SEE = "areas.see"
LEVEL_DIGITS = (4, 6, 9, 12)
"""Lengths of the codes of a city, a district, a street and a community."""


MOST_NAMES = 200


def divisions(
    actor: Actor,
    *,
    parent: str | None = None,
    level: str = "",
    search: str = "",
    limit: int = 200,
    offset: int = 0,
) -> DivisionPage:
    """Divisions that stand today, by code: under a parent, of a level, or whose name has a text in it."""
    rows = _divisions(actor).filter(in_use(clock.today()))
    if parent is not None:
        rows = rows.filter(parent=parent)
    if level:
        rows = rows.filter(level=level)
    if search:
        rows = rows.filter(
            Q(name_zh__contains=search) | Q(name_en__icontains=search) | Q(code__startswith=search)
        )
    page = rows.order_by("code")[offset : offset + min(limit, 200)]
    return DivisionPage(total=rows.count(), items=[_division_record(one) for one in page])


def names(actor: Actor, codes: Iterable[str]) -> list[NameRecord]:
    """What divisions are called, by code. No secret: a department whose posts name no area still reads where a case is."""
    rows = Division.objects.filter(in_use(clock.today()), code__in=list(codes)[:MOST_NAMES]).order_by("code")
    return [NameRecord(code=row.code, zh=row.name_zh, en=row.name_en) for row in rows]


def grid_names(actor: Actor, codes: Iterable[str]) -> list[NameRecord]:
    """What grids of the plan in force are called, in the order of their codes; one without a name by its code. No secret."""
    return around.grid_names(list(codes)[:MOST_NAMES])


def grids(actor: Actor, *, prefix: str = "", search: str = "", limit: int = 200, offset: int = 0) -> GridPage:
    """Grids of the plan in force, by code."""
    rows = _grids(actor).filter(code__startswith=prefix)
    if search:
        rows = rows.filter(Q(name__contains=search) | Q(code__contains=search))
    page = rows.order_by("code").select_related("plan").defer("wkb")[offset : offset + min(limit, 200)]
    return GridPage(total=rows.count(), items=[grid_record(one) for one in page])


def grid(actor: Actor, code: str) -> GridRecord:
    """One grid of the plan in force; raises ``NotFound``."""
    row = _grids(actor).filter(code=code).select_related("plan").defer("wkb").first()
    if row is None:
        raise NotFound("no_such_grid", _("There is no grid %(code)s.") % {"code": code})
    return grid_record(row)


def buildings(
    actor: Actor, *, area: str = "", place: str = "", search: str = "", limit: int = 200, offset: int = 0
) -> BuildingPage:
    """Buildings of a grid or a community (or any other area), or the one at a place, by address."""
    rows = _buildings(actor)
    if place:
        rows = rows.filter(place__uid=place) if is_uid(place) else rows.none()
    if area:
        rows = rows.filter(place__in=places_in(area))
    if search:
        rows = rows.filter(Q(address__contains=search) | Q(compound__contains=search) | Q(plate=search))
    page = dressed(rows).order_by("address", "pk")[offset : offset + min(limit, 200)]
    return BuildingPage(total=rows.count(), items=[building_record(one) for one in page])


def search(actor: Actor, text: str, *, limit: int = 20) -> list[Found]:
    """What a person who types means: divisions, then grids, then buildings, all within her areas."""
    text = text.strip()
    if not text:
        return []
    found = [
        Found(kind="division", code=d.code, label=d.name_zh, area=d.code, lon=d.lon, lat=d.lat)
        for d in divisions(actor, search=text, limit=limit).items
    ]
    found += [
        Found(kind="grid", code=g.code, label=g.name or g.code, area=g.code, lon=g.lon, lat=g.lat)
        for g in grids(actor, search=text, limit=limit).items
    ]
    if len(found) < limit:
        found += [
            Found(
                kind="building",
                code=b.place,
                label=b.address,
                area=b.grid or b.community,
                lon=b.lon,
                lat=b.lat,
            )
            for b in buildings(actor, search=text, limit=limit).items
        ]
    return found[:limit]


def counts(actor: Actor, *, area: str = "") -> AreaCounts:
    """How many communities, grids, buildings and living households there are in an area (the actor's, if none is named)."""
    buildings_ = _buildings(actor)
    if area:
        buildings_ = buildings_.filter(place__in=places_in(area))
    communities = _inside(actor, Division.objects.filter(in_use(clock.today()), level="community"))
    return AreaCounts(
        communities=communities.filter(code__startswith=area).count(),
        grids=_grids(actor).filter(code__startswith=area).count(),
        buildings=buildings_.count(),
        households=buildings_.aggregate(all=Sum("households"))["all"] or 0,
    )


def _inside(actor: Actor, rows: QuerySet[Division]) -> QuerySet[Division]:
    return scope(actor, SEE).rows(rows, area="code")


def _divisions(actor: Actor) -> QuerySet[Division]:
    """Divisions inside the actor's areas, and those above them."""
    held = scope(actor, SEE)
    above = {area[:digits] for area in held.areas for digits in LEVEL_DIGITS if digits <= len(area)}
    rows = Division.objects.defer("wkb")
    return (
        rows
        if held.whole_city
        else rows.filter(Q(pk__in=held.rows(rows, area="code").values("pk")) | Q(code__in=above))
    )


def _grids(actor: Actor) -> QuerySet[Grid]:
    standing = zones.standing()
    rows = Grid.objects.filter(plan=standing.key) if standing else Grid.objects.none()
    return scope(actor, SEE).rows(rows, area="code")


def _buildings(actor: Actor) -> QuerySet[Building]:
    return scope(actor, SEE).rows(Building.objects.all(), area=area_code("place"))


def _division_record(one: Division) -> DivisionRecord:
    return DivisionRecord(
        code=one.code, level=one.level, name_zh=one.name_zh, name_en=one.name_en, parent=one.parent,
        lon=one.lon, lat=one.lat, from_on=one.from_on, to_on=one.to_on,
    )  # fmt: skip
