"""An object's trail as people read it: when, who (the post, not the name), what, why, from where. Names and counts, never values.

Whoever holds ``audit.see`` reads any trail; with ``audit.history`` one reads the trail of what one may open anyway, and whether
that is so is asked where the object lives (``entry.web.reach``). Nobody is shown what one account did, thing after thing: a
trail is an object's, never a worker's day.
"""

from __future__ import annotations

import io
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from wangge.cores.tables.writing import Sheet, write_xlsx
from wangge.platform.access.labels import Labels, chosen
from wangge.platform.access.models import Department, Grant, User
from wangge.platform.access.records import TrailDetail, TrailLine, TrailPage, TrailVerb
from wangge.platform.audit import queries as audit
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.audit.queries import About, Narrow
from wangge.platform.audit.records import EntryRecord
from wangge.platform.clock import clock
from wangge.platform.elements import registry as elements

WORDS = Labels("wangge.platform.audit")
EXPORTED = 10_000
LATE = 60
"""Seconds after which an act counts as recorded later than it was done: a phone without a network."""


def trail_of(actor: Actor, about: About, narrow: Narrow, *, limit: int = 50, offset: int = 0) -> TrailPage:
    """A page of a trail, the newest first, with the state of the chain. Whoever calls has asked whether the actor may."""
    total, entries = audit.history(actor, about, narrow, limit=min(limit, 200), offset=offset)
    return TrailPage(
        total=total,
        items=_lines(actor, entries),
        verbs=[TrailVerb(code=one, name=word("verbs", one)) for one in audit.verbs(actor, about)],
        chain=audit.state(actor),
        unbroken=all(one.holds is not False for one in entries),
    )


def file_of(
    actor: Actor, about: About, narrow: Narrow, *, kind: str, object_id: str, head: list[str]
) -> tuple[str, bytes]:
    """The same as a workbook, the newest ten thousand lines: (file name, xlsx). An export: recorded. ``head`` names the columns."""
    _total, entries = audit.history(actor, about, narrow, limit=EXPORTED)
    rows = [
        [
            one.at.astimezone(clock.city_zone()).replace(tzinfo=None), one.who, one.what, f"{one.of} {one.object_id}", one.why,
            one.task, one.via, "；".join(f"{d.name} {d.value}" for d in one.details), one.sealed,
            "" if one.holds is None else chosen("相符", "holds") if one.holds else chosen("不符", "broken"),
        ]
        for one in _lines(actor, entries)
    ]  # fmt: skip
    buffer = io.BytesIO()
    write_xlsx(buffer, [Sheet(chosen("审计", "Trail"), head, rows)])
    with transaction.atomic():
        trail.record(
            by=actor, verb="audit.trail_file", object_kind=kind, object_id=object_id, details={"rows": len(rows)}
        )  # fmt: skip
    return f"audit-{kind}.xlsx", buffer.getvalue()


def word(group: str, code: str) -> str:
    """The word for a code in the reader's language; the code where it has none."""
    return chosen(*WORDS.both(group, code))


def _lines(actor: Actor, entries: Iterable[EntryRecord]) -> list[TrailLine]:
    ones = list(entries)
    held = _posts(ones)
    named = {one.code: chosen(one.name_zh, one.name_en) for one in Department.objects.all()}
    return [_line(actor, one, held, named) for one in ones]


def _line(
    actor: Actor, one: EntryRecord, held: Mapping[int, list[tuple[str, str]]], named: Mapping[str, str]
) -> TrailLine:
    details, purpose = one.details, str(one.details.get("purpose") or "")
    return TrailLine(
        id=one.id,
        at=one.at,
        recorded_at=one.recorded_at,
        late=(one.recorded_at - one.at).total_seconds() > LATE and details.get("via") == "phone",
        who=_who(one, held.get(one.id, []), named),
        mine=one.actor == actor.id,
        verb=one.verb,
        what=word("verbs", one.verb),
        kind=one.object_kind,
        of=word("kinds", one.object_kind),
        object_id=one.object_id,
        why=word("purposes", purpose) if purpose else "",
        task=str(details.get("task") or details.get("origin") or ""),
        via=word("vias", str(details["via"])) if details.get("via") else "",
        details=_details(details, named),
        sealed=one.sealed,
        holds=one.holds,
    )


def _details(details: Mapping[str, object], named: Mapping[str, str]) -> list[TrailDetail]:
    """What has a word of its own, in the order of the words; ids of persons and digests have none."""
    return [
        TrailDetail(name=word("details", code), value=_value(code, details[code], named))
        for code in WORDS.ordered("details")
        if details.get(code) not in (None, "", [])
    ]


def _value(code: str, value: object, named: Mapping[str, str]) -> str:
    ones = value if isinstance(value, list) else [value]
    if code == "elements":
        known = elements.elements()
        return chosen("、", ", ").join(
            chosen(known[one].zh, known[one].en) if one in known else str(one) for one in ones
        )
    if code == "department":
        return named.get(str(value), str(value))
    if code == "role":
        return word("posts", str(value))
    return chosen("、", ", ").join(word("states", str(one)) for one in ones)


def _who(one: EntryRecord, held: list[tuple[str, str]], named: Mapping[str, str]) -> str:
    """The posts that an account held at that moment; never whose account it is."""
    kind = one.actor.partition(":")[0]
    if kind != "user":
        return word("posts", "system" if kind == "system" else "public")
    posts = [
        word("posts", role) + (f"·{named.get(department, department)}" if department else "")
        for role, department in held
    ]
    return chosen("、", ", ").join(dict.fromkeys(posts)) or word("posts", "former")


def _posts(entries: list[EntryRecord]) -> dict[int, list[tuple[str, str]]]:
    """Entry → (role, department) of the grants that its actor held then; an account of a resident is one."""
    uids = {one.actor.removeprefix("user:") for one in entries if one.actor.startswith("user:")}
    grants: dict[str, list[Grant]] = {}
    for grant in Grant.objects.filter(user__uid__in=uids).select_related("user").order_by("id"):
        grants.setdefault(str(grant.user.uid), []).append(grant)
    residents = {
        str(uid) for uid in User.objects.filter(~Q(person=""), uid__in=uids).values_list("uid", flat=True)
    }
    found = {}
    for one in entries:
        uid = one.actor.removeprefix("user:")
        then = [(g.role, g.department) for g in grants.get(uid, []) if _in_force(g, one.at)]
        found[one.id] = then or ([("resident", "")] if uid in residents else [])
    return found


def _in_force(grant: Grant, at: datetime) -> bool:
    return grant.from_at <= at and (grant.to_at is None or grant.to_at > at)
