"""What people saw becomes facts: stored before (``storing``), folded here.

Nothing from the field overwrites: an observation is appended, and the fold decides what stands. Sent twice it counts once;
before its subject is known it waits; about somebody who lives elsewhere now it is kept for whoever is on duty there.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from wangge.ground.registry import contradicting, folding, hearing, identity
from wangge.ground.registry.conflicts import Contradicted, conflicts_of, seconds
from wangge.ground.registry.models import Observation
from wangge.ground.registry.records import Conflict, Observed, Source
from wangge.ground.registry.rows import Row
from wangge.ground.registry.settling import claims_of
from wangge.ground.registry.statements import DOOR, TASK, Value
from wangge.ground.registry.values import of_text
from wangge.ground.registry.voices import voice_of
from wangge.platform.access import actors
from wangge.platform.audit.actor import Actor

OPEN = ("stored", "waiting")


def fold_stored(row: Observation, by: Actor, *, adopt: bool = False) -> Observed:
    """Fold one stored observation, or find out that it has to wait or to go elsewhere."""
    if row.state not in OPEN and not adopt:
        return Observed(uid=str(row.uid), state=row.state)
    if not identity.known([row.subject]):
        return _left(row, "waiting")
    addressed = hearing.rows_of([row.subject], [row.element])[row.subject]
    person = addressed.row
    row.person_id = person.key
    voice = voice_of(by, person.uid, row.task)
    if voice is None:
        return _left(row, "routed")
    # A phone whose clock runs ahead must not win over everything that is said until then.
    at, value = seconds(min(row.observed_at, row.received_at)), of_text(row.element, row.value)
    unseen = _unseen(row, value, person) if voice == DOOR else None
    raised = addressed.hear(voice, at, row.pk, {row.element: value})
    folding.write(hearing.everyone([addressed]))
    conflicts = conflicts_of(Contradicted.of(one) for one in raised)
    open_ = unseen or next((c for c in conflicts if c.kind != "correct"), None)
    row.voice, row.folded_version = voice, person.version
    row.adopted_by = by.id if adopt else ""
    if open_ is None:
        # What was in conflict before is settled by whoever saw it last.
        Observation.objects.filter(person=person.key, element=row.element, state="conflict").update(
            state="folded"
        )
    _left(row, "conflict" if open_ else "folded")
    corrections = [c for c in conflicts if c.kind == "correct"]
    contradicting.tell(corrections, task=row.task, by=by)
    return Observed(uid=str(row.uid), state=row.state, conflict=open_, corrections=corrections)


def fold_waiting(subjects: Iterable[str]) -> None:
    """Fold what waited for these subjects, each under its own observer."""
    waiting = Observation.objects.filter(state="waiting", subject__in=list(subjects))
    for row in waiting.order_by("observed_at", "pk"):
        fold_stored(row, actors.of_id(row.actor))


def _left(row: Observation, state: Literal["waiting", "routed", "conflict", "folded"]) -> Observed:
    row.state = state
    row.save(update_fields=["person", "voice", "folded_version", "adopted_by", "state"])
    return Observed(uid=str(row.uid), state=state)


def _unseen(row: Observation, value: Value, person: Row) -> Conflict | None:
    """Another worker's observation that says otherwise and that this observer hadn't seen."""
    if row.base_version is None:
        return None
    seen = claims_of(person.said.get(row.element, ()))
    for voice in (TASK, DOOR):
        claim = seen.get(voice)
        other = Observation.objects.filter(pk=claim.ref).exclude(actor=row.actor).first() if claim else None
        if other is None or other.pk == row.pk or (other.folded_version or 0) <= row.base_version:
            continue
        if of_text(row.element, other.value) != value:
            return _between(row, other, person)
    return None


def _between(row: Observation, other: Observation, person: Row) -> Conflict:
    newest, older = sorted((row, other), key=lambda o: o.observed_at, reverse=True)
    return Conflict(
        person=person.uid, element=row.element, kind="supervisor", held=newest.value, held_source=_source(newest),
        offered=older.value, offered_source=_source(older),
    )  # fmt: skip


def _source(one: Observation) -> Source:
    kind: Literal["task", "door"] = "task" if one.voice == TASK else "door"
    return Source(kind=kind, observation=str(one.uid), observed_at=one.observed_at)
