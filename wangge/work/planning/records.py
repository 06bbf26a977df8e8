"""What planning takes and tells."""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _
from pydantic import BaseModel, ConfigDict, Field, model_validator


class Record(BaseModel):
    """A frozen record."""

    model_config = ConfigDict(frozen=True)


class PlanSettings(Record):
    """What the planner is asked for: living households of a grid, from ``low`` to ``high``; the same seed, the same plan."""

    low: int = Field(ge=1, le=100_000)
    high: int = Field(ge=1, le=100_000)
    seed: int = Field(default=1, ge=0, le=2**31 - 1)

    @model_validator(mode="after")
    def _the_right_way_round(self) -> PlanSettings:
        if self.high < self.low:
            raise ValueError(_("The most households of a grid can't be fewer than the least."))
        return self


class OutOfRange(Record):
    """A grid with too few or too many households. ``verdict``: proven unavoidable, or undecided.

    ``why`` is the reason's code; ``said`` fills its sentence; ``reason`` is the sentence in the reader's language.
    """

    grid: str
    households: int
    verdict: str
    why: str
    said: dict[str, str]
    reason: str = ""


class Report(Record):
    """What came out: grids and households, how many grids are in range, and each that isn't."""

    communities: int
    buildings: int
    households: int
    grids: int
    in_range: int
    smallest: int
    largest: int
    out_of_range: list[OutOfRange]
    without_community: int
    new_codes: int
    seconds: float


class ScenarioRecord(Record):
    """A scenario. ``state`` is draft, approved, in_force or withdrawn; what holds today, ``areas`` knows."""

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


class ScenarioPage(Record):
    """Scenarios, and how many there are in all."""

    total: int
    items: list[ScenarioRecord]
