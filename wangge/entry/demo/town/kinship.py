"""The demo's town: what somebody is to the head of a household, in the words of the household register."""

from __future__ import annotations

from wangge.entry.demo.town.people import MAN, Person


def relation(person: Person, head: Person, people: list[Person]) -> str:
    """户主, 配偶, 子, 女, 父亲, 母亲, 孙子 and so on; 非亲属 where there is no kinship."""
    man = person.sex == MAN
    if person is head:
        return "户主"
    if person.spouse == head.place:
        return "配偶"
    couple = {head.place, head.spouse} - {None}
    if couple & _parents(person):
        return "子" if man else "女"
    if person.place in _parents(head):
        return "父亲" if man else "母亲"
    if head.spouse is not None and person.place in _parents(people[head.spouse]):
        return ("岳父" if man else "岳母") if head.sex == MAN else ("公公" if man else "婆婆")
    return _further(person, couple, people, man) or "非亲属"


def _further(person: Person, couple: set[int | None], people: list[Person], man: bool) -> str:
    if any(couple & _parents(people[p]) for p in _parents(person)):
        through = (
            person.father if person.father is not None and couple & _parents(people[person.father]) else None
        )
        return ("孙子" if man else "孙女") if through is not None else ("外孙子" if man else "外孙女")
    if person.spouse is not None and couple & _parents(people[person.spouse]):
        return "女婿" if man else "儿媳"
    return "兄弟姐妹" if any(_parents(people[c]) & _parents(person) for c in couple if c is not None) else ""


def _parents(person: Person) -> set[int]:
    return {p for p in (person.father, person.mother) if p is not None}
