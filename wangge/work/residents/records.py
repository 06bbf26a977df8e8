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


class Asked(Seen):
    """An element that a consent would cover; a sensitive one is asked for by itself (PIPL 29)."""

    sensitive: bool


class LookLine(Record):
    """A line of "who looked": when, under which post, what for, which task, what was seen. Never a name.

    ``look`` names the line where one asks about it.
    """

    look: str
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
    """A receipt of a consent. ``number`` is what one says on the telephone."""

    uid: str
    number: str
    department: str
    department_zh: str
    department_en: str
    purpose: str
    purpose_zh: str
    purpose_en: str
    elements: list[Seen]
    given_at: datetime
    until: datetime
    withdrawn_at: datetime | None


class ConsentOffer(Record):
    """Something that a department may ask residents to consent to: what for, why, which data, for how many days at most."""

    code: str
    department: str
    department_zh: str
    department_en: str
    zh: str
    en: str
    why_zh: str
    why_en: str
    elements: list[Asked]
    days: int


class Consented(Record):
    """A consent as the department finds it: what for, which data, until when. Whose it is, only opening it shows."""

    uid: str
    department: str
    purpose: str
    purpose_zh: str
    purpose_en: str
    elements: list[Seen]
    given_at: datetime
    until: datetime


class ConsentedPage(Record):
    """A page of consents that hold today."""

    total: int
    items: list[Consented]


class ConsentedValue(Record):
    """A value that a person allowed this department to have."""

    code: str
    zh: str
    en: str
    value: str | None = Field(repr=False)


class ConsentedOpened(Record):
    """What a person allowed, opened; a look that they can read."""

    uid: str
    until: datetime
    values: list[ConsentedValue]


class AskedAbout(Record):
    """A question about a look, as both sides read it. ``late``: its time is over and nobody answered."""

    uid: str
    number: str
    look: str
    state: str
    state_zh: str
    state_en: str
    about: str = Field(repr=False)
    department: str
    to_zh: str
    to_en: str
    asked_at: datetime
    due_at: datetime
    late: bool
    left_zh: str
    left_en: str
    finding: str
    finding_zh: str
    finding_en: str
    answer: str = Field(repr=False)
    answered_at: datetime | None
    answered_zh: str
    answered_en: str


class QuestionRecord(AskedAbout):
    """The same for whoever must answer: the look in words and who looked, never whose data it was. ``mine``: may answer it."""

    who: str
    seen_at: datetime
    post_zh: str
    post_en: str
    purpose_zh: str
    purpose_en: str
    task_zh: str
    task_en: str
    saw: list[Seen]
    mine: bool


class QuestionPage(Record):
    """A page of questions: ``total`` counts all that the filter finds."""

    total: int
    items: list[QuestionRecord]


class QuestionCounts(Record):
    """How many questions wait, how many of these are late, how many were answered: each is the length of its list."""

    open: int
    late: int
    answered: int


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
