"""Shapes of the services room."""

from __future__ import annotations

from datetime import date, datetime

from pydantic import BaseModel, ConfigDict, Field

MANDATE = "mandate"
"""The purpose under which a relative acts for a person; ``residents`` writes down what allows it."""


class Record(BaseModel):
    """A frozen record."""

    model_config = ConfigDict(frozen=True)


class ElementUse(Record):
    """An element that a programme reads, and what for: rule, giving, telling, identity."""

    code: str
    zh: str
    en: str
    uses: list[str]
    sensitive: bool


class ProgrammeRecord(Record):
    """A programme with the version that holds today (or the next, or the last one), its rule in words. Public.

    ``to_on`` is the last day. ``minutes`` is what a visit takes, ``decline_days`` how long a confirmed service may be declined.
    """

    code: str
    name_zh: str
    name_en: str
    department: str
    department_zh: str
    department_en: str
    in_force: bool
    version: str
    from_on: date
    to_on: date | None
    mode: str
    mode_zh: str
    mode_en: str
    basis: str
    purpose: str
    rule: str
    rule_zh: list[str]
    rule_en: list[str]
    asks_zh: list[str]
    asks_en: list[str]
    elements: list[ElementUse]
    minutes: int
    due_days: int
    decline_days: int
    again_days: int | None


class LoadedProgramme(Record):
    """What a row of the sheet did: added, new_version, corrected or unchanged."""

    code: str
    from_on: date
    did: str
    row: int


class ProgrammesLoaded(Record):
    """What a file of programmes did."""

    programmes: list[LoadedProgramme]


class ScreenedProgramme(Record):
    """What a screening of one programme found: how many people have each answer, and how many rows it changed."""

    programme: str
    in_force: bool
    entitled: int
    not_entitled: int
    undetermined: int
    changed: int


class Screened(Record):
    """What a screening found."""

    on: date
    programmes: list[ScreenedProgramme]


class Pushed(Record):
    """How offers went out: to-dos pushed, put on clerks' lists, waiting because nobody knows where the person lives."""

    pushed: int
    listed: int
    without_place: int
    settled: int


class Missing(Record):
    """An element that is not held."""

    code: str
    zh: str
    en: str


class EntitlementRecord(Record):
    """An entitlement in a list, masked. ``due_at`` is when its to-do should be done."""

    uid: str
    programme: str
    person: str
    name: str | None
    area: str | None
    state: str
    state_zh: str
    state_en: str
    stands: bool
    missing: list[Missing]
    found_at: datetime
    changed_at: datetime
    due_at: datetime | None
    decline_until: date | None
    outcome: str


class EntitlementPage(Record):
    """Entitlements, and how many there are in all."""

    total: int
    items: list[EntitlementRecord]


class EntitlementOpened(EntitlementRecord):
    """The same with the name whole and the reasons: a recorded look. ``verbs`` is what the actor may do now."""

    reason_zh: str
    reason_en: str
    note: str
    verbs: list[str]


class ConfirmPage(Record):
    """What waits for a clerk, opened: one recorded look a page."""

    total: int
    items: list[EntitlementOpened]


class ProgrammeCounts(Record):
    """How many entitlements of a programme stand in each state, in the actor's scope; each is the length of a list."""

    programme: str
    name_zh: str
    name_en: str
    states: dict[str, int]
    not_receiving: int


class MyService(Record):
    """An offer as the person reads it: what, why, how it stands, until when it may be declined, whom it comes from."""

    uid: str
    programme: str
    name_zh: str
    name_en: str
    department: str
    department_zh: str
    department_en: str
    mode: str
    mode_zh: str
    mode_en: str
    basis: str
    state: str
    state_zh: str
    state_en: str
    reason_zh: str = Field(repr=False)
    reason_en: str = Field(repr=False)
    missing: list[Missing]
    outcome: str
    note: str
    found_at: datetime
    decided_at: datetime | None
    due_at: datetime | None
    decline_until: date | None
    may_decline: bool
    may_ask_again: bool


class FactRecord(Record):
    """One condition and what it rests on; ``holds`` is None where it can't be said."""

    element: str
    holds: bool | None
    zh: str = Field(repr=False)
    en: str = Field(repr=False)


class Reasons(Record):
    """Why a person is, or isn't, entitled to a programme today."""

    programme: str
    on: date
    outcome: str
    reason_zh: str = Field(repr=False)
    reason_en: str = Field(repr=False)
    facts: list[FactRecord]
    missing: list[Missing]
