"""Today's area code as SQL, for the rows of other rooms. No row holds it: a new plan in force moves none.

scope(actor, "todos.see").rows(Todo.objects.all(), area=area_code("place"))
Dwelling.objects.filter(building__place__in=places_in("420502001003"))
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import CharField, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import Exact, StartsWith
from django.db.models.sql.compiler import SQLCompiler

from wangge.ground.areas.models import Place, Placement, Plan
from wangge.platform.access.scope import behind
from wangge.platform.clock import clock


def plan_in_force(at: datetime | None = None) -> QuerySet[Plan]:
    """The plan in force at a moment (now, if none is named): the first row, if there is one."""
    moment = at or clock.now()
    return Plan.objects.filter(state="in_force", from_at__lte=moment).order_by("-from_at", "-version")


class AreaCodeField(CharField):
    """An area code that is not stored. Asked what it begins with or is, it looks the places up by their indexes."""


class AreaCode(Coalesce):
    """See ``area_code``. Knows the place that it is the code of, and the moment it is asked for."""

    def __init__(self, grid: Subquery, community: F, place: F, at: datetime) -> None:
        super().__init__(grid, community, place, output_field=AreaCodeField())
        self.at = at

    def as_sql(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, Any]:  # type: ignore[override]  # noqa: ANN401
        """COALESCE of the grid and the community; the place is there for lookups only."""
        bare = self.copy()
        bare.set_source_expressions(self.get_source_expressions()[:2])
        return super(AreaCode, bare).as_sql(compiler, connection, **extra)

    def among(self, compiler: SQLCompiler, low: str, high: str) -> tuple[str, Any]:
        """The condition that the code lies in [low, high): the place is one of those whose code does."""
        place, none = compiler.compile(self.get_source_expressions()[2])
        inner = _places_between(low, high, self.at).query.get_compiler(connection=compiler.connection)
        keys, parameters = inner.as_sql()
        return f"{place} IN ({keys})", [*none, *parameters]


class _AsPlaces:
    """A lookup that asks for places instead of computing every row's code."""

    lhs: Any
    rhs: Any
    lookup_name: Any

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:  # noqa: ANN401
        """The condition; a code that is itself an expression is compared row by row."""
        if isinstance(self.lhs, AreaCode) and isinstance(self.rhs, str) and self.rhs:
            behind_all = behind(self.rhs) if self.lookup_name == "startswith" else f"{self.rhs}0"
            return self.lhs.among(compiler, self.rhs, behind_all)
        return super().as_sql(compiler, connection)  # type: ignore[misc]


@AreaCodeField.register_lookup
class _Under(_AsPlaces, StartsWith):
    """``area__startswith="420502"``."""


@AreaCodeField.register_lookup
class _Is(_AsPlaces, Exact):
    """``area="420502001003007"``."""


def area_code(place_path: str, at: datetime | None = None) -> AreaCode:
    """The code of the grid in which a place lies under the plan in force, else of its community, else empty.

    ``place_path`` leads from the row to its place (``"place"``, ``"dwelling__building__place"``; ``"pk"`` for
    places themselves). The plan is found inside the same statement, which so never mixes two plans. Filtered by
    what it begins with, as a scope does, it costs an index look-up, not a look at every row.
    """
    moment = at or clock.now()
    plan = plan_in_force(moment).values("pk")[:1]
    grid = Placement.objects.filter(place=OuterRef(place_path), plan=Subquery(plan)).values("grid")[:1]
    community = F("community") if place_path == "pk" else F(f"{place_path}__community")
    return AreaCode(Subquery(grid), community, F(place_path), moment)


def places_in(area: str, at: datetime | None = None) -> QuerySet[Place, int]:
    """Keys of the places whose area code begins with ``area``: for ``filter(…__in=…)``, quick by the indexes.

    Up to a community's code these are the community's places; beyond it, the grid's under the plan in force.
    """
    return _places_between(area, behind(area), at or clock.now())


def in_use(on: date) -> Q:
    """Rows whose dates hold a day (``from_on`` counts, ``to_on`` doesn't)."""
    return (Q(from_on=None) | Q(from_on__lte=on)) & (Q(to_on=None) | Q(to_on__gt=on))


def _places_between(low: str, high: str, at: datetime) -> QuerySet[Place, int]:
    plan = Subquery(plan_in_force(at).values("pk")[:1])
    placed = Placement.objects.filter(plan=plan, grid__gte=low, grid__lt=high).values("place")
    bare = Q(community__gte=low, community__lt=high) & ~Q(placements__plan=plan)
    return Place.objects.filter(Q(pk__in=placed) | bare).values_list("pk", flat=True)
