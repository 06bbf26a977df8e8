"""Loading the ground in bulk: divisions, base map, buildings. Chunk by chunk, each its own transaction, to be repeated at will.

A chunk is looked up and computed outside its transaction; rows that are there are renewed, never doubled.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import TypeVar

from django.db import transaction
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from wangge.ground.areas import editions
from wangge.ground.areas.buildings import Chunk
from wangge.ground.areas.extents import extent_of
from wangge.ground.areas.models import Base, Building, Division
from wangge.ground.areas.records import BaseRow, BuildingRow, DivisionRow, LoadedBuilding
from wangge.platform.access.errors import Forbidden
from wangge.platform.access.scope import Scope, scope
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor

T = TypeVar("T")
CHUNK = 500
BUILDINGS = 80
"""Buildings a transaction: each brings entrances and addresses along."""


def load_divisions(*, rows: Iterable[DivisionRow], by: Actor) -> int:
    """Add or renew divisions by code; returns how many rows came. Shapes are WKB, CGCS2000 degrees."""
    within, count = scope(by, "areas.manage"), 0
    for some in slices(rows, CHUNK // 2):
        for row in some:
            _must_cover(within, row.code)
        divisions = [_division_of(row) for row in some]
        fields = [f.name for f in Division._meta.concrete_fields if f.name not in ("id", "code")]
        with transaction.atomic():
            Division.objects.bulk_create(
                divisions, update_conflicts=True, unique_fields=["code"], update_fields=fields
            )
            editions.stamp("divisions")
            trail.record(
                by=by, verb="areas.load_divisions", object_kind="division", object_id=some[0].code,
                details={"rows": len(some)},
            )  # fmt: skip
        count += len(some)
    return count


def load_base(*, kind: str, rows: Iterable[BaseRow], by: Actor) -> int:
    """Put this kind of base map (``road`` or ``water``) in place of the one that is there; returns how many rows came."""
    within, count = scope(by, "areas.manage"), 0
    _must_cover(within, "")
    older = Base.objects.filter(kind=kind).order_by("-pk").values_list("pk", flat=True).first() or 0
    try:
        for some in slices(rows, CHUNK):
            shapes = [
                Base(kind=kind, name=r.name, rank=r.rank, **extent_of(r.wkb, r.name or kind, label=False))
                for r in some
            ]
            with transaction.atomic():
                Base.objects.bulk_create(shapes)
            count += len(some)
    except BaseException:
        _take_away(Base.objects.filter(kind=kind, pk__gt=older))
        raise
    _take_away(Base.objects.filter(kind=kind, pk__lte=older))
    with transaction.atomic():
        editions.stamp("base")
        trail.record(
            by=by, verb="areas.load_base", object_kind="base_map", object_id=kind, details={"rows": count}
        )
    return count


def _take_away(rows: QuerySet[Base]) -> None:
    while keys := list(rows.values_list("pk", flat=True)[: CHUNK * 4]):
        with transaction.atomic():
            Base.objects.filter(pk__in=keys).delete()


def load_buildings(*, rows: Iterable[BuildingRow], by: Actor) -> list[LoadedBuilding]:
    """Add or renew buildings with their entrances and addresses; returns them in the order of the rows.

    A building is known again by its plate; without one, by the same point and address. New ones are placed at once
    into the plan in force and those to come. Raises ``Forbidden`` for a community outside the actor's areas: chunks
    before that one stay, and the load can be repeated.
    """
    within = scope(by, "areas.manage")
    loaded: list[LoadedBuilding] = []
    for some in slices(rows, BUILDINGS):
        chunk = Chunk(some)
        for community in chunk.communities:
            _must_cover(within, community)
        chunk.prepare()
        with transaction.atomic():
            loaded += chunk.write()
            editions.stamp("buildings")
            trail.record(
                by=by, verb="areas.load_buildings", object_kind="building", object_id=loaded[-1].place,
                details={"rows": len(some), "new": chunk.new},
            )  # fmt: skip
    return loaded


def count_households(*, counts: Iterable[tuple[int, int]], by: Actor) -> None:
    """Set how many households live in buildings: pairs (building key, households)."""
    scope(by, "areas.manage")
    for some in slices(counts, CHUNK):
        with transaction.atomic():
            rows = [Building(place_id=key, households=households) for key, households in some]
            Building.objects.bulk_update(rows, ["households"], batch_size=200)
            trail.record(
                by=by, verb="areas.count_households", object_kind="building", object_id=str(some[0][0]),
                details={"rows": len(some)},
            )  # fmt: skip


def slices(rows: Iterable[T], size: int) -> Iterator[list[T]]:
    """Rows in lists of ``size``."""
    source = iter(rows)
    while some := list(islice(source, size)):
        yield some


def _division_of(row: DivisionRow) -> Division:
    shape = extent_of(row.wkb, row.code) if row.wkb else {}
    own = {k: v for k, v in row._asdict().items() if k != "wkb" and not (k in ("lon", "lat") and v is None)}
    return Division(**{**shape, **own})


def _must_cover(within: Scope, area: str) -> None:
    if not within.covers(area):
        raise Forbidden(
            "outside_your_areas",
            _("%(area)s lies outside your areas.") % {"area": area}
            if area
            else _("Your grants don't cover the whole city."),
        )
