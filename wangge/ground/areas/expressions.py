"""Today's area code as SQL, for the rows of other rooms. No row holds it: a new plan in force moves none.

scope(actor, "todos.see").rows(Todo.objects.all(), area=area_code("place"))
Dwelling.objects.filter(building__place__in=places_in("420502001003"))
"""

from __future__ import annotations

from datetime import datetime

from django.db.models import F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from wangge.ground.areas.models import Place, Placement, Plan
from wangge.platform.clock import clock


def plan_in_force(at: datetime | None = None) -> QuerySet[Plan]:
    """The plan in force at a moment (now, if none is named): the first row, if there is one."""
    moment = at or clock.now()
    return Plan.objects.filter(state="in_force", from_at__lte=moment).order_by("-from_at", "-version")


def area_code(place_path: str, at: datetime | None = None) -> Coalesce:
    """The code of the grid in which a place lies under the plan in force, else of its community, else empty.

    ``place_path`` leads from the row to its place (``"place"``, ``"dwelling__building__place"``; ``"pk"`` for
    places themselves). The plan is found inside the same statement, which so never mixes two plans.
    """
    plan = plan_in_force(at).values("pk")[:1]
    grid = Placement.objects.filter(place=OuterRef(place_path), plan=Subquery(plan)).values("grid")[:1]
    community = F("community") if place_path == "pk" else F(f"{place_path}__community")
    return Coalesce(Subquery(grid), community)


def places_in(area: str, at: datetime | None = None) -> QuerySet[Place, int]:
    """Keys of the places whose area code begins with ``area``: for ``filter(…__in=…)``, quick by the indexes.

    Up to a community's code these are the community's places; beyond it, the grid's under the plan in force.
    """
    plan = Subquery(plan_in_force(at).values("pk")[:1])
    placed = Placement.objects.filter(plan=plan, grid__gte=area, grid__lt=_after(area)).values("place")
    bare = Q(community__gte=area, community__lt=_after(area)) & ~Q(placements__plan=plan)
    return Place.objects.filter(Q(pk__in=placed) | bare).values_list("pk", flat=True)


def _after(prefix: str) -> str:
    """The first text that sorts behind all that begin with ``prefix``; area codes are digits."""
    return prefix + ":"
