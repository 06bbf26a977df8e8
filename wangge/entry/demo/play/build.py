"""Building the demo: the town is made, loaded and planned, then its days are played. ``STAGES`` reads from top to bottom."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from pathlib import Path

from django.core.management import call_command

from wangge.entry.demo import accounts as kept
from wangge.entry.demo.accounts import Account
from wangge.entry.demo.load import feeds
from wangge.entry.demo.load.ground import Keys
from wangge.entry.demo.play import city
from wangge.entry.demo.play.days import Days
from wangge.entry.demo.play.hurry import in_a_hurry
from wangge.entry.demo.play.ledger import Ledger
from wangge.entry.demo.play.office import Office
from wangge.entry.demo.town.build import build as build_town
from wangge.entry.demo.town.manifest import Manifest
from wangge.entry.demo.town.sizes import Size
from wangge.entry.jobs import sealer
from wangge.platform.access import actors
from wangge.platform.city import settings as city_settings
from wangge.platform.clock import clock
from wangge.platform.stores import postgresql

OPENS = time(10, 5)
"""When the demo's clock stands on its last day, as somebody opens it."""
DAYS = 60
LEDGER = "ledger.json"

Progress = Callable[[str, int, int], None]
"""Called with the stage, how much of it is done, and of how much."""


class Build:
    """The site while a demo is being built in ``home``; the truth about the town goes to a folder that nothing opens again."""

    town_files: Path
    manifest: Manifest
    ledger: Ledger
    accounts: list[Account]
    keys: Keys
    on_duty: dict[str, Account]
    feeds: list[feeds.FeedFile]

    def __init__(self, home: Path, *, seed: int, size: Size, truth: Path, progress: Progress) -> None:
        self.home, self.seed, self.size, self.truth, self.progress = home, seed, size, truth, progress
        self.town_files = home / "town"
        self.by = actors.system("installer")

    def run(self) -> Ledger:
        """All stages, one after the other."""
        for number, (name, stage) in enumerate(STAGES):
            self.progress(name, 0, 1)
            if number < 2:
                stage(self)
            else:
                with in_a_hurry(), city_settings.read_once():
                    stage(self)
            self.progress(name, 1, 1)
        return self.ledger

    def make_town(self) -> None:
        """Generate the town from its seed."""
        self.manifest = build_town(
            self.town_files, seed=self.seed, size=self.size, truth=self.truth, progress=self._within("town"),
            days=DAYS,
        )  # fmt: skip
        self.ledger = Ledger(manifest=dict(self.manifest.counts))

    def make_tables(self) -> None:
        """An empty installation."""
        with in_a_hurry():
            call_command("migrate", verbosity=0, interactive=False)

    def load(self) -> None:
        """The ground, the offices, the people."""
        with clock.moved(city.opening(self.first)):
            self.keys = city.load_ground(self.town_files, self.by)
            self.progress("load", 1, 3)
            self.accounts = city.load_office(self.town_files, self.first, self.ledger, self.by)
            self.progress("load", 2, 3)
            city.load_people(self.town_files, self.keys, self.first, self.by)
        postgresql.analyze()

    def plan(self) -> None:
        """Grids from the planner, and a worker on duty in each."""
        with clock.moved(city.opening(self.first) + timedelta(minutes=30)):
            self.on_duty = city.plan_grids(self.manifest.district, self.accounts, self.ledger, self.by)

    def share(self) -> None:
        """Agreements and feeds."""
        officer = next(one for one in self.accounts if one.role == "data_officer")
        with clock.moved(city.opening(self.first) + timedelta(hours=1)):
            self.feeds = city.open_feeds(self.town_files, self.first, actors.of_id(f"user:{officer.user}"))
        self.ledger.figures["feeds"] = len(self.feeds)

    def play(self) -> None:
        """The days until the demo opens."""
        office = Office(self.accounts, self.on_duty, random.Random(f"{self.seed}/office"))  # noqa: S311
        days = Days(self, office, self._within("play"))
        days.play()
        if days.resident.account is not None:
            self.accounts.append(days.resident.account)

    def finish(self) -> None:
        """What the player kept is written down, and the clock stands where the demo opens."""
        self.ledger.write(self.home / LEDGER)
        kept.write(self.home, self.accounts)
        sealer.seal_all()
        clock.shift(self.opens - clock.now())

    @property
    def first(self) -> date:
        """The day before the script's first: everything is set up on it."""
        return date.fromisoformat(self.manifest.first_day) - timedelta(days=1)

    @property
    def opens(self) -> datetime:
        """The moment at which the demo opens."""
        return datetime.combine(date.fromisoformat(self.manifest.today), OPENS, tzinfo=clock.city_zone())

    def _within(self, stage: str) -> Callable[..., None]:
        def tell(*said: object) -> None:
            done, total = said[-2], said[-1]
            if isinstance(done, int) and isinstance(total, int):
                self.progress(stage, done, total)

        return tell


STAGES: tuple[tuple[str, Callable[[Build], None]], ...] = (
    ("town", Build.make_town),
    ("tables", Build.make_tables),
    ("load", Build.load),
    ("plan", Build.plan),
    ("share", Build.share),
    ("play", Build.play),
    ("finish", Build.finish),
)
