"""Departments, people in office, duties, classes, responsibilities, admissions and programmes."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

from wangge.entry.demo.accounts import Account
from wangge.ground.areas import queries as areas
from wangge.ground.workforce import actions as workforce
from wangge.platform.access import actions as access
from wangge.platform.audit.actor import Actor
from wangge.work.cases import actions as cases
from wangge.work.residents import actions as residents
from wangge.work.services import actions as services
from wangge.work.todos import actions as todos

EXTRA = (("planner", "规划员"), ("planner", "规划复核"), ("organiser", "组织部"), ("administrator", "管理员"))
WHOLE_CITY = ("administrator", "organiser", "data_officer", "department_clerk", "crew")
"""Posts that no area bounds; a department bounds the last two."""
FRONT = ("civil_affairs", "water", "urban_management")
"""Departments whose clerks somebody may sign in as: those of the two stories."""
BASIS = "网格事项准入清单（演示）"
CENTRE, BUREAU = ("grid_centre", "网格管理中心", "Grid centre"), ("data_bureau", "数据局", "Data bureau")
GRID = ("grid", "网格采集", "Grid register")


def load_departments(folder: Path, by: Actor) -> int:
    """Departments of the city, and those that run the grid itself; returns how many."""
    rows = [
        (row["code"], row["name_zh"], row["name_en"]) for row in _csv(folder / "city" / "departments.csv")
    ]
    rows += [CENTRE, BUREAU, GRID]
    for code, zh, en in rows:
        access.add_department(code=code, name_zh=zh, name_en=en, by=by)
    return len(rows)


def load_staff(folder: Path, by: Actor, *, everybody: bool = False) -> list[Account]:
    """Accounts, grants by post and area, workers on the roster of their community.

    The first of each post gets a random password, of clerks those of ``FRONT``; nobody can sign in as the others, who only
    play their part (hashing a password costs what it should), unless ``everybody`` is to have one.
    """
    hired: dict[tuple[str, str], int] = {}
    made = [
        _hire(row["post"], row["name"], row["area"], row["department"], hired, by, row, everybody=everybody)
        for row in _csv(folder / "city" / "staff.csv")
    ]
    district = made[0].area[:6]
    return made + [_hire(role, name, district, "", hired, by, everybody=everybody) for role, name in EXTRA]


def _hire(
    role: str, name: str, area: str, department: str, hired: dict[tuple[str, str], int], by: Actor,
    row: dict[str, str] | None = None, *, everybody: bool,
) -> Account:  # fmt: skip
    number = hired[role, department] = hired.get((role, department), 0) + 1
    username = f"{role}_{department}" if department else f"{role}_{number}"
    front = everybody or (department in FRONT if department else number == 1)
    password = secrets.token_urlsafe(9) if front else ""
    user = access.add_user(username=username, name=name, password=password or None, by=by)
    worker = ""
    if role == "grid_worker" and row is not None:
        worker = workforce.add_worker(
            user=user, name=name, phone=row["phone"], kind=row["kind"], community=area, by=by
        )
    else:
        access.grant(
            user=user, role=role, area="" if role in WHOLE_CITY else area, department=department, by=by
        )
    return Account(username, password, role, name, area, department, user, worker)


def assign_duties(accounts: list[Account], at: datetime, by: Actor) -> dict[str, Account]:
    """Each grid of the plan in force gets a worker of its community; returns who has which grid."""
    waiting: dict[str, list[Account]] = {}
    for one in accounts:
        if one.worker:
            waiting.setdefault(one.area, []).append(one)
    held: dict[str, Account] = {}
    for grid in grids(by):
        workers = waiting.get(grid[:12]) or next(others for others in waiting.values() if others)
        held[grid] = workers.pop(0)
        workforce.assign(worker=held[grid].worker, grid=grid, from_at=at, by=by)
    return held


def grids(by: Actor) -> Iterator[str]:
    """The codes of the grids of the plan in force."""
    offset = 0
    while page := areas.grids(by, limit=200, offset=offset).items:
        yield from (one.code for one in page)
        offset += len(page)


def load_catalogues(folder: Path, from_on: date, by: Actor) -> None:
    """Classes and their filing rules, who handles what, and what may be asked of a grid."""
    city = folder / "city"
    cases.load_catalogue(file=city / "classes.csv", name="classes.csv", by=by)
    cases.load_responsibilities(file=city / "responsibilities.xlsx", name="responsibilities.xlsx", by=by)
    cases.admit_on_site_work(department=CENTRE[0], basis=BASIS, from_on=from_on, by=by)
    residents.admit_corrections(department=BUREAU[0], basis=BASIS, from_on=from_on, by=by)
    residents.admit_asking(department=BUREAU[0], basis=BASIS, from_on=from_on, by=by)
    todos.admit(
        code="confirm_fact", kind="confirm", department=BUREAU[0], name_zh="核实信息",
        name_en="Confirm what sources differ in", basis=BASIS, minutes=8, from_on=from_on, by=by,
    )  # fmt: skip


def load_programmes(folder: Path, by: Actor) -> list[str]:
    """The programmes, as an officer adds them; returns their codes."""
    path = folder / "city" / "programmes.xlsx"
    with path.open("rb") as file:
        return [one.code for one in services.load_programmes(file=file, name=path.name, by=by).programmes]


def _csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)
