"""Departments, people in office with the passwords of this demo, classes, responsibilities, admissions and programmes."""

from __future__ import annotations

import csv
import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from wangge.ground.areas import queries as areas
from wangge.ground.workforce import actions as workforce
from wangge.platform.access import actions as access
from wangge.platform.audit.actor import Actor
from wangge.work.cases import actions as cases
from wangge.work.services import actions as services
from wangge.work.todos import actions as todos

EXTRA = (("planner", "规划员"), ("planner", "规划复核"), ("organiser", "组织部"), ("administrator", "管理员"))
ADMISSIONS = (
    # code, kind, department, Chinese, English, minutes
    ("verify_case", "verify", "grid_centre", "核实案件", "Verify a report on site", 10),
    ("check_case", "check", "grid_centre", "核查案件", "Check on site that it was handled", 10),
    ("confirm_fact", "confirm", "data_bureau", "核实信息", "Confirm what sources differ in", 8),
)
BASIS = "网格事项准入清单（演示）"


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in to this demo."""

    username: str
    password: str
    role: str
    name: str
    area: str
    department: str
    user: str
    worker: str = ""


def _csv(path: Path) -> Iterator[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def load_departments(folder: Path, by: Actor) -> None:
    """Departments of the city."""
    for row in _csv(folder / "city" / "departments.csv"):
        access.add_department(code=row["code"], name_zh=row["name_zh"], name_en=row["name_en"], by=by)
    access.add_department(code="grid", name_zh="网格采集", name_en="Grid register", by=by)


def load_staff(folder: Path, by: Actor) -> list[Account]:
    """Accounts with random passwords, grants by post and area, workers on the roster of their community."""
    made: list[Account] = []
    counts: dict[str, int] = {}
    for row in _csv(folder / "city" / "staff.csv"):
        made.append(_hire(row["post"], row["name"], row["area"], row["department"], counts, by, row))
    district = made[0].area[:6]
    for role, name in EXTRA:
        made.append(_hire(role, name, district, "", counts, by))
    return made


def _hire(
    role: str,
    name: str,
    area: str,
    department: str,
    counts: dict[str, int],
    by: Actor,
    row: dict[str, str] | None = None,
) -> Account:
    counts[role] = counts.get(role, 0) + 1
    username = f"{role}_{department}" if department else f"{role}_{counts[role]}"
    password = secrets.token_urlsafe(9)
    user = access.add_user(username=username, name=name, password=password, by=by)
    worker = ""
    if role == "grid_worker" and row is not None:
        worker = workforce.add_worker(
            user=user, name=name, phone=row["phone"], kind=row["kind"], community=area, by=by
        )
    else:
        whole = role in ("administrator", "organiser", "data_officer")
        access.grant(user=user, role=role, area="" if whole else area, department=department, by=by)
    return Account(username, password, role, name, area, department, user, worker)


def assign_duties(accounts: list[Account], at: datetime, by: Actor) -> None:
    """Each grid of the plan in force gets a worker of its community."""
    waiting: dict[str, list[Account]] = {}
    for one in accounts:
        if one.worker:
            waiting.setdefault(one.area, []).append(one)
    for grid in _all_grids(by):
        workers = waiting.get(grid[:12]) or next(others for others in waiting.values() if others)
        workforce.assign(worker=workers.pop(0).worker, grid=grid, from_at=at, by=by)


def _all_grids(by: Actor) -> Iterator[str]:
    offset = 0
    while page := areas.grids(by, limit=200, offset=offset).items:
        yield from (one.code for one in page)
        offset += len(page)


def load_catalogues(folder: Path, from_on: date, by: Actor) -> None:
    """Classes and their filing rules, who handles what, and what may be asked of a grid."""
    city = folder / "city"
    cases.load_catalogue(file=city / "classes.csv", name="classes.csv", by=by)
    cases.load_responsibilities(file=city / "responsibilities.xlsx", name="responsibilities.xlsx", by=by)
    for code, kind, department, zh, en, minutes in ADMISSIONS:
        todos.admit(
            code=code,
            kind=kind,
            department=department,
            name_zh=zh,
            name_en=en,
            basis=BASIS,
            minutes=minutes,
            from_on=from_on,
            by=by,
        )


def load_programmes(folder: Path, by: Actor) -> None:
    """The five programmes, as an officer would add them."""
    path = folder / "city" / "programmes.xlsx"
    with path.open("rb") as file:
        services.load_programmes(file=file, name=path.name, by=by)
