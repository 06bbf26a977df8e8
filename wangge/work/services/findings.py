"""What a rule's answer changes about what stands already. Pure decisions over rows that were read; ``writing`` writes them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from typing import Any

from django.db.models import Max

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
    verb: str
    row: Entitlement | None
    values: dict[str, Any] = field(default_factory=dict)


class Ledger:
    """What stands of one programme, by the person whom it concerns today."""

    def __init__(self, programme: Programme, merged: Merged) -> None:
        self.programme, self.merged = programme, merged
        self.seen: set[int] = set()
        self._newest = Entitlement.objects.aggregate(pk=Max("pk"))["pk"] or 0

    def of(self, people: Sequence[str]) -> dict[str, list[Entitlement]]:
        """Person → the latest round under each of their ids, the one that stands first."""
        today = {old: one for one in people for old in (one, *self.merged.others(one))}
        latest: dict[tuple[str, str], Entitlement] = {}
        for row in Entitlement.objects.filter(programme=self.programme, person__in=today).order_by("round"):
            self.seen.add(row.pk)
            latest[today[row.person], row.person] = row
        found: dict[str, list[Entitlement]] = defaultdict(list)
        for (person, _), row in latest.items():
            found[person].append(row)
        for person, rows in found.items():
            rows.sort(key=partial(_precedence, person))
        return dict(found)

    def unseen(self) -> list[Entitlement]:
        """Offers that nobody acted upon and that the screening didn't meet: the rule's dates are over, or the person is gone."""
        waiting = Entitlement.objects.filter(
            programme=self.programme, state__in=WAITING, pk__lte=self._newest
        ).order_by("pk")
        return [row for row in waiting.iterator(chunk_size=2000) if row.pk not in self.seen]


def _precedence(person: str, row: Entitlement) -> tuple[int, bool, int]:
    return RANK[row.state], row.person != person, row.pk


def changes(finding: Finding, rows: Sequence[Entitlement], programme: Programme, day: date) -> list[Change]:
    """What a finding changes: at most one offer of its own, and the end of offers that a merge made double."""
    found = [lost(row, programme) for row in rows[1:] if row.state in WAITING]
    first = rows[0] if rows else None
    if first is None or _again(first, finding, day):
        found += _new(finding, 1 + max((row.round for row in rows), default=0), programme)
        return found
    standing = Standing(stands=first.stands, asks=bool(finding.to_ask))
    move = states.find(first.state, finding.verb, standing)
    if move is None:
        return found
    values = _kept(first, finding) if first.state in FROZEN else _said(finding, first)
    values |= {"state": move.leads_to(first.state), "stands": finding.verb != "lose"}
    changed = {name: value for name, value in values.items() if getattr(first, name) != value}
    if changed:
        found.append(Change(programme, finding.verb, first, changed | {"changed_at": clock.now()}))
    return found


def lost(row: Entitlement, programme: Programme) -> Change:
    """The offer is no longer to be made."""
    return Change(programme, "lose", row, {"state": "lapsed", "stands": False, "changed_at": clock.now()})


def _again(row: Entitlement, finding: Finding, day: date) -> bool:
    """Whether a service that was given is offered anew: only where its programme says after how many days."""
    after = finding.version.again_days
    if row.state != "settled" or not after or finding.verb != "find":
        return False
    return clock.local(row.changed_at).date() + timedelta(days=after) <= day


def _new(finding: Finding, round_: int, programme: Programme) -> Iterable[Change]:
    move = states.find("new", finding.verb, Standing())
    if move is None:
        return []
    at = clock.now()
    values = _said(finding, None) | {
        "person": finding.person, "round": round_, "state": move.to, "stands": True, "found_at": at, "changed_at": at,
    }  # fmt: skip
    return [Change(programme, finding.verb, None, values)]


def _said(finding: Finding, row: Entitlement | None) -> dict[str, Any]:
    if finding.verb == "lose":
        return {}
    zh, en = finding.reason()
    return {
        "version_id": finding.version.pk, "place_id": finding.place, "missing": list(finding.missing),
        "to_ask": list(finding.to_ask), "reason_zh": zh, "reason_en": en,
    }  # fmt: skip


def _kept(row: Entitlement, finding: Finding) -> dict[str, Any]:
    """An offer in somebody's hands keeps its words; only where the person lives is kept up to date."""
    return {} if finding.verb == "lose" or finding.place is None else {"place_id": finding.place}
