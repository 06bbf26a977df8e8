"""The demo's departments: 住建, who owns a dwelling and to whom it is let."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from wangge.entry.demo.town.departments.clerk import Clerk
from wangge.entry.demo.town.departments.desk import Desk, Habits
from wangge.entry.demo.town.departments.roster import Column, Roster, Subject, Value
from wangge.entry.demo.town.people import Person
from wangge.entry.demo.town.seeds import Urn

HABITS = Habits("dot", Urn.of({"district": 0.6, "plain": 0.2, "standard": 0.2}))

COLUMNS = (
    Column("序号", width=7),
    Column("姓名", "name", "权利人", 10),
    Column("证件号码", "id_number", "权利人", 22),
    Column("联系电话", "phone", "权利人", 24),
    Column("通讯地址", "living_address", "权利人", 40),
    Column("居住方式", "tenure", "权利人", 10),
    Column("房屋坐落", "", "房屋信息", 44),
    Column("建筑面积（㎡）", "", "房屋信息", 14),
    Column("房屋用途", "", "房屋信息", 10),
    Column("承租人姓名", "", "租赁备案", 12),
    Column("承租人电话", "", "租赁备案", 14),
    Column("租期起", "", "租赁备案", 12),
    Column("租期止", "", "租赁备案", 12),
)


def subjects(desk: Desk) -> Iterator[Subject]:
    """Every dwelling with an owner; six in ten tenancies were filed."""
    owners = desk.locality.standing("owner", desk.as_of)
    tenants = desk.locality.standing("tenant", desk.as_of)
    people = desk.locality.population.people
    for dwelling, owned in sorted(owners.items()):
        let = tenants.get(dwelling)
        filed = let is not None and desk.chance(dwelling, "let").random() < 0.6
        tenant = people[let.person] if let is not None and filed else None
        yield Subject(
            people[owned.person], dwelling, tenant, let.since if let is not None and filed else None
        )


def write(clerk: Clerk, subject: Subject) -> list[Value]:
    """One row without its number."""
    owner, tenant, dwelling = subject.person, subject.tenant, subject.dwelling
    assert dwelling is not None
    name = clerk.name(owner)
    number = clerk.id_number(owner)
    until = None if subject.since is None else subject.since.replace(day=1) + timedelta(days=365 * 3)
    return [
        name,
        number,
        clerk.phone(owner),
        clerk.living_address(owner),
        "自有" if owner.home == dwelling else "",
        clerk.dwelling(dwelling),
        f"{clerk.desk.locality.ground.built.dwellings[dwelling].area:.2f}",
        _use(clerk, owner, tenant, dwelling),
        clerk.name(tenant) if tenant else "",
        clerk.phone(tenant) if tenant else "",
        clerk.date(subject.since),
        clerk.date(until),
    ]


def _use(clerk: Clerk, owner: Person, tenant: Person | None, dwelling: int) -> str:
    if tenant is not None:
        return "出租"
    return "自住" if owner.home == dwelling else clerk.chance.choice(("自住", "空置", "", "出借"))


ROSTER = Roster(
    "housing", "{seat}住房和城乡建设局", "房屋权属及租赁备案.xlsx", "权属及租赁",
    "{name}房屋权属及租赁备案情况表", COLUMNS, subjects, write,
    note="注：租赁备案信息以备案合同为准，未备案的不填。",
    values={"权利人/居住方式": {"自有": "owner"}},
    tenants=(
        ("租赁备案/承租人姓名", "name"),
        ("租赁备案/承租人电话", "phone"),
        ("房屋信息/房屋坐落", "living_address"),
        ("租赁备案/租期起", "tenancy_from"),
        ("租赁备案/租期止", "tenancy_to"),
    ),
)  # fmt: skip
