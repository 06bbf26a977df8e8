"""Afternoons at doors: each worker takes a few matters of her inbox, opens the person for the task, and settles on the phone."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from wangge.entry.demo.play.events import Life
from wangge.entry.demo.play.ledger import Ledger
from wangge.entry.demo.play.noting import after_a_round, seen
from wangge.entry.demo.play.office import Office
from wangge.entry.demo.play.phones import Phone
from wangge.entry.field.records import LookBody, SettleBody
from wangge.ground.registry import queries as registry
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import element
from wangge.work.todos import queries as inbox
from wangge.work.todos.records import TodoRecord

LOOKED_AT = 12
LOOKS_A_VISIT = 2
"""She opens the person before she knocks, and the phone tells of having shown her again what it carried."""
SHOWN = ("name", "phone", "living_address")
"""What a worker looks up before she knocks."""
WORDS = {"wrong": "mismatch"}
SEEN = {
    "confirm": {"settled": "confirmed", "declined": "cannot_tell"},
    "office": {"not_at_home": "", "moved_away": "not_needed", "mismatch": "not_needed", "deceased": "not_needed"},
}  # fmt: skip
"""What the script's words for a door are called for other kinds of to-dos ("": nothing comes of it)."""
STAYS_OPEN, FOUND_OUT = ("not_at_home",), ("settled", "confirmed")
BACK_AFTER = timedelta(minutes=40)


class Doors:
    """The doors of the demo. ``shares``: what a worker meets, by share of visits (the script's ``behaviour.yaml``)."""

    def __init__(self, shares: Mapping[str, float], ledger: Ledger, chance: random.Random) -> None:
        self._shares, self._ledger, self._chance = shares, ledger, chance
        self._phones: dict[str, Phone] = {}

    def phone_of(self, worker: Actor) -> Phone:
        """A worker's phone."""
        return self._phones.setdefault(worker.id, Phone(random.Random(self._chance.random())))  # noqa: S311

    def round(self, office: Office, grid: str, at: datetime, most: int) -> Life:
        """The afternoon of a grid's worker: up to ``most`` doors; the outbox is sent when she is back in the network."""
        yield at
        worker = office.worker(grid)
        self._ledger.duties[worker.id] = grid
        waiting = [*self._waiting(worker, "services"), *self._waiting(worker, "hub")[:1]]
        moment = at
        for todo in self._chance.sample(waiting, min(most, len(waiting))):
            moment += timedelta(minutes=self._chance.randint(9, 25))
            yield moment
            self._visit(worker, todo, moment)
        yield moment + BACK_AFTER
        self.send(worker, office)

    def _waiting(self, worker: Actor, origin: str) -> list[TodoRecord]:
        """The most urgent matters of a kind that need not wait for another day."""
        found = inbox.todos(worker, inbox.Filters(state="open", origin=origin), limit=LOOKED_AT).items
        return [one for one in found if one.not_before is None or one.not_before <= clock.now()]

    def _visit(self, worker: Actor, todo: TodoRecord, at: datetime) -> None:
        drawn = self._chance.choices(list(self._shares), list(self._shares.values()))[0]
        word = WORDS.get(drawn, drawn)
        outcome = SEEN.get(todo.kind, {}).get(word, word)
        if not outcome:
            return
        self.settle(worker, todo, outcome, at)

    def settle(self, worker: Actor, todo: TodoRecord, outcome: str, at: datetime) -> None:
        """Open the person for the task, and put the look and the outcome into the phone's outbox."""
        phone, values, task = self.phone_of(worker), {}, f"todo:{todo.uid}"
        if todo.subject_kind == "person":
            asked = sorted({*SHOWN, *todo.elements})
            opened = registry.open_person(worker, todo.subject, asked, task=task)
            phone.put(LookBody(kind="look", person=todo.subject, elements=list(SHOWN), task=task), at)
            self._ledger.looks[todo.subject] = self._ledger.looks.get(todo.subject, 0) + LOOKS_A_VISIT
            if outcome in FOUND_OUT:
                values = _values(todo.elements, {fact.element: fact.value for fact in opened.facts})
        seen(todo, self._ledger)
        minutes = max(3, round(self._chance.gauss(todo.minutes_expected, 4)))
        body = SettleBody(kind="settle", todo=todo.uid, outcome=outcome, values=values, minutes=minutes)
        phone.put(body, at + timedelta(minutes=minutes))

    def send(self, worker: Actor, office: Office) -> None:
        """Send a worker's outbox and keep in the ledger what the server said."""
        for body, state in self.phone_of(worker).send(worker):
            self._ledger.count(f"envelopes.{state}")
            if state == "accepted":
                self._ledger.count(f"outcomes.{body.outcome}")
                if body.outcome not in STAYS_OPEN:
                    self._ledger.ended(body.todo, body.outcome)
        after_a_round(office, self._ledger)


def _values(asked: Sequence[str], held: Mapping[str, str | None]) -> dict[str, str | None]:
    """What is found: what is held proves right, a question of yes or no is answered yes; nothing else is made up."""
    found: dict[str, str | None] = {}
    for code in asked:
        value = held.get(code) or ("yes" if element(code).kind == "yes_no" else None)
        if value:
            found[code] = value
    return found
