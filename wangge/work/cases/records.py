"""What the room tells others."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict


class Record(BaseModel):
    """Frozen, like all records."""

    model_config = ConfigDict(frozen=True)


class Word(Record):
    """A code and what it is called."""

    code: str
    zh: str
    en: str


class RuleRecord(Record):
    """When a case of the class is filed and closed, and how long handling may take."""

    number: int
    filing: str
    closing: str
    limit: str
    photo_required: bool


class ClassRecord(Record):
    """A class of the catalogue with its filing rules."""

    code: str
    kind: str
    big_zh: str
    big_en: str
    name_zh: str
    name_en: str
    imported: bool
    rules: list[RuleRecord]


class ResponsibilityRecord(Record):
    """A line of the responsibility list; both codes are prefixes."""

    class_code: str
    area: str
    department: str
    clause: str


class Suggestion(Record):
    """The department that the responsibility list names for a case, with its clause and the reason in one sentence."""

    department: str
    department_zh: str
    department_en: str
    clause: str
    class_code: str
    area: str
    reason: str


class CaseLine(Record):
    """A case in a list. ``late``: its stage or its handling has run out; ``left`` says so as people do (剩 3 工作时)."""

    uid: str
    number: str
    version: int
    state: str
    state_zh: str
    state_en: str
    class_code: str
    class_zh: str
    class_en: str
    kind: str
    address: str
    description: str
    grid: str
    area: str
    lon: float | None
    lat: float | None
    source: str
    department: str
    crew: str
    asked: str
    imported: bool
    reported_at: datetime
    due_at: datetime | None
    stage_due_at: datetime | None
    late: bool
    left: str
    reworks: int
    passes: int
    reopened: int


class CasePage(Record):
    """A page of a list: ``total`` counts all that the filter finds."""

    total: int
    items: list[CaseLine]


class QueueRecord(Record):
    """How many cases wait in a state, and how many of them are late."""

    state: str
    zh: str
    en: str
    count: int
    late: int


class CaseCounts(Record):
    """The queues, what is shelved, what a department asked for, the cases in no grid: each figure is the length of a list."""

    queues: list[QueueRecord]
    shelved: int
    asked: int
    without_grid: int
    late: int


class StepRecord(Record):
    """A line of a case's story. ``text`` is the line as people read it; ``by`` is told of staff only."""

    n: int
    verb: str
    from_state: str
    to_state: str
    at: datetime
    seen_at: datetime | None
    by: str
    post: str
    name: str
    note: str
    clock: str
    department: str
    found: str
    limit: str
    due_at: datetime | None
    text: str


class ActRecord(Record):
    """Something that may be done now: by which posts, whether by whoever asks, and what follows from it."""

    verb: str
    zh: str
    en: str
    axis: str
    permission: str
    roles: list[str]
    mine: bool
    to_state: str
    clock: str
    consequence: str


class ApplicationRecord(Record):
    """An application of a department and what became of it (empty: it waits)."""

    uid: str
    kind: str
    reason: str
    amount: str
    until: date | None
    department: str
    asked_by: str
    asked_at: datetime
    outcome: str
    decided_by: str
    decided_at: datetime | None


class AttachmentRecord(Record):
    """A photo and the state in which it was taken."""

    photo: str
    state: str
    at: datetime


class RatingRecord(Record):
    """What the reporter said."""

    solved: bool
    satisfied: int
    note: str
    at: datetime


class Near(Record):
    """An open case of the same class close by."""

    uid: str
    number: str
    state: str
    metres: int
    address: str
    reported_at: datetime


class Alike(Record):
    """An open case of the same class close by, as anybody may know of it: how far (in tens of metres), since when, how it stands."""

    metres: int
    state_zh: str
    state_en: str
    reported_at: datetime


class Call(Record):
    """Something else that the caller of a case reported."""

    uid: str
    number: str
    class_zh: str
    class_en: str
    address: str
    state: str
    state_zh: str
    state_en: str
    reported_at: datetime


class Calls(Record):
    """What the caller of a case reported besides within so many days: how many in all (the length of the list that
    ``caller_of`` opens), and the newest of them."""

    days: int
    total: int
    items: list[Call]


class CaseRecord(CaseLine):
    """A case with its story and what may be done now. The reporter's telephone is masked. ``calls`` only for whoever accepts
    cases there, and where a caller is known."""

    rule: RuleRecord | None
    found: str
    reporter_phone: str
    merged_into: str
    limit: str
    filed_at: datetime | None
    dispatched_at: datetime | None
    handled_at: datetime | None
    closed_at: datetime | None
    on_time: bool | None
    suggestion: Suggestion | None
    near: list[Near]
    steps: list[StepRecord]
    applications: list[ApplicationRecord]
    photos: list[AttachmentRecord]
    ratings: list[RatingRecord]
    acts: list[ActRecord]
    calls: Calls | None


class Receipt(Record):
    """What a reporter gets: the number to speak of, and the code to follow the case by (shown only now)."""

    uid: str
    number: str
    tracking: str
    grid: str
    near: list[Near]


class PublicStep(Record):
    """A line of the story as the reporter sees it: what was done and when, by a post or department, never by a name."""

    verb: str
    zh: str
    en: str
    at: datetime
    by_zh: str
    by_en: str
    note: str


class TrackPhoto(Record):
    """A photo that the reporter may see: what they sent (``before``), or the place after handling (``after``)."""

    photo: str
    taken: Literal["before", "after"]
    at: datetime


class TrackRecord(Record):
    """A case as its reporter sees it."""

    number: str
    class_zh: str
    class_en: str
    state: str
    state_zh: str
    state_en: str
    reported_at: datetime
    closed_at: datetime | None
    due_at: datetime | None
    may_rate: bool
    may_reopen: bool
    reopen_until: date | None
    ratings: list[RatingRecord]
    photos: list[TrackPhoto]
    steps: list[PublicStep]


class MyReport(TrackRecord):
    """A case as the account that reported it sees it: what it said itself, and the id by which it rates and reopens."""

    uid: str
    address: str
    description: str


class ReporterOpened(Record):
    """The reporter's telephone, shown to who handles the case; the look is on record."""

    phone: str


class Loaded(Record):
    """What a file of the catalogue or of the responsibility list changed."""

    rows: int
    added: int
    changed: int


class Imported(Record):
    """What an import brought."""

    imported: int
    without_grid: int
    known: int


class CrewRecord(Record):
    """Somebody of a department's crews, and how many open cases are in those hands."""

    actor: str
    name: str
    department: str
    in_hand: int


class Happened(Record):
    """The answer to an act: the case as it stands now."""

    uid: str
    number: str
    version: int
    state: str
    state_zh: str
    state_en: str
    due_at: datetime | None
    stage_due_at: datetime | None


class Line(Record):
    """One line of the table in ``states.py``, with its words."""

    states: list[Word]
    verb: Word
    to: Word
    when: Word | None
    axis: Word
    permission: str
    roles: list[str]
    clock: Word | None
