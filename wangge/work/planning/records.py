"""What planning takes and tells."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, computed_field, model_validator


class Record(BaseModel):
    """A frozen record."""

    model_config = ConfigDict(frozen=True)


class PlanSettings(Record):
    """What the planner is asked for: living households of a grid, from ``low`` to ``high``; the same seed, the same plan.

    ``way``: afresh, or least_change - starting from the plan in force (or to come), moving as few households as today's
    buildings need.
    """

    low: int = Field(ge=1, le=100_000)
    high: int = Field(ge=1, le=100_000)
    seed: int = Field(default=1, ge=0, le=2**31 - 1)
    way: Literal["afresh", "least_change"] = "afresh"

    @model_validator(mode="after")
    def _the_right_way_round(self) -> PlanSettings:
        if self.high < self.low:
            raise ValueError(_("The most households of a grid can't be fewer than the least."))
        return self


class OutOfRange(Record):
    """A grid with too few or too many households. ``verdict``: proven unavoidable, undecided, or by_hand.

    ``why`` is the reason's code; ``said`` fills its sentence; ``reason`` is the sentence in the reader's language.
    """

    grid: str
    households: int
    verdict: str
    why: str
    said: dict[str, str]
    reason: str = ""


class Report(Record):
    """What came out: grids and households, how many grids are in range, and each that isn't.

    ``walking``: household-metres from everyone's building to the middle of its grid, by community; empty where an old
    report doesn't know them.
    """

    communities: int = 0
    buildings: int = 0
    households: int = 0
    grids: int = 0
    in_range: int = 0
    smallest: int = 0
    largest: int = 0
    out_of_range: list[OutOfRange] = []
    without_community: int = 0
    new_codes: int = 0
    seconds: float = 0.0
    walking: dict[str, float] = {}

    @computed_field  # type: ignore[prop-decorator]
    @property
    def walk_m(self) -> float | None:
        """Metres from a household to the middle of its grid in a straight line, on average."""
        return (
            round(sum(self.walking.values()) / self.households, 1)
            if self.walking and self.households
            else None
        )


class ScenarioRecord(Record):
    """A scenario. ``state`` is planning, failed, draft, approved, in_force or withdrawn; what holds today, ``areas`` knows.

    While it is planning, ``done`` of ``total`` buildings are. ``edits`` is how often hands changed it; ``may_approve``,
    whether the reader is somebody who neither made nor changed it.
    """

    uid: str
    name: str
    prefix: str
    state: str
    plan: str
    settings: PlanSettings
    report: Report
    made_by: str
    made_at: datetime
    approved_by: str
    approved_at: datetime | None
    from_at: datetime | None
    done: int = 0
    total: int = 0
    problem: str = ""
    edits: int = 0
    may_approve: bool = False


class ScenarioPage(Record):
    """Scenarios, and how many there are in all."""

    total: int
    items: list[ScenarioRecord]


class EditAsked(Record):
    """What a hand wants to change, having seen ``after`` edits.

    move: ``buildings`` go to ``grid``. merge: ``grid`` goes into ``into``. split: ``grid`` in two, ``buildings`` are one
    part, the planner's cut if none is named. undo: the last edit that wasn't undone.
    """

    verb: Literal["move", "merge", "split", "undo"]
    after: int = Field(ge=0)
    grid: str = Field(default="", max_length=24)
    into: str = Field(default="", max_length=24)
    buildings: list[str] = Field(default=[], max_length=2000)


class EditRecord(Record):
    """What a hand changed: which, by whom, how many buildings and households went where."""

    n: int
    verb: str
    grids: list[str]
    buildings: int
    undoes: int | None
    undone: bool
    by: str
    at: datetime


class EditPage(Record):
    """All edits of a scenario, the newest first, and whether one is left that can be undone."""

    total: int
    items: list[EditRecord]
    undoable: bool


class PlacedBuilding(Record):
    """A building of a scenario in its grid. ``place`` is its opaque id."""

    place: str
    address: str
    households: int
    grid: str
    lon: float
    lat: float


class Figures(Record):
    """What an area looks like under a plan, counted from today's buildings."""

    name: str
    grids: int
    households: int
    in_range: int
    smallest: int
    largest: int
    spread: int
    walk_m: float


class WorkerChange(Record):
    """A worker on duty whose grid changes: its households now and then. ``ends`` where the grid is no more."""

    worker: str
    name: str
    grid: str
    now: int
    then: int
    lost: int
    gained: int
    ends: bool


class Comparison(Record):
    """A scenario beside another, or beside what is in force (``against`` is empty).

    ``unmanned`` are grids of the scenario that nobody has a duty in yet. ``moved_households`` change grid.
    """

    scenario: Figures
    other: Figures | None
    against: str
    moved_buildings: int
    moved_households: int
    workers: list[WorkerChange]
    unmanned: list[str]


class Moved(Record):
    """A building that changes grid, and who looks after it then."""

    place: str
    address: str
    households: int
    from_grid: str
    to_grid: str
    from_worker: str
    to_worker: str


class MovedPage(Record):
    """Buildings that change grid, and how many there are in all."""

    total: int
    items: list[Moved]
