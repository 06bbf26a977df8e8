"""Naming the two sides of a conflict: which row of which file, or which observation, says what."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Literal, NamedTuple

from wangge.ground.registry.linking import batch_and_row
from wangge.ground.registry.models import Batch, Observation
from wangge.ground.registry.parts import row_and_part
from wangge.ground.registry.records import Conflict, Source
from wangge.ground.registry.rows import Raised
from wangge.ground.registry.statements import DOOR, HOME, SEEN, SELF, TASK, Claim, Dispute, Value
from wangge.ground.registry.values import to_text

_KINDS: dict[str, Literal["task", "door", "self", "relations"]] = {
    TASK: "task",
    DOOR: "door",
    SELF: "self",
    HOME: "relations",
}


class Contradicted(NamedTuple):
    """A dispute with the person and the value that stands."""

    person: str
    element: str
    held: Value
    dispute: Dispute

    @classmethod
    def of(cls, one: Raised) -> Contradicted:
        """What a fold raised, with what stands after it."""
        return cls(one.row.uid, one.element, one.row.values[one.element], one.dispute)


def conflicts_of(found: Iterable[Contradicted]) -> list[Conflict]:
    """Conflicts with both their sources named; two queries, however many there are."""
    ones = list(found)
    named = Sources(c for one in ones for c in (one.dispute.stands, one.dispute.against))
    return [
        Conflict(
            person=one.person,
            element=one.element,
            kind=one.dispute.kind,
            held=to_text(one.held),
            held_source=named.of(one.dispute.stands),
            offered=to_text(one.dispute.value),
            offered_source=named.of(one.dispute.against),
        )
        for one in ones
    ]


class Sources:
    """Names the sources of claims."""

    def __init__(self, claims: Iterable[Claim]) -> None:
        batches, seen = set(), set()
        for claim in claims:
            if claim.voice in SEEN:
                seen.add(claim.ref)
            elif claim.voice != HOME:
                batches.add(batch_and_row(claim.ref)[0])
        self._batches = {key: rest for key, *rest in _rows(Batch, batches, "feed", "batch")}
        self._seen = {key: str(uid) for key, uid in _rows(Observation, seen, "uid")}

    def of(self, claim: Claim) -> Source:
        """The source of one claim."""
        at = moment(claim.last)
        if claim.voice in _KINDS:
            uid = self._seen.get(claim.ref, "") if claim.voice in SEEN else ""
            return Source(kind=_KINDS[claim.voice], observation=uid, observed_at=at)
        key, line = batch_and_row(claim.ref)
        feed, batch = self._batches[key]
        row, part = row_and_part(line)
        return Source(
            kind="department",
            department=claim.voice,
            feed=feed,
            batch=batch,
            row=row,
            part=part,
            observed_at=at,
        )


def moment(seconds: int) -> datetime:
    """Seconds since 1970 as a moment."""
    return datetime.fromtimestamp(seconds, UTC)


def seconds(at: datetime) -> int:
    """A moment as seconds since 1970."""
    return int(at.timestamp())


def _rows(model: type[Batch] | type[Observation], keys: set[int], *names: str) -> list[tuple]:
    return list(model.objects.filter(pk__in=keys).values_list("pk", *names)) if keys else []
