"""The demo's departments: all their files on the way, and the second delivery of the one that sends monthly."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from pathlib import Path

from wangge.entry.demo.town.departments.delivery import Delivery, Written
from wangge.entry.demo.town.departments.desk import Desk
from wangge.entry.demo.town.departments.mappings import write_mapping
from wangge.entry.demo.town.departments.rates import Rates
from wangge.entry.demo.town.departments.rosters import HABITS, MONTHLY, ROSTERS
from wangge.entry.demo.town.divisions import District
from wangge.entry.demo.town.locality import Locality


class Mailbag:
    """Opens a district's files, writes communities into them, closes them, and leaves a mapping for each department."""

    def __init__(self, folder: Path, seed: int, today: date, rates: Mapping[str, Rates]) -> None:
        self._folder, self._seed, self._rates = folder, seed, rates
        # Files tell of the end of last month; the monthly roll comes again two days before today.
        self.first = today.replace(day=1) - timedelta(days=1)
        self.second = today - timedelta(days=2)
        self._open: list[tuple[Delivery, int]] = []
        self._sent: dict[str, list[Delivery]] = {}

    def open(self, district: District, prefix: str) -> None:
        """A district's files. With more districts than one, each has files of its own, named with `prefix`."""
        for roster in ROSTERS:
            days = (self.first, self.second) if roster.department == MONTHLY else (self.first,)
            for number, day in enumerate(days, 1):
                self._open.append((Delivery(self._folder, roster, district, day, prefix), number))

    def community(self, locality: Locality, tell: Callable[[Written], None]) -> None:
        """What each department knows of one community."""
        for delivery, number in self._open:
            code = delivery.roster.department
            desk = Desk(code, locality, self._rates[code], HABITS[code], delivery.as_of, self._seed, number)
            delivery.add(desk, tell)

    def close(self) -> None:
        """The district's files are done."""
        for delivery, _ in self._open:
            delivery.close()
            self._sent.setdefault(delivery.roster.department, []).append(delivery)
        self._open.clear()

    def finish(self) -> dict[str, int]:
        """The mappings; rows by file."""
        for roster in ROSTERS:
            write_mapping(self._folder, roster, self._sent[roster.department])
        sent = [delivery for deliveries in self._sent.values() for delivery in deliveries]
        return {f"{d.roster.department}/{d.file}": d.count for d in sent}
