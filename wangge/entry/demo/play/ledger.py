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
    """A case as its last act left it. ``area`` is the grid of its day."""

    area: str
    department: str = ""
    state: str = "to_accept"
    source: str = ""


@dataclass
class TodoEntry:
    """A to-do as a phone carried it."""

    area: str
    department: str
    origin: str
    state: str = "open"


@dataclass
class DeliveryEntry:
    """A delivered file: rows by the town's manifest, and how many columns were refused at the door."""

    feed: str
    rows: int
    refused: int
    pairs: int = 0


@dataclass
class Ledger:
    """Everything that was counted while the demo was made."""

    manifest: dict[str, int] = field(default_factory=dict)
    figures: dict[str, int] = field(default_factory=dict)
    grids: dict[str, int] = field(default_factory=dict)
    cases: dict[str, CaseEntry] = field(default_factory=dict)
    todos: dict[str, TodoEntry] = field(default_factory=dict)
    deliveries: dict[str, DeliveryEntry] = field(default_factory=dict)
    returns: dict[str, int] = field(default_factory=dict)
    story: dict[str, str] = field(default_factory=dict)

    def count(self, name: str, by: int = 1) -> None:
        """Add to a figure."""
        self.figures[name] = self.figures.get(name, 0) + by

    def cases_in(self, area: str = "", department: str = "", states: tuple[str, ...] = ()) -> int:
        """How many cases lie in an area, with a department, in these states (all, if none is named)."""
        return sum(
            one.area.startswith(area)
            and (not department or one.department == department)
            and (not states or one.state in states)
            for one in self.cases.values()
        )

    def todos_in(self, area: str = "", department: str = "", state: str = "open") -> int:
        """How many to-dos stand in an area, for a department, in a state."""
        return sum(
            one.area.startswith(area)
            and (not department or one.department == department)
            and one.state == state
            for one in self.todos.values()
        )

    def write(self, path: Path) -> None:
        """As JSON."""
        path.write_text(json.dumps(asdict(self), ensure_ascii=False, indent=1), encoding="utf-8")

    @classmethod
    def read(cls, path: Path) -> Ledger:
        """What ``write`` wrote."""
        said: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        kinds = {"cases": CaseEntry, "todos": TodoEntry, "deliveries": DeliveryEntry}
        for name, kind in kinds.items():
            said[name] = {key: kind(**one) for key, one in said[name].items()}
        return cls(**said)
