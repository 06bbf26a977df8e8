"""Pairs that people decide: same, different, or ask at the door. A decision taken back restores what was before."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
from django.db import transaction
from django.utils.translation import gettext as _

from wangge.ground.registry import actions as registry
from wangge.ground.registry import queries as people
from wangge.ground.registry.parts import row_and_part
from wangge.platform.access import actors, policy, purposes
from wangge.platform.access.errors import Conflict, Invalid, NotFound
from wangge.platform.audit import trail
from wangge.platform.audit.actor import Actor
from wangge.platform.clock import clock
from wangge.platform.stores.batches import read_batch
from wangge.platform.stores.records import BatchFile
from wangge.work.hub.models import UnsurePair
from wangge.work.hub.receiving import RAW, ROW, SENT
from wangge.work.hub.records import PairOpened, PairRecord, PairSide
from wangge.work.hub.shown import pair_of
from wangge.work.todos import actions as todos

SHOWN = ("name", "id_number", "sex", "birth_date", "phone", "living_address", "registered_address")
ANSWERS = ("same", "different", "at_the_door")
AT_THE_DOOR = {"confirmed": "same", "corrected": "different"}
"""What an outcome of the to-do says of the pair; every other says nothing."""
DUE_AFTER = timedelta(days=15)


def opened(actor: Actor, row: UnsurePair) -> PairOpened:
    """Both sides of a pair. The pair is the task in hand; the look at the person is recorded."""
    task = f"pair:{row.uid}"
    left = _row_fields(row)
    with transaction.atomic():
        # A decision ends the task; whoever looks meanwhile waits for it, or she would be refused between the two questions, and
        # then sees what was decided.
        row = _locked(str(row.uid)) or row
        if purposes.in_hand(actor, row.person, task=task) is None:
            purposes.give(holder=actor.id, subjects=[row.person], task=task, purpose="base_register")
        known = people.open_person(actor, row.person, SHOWN, task=task)
    right = {fact.element: fact.value for fact in known.facts}
    return PairOpened(
        **pair_of(row).model_dump(),
        left=PairSide(source=row.delivery.feed.code, fields=left),
        right=PairSide(source="registry", fields={code: right.get(code) for code in SHOWN}),
    )


@transaction.atomic
def decide_pair(*, pair: str, answer: str, by: Actor) -> PairRecord:
    """Decide a pair, or decide it otherwise: the earlier decision is taken back first.

    ``same`` merges the person made of the row into the pair's person; ``at_the_door`` pushes a to-do to her grid. Raises
    ``Invalid`` for another answer, ``Conflict`` where the two were joined through somebody else meanwhile.
    """
    policy.require(by, "hub.review")
    if answer not in ANSWERS:
        raise Invalid(
            "unknown_answer",
            _("A pair is the same, different, or asked at the door."),
            advice=", ".join(ANSWERS),
        )
    row = _locked(pair)
    if row is None:
        raise NotFound("no_such_pair", _("There is no such pair."))
    return _decided(row, answer, by)


@transaction.atomic
def undo_pair(*, pair: str, by: Actor) -> PairRecord:
    """Open a pair again that somebody at a desk decided, as if it had never been; a pair that is open stays so.

    Raises ``Conflict`` where a worker found it out at the door, or where what it did can't be undone without loss.
    """
    policy.require(by, "hub.review")
    row = _locked(pair)
    if row is None:
        raise NotFound("no_such_pair", _("There is no such pair."))
    if row.state == "open":
        return pair_of(row)
    if not policy.allows(actors.of_id(row.decided_by), "hub.review"):
        raise Conflict(
            "found_at_door",
            _("A worker found this out at the door; it isn't taken back at a desk."),
            advice=_("Decide the pair otherwise if you know better."),
        )
    answer = row.state
    _take_back(row, "pair: undone", by)
    row.state, row.decided_by, row.decided_at = "open", "", None
    row.save(update_fields=["state", "decided_by", "decided_at", "kept", "joined"])
    trail.record(
        by=by, verb="hub.undo_pair", object_kind="pair", object_id=str(row.uid), details={"answer": answer}
    )
    return pair_of(row)


@transaction.atomic
def settled_at_door(*, pair: str, outcome: str, by: Actor) -> None:
    """A worker asked: confirmed means the same person, corrected means two; in vain leaves it open.

    Holding the to-do is what entitles the worker to decide, so no permission to review is asked for.
    """
    row = _locked(pair)
    if row is None or row.state != "at_the_door":
        return
    answer = AT_THE_DOOR.get(outcome)
    if answer is not None:
        _decided(row, answer, by)
    else:
        UnsurePair.objects.filter(pk=row.pk).update(state="open", decided_by="", decided_at=None)


def _locked(pair: str) -> UnsurePair | None:
    rows = UnsurePair.objects.select_for_update(of=("self",)).select_related("delivery__feed")
    return rows.filter(uid=pair).first()


def _decided(row: UnsurePair, answer: str, by: Actor) -> PairRecord:
    if row.state == answer:
        return pair_of(row)
    house = actors.system("data_day")
    _take_back(row, f"pair: {answer}", by)
    if answer == "same":
        _join(row, house)
    if answer == "at_the_door":
        _ask(row, by)
    row.state, row.decided_by, row.decided_at = answer, by.id, clock.now()
    row.save(update_fields=["state", "decided_by", "decided_at", "kept", "joined"])
    purposes.end(task=f"pair:{row.uid}")
    trail.record(
        by=by, verb="hub.decide_pair", object_kind="pair", object_id=str(row.uid), details={"answer": answer}
    )
    return pair_of(row)


def _take_back(row: UnsurePair, why: str, by: Actor) -> None:
    """What a decision did is undone: the to-do withdrawn, or the two parted again with all that is theirs.

    Raises ``Conflict`` where the row's values went straight into the person's facts, or where the two are no longer joined.
    """
    if row.state == "at_the_door":
        todos.withdraw(origin=("hub", f"pair:{row.uid}"), why=why, by=by)
    if row.state != "same":
        return
    house = actors.system("data_day")
    meant = people.meant(house, **_line_of(row))
    kept, joined = row.kept or row.person, row.joined or meant
    if joined is None or joined == kept:
        raise Conflict(
            "folded_in",
            _("The row's values are part of what is known of this person and can't be told apart any more."),
            advice=_("Correct the person's facts at the door instead."),
        )
    registry.split(keep=kept, gone=joined, by=house)
    if meant == joined:
        registry.take_out(**_line_of(row), by=house)
    row.kept = row.joined = ""


def _join(row: UnsurePair, by: Actor) -> None:
    """The person made of the row and the pair's are one from now on; a row that nobody was made of becomes one first.

    So the decision can be taken back without loss, whatever is said of either meanwhile.
    """
    mine = people.meant(by, **_line_of(row))
    if mine is None:
        line = _standard_row(row).append_column("decided_by", pa.array(["review"]))
        (mine,) = registry.add_persons(
            feed=row.delivery.feed.code,
            department=row.delivery.feed.department,
            batch=str(row.delivery.uid),
            rows=line,
            observed_at=row.delivery.received_at,
            by=by,
        )
    kept, joined = people.current(row.person), people.current(mine)
    if kept == joined:
        raise Conflict("one_already", _("These two are one person already."))
    registry.merge(keep=kept, gone=joined, by=by)
    row.kept, row.joined = kept, joined


def _line_of(row: UnsurePair) -> dict[str, Any]:
    return {"feed": row.delivery.feed.code, "batch": str(row.delivery.uid), "line": row.row}


def _ask(row: UnsurePair, by: Actor) -> None:
    place = people.place_of_person(row.person)
    if place is None:
        raise Conflict("no_place", _("Nobody knows where this person lives; decide it here."))
    todos.push(
        admission="confirm_fact",
        place=place,
        subject_kind="person",
        subject=row.person,
        persons=[row.person],
        household=people.household_of(row.person) or "",
        origin=("hub", f"pair:{row.uid}"),
        title=("核实是否同一人", "Is this one person?"),
        reason=(
            f"{row.delivery.feed.name_zh}第{row_and_part(row.row)[0]}行与这位居民可能是同一人，数据定不了",
            f"Row {row_and_part(row.row)[0]} of {row.delivery.feed.name_en} may be this resident; data can't tell",
        ),
        department=row.delivery.feed.department,
        due_at=clock.now() + DUE_AFTER,
        by=by,
    )


def _standard_row(row: UnsurePair) -> pa.Table:
    table = read_batch(BatchFile.model_validate(row.delivery.standard))
    kept = [name for name in table.column_names if not name.startswith(RAW)]
    return table.filter(pc.equal(table.column(ROW), row.row)).select(kept)


def _row_fields(row: UnsurePair) -> dict[str, str | None]:
    table = read_batch(BatchFile(**row.delivery.raw))
    number, part = row_and_part(row.row)
    line = table.filter(pc.equal(table.column(ROW), number)).to_pylist()
    sent = line[0] if line else {}
    return {code: sent.get(f"{SENT[part]}{code}") for code in SHOWN}
