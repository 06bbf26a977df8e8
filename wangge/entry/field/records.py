"""Shapes that phones know."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal
from uuid import UUID

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field

from wangge.ground.areas.records import GridGround
from wangge.ground.registry.records import Arriving, GridBundle, Relation
from wangge.ground.workforce.records import VisitCode
from wangge.work.todos.records import TodoRecord, VisitingRules

FROZEN = ConfigDict(frozen=True)


class ElementWords(BaseModel):
    """How the phone names an element and asks for its value without a network; ``choices`` are (value, Chinese, English)."""

    model_config = FROZEN
    code: str
    kind: str
    zh: str
    en: str
    choices: list[tuple[str, str, str]]


class Bundle(BaseModel):
    """What a phone carries for one grid: households, people as far as a worker needs them, and the open to-dos.

    ``ground`` is the map of the grid, ``elements`` are those that may be asked at its doors. ``visiting`` is the budget of
    uninvited visits, ``knocks`` the days of this month on which a household had one; ``codes`` are what the worker shows at a door.

    After ``expires_at`` the phone forgets it. Its delivery leaves one row in the trail, not one a person.
    """

    model_config = FROZEN
    grid: str
    made_at: datetime
    expires_at: datetime
    held: GridBundle
    todos: list[TodoRecord]
    ground: GridGround
    elements: list[ElementWords]
    visiting: VisitingRules
    knocks: dict[str, list[date]]
    codes: list[VisitCode]


class ObservationBody(BaseModel):
    """An element of a person as it was found."""

    model_config = FROZEN
    kind: Literal["observation"]
    person: str
    element: str
    value: str | None
    base_version: int | None = None
    task: str = ""


class ConfirmationBody(BaseModel):
    """What is held of an element is right: read out masked at the door, or seen with one's own eyes. The value stays unseen."""

    model_config = FROZEN
    kind: Literal["confirmation"]
    person: str
    element: str
    base_version: int
    task: str = ""


class SettleBody(BaseModel):
    """How a to-do ended, with what was found. ``invited``: the household had asked for this visit, so that it uses no knock."""

    model_config = FROZEN
    kind: Literal["settle"]
    todo: str
    outcome: str
    invited: bool = False
    values: dict[str, str | None] = {}
    minutes: int | None = None
    note: str = ""


class ReportBody(BaseModel):
    """Something seen on the round. ``photos`` are JPEGs as base64."""

    model_config = FROZEN
    kind: Literal["report"]
    class_code: str
    lon: float
    lat: float
    address: str = ""
    description: str = ""
    photos: list[str] = []


class LookBody(BaseModel):
    """The phone opened a person it carries."""

    model_config = FROZEN
    kind: Literal["look"]
    person: str
    elements: list[str]
    task: str = ""


class ResidenceBody(BaseModel):
    """A person lives, is registered, owns or rents behind a door from a day on (the day it was seen, if none is named)."""

    model_config = FROZEN
    kind: Literal["residence"]
    person: str
    dwelling: str
    relation: Relation
    from_on: date | None = None


class DepartureBody(BaseModel):
    """A person's relations of a kind end on a day (the day it was seen, if none is named): they moved away."""

    model_config = FROZEN
    kind: Literal["departure"]
    person: str
    relation: Relation
    on: date | None = None


class NewcomerBody(BaseModel):
    """Somebody whom the register may not know is behind a door: a child, a person from outside, a tenant.

    ``values`` are what they told, by element; on the day it was seen, if none is named.
    """

    model_config = FROZEN
    kind: Literal["newcomer"]
    dwelling: str
    how: Arriving
    values: dict[str, str | None]
    on: date | None = None


Said = (
    ObservationBody
    | SettleBody
    | ReportBody
    | LookBody
    | ResidenceBody
    | DepartureBody
    | ConfirmationBody
    | NewcomerBody
)
Body = Annotated[Said, Field(discriminator="kind")]


class EnvelopeIn(BaseModel):
    """One thing that the phone sends. ``uid`` makes it count once, ``seq`` orders what one phone did."""

    model_config = FROZEN
    uid: UUID
    seq: int = Field(ge=0, lt=2**63)
    at: AwareDatetime
    body: Body


class EnvelopeReceipt(BaseModel):
    """What became of an envelope.

    ``accepted``; ``superseded``: the to-do had ended already, what was found was kept; ``refused``: ``why`` and ``advice``
    say what to do, the content is kept for the grid lead. ``duplicate`` is true where it had come before.
    """

    model_config = FROZEN
    uid: UUID
    state: str
    duplicate: bool
    code: str
    why: str
    made: str
