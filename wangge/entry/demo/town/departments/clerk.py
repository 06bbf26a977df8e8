"""The demo's departments: the clerk who writes a row, with a hand of their own and now and then a slip."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from random import Random

from wangge.entry.demo.town.departments import slips
from wangge.entry.demo.town.departments.addresses import shortened, written
from wangge.entry.demo.town.departments.desk import Desk
from wangge.entry.demo.town.departments.rates import BIRTH, MISTAKEN_ID, NAME, ladder
from wangge.entry.demo.town.id_numbers import legacy
from wangge.entry.demo.town.people import Person

_PATTERNS = {
    "iso": "{0}-{1:02d}-{2:02d}",
    "box": "{0}-{1:02d}-{2:02d}",
    "slash": "{0}/{1}/{2}",
    "dot": "{0}.{1:02d}.{2:02d}",
    "compact": "{0}{1:02d}{2:02d}",
    "han": "{0}年{1}月{2}日",
}


class Clerk:
    """Writes the fields of one row; `slips` says what went wrong, for the truth."""

    def __init__(self, desk: Desk, chance: Random) -> None:
        self.desk, self.chance = desk, chance
        self.slips: list[str] = []
        self._rates, self._draw = desk.rates, chance.random

    def _slip_of(self, names: tuple[str, ...]) -> str:
        """The one of some slips that happens, or ""."""
        draw = self._draw()
        for rung, name in ladder(self._rates, names):
            if draw < rung:
                return name
        return ""

    def _slip(self, name: str, value: str | None, otherwise: str) -> str:
        """What was written, where the slip can be made."""
        if value is None:
            return otherwise
        self.slips.append(name)
        return value

    def name(self, person: Person) -> str:
        """The name, as it was heard or read."""
        name = person.name
        if "·" in name:
            return name.replace("·", self.chance.choice(("·", "·", "•", ".")))
        slip = self._slip_of(NAME)
        if not slip:
            return name
        if slip == "name_blanks":
            return self._slip(slip, slips.blanks(self.chance, name), name)
        kind = "=" if slip == "name_homophone" else "~"
        return self._slip(slip, slips.another_character(self.chance, name, kind), name)

    def id_number(self, person: Person) -> str:
        """The citizen's number or other paper."""
        number = person.id_number
        if number and self._draw() < self._rates.id_missing:
            return self._slip("id_missing", "", number)
        if person.id_kind != "resident_id":
            return number
        if person.spouse is not None and self._draw() < self._rates.id_of_spouse:
            other = self.desk.locality.population.people[person.spouse]
            return self._slip("id_of_spouse", other.id_number or None, number)
        return self._shaped(self._mistaken(number), person)

    def _mistaken(self, number: str) -> str:
        slip = self._slip_of(MISTAKEN_ID)
        if not slip:
            return number
        wrong = slips.swapped_digits if slip == "id_swapped" else slips.mistyped_digit
        return self._slip(slip, wrong(self.chance, number), number)

    def _shaped(self, number: str, person: Person) -> str:
        if person.birth.year < 1990 and self._draw() < self._rates.id_legacy:
            return self._slip("id_legacy", legacy(number), number)
        if self._draw() < self._rates.id_as_number:
            return self._slip("id_as_number", slips.as_number(number), number)
        if self._draw() < self._rates.id_shape:
            return self._slip("id_shape", slips.another_shape(self.chance, number), number)
        return number

    def date(self, day: dt.date | None) -> str | dt.date:
        """A day in the department's way of writing it; a date for a box that is formatted as one."""
        if day is None:
            return ""
        return day if self.desk.habits.dates == "box" else self._day(day.year, day.month, day.day)

    def _day(self, year: int, month: int, day: int) -> str:
        return _PATTERNS[self.desk.habits.dates].format(year, month, day)

    def birth(self, person: Person) -> str | dt.date:
        """The day of birth."""
        slip, birth = self._slip_of(BIRTH), person.birth
        if slip == "birth_missing":
            return self._slip(slip, "", "")
        if slip == "birth_impossible":
            return self._slip(slip, self._day(*slips.impossible_day(self.chance, birth)), "")
        if slip == "birth_absurd" and birth.year < 2005:
            return self._slip(slip, self._day(*slips.absurd_year(birth)), "")
        other = slips.swapped_month_and_day(birth) if slip == "birth_swapped" else None
        if other is not None:
            self.slips.append(slip)
        return self.date(other or birth)

    def phone(self, person: Person) -> str:
        """A number to reach them by: theirs, a former one, somebody's at home."""
        number = person.phone
        if number and self._draw() < self._rates.phone_missing:
            return self._slip("phone_missing", "", number)
        if person.former_phone and self._draw() < self._rates.phone_former:
            return self._slip("phone_former", person.former_phone, number)
        draw = self._draw()
        if draw < self._rates.phone_of_kin:
            home = self.desk.locality.population.living_with(person)
            kin = [p.phone for p in home if p.phone and p.phone != number]
            return self._slip("phone_of_kin", self.chance.choice(kin) if kin else None, number)
        if number and draw < self._rates.phone_of_kin + self._rates.phone_mistyped:
            return self._slip("phone_mistyped", slips.mistyped_digit(self.chance, number, 3), number)
        return f"{number}/{person.landline}" if number and person.landline and self._draw() < 0.3 else number

    def living_address(self, person: Person) -> str:
        """Where they live, or lived."""
        if self._draw() < self._rates.address_missing:
            return self._slip("address_missing", "", "")
        home = person.home
        if person.former_home is not None and (home is None or self._draw() < self._rates.address_stale):
            self.slips.append("address_stale")
            home = person.former_home
        if home is None:
            return shortened(person.elsewhere, self.desk.locality.community)
        return self.dwelling(home)

    def registered_address(self, person: Person) -> str:
        """Where they are registered."""
        if self._draw() < self._rates.address_missing:
            return self._slip("address_missing", "", "")
        return person.registered_at if person.registered is None else self.dwelling(person.registered)

    def dwelling(self, place: int) -> str:
        """The address of a dwelling, in one of the department's ways."""
        locality = self.desk.locality
        address = locality.addresses[place]
        if address.former_road and self._draw() < self._rates.address_former_road:
            self.slips.append("address_former_road")
            address = replace(address, road=address.former_road)
        return written(address, locality.community, self.desk.habits.addresses.draw(self.chance))
