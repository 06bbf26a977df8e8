"""Offers to persons who were merged since: under which older ids what is offered to somebody may stand.

No other room is rewritten by a merge, so before screening one asks once who stands for whom.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from wangge.ground.registry import queries as registry
from wangge.platform.access.errors import NotFound
from wangge.work.services.models import Entitlement

AT_ONCE = 5000
ONE_BY_ONE = 50
"""Asking a person's older ids costs about as much as asking who stands for fifty ids at once."""


class Merged:
    """The older ids of the persons to be screened (of everybody, if none are named)."""

    def __init__(self, persons: Sequence[str] | None) -> None:
        named = Entitlement.objects.order_by().values_list("person", flat=True).distinct()
        few = persons is not None and named.count() > ONE_BY_ONE * len(persons)
        self._others = _of_persons(persons or ()) if few else _of_offers(list(named))

    def others(self, person: str) -> list[str]:
        """Older ids under which offers to this person may stand."""
        return self._others.get(person, [])


def _of_offers(named: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for start in range(0, len(named), AT_ONCE):
        for old, today in _currents(named[start : start + AT_ONCE]).items():
            if old != today:
                found[today].append(old)
    return dict(found)


def _of_persons(persons: Sequence[str]) -> dict[str, list[str]]:
    today = set(_currents(list(persons)).values())
    ids = {one: registry.all_ids(one) for one in today}
    return {
        one: [other for other in others if other != one] for one, others in ids.items() if len(others) > 1
    }


def _currents(persons: list[str]) -> dict[str, str]:
    try:
        return registry.currents(persons)
    except NotFound:
        found: dict[str, str] = {}
        for one in persons:
            try:
                found |= registry.currents([one])
            except NotFound:
                continue  # erased: nobody stands for them
        return found
