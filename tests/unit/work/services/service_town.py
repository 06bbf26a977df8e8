"""A small piece of town for the tests of services: two communities with a grid and a building each, two departments."""

from __future__ import annotations

import io
import shutil
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import shapely
from django.test import override_settings

from wangge.cores.tables.writing import Sheet, write_xlsx
from wangge.ground.areas import actions as areas
from wangge.ground.areas.records import BuildingRow, DivisionRow, GridRow
from wangge.ground.registry import actions as registry
from wangge.ground.registry.records import DwellingIn, ResidenceIn
from wangge.platform.access import actions as access
from wangge.platform.access import actors
from wangge.platform.clock import clock
from wangge.work.services import actions
from wangge.work.services.models import Entitlement
from wangge.work.todos import actions as todos
from wangge.work.todos import queries as inbox

STREET, WEST, EAST = "420502001", "420502001001", "420502001002"
GRIDS = {WEST: f"{WEST}001", EAST: f"{EAST}001"}

HEAD = (
    "code",
    "name_zh",
    "name_en",
    "department",
    "mode",
    "basis",
    "purpose",
    "from",
    "to",
    "conditions",
    "elements",
)
ALLOWANCE = {
    "code": "old_age_allowance", "name_zh": "高龄津贴", "name_en": "Old-age allowance", "department": "civil_affairs",
    "mode": "no_application", "basis": "发放办法（演示）", "purpose": "elderly_service", "from": "2026-01-01", "to": "",
    "conditions": "age >= 80\nregistered_here = yes\nreceiving_old_age_allowance = no",
    "elements": "birth_date, registered_here, receiving_old_age_allowance, bank_account_held",
}  # fmt: skip
VISIT = ALLOWANCE | {
    "code": "alone_visit", "name_zh": "独居老人关爱探访", "name_en": "Visits", "mode": "at_the_door",
    "conditions": "age >= 75\nlives_alone = yes", "elements": "birth_date,lives_alone", "kind": "visit",
}  # fmt: skip
CHECKUP = ALLOWANCE | {
    "code": "elderly_checkup", "name_zh": "免费体检", "name_en": "Check-up", "department": "health",
    "mode": "by_telephone", "purpose": "elderly_health",
    "conditions": "age >= 65\n(checkup_date unknown or months since checkup_date >= 12)",
    "elements": "birth_date,checkup_date",
}  # fmt: skip
OLD = {
    "birth_date": date(1940, 3, 5), "registered_here": True, "receiving_old_age_allowance": False, "bank_account_held": True,
    "lives_alone": False, "checkup_date": date(2026, 6, 1),
}  # fmt: skip
"""Eighty-six, entitled to the allowance, with bank details; nothing else."""
TYPES = {
    "birth_date": pa.date32(), "checkup_date": pa.date32(), "registered_here": pa.bool_(), "lives_alone": pa.bool_(),
    "receiving_old_age_allowance": pa.bool_(), "bank_account_held": pa.bool_(), "phone": pa.string(),
    "guardian_phone": pa.string(), "id_number": pa.string(),
}  # fmt: skip


def sheet(*programmes: dict, name: str = "programmes") -> bytes:
    """A workbook with one row a programme; columns are whatever the rows name."""
    head = list(dict.fromkeys([*HEAD, *(key for one in programmes for key in one)]))
    target = io.BytesIO()
    write_xlsx(target, [Sheet(name, head, [[one.get(key, "") for key in head] for one in programmes])])
    return target.getvalue()


@dataclass
class Town:
    """Actors by what they do, and doors by community."""

    by: dict = field(default_factory=dict)
    doors: dict = field(default_factory=dict)
    rows: int = 0
    home: Path = Path()

    def __getattr__(self, name):
        if name in self.by:
            return actors.of_id(self.by[name])
        raise AttributeError(name)

    def person(self, name="王秀兰", *, at=WEST, **facts) -> str:
        """Somebody with facts, living at a community's next door (nowhere, if ``at`` is None)."""
        self.rows += 1
        table = {"row": pa.array([self.rows]), "name": pa.array([name])}
        table |= {code: pa.array([value], TYPES[code]) for code, value in facts.items() if value is not None}
        uid = registry.add_persons(
            feed="roster", department="grid", batch="roster", rows=pa.table(table), by=self.system,
            observed_at=clock.now() - timedelta(days=30),
        )[0]  # fmt: skip
        if at is not None:
            registry.load_residences(
                rows=[ResidenceIn(uid, self.doors[at].pop(), "registered")], by=self.system
            )
        return uid

    def now(self, person: str, **facts) -> None:
        """Facts of a person change."""
        self.rows += 1
        table = {"person": pa.array([person]), "row": pa.array([self.rows])}
        table |= {code: pa.array([value], TYPES[code]) for code, value in facts.items()}
        registry.fold_rows(
            feed="roster", department="grid", batch=f"later{self.rows}", rows=pa.table(table), observed_at=clock.now(),
            by=self.system,
        )  # fmt: skip

    def load(self, *programmes, by=None):
        return actions.load_programmes(file=sheet(*programmes), name="programmes.xlsx", by=by or self.officer)

    def screen(self, **more):
        return actions.screen(by=self.system, **more)

    def push(self):
        return actions.push_due(by=self.system)

    def offer(self, person: str, programme="old_age_allowance") -> Entitlement | None:
        """The row, for tests of the room itself."""
        return Entitlement.objects.filter(person=person, programme__code=programme).order_by("-round").first()

    def todo(self, row: Entitlement):
        """The newest to-do of an offer, open or not."""
        its = [t for t in inbox.todos(self.system, limit=200).items if t.origin_ref == str(row.uid)]
        return max(its, key=lambda t: t.created_at)

    def settle(self, row: Entitlement, outcome: str, *, by=None, **more):
        return todos.settle(todo=self.todo(row).uid, outcome=outcome, by=by or self.worker, **more)

    @property
    def system(self):
        return actors.system("installer")


def box(west, east):
    return shapely.to_wkb(shapely.box(west, 30.0, east, 30.1))


def build(installer) -> Town:
    """Lay out the ground, make the accounts."""
    starts = {WEST: 111.0, EAST: 111.1}
    areas.load_divisions(
        rows=[
            DivisionRow("420502", "district", "西陵区", "Xiling"),
            DivisionRow(STREET, "street", "西陵街道", "Xiling Street", parent="420502"),
            *(
                DivisionRow(c, "community", "社区", "C", parent=STREET, wkb=box(w, w + 0.1))
                for c, w in starts.items()
            ),
        ],
        by=installer,
    )
    built = areas.load_buildings(
        rows=[BuildingRow(w + 0.05, 30.05, plate=f"B{c}", households=9) for c, w in starts.items()],
        by=installer,
    )
    grids = [GridRow(GRIDS[c], box(w, w + 0.1)) for c, w in starts.items()]
    areas.put_in_force(plan=areas.draft_plan(grids=grids, memberships={}, by=installer), by=installer)
    town = Town()
    for community, building in zip(starts, built, strict=True):
        rows = [DwellingIn(building.building, f"{n:03}", entrance="1") for n in range(1, 60)]
        town.doors[community] = registry.load_dwellings(rows=rows, by=installer)
    for code, zh, en in (("civil_affairs", "民政局", "Civil affairs"), ("health", "卫健局", "Health")):
        access.add_department(code=code, name_zh=zh, name_en=en, by=installer)
    posts = {
        "officer": ("data_officer", ""), "clerk": ("department_clerk", "", "civil_affairs"),
        "west_clerk": ("department_clerk", WEST, "civil_affairs"), "health_clerk": ("department_clerk", "", "health"),
        "leader": ("leader", ""), "worker": ("grid_worker", GRIDS[WEST]), "east_worker": ("grid_worker", GRIDS[EAST]),
        "lead": ("grid_lead", WEST), "planner": ("planner", ""),
    }  # fmt: skip
    for name, (role, area, *department) in posts.items():
        uid = access.add_user(username=name, name=f"某{name}", password=None, by=installer)
        access.grant(user=uid, role=role, area=area, department=(department or [""])[0], by=installer)
        town.by[name] = f"user:{uid}"
    return town


def standing(writing, home: Path, moment) -> Town:
    """For all tests of a module, built a minute before ``moment``, so that everything is in force then; its keys are in ``home``."""
    with writing(), override_settings(WANGGE_HOME=home), clock.moved(moment - timedelta(minutes=1)):
        return replace(build(actors.system("installer")), home=home)


def lent(town: Town, settings, home: Path) -> Town:
    """The town for one test, in a home of the test's own with the same keys."""
    settings.WANGGE_HOME = shutil.copytree(town.home, home, dirs_exist_ok=True)
    return replace(town, by=dict(town.by), doors={place: list(doors) for place, doors in town.doors.items()})


def account(town: Town, name: str, person: str = "") -> str:
    """An account without any grant, bound to a person if one is named; returns its actor's id."""
    uid = access.add_user(username=name, name="", password=None, by=town.system)
    if person:
        access.bind_person(user=uid, person=person, by=town.system)
    town.by[name] = f"user:{uid}"
    return town.by[name]


def moment(day: date) -> datetime:
    """Noon of a day."""
    return datetime(day.year, day.month, day.day, 4, tzinfo=clock.city_zone())
