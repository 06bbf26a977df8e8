"""What the hand-over book tells: its pages, and what a desk has before it when it writes one."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict

from wangge.work.cases.records import CaseLine, Record


class BookFilters(BaseModel):
    """Every field narrows. Days are the city's, both ends included; ``waiting``: nobody has taken it over yet."""

    model_config = ConfigDict(frozen=True, extra="forbid")
    from_on: date | None = None
    to_on: date | None = None
    waiting: bool | None = None


class NamedRecord(Record):
    """A case that a hand-over names: as it stood then (``state``), and as it stands (``now``)."""

    uid: str
    number: str
    class_zh: str
    class_en: str
    address: str
    state_zh: str
    state_en: str
    now_zh: str
    now_en: str
    moved: bool
    note: str


class HandOverRecord(Record):
    """A page of the book. ``figures``: how many waited in each queue when it was written. ``may_take``: it waits for somebody
    such as whoever asks."""

    uid: str
    axis: str
    area: str
    post: str
    name: str
    at: datetime
    said: str
    figures: dict[str, int]
    cases: list[NamedRecord]
    taken_post: str
    taken_name: str
    taken_at: datetime | None
    mine: bool
    may_take: bool


class BookPage(Record):
    """Pages of the book, the newest first: ``total`` counts all that the filter finds."""

    total: int
    items: list[HandOverRecord]


class DeskFigure(Record):
    """How many wait in a queue now, and the filter of the case list that opens them."""

    name: str
    count: int
    filter: dict[str, str | bool]


class Proposed(Record):
    """A case worth naming, with the reason (``overdue``, ``due``, ``asked``, ``reopened``) in a sentence."""

    case: CaseLine
    why: str
    reason: str


class DeskPlace(Record):
    """An axis and an area at which somebody may write."""

    axis: str
    area: str


class DeskRecord(Record):
    """What is before whoever hands over: the queues, and the cases that the system would name. ``total`` counts them all,
    ``proposed`` holds the most urgent."""

    axis: str
    area: str
    desks: list[DeskPlace]
    shift_ends: datetime
    next_ends: datetime
    figures: list[DeskFigure]
    total: int
    proposed: list[Proposed]
