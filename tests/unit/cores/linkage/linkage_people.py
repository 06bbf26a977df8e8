"""Made-up Chinese people for the tests of linkage: families, twins, eight departments' files and their errors.

Names are drawn from lists of characters written for this purpose; nobody here is a real person.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from random import Random

import numpy as np
import pyarrow as pa

from wangge.cores.linkage.identifiers import id_check_digit
from wangge.cores.linkage.lookalikes import GROUPS
from wangge.cores.linkage.sounds import same_sound

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾萧田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆"
    "汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤"
)
COMPOUND = ("欧阳", "上官", "司马", "诸葛")
MALE = "伟强磊军勇杰涛明超刚平辉鹏华飞波斌宇浩凯健俊帆帅旭宁龙林峰建国志文德成海庆东亮光永家天子泽博轩晨睿铭"
FEMALE = (
    "芳娜敏静丽艳娟霞秀英燕玲桂兰凤洁梅琳素云莲真环雪荣爱妹香月莺媛珍贞莉萍红春菊晓雅婷欣怡梓涵雨思佳璐瑶诗"
)
ROADS = [
    "学院街",
    "云集路",
    "果园二路",
    "东山大道",
    "夷陵路",
    "胜利四路",
    "沿江大道",
    "珍珠路",
    "体育场路",
    "发展大道",
    "港窑路",
    "隆康路",
]
FIELDS = ("name", "id_number", "id_kind", "sex", "birth_date", "phone", "address", "dwelling")


@dataclass(frozen=True)
class Errors:
    """Chances of each error, multiplied by a department's carelessness."""

    homophone: float = 0.012
    look_alike: float = 0.004
    other_character: float = 0.002
    name_cut: float = 0.001
    id_digit: float = 0.01
    id_swap: float = 0.008
    id_valid_wrong: float = 0.0008
    id_legacy: float = 0.03
    birth_day: float = 0.006
    birth_swap: float = 0.003
    birth_year: float = 0.003
    sex: float = 0.003
    phone_digit: float = 0.01
    phone_old: float = 0.12
    address_old: float = 0.12


@dataclass(frozen=True)
class Department:
    name: str
    coverage: float
    ages: tuple[int, int]
    no_id: float
    no_birth: float
    no_phone: float
    no_address: float
    carelessness: float = 1.0
    duplicates: float = 0.0


DEPARTMENTS = (
    Department("police", 0.93, (0, 120), 0.002, 0.0, 0.4, 0.0, 0.2),
    Department("health", 0.7, (0, 120), 0.2, 0.02, 0.15, 0.1, 1.0, 0.01),
    Department("social_security", 0.6, (18, 120), 0.03, 0.05, 0.4, 0.5, 0.7),
    Department("civil_affairs", 0.5, (60, 120), 0.25, 0.05, 0.4, 0.05, 1.6, 0.015),
    Department("disabled", 0.05, (0, 120), 0.2, 0.05, 0.4, 0.05, 1.5, 0.01),
    Department("housing", 0.4, (22, 95), 0.3, 0.97, 0.1, 0.0, 1.0),
    Department("education", 0.95, (5, 18), 0.4, 0.02, 0.05, 0.1, 1.0, 0.005),
    Department("medical_insurance", 0.9, (0, 120), 0.05, 0.1, 0.5, 0.9, 0.6),
)


@dataclass
class Person:
    name: str
    id_number: str
    sex: str
    birth: date
    phone: str
    old_phone: str
    home: int
    old_home: int


@dataclass
class Town:
    people: list[Person]
    batches: dict[str, pa.Table] = field(default_factory=dict)
    truth: dict[str, int] = field(default_factory=dict)


def make_town(seed: int, households: int, errors: Errors | None = None) -> Town:
    """People of so many households and the files of DEPARTMENTS about them, with the truth."""
    rng = Random(seed)
    town = Town(_people(rng, households))
    for department in DEPARTMENTS:
        town.batches[department.name] = _file(rng, department, town, errors or Errors())
    return town


def address(home: int) -> str:
    """The address of a dwelling number."""
    road, rest = ROADS[home % len(ROADS)], home // len(ROADS)
    plate, rest = rest // 48 * 2 + 1, rest % 48
    return f"{road}{plate}号{rest // 12 + 1}栋{rest % 12 // 6 + 1}单元{rest % 6 // 2 + 1}0{rest % 2 + 1}"


def valid_id(rng: Random, birth: date, sex: str, region: str | None = None) -> str:
    """A citizen number that holds."""
    region = region or rng.choice(("420502", "420503", "420506", "420521", "510213", "430102"))
    sequence = rng.randrange(500) * 2 + (1 if sex == "1" else 0)
    first17 = f"{region}{birth:%Y%m%d}{sequence:03d}"
    return first17 + id_check_digit(first17)


def _people(rng: Random, households: int) -> list[Person]:
    people: list[Person] = []
    for home in range(households):
        people += _household(rng, home, households)
    return people


def _household(rng: Random, home: int, households: int) -> list[Person]:
    kind = rng.choices(("single", "couple", "family", "three"), (0.2, 0.25, 0.4, 0.15))[0]
    middle = 2026 - rng.randrange(24, 62)
    surname = _surname(rng)
    father = _person(rng, surname, "1", middle, home, households)
    if kind == "single":
        return [father if rng.random() < 0.5 else _person(rng, surname, "2", middle, home, households)]
    members = [father, _person(rng, _surname(rng), "2", middle + rng.randrange(-3, 4), home, households)]
    if kind != "couple":
        members += _children(rng, members, surname, middle, home, households)
    if kind == "three":
        taken = {m.name for m in members}
        old = middle - rng.randrange(22, 32)
        members.append(_person(rng, surname, "1", old, home, households))
        members.append(_person(rng, _surname(rng), "2", old + 1, home, households))
        members = members[:-2] + [m for m in members[-2:] if m.name not in taken]
        for grandparent in members[len(taken) :]:
            if rng.random() < 0.35:
                grandparent.phone = father.phone
    return members


def _children(
    rng: Random, parents: list[Person], surname: str, middle: int, home: int, households: int
) -> list[Person]:
    children: list[Person] = []
    shared = _character(rng, MALE + FEMALE) if rng.random() < 0.35 else ""
    for _ in range(rng.choices((1, 2, 3), (0.55, 0.38, 0.07))[0]):
        sex = rng.choice("12")
        born = min(middle + rng.randrange(22, 32), 2025)
        child = _person(rng, surname, sex, born, home, households)
        if shared:
            child.name = surname + shared + _character(rng, MALE if sex == "1" else FEMALE)
        if 2026 - child.birth.year < 16:
            child.phone = parents[rng.randrange(0, 2)].phone
        if any(child.name == m.name for m in parents + children):
            continue
        children.append(child)
        if rng.random() < 0.025:
            children.append(_twin(rng, child))
    return children


def _twin(rng: Random, child: Person) -> Person:
    """Born on the same day, one character apart, with the next number of the register."""
    first = _character(rng, MALE if child.sex == "1" else FEMALE)
    name = child.name[:-1] + first if child.name[-1] != first else child.name[:-1] + "新"
    following = f"{(int(child.id_number[14:17]) + 2) % 1000:03d}"
    first17 = child.id_number[:14] + following
    return Person(
        name,
        first17 + id_check_digit(first17),
        child.sex,
        child.birth,
        child.phone,
        child.old_phone,
        child.home,
        child.old_home,
    )


def _person(rng: Random, surname: str, sex: str, year: int, home: int, households: int) -> Person:
    birth = date(year, 1, 1) + timedelta(days=rng.randrange(0, 365))
    pool = MALE if sex == "1" else FEMALE
    given = _character(rng, pool) + (_character(rng, pool) if rng.random() < 0.75 else "")
    return Person(
        surname + given,
        valid_id(rng, birth, sex),
        sex,
        birth,
        _phone(rng),
        _phone(rng),
        home,
        rng.randrange(0, households),
    )


def _surname(rng: Random) -> str:
    if rng.random() < 0.003:
        return rng.choice(COMPOUND)
    return SURNAMES[min(int(rng.expovariate(1 / 14)), len(SURNAMES) - 1)]


def _character(rng: Random, pool: str) -> str:
    return pool[min(int(rng.expovariate(1 / 18)), len(pool) - 1)]


def _phone(rng: Random) -> str:
    return f"1{rng.choice(('38', '39', '58', '77', '86'))}{rng.randrange(10**7, 10**8)}"


def _file(rng: Random, department: Department, town: Town, errors: Errors) -> pa.Table:
    rows = defaultdict(list)
    for number, person in enumerate(town.people):
        age = 2026 - person.birth.year
        if not department.ages[0] <= age <= department.ages[1] or rng.random() > department.coverage:
            continue
        for _ in range(2 if rng.random() < department.duplicates else 1):
            record = f"{department.name}-{len(rows['record']):06d}"
            town.truth[record] = number
            rows["record"].append(record)
            for name, value in _record(rng, department, person, errors).items():
                rows[name].append(value)
    return pa.table({n: pa.array(rows[n], pa.string()) for n in ("record", *FIELDS)})


def _record(rng: Random, department: Department, person: Person, errors: Errors) -> dict[str, str | None]:
    care = department.carelessness
    home = person.old_home if rng.random() < errors.address_old * care else person.home
    known = rng.random() >= department.no_address
    return {
        "name": _name(rng, person.name, errors, care),
        "id_number": None if rng.random() < department.no_id else _id(rng, person, errors, care),
        "id_kind": None,
        "sex": _wrong_sex(person.sex) if rng.random() < errors.sex * care else person.sex,
        "birth_date": None if rng.random() < department.no_birth else _birth(rng, person.birth, errors, care),
        "phone": None if rng.random() < department.no_phone else _number(rng, person, errors, care),
        "address": address(home) if known else None,
        "dwelling": f"D{home}" if known and rng.random() < 0.95 else None,
    }


def _wrong_sex(sex: str) -> str:
    return "2" if sex == "1" else "1"


def _name(rng: Random, name: str, errors: Errors, care: float) -> str:
    dice = rng.random() / care
    place = rng.randrange(0, len(name))
    if dice < errors.homophone:
        return _swap(name, place, _homophones(name[place]), rng)
    dice -= errors.homophone
    if dice < errors.look_alike:
        return _swap(name, place, "".join(g for g in GROUPS if name[place] in g), rng)
    dice -= errors.look_alike
    if dice < errors.other_character:
        return _swap(name, place, MALE + FEMALE, rng)
    dice -= errors.other_character
    return name[:-1] if dice < errors.name_cut and len(name) > 2 else name


@cache
def _homophones(character: str) -> str:
    pool = np.array(
        [ord(c) for c in SURNAMES + MALE + FEMALE + "章玮丹理利志至之建健文闻民岷辉慧晖海"], dtype=np.uint32
    )
    alike = same_sound(np.full(len(pool), ord(character), dtype=np.uint32), pool)
    return "".join(chr(c) for c in pool[alike])


def _swap(name: str, place: int, pool: str, rng: Random) -> str:
    others = [c for c in pool if c != name[place]]
    return name[:place] + rng.choice(others) + name[place + 1 :] if others else name


def _id(rng: Random, person: Person, errors: Errors, care: float) -> str:
    number = person.id_number
    dice = rng.random() / care
    if dice < errors.id_digit:
        place = rng.randrange(0, 17)
        return number[:place] + str((int(number[place]) + rng.randrange(1, 10)) % 10) + number[place + 1 :]
    dice -= errors.id_digit
    if dice < errors.id_swap:
        place = rng.randrange(6, 16)
        return number[:place] + number[place + 1] + number[place] + number[place + 2 :]
    dice -= errors.id_swap
    if dice < errors.id_valid_wrong:
        return valid_id(rng, person.birth, person.sex, number[:6])
    dice -= errors.id_valid_wrong
    if dice < errors.id_legacy and number[6:8] == "19":
        return number[:6] + number[8:17]
    return number


def _birth(rng: Random, birth: date, errors: Errors, care: float) -> str:
    dice = rng.random() / care
    if dice < errors.birth_day:
        return (birth + timedelta(days=rng.choice((-10, -1, 1, 2, 10)))).isoformat()
    dice -= errors.birth_day
    if dice < errors.birth_swap and birth.day <= 12:
        return date(birth.year, birth.day, birth.month).isoformat()
    dice -= errors.birth_swap
    if dice < errors.birth_year:
        return f"{birth.year + rng.choice((-1, 1, 10))}-{birth.month:02d}-{min(birth.day, 28):02d}"
    return birth.isoformat()


def _number(rng: Random, person: Person, errors: Errors, care: float) -> str:
    number = person.old_phone if rng.random() < errors.phone_old * care else person.phone
    if rng.random() < errors.phone_digit * care:
        place = rng.randrange(3, 11)
        return number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
    return number
