"""Where facts come from: whom departments' rows mean, on what sources differ, and which observations wait for somebody."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from wangge.ground.registry import identity, scoping
from wangge.ground.registry.conflicts import Sources
from wangge.ground.registry.models import Link
from wangge.ground.registry.parts import row_and_part
from wangge.ground.registry.records import DisputeRecord, LinkRecord, RoutedRecord
from wangge.ground.registry.settling import claims_of, disputes
from wangge.ground.registry.sources import read
from wangge.ground.registry.statements import Fact
from wangge.platform.access import policy
from wangge.platform.access.masks import mask
from wangge.platform.audit.actor import Actor
from wangge.platform.elements.registry import element


def routed(actor: Actor) -> list[RoutedRecord]:
    """Observations from outside that wait for somebody on duty where their subject lives now; the oldest 200."""
    return _observations(actor, "routed")


def contested(actor: Actor) -> list[RoutedRecord]:
    """Observations in the actor's areas that contradict another worker's, or an authority; the oldest 200."""
    return _observations(actor, "conflict")


def _observations(actor: Actor, state: str) -> list[RoutedRecord]:
    rows = scoping.observations(actor, state).order_by("received_at", "pk")[: scoping.MOST]
    columns = ("uid", "person__uid", "person__name", "element", "observed_at", "received_at")
    return [
        RoutedRecord(
            uid=str(uid), person=str(person), name=str(mask("name", name) or ""), element=code, observed_at=seen,
            received_at=received,
        )
        for uid, person, name, code, seen, received in rows.values_list(*columns)
    ]  # fmt: skip


def open_disputes(actor: Actor, *, persons: Iterable[str] = (), area: str = "") -> list[DisputeRecord]:
    """What sources differ in today, for some persons or in an area. Raises ``Forbidden`` without ``registry.manage``."""
    keys = set(identity.keys_of(list(persons)).values())
    rows = scoping.people(actor, area, "registry.manage").exclude(dissents=None)
    rows = (rows.filter(pk__in=keys) if keys else rows).distinct()
    found = []
    for uid, sources in rows.values_list("uid", "sources"):
        for code, ones in sorted(read(sources).items()):
            unheld = {c.voice: None for c in claims_of(ones).values() if c.token}
            found += [
                (str(uid), code, d) for d in disputes(Fact(None, ones, unheld), element(code).authority)
            ]
    named = Sources(c for _, _, d in found for c in (d.stands, d.against))
    return [
        DisputeRecord(
            person=uid,
            element=code,
            kind=d.kind,
            held_source=named.of(d.stands),
            offered_source=named.of(d.against),
        )
        for uid, code, d in found
    ]


def meant(actor: Actor, *, feed: str, batch: str, line: int) -> str | None:
    """Whom a line of a batch was taken to mean, under the id of that time; None where it means nobody known."""
    policy.require(actor, "registry.manage")
    rows = Link.objects.filter(batch__feed=feed, batch__batch=batch, row=line)
    uid = rows.values_list("person__uid", flat=True).first()
    return str(uid) if uid else None


def links(
    actor: Actor,
    *,
    feed: str = "",
    batch: str = "",
    person: str = "",
    department: str = "",
    lines: Collection[int] = (),
) -> list[LinkRecord]:
    """Whom the rows of a feed's batch (or of any; or these lines of it, see ``parts``) mean today. Raises ``Forbidden`` without ``registry.manage``."""
    policy.require(actor, "registry.manage")
    linked = Link.objects.select_related("batch").order_by("batch", "row")
    if lines:
        linked = linked.filter(row__in=lines)
    if person:
        linked = linked.filter(person__in=identity.all_keys(identity.key_of(person)))
    asked = {"batch__feed": feed, "batch__batch": batch, "batch__department": department}
    found = list(linked.filter(**{name: value for name, value in asked.items() if value}))
    today = identity.current_keys({one.person_id for one in found})
    uids = identity.uids_of(today.values())
    return [
        LinkRecord(
            person=uids[today[one.person_id]], feed=one.batch.feed, department=one.batch.department,
            batch=one.batch.batch, row=row_and_part(one.row)[0], part=row_and_part(one.row)[1], observed_at=one.batch.observed_at, probability=one.probability,
            decided_by=one.decided_by,
        )
        for one in found
    ]  # fmt: skip
