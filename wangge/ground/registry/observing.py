"""What people saw, on its way in: every authenticated observation is stored first, and folded second.

Nothing from the field overwrites: an observation is appended, and the fold decides what stands. Sent twice it counts once;
before its subject is known it waits; about somebody who lives elsewhere now it is kept for whoever is on duty there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from uuid import UUID

from django.utils.translation import gettext as _

from wangge.ground.areas import queries as areas
from wangge.ground.areas.expressions import area_code
from wangge.ground.registry import folding, identity
from wangge.ground.registry.conflicts import Contradicted, conflicts_of, seconds
from wangge.ground.registry.fold import DOOR, SELF, TASK, Value, claims_of
from wangge.ground.registry.folding import Row
from wangge.ground.registry.models import Observation, Person
from wangge.ground.registry.records import Conflict, ObservationIn, Observed, Source
from wangge.ground.registry.values import of_text
from wangge.platform.access import actors, policy, purposes
from wangge.platform.access.errors import Conflict as Clash
from wangge.platform.access.errors import Invalid
from wangge.platform.access.records import BoundPerson
from wangge.platform.access.scope import scope
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.elements.registry import UnknownElement, element

OBSERVE = "registry.observe"
OPEN = ("stored", "waiting")


def store(observations: Sequence[ObservationIn], by: Actor) -> tuple[list[Observation], set[str]]:
    """Store what came; returns the rows in order, and the ids of those that were there before.

    Raises ``Forbidden``, ``Invalid`` for an element or value that can't be, ``Conflict`` for an id that is another's.
    """
    _may_observe(observations, by)
    for one in observations:
        _readable(one)
    uids = [one.uid for one in observations]
    there = set(map(str, Observation.objects.filter(uid__in=uids).values_list("uid", flat=True)))
    received = clock.now()
    Observation.objects.bulk_create(
        [
            Observation(
                uid=one.uid, subject_kind=one.subject_kind, subject=one.subject, element=one.element, value=one.value,
                observed_at=one.observed_at, received_at=received, actor=by.id, task=one.task,
                base_version=one.base_version,
            )
            for one in observations
        ],
        ignore_conflicts=True,
        batch_size=60,
    )  # fmt: skip
    rows = {str(row.uid): row for row in Observation.objects.filter(uid__in=uids)}
    for one in observations:
        row = rows[str(identity.parsed(one.uid))]
        if (row.actor, row.subject, row.element) != (by.id, one.subject, one.element):
            raise Clash("uid_taken", _("The id %(uid)s belongs to another observation.") % {"uid": one.uid})
    return [rows[str(identity.parsed(one.uid))] for one in observations], there


def fold_stored(row: Observation, by: Actor, *, adopt: bool = False) -> Observed:
    """Fold one stored observation, or find out that it has to wait or to go elsewhere."""
    if row.state not in OPEN and not adopt:
        return Observed(uid=str(row.uid), state=row.state)
    if not identity.known([row.subject]):
        return _left(row, "waiting")
    uid = identity.current(row.subject)
    voice = _voice(row, uid, by)
    if voice is None:
        return _left(row, "routed")
    # A phone whose clock runs ahead must not win over everything that is said until then.
    at = seconds(min(row.observed_at, row.received_at))
    value = of_text(row.element, row.value)
    addressed = folding.rows_of([row.subject], [row.element])[row.subject]
    person = addressed.row
    concurrent = _unseen(row, value, person) if voice == DOOR else None
    raised = addressed.hear(voice, at, row.pk, {row.element: value})
    folding.write(folding.everyone([addressed]))
    conflicts = conflicts_of(Contradicted.of(one) for one in raised)
    open_ = concurrent or next((c for c in conflicts if c.kind != "correct"), None)
    row.voice, row.folded_version = voice, person.version
    row.adopted_by = by.id if adopt else ""
    row.state = "conflict" if open_ else "folded"
    row.save(update_fields=["voice", "folded_version", "adopted_by", "state"])
    return Observed(
        uid=str(row.uid),
        state=row.state,
        conflict=open_,
        corrections=[c for c in conflicts if c.kind == "correct"],
    )


def fold_waiting(subjects: Iterable[str]) -> None:
    """Fold what waited for these subjects, each under its own observer."""
    waiting = Observation.objects.filter(state="waiting", subject__in=list(subjects)).order_by(
        "observed_at", "pk"
    )
    for row in waiting:
        fold_stored(row, actors.of_id(row.actor))


def _may_observe(observations: Sequence[ObservationIn], by: Actor) -> None:
    """The field observes; residents observe themselves."""
    if all(BoundPerson(one.subject) in by.holds for one in observations):
        return
    policy.require(by, OBSERVE)


def _readable(one: ObservationIn) -> None:
    try:
        if element(one.element).holder != one.subject_kind:
            raise Invalid(
                "other_holder", _("%(element)s is no element of a person.") % {"element": one.element}
            )
    except UnknownElement as error:
        raise Invalid("unknown_element", str(error)) from None
    of_text(one.element, one.value)
    for uid in (one.uid, one.subject):
        try:
            UUID(uid)
        except ValueError:
            raise Invalid("no_id", _("%(uid)s is no id.") % {"uid": uid}) from None
    if one.observed_at.tzinfo is None:
        raise Invalid("no_time_zone", _("observed_at needs a time zone."))


def _voice(row: Observation, uid: str, by: Actor) -> str | None:
    """With which voice this observer speaks of this person; None where it isn't theirs to say."""
    ids = identity.all_ids(uid)
    if any(BoundPerson(one) in by.holds for one in ids):
        return SELF
    if not policy.allows(by, OBSERVE):
        return None
    if row.task and any(
        purposes.in_hand(by, one, task=row.task, permission=OBSERVE, stands_at=areas.area_of_place)
        for one in ids
    ):
        return TASK
    return DOOR if in_areas(by, identity.key_of(uid)) else None


def in_areas(by: Actor, person: int) -> bool:
    """Whether a person's home lies where this actor may observe."""
    area = Person.objects.filter(pk=person).values_list(area_code("home__building__place"), flat=True).first()
    return scope(by, OBSERVE).covers(area or "")


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
    def source(one: Observation) -> Source:
        kind = "task" if one.voice == TASK else "door"
        return Source(kind=kind, observation=str(one.uid), observed_at=one.observed_at)

    newest, older = sorted((row, other), key=lambda o: o.observed_at, reverse=True)
    return Conflict(
        person=person.uid, element=row.element, kind="supervisor", held=newest.value, held_source=source(newest),
        offered=older.value, offered_source=source(older),
    )  # fmt: skip


def _left(row: Observation, state: str) -> Observed:
    row.state = state
    row.save(update_fields=["state"])
    return Observed(uid=str(row.uid), state=state)
