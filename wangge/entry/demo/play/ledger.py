"""What the player did, kept beside the installation: ``--check`` holds the answers of the API against it. Pure.

Nothing here is read from the database: figures come from the town's manifest and from what each act was answered when it
was done. An emptied table therefore shows.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any


@dataclass
class CaseEntry:
    """A case as its last act left it. ``area`` is the grid of its day, ``by`` the account that reported it; ``walks`` counts
    how often a worker settled a to-do of it on site; ``asked``: its department waits for an answer to what it applied for."""

    area: str
    department: str = ""
    state: str = "to_accept"
    source: str = ""
    by: str = ""
    walks: int = 0
    asked: bool = False


@dataclass
class TodoEntry:
    """A to-do that the job worker pushed: as the inbox showed it then, and as a phone ended it. ``programme`` is empty where
    something is to be confirmed."""

    area: str
    department: str
    origin: str
    state: str = "open"
    programme: str = ""
    subject: str = ""


@dataclass
class DeliveryEntry:
    """A delivered file: rows by the town's manifest, and what its receipt said once it was linked: columns refused at the
    door, pairs that people decide, persons that nobody knew before."""

    feed: str
    rows: int
    refused: int
    pairs: int = 0
    persons: int = 0


@dataclass
class Offered:
    """A programme's entitlements by state: as the job worker left them, and as doors moved them since. ``placed``: those of
    people whose home is known, which is what somebody whose grant names an area sees."""

    department: str
    states: dict[str, int] = field(default_factory=dict)
    placed: dict[str, int] = field(default_factory=dict)
    to_confirm: int = 0

    def moves(self, state: str, to: str) -> None:
        """One of them, at a known home, goes from one state to another."""
        for held in (self.states, self.placed):
            held[state] = held.get(state, 0) - 1
            held[to] = held.get(to, 0) + 1


ENDS_AS = {
    "settled": "settled", "not_needed": "not_needed", "declined": "declined", "moved_away": "mismatch",
    "deceased": "mismatch", "mismatch": "mismatch",
}  # fmt: skip
"""What an offer becomes by what was found at the door."""
ON_SITE, CENTRE = ("to_verify", "to_check"), "grid_centre"
"""The states in which a case waits for a worker on site, and the department in whose name she goes."""


@dataclass
class Ledger:
    """Everything that was counted while the demo was made."""

    manifest: dict[str, int] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)
    grids: dict[str, int] = field(default_factory=dict)
    cases: dict[str, CaseEntry] = field(default_factory=dict)
    todos: dict[str, TodoEntry] = field(default_factory=dict)
    deliveries: dict[str, DeliveryEntry] = field(default_factory=dict)
    offers: dict[str, Offered] = field(default_factory=dict)
    outcomes: dict[str, int] = field(default_factory=dict)
    returns: dict[str, int] = field(default_factory=dict)
    duties: dict[str, str] = field(default_factory=dict)
    looks: dict[str, int] = field(default_factory=dict)
    story: dict[str, str] = field(default_factory=dict)

    def count(self, name: str, by: int = 1) -> None:
        """Add to a figure."""
        self.figures[name] = self.figures.get(name, 0) + by

    def ended(self, uid: str, outcome: str) -> None:
        """A phone ended a to-do: the offer behind it, if there is one, moves, and its department hears of it."""
        entry = self.todos[uid]
        entry.state = "settled"
        if entry.programme in self.offers:
            offered = self.offers[entry.programme]
            offered.moves("pushed", ENDS_AS[outcome])
            self.outcomes[offered.department] = self.outcomes.get(offered.department, 0) + 1

    def persons(self) -> int:
        """How many persons the register holds: those of the town, and those whom files brought."""
        return self.manifest["people"] + sum(one.persons for one in self.deliveries.values())

    def cases_in(
        self, area: str = "", department: str = "", states: tuple[str, ...] = (), *, asked: bool = False
    ) -> int:
        """How many cases lie in an area, with a department, in these states (all, if none is named); or wait for an answer."""
        return sum(
            one.area.startswith(area)
            and (not department or one.department == department)
            and (not states or one.state in states)
            and (not asked or one.asked)
            for one in self.cases.values()
        )

    def todos_in(self, area: str = "", department: str = "", state: str = "open") -> int:
        """How many to-dos stand in an area, for a department, in a state (open or settled): pushed ones and those of cases."""
        pushed = sum(
            one.area.startswith(area)
            and (not department or one.department == department)
            and one.state == state
            for one in self.todos.values()
        )
        return pushed if department and department != CENTRE else pushed + self._on_site(area, state)

    def _on_site(self, area: str, state: str) -> int:
        """To-dos of cases: one is open while the case waits for a worker, each that she settled is settled."""
        inside = [one for one in self.cases.values() if one.area and one.area.startswith(area)]
        return (
            sum(one.state in ON_SITE for one in inside)
            if state == "open"
            else sum(one.walks for one in inside)
        )

    def write(self, path: Path) -> None:
        """As JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Ledger:
        """What ``write`` wrote."""
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        kinds = {"cases": CaseEntry, "todos": TodoEntry, "deliveries": DeliveryEntry, "offers": Offered}
        for name, kind in kinds.items():
            said[name] = {key: kind(**one) for key, one in said[name].items()}
        return cls(**said)
