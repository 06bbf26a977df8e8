"""A small piece of town for the tests of cases: one street, two communities, four grids, two departments, everybody at work."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import timedelta

import shapely

from wangge.ground.areas import actions as areas
from wangge.ground.areas.records import DivisionRow, GridRow
from wangge.platform.access import actions as access
from wangge.platform.access import actors
from wangge.platform.clock import clock
from wangge.work.cases import actions
from wangge.work.todos import actions as todos
from wangge.work.todos import queries as inbox

STREET, WEST, EAST = "420502001", "420502001001", "420502001002"
GRID, OTHER_GRID, EAST_GRID = f"{WEST}001", f"{WEST}002", f"{EAST}001"
HERE, OTHER_HERE, EAST_HERE, NOWHERE = (111.02, 30.05), (111.08, 30.05), (111.12, 30.05), (100.0, 20.0)

CATALOGUE = """\
种类,大类代码,大类名称,大类英文名称,小类代码,小类名称,英文名称,立案条件,结案条件,处置时限,需要照片
部件,01,公用设施,Utilities,01,上水井盖,Water manhole,缺失,恢复,2 紧急工作时,是
部件,01,公用设施,Utilities,01,上水井盖,Water manhole,破损,更换,4 工作时,是
事件,01,市容环境,Streets,01,暴露垃圾,Rubbish,成堆,清除,4 工作时,否
事件,01,市容环境,Streets,02,积水,Standing water,积水,排除,1 工作日,否
"""
RESPONSIBILITIES = f"""\
类别代码,区域代码,责任部门,条款
P,,水务,总则
P0101,,市政所,第12条
P0101,{EAST},水务,第12条之二
E,,市容,第1条
"""


@dataclass
class Town:
    """Actors by what they do."""

    by: dict = field(default_factory=dict)

    def __getattr__(self, name):
        if name in self.by:
            return actors.of_id(self.by[name])
        raise AttributeError(name)

    def settle(self, case, outcome, *, by=None):
        """Whoever is on duty settles the case's to-do."""
        who = by or self.worker
        todo = next(t for t in inbox.todos(who, inbox.Filters(state="open")).items if t.origin_ref == case)
        return todos.settle(todo=todo.uid, outcome=outcome, by=who)


def box(west, east):
    return shapely.to_wkb(shapely.box(west, 30.0, east, 30.1))


def build(installer) -> Town:
    """Lay out the ground, make the accounts, load catalogue and responsibility list."""
    rows = [
        DivisionRow("420502", "district", "西陵区", "Xiling"),
        DivisionRow(STREET, "street", "西陵街道", "Xiling Street", parent="420502"),
        DivisionRow(WEST, "community", "西社区", "West", parent=STREET, wkb=box(111.0, 111.1)),
        DivisionRow(EAST, "community", "东社区", "East", parent=STREET, wkb=box(111.1, 111.2)),
    ]
    areas.load_divisions(rows=rows, by=installer)
    grids = [
        GridRow(f"{community}00{n}", box(west + (n - 1) * 0.05, west + n * 0.05))
        for community, west in ((WEST, 111.0), (EAST, 111.1)) for n in (1, 2)
    ]  # fmt: skip
    areas.put_in_force(plan=areas.draft_plan(grids=grids, memberships={}, by=installer), by=installer)
    for code, zh, en in (
        ("shizheng", "市政所", "Public works"),
        ("water", "水务", "Water"),
        ("shirong", "市容", "Streets"),
    ):
        access.add_department(code=code, name_zh=zh, name_en=en, by=installer)
    town = Town()
    posts = {
        "acceptor": ("acceptor", STREET), "chief": ("duty_chief", STREET), "other_chief": ("duty_chief", STREET),
        "dispatcher": ("dispatcher", STREET), "second_dispatcher": ("dispatcher", STREET),
        "east_dispatcher": ("dispatcher", EAST), "clerk": ("department_clerk", "", "shizheng"),
        "crew": ("crew", "", "shizheng"), "water_clerk": ("department_clerk", "", "water"),
        "worker": ("grid_worker", GRID), "other_worker": ("grid_worker", OTHER_GRID), "lead": ("grid_lead", WEST),
        "leader": ("leader", ""), "admin": ("administrator", ""), "planner": ("planner", ""),
    }  # fmt: skip
    for name, (role, area, *department) in posts.items():
        uid = access.add_user(username=name, name=f"某{name}", password=None, by=installer)
        access.grant(user=uid, role=role, area=area, department=(department or [""])[0], by=installer)
        town.by[name] = f"user:{uid}"
    town.by["installer"] = installer.id
    town.by["citizen"] = f"user:{access.add_user(username='citizen', name='', password=None, by=installer)}"
    actions.load_catalogue(file=CATALOGUE.encode(), name="类别.csv", by=installer)
    actions.load_responsibilities(file=RESPONSIBILITIES.encode(), name="清单.csv", by=installer)
    actions.admit_on_site_work(
        department="urban_management",
        basis="GB/T 30428.8",
        from_on=clock.today() - timedelta(days=1),
        by=installer,
    )
    return town


def standing(writing, moment) -> Town:
    """For all tests of a module, built a minute before ``moment``, so that everything is in force then."""
    with writing(), clock.moved(moment - timedelta(minutes=1)):
        return build(actors.system("installer"))


def lent(town: Town) -> Town:
    """The town for one test, which may name more people in it."""
    return replace(town, by=dict(town.by))


def bring(
    town, to, *, by=None, class_code="P0101", where=HERE, found="passed", department="shizheng", rule=2
):
    """Report a case and bring it to a state of the loop; returns its uid."""
    case = actions.report(
        by=by or actors.PUBLIC, class_code=class_code, lon=where[0], lat=where[1], description="井盖破损"
    ).uid
    seen = by is not None and by.id == town.worker.id
    path = {
        "to_accept": lambda: None,
        "to_verify": lambda: actions.accept(case=case, by=town.acceptor),
        "to_file": lambda: seen or town.settle(case, "true"),
        "to_dispatch": lambda: actions.file(case=case, rule=rule, by=town.chief),
        "to_sign": lambda: actions.dispatch(case=case, department=department, by=town.dispatcher),
        "handling": lambda: actions.sign(case=case, by=town.clerk),
        "to_forward": lambda: actions.feed_back(case=case, note="已更换", by=town.clerk),
        "to_check": lambda: actions.forward(case=case, by=town.dispatcher),
        "to_close": lambda: town.settle(case, found),
        "closed": lambda: actions.close(case=case, by=town.chief),
    }
    for state, step in path.items():
        step()
        if state == to:
            return case
    raise KeyError(to)
