"""What a city says of itself over HTTP: days that are worked on, or aren't, whatever the national calendar says."""

from __future__ import annotations

from datetime import date

from ninja import Query, Schema
from pydantic import Field

from wangge.entry.jobs import calendar
from wangge.entry.web.routing import ActingRequest, GuardedRouter
from wangge.platform.city import queries
from wangge.platform.city.records import DayRecord, NowRecord

router = GuardedRouter(tags=["city"])


class DayIn(Schema):
    """What the day is, and why."""

    working: bool
    note: str = Field(default="", max_length=120)


@router.get("/now", permission="city.see", response=NowRecord)
def now(request: ActingRequest) -> NowRecord:
    """The city, its moment and its working time: screens tell the time by it, not by the machine they run on."""
    return queries.now(request.actor)


@router.get("/days", permission="city.see", response=list[DayRecord])
def days(request: ActingRequest, year: int | None = Query(None, ge=1, le=9998)) -> list[DayRecord]:
    """The declared days of a year, or all."""
    return queries.days(request.actor, year=year)


@router.put("/days/{day}", permission="city.manage", response=list[DayRecord])
def declare(request: ActingRequest, day: date, body: DayIn) -> list[DayRecord]:
    """Declare a day off or a working day. The due moments of open cases follow within minutes, each with a step that says why."""
    calendar.declare(day=day, working=body.working, note=body.note, by=request.actor)
    return queries.days(request.actor, year=day.year)


@router.delete("/days/{day}", permission="city.manage", response=list[DayRecord])
def withdraw(request: ActingRequest, day: date) -> list[DayRecord]:
    """Take a declaration back; due moments follow."""
    calendar.withdraw(day=day, by=request.actor)
    return queries.days(request.actor, year=day.year)
