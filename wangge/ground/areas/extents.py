"""The columns that let the map find a shape: its box, its quadrant, and a point inside to put a label on."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _

from wangge.ground.areas.quadrants import Box, holding
from wangge.platform.access.errors import Invalid


def extent_of(wkb: bytes, what: str, *, label: bool = True) -> dict[str, Any]:
    """``wkb``, ``west`` … ``north``, ``quadrant``; with ``label`` also ``lon`` and ``lat`` of a point inside the shape.

    Raises ``Invalid``, which names ``what`` has the shape, where it can't be read, is empty, or isn't in degrees.
    """
    import shapely

    try:
        shape = shapely.from_wkb(wkb)
    except shapely.errors.ShapelyError:
        shape = None
    if shape is None or shape.is_empty or not _on_earth(box := Box(*(float(side) for side in shape.bounds))):
        raise Invalid(
            "bad_shape", _("The shape of %(what)s can't be read as WKB in degrees.") % {"what": what},
            advice=_("Give longitude and latitude in CGCS2000 (EPSG:4490)."),
        )  # fmt: skip
    columns: dict[str, Any] = {"wkb": wkb, "quadrant": holding(box), **box._asdict()}
    if label:
        inside = shape.representative_point()
        columns |= {"lon": inside.x, "lat": inside.y}
    return columns


def _on_earth(box: Box) -> bool:
    return -180 <= box.west <= box.east <= 180 and -90 <= box.south <= box.north <= 90
