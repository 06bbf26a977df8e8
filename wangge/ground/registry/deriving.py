"""What follows from somebody's relations to dwellings, derived in this one place, whenever relations change or dates pass.

``home`` (where somebody lives, else is registered), ``lives_here``, ``registered_here`` and ``lives_alone`` follow from the
relations that hold today. The three elements are offered to the fold as the voice ``@home``: a worker who saw otherwise is
heard, and nothing is lost.
"""

from __future__ import annotations

from collections import Counter as Tally
from collections import defaultdict
from collections.abc import Collection
from datetime import date

from django.db.models import F

from wangge.ground.registry import folding, sequence, writing
from wangge.ground.registry.conflicts import seconds
from wangge.ground.registry.models import Person, Residence
from wangge.ground.registry.residences import holding
from wangge.ground.registry.rows import Row
from wangge.ground.registry.settling import claims_of
from wangge.ground.registry.sources import read
from wangge.ground.registry.statements import HELD, HOME, Value
from wangge.platform.clock import clock

DERIVED = ("lives_here", "registered_here", "lives_alone")


def derive(keys: Collection[int]) -> list[str]:
    """Fold what follows from today's relations of these persons; returns the ids of those of whom a fact changed."""
    today = clock.today()
    ever = dict.fromkeys(keys, False)
    relations: dict[int, list[tuple[str, int]]] = defaultdict(list)
    rows_of = Residence.objects.filter(person__in=keys).order_by(F("from_on").asc(nulls_first=True), "pk")
    for person, dwelling, relation, from_on, to_on in rows_of.values_list(
        "person", "dwelling", "relation", "from_on", "to_on"
    ):
        ever[person] = True
        if (from_on is None or from_on <= today) and (to_on is None or to_on > today):
            relations[person].append((relation, dwelling))
    living = {dwelling for ones in relations.values() for relation, dwelling in ones if relation == "living"}
    inhabitants = _inhabitants(living, today)
    rows = folding.load(keys, DERIVED)
    at, ref = seconds(clock.now()), 0
    for key in sorted(one for one in rows if ever[one]):
        row, following = rows[key], _following(relations[key], inhabitants)
        before = _derived_before(row)
        news = {code: value for code, value in following.items() if value != before.get(code)}
        if news:
            ref = ref or sequence.take(1)
            row.hear(HOME, at, ref, news)
    changed = folding.write(rows[key] for key in sorted(rows))
    return changed + _put_homes(rows, relations, set(changed))


def _inhabitants(dwellings: Collection[int], on: date) -> Tally[int]:
    rows = Residence.objects.filter(
        holding(on), dwelling__in=dwellings, relation="living", person__merged_into=None
    )
    return Tally(dwelling for dwelling, _person in set(rows.values_list("dwelling_id", "person_id")))


def _following(relations: list[tuple[str, int]], inhabitants: Tally[int]) -> dict[str, bool | None]:
    """What follows from a person's relations of today; whoever lives nowhere here doesn't live alone here either: None."""
    living = [dwelling for relation, dwelling in relations if relation == "living"]
    return {
        "lives_here": bool(living),
        "registered_here": any(relation == "registered" for relation, _ in relations),
        "lives_alone": inhabitants[living[-1]] == 1 if living else None,
    }


def _derived_before(row: Row) -> dict[str, Value]:
    """What followed when it was derived last."""
    found: dict[str, Value] = {}
    if f'"{HOME}"' not in row.text:
        return found
    for code, ones in read(row.text, DERIVED).items():
        claim = claims_of(ones).get(HOME)
        if claim is not None:
            found[code] = row.values[code] if claim.token == HELD else row.dissents[code][HOME]
    return found


def _put_homes(
    rows: dict[int, Row], relations: dict[int, list[tuple[str, int]]], changed: set[str]
) -> list[str]:
    """Write where they live; returns the ids of those of whom nothing else changed: another door is a change, too."""
    homes = {}
    for key in rows:
        of = dict(relations[key])
        homes[key] = of.get("living") or of.get("registered")
    before = dict(Person.objects.filter(pk__in=rows).values_list("pk", "home"))
    moved = [key for key, home in homes.items() if home != before[key]]
    writing.update(Person, ((key, {"home": homes[key]}) for key in moved))
    only = [key for key in moved if rows[key].uid not in changed]
    place = sequence.take(len(only)) if only else 0
    writing.update(
        Person,
        ((key, {"version": rows[key].version + 1, "changed_seq": place + n}) for n, key in enumerate(only)),
    )
    return [rows[key].uid for key in only]
