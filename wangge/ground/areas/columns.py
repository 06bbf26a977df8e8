"""Buildings and grounds in bulk, for the planner and the map of a whole city. Nothing of a person is in them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from wangge.ground.areas.expressions import in_use, places_in
from wangge.ground.areas.models import Building, Division, Grid, Place
from wangge.platform.clock import clock

if TYPE_CHECKING:
    import pyarrow as pa


def buildings(*, prefix: str = "") -> pa.Table:
    """The buildings of an area, in the order of their keys.

    Columns: ``building`` (key, int64), ``community``, ``lon``, ``lat`` (degrees), ``households`` (int64), ``floors``,
    ``lift``, ``compound``, ``plate``, ``address``.
    """
    import pyarrow as pa

    fields = {
        "building": "pk", "community": "place__community", "lon": "place__lon", "lat": "place__lat",
        "households": "households", "floors": "floors", "lift": "lift",
        "compound": "compound", "plate": "plate", "address": "address",
    }  # fmt: skip
    kinds = [
        pa.int64(), pa.string(), pa.float64(), pa.float64(), pa.int64(), pa.int64(), pa.bool_(), pa.string(), pa.string(), pa.string(),
    ]  # fmt: skip
    rows = Building.objects.order_by("pk")
    if prefix:
        rows = rows.filter(place__in=places_in(prefix))
    values = list(zip(*rows.values_list(*fields.values()).iterator(chunk_size=5000), strict=True))
    columns = values or [()] * len(fields)
    arrays = [pa.array(column, type=kind) for column, kind in zip(columns, kinds, strict=True)]
    return pa.table(dict(zip(fields, arrays, strict=True)))


def grounds(*, prefix: str = "") -> dict[str, bytes]:
    """The grounds of today's communities of an area: WKB by code, those that have one."""
    rows = Division.objects.filter(in_use(clock.today()), level="community", code__startswith=prefix)
    shapes = rows.exclude(wkb=None).order_by("code").values_list("code", "wkb")
    return {code: bytes(wkb) for code, wkb in shapes if wkb is not None}


def shapes(*, plan: str, community: str) -> dict[str, bytes]:
    """The outlines of a plan's grids in one community: WKB by code."""
    rows = Grid.objects.filter(plan__uid=plan, community=community).exclude(wkb=None).order_by("code")
    return {code: bytes(wkb) for code, wkb in rows.values_list("code", "wkb") if wkb is not None}


def grid_households(*, plan: str, prefix: str = "") -> dict[str, int]:
    """The households of a plan's grids by code, as they were counted when it was made or changed."""
    rows = Grid.objects.filter(plan__uid=plan, code__startswith=prefix)
    return dict(rows.order_by("code").values_list("code", "households"))


def addresses(keys: Iterable[int]) -> dict[int, str]:
    """The addresses of buildings by their keys. Give some hundreds at a time."""
    return dict(Building.objects.filter(pk__in=list(keys)).values_list("pk", "address"))


def place_uids(keys: Iterable[int]) -> dict[int, str]:
    """The opaque ids of places by their keys. Give some hundreds at a time."""
    return {key: str(uid) for key, uid in Place.objects.filter(pk__in=list(keys)).values_list("pk", "uid")}
