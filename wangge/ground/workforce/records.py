"""What workforce tells others."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from wangge.ground.areas.records import NameRecord


class Record(BaseModel):
    """A frozen record."""

    model_config = ConfigDict(frozen=True)


class DutyRecord(Record):
    """A worker's duty in a grid."""

    uid: str
    worker: str
    grid: str
    kind: str
    from_at: datetime
    to_at: datetime | None


class WorkerRecord(Record):
    """A worker; ``actor`` is the id under which she acts. ``phone`` is masked."""

    uid: str
    actor: str
    name: str
    phone: str
    kind: str
    community: str


class RosterLine(Record):
    """A worker with the duties that hold now or are to come, and the grids that she really has now."""

    worker: WorkerRecord
    duties: list[DutyRecord]
    grids: list[str]


class Roster(Record):
    """Workers, and how many there are in all."""

    total: int
    items: list[RosterLine]


class GridOnDuty(Record):
    """A grid of the plan in force and who is on duty there; ``worker`` is None where nobody is."""

    grid: str
    worker: WorkerRecord | None


class MyWorker(Record):
    """What a resident is told of the worker on duty: surname, grid, and the number for working hours."""

    name: str
    grid: str
    phone: str
    hours: dict[str, list[str]]


class VisitCode(Record):
    """What a worker shows at a door on a day."""

    day: date
    code: str


class VisitorRecord(Record):
    """Who stands at the door, as a code says: surname, and the names of the grids in which they are on duty now.

    Without an invitation they may knock from ``opens`` to ``closes``.
    """

    name: str
    grids: list[NameRecord]
    day: date
    opens: str
    closes: str
