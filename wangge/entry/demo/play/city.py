"""Before the first day: the ground, the people, the offices, a plan of grids in force and a worker in each of them."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path

from wangge.entry.demo.accounts import Account
from wangge.entry.demo.load import feeds, ground, office, people
from wangge.entry.demo.play.ledger import Ledger
from wangge.platform.access import actors
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.work.planning import actions as planning
from wangge.work.planning import queries as plans

GATHERED_BEFORE = timedelta(days=300)
"""How long ago, on the average, workers gathered what the register says on the first day."""


def load_ground(town: Path, by: Actor) -> ground.Keys:
    """Divisions, base map, buildings, parts and organisations."""
    ground.load_divisions(town, by)
    ground.load_base(town, by)
    keys = ground.load_buildings(town, by)
    ground.load_parts(town, by)
    return keys


def load_people(town: Path, keys: ground.Keys, first: date, by: Actor) -> None:
    """Dwellings, persons, relations and households."""
    dwellings = ground.load_dwellings(town, keys, by)
    people.load_people(town, dwellings, opening(first) - GATHERED_BEFORE, by)


def load_office(town: Path, first: date, ledger: Ledger, by: Actor) -> list[Account]:
    """Departments, accounts, catalogues, and the agreements, feeds and mappings of the departments."""
    ledger.figures["departments"] = office.load_departments(town, by)
    accounts = office.load_staff(town, by)
    ledger.figures["users"] = len(accounts)
    ledger.figures["workers"] = sum(bool(one.worker) for one in accounts)
    office.load_catalogues(town, first, by)
    return accounts


def plan_grids(prefix: str, accounts: list[Account], ledger: Ledger, by: Actor) -> dict[str, Account]:
    """A planner makes the grids, another one approves them and puts them into force; then each gets its worker."""
    maker, approver = (actors.of_id(f"user:{one.user}") for one in accounts if one.role == "planner")
    scenario = planning.make(prefix=prefix, name="开城网格方案", by=maker)
    planning.approve(scenario=scenario, by=approver)
    planning.put_in_force(scenario=scenario, by=approver)
    for one in plans.grids(maker, scenario):
        ledger.grids[one.code] = one.households
    return office.assign_duties(accounts, clock.now(), by)


def open_feeds(town: Path, first: date, officer: Actor) -> list[feeds.FeedFile]:
    """Every department's agreement, feed and mapping."""
    found = list(feeds.feed_files(town))
    for one in found:
        feeds.open_feed(one, first, officer)
    return found


def opening(day: date) -> datetime:
    """When the offices open on a day."""
    return datetime.combine(day, time(8, 30), tzinfo=clock.city_zone())
