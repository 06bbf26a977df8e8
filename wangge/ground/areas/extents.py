"""The columns that let the map find a shape: its box, its quadrant, and a point inside to put a label on."""

from __future__ import annotations

from typing import Any

from wangge.ground.areas.quadrants import Box, holding


def extent_of(wkb: bytes, *, label: bool = True) -> dict[str, Any]:
    """``wkb``, ``west`` … ``north``, ``quadrant``; with ``label`` also ``lon`` and ``lat`` of a point inside the shape."""
    import shapely

    shape = shapely.from_wkb(wkb)
    box = Box(*(float(side) for side in shape.bounds))
    columns: dict[str, Any] = {"wkb": wkb, "quadrant": holding(box), **box._asdict()}
    if label:
        inside = shape.representative_point()
        columns |= {"lon": inside.x, "lat": inside.y}
    return columns
