"""The demo's town: people in office: grid workers to be put on grids later, desks, departments' clerks."""

from __future__ import annotations

import csv
import math
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from random import Random

from wangge.entry.demo.town.catalogues import departments
from wangge.entry.demo.town.divisions import Community, District, districts
from wangge.entry.demo.town.people import MAN, WOMAN
from wangge.entry.demo.town.person_names import given_name, surnames
from wangge.entry.demo.town.phone_numbers import Numbers
from wangge.entry.demo.town.seeds import stream

HOUSEHOLDS_A_WORKER = 360
DESKS = {"acceptor": 4, "duty_chief": 2, "dispatcher": 3, "data_officer": 1, "leader": 2}
"""How many a district has for each hundred thousand households, one of each at least."""


@dataclass(frozen=True)
class Staff:
    """Somebody in office. `post`: grid_worker, grid_lead (one a community), acceptor, duty_chief, dispatcher,
    department_clerk, crew, data_officer, leader. `kind` is full_time or part_time.
    """

    code: str
    post: str
    name: str
    sex: str
    phone: str
    kind: str
    area: str
    department: str = ""


class StaffList:
    """`staff.csv` (UTF-8), open while communities come."""

    def __init__(self, folder: Path, seed: int, today: date) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = (folder / "staff.csv").open("w", encoding="utf-8", newline="")
        self._csv = csv.DictWriter(self._file, list(Staff.__dataclass_fields__), lineterminator="\n")
        self._csv.writeheader()
        self._seed, self._today = seed, today
        self._communities = sum(len(d.communities) for d in districts())
        self.count = 0

    def community(self, community: Community, households: int) -> None:
        """Its workers, some more than it may have grids, and the head of its grids."""
        chance = stream(self._seed, community.code, "staff")
        # The last serials of a community's numbers: residents take them from the first on.
        numbers = Numbers(community.ordinal, self._communities, first=100_000)
        self._write(chance, numbers, "grid_lead", community.code, community.code)
        for _ in range(math.ceil(households / HOUSEHOLDS_A_WORKER) + 2):
            self._write(chance, numbers, "grid_worker", community.code, community.code)

    def district(self, district: District, households: int) -> None:
        """Its desks, a clerk and a crew for each department."""
        chance = stream(self._seed, district.code, "staff")
        numbers = Numbers(district.communities[0].ordinal, self._communities, first=200_000)
        for post, share in DESKS.items():
            for _ in range(max(1, round(share * households / 100_000))):
                self._write(chance, numbers, post, district.code, district.code)
        for code, about in departments().items():
            self._write(chance, numbers, "department_clerk", district.code, district.code, code)
            if about["axis"] == "command":
                self._write(chance, numbers, "crew", district.code, district.code, code)

    def _write(
        self, chance: Random, numbers: Numbers, post: str, prefix: str, area: str, department: str = ""
    ) -> None:
        self.count += 1
        sex = chance.choices((MAN, WOMAN), (0.35, 0.65))[0]
        year = self._today.year - chance.randint(25, 55)
        name = surnames().draw(chance) + given_name(chance, sex, year)
        kind = "part_time" if post == "grid_worker" and chance.random() < 0.15 else "full_time"
        one = Staff(f"{prefix}-S{self.count:05d}", post, name, sex, numbers.mobile(), kind, area, department)
        self._csv.writerow(asdict(one))

    def close(self) -> None:
        """End the file."""
        self._file.close()
