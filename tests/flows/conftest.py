"""A small town, made from a seed and loaded once a module; the flows drive it through HTTP, files and commands only."""

from __future__ import annotations

import json
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from desk import Desk
from django.db import transaction
from django.test import override_settings

from wangge.entry.demo.load import ground, office, people
from wangge.entry.demo.town.build import build
from wangge.entry.demo.town.sizes import Size
from wangge.entry.jobs import rescreen, worker
from wangge.platform.access import actors
from wangge.platform.clock import clock
from wangge.platform.stores import postgresql

DISTRICT = "420502"


class Town:
    """The loaded town: its files, its people in office, and the clock."""

    def __init__(self, folder: Path, truth: Path, accounts, start: datetime, seed: int):
        self.folder, self.truth, self.accounts, self.start, self.seed = folder, truth, accounts, start, seed
        self.desks = {}

    def at(self, role, *, department="", area="", number=0):
        """The desk of somebody with this role."""
        fitting = [
            a
            for a in self.accounts
            if a.role == role
            and (not department or a.department == department)
            and (not area or area.startswith(a.area))
        ]
        account = fitting[number]
        if account.username not in self.desks:
            self.desks[account.username] = Desk(account)
        return self.desks[account.username]

    def worker_of(self, grid):
        """The desk of the worker on duty in a grid, found as a colleague would: on the roster."""
        cover = self.at("administrator").get("workforce/cover", prefix=grid)
        return self.desk_of(next(one["worker"]["name"] for one in cover if one["grid"] == grid))

    def desk_of(self, name):
        """The desk of the worker with this name."""
        account = next(a for a in self.accounts if a.role == "grid_worker" and a.name == name)
        if account.username not in self.desks:
            self.desks[account.username] = Desk(account)
        return self.desks[account.username]

    def grids(self):
        """Codes of all grids."""
        return [one["code"] for one in self.at("administrator").get("areas/grids", limit=200)["items"]]

    @staticmethod
    def screen():
        """The nightly screening, and what it queues."""
        rescreen.everybody.enqueue()
        return worker.drain()

    @contextmanager
    def when(self, **after):
        """The moved clock: days and hours after the town's first day, 10:05 in the morning."""
        with clock.moved(self.start + timedelta(**after)):
            yield

    @staticmethod
    def work():
        """The job worker does what waits."""
        return worker.drain()


@pytest.fixture(scope="session")
def towns(tmp_path_factory):
    """Make a town's folder from a seed, once."""
    made = {}

    def make(seed):
        if seed not in made:
            base = tmp_path_factory.mktemp(f"town{seed}")
            build(base / "town", seed=seed, size=Size.HAMLET, truth=base / "truth")
            made[seed] = base
        return made[seed]

    return make


# Everybody in this town signs in from one address, all in a minute; what a real hash costs, other tests show.
EASED = {
    "ACCOUNT_RATE_LIMITS": False,
    "PASSWORD_HASHERS": ["django.contrib.auth.hashers.MD5PasswordHasher"],
}


def load(base: Path) -> Town:
    folder = base / "town"
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    start = datetime.fromisoformat(manifest["first_day"] + "T10:05:00").replace(tzinfo=clock.city_zone())
    by = actors.system("installer")
    with clock.moved(start - timedelta(days=30)):
        office.load_departments(folder, by)
        ground.load_divisions(folder, by)
        ground.load_base(folder, by)
        keys = ground.load_buildings(folder, by)
        dwellings = ground.load_dwellings(folder, keys, by)
        people.load_people(folder, dwellings, clock.now() - timedelta(days=200), by)
        accounts = office.load_staff(folder, by, everybody=True)
        office.load_catalogues(folder, start.date() - timedelta(days=30), by)
        town = Town(folder, base / "truth", accounts, start, manifest["seed"])
        scenario = town.at("planner").post("planning/scenarios", {"prefix": DISTRICT, "name": "首版"})["uid"]
        town.at("planner", number=1).post(f"planning/scenarios/{scenario}/approve")
        town.at("planner", number=1).post(f"planning/scenarios/{scenario}/in-force", {})
        office.assign_duties(accounts, clock.now(), by)
        postgresql.analyze()  # all of it stands in a transaction that isn't over: nobody else sees it to count it
    return town


@pytest.fixture(scope="module")
def loader(towns, django_db_setup, django_db_blocker):
    """Put the town of a seed into the database, and take it out again afterwards."""

    def loading(seed):
        with django_db_blocker.unblock():
            outer = transaction.atomic()
            outer.__enter__()
            try:
                with override_settings(**EASED):
                    yield load(towns(seed))
            finally:
                transaction.set_rollback(True)
                outer.__exit__(None, None, None)

    return loading


@pytest.fixture(scope="module")
def loaded(loader):
    """The first town, for the tests of a module."""
    yield from loader(1)


@pytest.fixture
def town(loaded, db):
    """The town for one test: whatever the test does is taken back."""
    yield loaded
    loaded.desks.clear()
