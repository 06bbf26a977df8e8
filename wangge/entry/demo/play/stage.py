"""Everything that a life on the demo's stage may ask for: people, times, the ledger, and what is left lying in the end."""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from wangge.entry.demo.play.ledger import Ledger
from wangge.entry.demo.play.morning import Backlog
from wangge.entry.demo.play.office import Office
from wangge.entry.demo.play.times import Times


@dataclass
class Stage:
    """``limits``: handling limit by class; ``cases``: id of the case that a report became, by the report's code."""

    office: Office
    times: Times
    ledger: Ledger
    backlog: Backlog
    limits: dict[str, str]
    chance: random.Random
    cases: dict[str, str] = field(default_factory=dict)
