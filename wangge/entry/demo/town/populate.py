"""The demo's town: everyone who has to do with one community, from its own seed."""

from __future__ import annotations

from datetime import date

from wangge.entry.demo.town.circumstances import Conditions
from wangge.entry.demo.town.deaths import Deaths
from wangge.entry.demo.town.divisions import districts
from wangge.entry.demo.town.elsewhere import Elsewhere
from wangge.entry.demo.town.families import Families
from wangge.entry.demo.town.ground import Ground
from wangge.entry.demo.town.homes import Homes
from wangge.entry.demo.town.moves import Moves
from wangge.entry.demo.town.people import Population
from wangge.entry.demo.town.phones import Phones
from wangge.entry.demo.town.registrations import Registrations
from wangge.entry.demo.town.seeds import stream


def populate(ground: Ground, seed: int, first: date, today: date) -> Population:
    """People for a community's dwellings as they are on `today`; what happened since `first` stands in `changes`."""
    own = ground.community
    families = Families(own, ground.plots.character, stream(seed, own.code, "families"), today)
    for _ in range(ground.households):
        families.make()
    elsewhere = Elsewhere(ground.layout, stream(seed, own.code, "elsewhere"))
    homes = Homes(ground.built, families, elsewhere, stream(seed, own.code, "homes"), today)
    homes.settle(own.rural)
    Moves(homes, families, elsewhere, stream(seed, own.code, "moves"), first, today).happen()
    Registrations(own, families, elsewhere, stream(seed, own.code, "registrations"), today).register()
    population = families.population
    Deaths(population, stream(seed, own.code, "deaths"), first, today).happen()
    count = sum(len(d.communities) for d in districts())
    Phones(population, stream(seed, own.code, "phones"), own.ordinal, count, today).ring()
    conditions = Conditions(own, stream(seed, own.code, "circumstances"), first, today)
    for person in population.people:
        conditions.settle(person)
    return population
