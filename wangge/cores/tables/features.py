"""Room `cores.tables`: GeoJSON features (RFC 7946) as rows: their properties and a column `geometry`."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import IO, Any

import numpy as np
import pyarrow as pa

from wangge.cores.messages.said import said
from wangge.cores.tables.archives import Limits
from wangge.cores.tables.boxes import box_text, label
from wangge.cores.tables.errors import TableError, refusal
from wangge.cores.tables.geometries import GEOMETRY
from wangge.cores.tables.headers import repeated
from wangge.cores.tables.table import Table

ADVICE = said("Export the layer as a GeoJSON FeatureCollection and send that.")


def feature_table(file: str, source: IO[bytes], limits: Limits) -> Table:
    """One row a feature, its properties and its geometry as GeoJSON text; `crs` if the file names one.

    Raises TableError. The first feature is row 2, as if the file were a sheet.
    """
    body = source.read(limits.bytes + 1)
    if len(body) > limits.bytes:
        most = said("at most %(bytes)s bytes", bytes=f"{limits.bytes:,}")
        raise refusal(file, "too_large", most, said("Send the rows in several files."))
    try:
        content = json.loads(body.decode("utf-8-sig"), parse_constant=_no_constant)
    except (ValueError, RecursionError) as error:
        advice = said("The file can't be read (%(why)s). %(advice)s", why=str(error), advice=ADVICE)
        raise refusal(file, "damaged_file", said("text in GeoJSON"), advice) from error
    features = _features(file, content)
    properties = [feature.get("properties") or {} for feature in features]
    names = list(dict.fromkeys(name for values in properties for name in values))
    labels = [*map(label, names), GEOMETRY]
    if twice := repeated(labels):
        advice = said("Rename the property.")
        raise refusal(file, "duplicate_columns", said("every property name once"), advice, column=twice[0])
    arrays = [_strings(box_text(values.get(name)).strip() for values in properties) for name in names]
    arrays.append(_strings(_shape(feature) for feature in features))
    rows = np.arange(2, len(features) + 2, dtype=np.int64)
    return Table(file, None, pa.table(arrays, names=labels), rows, crs=_crs(content))


def _features(file: str, content: Any) -> list[dict[str, Any]]:
    kind = content.get("type") if isinstance(content, dict) else None
    features = (
        [content] if kind == "Feature" else content.get("features") if kind == "FeatureCollection" else None
    )
    if not isinstance(features, list):
        raise refusal(file, "unknown_format", said("a GeoJSON FeatureCollection"), ADVICE)
    for index, feature in enumerate(features):
        if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
            raise _no_feature(file, index)
    if not features:
        raise refusal(
            file, "empty_file", said("at least one feature"), said("The file is empty: send it again.")
        )
    return features


def _no_feature(file: str, index: int) -> TableError:
    return refusal(file, "no_feature", said("a GeoJSON feature with properties"), ADVICE, row=index + 2)


def _shape(feature: dict[str, Any]) -> str:
    shape = feature.get(GEOMETRY)
    return json.dumps(shape, ensure_ascii=False, separators=(",", ":")) if shape else ""


def _strings(values: Iterable[str]) -> pa.Array:
    return pa.array([value or None for value in values], pa.string())


def _crs(content: dict[str, Any]) -> str | None:
    """The coordinate system of the older GeoJSON of 2008; RFC 7946 knows only longitude and latitude."""
    crs = content.get("crs")
    properties = crs.get("properties") if isinstance(crs, dict) else None
    name = properties.get("name") if isinstance(properties, dict) else None
    return name if isinstance(name, str) else None


def _no_constant(name: str) -> float:
    raise ValueError(f"{name} is no number in JSON")
