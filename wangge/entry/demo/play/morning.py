"""What the desks find when the demo opens: this morning's reports, and what was left lying in every queue. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from wangge.entry.demo.play.script import Report

FRONT = ("accept", "verify", "file", "dispatch", "sign")
"""Desks near the beginning: the newest reports lie there."""
BACK = ("forward", "check", "close", "decide")
"""Desks near the end, where older cases lie."""
IN_DEPARTMENTS = {"feed_back": 4}
"""What each department has in hand, some of it with a crew."""


def this_morning(last_weeks: Sequence[Report], opens: datetime, most: int) -> list[Report]:
    """A morning like those of the last weeks: what was reported at these hours is seen again today, in order of time."""
    again = [
        replace(one, code=f"{one.code}-today", at=_on(one.at, opens))
        for one in last_weeks
        if not one.duplicate_of
    ]
    early = sorted((one for one in again if one.at < opens), key=lambda one: (one.at, one.code))
    return early[-most:]


def left_lying(reports: Sequence[Report], each: int) -> list[Report]:
    """The newest reports stay at the desks near the beginning: up to ``each`` at every one, the newest at the first."""
    room = dict.fromkeys(FRONT, each)
    kept = list(reports)
    for index in range(len(kept) - 1, -1, -1):
        verb = next((verb for verb in FRONT if room[verb] and _reaches(kept[index], verb)), "")
        if verb:
            room[verb] -= 1
            kept[index] = replace(kept[index], stays=verb)
        if not any(room.values()):
            break
    return kept


def _reaches(report: Report, verb: str) -> bool:
    """Whether a report ever comes to a desk: what the worker saw herself isn't verified, what isn't so isn't dispatched."""
    if report.duplicate_of:
        return False
    if verb == "verify":
        return report.source != "patrol"
    return verb == "accept" or report.fate.valid


def _on(moment: datetime, day: datetime) -> datetime:
    return moment.replace(year=day.year, month=day.month, day=day.day)


class Backlog:
    """What nobody comes to any more before the demo opens: at the desks near the end the first few acts of each kind since a
    moment, and in each department the first few whose time hasn't run out by then: a clerk's list with nothing on it shows
    nobody how it is used, one that is late throughout isn't true.
    """

    def __init__(self, since: datetime, opens: datetime, each: int) -> None:
        self._since, self._opens = since, opens
        self._room = {(verb, ""): each for verb in BACK}

    def keeps(self, verb: str, at: datetime) -> bool:
        """Whether this act at a desk is one that nobody comes to."""
        return at >= self._since and self._takes(verb, "")

    def keeps_in(self, department: str, verb: str, due: datetime) -> bool:
        """Whether this act of a department, which must have handled the case by ``due``, is one that nobody comes to."""
        self._room.setdefault((verb, department), IN_DEPARTMENTS[verb])
        return due > self._opens and self._takes(verb, department)

    def _takes(self, verb: str, department: str) -> bool:
        if not self._room.get((verb, department)):
            return False
        self._room[verb, department] -= 1
        return True
