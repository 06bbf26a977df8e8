"""Writing the registry: facts from departments' rows and from what was seen, persons that are one, bulk loads.

Each act is one transaction with its audit row; bulk loads are one transaction a chunk and can be repeated at will.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.registry import (
    arriving,
    deriving,
    folding,
    hearing,
    identity,
    merging,
    observing,
    residences,
    storing,
    voices,
    writing,
)
from wangge.ground.registry.confirming import as_held
from wangge.ground.registry.conflicts import Contradicted, conflicts_of, seconds
from wangge.ground.registry.linking import Chunk
from wangge.ground.registry.loading import load_dwellings as load_dwellings
from wangge.ground.registry.loading import load_households as load_households
from wangge.ground.registry.loading import load_kin as load_kin
from wangge.ground.registry.loading import load_residences as load_residences
from wangge.ground.registry.loading_things import load_organisations as load_organisations
from wangge.ground.registry.loading_things import load_parts as load_parts
from wangge.ground.registry.models import Observation, Person
from wangge.ground.registry.records import (
    Arriving,
    Conflict,
    FoldResult,
    ObservationIn,
    Observed,
    Relation,
    ResidenceIn,
    Welcomed,
)
from wangge.platform.access import policy
from wangge.platform.access.errors import NotFound
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.clock.ids import new_uid

if TYPE_CHECKING:
    import pyarrow as pa

MANAGE, OBSERVE = "registry.manage", "registry.observe"


def fold_rows(
    *, feed: str, department: str, batch: str, rows: pa.Table, observed_at: datetime, by: Actor
) -> FoldResult:
    """Fold one chunk of a department's rows (at most 2,000) into facts, in one transaction; folded again it changes nothing.

    ``rows`` has the columns ``person`` (id), ``row`` (the row's number in the batch, or the line of its second person: see
    ``parts``), perhaps ``probability`` and
    ``decided_by`` (how it was linked), and one column an element, of the element's type (text and choice: string, date: date32,
    whole: an integer, yes_no: bool); an empty value states nothing. Raises ``UnknownElement`` for a column that isn't
    registered, ``Invalid`` for a value of another kind (naming the row), ``NotFound`` for a person who isn't there,
    ``Conflict`` for a row that is known to mean somebody else; then nothing of the chunk is written.
    """
    policy.require(by, MANAGE)
    chunk = Chunk(feed=feed, department=department, batch=batch, rows=rows, observed_at=observed_at)
    with transaction.atomic():
        return _fold(chunk, chunk.columns["person"], by)


def add_persons(
    *, feed: str, department: str, batch: str, rows: pa.Table, observed_at: datetime, by: Actor
) -> list[str]:
    """Add a person for each row that means nobody known; returns their ids in the order of the rows.

    ``rows`` is as for ``fold_rows``, without ``person``; a column ``uid`` may name the new persons. A row that was added before
    gives the same person again.
    """
    policy.require(by, MANAGE)
    chunk = Chunk(feed=feed, department=department, batch=batch, rows=rows, observed_at=observed_at)
    with transaction.atomic():
        known = chunk.known()
        before = identity.uids_of(known.values())
        named = chunk.columns.get("uid") or [None] * len(chunk.rows)
        uids = [
            before[known[row]] if row in known else uid or str(new_uid())
            for row, uid in zip(chunk.rows, named, strict=True)
        ]
        fresh = sorted(set(uids) - identity.known(uids))
        writing.insert(
            Person,
            ["uid", "sources", "version", "changed_seq"],
            ([identity.parsed(uid), "[]", 0, 0] for uid in fresh),
        )
        _fold(chunk, uids, by)
        if "uid" in chunk.columns:
            observing.fold_waiting(fresh)
    return uids


def observe(*, observations: Sequence[ObservationIn], by: Actor) -> list[Observed]:
    """Take in what somebody saw: stored first, folded second; returns what became of each, in order.

    What was sent before counts once and is answered the same. Under a task in hand it is the confirmation and stands; without
    one it is weighed against what others say (``fold``). What concerns somebody who lives outside the observer's areas is
    routed, never refused. Raises ``Forbidden`` where the actor may not observe at all, ``Invalid`` for an element that isn't
    registered or a value of another kind.
    """
    if not observations:
        return []
    with transaction.atomic():
        # Stored on its own: should folding fail, what was seen is not lost, and sent again it folds. Where a to-do is settled
        # by it, both stand or fall with the settling; a phone's outbox then keeps what was sent.
        rows, there = storing.store(observations, by)
    with transaction.atomic():
        subjects = sorted({row.subject for row in rows})
        in_order = sorted({row.pk: row for row in rows}.values(), key=lambda row: (row.observed_at, row.pk))
        done = {row.uid: observing.fold_stored(row, by) for row in in_order}
        trail.record(
            by=by, verb="registry.observe",
            object_kind="person" if len(subjects) == 1 else "people",
            object_id=subjects[0] if len(subjects) == 1 else str(len(subjects)),
            details={"elements": sorted({r.element for r in rows}), "states": sorted({o.state for o in done.values()})},
        )  # fmt: skip
    return [done[row.uid].model_copy(update={"duplicate": str(row.uid) in there}) for row in rows]


def confirm(
    *,
    uid: str,
    person: str,
    element: str,
    base_version: int,
    observed_at: datetime,
    by: Actor,
    task: str = "",
) -> Observed:
    """What is held of an element is right, as a worker found without seeing it whole (``confirming.as_held``)."""
    said = as_held(
        uid=uid, person=person, element=element, base_version=base_version, observed_at=observed_at, task=task
    )
    return observe(observations=[said], by=by)[0]


@transaction.atomic
def adopt(*, observation: str, by: Actor) -> Observed:
    """Take over an observation that was routed here: it folds as this worker's own. Raises ``NotFound`` outside their areas."""
    row = (
        Observation.objects.select_for_update()
        .filter(uid=identity.parsed(observation), state="routed")
        .first()
    )
    done = observing.fold_stored(row, by, adopt=True) if row else None
    if row is None or done is None or done.state == "routed":
        raise NotFound("no_such_observation", _("No such observation waits in your area."))
    trail.record(
        by=by,
        verb="registry.adopt",
        object_kind="person",
        object_id=row.subject,
        details={"elements": [row.element]},
    )
    return done


@transaction.atomic
def merge(*, keep: str, gone: str, by: Actor) -> list[Conflict]:
    """Two persons are one: ``keep`` stands for both from now on; returns where what was known of them differs.

    Other rooms go on naming either; ``queries.current`` leads them. Raises ``NotFound``, or ``Conflict`` if they are one already.
    """
    policy.require(by, MANAGE)
    keys = identity.keys_of([keep, gone])
    found = merging.merge(keys[keep], keys[gone], by)
    trail.record(
        by=by, verb="registry.merge", object_kind="person", object_id=keep, details={"subjects": [keep, gone]}
    )
    return conflicts_of(found)


@transaction.atomic
def split(*, keep: str, gone: str, by: Actor) -> None:
    """The merge was wrong: ``gone`` is a person of their own again, with all that stems from their rows.

    Raises ``Conflict`` where ``gone`` wasn't merged into ``keep`` itself.
    """
    policy.require(by, MANAGE)
    uids = [identity.parsed(keep), identity.parsed(gone)]
    found = dict(Person.objects.filter(uid__in=uids).values_list("uid", "pk"))
    if len(found) < 2:
        raise identity.no_such_person()
    merging.split(found[uids[0]], found[uids[1]], by)
    trail.record(
        by=by, verb="registry.split", object_kind="person", object_id=keep, details={"subjects": [keep, gone]}
    )


@transaction.atomic
def take_out(*, feed: str, batch: str, line: int, by: Actor) -> None:
    """A line that a decision made a person of means nobody again, where nothing else is known of that person; else nothing is done."""
    policy.require(by, MANAGE)
    if merging.take_out(feed, batch, line):
        trail.record(
            by=by, verb="registry.take_out", object_kind="batch", object_id=batch, details={"feed": feed, "line": line}
        )  # fmt: skip


@transaction.atomic
def reside(
    *,
    person: str,
    dwelling: str,
    relation: Relation,
    by: Actor,
    from_on: date | None = None,
    source: str = "",
) -> None:
    """From a day on (today, if none is named) a person has a relation to a dwelling.

    Of living and of registered relations a person has one at a time: another one ends that day.
    """
    key, start = _theirs(person, by), from_on or clock.today()
    affected = residences.with_neighbours([key])
    if relation in ("living", "registered"):
        residences.end(key, relation, start)
    affected |= residences.put([ResidenceIn(person, dwelling, relation, start, None, source)])
    deriving.derive(affected)
    trail.record(
        by=by, verb="registry.reside", object_kind="person", object_id=person, details={"relation": relation}
    )


@transaction.atomic
def leave(*, person: str, relation: Relation, by: Actor, on: date | None = None) -> int:
    """On a day (today, if none is named) a person's relations of this kind end; returns how many."""
    key = _theirs(person, by)
    affected = residences.with_neighbours([key])
    ended = residences.end(key, relation, on or clock.today())
    deriving.derive(affected)
    trail.record(
        by=by, verb="registry.leave", object_kind="person", object_id=person, details={"relation": relation}
    )
    return ended


@transaction.atomic
def welcome(
    *,
    uid: str,
    dwelling: str,
    how: Arriving,
    values: Mapping[str, str | None],
    on: date,
    observed_at: datetime,
    by: Actor,
) -> Welcomed:
    """Somebody is behind a door whom the registry may not know: born, come from outside, or a tenant.

    Whoever is known is recognised (``arriving``), and what was told is observed of them like anything else that is seen: it
    overwrites nothing. ``uid`` is of what the phone sent. Raises as ``arriving.welcome`` does.
    """
    policy.require(by, OBSERVE)
    arrival = arriving.welcome(dwelling, how, values, on, by)
    done = observe(observations=arriving.seen(uid, arrival, values, observed_at), by=by)
    trail.record(
        by=by, verb="registry.welcome", object_kind="person", object_id=arrival.person,
        details={"how": how, "known": arrival.known, "elements": sorted(code for code, value in values.items() if value)},
    )  # fmt: skip
    return Welcomed(
        person=arrival.person, known=arrival.known, contradicts=arrival.contradicts,
        conflicts=[one.conflict.element for one in done if one.conflict],
    )  # fmt: skip


def turn_days(*, after: date, upto: date, by: Actor) -> int:
    """Derive anew what follows from relations that began or ended after one day and up to another; returns for how many."""
    policy.require(by, MANAGE)
    keys = sorted(residences.touched_between(after, upto))
    for start in range(0, len(keys), 500):
        with transaction.atomic():
            deriving.derive(keys[start : start + 500])
            trail.record(
                by=by, verb="registry.turn_days", object_kind="people", object_id=str(len(keys[start : start + 500])),
                details={"upto": upto.isoformat()},
            )  # fmt: skip
    return len(keys)


def _fold(chunk: Chunk, persons: Sequence[str], by: Actor) -> FoldResult:
    rows = hearing.rows_of(set(persons), chunk.elements)
    of_rows = [rows[uid] for uid in persons]
    stand = {one.row.uid for one in of_rows}
    refs, at = chunk.link([row.key for row in of_rows]), seconds(chunk.observed_at)
    raised = [
        one
        for i, row in enumerate(of_rows)
        if (said := chunk.said(i))
        for one in row.hear(chunk.department, at, refs[i], said)
    ]
    changed = [uid for uid in folding.write(hearing.everyone(of_rows)) if uid in stand]
    conflicts = conflicts_of(Contradicted.of(one) for one in raised)
    trail.record(
        by=by, verb="registry.fold", object_kind="batch", object_id=chunk.batch,
        details={
            "feed": chunk.feed, "rows": len(chunk.rows), "elements": chunk.elements, "changed": len(changed),
            "conflicts": len(conflicts),
        },
    )  # fmt: skip
    return FoldResult(conflicts=conflicts, changed=changed)


def _theirs(person: str, by: Actor) -> int:
    """The key of a person whose relations this actor may change: an administrator's, or one in the worker's own areas."""
    key = identity.key_of(person)
    if not policy.allows(by, MANAGE) and not voices.in_areas(by, key):
        raise identity.no_such_person()
    return key
