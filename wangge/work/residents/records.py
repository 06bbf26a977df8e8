"""Shapes of the residents room."""

from __future__ import annotations

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field


class Record(BaseModel):
    """A frozen record."""

    model_config = ConfigDict(frozen=True)


class Invited(Record):
    """A one-time code, shown only now."""

    uid: str
    code: str = Field(repr=False)
    expires_at: datetime


class CodeSent(Record):
    """If the number is held and one person's own, a code is on its way to it. The answer is the same if it isn't."""

    valid_minutes: int


class BindingRecord(Record):
    """An account that is bound to this person; ``this`` is the one asking."""

    uid: str
    way: str
    way_zh: str
    way_en: str
    post_zh: str
    post_en: str
    at: datetime
    this: bool


class Me(Record):
    """Whether this account is bound to a person; unbound, it is shown nothing."""

    bound: bool
    real_name: bool


class Seen(Record):
    """An element that was shown."""

    code: str
    zh: str
    en: str


class LookLine(Record):
    """A line of "who looked": when, under which post, what for, which task, what was seen. Never a name."""

    at: datetime
    own: bool
    post: str
    post_zh: str
    post_en: str
    purpose: str
    purpose_zh: str
    purpose_en: str
    task: str
    task_zh: str
    task_en: str
    saw: list[Seen]


class Visit(Record):
    """A to-do about this person: what somebody comes for, why, until when, and how it ended. ``asked``: by themselves."""

    uid: str
    title_zh: str
    title_en: str
    reason_zh: str = Field(repr=False)
    reason_en: str = Field(repr=False)
    department: str
    department_zh: str
    department_en: str
    state: str
    created_at: datetime
    not_before: datetime | None
    due_at: datetime | None
    settled_at: datetime | None
    outcome: str
    outcome_zh: str
    outcome_en: str
    asked: bool


class Worker(Record):
    """The worker on duty where this person lives; empty where nobody is, or where no dwelling is known.

    ``may_ask``: a visit or a call can be asked for here.
    """

    on_duty: bool
    may_ask: bool = False
    name: str = ""
    grid: str = ""
    phone: str = ""
    hours: dict[str, list[str]] = {}


class CorrectionRecord(Record):
    """A correction that was asked for. ``state``: taken (it stands now), to_confirm (somebody comes), noted, settled."""

    uid: str
    element: str
    label_zh: str
    label_en: str
    state: str
    state_zh: str
    state_en: str
    todo: str
    outcome: str
    asked_at: datetime
    settled_at: datetime | None


class ConsentRecord(Record):
    """A receipt of a consent."""

    uid: str
    department: str
    purpose: str
    elements: list[Seen]
    given_at: datetime
    until: datetime
    withdrawn_at: datetime | None


class MandateRecord(Record):
    """A mandate, as either side sees it. ``mine``: given by this person, else held by this account."""

    uid: str
    label: str
    mine: bool
    until: datetime
    accepted_at: datetime | None
    ended_at: datetime | None
    live: bool


class MandateOffered(Record):
    """A mandate with the code that the relative enters; it is shown only now."""

    mandate: MandateRecord
    code: str = Field(repr=False)
