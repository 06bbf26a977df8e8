"""People, households and dated relations, as the grid's workers have gathered them over the years."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import pyarrow as pa

from wangge.entry.demo.load.reading import groups
from wangge.ground.registry import actions as registry
from wangge.ground.registry.records import HouseholdIn, ResidenceIn
from wangge.platform.audit.actor import Actor
from wangge.platform.clock.ids import new_uid

FEED, DEPARTMENT = "grid_register", "grid"
"""What workers gathered before the installation stood comes in as one feed of the grid's own; no authority for anything."""
ELEMENTS = (
    "name", "sex", "birth_date", "death_date", "id_kind", "id_number", "phone", "registered_address", "living_address",
    "household_number", "relation_to_head",
)  # fmt: skip
AT_ONCE = 500


def load_people(folder: Path, dwellings: dict[str, str], observed_at: datetime, by: Actor) -> dict[str, str]:
    """Persons with their relations to dwellings, and households; returns ids of the registry by the town's ids."""
    uids: dict[str, str] = {}
    parts = zip(
        groups(folder, "people"), groups(folder, "relations"), groups(folder, "households"), strict=True
    )
    place = 0
    for people, relations, households in parts:
        uids |= _persons(people, place, observed_at, by)
        place += people.num_rows
        # All that concerns one person comes together: what follows from it is then derived once, and never contradicted.
        together = sorted(relations.to_pylist(), key=lambda row: row["person_id"])
        registry.load_residences(rows=[_residence(row, uids, dwellings) for row in together], by=by)
        registry.load_households(
            rows=[
                _household(row, uids, dwellings) for row in households.to_pylist() if row["kind"] == "living"
            ],
            by=by,
        )
    return uids


def _persons(people: pa.Table, place: int, observed_at: datetime, by: Actor) -> dict[str, str]:
    made: dict[str, str] = {}
    for start in range(0, people.num_rows, AT_ONCE):
        some = people.slice(start, AT_ONCE)
        columns: dict[str, Any] = {name: some.column(name) for name in ELEMENTS}
        columns["uid"] = pa.array([str(new_uid()) for _ in range(some.num_rows)])
        columns["row"] = pa.array(range(place + start + 1, place + start + some.num_rows + 1), pa.int32())
        uids = registry.add_persons(
            feed=FEED,
            department=DEPARTMENT,
            batch=FEED,
            rows=pa.table(columns),
            observed_at=observed_at,
            by=by,
        )
        made |= dict(zip(some.column("person_id").to_pylist(), uids, strict=True))
    return made


def _residence(row: dict[str, Any], uids: dict[str, str], dwellings: dict[str, str]) -> ResidenceIn:
    return ResidenceIn(
        person=uids[row["person_id"]],
        dwelling=dwellings[row["dwelling_id"]],
        relation=row["relation"],
        from_on=row["since"],
        to_on=row["until"],
        source=DEPARTMENT,
    )


def _household(row: dict[str, Any], uids: dict[str, str], dwellings: dict[str, str]) -> HouseholdIn:
    return HouseholdIn(
        dwelling=dwellings[row["dwelling_id"]],
        members=tuple(uids[one] for one in row["members"]),
        uid=str(new_uid()),
    )
