"""Minutes of an average working day: visits, attempts in vain, stairs and lifts, walking by a solved tour, cases, duties.

Walking is never a formula: tours over drawn days are solved (`kernels.tours`) for the number of stops that a day has.
Everything here takes one value a code or an array of draws a code alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np

from wangge.cores.planner.records import Floats
from wangge.cores.workday.ground import Beat
from wangge.cores.workday.sheet import Sheet, programmes

Number: TypeAlias = float | Floats
Values: TypeAlias = Mapping[str, Number]

PARTS = ("door", "vain", "climb", "walk", "cases", "duties")
"""What a day is made of: visits that succeed, attempts in vain, stairs and lifts, walking, cases, fixed duties."""
LADDER = np.array([0.0, 1, 2, 4, 6, 8, 12, 16, 24, 32, 48, 72])
"""Stops a day for which tours are solved; between them the way is interpolated."""


@dataclass(frozen=True, eq=False)
class Ways:
    """Metres by stops a day, floors climbed and rides by doors a day, on `LADDER`: means over grids."""

    metres: Floats
    floors: Floats
    rides: Floats


@dataclass(frozen=True)
class Stops:
    """Stops of an average day, those at doors among them, and chance that one attempt is in vain."""

    all: Number
    doors: Number
    vain: Number
    attempts: Number  # a to-do


def working_minutes(values: Values) -> Number:
    """Minutes of a day that can be spent."""
    return values["day.minutes"] - values["day.pause"]


def worked_days(values: Values) -> Number:
    """Days of a year that a worker is there."""
    return values["year.days"] - values["year.leave"]


def visits(values: Values, households: Number, name: str) -> Number:
    """To-dos that a programme brings a grid in a year."""
    return (
        households * values[f"visits.{name}.share"] * values[f"visits.{name}.times"] * values["visits.factor"]
    )


def stops(values: Values, households: Number) -> Stops:
    """How often a worker stands before a door or at a case on an average day. What is taken back counts as work here."""
    vain = 1.0 - (1.0 - values["vain.share"]) * (1.0 - values["refused.share"])
    attempts = (1.0 - vain ** values["vain.attempts"]) / (1.0 - vain)
    todos = sum(visits(values, households, name) for name in programmes(list(values)))
    doors = todos * attempts / worked_days(values)
    return Stops(doors + households * values["cases.rate"] / worked_days(values), doors, vain, attempts)


def minutes(values: Values, households: Number, ways: Ways) -> dict[str, Number]:
    """Minutes of each of `PARTS` on an average working day of a grid with so many households."""
    there = stops(values, households)
    metres = np.interp(there.all, LADDER, ways.metres)
    floors, rides = np.interp(there.doors, LADDER, ways.floors), np.interp(there.doors, LADDER, ways.rides)
    return _parts(values, households, there, metres, floors, rides)


def average_day(sheet: Sheet, beat: Beat, days: int, seed: int) -> dict[str, Number]:
    """The same of one grid, with tours solved for exactly its stops, over `days` drawn days."""
    from wangge.cores.workday.kernels.days import sampled_days

    there = stops(sheet.values, beat.households)
    ways = sampled_days(
        beat.x, beat.y, beat.shares, beat.floors, beat.lift, beat.home, float(there.all), float(there.doors), days, seed
    )  # fmt: skip
    return _parts(sheet.values, beat.households, there, *ways)


def ways(beats: Sequence[Beat], days: int, seed: int) -> Ways:
    """Solve the tours of `days` drawn days for every grid and every rung of the ladder."""
    from wangge.cores.workday.kernels.days import sampled_days

    found = np.zeros((3, len(LADDER)))
    for rung, count in enumerate(LADDER[1:], start=1):
        for number, beat in enumerate(beats):
            spot = (beat.x, beat.y, beat.shares, beat.floors, beat.lift, beat.home)
            found[:, rung] += sampled_days(*spot, count, count, days, seed + 7919 * rung + number)
    return Ways(*(found / len(beats)))


def _parts(
    values: Values, households: Number, there: Stops, metres: Number, floors: Number, rides: Number
) -> dict[str, Number]:
    days = worked_days(values)
    settled = 1.0 - there.vain ** values["vain.attempts"]
    door = sum(
        visits(values, households, name) * values[f"visits.{name}.minutes"] * values["minutes.factor"]
        for name in programmes(list(values))
    )
    todos = there.doors / there.attempts
    return {
        "door": door * settled / days,
        "vain": todos * (there.attempts - settled) * values["vain.minutes"],
        "climb": (floors * values["stairs.seconds"] + rides * values["lift.seconds"]) / 60.0,
        "walk": metres * values["walk.detour"] / values["walk.speed"] / 60.0,
        "cases": households * values["cases.rate"] * values["cases.minutes"] / days,
        "duties": values["duties.minutes"] + 0.0 * days,
    }
