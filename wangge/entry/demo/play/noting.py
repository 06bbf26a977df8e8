"""What job workers make of an act: asked right after it, as whoever may see it, and kept in the ledger.

From then on the ledger changes what it keeps by itself, by what each later act was answered.
"""

from __future__ import annotations

from collections.abc import Iterator

from wangge.entry.demo.load.office import FRONT
from wangge.entry.demo.play.ledger import Ledger, Offered, TodoEntry
from wangge.entry.demo.play.office import Office
from wangge.platform.audit.actor import Actor
from wangge.work.hub import queries as hub
from wangge.work.services import queries as offers
from wangge.work.todos import queries as inbox
from wangge.work.todos.records import TodoRecord

PUSHED, PAGE, PROGRAMME = ("services", "hub"), 200, "programme:"
"""Rooms whose to-dos job workers push; those of cases follow from the case."""
CLERK, OFFICER, LEADER = "department_clerk", "data_officer", "leader"


def after_jobs(people: Office, ledger: Ledger) -> None:
    """A file was taken in, or programmes were added, and everything that follows from it is done."""
    for uid, entry in ledger.deliveries.items():
        # A later file may bring the person whom a row of an earlier one means.
        receipt = hub.receipt(people.of(OFFICER), uid)
        entry.pairs, entry.persons = receipt.unsure_pairs, receipt.new_persons
    _note_returns(people, ledger)
    for department in FRONT:
        told = hub.return_feed(people.of(CLERK, department), kind="outcome", limit=0)
        ledger.outcomes[department] = told.total
    if "programmes" not in ledger.figures:
        return  # nobody works at doors yet: what waits there is noted when the programmes are added
    _note_offers(people, ledger)
    _note_todos(people.of(OFFICER), ledger)


def after_a_round(people: Office, ledger: Ledger) -> None:
    """A phone was sent: of what was found otherwise at a door a department hears if it had said so itself."""
    _note_returns(people, ledger)


def seen(todo: TodoRecord, ledger: Ledger) -> None:
    """A pushed to-do, the first time that somebody sees it."""
    programme = todo.admission.removeprefix(PROGRAMME) if todo.admission.startswith(PROGRAMME) else ""
    entry = TodoEntry(
        todo.grid or "", todo.department, todo.origin_room, subject=todo.subject, programme=programme,
    )  # fmt: skip
    ledger.todos.setdefault(todo.uid, entry)


def _note_returns(people: Office, ledger: Ledger) -> None:
    for department in FRONT:
        ledger.returns[department] = hub.return_feed(people.of(CLERK, department), limit=0).total


def _note_offers(people: Office, ledger: Ledger) -> None:
    officer, leader = people.of(OFFICER), people.of(LEADER)
    departments = {one.code: one.department for one in offers.programmes(officer)}
    placed = {one.programme: one.states for one in offers.counts(leader)}
    for one in offers.counts(officer):
        code, clerk = one.programme, people.of(CLERK, departments[one.programme])
        waiting = offers.to_confirm(clerk, code, limit=0).total
        ledger.offers[code] = Offered(departments[code], dict(one.states), dict(placed[code]), waiting)


def _note_todos(officer: Actor, ledger: Ledger) -> None:
    """What is open, and what was and isn't any more: the rule has taken it back."""
    found = {one.uid: one for room in PUSHED for one in _open(officer, room)}
    for uid, entry in ledger.todos.items():
        if entry.state == "open" and uid not in found:
            entry.state = "withdrawn"
    for one in found.values():
        seen(one, ledger)


def _open(officer: Actor, room: str) -> Iterator[TodoRecord]:
    offset = 0
    while page := inbox.todos(
        officer, inbox.Filters(state="open", origin=room), limit=PAGE, offset=offset
    ).items:
        yield from page
        offset += len(page)
