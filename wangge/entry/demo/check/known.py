"""What the demo knows: the player's ledger and the town's files, and what of them an account sees. Nothing here comes from the
database."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from wangge.entry.demo.accounts import Account
from wangge.entry.demo.check.asks import Ask
from wangge.entry.demo.check.inputs import Inputs
from wangge.entry.demo.load.office import WHOLE_CITY
from wangge.entry.demo.play.build import LEDGER
from wangge.entry.demo.play.ledger import Ledger
from wangge.platform.access import policy

CENTRE_OF_TOWN, AROUND_IT = {"lon": "111.285", "lat": "30.7"}, "111.2,30.6,111.4,30.8"
BLOCK = "111.28,30.695,111.29,30.705"
"""A few streets of it."""


@dataclass(frozen=True)
class Fact:
    """A figure that must be found in an answer."""

    what: str
    value: object
    read: Callable[[Any], object]


@dataclass
class Known:
    """Everything that is known; ``heard`` keeps ids that one answer names and another question needs."""

    ledger: Ledger
    inputs: Inputs
    heard: dict[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, home: Path) -> Known:
        """Of the demo that stands in ``home``."""
        return cls(Ledger.read(home / LEDGER), Inputs(home / "town"))

    def area(self, account: Account) -> str | None:
        """Below which code an account sees places: "" for all of them, None for none."""
        if account.role == policy.WORKER:
            return self.ledger.duties.get(f"user:{account.user}")
        if account.role in WHOLE_CITY:
            return None if account.department else ""
        return account.area

    def sees_all(self, account: Account) -> bool:
        """Whether everything that lies in the demo's one district is in an account's area."""
        area = self.area(account)
        return area is not None and self.inputs.manifest.district.startswith(area)

    def fill(self, ask: Ask, account: Account) -> tuple[str, dict[str, str]]:
        """The path and what is sent with it; no path where something that it names isn't known."""
        story, manifest = self.ledger.story, self.inputs.manifest
        values = {
            **CENTRE_OF_TOWN, "bbox": AROUND_IT, "block": BLOCK, "address": self.inputs.address, "district": manifest.district, "first_day": manifest.first_day, "today": manifest.today,
            "case": story.get("case", ""), "department": account.department or "civil_affairs",
            "grid": self.area(account) or "", "scenario": self.heard.get("scenario", ""),
        }  # fmt: skip
        given = {name: value.format(**values) for name, value in ask.given.items()}
        if not ask.opened:
            return ask.route, given
        if not all(given.values()) or (
            account.department and given.get("feed", "x") not in (*self.inputs.columns, "x")
        ):
            return "", {}
        if ask.route.startswith("/cases/") and not self._sees_story(account):
            return "", {}
        sent = {name: value for name, value in given.items() if f"{{{name}}}" not in ask.route}
        return ask.route.format(**given), sent

    def _sees_story(self, account: Account) -> bool:
        area = self.area(account)
        return area is not None and self.ledger.story.get("grid", "").startswith(area)

    def hear(self, ask: Ask, body: Any) -> None:  # noqa: ANN401 - any answer
        """Keep the id of the plan."""
        if ask.route == "/planning/scenarios":
            self.heard["scenario"] = next((one["uid"] for one in body["items"]), "")
