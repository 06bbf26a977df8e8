"""Room `cores.tables`: geometries of any format as GeoJSON text, the one form in which a table holds them."""

from __future__ import annotations

import json
from collections.abc import Sequence

import numpy as np
import pyarrow as pa

from wangge.cores.messages.said import said
from wangge.cores.tables.errors import RowError

GEOMETRY = "geometry"
_SIMPLE = 7  # type ids from here on are curves, which GeoJSON can't hold


def geojson_texts(wkb: Sequence[bytes | None]) -> tuple[list[str | None], list[int]]:
    """WKB as GeoJSON text, heights left out; None where there is none or an empty one.

    :returns: n texts, and the positions of those that can't be read or that GeoJSON has no word for.
    """
    import shapely

    shapes = np.atleast_1d(shapely.from_wkb(np.array([*wkb, None], dtype=object), on_invalid="ignore"))[:-1]
    given = np.array([value is not None for value in wkb], dtype=bool)
    wrong = given & (shapely.is_missing(shapes) | (shapely.get_type_id(shapes) > _SIMPLE))
    shapes[wrong | shapely.is_empty(shapes)] = None
    texts = shapely.to_geojson(shapely.force_2d(shapes))
    return [None if text is None else str(text) for text in texts], np.flatnonzero(wrong).tolist()


def primary_geometry(schema: pa.Schema) -> tuple[str | None, str | None]:
    """The column of GeoParquet's primary geometry and its coordinate system; None, None for any other file.

    Without a word about it the coordinates are longitude and latitude (OGC:CRS84); a null says that nobody knows.
    """
    try:
        told = json.loads((schema.metadata or {})[b"geo"])
        name = told["primary_column"]
        column = told["columns"][name]
        binary = pa.types.is_binary(schema.field(name).type) or pa.types.is_large_binary(
            schema.field(name).type
        )
        if column["encoding"] != "WKB" or not binary:
            return None, None
        crs = column.get("crs", "OGC:CRS84")
    except (KeyError, TypeError, ValueError, AttributeError, RecursionError):
        return None, None
    if not isinstance(crs, dict):
        return name, crs if isinstance(crs, str) else None
    known = crs.get("id")
    if isinstance(known, dict) and {"authority", "code"} <= set(known):
        return name, f"{known['authority']}:{known['code']}"
    return name, json.dumps(crs)


def no_geometry(file: str, sheet: str | None, row: int) -> RowError:
    """A geometry that can't be read."""
    expected, advice = said("a point or a shape with coordinates"), said("Mend the geometry.")
    return RowError(file, sheet, row, GEOMETRY, None, "no_geometry", expected, advice)
