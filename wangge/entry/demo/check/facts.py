"""What the demo knows of each list: one function a route, each says which figures somebody must find there.

A figure that isn't known for an account is left out; then the list must only answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from wangge.entry.demo.accounts import Account
from wangge.entry.demo.check.known import Fact, Known
from wangge.entry.demo.load.feeds import AGREEMENTS_A_FEED
from wangge.entry.demo.play.ledger import Offered
from wangge.entry.demo.play.life import OPEN
from wangge.platform.access import policy
from wangge.work.cases.desks import QUEUES

ADMITTED_AT_FIRST = 5
"""Admissions before any programme: on-site verification and checks, corrections, confirmations, questions of residents."""
PLANS = 1
"""One plan of grids is made and put into force."""
NOT_RECEIVING = ("proposed", "to_confirm", "pushed", "confirmed")
MOST = 200


def facts(key: str, known: Known, account: Account) -> Iterator[Fact]:
    """What an account must find under a key."""
    tell = FACTS.get(key)
    if tell is not None:
        yield from tell(known, account)


def length(body: Any) -> object:  # noqa: ANN401
    """How many things an answer speaks of."""
    return len(body) if isinstance(body, list) else body["total"]


def _long(value: int | None) -> Iterator[Fact]:
    if value is not None:
        yield Fact("its length", value, length)


def _at(name: str, value: object) -> Fact:
    return Fact(name, value, lambda body: body[name])


# The city and the ground


def _me(known: Known, account: Account) -> Iterator[Fact]:
    yield Fact("grants", int(account.role != policy.RESIDENT), lambda body: len(body["grants"]))


def _departments(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(known.ledger.figures["departments"])


def _users(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(known.ledger.figures["users"] + bool(known.ledger.story))


def _divisions(known: Known, account: Account) -> Iterator[Fact]:
    if known.area(account) == "":
        yield from _long(known.inputs.manifest.counts["divisions"])


def _grids(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(len(_codes(known, account)))


def _codes(known: Known, account: Account) -> list[str]:
    area = known.area(account)
    return [] if area is None else [one for one in known.ledger.grids if one.startswith(area)]


def _buildings(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(_everything(known, account, known.inputs.manifest.counts["buildings"]))


def _everything(known: Known, account: Account, count: int) -> int | None:
    """The count where the account sees all, 0 where it sees no place; in between nobody counted."""
    if known.area(account) is None:
        return 0
    return count if known.sees_all(account) else None


def _counted(known: Known, account: Account) -> Iterator[Fact]:
    seen = _codes(known, account)
    yield _at("grids", len(seen))
    yield _at("households", sum(known.ledger.grids[one] for one in seen))
    for name in ("communities", "buildings"):
        count = _everything(known, account, known.inputs.manifest.counts[name])
        if count is not None:
            yield _at(name, count)


def _found(known: Known, account: Account) -> Iterator[Fact]:
    if known.sees_all(account):
        yield Fact(
            "whether the building is found", True, lambda body: any(one["kind"] == "building" for one in body)
        )


def _drawn(known: Known, account: Account) -> Iterator[Fact]:
    yield Fact("whether roads are drawn", True, lambda body: len(body["features"]) > 0)


def _plans(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(PLANS)


def _planned(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(len(known.ledger.grids))


def _roster(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(_everything(known, account, known.ledger.figures["workers"]))


def _cover(known: Known, account: Account) -> Iterator[Fact]:
    seen = min(MOST, len(_codes(known, account)))
    yield Fact("grids", seen, len)
    yield Fact("grids with a worker", seen, lambda body: sum(one["worker"] is not None for one in body))


def _my_grids(known: Known, account: Account) -> Iterator[Fact]:
    mine = known.ledger.duties.get(f"user:{account.user}")
    yield Fact("grids", [mine] if mine else [], lambda body: body)


def _people(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(_everything(known, account, known.ledger.persons()))


def _organisations(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(_everything(known, account, known.inputs.manifest.counts["organisations"]))


def _parts(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(_everything(known, account, known.inputs.manifest.counts["parts"]))


def _disputes(known: Known, account: Account) -> Iterator[Fact]:
    yield Fact("whether sources differ anywhere", True, lambda body: len(body) > 0)


# To-dos


def _within(known: Known, account: Account) -> tuple[str, str]:
    """Area and department within which an account sees to-dos and cases."""
    return known.area(account) or "", account.department


def _todos(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(known.ledger.todos_in(*_within(known, account)))


def _settled(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(known.ledger.todos_in(*_within(known, account), state="settled"))


def _todo_counts(known: Known, account: Account) -> Iterator[Fact]:
    within = _within(known, account)
    yield _at("open", known.ledger.todos_in(*within))
    yield _at("settled", known.ledger.todos_in(*within, state="settled"))


def _inbox(known: Known, account: Account) -> Iterator[Fact]:
    there = known.ledger.todos_in(*_within(known, account)) > 0
    yield Fact(
        "whether anything is to be done", there, lambda body: body["total"] > 0 and len(body["doors"]) > 0
    )


def _without_worker(known: Known, account: Account) -> Iterator[Fact]:
    area = _within(known, account)[0]
    found = [
        one
        for one in known.ledger.todos.values()
        if one.state == "open" and one.area not in known.ledger.grids
    ]
    mine = [one for one in found if not account.department or one.department == account.department]
    yield from _long(sum(one.area.startswith(area) for one in mine))


def _admissions(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(ADMITTED_AT_FIRST + known.ledger.figures["programmes"])


# The hub and the services


def _feeds(known: Known, account: Account) -> Iterator[Fact]:
    every = {one: 0 for one in known.inputs.columns if account.department in ("", one)}
    for one in known.ledger.deliveries.values():
        every[one.feed] = every.get(one.feed, 0) + (account.department in ("", one.feed))
    mine = {code: sent for code, sent in every.items() if account.department in ("", code)}
    yield Fact("deliveries by feed", mine, lambda body: {one["code"]: one["deliveries"] for one in body})


def _agreements(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(AGREEMENTS_A_FEED * sum(account.department in ("", one) for one in known.inputs.columns))


def _agreed(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(AGREEMENTS_A_FEED * len(known.inputs.columns))


def _deliveries(known: Known, account: Account) -> Iterator[Fact]:
    mine = {uid: one for uid, one in known.ledger.deliveries.items() if account.department in ("", one.feed)}
    yield from _long(len(mine))
    newest = mine[max(mine)] if mine else None
    if newest is not None:
        yield Fact("rows of the newest", newest.rows, lambda body: body["items"][0]["rows"])
        yield Fact(
            "columns refused in the newest",
            newest.refused,
            lambda body: len(body["items"][0]["refused_columns"]),
        )


def _mapping(known: Known, account: Account) -> Iterator[Fact]:
    yield Fact("columns", known.inputs.columns[account.department or "civil_affairs"], len)


def _pairs(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(sum(one.pairs for one in known.ledger.deliveries.values()))


def _returned(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(known.ledger.returns.get(account.department, 0))


def _outcomes(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(known.ledger.outcomes.get(account.department, 0))


def _programmes(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(known.ledger.figures["programmes"])


def _offers(known: Known, account: Account) -> dict[str, Offered]:
    return {c: one for c, one in known.ledger.offers.items() if account.department in ("", one.department)}


def _states(known: Known, account: Account, one: Offered) -> dict[str, int]:
    """By state, as the account sees it; an area bounds those whose home is known."""
    held = one.placed if known.area(account) else one.states
    return {state: count for state, count in held.items() if count}


def _entitled(known: Known, account: Account) -> Iterator[Fact]:
    seen = [_states(known, account, one) for one in _offers(known, account).values()]
    yield from _long(sum(one.get(state, 0) for one in seen for state in NOT_RECEIVING))


def _by_programme(known: Known, account: Account) -> Iterator[Fact]:
    seen = {code: _states(known, account, one) for code, one in _offers(known, account).items()}
    if account.department and not seen:
        return
    yield Fact("states by programme", seen, lambda body: {one["programme"]: one["states"] for one in body})


def _to_confirm(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(sum(one.to_confirm for one in _offers(known, account).values()))


# Cases


def _cases(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(known.ledger.cases_in(*_within(known, account)))


def _asked(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(known.ledger.cases_in(*_within(known, account), asked=True))


def _closed(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(known.ledger.cases_in(*_within(known, account), states=("closed",)))


def _queues(known: Known, account: Account) -> Iterator[Fact]:
    within = _within(known, account)
    waiting = {state: known.ledger.cases_in(*within, states=(state,)) for state in OPEN}
    yield Fact("queues", waiting, lambda body: {one["state"]: one["count"] for one in body["queues"]})


def _mine(known: Known, account: Account) -> Iterator[Fact]:
    mine = sum(one.by == f"user:{account.user}" for one in known.ledger.cases.values())
    yield from _long(min(MOST, mine))
    if account.role == policy.RESIDENT:
        yield Fact("ratings given", 1, lambda body: sum(len(one["ratings"]) for one in body))


def _classes(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(known.inputs.classes)
    yield Fact("rules", known.inputs.classes, lambda body: sum(len(one["rules"]) for one in body))


def _responsibilities(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(known.inputs.responsibilities)


def _case(known: Known, account: Account) -> Iterator[Fact]:
    entry = known.ledger.cases[known.ledger.story["case"]]
    yield Fact("its state", entry.state, lambda body: body["state"])
    yield Fact("photos", 1, lambda body: len(body["photos"]))
    yield Fact("whether its story is told", True, lambda body: len(body["steps"]) > 0)
    if account.role in policy.SUPERVISION:
        mine = sum(one.by == entry.by for one in known.ledger.cases.values())
        yield Fact("what she reported besides", mine - 1, lambda body: body["calls"]["total"])


def _hand_overs(known: Known, account: Account) -> Iterator[Fact]:
    """Pages of the book: of their own axis only, and only the supervision desk has played any."""
    written = known.ledger.figures["hand_overs"] if account.role in policy.SUPERVISION else 0
    yield _at("total", written)
    if written:
        named = known.ledger.figures["named_last"]
        yield Fact("cases named in the newest", named, lambda body: len(body["items"][0]["cases"]))


def _desk(known: Known, account: Account) -> Iterator[Fact]:
    within = _within(known, account)
    own = QUEUES["supervision" if account.role in policy.SUPERVISION else "command"]
    waiting = {state: known.ledger.cases_in(*within, states=(state,)) for state in own}
    yield Fact(
        "its queues",
        waiting,
        lambda body: {one["name"]: one["count"] for one in body["figures"] if one["name"] in own},
    )


def _rates(known: Known, account: Account) -> Iterator[Fact]:
    def read(body: dict[str, Any]) -> int:
        return next(one["value"] for one in body["figures"] if one["code"] == "filed")

    filed = known.ledger.figures["filed"]
    if known.sees_all(account) and not account.department:
        yield Fact("cases filed", filed, read)


# Residents, and the public register


def _my_state(known: Known, account: Account) -> Iterator[Fact]:
    yield _at("bound", account.role == policy.RESIDENT)


def _one(known: Known, account: Account) -> Iterator[Fact]:
    yield from _long(1)


def _looks(known: Known, account: Account) -> Iterator[Fact]:
    looks = known.ledger.looks.get(known.ledger.story["person"], 0)
    yield Fact("looks of others", looks, lambda body: sum(not one["own"] for one in body))


def _visits(known: Known, account: Account) -> Iterator[Fact]:
    mine = [one for one in known.ledger.todos.values() if one.subject == known.ledger.story["person"]]
    yield Fact("visits settled", sum(one.state == "settled" for one in mine), _settled_ones)


def _settled_ones(body: list[dict[str, Any]]) -> int:
    return sum(one["state"] == "settled" for one in body)


def _my_services(known: Known, account: Account) -> Iterator[Fact]:
    brought = known.ledger.story["programme"]
    yield Fact(
        "the service that was brought to her", "settled",
        lambda body: next((one["state"] for one in body if one["programme"] == brought), ""),
    )  # fmt: skip


def _my_questions(known: Known, account: Account) -> Iterator[Fact]:
    yield Fact(
        "answered, and waiting", ["answered", "open"], lambda body: sorted(one["state"] for one in body)
    )


def _questions(known: Known, account: Account) -> Iterator[Fact]:
    if not account.department:
        yield from _long(2)


def _my_worker(known: Known, account: Account) -> Iterator[Fact]:
    yield _at("grid", known.ledger.story["grid"])
    yield _at("on_duty", True)


def _my_data(known: Known, account: Account) -> Iterator[Fact]:
    yield Fact("whether anything is held", True, lambda body: len(body) > 0)


def _register(known: Known, account: Account) -> Iterator[Fact]:
    for part, count in (
        ("programmes", known.ledger.figures["programmes"]), ("agreements", AGREEMENTS_A_FEED * len(known.inputs.columns)),
        ("admissions", ADMITTED_AT_FIRST + known.ledger.figures["programmes"]),
    ):  # fmt: skip
        yield Fact(part, count, lambda body, part=part: len(body[part]))  # type: ignore[misc]


def _bundle(known: Known, account: Account) -> Iterator[Fact]:
    yield Fact("to-dos", known.ledger.todos_in(known.area(account) or ""), lambda body: len(body["todos"]))
    yield Fact("whether it holds people", True, lambda body: len(body["held"]["people"]) > 0)
    yield Fact("whether it holds households", True, lambda body: len(body["held"]["households"]) > 0)


FACTS: dict[str, Callable[[Known, Account], Iterator[Fact]]] = {
    "/access/me": _me, "/access/departments": _departments, "/access/users": _users,
    "/areas/divisions": _divisions, "/areas/grids": _grids, "/areas/buildings": _buildings, "/areas/counts": _counted,
    "/areas/search": _found, "/areas/map/{kind}": _drawn, "/registry/disputes": _disputes,
    "/areas/plans": _plans, "/planning/scenarios": _plans, "/planning/scenarios/{scenario}/grids": _planned,
    "/workforce/roster": _roster, "/workforce/cover": _cover, "/workforce/my-grids": _my_grids,
    "/registry/people": _people, "/registry/organisations": _organisations, "/registry/parts": _parts,
    "/todos/": _todos, "/todos/?state=settled": _settled, "/todos/counts": _todo_counts, "/todos/inbox": _inbox,
    "/todos/without-worker": _without_worker, "/todos/admissions": _admissions, "/field/bundle/{grid}": _bundle,
    "/hub/agreements": _agreements, "/hub/feeds": _feeds, "/hub/deliveries": _deliveries, "/hub/pairs": _pairs,
    "/hub/return": _returned,
    "/hub/return?kind=outcome": _outcomes, "/hub/feeds/{feed}/mapping": _mapping,
    "/services/programmes": _programmes, "/services/entitled": _entitled, "/services/counts": _by_programme,
    "/services/to-confirm": _to_confirm,
    "/cases/": _cases, "/cases/?asked=true": _asked, "/cases/?state=closed": _closed, "/cases/counts": _queues, "/cases/mine": _mine,
    "/cases/classes": _classes, "/cases/responsibilities": _responsibilities, "/cases/{uid}": _case,
    "/handovers/": _hand_overs, "/handovers/desk": _desk,
    "/assessment/rates": _rates,
    "/residents/me": _my_state, "/residents/bindings": _one, "/residents/looks": _looks, "/residents/visits": _visits,
    "/residents/services": _my_services, "/residents/worker": _my_worker, "/residents/data": _my_data,
    "/residents/questions": _my_questions, "/residents/consents": _one, "/questions/": _questions,
    "/register/": _register, "/register/programmes": _programmes, "/register/agreements": _agreed,
    "/register/admissions": _admissions,
}  # fmt: skip
"""Route (with what narrows it) → what is known of it."""
