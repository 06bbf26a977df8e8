"""The demo's town: the Parquet tables of the register and of the truth, written chunk by chunk."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

Table = list[dict[str, Any]]

_TEXT, _WHOLE, _REAL, _YES, _DAY, _BYTES = (
    pa.string(), pa.int32(), pa.float64(), pa.bool_(), pa.date32(), pa.binary(),
)  # fmt: skip


def _schema(**columns: pa.DataType) -> pa.Schema:
    return pa.schema(list(columns.items()))


SCHEMAS: dict[str, pa.Schema] = {
    "divisions": _schema(code=_TEXT, name=_TEXT, level=_TEXT, parent=_TEXT),
    "communities": _schema(
        code=_TEXT, name=_TEXT, short_name=_TEXT, street_code=_TEXT, street_name=_TEXT, district_code=_TEXT,
        rural=_YES, character=_TEXT, households=_WHOLE, people=_WHOLE, lon=_REAL, lat=_REAL, geometry=_BYTES,
    ),
    "roads": pa.schema(
        [("road_id", _TEXT), ("name", _TEXT), ("former_name", _TEXT), ("rank", _WHOLE), ("class", _TEXT),
         ("width_m", _REAL), ("community_code", _TEXT), ("geometry", _BYTES)]
    ),
    "compounds": _schema(
        compound_id=_TEXT, community_code=_TEXT, name=_TEXT, road=_TEXT, number=_TEXT, plate_code=_TEXT, geometry=_BYTES
    ),
    "buildings": _schema(
        building_id=_TEXT, community_code=_TEXT, compound_id=_TEXT, compound=_TEXT, label=_TEXT, road=_TEXT,
        former_road=_TEXT, number=_TEXT, address=_TEXT, plate_code=_TEXT, kind=_TEXT, use=_TEXT, shops=_YES,
        floors=_WHOLE, lift=_YES, built_year=_WHOLE, entrances=_WHOLE, dwellings=_WHOLE, households=_WHOLE,
        lon=_REAL, lat=_REAL, geometry=_BYTES,
    ),
    "entrances": _schema(
        entrance_id=_TEXT, building_id=_TEXT, community_code=_TEXT, number=_TEXT, plate_code=_TEXT, floors=_WHOLE,
        lift=_YES, dwellings=_WHOLE, households=_WHOLE, lon=_REAL, lat=_REAL,
    ),
    "dwellings": _schema(
        dwelling_id=_TEXT, entrance_id=_TEXT, building_id=_TEXT, community_code=_TEXT, entrance=_TEXT, floor=_WHOLE,
        door=_TEXT, address=_TEXT, plate_code=_TEXT, area_m2=_REAL,
    ),
    "people": _schema(
        person_id=_TEXT, community_code=_TEXT, name=_TEXT, sex=_TEXT, birth_date=_DAY, death_date=_DAY, id_kind=_TEXT,
        id_number=_TEXT, phone=_TEXT, registered_here=_YES, registered_address=_TEXT, lives_here=_YES,
        living_address=_TEXT, household_number=_TEXT, relation_to_head=_TEXT,
    ),
    "households": _schema(
        household_id=_TEXT, community_code=_TEXT, kind=_TEXT, dwelling_id=_TEXT, household_number=_TEXT,
        members=pa.list_(_TEXT),
    ),
    "relations": _schema(
        person_id=_TEXT, dwelling_id=_TEXT, community_code=_TEXT, relation=_TEXT, since=_DAY, until=_DAY
    ),
    "organisations": _schema(
        organisation_id=_TEXT, community_code=_TEXT, credit_code=_TEXT, name=_TEXT, kind=_TEXT, section=_TEXT,
        address=_TEXT, building_id=_TEXT, lon=_REAL, lat=_REAL,
    ),
    "parts": _schema(
        part_id=_TEXT, community_code=_TEXT, class_code=_TEXT, name=_TEXT, road=_TEXT, department=_TEXT, lon=_REAL,
        lat=_REAL,
    ),
}  # fmt: skip
"""The register. Text is "" where there is nothing to say, days are null; geometries are WKB in CGCS2000 degrees."""

TRUTH: dict[str, pa.Schema] = {
    "records": _schema(
        department=_TEXT, file=_TEXT, row=_WHOLE, person_id=_TEXT, tenant_id=_TEXT, slips=pa.list_(_TEXT)
    ),
    "people": _schema(
        person_id=_TEXT, community_code=_TEXT, name=_TEXT, sex=_TEXT, birth_date=_DAY, death_date=_DAY, id_kind=_TEXT,
        id_number=_TEXT, phone=_TEXT, registered_here=_YES, lives_here=_YES, living_dwelling=_TEXT,
        registered_dwelling=_TEXT, lives_alone=_YES,
    ),
    "entitlements": _schema(programme=_TEXT, person_id=_TEXT, receiving=_YES),
    "twins": _schema(person_id=_TEXT, twin_id=_TEXT),
}  # fmt: skip


class Tables:
    """Parquet files in a folder, open until `close`. Equal rows give equal bytes under one version of Arrow."""

    def __init__(self, folder: Path, schemas: dict[str, pa.Schema] | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._schemas = SCHEMAS if schemas is None else schemas
        self._writers = {
            name: pq.ParquetWriter(folder / f"{name}.parquet", schema, compression="zstd")
            for name, schema in self._schemas.items()
        }
        self.rows = dict.fromkeys(self._schemas, 0)

    def write(self, name: str, rows: Table) -> None:
        """One row group."""
        if rows:
            self._writers[name].write_table(pa.Table.from_pylist(rows, schema=self._schemas[name]))
            self.rows[name] += len(rows)

    def close(self) -> None:
        """End the files."""
        for writer in self._writers.values():
            writer.close()
