"""Room `cores.tables`: one layer of a GeoPackage (OGC 12-128r19) as rows: its columns and a column `geometry`.

A GeoPackage is an SQLite database. It comes from outside, so it is opened read-only and immutable, nothing but SELECT on
plain tables is let through, no view, trigger or generated column of it ever runs, and what is read is counted.
"""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pyarrow as pa

from wangge.cores.messages.said import said
from wangge.cores.tables.archives import Limits
from wangge.cores.tables.boxes import box_text, label
from wangge.cores.tables.errors import RowError, TableError, refusal
from wangge.cores.tables.geometries import GEOMETRY, geojson_texts, no_geometry
from wangge.cores.tables.geopackage_door import opened, wkb_in
from wangge.cores.tables.headers import repeated
from wangge.cores.tables.table import Table, nearest

_UNDEFINED = ("NONE", "")


@dataclass(frozen=True)
class _Layer:
    """A table of the package; `shape` is its geometry's column, `crs` its coordinate system, None where there is none."""

    name: str
    columns: tuple[str, ...]
    shape: str | None
    crs: str | None


def geopackage_table(file: str, source: Path | bytes, layer: str | None, limits: Limits) -> Table:
    """The rows of one layer: its first is row 2. `layer` may be left out where there is but one.

    Geometries come as GeoJSON text in a column `geometry`, empty where there is none; one that can't be read is an error
    of the table. Raises TableError.
    """
    with opened(file, source) as database:
        chosen = _layer(file, database, layer)
        rows = _rows(file, database, chosen, limits)
    names = [label(name) for name in chosen.columns if name != chosen.shape]
    names += [GEOMETRY] if chosen.shape else []
    if twice := repeated(names):
        raise refusal(
            file, "duplicate_columns", said("every column name once"), said("Rename one."), column=twice[0]
        )
    columns = dict(zip(chosen.columns, zip(*rows, strict=True), strict=True))
    arrays = [
        pa.array([box_text(v).strip() or None for v in values], pa.string())
        for name, values in columns.items()
        if name != chosen.shape
    ]
    errors: tuple[RowError, ...] = ()
    if chosen.shape:
        texts, wrong = geojson_texts([wkb_in(value) for value in columns[chosen.shape]])
        arrays.append(pa.array(texts, pa.string()))
        errors = tuple(no_geometry(file, chosen.name, index + 2) for index in wrong)
    numbers = np.arange(2, len(rows) + 2, dtype=np.int64)
    return Table(file, chosen.name, pa.table(arrays, names=names), numbers, errors, crs=chosen.crs)


def layer_names(file: str, source: Path | bytes) -> tuple[str, ...]:
    """The layers of a GeoPackage, by name. Raises TableError."""
    with opened(file, source) as database:
        return tuple(_layers(database))


def _layers(database: sqlite3.Connection) -> list[str]:
    """Tables that the package lists as features or attributes and that are plain tables: no views, nothing virtual."""
    plain = {
        name.casefold(): name
        for name, sql in database.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        if sql and not sql.lstrip()[:14].upper().startswith("CREATE VIRTUAL")
    }
    if "gpkg_contents" not in plain:
        return []
    listed = database.execute("SELECT table_name, data_type FROM gpkg_contents")
    names = [str(name).casefold() for name, kind in listed if kind in ("features", "attributes")]
    return [plain[name] for name in sorted(names) if name in plain]


def _layer(file: str, database: sqlite3.Connection, wanted: str | None) -> _Layer:
    names = _layers(database)
    if not names:
        advice = said("Export the layer as a GeoPackage and send that.")
        raise refusal(file, "unknown_format", said("a GeoPackage with a table of features"), advice)
    advice = said("The layers are: %(names)s.", names=", ".join(names))
    if wanted is None and len(names) > 1:
        raise refusal(file, "which_layer", said("the name of a layer beside the file"), advice)
    if wanted is not None and wanted not in names:
        if near := nearest(wanted, names):
            advice = said("Did you mean '%(near)s'? %(advice)s", near=near, advice=advice)
        raise refusal(file, "missing_layer", said("a layer '%(name)s'", name=wanted), advice)
    name = wanted or names[0]
    # Hidden columns (6th field) are generated: their expressions would run.
    columns = tuple(
        str(row[1]) for row in database.execute(f"PRAGMA table_xinfo({_quoted(name)})") if row[6] == 0
    )
    shape, crs = _geometry_of(database, name)
    return _Layer(name, columns, shape if shape in columns else None, crs)


def _geometry_of(database: sqlite3.Connection, name: str) -> tuple[str | None, str | None]:
    if "features" not in {
        kind
        for (kind,) in database.execute("SELECT data_type FROM gpkg_contents WHERE table_name = ?", [name])
    }:
        return None, None
    found = database.execute(
        "SELECT column_name, organization, organization_coordsys_id FROM gpkg_geometry_columns g"
        " LEFT JOIN gpkg_spatial_ref_sys s ON s.srs_id = g.srs_id WHERE table_name = ?",
        [name],
    ).fetchone()
    if found is None:
        return None, None
    column, organization, number = found
    known = str(organization or "").upper() not in _UNDEFINED
    return str(column), f"{str(organization).upper()}:{number}" if known else None


def _rows(file: str, database: sqlite3.Connection, layer: _Layer, limits: Limits) -> list[tuple[object, ...]]:
    listed = ", ".join(map(_quoted, layer.columns))
    left, most = limits.bytes, limits.boxes // max(1, len(layer.columns))
    rows: list[tuple[object, ...]] = []
    for row in database.execute(f"SELECT {listed} FROM {_quoted(layer.name)}"):  # noqa: S608 - quoted names
        left -= sum(len(value) if isinstance(value, bytes | str) else 8 for value in row)
        if left < 0 or len(rows) >= most:
            raise _too_large(file, limits)
        rows.append(row)
    if not rows:
        raise refusal(
            file, "empty_file", said("at least one feature"), said("The file is empty: send it again.")
        )
    return rows


def _too_large(file: str, limits: Limits) -> TableError:
    expected = said(
        "at most %(bytes)s bytes and %(values)s values",
        bytes=f"{limits.bytes:,}",
        values=f"{limits.boxes:,}",
    )
    return refusal(file, "too_large", expected, said("Send the rows in several files."))


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
