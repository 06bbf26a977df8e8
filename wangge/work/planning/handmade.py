"""What the page for changing a draft by hand reads: the buildings of a community in their grids, and what was changed."""

from __future__ import annotations

from wangge.ground.areas import columns
from wangge.ground.areas import queries as areas
from wangge.platform.audit.actor import Actor
from wangge.work.planning.editing import undoable
from wangge.work.planning.finding import SEE, found
from wangge.work.planning.models import Edit
from wangge.work.planning.records import EditPage, EditRecord, PlacedBuilding

SOME = 500
"""Places whose ids are looked up in one statement."""


def buildings(actor: Actor, uid: str, *, community: str) -> list[PlacedBuilding]:
    """The buildings of one community with their grids under a scenario, in the order of their addresses."""
    row = found(uid, actor, SEE)
    if not row.plan or not community.startswith(row.prefix):
        return []
    member = areas.grids_of_buildings(community, plan=row.plan)
    held = [one for one in columns.buildings(prefix=community).to_pylist() if one["building"] in member]
    uids: dict[int, str] = {}
    for start in range(0, len(held), SOME):
        uids |= columns.place_uids(one["building"] for one in held[start : start + SOME])
    rows = [
        PlacedBuilding(
            place=uids[one["building"]], address=one["address"] or "", households=one["households"],
            grid=member[one["building"]], lon=one["lon"], lat=one["lat"],
        )
        for one in held
    ]  # fmt: skip
    return sorted(rows, key=lambda one: (one.grid, one.address, one.place))


def edits(actor: Actor, uid: str) -> EditPage:
    """What hands changed in a scenario, the newest first."""
    rows = list(found(uid, actor, SEE).edits.order_by("n"))
    undone = {row.undoes for row in rows}
    items = [_record_of(row, row.n in undone) for row in reversed(rows)]
    return EditPage(total=len(items), items=items, undoable=undoable(rows) is not None)


def _record_of(row: Edit, undone: bool) -> EditRecord:
    grids = sorted({code for pair in row.moved.values() for code in pair})
    return EditRecord(
        n=row.n, verb=row.verb, grids=grids, buildings=len(row.moved), undoes=row.undoes, undone=undone, by=row.by,
        at=row.at,
    )  # fmt: skip
