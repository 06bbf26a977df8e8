"""Pairs that people decide: same, different, or ask at the door. A decision taken back restores what was before."""

from __future__ import annotations

from datetime import timedelta

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
    if row.state == "at_the_door":
        todos.withdraw(origin=("hub", f"pair:{row.uid}"), why=f"pair: {answer}", by=by)
    mine = _person_of_row(row)
    if row.state == "same" and mine is not None:
        registry.split(keep=row.person, gone=mine, by=house)
    if answer == "same":
        _join(row, mine, house)
    if answer == "at_the_door":
        _ask(row, by)
    row.state, row.decided_by, row.decided_at = answer, by.id, clock.now()
    row.save(update_fields=["state", "decided_by", "decided_at"])
    purposes.end(task=f"pair:{row.uid}")
    trail.record(
        by=by, verb="hub.decide_pair", object_kind="pair", object_id=str(row.uid), details={"answer": answer}
    )
    return pair_of(row)


def _join(row: UnsurePair, mine: str | None, by: Actor) -> None:
    if mine is None:
        line = _standard_row(row).append_column("person", pa.array([row.person]))
        registry.fold_rows(
            feed=row.delivery.feed.code,
            department=row.delivery.feed.department,
            batch=str(row.delivery.uid),
            rows=line.append_column("decided_by", pa.array(["review"])),
            observed_at=row.delivery.received_at,
            by=by,
        )
    elif people.current(mine) == people.current(row.person):
        raise Conflict("one_already", _("These two are one person already."))
    else:
        registry.merge(keep=row.person, gone=mine, by=by)


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


def _person_of_row(row: UnsurePair) -> str | None:
    """The person that the row was folded into when it came, under the id it then had."""
    found = people.links(
        actors.system("data_day"),
        feed=row.delivery.feed.code,
        batch=str(row.delivery.uid),
        lines=[row.row],
    )
    return found[0].person if found else None


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
