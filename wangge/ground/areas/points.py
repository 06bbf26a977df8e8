"""Asking where a point or a place lies. Codes and keys only, nothing of a person: no actor is needed."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

import numpy as np
from django.db import connection
from django.utils.translation import gettext as _
from numpy.typing import ArrayLike

from wangge.ground.areas import zones
from wangge.ground.areas.models import Grid, Place, Placement, Plan
from wangge.ground.areas.placements import living
from wangge.ground.areas.records import Position
from wangge.platform.access.errors import NotFound

COMMUNITY_DIGITS = 12
"""Length of a community's code (2+2+2+3+3)."""


def grid_at(lon: float, lat: float, at: datetime | None = None) -> str | None:
    """The code of the grid that holds a point under the plan in force (now, or at a moment); None where none does."""
    plan = zones.standing(at)
    return plan.zones().locate(lon, lat) if plan else None


def grids_at(lons: ArrayLike, lats: ArrayLike, at: datetime | None = None) -> list[str]:
    """The codes of the grids that hold n points, empty where none does."""
    plan = zones.standing(at)
    return zones.located(plan.zones(), lons, lats) if plan else [""] * len(np.asarray(lons))


def communities_at(lons: ArrayLike, lats: ArrayLike) -> list[str]:
    """The codes of the communities that hold n points, empty where none does."""
    return zones.located(zones.communities(), lons, lats)


def community_at(lon: float, lat: float) -> str | None:
    """The code of the community that holds a point, or None."""
    return zones.communities().locate(lon, lat)


def communities_of(lons: ArrayLike, lats: ArrayLike) -> list[str]:
    """The communities of n points: those of their grids where there are grids, else by the ground, else empty."""
    grids = grids_at(lons, lats)
    if all(grids):
        return [grid[:COMMUNITY_DIGITS] for grid in grids]
    grounds = communities_at(lons, lats)
    return [grid[:COMMUNITY_DIGITS] or ground for grid, ground in zip(grids, grounds, strict=True)]


def position(lon: float, lat: float) -> Position:
    """Grid and community of a point; where there is a grid, the community is the grid's."""
    grid = grid_at(lon, lat) or ""
    return Position(grid=grid, community=grid[:COMMUNITY_DIGITS] or community_at(lon, lat) or "")


def grid_of_place(place: str) -> str | None:
    """The code of the grid in which a place lies now; None where it lies in none, or there is no such place."""
    code = area_of_place(place)
    return code if code and len(code) > COMMUNITY_DIGITS else None


def area_of_place(place: str) -> str:
    """Today's area code of a place: of its grid, else of its community, else empty."""
    row = Place.objects.filter(uid=place).values_list("pk", "community").first()
    return area_of_key(*row) if row else ""


def area_of_key(key: int, community: str) -> str:
    """The same for a place of which key and community are at hand: two plain look-ups, quicker than ``area_code`` for one row."""
    plan = zones.standing()
    if plan is None:
        return community
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT grid FROM areas_placement WHERE place_id = %s AND plan_id = %s", [key, plan.key]
        )
        placed = cursor.fetchone()
    return (placed and placed[0]) or community


def place_key(place: str) -> int:
    """The key of a place, for foreign keys to ``areas.Place``; raises ``NotFound``."""
    key = Place.objects.filter(uid=place).values_list("pk", flat=True).first()
    if key is None:
        raise NotFound("no_such_place", _("There is no such place."))
    return key


def place_keys(places: Iterable[str]) -> dict[str, int]:
    """``place_key`` of many places by their ids; raises ``NotFound`` if one isn't there. Give some hundreds at a time."""
    wanted = set(places)
    found = {str(uid): key for uid, key in Place.objects.filter(uid__in=wanted).values_list("uid", "pk")}
    if len(found) < len(wanted):
        raise NotFound("no_such_place", _("There is no such place."))
    return found


def grid_codes(prefix: str = "") -> list[str]:
    """The codes of the grids of the plan in force, in order."""
    plan = zones.standing()
    rows = Grid.objects.filter(plan=plan.key, code__startswith=prefix) if plan else Grid.objects.none()
    return list(rows.order_by("code").values_list("code", flat=True))


def grid_is_known(code: str) -> bool:
    """Whether a grid stands in the plan in force, or in one that is approved or to come."""
    return Grid.objects.filter(code=code, plan__in=[plan.key for plan in living()]).exists()


def codes_given(prefix: str = "") -> set[str]:
    """Codes of grids that any plan has brought, or will bring, into force: they are never given to other ground."""
    rows = Grid.objects.filter(plan__state="in_force", code__startswith=prefix)
    return set(rows.values_list("code", flat=True))


def building_count(prefix: str = "") -> int:
    """How many buildings stand in an area."""
    return Place.objects.filter(kind="building", community__startswith=prefix).count()


def plan_in_force() -> str:
    """The id of the plan in force now; empty where none is yet."""
    plan = zones.standing()
    return str(plan.uid) if plan else ""


def grids_gone(plan: str) -> list[str]:
    """Codes of the plan before a plan that it does not have any more."""
    former = Grid.objects.filter(plan__in=Plan.objects.filter(uid=plan).values("base"))
    return sorted(
        set(former.values_list("code", flat=True))
        - set(Grid.objects.filter(plan__uid=plan).values_list("code", flat=True))
    )


def grids_of_buildings(prefix: str = "", plan: str = "") -> dict[int, str]:
    """The grid of each building, by its key, under a plan: the one that came, or is to come, into force last, if none is named."""
    last = Plan.objects.filter(state="in_force").order_by("-from_at", "-version").values("pk")[:1]
    asked = Plan.objects.filter(uid=plan).exclude(state="preparing").values("pk") if plan else last
    rows = Placement.objects.filter(plan__in=asked, place__kind="building", grid__startswith=prefix)
    return dict(rows.values_list("place", "grid"))
