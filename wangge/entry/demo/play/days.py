"""The days of the demo, one after the other: what departments do in the morning, then everybody's acts in order of time."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from functools import partial
from pathlib import Path
from typing import Protocol

import yaml

from wangge.entry.demo.load.feeds import FeedFile
from wangge.entry.demo.play import city, deliveries, script
from wangge.entry.demo.play.doors import Doors
from wangge.entry.demo.play.events import Events
from wangge.entry.demo.play.ledger import Ledger
from wangge.entry.demo.play.life import CaseLife
from wangge.entry.demo.play.morning import Backlog, left_lying, this_morning
from wangge.entry.demo.play.office import Office
from wangge.entry.demo.play.resident import Resident
from wangge.entry.demo.play.script import Report
from wangge.entry.demo.play.shifts import shifts
from wangge.entry.demo.play.stage import Stage
from wangge.entry.demo.play.times import Times
from wangge.entry.demo.town.manifest import Manifest
from wangge.platform.audit.actor import Actor
from wangge.platform.city import settings as settings_of
from wangge.platform.clock import clock
from wangge.work.cases import queries as cases

MORNING, LOOKED_BACK, LEFT_EACH, NEWEST = 14, 21, 3, 40
ROUND_AT, DOORS_A_ROUND = time(15, 0), 5
SATURDAY = 5

Chore = Callable[[], None]


class Site(Protocol):
    """What the player needs of the build that it is a part of."""

    town_files: Path
    manifest: Manifest
    ledger: Ledger
    feeds: list[FeedFile]
    by: Actor
    seed: int

    @property
    def opens(self) -> datetime:
        """The moment at which the demo opens."""


class Days:
    """The player of the script."""

    def __init__(self, site: Site, office: Office, tell: Callable[[int, int], None]) -> None:
        self.site, self.office, self.tell = site, office, tell
        self.script = site.town_files / "script"
        self.days = script.days(self.script)
        self.events = Events()
        self.newest = self._newest()
        hours = settings_of.value("working_hours")
        self.stage = Stage(
            office=office, times=Times.of(hours, str(clock.city_zone())), ledger=site.ledger,
            backlog=Backlog(self._since(), site.opens, LEFT_EACH),
            limits={one.code: one.rules[0].limit for one in cases.classes(site.by)},
            chance=random.Random(f"{site.seed}/play"),  # noqa: S311
        )  # fmt: skip
        behaviour = yaml.safe_load((site.town_files / "city" / "behaviour.yaml").read_text(encoding="utf-8"))
        self.doors = Doors(behaviour["door"], site.ledger, random.Random(f"{site.seed}/doors"))  # noqa: S311
        self.resident = Resident(self.stage, self.doors, site.by)

    def play(self) -> None:
        """Every day of the script, and the last morning until the demo opens."""
        today = self.site.opens.date()
        chores = self._chores()
        self.events.begin(shifts(self.days, self.site.opens, self.office, self.site.ledger))
        for number, day in enumerate([*self.days, today], 1):
            for report in self.newest.get(day) or script.reports(self.script, day):
                self.events.begin(CaseLife(report, self.stage).run())
            for at, chore in chores.get(day, []):
                self._until(at)
                with clock.moved(at):
                    chore()
            self._until(min(self.site.opens, city.opening(day) + timedelta(hours=15, minutes=30)))
            self.tell(number, len(self.days) + 1)

    def _until(self, end: datetime) -> None:
        """Everybody's acts up to a moment, as one transaction: a build that breaks off is thrown away whole."""
        for moment, life in self.events.until(end):
            with clock.moved(moment):
                self.events.act(life)

    def _newest(self) -> dict[date, list[Report]]:
        """The reports of the last weeks by day, with this morning's, and those that are left lying."""
        recent = [one for day in self.days[-LOOKED_BACK:] for one in script.reports(self.script, day)]
        reports = left_lying([*recent, *this_morning(recent, self.site.opens, MORNING)], LEFT_EACH)
        found: dict[date, list[Report]] = {}
        for one in reports:
            found.setdefault(one.at.date(), []).append(one)
        return found

    def _since(self) -> datetime:
        """From when on something is left lying at the desks near the end: while the newest reports come in."""
        reports = [one.at for day in sorted(self.newest) for one in self.newest[day]]
        return reports[-min(NEWEST, len(reports))]

    def _chores(self) -> dict[date, list[tuple[datetime, Chore]]]:
        """What is done outside everybody's acts: deliveries with all that follows, and what they make possible."""
        found: dict[date, list[tuple[datetime, Chore]]] = {}
        sent = deliveries.calendar(self.site.feeds, self.site.manifest.rows)
        for day, files in sorted(sent.items()):
            for number, (feed, path, rows) in enumerate(files):
                at = city.opening(day) + timedelta(minutes=10 * number)
                found.setdefault(day, []).append(
                    (at, partial(deliveries.deliver, feed, path, rows, self.office, self.site.ledger))
                )
        after = min(sent) + timedelta(days=1)
        found.setdefault(after, []).append((city.opening(after), self._add_programmes))
        return found

    def _add_programmes(self) -> None:
        codes = deliveries.add_programmes(self.site.town_files, self.office, self.site.ledger)
        deliveries.confirm(codes, self.office, self.site.ledger)
        now = clock.local(clock.now())
        self.events.begin(self.resident.run(now + timedelta(days=2, hours=6), self.site.opens))
        for number, grid in enumerate(sorted(self.office.on_duty)):
            for day in self.days:
                if day > now.date() and day.weekday() == number % SATURDAY:
                    at = datetime.combine(day, ROUND_AT, tzinfo=clock.city_zone())
                    self.events.begin(self.doors.round(self.office, grid, at, DOORS_A_ROUND))
