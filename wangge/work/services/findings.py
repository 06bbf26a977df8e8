"""What a rule's answer changes about what stands already. Pure decisions over rows that were read; ``writing`` writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any, NamedTuple

from django.db.models import Max, QuerySet

from wangge.platform.clock import clock
from wangge.work.services import states
from wangge.work.services.merged import Merged
from wangge.work.services.models import Entitlement, Programme, Version
from wangge.work.services.states import DECIDED, WAITING, Standing

RANK = {
    s: n
    for n, s in enumerate(("settled", *DECIDED, "pushed", "to_confirm", "proposed", "undetermined", "lapsed"))
}
"""Of two persons who turned out to be one, the offer that went furthest stands."""
FROZEN = ("pushed", "confirmed")
"""States in which an offer is in somebody's hands: what it says isn't rewritten any more."""

AT_ONCE = 200_000
"""Rows of one programme that are read at once; of more, those of each part of the people."""


class Held(NamedTuple):
    """What stands of one offer, as far as a screening looks at it: rows are many, whole ones would be dear."""

    pk: int
    person: str
    round: int
    state: str
    stands: bool
    version_id: int
    place_id: int | None
    missing: str
    to_ask: str
    reason_zh: str
    reason_en: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule says of a person today. ``verb``: find, doubt or lose; ``reason`` gives (Chinese, English) when asked."""

    person: str
    verb: str
    version: Version
    place: int | None = None
    reason: Callable[[], tuple[str, str]] = lambda: ("", "")
    missing: tuple[str, ...] = ()
    to_ask: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Change:
    """One row to write: a new one (``row`` is None), or columns of one that must still be in the state that was read."""

    programme: Programme
    row: Held | None
    values: dict[str, Any] = field(default_factory=dict)


class Ledger:
    """What stands of one programme, by the person whom it concerns today."""

    def __init__(self, programme: Programme, merged: Merged, *, whole: bool) -> None:
        """``whole``: everybody will be asked for, so that what stands is read at once, if there isn't too much of it."""
        self.merged = merged
        self.rows = Entitlement.objects.filter(programme=programme)
        self.seen: set[int] = set()
        self._newest = self.rows.aggregate(pk=Max("pk"))["pk"] or 0
        self._read: dict[str, list[Held]] | None = None
        if whole and self.rows.count() <= AT_ONCE:
            self._read = _by_id(self.rows)

    def of(self, people: Sequence[str]) -> dict[str, list[Held]]:
        """Person → the latest round under each of their ids, the one that stands first."""
        today = {old: one for one in people for old in (one, *self.merged.others(one))}
        latest: dict[tuple[str, str], Held] = {}
        read = _by_id(self.rows.filter(person__in=today)) if self._read is None else self._read
        for old, one in today.items():
            for row in read.get(old, ()):
                latest[one, old] = row
        self.seen.update(row.pk for row in latest.values())
        found: dict[str, list[Held]] = defaultdict(list)
        for (person, _), row in latest.items():
            found[person].append(row)
        for person, rows in found.items():
            rows.sort(key=partial(_precedence, person))
        return dict(found)

    def unseen(self) -> list[Held]:
        """Offers that nobody acted upon and that the screening didn't meet: the rule's dates are over, or the person is gone."""
        waiting = self.rows.filter(state__in=WAITING, pk__lte=self._newest)
        gone = sorted(set(waiting.values_list("pk", flat=True)) - self.seen)
        parts = (gone[i : i + 1000] for i in range(0, len(gone), 1000))
        return [
            Held(*values)
            for part in parts
            for values in waiting.filter(pk__in=part).values_list(*Held._fields)
        ]


def _by_id(rows: QuerySet[Entitlement]) -> dict[str, list[Held]]:
    """Rows by the id that they were written for, the latest round last."""
    found: dict[str, list[Held]] = defaultdict(list)
    for values in rows.order_by("round").values_list(*Held._fields):
        row = Held(*values)
        found[row.person].append(row)
    return found


def changes(finding: Finding, rows: Sequence[Held], programme: Programme, day: date) -> list[Change]:
    """What a finding changes: at most one offer of its own, and the end of offers that a merge made double."""
    found = [lost(row, programme) for row in rows[1:] if row.state in WAITING]
    first = rows[0] if rows else None
    if first is None or _again(first, finding, day):
        new = _new(finding, 1 + max((row.round for row in rows), default=0), programme)
        return [*found, new] if new else found
    move = states.find(first.state, finding.verb, Standing(stands=first.stands, asks=bool(finding.to_ask)))
    if move is None:
        return found
    values = _kept(finding) if first.state in FROZEN else _said(finding)
    values |= {"state": move.leads_to(first.state), "stands": finding.verb != "lose"}
    changed = {name: value for name, value in values.items() if getattr(first, name) != value}
    if changed:
        found.append(Change(programme, first, changed | {"changed_at": clock.now()}))
    return found


def lost(row: Held, programme: Programme) -> Change:
    """The offer is no longer to be made."""
    return Change(programme, row, {"state": "lapsed", "stands": False, "changed_at": clock.now()})


def _precedence(person: str, row: Held) -> tuple[int, bool, int]:
    return RANK[row.state], row.person != person, row.pk


def _again(row: Held, finding: Finding, day: date) -> bool:
    """Whether a service that was given is offered anew: only where its programme says after how many days."""
    after = finding.version.again_days
    if row.state != "settled" or not after or finding.verb != "find":
        return False
    given: datetime = Entitlement.objects.values_list("changed_at", flat=True).get(pk=row.pk)
    return clock.local(given).date() + timedelta(days=after) <= day


def _new(finding: Finding, round_: int, programme: Programme) -> Change | None:
    move = states.find("new", finding.verb, Standing())
    if move is None:
        return None
    at = clock.now()
    values = _said(finding) | {
        "person": finding.person, "round": round_, "state": move.to, "stands": True, "found_at": at, "changed_at": at,
    }  # fmt: skip
    return Change(programme, None, values)


def _said(finding: Finding) -> dict[str, Any]:
    if finding.verb == "lose":
        return {}
    zh, en = finding.reason()
    return {
        "version_id": finding.version.pk, "place_id": finding.place, "missing": ",".join(finding.missing),
        "to_ask": ",".join(finding.to_ask), "reason_zh": zh, "reason_en": en,
    }  # fmt: skip


def _kept(finding: Finding) -> dict[str, Any]:
    """An offer in somebody's hands keeps its words; only where the person lives is kept up to date."""
    return {} if finding.verb == "lose" or finding.place is None else {"place_id": finding.place}
