"""Buildings and grounds in bulk, for the planner and the map of a whole city. Nothing of a person is in them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from wangge.ground.areas.expressions import in_use, places_in
from wangge.ground.areas.models import Building, Division
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
