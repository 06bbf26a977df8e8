"""The demo's town: the truth, in a folder that nothing of the product opens: tests and benchmarks score with it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from wangge.entry.demo.town.departments.delivery import Written
from wangge.entry.demo.town.entitlements import entitled, lives_alone
from wangge.entry.demo.town.locality import Locality
from wangge.entry.demo.town.people import Person
from wangge.entry.demo.town.tables import TRUTH, Tables


class Truth:
    """Writes which person every row of every file is about, who everyone is, and what they are entitled to."""

    def __init__(self, folder: Path, today: date) -> None:
        self._tables = Tables(folder, TRUTH)
        self._today = today
        self._written: list[Written] = []

    def tell(self, written: Written) -> None:
        """A row that a department's clerk wrote."""
        self._written.append(written)

    def community(self, locality: Locality) -> None:
        """One community, after its rows were told."""
        self._tables.write(
            "records",
            [
                {
                    "department": w.department, "file": w.file, "row": w.row, "person_id": w.person,
                    "tenant_id": w.tenant, "slips": list(w.slips),
                }
                for w in self._written
            ],
        )  # fmt: skip
        self._written.clear()
        people = locality.population.people
        self._tables.write("people", [self._person(locality, p) for p in people])
        self._tables.write(
            "entitlements",
            [
                {"programme": programme, "person_id": person.code, "receiving": receiving}
                for programme, person, receiving in entitled(locality, self._today)
            ],
        )
        twins = [(p, people[p.twin]) for p in people if p.twin is not None and p.place < p.twin]
        self._tables.write("twins", [{"person_id": a.code, "twin_id": b.code} for a, b in twins])

    def close(self) -> None:
        """End the files."""
        self._tables.close()

    def _person(self, locality: Locality, person: Person) -> dict[str, object]:
        dwellings = locality.ground.built.dwellings
        return {
            "person_id": person.code, "community_code": locality.community.code, "name": person.name,
            "sex": person.sex, "birth_date": person.birth, "death_date": person.death, "id_kind": person.id_kind,
            "id_number": person.id_number, "phone": person.phone, "registered_here": person.in_district,
            "lives_here": person.lives_here,
            "living_dwelling": dwellings[person.home].code if person.home is not None else "",
            "registered_dwelling": dwellings[person.registered].code if person.registered is not None else "",
            "lives_alone": lives_alone(locality, person),
        }  # fmt: skip
